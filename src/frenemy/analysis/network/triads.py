"""Triads: three nodes that are all tied, by the number of hostile ties among them.

Strict balance (Cartwright and Harary 1956): a triad is balanced when the product of its signs is positive, so with none or two hostile
ties. Generalised balance (Davis 1967): three hostile ties are balanced, too, since each of the three may be a bloc of its own; what is left
unbalanced is one hostile tie between two friends of the same node.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.network.graph import Ints, Label, SignedGraph

CLASSES = ("+++", "++-", "+--", "---")
STRICT = (True, False, True, False)
GENERALISED = (True, False, True, True)
_AT_ONCE = 4_000_000  # wedges looked at in one go, to bound memory


@dataclass(frozen=True, eq=False)
class Triads:
    """All triads of an undirected graph: `corners` and `edges` have a row of three indices each, `hostile` the number of hostile ties.

    Edge `edges[t, i]` stands opposite corner `corners[t, i]`.
    """

    graph: SignedGraph
    corners: NDArray[np.int64]
    edges: NDArray[np.int64]
    hostile: Ints

    def __len__(self) -> int:
        return len(self.hostile)

    @property
    def census(self) -> dict[str, int]:
        """How many triads there are of each class.

        >>> triads(SignedGraph.from_edges([("a", "b", 1), ("b", "c", 1), ("c", "a", -1)])).census
        {'+++': 0, '++-': 1, '+--': 0, '---': 0}
        """
        return dict(zip(CLASSES, np.bincount(self.hostile, minlength=4).tolist(), strict=True))

    def members(self, kind: str) -> list[tuple[Label, Label, Label]]:
        """The nodes of each triad of a class, each three in the order of the graph's nodes."""
        rows = np.sort(self.corners[self.hostile == CLASSES.index(kind)], axis=1)
        return [(self.graph.nodes[a], self.graph.nodes[b], self.graph.nodes[c]) for a, b, c in sorted(rows.tolist())]

    def balanced(self, *, generalised: bool = False) -> NDArray[np.bool_]:
        """Whether each triad is balanced."""
        return np.array(GENERALISED if generalised else STRICT)[self.hostile]

    @property
    def strength(self) -> NDArray[np.float64]:
        """The weight of each triad: the geometric mean of its ties' weights (Onnela et al. 2005); 1 where all weigh 1."""
        weights = np.abs(self.graph.weight)[self.edges]
        return np.asarray(np.cbrt(weights.prod(axis=1)), np.float64)


def triads(edges: SignedGraph | Iterable[Any], *, weighted: bool = False) -> Triads:
    """All triads, listed by the neighbours that come later in the order of degree (Chiba and Nishizeki 1985), in O(m^1.5).

    >>> square = SignedGraph.from_edges([(1, 2, 1), (2, 3, -1), (3, 4, -1), (4, 1, 1), (1, 3, -1)])
    >>> triads(square).members("+--")
    [(1, 2, 3), (1, 3, 4)]
    """
    graph = SignedGraph.of(edges).undirected(weighted=weighted)
    size = len(graph.nodes)
    degree = np.bincount(graph.source, minlength=size) + np.bincount(graph.target, minlength=size)
    rank = np.empty(size, np.int64)
    rank[np.argsort(degree, kind="stable")] = np.arange(size)
    flip = rank[graph.source] > rank[graph.target]
    low, high = np.where(flip, graph.target, graph.source), np.where(flip, graph.source, graph.target)
    order = np.lexsort((rank[high], rank[low]))
    low, high = rank[low[order]], rank[high[order]]
    start = np.searchsorted(low, np.arange(size + 1))
    found = [_closed(low, high, start, chunk) for chunk in _chunks(np.diff(start)[high])]
    first, second, third = (
        np.concatenate(part) if part else np.zeros(0, np.int64) for part in (list(zip(*found, strict=True)) or [(), (), ()])
    )
    label = np.argsort(rank)
    corners = np.stack([label[high[second]], label[high[first]], label[low[first]]], axis=1)
    edges = np.stack([order[first], order[third], order[second]], axis=1)
    return Triads(graph, corners, edges, (graph.weight[edges] < 0).sum(axis=1))


def _chunks(wedges: Ints) -> list[Ints]:
    """The edges in runs of at most `_AT_ONCE` wedges."""
    run = np.cumsum(wedges) // _AT_ONCE
    return np.split(np.arange(len(wedges)), np.flatnonzero(np.diff(run)) + 1) if len(wedges) else []


def _closed(low: Ints, high: Ints, start: Ints, chunk: Ints) -> tuple[Ints, Ints, Ints]:
    """For edges u-v of the chunk and each later neighbour w of v: the edges uv, vw and uw where uw is an edge."""
    count = np.diff(start)[high[chunk]]
    first = np.repeat(chunk, count)
    second = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(start[high[chunk]], count)
    keys, wanted = low * (len(start)) + high, low[first] * len(start) + high[second]
    third = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    there = keys[third] == wanted
    return first[there], second[there], third[there]
