"""The cycles that no partition can satisfy, and the search for those that a relaxation violates.

Two parts: a cycle with an odd number of hostile edges (Harary 1953). Any number of parts: a cycle with exactly one (Davis 1967). At least
one edge of each must be frustrated; a set of edges that meets them all leaves a graph that can be parted without conflict. A cycle with a
chord is not needed when the chord cuts off a shorter one that is violated, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.network.contraction import Arc, Forest, short_closures
from frenemy.analysis.network.graph import Floats, SignedGraph
from frenemy.analysis.network.triads import Triads, triads

Cycle = tuple[int, ...]  # indices of its edges
Best = dict[tuple[int, int, int], tuple[int, int, float]]  # for two groups and a parity: parity, edge and value of the cheapest
TOUCH = 1e-6  # how far below one a cycle must be to count as violated
EACH = 5  # in how many new cycles of a round an edge may be: many cycles that overlap add little


class Cycles:
    """Finds violated cycles of one undirected graph, for two parts or (`free`) for any number."""

    def __init__(self, graph: SignedGraph, *, free: bool = False, closed: Triads | None = None) -> None:
        self.graph, self.free = graph, free
        self.ends = list(zip(graph.source.tolist(), graph.target.tolist(), strict=True))
        self.near: list[dict[int, int]] = [{} for _ in graph.nodes]
        for edge, (a, b) in enumerate(self.ends):
            self.near[a][b] = self.near[b][a] = edge
        self._order = sorted(range(len(self.near)), key=lambda node: -len(self.near[node]))
        self._triangles = (closed or triads(graph, weighted=True)).edges
        self._hostile = graph.weight < 0
        self._bad = self._triangles[self._unbalanced(self._hostile)]
        self._turn = 0

    def _unbalanced(self, hostile: NDArray[np.bool_]) -> NDArray[np.bool_]:
        count = hostile[self._triangles].sum(axis=1)
        return np.asarray(count == 1 if self.free else count % 2 == 1, np.bool_)

    def triangles(self, hostile: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """The unbalanced triads as rows of three edges."""
        return self._bad if hostile is None else self._triangles[self._unbalanced(hostile)]

    def violated(self, value: Floats, *, limit: int = 2000, hostile: NDArray[np.bool_] | None = None) -> list[Cycle]:
        """Cycles whose values add up to less than one, triads first; none only if there is none. `hostile` replaces the graph's signs."""
        found = self._violated_triads(value, limit, hostile)
        return found if len(found) >= min(limit, 50) else found + self.longer(value, limit=limit, hostile=hostile)

    def longer(self, value: Floats, *, limit: int = 2000, hostile: NDArray[np.bool_] | None = None) -> list[Cycle]:
        """The same by way of shortest paths, for cycles of any length."""
        signs = (self._hostile if hostile is None else hostile).tolist()
        values = value.tolist()
        cycles = {tuple(sorted(self._shortened(one, values, signs))) for one in self._closed_walks(values, signs, 4 * limit)}
        return spread(sorted(cycles, key=lambda cycle: (sum(values[e] for e in cycle) - 1) / len(cycle) ** 0.5), limit)

    def _violated_triads(self, value: Floats, limit: int, hostile: NDArray[np.bool_] | None) -> list[Cycle]:
        rows = self.triangles(hostile)
        total = value[rows].sum(axis=1)
        short = np.flatnonzero(total < 1 - TOUCH)
        return spread(map(tuple, rows[short[np.argsort(total[short], kind="stable")]].tolist()), limit)

    def _closed_walks(self, value: list[float], hostile: list[bool], enough: int) -> list[set[int]]:
        """Unbalanced closed walks whose values add up to less than one, as sets of edges; those without any value first.

        About `enough` of them where there are more, from other places in the graph at each call.
        """
        self._turn += 1
        forest = self._zero_forest(value, hostile)
        root, parity = forest.root, forest.parity
        inside: list[int] = []
        arcs: Best = {}
        closing: Best = {}
        for edge, (a, b) in enumerate(self.ends):
            if value[edge] >= 1 - TOUCH:
                continue
            odd = parity[a] ^ parity[b] ^ hostile[edge]
            if root[a] == root[b]:
                if odd:
                    inside.append(edge)
            else:
                _keep(closing, root[a], root[b], (int(odd), edge, value[edge]))
                if not (self.free and hostile[edge]):
                    _keep(arcs, root[a], root[b], (int(odd), edge, value[edge]))
        if inside:
            every = max(1, len(inside) // enough)
            return [{edge} ^ set(forest.path(*self.ends[edge])) for edge in inside[self._turn % every :: every]]
        walks: dict[frozenset[int], None] = {}
        ways, ends = _arcs(arcs), _arcs({key: arc for key, arc in closing.items() if not self.free or hostile[arc[1]]})
        sources = sorted(ends)
        for place in range(len(sources)):
            source = sources[(place + self._turn * 997) % len(sources)]
            walks.update(dict.fromkeys(map(frozenset, short_closures(ways, source, ends, 1.0 if self.free else 0.5))))
            if len(walks) >= enough:
                break
        return [self._unfolded(walk, forest) for walk in walks]

    def _zero_forest(self, value: list[float], hostile: list[bool]) -> Forest:
        neighbours: list[list[tuple[int, int]]] = [[] for _ in self.near]
        for edge, (a, b) in enumerate(self.ends):
            if value[edge] <= TOUCH and not (self.free and hostile[edge]):
                neighbours[a].append((b, edge))
                neighbours[b].append((a, edge))
        return Forest(neighbours, hostile, self._order)

    def _unfolded(self, walk: frozenset[int], forest: Forest) -> set[int]:
        """The walk between groups with the ways inside each group put in."""
        ends: dict[int, list[int]] = {}
        for edge in walk:
            for node in self.ends[edge]:
                ends.setdefault(forest.root[node], []).append(node)
        edges = set(walk)
        for nodes in ends.values():
            for a, b in zip(nodes[::2], nodes[1::2], strict=True):
                edges ^= set(forest.path(a, b))
        return edges

    def _shortened(self, walk: set[int], value: list[float], hostile: list[bool]) -> list[int]:
        """The unbalanced cycle of a closed walk, with chords taken while they leave a violated one."""
        nodes, edges = self._unbalanced_cycle(walk, hostile)
        while len(nodes) > 3:
            shorter = self._by_chord(nodes, edges, value, hostile)
            if shorter is None:
                break
            nodes, edges = shorter
        return edges

    def _unbalanced_cycle(self, walk: set[int], hostile: list[bool]) -> tuple[list[int], list[int]]:
        around: dict[int, set[int]] = {}
        for edge in walk:
            for node in self.ends[edge]:
                around.setdefault(node, set()).add(edge)
        left = set(walk)
        while left:
            node = self.ends[next(iter(left))][0]
            nodes, edges = [node], []
            while True:
                edge = around[node].pop()
                node = sum(self.ends[edge]) - node
                around[node].discard(edge)
                left.discard(edge)
                edges.append(edge)
                if node not in nodes:
                    nodes.append(node)
                    continue
                begin = nodes.index(node)
                if sum(hostile[e] for e in edges[begin:]) % 2:
                    return nodes[begin:], edges[begin:]
                del nodes[begin + 1 :], edges[begin:]
                if not around[node]:
                    break
        raise AssertionError("an unbalanced closed walk holds no unbalanced cycle")

    def _by_chord(self, nodes: list[int], edges: list[int], value: list[float], hostile: list[bool]) -> tuple[list[int], list[int]] | None:
        """The best violated cycle that a chord cuts off: the shortest, then the one of least value."""
        place = {node: at for at, node in enumerate(nodes)}
        best, found = (len(edges), 1.0), None
        for i, node in enumerate(nodes):
            for other in self.near[node].keys() & place.keys():
                j, chord = place[other], self.near[node][other]
                if j <= i + 1 or (i == 0 and j == len(nodes) - 1):
                    continue
                for rest, part in ((nodes[i : j + 1], edges[i:j]), (nodes[j:] + nodes[: i + 1], edges[j:] + edges[:i])):
                    count = hostile[chord] + sum(hostile[e] for e in part)
                    total = value[chord] + sum(value[e] for e in part)
                    obstruction = count == 1 if self.free else count % 2 == 1
                    if obstruction and total < 1 - TOUCH and (len(rest), total) < best:
                        best, found = (len(rest), total), (rest, [*part, chord])
        return found


def spread(cycles: Iterable[Sequence[int]], limit: int) -> list[Cycle]:
    """The first cycles, none of whose edges is in more than `EACH` of them.

    >>> len(spread([(0, 1, edge) for edge in range(2, 20)], 100))
    5
    """
    used: dict[int, int] = {}
    taken: list[Cycle] = []
    for cycle in cycles:
        if len(taken) >= limit:
            break
        if all(used.get(edge, 0) < EACH for edge in cycle):
            for edge in cycle:
                used[edge] = used.get(edge, 0) + 1
            taken.append(tuple(cycle))
    return taken


def _keep(best: Best, a: int, b: int, arc: tuple[int, int, float]) -> None:
    """The cheapest edge between two groups of one parity."""
    key = (min(a, b), max(a, b), arc[0])
    if key not in best or arc[2] < best[key][2]:
        best[key] = arc


def _arcs(best: Best) -> dict[int, list[Arc]]:
    arcs: dict[int, list[Arc]] = {}
    for (a, b, _), (odd, edge, value) in best.items():
        arcs.setdefault(a, []).append((b, odd, edge, value))
        arcs.setdefault(b, []).append((a, odd, edge, value))
    return arcs
