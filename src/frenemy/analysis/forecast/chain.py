"""On which side a pair will stand: the chain that finds shifts, carried on past the last tie.

Given the ties up to a date, the chain (frenemy.analysis.shifts.sides) gives the probability of each side at the last of them. A hidden
Markov chain's state at a later time, given what was seen so far, follows by the transition probabilities alone (L. Rabiner, Proceedings of
the IEEE 77, 1989; J. Hamilton, Econometrica 57, 1989, forecasts regimes so). Sides are drawn anew at a constant rate, so after t years a
belief b has become e^(-rate t) b + (1 - e^(-rate t)) u, where u is what is believed without any tie.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from frenemy.analysis.forecast.supposing import Supposed, scenarios_for, suppose
from frenemy.analysis.shifts import Observations, believe, observe
from frenemy.analysis.shifts.sides import Floats
from frenemy.analysis.stance.folding import seen
from frenemy.analysis.stance.weights import DAYS, ShiftWeights, Weights, default_weights
from frenemy.model import Forecast, Outlook, Scenario
from frenemy.model.evidence import EvidenceTable, day_number

HORIZONS = (1, 3, 6, 12)
"""Months after the date of a forecast."""


def forecast(
    table: EvidenceTable,
    at: date,
    *,
    horizons: Sequence[int] = HORIZONS,
    supposed: Sequence[Supposed] | None = None,
    weights: Weights | None = None,
) -> Forecast:
    """The forecast of one pair so many months after a date, from what had happened by then.

    The table knows the pair's two actors and no others. Neutral and undated ties say nothing here.

    >>> from frenemy.model import Evidence
    >>> from frenemy.model.evidence import tabulate
    >>> row = dict(source="a", target="b", mutual=False, status="asserted", word="author", until=None, published=None, confidence=1.0)
    >>> def tie(year):
    ...     return Evidence(tie=str(year), type="SUPPORT", polarity="+", since=date(year, 1, 1), origin=str(year), **row)
    >>> told = forecast(tabulate([tie(2022), tie(2023), tie(2024)]), date(2024, 1, 1), horizons=(12, 120))
    >>> [(str(one.at), round(one.friendly, 2), round(one.hostile, 2)) for one in (told.now, *told.outlooks)]
    [('2024-01-01', 0.96, 0.02), ('2025-01-01', 0.84, 0.14), ('2034-01-01', 0.5, 0.45)]
    >>> told.because
    ('2024', '2023', '2022')
    """
    weights = weights or default_weights()
    one, other = table.actors
    table = seen(table, as_of=at)
    table = table.take(table.source != table.target)
    days = [at, *(months_later(at, months) for months in horizons)]
    now, because = _stand(table, at, weights)
    asked = scenarios_for(table, weights) if supposed is None else supposed
    told = tuple(_scenario(table, tie, days, weights) for tie in asked)
    first, *rest = outlooks(now, days, weights.shift)
    ids = tuple(dict.fromkeys(str(table.tie[row]) for row in because))
    return Forecast(source=one, target=other, at=at, now=first, outlooks=tuple(rest), because=ids, scenarios=told)
