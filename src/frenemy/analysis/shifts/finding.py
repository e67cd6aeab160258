"""From the probable side at each tie to dated shifts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.shifts.sides import SIDES, Beliefs, Floats, Observations, Places, believe, observe
from frenemy.analysis.stance.weights import ShiftWeights, Weights, default_weights
from frenemy.model import Shift
from frenemy.model.evidence import EvidenceTable, day_of

MOST_TIES = 20
"""Ties that a shift names for each side."""
SURE = 0.99
"""A stretch is at its surest where its side is this near to its highest probability."""
EARLY, LATE = 0.05, 0.95
"""The parts of the change's probability outside of its interval of dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Observations `start` to `stop` of one pair on one side; between `surest` and `last_sure` it is most probable, with `sure`."""

    pair: int
    side: int
    start: int
    stop: int
    surest: int
    last_sure: int
    sure: float


def find_shifts(table: EvidenceTable, *, weights: Weights | None = None) -> list[Shift]:
    """Every shift of every pair, by date.

    Ties without a date and neutral ties say nothing here. A shift is told where a stretch of ties on one side is followed by one on
    another, and it is as probable as asked for that both sides held, each where it is surest. A divided stretch between friendly and
    hostile ones belongs to that change.

    >>> from datetime import date
    >>> from frenemy.model import Evidence
    >>> from frenemy.model.evidence import tabulate
    >>> row = dict(source="a", target="b", mutual=False, status="asserted", word="author", until=None, published=None, confidence=1.0)
    >>> def tie(year, sign):
    ...     act = {"+": "SUPPORT", "-": "ACCUSE"}[sign]
    ...     return Evidence(tie=str(year), type=act, polarity=sign, since=date(year, 1, 1), origin=str(year), **row)
    >>> foes, friends = [tie(year, "-") for year in range(2015, 2020)], [tie(year, "+") for year in range(2021, 2026)]
    >>> [(shift.at.year, shift.before, shift.after) for shift in find_shifts(tabulate(foes + friends))]
    [(2021, '-', '+')]
    >>> find_shifts(tabulate([*foes, tie(2021, "+")]))
    []
    """
    weights = weights or default_weights()
    seen = observe(table, weights)
    if not len(seen.pair):
        return []
    beliefs = believe(seen, weights.shift)
    changes = _changes(seen, beliefs, _stretches(seen, beliefs, weights.shift), weights.shift)
    found = [_shift(table, seen, beliefs, *change) for change in changes]
    return along(sorted(found, key=lambda shift: (shift.at, shift.source, shift.target)), weights.shift)


def _stretches(seen: Observations, beliefs: Beliefs, weights: ShiftWeights) -> Iterator[Stretch]:
    """The stretches that are sure enough, of pairs that have enough ties on two different sides."""
    side = beliefs.sides.argmax(axis=1)
    best = beliefs.sides.max(axis=1)
    starts = np.flatnonzero((np.diff(seen.pair, prepend=-1) != 0) | (np.diff(side, prepend=-1) != 0))
    speaks = (side == SIDES.index("~")) | (np.sign(seen.sign) == 1 - side)
    weight = np.add.reduceat(np.where(speaks, seen.weight, 0.0), starts)
    stops = np.append(starts[1:], len(side))
    sure = np.maximum.reduceat(best, starts) >= weights.probability
    starts, stops, weight = starts[sure], stops[sure], weight[sure]
    for number in np.flatnonzero(_two_sided(seen.pair[starts], side[starts], weight, weights)).tolist():
        start, stop = int(starts[number]), int(stops[number])
        near = start + np.flatnonzero(best[start:stop] >= SURE * best[start:stop].max())
        yield Stretch(
            pair=int(seen.pair[start]),
            side=int(side[start]),
            start=start,
            stop=stop,
            surest=int(near[0]),
            last_sure=int(near[-1]),
            sure=float(best[near].max()),
        )


def _two_sided(pair: Places, side: Places, weight: Floats, weights: ShiftWeights) -> NDArray[np.bool_]:
    """Which stretches are of pairs that have enough for a side before on one side and enough for a side after on another."""
    if not len(pair):
        return np.zeros(0, dtype=bool)
    group = np.unique(pair, return_inverse=True)[1]
    of_side = np.bincount(group * len(SIDES) + side, weight, minlength=len(SIDES) * (group.max() + 1)).reshape(-1, len(SIDES))
    enough = ((of_side >= weights.settled).sum(axis=1) > 1) & (of_side > weights.confirmed).any(axis=1)
    return np.asarray(enough[group])


def _changes(
    seen: Observations, beliefs: Beliefs, stretches: Iterable[Stretch], weights: ShiftWeights
) -> Iterator[tuple[Stretch, Stretch, float]]:
    """Stretches before and after a change, with its probability."""
    by_pair: dict[int, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_pair[stretch.pair].append(stretch)
    for own in by_pair.values():
        for before, after in pairwise(_merged(own)):
            if _weight(seen, before) < weights.settled or _weight(seen, after) <= weights.confirmed:
                continue
            probability = beliefs.both(before.last_sure, before.side, after.surest, after.side)
            if probability >= weights.probability:
                yield before, after, probability


def _speaking(seen: Observations, stretch: Stretch) -> Places:
    """The observations of a stretch that speak for its side; of a divided one all."""
    rows = np.arange(stretch.start, stretch.stop)
    sign = {"+": 1, "-": -1}.get(SIDES[stretch.side])
    return rows[seen.sign[rows] == sign] if sign else rows


def _weight(seen: Observations, stretch: Stretch) -> float:
    """How much speaks for a stretch's side, in whole ties."""
    return float(seen.weight[_speaking(seen, stretch)].sum())


def _merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours on one side as one stretch, without division on the way from one side to the other."""
    divided = SIDES.index("~")
    passing = {
        place
        for place in range(1, len(stretches) - 1)
        if stretches[place].side == divided and stretches[place - 1].side != stretches[place + 1].side
    }
    merged: list[Stretch] = []
    for stretch in (stretch for place, stretch in enumerate(stretches) if place not in passing):
        if merged and merged[-1].side == stretch.side:
            former = merged.pop()
            surest = former.surest if former.sure >= stretch.sure else stretch.surest
            stretch = replace(stretch, start=former.start, surest=surest, sure=max(former.sure, stretch.sure))
        merged.append(stretch)
    return merged


def _shift(table: EvidenceTable, seen: Observations, beliefs: Beliefs, before: Stretch, after: Stretch, probability: float) -> Shift:
    came = beliefs.sides[before.last_sure : after.surest + 1, after.side] / beliefs.sides[after.surest, after.side]
    first = before.last_sure + int(np.flatnonzero(came >= LATE)[0])
    last = before.last_sure + int(np.flatnonzero(came <= EARLY)[-1]) if (came <= EARLY).any() else before.last_sure
    one, other = divmod(before.pair, len(table.actors))
    shown = int(_speaking(seen, after)[0])
    return Shift(
        source=table.actors[one],
        target=table.actors[other],
        before=SIDES[before.side],
        after=SIDES[after.side],
        at=_day(seen.day[shown]),
        earliest=_day(seen.day[min(last, shown)]),
        latest=_day(seen.day[max(first, shown)]),
        size=_mean(seen, after) - _mean(seen, before),
        probability=probability,
        ties_before=_ties(table, seen, before),
        ties_after=_ties(table, seen, after),
    )


def _day(number: Any) -> Any:
    return day_of(int(number))


def _mean(seen: Observations, stretch: Stretch) -> float:
    rows = slice(stretch.start, stretch.stop)
    return float(np.average(seen.value[rows], weights=seen.weight[rows]))


def _ties(table: EvidenceTable, seen: Observations, stretch: Stretch) -> tuple[Any, ...]:
    """The ties that speak for a stretch's side, the weightiest first; of a divided one all."""
    rows = _speaking(seen, stretch)
    place = seen.tie[rows]
    ties = table.tie[place[np.lexsort((table.origin[place], seen.day[rows], -seen.weight[rows]))]]
    return tuple(dict.fromkeys(ties.tolist()))[:MOST_TIES]


def along(shifts: Sequence[Shift], weights: ShiftWeights) -> list[Shift]:
    """The shifts, each with those of pairs that share an actor with it and moved within so many days."""
    by_actor: dict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        for actor in (shift.source, shift.target):
            by_actor[actor].append(shift)
    return [replace(shift, alongside=_alongside(shift, by_actor, weights.alongside)) for shift in shifts]


def _alongside(shift: Shift, by_actor: dict[str, list[Shift]], days: int) -> tuple[tuple[str, str, Any], ...]:
    near = {
        (other.source, other.target, other.at)
        for actor in (shift.source, shift.target)
        for other in by_actor[actor]
        if abs((other.at - shift.at).days) <= days and (other.source, other.target) != (shift.source, shift.target)
    }
    return tuple(sorted(near, key=lambda one: (abs((one[2] - shift.at).days), one)))
