"""All evidence of a ledger held in memory, for views that ask for the same pairs again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.stance import fold, seen
from frenemy.model import Stance
from frenemy.model.evidence import NO_DAY, EvidenceTable, day_number, day_of
from frenemy.pipeline.stances import latest_day

if TYPE_CHECKING:
    from frenemy.ledger import Ledger

Ints = NDArray[np.int64]

A_TIME = 500_000
"""So many ties are folded at a time, to bound memory."""
ABSENT = -128
"""The level of a pair without a signed tie so far."""
STEPS = 72
ROWS, LEAST_DAYS, MOST_DAYS = 150_000, 8, 120
"""How many ties in all the days of a curve may weigh again, and the bounds of how many days."""
EARLY = 0.02
"""What part of the dated ties may lie before the first step: a single founding date long ago must not stretch the axis."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Levels:
    """The stances of the pairs among some actors at several dates.

    `edges` (pairs × 2) are places in `actors`; `level` (dates × pairs) holds hundredths of a stance as int8, or `ABSENT`; `values` are the
    stances at the last date; `left_out` is how many weaker pairs there were.
    """

    actors: Sequence[str]
    edges: Ints
    days: Sequence[date]
    level: NDArray[np.int8]
    values: NDArray[np.float64]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """The stances of pairs at one day as columns; `ends` finds the rows of an actor, where it comes first and where second."""

    source: NDArray[Any]
    target: NDArray[Any]
    value: NDArray[Any]
    low: NDArray[Any]
    high: NDArray[Any]
    ends: tuple[tuple[Ints, Ints], ...]


class Standings:
    """How everybody stands to everybody, at any date, from one reading of the ledger's evidence."""

    def __init__(self, table: EvidenceTable, *, today: date) -> None:
        self._table = table.take(table.source != table.target)
        self.place = {actor: number for number, actor in enumerate(table.actors)}
        self.latest = latest_day(table, today=today)
        table = self._table
        self._ends = [_index(ends, len(table.actors)) for ends in (table.source, table.target)]
        self.counts: Ints = np.bincount(np.concatenate([table.source, table.target]), minlength=len(table.actors))

    def __len__(self) -> int:
        return len(self._table)

    def ties_of(self, actor: str) -> int:
        """How many ties to others an actor has."""
        place = self.place.get(actor)
        return 0 if place is None else int(self.counts[place])

    def most_tied(self, limit: int) -> list[str]:
        """The actors with most ties to others."""
        order = np.lexsort((np.arange(len(self.counts)), -self.counts))[:limit]
        return [self._table.actors[place] for place in order if self.counts[place]]

    def _rows(self, actor: str) -> Ints:
        """The rows with this actor at one end."""
        place = self.place.get(actor)
        if place is None:
            return np.zeros(0, dtype=np.int64)
        return np.concatenate([order[starts[place] : starts[place + 1]] for order, starts in self._ends])

    def about(self, actor: str, *, types: Sequence[int] | None = None) -> EvidenceTable:
        """The evidence with this actor at one end; of some types (their places) where they are given."""
        rows = self._rows(actor)
        return self._table.take(rows if types is None else rows[np.isin(self._table.type[rows], types)])

    def printed_last(self, actor: str, most: int) -> list[int]:
        """The ties of this actor to others that were printed last."""
        rows = self._rows(actor)
        age = -self._table.published[rows].astype(np.int64)
        if len(rows) > most:
            youngest = np.argpartition(age, most)[:most]
            rows, age = rows[youngest], age[youngest]
        return [int(tie) for tie in self._table.tie[rows[np.argsort(age, kind="stable")]]]

    def between(self, one: str, other: str) -> EvidenceTable:
        """The evidence on two actors, oldest first, undated last."""
        few, many = sorted((one, other), key=lambda actor: self.counts[self.place[actor]] if actor in self.place else 0)
        if few not in self.place:
            return self.about(few)
        table, place = self.about(few), self.place[many]
        table = table.take((table.source == place) | (table.target == place))
        day = np.where(table.day == NO_DAY, np.iinfo(np.int32).max, table.day)
        return table.take(np.lexsort((table.tie, day)))

    def pair(self, one: str, other: str, at: date, *, known_by: date | None = None) -> tuple[Stance | None, Stance | None, Stance | None]:
        """Both ways taken together, the first to the second, the second to the first; None where there is no signed tie.

        They come without their ties: `shares` tells those.
        """
        table = seen(self.between(one, other), as_of=at, known_by=known_by)
        both = next(_folded(table, at), None)
        ways = {(stance.source, stance.target): stance for stance in _folded(table, at, mutual=False)}
        return both, ways.get((one, other)), ways.get((other, one))

    def shares(self, one: str, other: str, at: date) -> dict[int, float]:
        """What each tie of two actors has in their stance, both ways taken together, by the tie's number."""
        folded = fold(seen(self.between(one, other), as_of=at), at, mutual=True)
        return dict(zip(folded.tie.tolist(), folded.share.tolist(), strict=True))

    def partners(self, actor: str, most: int) -> tuple[list[Stance], int]:
        """How the actor stands at the latest day, strongest first, without the ties; and with how many it is tied in all."""
        place = self.place.get(actor)
        if place is None:
            return [], 0
        pairs = self.pairs
        rows = np.concatenate([order[starts[place] : starts[place + 1]] for order, starts in pairs.ends])
        strongest = rows[np.argsort(-np.abs(pairs.value[rows]), kind="stable")[:most]]
        ends = ((self._table.actors[pairs.source[row]], self._table.actors[pairs.target[row]]) for row in strongest)
        found = zip(ends, *(column[strongest].tolist() for column in (pairs.value, pairs.low, pairs.high)), strict=True)
        stand = [Stance(source=s, target=t, mutual=True, at=self.latest, value=v, low=low, high=high) for (s, t), v, low, high in found]
        return stand, len(rows)

    @cached_property
    def pairs(self) -> Pairs:
        """All pairs as of the latest day: some time's work among millions, done once."""
        table = seen(self._table, as_of=self.latest)
        lower = np.minimum(table.source, table.target)
        order = np.argsort(lower, kind="stable")
        cuts = np.searchsorted(lower[order], np.unique(lower[order[::A_TIME]]))
        parts = [fold(table.take(rows), self.latest, mutual=True) for rows in np.split(order, cuts) if len(rows)]
        columns = {name: _joined([getattr(part, name) for part in parts]) for name in ("source", "target", "value", "low", "high")}
        count = len(table.actors)
        ends = tuple(_index(columns[name].astype(np.int64), count) for name in ("source", "target"))
        return Pairs(**columns, ends=ends)

    def curve(self, one: str, other: str) -> list[Stance]:
        """How two actors stood through the years, both ways taken together, without their ties.

        On the days of their ties and the days before, since stances jump there, and on regular days between.
        """
        table = self.between(one, other)
        days = table.day
        dated = np.unique(days[(days != NO_DAY) & (days <= day_number(self.latest))])
        if not len(dated):
            return []
        most = max(LEAST_DAYS, min(MOST_DAYS, ROWS // len(table)))
        regular = np.linspace(dated[0], day_number(self.latest), most // 2).astype(np.int64)
        jumps = _thinned(dated, most // 2)
        looked = np.unique(np.concatenate([jumps, jumps[1:] - 1, regular]))
        found = []
        for number in looked:
            at = day_of(int(number)) or self.latest
            stance = next(_folded(seen(table, as_of=at), at), None)
            found += [stance] if stance else []
        return found

    def steps(self) -> list[date]:
        """The ends of months, quarters or years from the first ties to the last, `STEPS` at most, the latest day among them."""
        days = self._table.day
        dated = days[(days != NO_DAY) & (days <= day_number(self.latest))]
        first = day_of(int(np.quantile(dated, EARLY))) if len(dated) else None
        return step_days(first or self.latest, self.latest)

    def levels(self, actors: Sequence[str], days: Sequence[date], *, most_edges: int) -> Levels:
        """The stances among some actors at several dates; of too many pairs, those that are strongest at the last."""
        number = np.full(len(self._table.actors), -1, dtype=np.int32)
        chosen = [actor for actor in actors if actor in self.place]
        number[[self.place[actor] for actor in chosen]] = np.arange(len(chosen))
        inside = (number[self._table.source] >= 0) & (number[self._table.target] >= 0)
        table = self._table.take(inside)
        table = replace(table, actors=chosen, source=number[table.source], target=number[table.target])
        last = fold(seen(table, as_of=days[-1]), days[-1], mutual=True)
        keep = np.sort(np.argsort(-np.abs(last.value), kind="stable")[:most_edges])
        keys = last.source[keep] * len(chosen) + last.target[keep]
        level = np.full((len(days), len(keys)), ABSENT, dtype=np.int8)
        for step, at in enumerate(days):
            folded = fold(seen(table, as_of=at), at, mutual=True)
            found = folded.source * len(chosen) + folded.target
            spot = np.minimum(np.searchsorted(keys, found), max(len(keys) - 1, 0))
            known = keys[spot] == found if len(keys) else np.zeros(len(found), dtype=bool)
            level[step, spot[known]] = np.round(100 * folded.value[known]).astype(np.int8)
        edges = np.column_stack((last.source[keep], last.target[keep]))
        return Levels(actors=chosen, edges=edges, days=days, level=level, values=last.value[keep], left_out=len(last.value) - len(keep))


def stand(
    ledger: Ledger,
    *,
    actors: tuple[str, ...] | None = None,
    as_of: date | None = None,
    known_by: date | None = None,
    today: date | None = None,
) -> Standings:
    """The standings of a ledger as it is now, or as it was by a date; `actors` (ids) keeps the pairs among them."""
    from frenemy.ledger import EvidenceFilter

    table = ledger.evidence_table(EvidenceFilter(among=actors), named=False)
    return Standings(seen(table, as_of=as_of, known_by=known_by), today=as_of or today or date.today())


def step_days(first: date, last: date) -> list[date]:
    """The ends of months between two days, of quarters or years where there would be more than `STEPS`; `last` closes the row.

    >>> [str(day) for day in step_days(date(2024, 1, 20), date(2024, 4, 10))]
    ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-10']
    >>> len(step_days(date(1990, 1, 1), date(2024, 1, 1)))
    69
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    stride = next((s for s in (1, 3, 6, 12) if months / s < STEPS), 12 * (1 + months // (12 * STEPS)))
    begin = first.year * 12 + (first.month - 1) // stride * stride if stride < 12 else first.year * 12
    ends = (_first_of(month) - timedelta(days=1) for month in range(begin + stride, last.year * 12 + last.month + stride, stride))
    return [*(end for end in ends if first <= end < last), last]


def _folded(table: EvidenceTable, at: date, *, mutual: bool = True) -> Iterator[Stance]:
    """The stances of pairs without their ties."""
    folded = fold(table, at, mutual=mutual)
    for s, t, value, low, high in zip(folded.source, folded.target, folded.value, folded.low, folded.high, strict=True):
        ends = {"source": table.actors[s], "target": table.actors[t]}
        yield Stance(**ends, mutual=mutual, at=at, value=float(value), low=float(low), high=float(high))


def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _thinned(days: NDArray[Any], most: int) -> NDArray[Any]:
    """So many of the days at most, evenly, the first and the last among them."""
    return days[np.unique(np.linspace(0, len(days) - 1, min(len(days), most)).astype(np.int64))]


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _index(ends: NDArray[Any], count: int) -> tuple[Ints, Ints]:
    """The rows in the order of their end, and where each end's rows begin."""
    order = np.argsort(ends, kind="stable")
    return order, np.searchsorted(ends[order], np.arange(count + 1))
