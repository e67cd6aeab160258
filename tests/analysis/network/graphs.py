"""Small signed graphs for tests, and their best partitions by trying all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st

from frenemy.analysis.network.graph import SignedGraph
from frenemy.analysis.network.search import frustrated_edges, frustration_of


@st.composite
def signed_graphs(draw: st.DrawFn, most: int = 6, weights: tuple[float, ...] = (1.0,)) -> SignedGraph:
    """Any signed graph of up to `most` nodes whose weights have these sizes, parted, isolated nodes and all."""
    size = draw(st.integers(0, most))
    pairs = [(a, b) for b in range(size) for a in range(b)]
    weight = st.sampled_from([0.0, *weights, *(-one for one in weights)])
    drawn = [(a, b, draw(weight)) for a, b in pairs]
    return SignedGraph.from_edges(drawn, nodes=range(size), directed=False)


def all_partitions(size: int, k: int | None) -> Iterator[tuple[int, ...]]:
    """Every partition of so many nodes into at most `k` parts, once."""

    def grow(parts: tuple[int, ...], used: int) -> Iterator[tuple[int, ...]]:
        if len(parts) == size:
            yield parts
            return
        for part in range(min(used + 1, k or size)):
            yield from grow((*parts, part), max(used, part + 1))

    yield from grow((), 0)


def least(graph: SignedGraph, k: int | None) -> tuple[float, set[frozenset[int]]]:
    """The least frustration over all partitions, and the sets of edges that are frustrated where it is reached."""
    tried = [(round(frustration_of(graph, np.array(parts, np.int64)), 9), parts) for parts in all_partitions(len(graph.nodes), k)]
    best = min(value for value, _ in tried)
    return best, {frozenset(frustrated_edges(graph, np.array(parts, np.int64)).tolist()) for value, parts in tried if value == best}


def least_of_two(graph: SignedGraph) -> float:
    """The frustration index of up to 20 nodes, from a table of all sides at once."""
    size = len(graph.nodes)
    sides = (np.arange(2 ** max(size - 1, 0))[:, None] >> np.arange(size)) & 1
    unlike = sides[:, graph.source] != sides[:, graph.target]
    return float((np.abs(graph.weight) * (unlike == (graph.weight > 0))).sum(axis=1).min())
