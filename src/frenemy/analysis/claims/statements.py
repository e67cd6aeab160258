"""What is weighed against what: a tie with who says it, and of which days it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from frenemy.model import TIE_TYPES

Period = tuple[date, date]
"""First and last day."""

ALWAYS: Period = (date.min, date.max)
CURRENT = timedelta(days=30)
"""A statement without a date speaks of so many days before it was printed."""
REACH = timedelta(days=365)
"""A denial without a date speaks of so many: what is denied has often been going round for a while."""

FAMILIES = {
    "verbal conflict": ("ACCUSE", "REJECT"),
    "payment": ("AID", "FUNDS"),
    "ownership": ("OWNS", "INVESTS_IN"),
    "office": ("LEADS", "WORKS_FOR"),
    "friendship": ("SUPPORT", "ALLIED_WITH"),
}
"""Types that texts use for one matter: who denies that he attacked somebody denies ACCUSE and REJECT alike."""
_FAMILY = {name: family for family, names in FAMILIES.items() for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A tie as somebody states it.

    `source` and `target` are actors' ids beside their names; `voice` is "author" or the name of the actor on whose word it stands. `since`
    and `until` are the days that the passage gives, `published` is when it was printed. `origin` names the story: copies of one share it.
    """

    tie: str
    source: str
    source_name: str
    target: str
    target_name: str
    mutual: bool
    type: str
    polarity: str
    status: str
    voice: str = "author"
    since: date | None = None
    until: date | None = None
    published: date | None = None
    document: str
    doc: str
    publisher: str | None = None
    url: str | None = None
    origin: str
    quote: str
    start: int = 0
    confidence: float = 1.0

    @property
    def speaker(self) -> str:
        """Who says it: the actor, or the publisher where it is the author's word."""
        return self.voice if self.voice != "author" else self.publisher or self.doc

    @property
    def pair(self) -> tuple[str, str]:
        """The actors' ids; in alphabetical order where the tie has no direction."""
        one, two = self.source, self.target
        return (two, one) if self.mutual and two < one else (one, two)

    @property
    def family(self) -> str:
        """What types are compared by: the same for types that texts use for one matter."""
        return _FAMILY.get(self.type, self.type)

    @property
    def order(self) -> tuple[date, str, int, str]:
        """By date of printing, then by place in the document."""
        return (self.published or date.max, self.doc, self.start, self.tie)

    def as_line(self) -> dict[str, Any]:
        """What a claim's JSON line holds of it."""
        return {
            "tie": self.tie,
            "type": self.type,
            "status": self.status,
            "speaker": self.speaker,
            "voice": self.voice,
            "quote": self.quote,
            "doc": self.doc,
            "publisher": self.publisher,
            "published": self.published.isoformat() if self.published else None,
            "url": self.url,
        }


def period(statement: Statement) -> Period:
    """The days that a statement speaks of.

    The passage's own where it gives them; else the last month before it was printed, for a denial the last year; all days where nothing
    is known. What stands (an office, an ownership) and has begun goes on until it is said to have ended.

    >>> say = dict(tie="t", source="a", source_name="A", target="b", target_name="B", mutual=False, polarity="0", document="d", doc="d",
    ...            origin="d", quote="q", published=date(2024, 5, 1))
    >>> [str(day) for day in period(Statement(type="ACCUSE", status="asserted", **say))]
    ['2024-04-01', '2024-05-01']
    >>> [str(day) for day in period(Statement(type="LEADS", status="asserted", since=date(2020, 1, 1), **say))]
    ['2020-01-01', '9999-12-31']
    """
    if statement.since or statement.until:
        end = statement.until or (statement.since if TIE_TYPES[statement.type].is_act else date.max) or date.max
        return statement.since or date.min, end
    if statement.published is None:
        return ALWAYS
    back = REACH if statement.status == "denied" else CURRENT
    return statement.published - back, statement.published


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day.

    >>> overlap((date(2024, 1, 1), date(2024, 1, 3)), (date(2024, 1, 3), date.max))
    True
    """
    return one[0] <= other[1] and other[0] <= one[1]


def dated(statement: Statement) -> bool:
    """Whether the passage itself says when."""
    return bool(statement.since or statement.until)
