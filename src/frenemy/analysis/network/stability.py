"""How sure it is who is with whom: over all best partitions, and over what the edges' weights may be."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from frenemy.analysis.network.graph import Floats, Ints, Label, SignedGraph
from frenemy.analysis.network.optima import Optima
from frenemy.analysis.network.parting import parts_of
from frenemy.analysis.network.partition import FOREVER, Partition, partition
from frenemy.analysis.network.search import frustrated_edges

Interval = tuple[Label, Label, float, float]  # source, target, lowest and highest weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """How firmly partitions of drawn graphs agree with a reference partition.

    `nodes` holds the share of draws in which each node is in its bloc, `edges` the share in which each edge of the reference's graph does
    not fit; `draws` is how many there were.
    """

    nodes: dict[Label, float]
    edges: dict[tuple[Label, Label], float]
    draws: int


def cores(found: Optima) -> list[tuple[Label, ...]]:
    """The groups of nodes whose mutual places are the same in every best partition, largest first; what moves is alone.

    Two nodes belong together when a way joins them along edges that are satisfied in all best partitions or (two parts) frustrated in all.

    >>> from frenemy.analysis.network.optima import optima
    >>> from frenemy.analysis.network.partition import frustration_index
    >>> cores(optima(frustration_index([(1, 2, 1), (2, 3, 1), (3, 1, -1), (3, 4, -1)])))
    [(3, 4), (1,), (2,)]
    """
    graph = found.graph
    fixed = (found.ever == found.always) if found.partitions[0].k == 2 else ~found.ever & (graph.weight > 0)
    plain = SignedGraph(graph.nodes, graph.source, graph.target, np.ones(len(graph)), directed=False)
    group = parts_of(plain, fixed, None)
    members: dict[int, list[Label]] = {}
    for label, one in zip(graph.nodes, group.tolist(), strict=True):
        members.setdefault(one, []).append(label)
    return sorted(map(tuple, members.values()), key=len, reverse=True)


def stability(
    reference: Partition, intervals: Iterable[Interval], *, draws: int = 100, time_limit: float | None = None, seed: int = 0
) -> Stability:
    """The reference against best partitions of graphs whose weights are drawn from their intervals (evenly).

    An interval that lies on both sides of zero thus gives friends in some draws and foes in others. `time_limit` (seconds) ends the draws
    early; each one gets a tenth of it at most.

    >>> edges = [("a", "b", 0.2, 0.9), ("b", "c", -0.9, -0.3), ("a", "c", -0.5, 0.6)]
    >>> reference = partition([(a, b, (low + high) / 2) for a, b, low, high in edges], weighted=True)
    >>> found = stability(reference, edges, draws=40)
    >>> found.draws, found.nodes["b"] > 0.8, found.edges["a", "b"] < found.edges["a", "c"]
    (40, True, True)
    """
    begun = time.monotonic()
    limit = FOREVER if time_limit is None else time_limit
    spans = list(intervals)
    low, high = (np.array([span[side] for span in spans], np.float64) for side in (2, 3))
    rng = np.random.default_rng(seed)
    graph = reference.graph
    stays, unfit, drawn = np.zeros(len(graph.nodes)), np.zeros(len(graph)), 0
    while drawn < draws and (not drawn or time.monotonic() - begun < limit):
        weights = rng.uniform(low, high)
        edges = ((a, b, weight) for (a, b, _, _), weight in zip(spans, weights.tolist(), strict=True))
        one = SignedGraph.from_edges(edges, nodes=graph.nodes, directed=False)
        found = partition(one, reference.k, weighted=True, time_limit=limit / 10, seed=seed + drawn)
        parts = found.parts[: len(graph.nodes)]
        stays += _aligned(reference.parts, parts) == reference.parts
        unfit[frustrated_edges(graph, parts)] += 1
        drawn += 1
    total = max(drawn, 1)
    return Stability(
        nodes=dict(zip(graph.nodes, (stays / total).tolist(), strict=True)),
        edges={(a, b): share for (a, b, _), share in zip(graph, (unfit / total).tolist(), strict=True)},
        draws=drawn,
    )


def _aligned(reference: Ints, parts: Ints) -> Ints:
    """`parts` under the reference's numbers: the pairs of parts with most nodes in common are matched first."""
    if not len(parts):
        return parts
    common: Floats = np.zeros((int(parts.max()) + 1, int(reference.max()) + 1))
    np.add.at(common, (parts, reference), 1)
    return _matched(common)[parts]


def _matched(common: Floats) -> Ints:
    """For each row the column it is matched with, greedily; -1 for none."""
    match = np.full(len(common), -1)
    taken: set[int] = set()
    for place in np.argsort(-common, axis=None, kind="stable").tolist():
        row, column = divmod(place, common.shape[1])
        if match[row] < 0 and column not in taken and common[row, column]:
            match[row] = column
            taken.add(column)
    return match


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A node that changed sides: with whom of those present both times it was and is."""

    node: Label
    left: tuple[Label, ...]
    joined: tuple[Label, ...]


def moves(before: Sequence[Sequence[Label]], after: Sequence[Sequence[Label]]) -> list[Move]:
    """The nodes that are in another bloc after than before, when the blocs with most nodes in common are taken as the same.

    Only nodes in both are compared.

    >>> moves([("a", "b", "c"), ("d",)], [("a", "b"), ("c", "d")])
    [Move(node='c', left=('a', 'b'), joined=('d',))]
    """
    old = {node: number for number, bloc in enumerate(before) for node in bloc}
    new = {node: number for number, bloc in enumerate(after) for node in bloc if node in old}
    if not new:
        return []
    nodes = list(new)
    parts = np.array([new[node] for node in nodes], np.int64)
    was = np.array([old[node] for node in nodes], np.int64)
    now = _aligned(was, parts)
    return [
        Move(
            node=node,
            left=tuple(one for one in before[old[node]] if one in new and new[one] != new[node]),
            joined=tuple(one for one in after[new[node]] if one in old and old[one] != old[node]),
        )
        for node, changed in zip(nodes, (now != was).tolist(), strict=True)
        if changed
    ]
