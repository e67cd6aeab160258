"""Pressure: which ties sit in unbalanced triads, and which of them, if it turned, would settle most.

Balance theory holds that unbalanced triads are under strain and that a tie gives way (Heider 1946, Journal of Psychology 21: 107-112;
Cartwright and Harary 1956, Psychological Review 63: 277-293). A tie that turns so that fewer triads are unbalanced is a step of the
constrained triad dynamics of Antal, Krapivsky and Redner 2005 (Physical Review E 72: 036121).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from frenemy.analysis.network.graph import Label, SignedGraph
from frenemy.analysis.network.triads import triads


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """What hangs on one tie.

    `unbalanced` and `balanced` count the triads it is in, `against` lists the third node of the unbalanced ones, the most strained first.
    `relief` is by how many the unbalanced triads of the network would become fewer if it turned its sign, `settled` the same with each
    triad weighed by its strength (the geometric mean of its ties). `frustration` is by how much the frustration index would fall, None
    where it was not asked for.
    """

    one: Label
    other: Label
    weight: float
    unbalanced: int
    balanced: int
    relief: int
    settled: float
    against: tuple[Label, ...]
    frustration: float | None = None


def pressure(graph: SignedGraph) -> list[Pressure]:
    """The ties in unbalanced triads, those first whose turn would settle most.

    Triads are of both ways taken together, strict (three foes are unbalanced).

    >>> edges = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1), ("a", "d", 1), ("c", "d", 1)]
    >>> [(one.one, one.other, one.relief, one.against) for one in pressure(SignedGraph.from_edges(edges))[:2]]
    [('a', 'c', 2, ('b', 'd')), ('a', 'b', 1, ('c',))]
    """
    view = graph.undirected(weighted=True)
    found = triads(view, weighted=True)
    strained, strength = ~found.balanced(), found.strength
    size = len(found.graph)
    counts = {kept: np.zeros(size, np.int64) for kept in (True, False)}
    settled = np.zeros(size)
    for place in range(3):
        edge = found.edges[:, place]
        for kept in (True, False):
            counts[kept] += np.bincount(edge[strained == kept], minlength=size)
        settled += np.bincount(edge, weights=np.where(strained, strength, -strength), minlength=size)
    against: dict[int, list[tuple[float, int]]] = {}
    for row in np.flatnonzero(strained).tolist():
        for edge, corner in zip(found.edges[row].tolist(), found.corners[row].tolist(), strict=True):
            against.setdefault(edge, []).append((-float(strength[row]), corner))
    ends = [(found.graph.nodes[a], found.graph.nodes[b]) for a, b in zip(found.graph.source, found.graph.target, strict=True)]
    ties = [
        Pressure(
            one=ends[edge][0],
            other=ends[edge][1],
            weight=float(found.graph.weight[edge]),
            unbalanced=int(counts[True][edge]),
            balanced=int(counts[False][edge]),
            relief=int(counts[True][edge] - counts[False][edge]),
            settled=float(settled[edge]),
            against=tuple(found.graph.nodes[corner] for _, corner in sorted(corners)),
        )
        for edge, corners in against.items()
    ]
    return sorted(ties, key=lambda tie: (-tie.relief, -tie.settled, str(tie.one), str(tie.other)))


def with_frustration(ties: Iterable[Pressure], graph: SignedGraph, frustration: Callable[[SignedGraph], float]) -> list[Pressure]:
    """The ties with how far the frustration index falls when each of them turns; `frustration` gives the index of a signed network.

    >>> from frenemy.analysis.network.partition import frustration_index
    >>> graph = SignedGraph.from_edges([("a", "b", 1), ("b", "c", 1), ("a", "c", -1), ("a", "d", 1), ("c", "d", 1)])
    >>> found = with_frustration(pressure(graph), graph, lambda signed: frustration_index(signed).value)
    >>> [(one.one, one.other, one.frustration) for one in found[:2]]
    [('a', 'c', 1.0), ('a', 'b', 0.0)]
    """
    view = graph.undirected(weighted=True)
    now = frustration(view)
    places = {frozenset((a, b)): place for place, (a, b, _) in enumerate(view)}
    found = []
    for tie in ties:
        weight = view.weight.copy()
        weight[places[frozenset((tie.one, tie.other))]] *= -1
        found.append(replace(tie, frustration=now - frustration(replace(view, weight=weight))))
    return found
