"""A lower bound for graphs that are too large for a simplex: unbalanced cycles packed by a first-order method.

The least weight of edges that meets every unbalanced cycle is at least what cycles can be packed into the edges' weights (weak duality).
The packing is found by the primal-dual method of Chambolle and Pock (2011) with the diagonal steps of Pock and Chambolle (2011), starting
again from the average as in PDLP (Applegate et al. 2021). However far from its limit it is stopped, what it gives is a bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np

from frenemy.analysis.network.graph import Floats


class Packing:
    """Cycles with how much of each is packed. `value` is the other side of it: an approximate relaxation, where to look for more cycles."""

    def __init__(self, weight: Floats) -> None:
        self.weight = weight
        self.value = np.zeros(len(weight))
        self.packed = np.zeros(0)
        self.cycles: list[tuple[int, ...]] = []  # in the order of `packed`
        self._edges = np.zeros(0, np.int64)
        self._length = np.zeros(0, np.int64)

    def __len__(self) -> int:
        return len(self.packed)

    def add(self, cycles: Sequence[tuple[int, ...]]) -> None:
        """Take in more cycles, nothing of them packed yet."""
        self.cycles += cycles
        self._edges = np.concatenate([self._edges, *map(np.asarray, cycles)])
        self._length = np.concatenate([self._length, np.array([len(cycle) for cycle in cycles], np.int64)])
        self.packed = np.concatenate([self.packed, np.zeros(len(cycles))])

    def drop_idle(self) -> None:
        """Forget the cycles of which nothing is packed and that the relaxation does not violate."""
        kept = (self.packed > 0) | (self._sums(self.value) < 1)
        self.cycles = list(compress(self.cycles, kept))
        self._edges = self._edges[np.repeat(kept, self._length)]
        self.packed, self._length = self.packed[kept], self._length[kept]

    def bound(self, packed: Floats | None = None) -> float:
        """What is packed, less what lies on edges beyond their weight.

        >>> packing = Packing(np.array([1.0, 1.0, 1.0]))
        >>> packing.add([(0, 1, 2)])
        >>> packing.bound(np.array([1.0])), packing.bound(np.array([1.5]))
        (1.0, 0.0)
        """
        packed = self.packed if packed is None else packed
        return float(packed.sum() + np.minimum(0, self.weight - self._load(packed)).sum())

    def improve(self, rounds: int, *, every: int = 50) -> float:
        """Run the method for `rounds` steps, averaging every so many; the better of the last and the average is kept."""
        if not len(self):
            return 0.0
        step = 1 / np.maximum(self._load(np.ones(len(self))), 1)
        lift = 1 / self._length
        value, packed, load = self.value, self.packed, self._load(self.packed)
        best, kept = self.bound(packed), packed
        for _ in range(max(1, rounds // every)):
            sums = np.zeros_like(value), np.zeros_like(packed)
            for _ in range(every):
                before, value = value, np.clip(value - step * (self.weight - load), 0, 1)
                packed = np.maximum(0, packed + lift * (1 - self._sums(2 * value - before)))
                load = self._load(packed)
                sums[0][:] += value
                sums[1][:] += packed
            average = sums[0] / every, sums[1] / every
            if self.bound(average[1]) >= self.bound(packed):
                value, packed = average
                load = self._load(packed)
            if self.bound(packed) > best:
                best, kept = self.bound(packed), packed
        self.value, self.packed = value, kept
        return best

    def _sums(self, value: Floats) -> Floats:
        starts = np.cumsum(self._length) - self._length
        return np.asarray(np.add.reduceat(value[self._edges], starts), np.float64)

    def _load(self, packed: Floats) -> Floats:
        return np.asarray(np.bincount(self._edges, weights=np.repeat(packed, self._length), minlength=len(self.weight)), np.float64)
