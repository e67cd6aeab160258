"""A pair through time as a picture: the curve of its stance, and its ties as marks above and below. In days and stances, not in units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, pairwise

from frenemy.ledger import TieRecord
from frenemy.model import Shift, Stance
from frenemy.views.signs import shift_words, side

SLOTS = 72
"""Ties that fall into the same of so many parts of the time line stand on top of one another."""
HIGHEST = 5
"""How many ties one slot shows of a sign; the rest would hide the curve, and are counted on the last mark."""

JUMP = 0.03
"""What changes by more between two days of a curve came at once; the rest is ageing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Ties of a sign in one slot: the day of the middle one, how high it is stacked, and how many it stands for.

    `hollow` marks what is denied, speculated or planned.
    """

    day: date
    sign: str
    level: int
    hollow: bool
    count: int
    tie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A shift of the stance, with what is written beside it."""

    day: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What is drawn of a pair from `first` to `last`."""

    first: date
    last: date
    curve: Sequence[Stance]
    marks: Sequence[Mark]
    turns: Sequence[Turn] = ()

    def share(self, day: date) -> float:
        """Where a day lies between the first (0) and the last (1)."""
        return (day - self.first).days / max((self.last - self.first).days, 1)

    @property
    def reach(self) -> float:
        """How far from zero the scale has to go: the curve and its band, in steps of a quarter."""
        ends = chain.from_iterable((abs(stance.low), abs(stance.high)) for stance in self.curve)
        return min(1.0, (int(max(ends, default=0.0) * 4) + 1) / 4)

    def stretches(self) -> list[tuple[str, list[tuple[date, float]]]]:
        """The curve cut where it changes its side: the sign of each piece and its points, the first of each the last of the one before."""
        pieces: list[tuple[str, list[tuple[date, float]]]] = []
        for stance in self.curve:
            point, sign = (stance.at, stance.value), side(stance.value)
            if pieces and pieces[-1][0] == sign:
                pieces[-1][1].append(point)
            else:
                pieces.append((sign, [*(pieces[-1][1][-1:] if pieces else []), point]))
        return pieces


def timeline(curve: Sequence[Stance], ties: Iterable[TieRecord], shifts: Iterable[Shift] = ()) -> Timeline | None:
    """The time line of a pair; None where nothing of it has a date."""
    dated = [tie for tie in ties if tie.date]
    days = [tie.date for tie in dated if tie.date] + [stance.at for stance in curve]
    if not days or not curve:
        return None
    first, last = min(days), max(days)
    edge = timedelta(days=max(30, (last - first).days // 40))
    first, last = first - edge, last + edge
    return Timeline(
        first=first, last=last, curve=_with_jumps(curve), marks=stack(dated, first, last), turns=[_turn(shift) for shift in shifts]
    )


def _with_jumps(curve: Sequence[Stance]) -> list[Stance]:
    """The curve with the stance held until the day before a jump: what happened on a day must not show before it."""
    drawn = list(curve[:1])
    for before, after in pairwise(curve):
        jump = max(abs(getattr(after, end) - getattr(before, end)) for end in ("value", "low", "high"))
        if jump > JUMP and (after.at - before.at).days > 1:
            drawn.append(replace(before, at=after.at - timedelta(days=1)))
        drawn.append(after)
    return drawn


def shifts_by_pair(shifts: Iterable[Shift]) -> dict[tuple[str, str], list[Shift]]:
    """The shifts of each pair, by its two ids, in the order that they came."""
    pairs: dict[tuple[str, str], list[Shift]] = defaultdict(list)
    for shift in shifts:
        pairs[shift.source, shift.target].append(shift)
    return dict(pairs)


def _turn(shift: Shift) -> Turn:
    """How a shift is written beside its line: its month and the sides."""
    return Turn(day=shift.at, label=f"{shift.at:%b} {shift.at.year:04}: {shift_words(shift)}")


def stack(ties: Sequence[TieRecord], first: date, last: date) -> list[Mark]:
    """The ties as marks, those of one slot and sign on top of one another, what is asserted nearest to the curve."""
    slots: dict[tuple[int, str], list[TieRecord]] = defaultdict(list)
    length = max((last - first).days, 1)
    for tie in ties:
        if tie.date:
            slots[SLOTS * (tie.date - first).days // length, tie.polarity].append(tie)
    marks = []
    for (_, sign), together in sorted(slots.items()):
        together.sort(key=lambda tie: (tie.status != "asserted", tie.date or first, tie.id))
        middle = sorted(tie.date or first for tie in together)[len(together) // 2]
        for level, tie in enumerate(together[:HIGHEST]):
            count = len(together) - HIGHEST + 1 if level == HIGHEST - 1 else 1
            marks.append(Mark(day=middle, sign=sign, level=level, hollow=tie.status != "asserted", count=count, tie=tie.id))
    return marks


def ticks(first: date, last: date, most: int = 8) -> list[tuple[date, str]]:
    """Days to name on a time line, at most so many: years where it is long, months where it is short.

    >>> [label for _, label in ticks(date(2016, 5, 1), date(2025, 3, 1), most=5)]
    ['2018', '2020', '2022', '2024']
    >>> [label for _, label in ticks(date(2024, 1, 15), date(2024, 9, 1), most=4)]
    ['Mar 2024', 'May 2024', 'Jul 2024', 'Sep 2024']
    """
    if (last - first).days < 1_100:
        months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
        for step in (1, 2, 3, 6):
            chosen = [day for day in months if first <= day <= last and (day.month - 1) % step == 0]
            if len(chosen) <= most:
                return [(day, f"{day:%b} {day.year:04}") for day in chosen]
    years = [year for year in range(first.year, last.year + 1) if first <= date(year, 1, 1)]
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000) if sum(year % step == 0 for year in years) <= most)
    return [(date(year, 1, 1), f"{year:04}") for year in years if year % step == 0]
