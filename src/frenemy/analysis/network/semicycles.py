"""Balance with directions: transitive semicycles, triad by triad.

A transitive semicycle is x to y, y to z and x to z; it is balanced when the product of its signs is positive: what a friend of a friend is
to me follows, what a foe of a foe is too. Aref, Dinh, Rezapour and Diesner (2020, Scientific Reports 10: 15228) take the share of balanced
ones in each triad all of whose semicycles are transitive (types 030T, 120D, 120U and 300), and its mean over these triads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.network.graph import Floats, SignedGraph
from frenemy.analysis.network.triads import triads


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectedBalance:
    """`semicycles` that are transitive, how many are `balanced`; `triads` all of whose semicycles are, and the mean balanced share in them.

    `by_weight` is the share of balanced semicycles with each counted by the geometric mean of its weights. Shares are None where there is
    nothing to count.
    """

    semicycles: int
    balanced: int
    by_weight: float | None
    triads: int
    triad_balance: float | None


def directed_balance(edges: SignedGraph | Iterable[Any], *, weighted: bool = False) -> DirectedBalance:
    """The balance of the transitive semicycles of a directed graph.

    >>> directed_balance([("a", "b", 1), ("b", "c", -1), ("a", "c", -1)])
    DirectedBalance(semicycles=1, balanced=1, by_weight=1.0, triads=1, triad_balance=1.0)
    """
    graph = SignedGraph.of(edges).directed_view(weighted=weighted)
    tied = SignedGraph(graph.nodes, graph.source, graph.target, np.ones(len(graph)))
    corners = triads(tied).corners
    arc = {(i, j): _weights(graph, corners[:, i], corners[:, j]) for i, j in permutations(range(3), 2)}
    products = np.stack([arc[x, y] * arc[y, z] * arc[x, z] for x, y, z in permutations(range(3))], axis=1)
    transitive, good = (products != 0).sum(axis=1), (products > 0).sum(axis=1)
    both = [(arc[i, j] != 0).astype(int) + (arc[j, i] != 0) for i, j in ((0, 1), (1, 2), (0, 2))]
    whole = (transitive > 0) & (transitive == both[0] * both[1] * both[2])
    strength = np.cbrt(np.abs(products))
    return DirectedBalance(
        semicycles=int(transitive.sum()),
        balanced=int(good.sum()),
        by_weight=float(strength[products > 0].sum() / strength.sum()) if transitive.any() else None,
        triads=int(whole.sum()),
        triad_balance=float((good[whole] / transitive[whole]).mean()) if whole.any() else None,
    )


def _weights(graph: SignedGraph, source: NDArray[np.int64], target: NDArray[np.int64]) -> Floats:
    """The weight of the edge from each source to its target, 0 where there is none."""
    size = len(graph.nodes)
    if not len(graph):
        return np.zeros(len(source))
    keys, wanted = graph.source * size + graph.target, source * size + target
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, graph.weight[place], 0.0)
