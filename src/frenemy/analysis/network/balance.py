"""How balanced a signed graph is: by its triads, by closed walks, and by its frustration; overall, by node, by edge, and over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from frenemy.analysis.network.graph import Floats, Label, SignedGraph
from frenemy.analysis.network.partition import Partition, partition
from frenemy.analysis.network.search import frustrated_edges
from frenemy.analysis.network.triads import Triads, triads
from frenemy.analysis.network.walks import katz_balance, node_walk_balance, walk_balance


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Balance:
    """The degree of balance of an undirected graph; each measure is 1 for a balanced one, None where there is nothing to measure.

    `triangle` and `triangle_generalised` are the shares of balanced triads (of their weight, where `weighted`), `walk` and `katz` those of
    closed walks, `frustration` is 1 - 2L/m with the best known frustration index L and the total weight m (Aref and Wilson 2018). `strict`
    and `generalised` are the partitions into two and into any number of parts that they rest on.
    """

    census: dict[str, int]
    triangle: float | None
    triangle_generalised: float | None
    walk: float
    katz: float | None
    frustration: float | None
    strict: Partition
    generalised: Partition


def balance(edges: SignedGraph | Iterable[Any], *, weighted: bool = False, time_limit: float | None = None, seed: int = 0) -> Balance:
    """All measures of a graph; `time_limit` (seconds) holds for the two partitions together.

    >>> found = balance([("a", "b", 1), ("b", "c", 1), ("c", "a", -1), ("c", "d", 1)])
    >>> found.census["++-"], found.triangle, found.frustration
    (1, 0.0, 0.5)
    """
    graph = SignedGraph.of(edges).undirected(weighted=weighted)
    closed = triads(graph, weighted=weighted)
    half = None if time_limit is None else time_limit / 2
    strict, generalised = (partition(graph, k, weighted=weighted, time_limit=half, seed=seed) for k in (2, None))
    total = float(np.abs(graph.weight).sum())
    return Balance(
        census=closed.census,
        triangle=triangle_index(closed),
        triangle_generalised=triangle_index(closed, generalised=True),
        walk=walk_balance(graph),
        katz=katz_balance(graph),
        frustration=1 - 2 * strict.value / total if total else None,
        strict=strict,
        generalised=generalised,
    )


def triangle_index(closed: Triads, *, generalised: bool = False) -> float | None:
    """The share of triads that are balanced, each counted by its strength; None without triads (Terzi and Winkler 2011).

    >>> triangle_index(triads([(1, 2, -1), (2, 3, -1), (3, 1, -1)])), triangle_index(triads([(1, 2, -1)]))
    (0.0, None)
    """
    strength = closed.strength
    return float(strength[closed.balanced(generalised=generalised)].sum() / strength.sum()) if len(closed) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeBalance:
    """A node's triads and how many are balanced, its closed walks, the weight of its edges, and of those that do not fit the partition."""

    node: Label
    triads: int
    balanced: int
    walk: float | None
    weight: float
    frustrated: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeBalance:
    """An edge's triads, how many are balanced, and whether it fits the partition."""

    source: Label
    target: Label
    weight: float
    triads: int
    balanced: int
    frustrated: bool


def node_balance(found: Partition, *, generalised: bool = False) -> list[NodeBalance]:
    """The balance of each node of a partition's graph.

    >>> from frenemy.analysis.network.partition import frustration_index
    >>> [(one.node, one.triads, one.balanced) for one in node_balance(frustration_index([(1, 2, 1), (2, 3, 1), (3, 1, 1), (3, 4, -1)]))]
    [(1, 1, 1), (2, 1, 1), (3, 1, 1), (4, 0, 0)]
    """
    graph = found.graph
    closed = triads(graph, weighted=True)
    size = len(graph.nodes)
    walks = node_walk_balance(graph)
    count = np.bincount(closed.corners.ravel(), minlength=size)
    good = np.bincount(closed.corners[closed.balanced(generalised=generalised)].ravel(), minlength=size)
    weight = _by_node(graph, np.abs(graph.weight))
    frustrated = np.zeros(len(graph))
    wrong = frustrated_edges(graph, found.parts)
    frustrated[wrong] = np.abs(graph.weight[wrong])
    unfit = _by_node(graph, frustrated)
    return [
        NodeBalance(
            node=node,
            triads=int(count[place]),
            balanced=int(good[place]),
            walk=None if walks is None else float(walks[place]),
            weight=float(weight[place]),
            frustrated=float(unfit[place]),
        )
        for place, node in enumerate(graph.nodes)
    ]


def edge_balance(found: Partition, *, generalised: bool = False) -> list[EdgeBalance]:
    """The balance of each edge of a partition's graph, in the graph's order."""
    graph = found.graph
    closed = triads(graph, weighted=True)
    count = np.bincount(closed.edges.ravel(), minlength=len(graph))
    good = np.bincount(closed.edges[closed.balanced(generalised=generalised)].ravel(), minlength=len(graph))
    wrong = set(frustrated_edges(graph, found.parts).tolist())
    return [
        EdgeBalance(source=a, target=b, weight=weight, triads=int(count[edge]), balanced=int(good[edge]), frustrated=edge in wrong)
        for edge, (a, b, weight) in enumerate(graph)
    ]


def trend(
    dated: Iterable[tuple[date, SignedGraph | Iterable[Any]]], *, weighted: bool = False, time_limit: float | None = None
) -> list[tuple[date, Balance]]:
    """The balance at each date, oldest first; `time_limit` (seconds) holds for each date.

    >>> [(at.year, found.triangle) for at, found in trend([(date(2024, 1, 1), [(1, 2, 1), (2, 3, 1), (1, 3, 1)]), (date(2020, 1, 1), [])])]
    [(2020, None), (2024, 1.0)]
    """
    return [(at, balance(edges, weighted=weighted, time_limit=time_limit)) for at, edges in sorted(dated, key=lambda pair: pair[0])]


def _by_node(graph: SignedGraph, amount: Floats) -> Floats:
    size = len(graph.nodes)
    total = np.bincount(graph.source, weights=amount, minlength=size) + np.bincount(graph.target, weights=amount, minlength=size)
    return np.asarray(total, np.float64)
