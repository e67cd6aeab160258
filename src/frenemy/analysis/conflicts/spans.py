"""From when to when a tie holds, as far as its passage says, and whether ties hold on one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from frenemy.model import TIE_TYPES, Evidence

REACH = timedelta(days=365)
"""An act bears on what holds within a year after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days on which a tie holds; `basis` is "said" (by the passage), "printed" (only the date of publication is known) or "undated"."""

    start: date
    end: date
    basis: str


def span(tie: Evidence) -> Span:
    """A standing tie holds from its date on, until the end that the passage gives; an act bears on the year after it.

    A tie without a date of its own goes by the date of publication; one without either may hold on any day.

    >>> def tie(kind, since, until=None, published=None):
    ...     return Evidence(tie="1", source="a", target="b", mutual=False, type=kind, polarity="0", status="asserted", word="author",
    ...                     since=since, until=until, published=published, origin="d", confidence=1.0)
    >>> span(tie("OWNS", date(2019, 1, 1))).end == date.max, span(tie("AID", date(2019, 1, 1), date(2019, 12, 31))).end
    (True, datetime.date(2020, 12, 30))
    >>> span(tie("LEADS", date(2015, 1, 1), date(2018, 2, 20))).end
    datetime.date(2018, 2, 20)
    >>> span(tie("OWNS", None, published=date(2024, 5, 1))).basis, span(tie("OWNS", None)).basis
    ('printed', 'undated')
    """
    said = tie.since is not None or tie.until is not None
    basis = "said" if said else "printed" if tie.published is not None else "undated"
    if TIE_TYPES[tie.type].is_act and basis != "undated":
        first, last = tie.since or tie.until or tie.published or date.min, tie.until or tie.since or tie.published or date.max
        return Span(start=first, end=last + min(REACH, date.max - last), basis=basis)
    begun = tie.since if said else tie.published
    return Span(start=begun or date.min, end=tie.until or date.max, basis=basis)


def strongest_together(hops: Sequence[Sequence[Evidence]]) -> tuple[Evidence, ...] | None:
    """One tie a hop, all holding on one day, such that the least confident of them is as confident as can be; None where no day has all.

    Intervals share a day just where one of them begins (Helly's theorem on a line), so the days that ties begin are all that need a look.
    """
    spans = [[(span(tie), tie) for tie in ties] for ties in hops]
    best: tuple[Evidence, ...] | None = None
    for day in sorted({held.start for ties in spans for held, _ in ties}):
        chosen = [max((tie for held, tie in ties if held.start <= day <= held.end), key=_surest, default=None) for ties in spans]
        if (all_held := _complete(chosen)) and (best is None or _weakest(all_held) > _weakest(best)):
            best = all_held
    return best


def in_order(hops: Sequence[Sequence[Evidence]]) -> tuple[Evidence, ...] | None:
    """One tie a hop, where the first hop begins before the second: the ties that say so earliest, of the others the surest.

    Ties without any date order nothing.
    """
    first, second = ([tie for tie in ties if span(tie).basis != "undated"] for ties in hops[:2])
    if not first or not second:
        return None
    earlier, later = min(first, key=_earliest), min(second, key=_earliest)
    if span(earlier).start >= span(later).start:
        return None
    return (earlier, later, *(max(ties, key=_surest) for ties in hops[2:]))


def common(ties: Sequence[Evidence]) -> tuple[date | None, date | None]:
    """The days on which all of the ties hold, an open side as None; both None where there are none."""
    spans = [span(tie) for tie in ties]
    start, end = max(held.start for held in spans), min(held.end for held in spans)
    if start > end:
        return None, None
    return (None if start == date.min else start), (None if end == date.max else end)


def _complete(chosen: Sequence[Evidence | None]) -> tuple[Evidence, ...] | None:
    held = tuple(tie for tie in chosen if tie is not None)
    return held if len(held) == len(chosen) else None


def _weakest(ties: Sequence[Evidence]) -> tuple[int, float]:
    """Asserted ties before others, then by the least confident."""
    return -sum(tie.status != "asserted" for tie in ties), min(tie.confidence for tie in ties)


def _surest(tie: Evidence) -> tuple[bool, float, str]:
    return tie.status == "asserted", tie.confidence, tie.tie


def _earliest(tie: Evidence) -> tuple[date, float, str]:
    return span(tie).start, -tie.confidence, tie.tie
