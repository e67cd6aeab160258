"""Local search for partitions: one node at a time goes to the part it fits best, worsening moves allowed (tabu search, Glover 1989).

The frustration of a partition is the weight of positive edges between parts and of negative edges within one. With S the signed weight
within parts, it is the positive weight less S, for any number of parts; so the search keeps, for each node and part, the signed weight of
the node's edges into that part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from frenemy.analysis.network.graph import Floats, Ints, SignedGraph

TINY = 1e-9
LOOKS = 300_000_000  # how many nodes times parts are looked at in one search


def frustrated_edges(graph: SignedGraph, parts: Ints) -> Ints:
    """The edges that do not fit the parts, given as one number a node: positive ones between two parts, negative ones within one.

    >>> graph = SignedGraph.from_edges([("a", "b", 1), ("b", "c", -1), ("a", "c", 1)])
    >>> frustrated_edges(graph, np.array([0, 0, 1]))
    array([2])
    """
    return np.flatnonzero((parts[graph.source] == parts[graph.target]) != (graph.weight > 0))


def frustration_of(graph: SignedGraph, parts: Ints) -> float:
    """The weight of the edges that do not fit the parts."""
    return float(np.abs(graph.weight[frustrated_edges(graph, parts)]).sum())


@dataclass(eq=False)
class _State:
    """A partition with, for each node and part, the signed weight of the node's edges into the part."""

    graph: SignedGraph
    parts: Ints
    pull: Floats

    @classmethod
    def of(cls, graph: SignedGraph, parts: Ints, k: int) -> _State:
        flat = np.zeros(len(graph.nodes) * k)
        for a, b in ((graph.source, graph.target), (graph.target, graph.source)):
            flat += np.bincount(a * k + parts[b], weights=graph.weight, minlength=len(flat))
        return cls(graph, parts.copy(), flat.reshape(-1, k))

    def move(self, node: int, to: int) -> None:
        start, neighbour, edge = self.graph.adjacency
        slots = slice(start[node], start[node + 1])
        near, weight = neighbour[slots], self.graph.weight[edge[slots]]
        self.pull[near, self.parts[node]] -= weight
        self.pull[near, to] += weight
        self.parts[node] = to


def descend(graph: SignedGraph, parts: Ints, k: int) -> Ints:
    """Move all nodes that gain more than each of their neighbours that gain, until none gains: a few passes over the edges.

    >>> graph = SignedGraph.from_edges([(1, 2, -1), (2, 3, -1), (3, 4, -1)], directed=False)
    >>> frustration_of(graph, descend(graph, np.zeros(4, np.int64), 2))
    0.0
    """
    nodes = np.arange(len(graph.nodes))
    while True:
        gains, target = _best_moves(_State.of(graph, parts, k), nodes)
        a, b = graph.source, graph.target
        rival = gains[a] >= gains[b]  # no two neighbours move at once, so that every move gains what it promised
        gains[np.where(rival, b, a)[(gains[a] > TINY) & (gains[b] > TINY)]] = 0
        moving = gains > TINY
        if not moving.any():
            return parts
        parts = np.where(moving, target, parts)


def _best_moves(state: _State, nodes: Ints) -> tuple[Floats, Ints]:
    """For each node what it gains by its best move, and where to."""
    gain = state.pull - state.pull[nodes, state.parts][:, None]
    gain[nodes, state.parts] = -np.inf
    target = gain.argmax(axis=1)
    return gain[nodes, target], target


def improve(graph: SignedGraph, parts: Ints, k: int, *, steps: int, seed: int = 0) -> Ints:
    """The best partition into at most `k` parts met within `steps` moves from `parts`, each the best that is not tabu.

    A node that has moved may not move for a while, a tenth of the number of nodes or more, unless that gives the best partition so far.
    Large graphs get fewer steps, since each looks at all nodes.
    """
    if not len(graph) or k < 2:
        return parts
    rng = np.random.default_rng(seed)
    state = _State.of(graph, descend(graph, parts, k), k)
    nodes = np.arange(len(graph.nodes))
    free = np.zeros(len(nodes), np.int64)  # from which step on a node may move again
    tenure = max(3, min(len(nodes) // 10, 50))
    best, lead = state.parts.copy(), 0.0  # lead: how much worse than the best the present partition is
    for step in range(min(steps, LOOKS // state.pull.size)):
        gains, target = _best_moves(state, nodes)
        gains[(free > step) & (gains <= lead + TINY)] = -np.inf
        node = int(gains.argmax())
        if gains[node] == -np.inf:
            break
        lead -= gains[node]
        state.move(node, int(target[node]))
        free[node] = step + tenure + rng.integers(tenure)
        if lead < -TINY:
            best, lead = state.parts.copy(), 0.0
    return best
