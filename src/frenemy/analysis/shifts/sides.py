"""On which side a pair stood at each of its ties: a hidden Markov chain in continuous time.

A pair is friendly, divided or hostile; its side is drawn anew at a constant rate (J. Hamilton, A new approach to the economic analysis of
nonstationary time series, Econometrica 57, 1989, has the regimes; events come when they come, so time is continuous). A tie of weight w is
seen from a side with the probability of its sign to the power w. The forward-backward recursions (L. Rabiner, Proceedings of the IEEE 77,
1989) give the probability of each side at each tie. All pairs go through them together, one step a tie.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.stance.weighing import said, shared, values
from frenemy.analysis.stance.weights import DAYS, ShiftWeights, Weights
from frenemy.model.evidence import NO_DAY, EvidenceTable

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
SIDES = ("+", "~", "-")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observations:
    """Signed, dated, weighted ties by pair and day: `pair` rises, and `day` rises within a pair. `tie` is the place in the evidence."""

    pair: NDArray[np.int64]
    day: NDArray[np.int32]
    sign: NDArray[np.int8]
    weight: Floats
    value: Floats
    tie: NDArray[Any]


def observe(table: EvidenceTable, weights: Weights) -> Observations:
    """The signed, dated ties as observations of their pair's side, both ways taken together.

    An act is seen in the middle of the time that it is dated to, but no later than it was printed. A standing tie is seen when it began or
    was printed; one that ended is seen then, too, each time with half its weight.
    """
    weight = said(table, weights) * np.minimum(weights.intensity[table.type] / weights.shift.clear, 1.0)
    day = table.day
    keep = (table.sign != 0) & (weight > 0) & (day != NO_DAY) & (table.source != table.target)
    place = np.flatnonzero(keep)
    table, weight, day = table.take(keep), weight[keep], day[keep]
    pair = np.minimum(table.source, table.target).astype(np.int64) * len(table.actors) + np.maximum(table.source, table.target)
    weight = shared(table, weight, pair, weights, standing_holds=False)
    ended = weights.standing[table.type] & (table.until > day)
    printed = np.where(table.published != NO_DAY, np.maximum(table.published, day), table.until)
    middle = np.where(weights.standing[table.type] | (table.until == NO_DAY), day, day + (np.minimum(table.until, printed) - day) // 2)
    again = np.flatnonzero(ended)
    rows = np.concatenate([np.arange(len(day)), again])
    days = np.concatenate([middle, table.until[again]])
    halved = np.where(ended, weight / 2, weight)[rows]
    order = np.lexsort((days, pair[rows]))
    rows = rows[order]
    return Observations(
        pair=pair[rows],
        day=days[order].astype(np.int32),
        sign=table.sign[rows],
        weight=halved[order],
        value=values(table, weights)[rows],
        tie=place[rows],
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Beliefs:
    """The probability of each of `SIDES` at each observation given all of its pair's (`sides`), and given those up to it (`so_far`)."""

    sides: Floats
    so_far: Floats
    likelihood: Floats
    kept: Floats
    usual: Floats

    def both(self, before: int, side: int, after: int, other: int) -> float:
        """The probability that a pair was on one side at the observation `before` and on another at the later `after`, given all.

        The belief of the side, carried on alone, is weighed at the end with what the observations from there on say.
        """
        carried = np.zeros(len(SIDES))
        carried[side] = self.so_far[before, side]
        whole = self.so_far[before].copy()
        for place in range(before + 1, after + 1):
            carried, whole = (self._on(belief, place) for belief in (carried, whole))
            scale = whole.sum()
            carried, whole = carried / scale, whole / scale
        return float(carried[other] / whole[other] * self.sides[after, other])

    def _on(self, belief: Floats, place: int) -> Floats:
        kept = self.kept[place]
        return np.asarray((kept * belief + (1 - kept) * belief.sum() * self.usual) * self.likelihood[place])


def believe(seen: Observations, weights: ShiftWeights) -> Beliefs:
    """How probable each side is at each observation.

    >>> from frenemy.analysis.stance.weights import default_weights
    >>> day = np.array([17000, 17400, 18000, 19700, 19800, 19900], dtype=np.int32)
    >>> sign = np.array([-1, -1, -1, 1, 1, 1], dtype=np.int8)
    >>> one = Observations(pair=np.zeros(6, dtype=np.int64), day=day, sign=sign, weight=np.ones(6), value=sign * 0.5, tie=np.arange(6))
    >>> beliefs = believe(one, default_weights().shift)
    >>> [SIDES[side] for side in beliefs.sides.argmax(axis=1)]
    ['-', '-', '-', '+', '+', '+']
    >>> beliefs.both(2, SIDES.index("-"), 3, SIDES.index("+")) > 0.5
    True
    """
    starts = np.flatnonzero(np.diff(seen.pair, prepend=-1))
    lengths = np.diff(np.append(starts, len(seen.pair)))
    longest_first = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[longest_first], lengths[longest_first]
    likelihood, kept, usual = _likelihood(seen, weights), _kept(seen, weights), _usual(weights)
    so_far = _forward(likelihood, kept, starts, lengths, usual)
    sides = _backward(so_far.copy(), likelihood, kept, starts, lengths, usual)
    return Beliefs(sides=sides, so_far=so_far, likelihood=likelihood, kept=kept, usual=usual)


def _likelihood(seen: Observations, weights: ShiftWeights) -> Floats:
    """How probable each tie's sign is from each side, to the power of its weight."""
    agrees, differs = np.log1p(-weights.error), np.log(weights.error)
    from_side = np.array([[differs, np.log(0.5), agrees], [agrees, np.log(0.5), differs]])
    return np.exp(from_side[(seen.sign > 0).astype(np.int8)] * seen.weight[:, None])


def _kept(seen: Observations, weights: ShiftWeights) -> Floats:
    """What part of the belief in a side outlasts the time since the observation before: sides are drawn anew at a constant rate."""
    years = np.diff(seen.day, prepend=seen.day[:1]) / DAYS
    return np.exp(-weights.rate * np.maximum(years, 0))[:, None]


def _usual(weights: ShiftWeights) -> Floats:
    """How probable each side is before any tie."""
    return np.array([(1 - weights.divided) / 2, weights.divided, (1 - weights.divided) / 2])


def _normal(belief: Floats) -> Floats:
    return np.asarray(belief / belief.sum(axis=1, keepdims=True))


def _forward(likelihood: Floats, kept: Floats, starts: Places, lengths: Places, usual: Floats) -> Floats:
    """The probability of each side at each observation, given those up to it."""
    belief = np.empty_like(likelihood)
    current = np.tile(usual, (len(starts), 1))
    for step, active in enumerate(_active(lengths)):
        at = starts[:active] + step
        current = current[:active]
        if step:
            current = kept[at] * current + (1 - kept[at]) * usual
        belief[at] = current = _normal(current * likelihood[at])
    return belief


def _backward(belief: Floats, likelihood: Floats, kept: Floats, starts: Places, lengths: Places, usual: Floats) -> Floats:
    """The same given those after it, too; `belief` is changed in place."""
    later = np.ones((len(starts), len(SIDES)))
    onward_pairs = 0
    for step, active in reversed(list(enumerate(_active(lengths)))):
        at = starts[:active] + step
        if onward_pairs:
            onward = starts[:onward_pairs] + step + 1
            seen_from = later[:onward_pairs] * likelihood[onward]
            carried = kept[onward] * seen_from + (1 - kept[onward]) * (seen_from @ usual)[:, None]
            later[:onward_pairs] = _normal(carried)
        belief[at] = _normal(belief[at] * later[:active])
        onward_pairs = int(active)
    return belief


def _active(lengths: Places) -> Places:
    """How many pairs have more than 0, 1, 2, … observations; the lengths fall."""
    if not len(lengths):
        return np.zeros(0, dtype=np.int64)
    return np.searchsorted(-lengths, -np.arange(int(lengths[0])), side="left")
