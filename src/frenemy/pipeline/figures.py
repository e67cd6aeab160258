"""Figures of a ledger as series over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frenemy.analysis.figures import Amount, Series, over_time
from frenemy.ledger import FigureFilter, FigureRecord, Ledger
from frenemy.ledger.when import split_when

if TYPE_CHECKING:
    from datetime import date


def figures_over_time(ledger: Ledger, wanted: FigureFilter | None = None, *, as_of: date | None = None) -> list[Series]:
    """The figures that a filter keeps as series, contradictions marked."""
    origins, records = ledger.origins(), ledger.figures(wanted, as_of=as_of)
    return over_time(amount(record, origins.get(record.document, record.document)) for record in records)


def amount(record: FigureRecord, origin: str) -> Amount:
    """A figure as somebody states it."""
    since, until = split_when(record.when)
    return Amount(
        subject=record.subject_id,
        subject_name=record.subject,
        kind=record.kind,
        amount=record.amount,
        unit=record.unit,
        status=record.status,
        since=since,
        until=until,
        published=record.published,
        said=record.said,
        doc=record.doc,
        publisher=record.publisher,
        origin=origin,
        quote=record.quote,
        start=record.start,
    )
