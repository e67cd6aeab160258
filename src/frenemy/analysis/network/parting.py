"""From satisfied edges to a partition: who follows from whom when these edges are to hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.network.colouring import TooHard, colours
from frenemy.analysis.network.contraction import Forest
from frenemy.analysis.network.graph import Ints, SignedGraph


def parts_of(graph: SignedGraph, satisfied: NDArray[np.bool_], k: int | None) -> Ints:
    """A number for each node's part so that the satisfied edges fit, as far as they can all fit; None for any number of parts.

    >>> graph = SignedGraph.from_edges([(1, 2, 1), (2, 3, -1), (3, 4, -1), (2, 4, -1)])
    >>> parts_of(graph, np.full(4, True), None), parts_of(graph, np.array([True, True, True, False]), 2)
    (array([0, 0, 1, 2]), array([0, 0, 1, 0]))
    """
    used = satisfied if k == 2 else satisfied & (graph.weight > 0)
    forest = _forest(graph, used)
    if k == 2:
        return np.array(forest.parity, np.int64)
    root = np.unique(np.array(forest.root, np.int64), return_inverse=True)[1]
    if k is None:
        return root
    apart = satisfied & (graph.weight < 0)
    pairs = {(a, b) for a, b in zip(root[graph.source[apart]].tolist(), root[graph.target[apart]].tolist(), strict=True) if a != b}
    try:
        colour = colours(pairs, k)
    except TooHard:
        colour = None
    chosen = _greedy(pairs, k) if colour is None else colour
    return np.array([chosen.get(group, 0) for group in root.tolist()], np.int64)


def _forest(graph: SignedGraph, used: NDArray[np.bool_]) -> Forest:
    neighbours: list[list[tuple[int, int]]] = [[] for _ in graph.nodes]
    for edge in np.flatnonzero(used).tolist():
        a, b = int(graph.source[edge]), int(graph.target[edge])
        neighbours[a].append((b, edge))
        neighbours[b].append((a, edge))
    return Forest(neighbours, (graph.weight < 0).tolist(), sorted(range(len(neighbours)), key=lambda node: -len(neighbours[node])))


def _greedy(pairs: set[tuple[int, int]], k: int) -> dict[int, int]:
    """The colour that fewest neighbours have, one group after another."""
    chosen: dict[int, int] = {}
    for group in sorted({group for pair in pairs for group in pair}):
        near = [chosen.get(b if a == group else a, -1) for a, b in pairs if group in (a, b)]
        chosen[group] = min(range(k), key=near.count)
    return chosen
