"""Forecasts of a ledger: a pair's evidence through the chain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from frenemy.model import Forecast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from frenemy.ledger import Ledger


def forecast_of(
    ledger: Ledger, one: str, other: str, *, as_of: date | None = None, known_by: date | None = None, horizons: Sequence[int]
) -> Forecast:
    """The forecast of two actors (ids) as of a date, from what had been printed by another."""
    from frenemy.analysis.forecast import forecast
    from frenemy.analysis.stance import seen
    from frenemy.ledger import EvidenceFilter

    table = seen(ledger.evidence_table(EvidenceFilter(among=(one, other))), known_by=known_by)
    return forecast(table, one, other, as_of or ledger.latest_day(), horizons=horizons)
