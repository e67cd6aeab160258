"""What all best partitions have in common: which edges are frustrated in every one, in some, in none.

A best partition that differs from those seen in as many edges as can be is itself the solution of the same problem with weights slightly
changed: an edge that was frustrated so far becomes a little heavier, one that was not a little lighter. When no such change gives another
partition, what was not seen to change cannot change. So a handful of solutions settles all edges.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.network.graph import Floats, Label, SignedGraph
from frenemy.analysis.network.partition import FOREVER, Partition, partition
from frenemy.analysis.network.search import frustrated_edges

_FINE = 1000  # weights that are no whole numbers are taken to this part of the largest


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Optima:
    """How often each edge of the undirected graph is frustrated over the best partitions: `ever` and `never` seen frustrated, by edge.

    `settled` says whether that is proven for every edge; if not, an edge that was never seen to change may still do so. `partitions` are
    those that were met, the given one first.
    """

    graph: SignedGraph
    ever: NDArray[np.bool_]
    always: NDArray[np.bool_]
    settled: bool
    partitions: tuple[Partition, ...]

    @property
    def unique(self) -> bool | None:
        """Whether only one set of edges can be frustrated at the best value; None where that is open."""
        return False if (self.ever & ~self.always).any() else True if self.settled else None

    def edges(self, when: str) -> list[tuple[Label, Label, float]]:
        """The edges that are frustrated in "every", "some" (but not every) or "no" best partition."""
        chosen = {"every": self.always, "some": self.ever & ~self.always, "no": ~self.ever}[when]
        return list(self.graph.subgraph(chosen))


def optima(best: Partition, *, time_limit: float | None = None, seed: int = 0) -> Optima:
    """What the best partitions share, from one of them that is proven.

    >>> from frenemy.analysis.network.partition import frustration_index
    >>> found = optima(frustration_index([(1, 2, 1), (2, 3, 1), (3, 1, -1), (3, 4, 1)]))
    >>> found.unique, found.edges("some"), found.edges("no")
    (False, [(1, 2, 1.0), (1, 3, -1.0), (2, 3, 1.0)], [(3, 4, 1.0)])
    """
    deadline = time.monotonic() + (FOREVER if time_limit is None else time_limit)
    graph = best.graph
    ever = _frustrated(best)
    always = ever.copy()
    met, settled = [best], not len(graph)
    size = _whole(graph.weight) * (2.0 * len(graph) + 1)
    while best.proven and not settled and time.monotonic() < deadline:
        open_ = ever == always
        shifted = np.where(open_, np.where(ever, size + 1, size - 1), size)
        changed = SignedGraph(graph.nodes, graph.source, graph.target, np.sign(graph.weight) * shifted, directed=False)
        found = partition(changed, best.k, weighted=True, time_limit=deadline - time.monotonic(), seed=seed + len(met))
        other = frustrated_edges(graph, found.parts)
        now = np.zeros(len(graph), bool)
        now[other] = True
        fresh = bool((open_ & (now != ever)).any()) and size[now].sum() <= size[_frustrated(best)].sum() + 1e-6
        if fresh:
            ever |= now
            always &= now
            met.append(_as_partition(best, found))
        elif found.proven:
            settled = True
        else:
            break
    return Optima(graph=graph, ever=ever, always=always, settled=settled, partitions=tuple(met))


def _frustrated(one: Partition) -> NDArray[np.bool_]:
    mask = np.zeros(len(one.graph), bool)
    mask[frustrated_edges(one.graph, one.parts)] = True
    return mask


def _whole(weight: Floats) -> Floats:
    """The weights without sign, as whole numbers."""
    size = np.abs(weight)
    if (size == np.round(size)).all():
        return np.asarray(size / max(1.0, float(np.gcd.reduce(size.astype(np.int64), initial=0))), np.float64)
    return np.asarray(np.maximum(1.0, np.round(size / size.max() * _FINE)), np.float64)


def _as_partition(best: Partition, found: Partition) -> Partition:
    """The partition found with changed weights, as one of the graph itself."""
    return replace(best, parts=found.parts)
