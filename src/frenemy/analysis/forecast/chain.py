"""On which side a pair will stand: the chain that finds shifts, carried on past the last tie.

Given the ties up to a date, the chain (frenemy.analysis.shifts.sides) gives the probability of each side at the last of them. The state of
a hidden Markov chain at a later time, given what was seen so far, follows by the transition probabilities alone (L. Rabiner, Proceedings of
the IEEE 77, 1989; J. Hamilton, Econometrica 57, 1989, forecasts regimes so). Sides are drawn anew at a constant rate, so after t years a
belief b has become e^(-rate t) b + (1 - e^(-rate t)) u, where u is what is believed without any tie.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import MAXYEAR, date
from typing import Any

import numpy as np

from frenemy.analysis.forecast.supposing import Supposed, likely_ties, suppose
from frenemy.analysis.shifts import Observations, believe, observe
from frenemy.analysis.shifts.sides import Floats, Places
from frenemy.analysis.stance import Weights, default_weights, seen
from frenemy.analysis.stance.weights import DAYS, ShiftWeights
from frenemy.model import Forecast, Outlook, Scenario
from frenemy.model.evidence import EvidenceTable, day_number

HORIZONS = (1, 3, 6, 12)
"""Months after the date of a forecast."""


def forecast(
    table: EvidenceTable,
    one: str,
    other: str,
    at: date,
    *,
    horizons: Sequence[int] = HORIZONS,
    supposed: Sequence[Supposed] | None = None,
    weights: Weights | None = None,
) -> Forecast:
    """How two actors will probably stand so many months after a date, from the evidence on them that had happened by then.

    Evidence on others is left out; neutral and undated ties say nothing here. `supposed` are the scenarios to ask about, without it one
    act of each sign, told as a fact and by a third party. A negative horizon is a `ValueError`.

    >>> from frenemy.model import Evidence
    >>> from frenemy.model.evidence import tabulate
    >>> row = dict(source="a", target="b", mutual=False, status="asserted", word="author", until=None, published=None, confidence=1.0)
    >>> def tie(year):
    ...     return Evidence(tie=str(year), type="SUPPORT", polarity="+", since=date(year, 1, 1), origin=str(year), **row)
    >>> told = forecast(tabulate([tie(2022), tie(2023), tie(2024)]), "a", "b", date(2024, 1, 1), horizons=(12, 120))
    >>> [(str(look.at), round(look.friendly, 2), round(look.hostile, 2)) for look in (told.now, *told.outlooks)]
    [('2024-01-01', 0.94, 0.03), ('2025-01-01', 0.82, 0.15), ('2034-01-01', 0.5, 0.45)]
    >>> told.because
    ('2024', '2023', '2022')
    """
    if any(months < 0 for months in horizons):
        raise ValueError("Horizons are months after the date of the forecast: 0 or more.")
    weights = weights or default_weights()
    table = seen(_between(table, one, other), as_of=at)
    days = [at, *(months_later(at, months) for months in horizons)]
    asked = likely_ties(table, weights) if supposed is None else supposed
    observed = [_observed(case, at, weights) for case in (table, *(suppose(table, tie, day_number(at)) for tie in asked))]
    (now, *later), *others = _outlooks(observed, days, weights.shift)
    scenarios = (
        Scenario(type=tie.type, polarity=tie.polarity, word=tie.word, now=first, outlooks=tuple(rest))
        for tie, (first, *rest) in zip(asked, others, strict=True)
    )
    return Forecast(
        source=table.actors[0],
        target=table.actors[1],
        at=at,
        now=now,
        outlooks=tuple(later),
        because=tuple(dict.fromkeys(str(table.tie[row]) for row in _weightiest(observed[0], at, weights.shift))),
        scenarios=tuple(scenarios),
    )


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last day of a shorter one; no later than the calendar goes.

    >>> str(months_later(date(2024, 1, 31), 1)), str(months_later(date(2024, 11, 5), 3)), str(months_later(date(9999, 6, 1), 12))
    ('2024-02-29', '2025-02-05', '9999-12-31')
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def carried(belief: Floats, years: Floats, usual: Floats, rate: float) -> Floats:
    """A belief in the sides (… × 3) after so many years (…) without news; `usual` is what is believed without any tie.

    >>> usual = np.array([0.475, 0.05, 0.475])
    >>> carried(np.array([[1.0, 0.0, 0.0]]), np.array([np.log(2) / 0.3]), usual, 0.3).round(4).tolist()
    [[0.7375, 0.025, 0.2375]]
    """
    kept = np.exp(-rate * np.maximum(years, 0))[..., None]
    return np.asarray(kept * belief + (1 - kept) * usual)


def _between(table: EvidenceTable, one: str, other: str) -> EvidenceTable:
    """The evidence on two actors, of whom the first in the alphabet is number 0 and the other number 1."""
    ends = sorted((one, other))
    places = {actor: place for place, actor in enumerate(table.actors) if actor in ends}
    first, second = (places.get(end, -1) for end in ends)
    keep = ((table.source == first) & (table.target == second)) | ((table.source == second) & (table.target == first))
    own = table.take(keep)
    return replace(own, actors=ends, **{name: (getattr(own, name) == second).astype(np.int32) for name in ("source", "target")})


def _observed(table: EvidenceTable, at: date, weights: Weights) -> Observations:
    """What the chain sees of the evidence by a day.

    What the evidence dates later (the middle of a year that has begun, the end of a treaty that still holds) is seen on that day.
    """
    observed = observe(table, weights)
    return replace(observed, day=np.minimum(observed.day, day_number(at)).astype(np.int32))


def _outlooks(cases: Sequence[Observations], days: Sequence[date], weights: ShiftWeights) -> list[list[Outlook]]:
    """How probable each side is on each of the days, by case; all cases go through the chain together, as if each were a pair."""
    lengths = np.array([len(case.day) for case in cases])
    columns: dict[str, Any] = {name: np.concatenate([getattr(case, name) for case in cases]) for name in Observations.__slots__}
    together = Observations(**{**columns, "pair": np.repeat(np.arange(len(cases)), lengths)})
    beliefs = believe(together, weights)
    numbers = np.array([day_number(day) for day in days])
    found = []
    for length, stop in zip(lengths.tolist(), np.cumsum(lengths).tolist(), strict=True):
        belief, last = (beliefs.so_far[stop - 1], together.day[stop - 1]) if length else (beliefs.usual, numbers[0])
        sides = carried(belief, (numbers - last) / DAYS, beliefs.usual, weights.rate)
        found.append([Outlook(at=day, friendly=p[0], divided=p[1], hostile=p[2]) for day, p in zip(days, sides.tolist(), strict=True)])
    return found


def _weightiest(observed: Observations, at: date, weights: ShiftWeights) -> Places:
    """The rows that the chain sees, those first that weigh most after what time has worn off."""
    age = (day_number(at) - observed.day) / DAYS
    order = np.lexsort((-np.arange(len(age)), -observed.weight * np.exp(-weights.rate * age)))
    return np.asarray(observed.tie[order])
