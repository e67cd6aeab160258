"""Figures over time: the amounts about an actor as series, and which of them cannot both be right.

Nothing is converted: what is given in another unit is another series. A later value is a development, not a contradiction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Any

CURRENT = timedelta(days=30)
"""An amount without a date speaks of so many days before it was printed."""
SHARP = timedelta(days=31)
"""A value at a moment is dated at least so exactly, or it contradicts nothing."""
SUMS = ("revenue", "budget", "casualties", "votes")
"""Kinds that are summed over a stretch of time; the others have a value at a moment, and may change within a year."""
NEVER = ("other",)
"""Kinds under which different matters stand together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A figure as somebody states it.

    `amount` is in `unit`, its scale resolved; `since` and `until` are the days that the passage gives, `published` is when it was printed.
    `origin` names the story: copies of one share it.
    """

    subject: str
    subject_name: str
    kind: str
    amount: float
    unit: str
    status: str = "asserted"
    since: date | None = None
    until: date | None = None
    published: date | None = None
    said: str = ""
    doc: str
    publisher: str | None = None
    origin: str
    quote: str
    start: int = 0

    @property
    def source(self) -> str:
        """Who says it."""
        return self.publisher or self.doc

    @property
    def order(self) -> tuple[date, str, int, float]:
        """By date, then by place."""
        return (self.date or date.max, self.doc, self.start, self.amount)

    @property
    def date(self) -> date | None:
        """The first day it speaks of, or else when it was printed."""
        return self.since or self.until or self.published

    def as_line(self) -> dict[str, Any]:
        """What a series' JSON line holds of it."""
        day, printed = self.date, self.published
        return {
            "amount": self.amount,
            "status": self.status,
            "date": day.isoformat() if day else None,
            "source": self.source,
            "doc": self.doc,
            "published": printed.isoformat() if printed else None,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The amounts of one kind about one actor in one unit, oldest first, and the pairs of them that contradict each other."""

    subject: str
    subject_name: str
    kind: str
    unit: str
    amounts: tuple[Amount, ...]
    contradictions: tuple[tuple[Amount, Amount], ...] = ()

    @property
    def sources(self) -> int:
        """Independent stories that the amounts come from."""
        return len({amount.origin for amount in self.amounts})

    def against(self, amount: Amount) -> list[Amount]:
        """The amounts that contradict one."""
        return [pair[1 - pair.index(amount)] for pair in self.contradictions if amount in pair]

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it; contradictions are pairs of places in `amounts`."""
        return {
            "subject": self.subject_name,
            "kind": self.kind,
            "unit": self.unit,
            "sources": self.sources,
            "amounts": [amount.as_line() for amount in self.amounts],
            "contradictions": [[self.amounts.index(one), self.amounts.index(other)] for one, other in self.contradictions],
            "subject_id": self.subject,
        }


def over_time(amounts: Iterable[Amount]) -> list[Series]:
    """The amounts by actor, kind and unit; the order they come in does not matter.

    >>> about = dict(subject="x", subject_name="X", kind="valuation", unit="USD", quote="q")
    >>> may = Amount(amount=5e10, published=date(2024, 5, 2), doc="a", origin="a", **about)
    >>> same_month = Amount(amount=8e10, published=date(2024, 5, 9), doc="b", origin="b", **about)
    >>> next_year = Amount(amount=9e10, published=date(2025, 5, 9), doc="c", origin="c", **about)
    >>> [series] = over_time([next_year, may, same_month])
    >>> [amount.doc for amount in series.amounts], [(one.doc, other.doc) for one, other in series.contradictions]
    (['a', 'b', 'c'], [('a', 'b')])
    """
    grouped: dict[tuple[str, str, str, str], list[Amount]] = defaultdict(list)
    for amount in amounts:
        grouped[amount.subject_name, amount.subject, amount.kind, amount.unit].append(amount)
    return [
        Series(subject=subject, subject_name=name, kind=kind, unit=unit, amounts=tuple(ordered), contradictions=_contradictions(ordered))
        for (name, subject, kind, unit), together in sorted(grouped.items())
        for ordered in [sorted(together, key=lambda one: one.order)]
    ]


def _contradictions(ordered: list[Amount]) -> tuple[tuple[Amount, Amount], ...]:
    facts = [amount for amount in ordered if amount.status == "asserted" and amount.kind not in NEVER]
    return tuple((one, other) for one, other in combinations(facts, 2) if contradict(one, other))


def contradict(one: Amount, other: Amount) -> bool:
    """Whether two amounts of one series cannot both be right: from different stories, of the same time, and apart by more than rounding."""
    return one.origin != other.origin and _same_time(one, other) and not agree(one.amount, other.amount)


def _same_time(one: Amount, other: Amount) -> bool:
    """Sums must be over the same dates where both give dates; values at a moment must both be dated to a month or better."""
    here, there = _period(one), _period(other)
    if here is None or there is None:
        return False
    if one.kind in SUMS and one.since and other.since:
        return here == there
    sharp = all(last - first <= SHARP for first, last in (here, there))
    return sharp and here[0] <= there[1] and there[0] <= here[1]


def _period(amount: Amount) -> tuple[date, date] | None:
    """The days that an amount speaks of: the passage's own, or the last month before it was printed."""
    if amount.since or amount.until:
        return amount.since or date.min, amount.until or date.max
    return (amount.published - CURRENT, amount.published) if amount.published else None


def agree(one: float, other: float) -> bool:
    """Whether two amounts are the same but for rounding: the rounder one is what the other rounds to at its number of digits.

    >>> agree(1.57e11, 1.6e11), agree(5e10, 5.2e10), agree(6.6e9, 6.5e9), agree(0.0, 1.0)
    (True, True, False, False)
    """
    digits = min(_digits(one), _digits(other))
    return _rounded(one, digits) == _rounded(other, digits)


def _digits(amount: float) -> int:
    """Digits before the closing zeros: 3 of 157,000,000,000."""
    return len(Decimal(repr(amount)).normalize().as_tuple().digits)


def _rounded(amount: float, digits: int) -> Decimal:
    value = Decimal(repr(amount))
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), rounding=ROUND_HALF_UP).normalize() if value else value
