"""What the ledger answers with when it is asked for figures: amounts with their documents and resolved actors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from frenemy.ledger.when import split_when

FIGURES_FILE_FIELDS = (
    *("doc", "subject", "kind", "amount", "unit", "status", "when", "quote", "start", "end"),
    *("published", "publisher", "url", "subject_id", "reader"),
)
"""The fields of a line about a figure, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRecord:
    """A figure as the ledger holds it: `subject` is the resolved actor's name, `doc` the document's name."""

    document: str
    doc: str
    subject: str
    subject_id: str
    kind: str
    amount: float
    unit: str
    status: str
    when: str | None
    quote: str
    start: int
    end: int
    published: date | None
    publisher: str | None
    title: str | None
    url: str | None
    reader: str

    @property
    def date(self) -> date | None:
        """The first day it speaks of, or else when it was printed."""
        first, last = split_when(self.when)
        return first or last or self.published

    @property
    def dated(self) -> str:
        """Its date in words that do not mix the clocks, as for a tie."""
        return self.when or (f"printed {self.published}" if self.published else "undated")

    @property
    def said(self) -> str:
        """The amount as a person reads it.

        >>> about = dict(document="d", doc="d", subject="xAI", subject_id="xai", kind="valuation", status="asserted", when=None, quote="",
        ...              start=0, end=1, published=None, publisher=None, title=None, url=None, reader="r")
        >>> [FigureRecord(amount=a, unit=u, **about).said for a, u in ((5e10, "USD"), (49.0, "%"), (1400.0, "employees"), (0.75, "GBP"))]
        ['50 billion USD', '49%', '1,400 employees', '0.75 GBP']
        """
        value, scale = self.amount, ""
        for name, size in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)):
            if abs(value) >= size:
                value, scale = value / size, f" {name}"
                break
        return f"{value:,.10g}{scale}" + (self.unit if self.unit == "%" else f" {self.unit}")

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        values = {name: getattr(self, name) for name in FIGURES_FILE_FIELDS}
        values["published"] = self.published.isoformat() if self.published else None
        return values
