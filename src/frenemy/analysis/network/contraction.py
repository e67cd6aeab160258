"""What is left of a graph when the edges that a relaxation leaves whole are drawn together: where violated cycles are looked for.

A cycle is violated when its edges' values add up to less than one. Edges of value zero are free, so the nodes they join are taken as one;
each keeps its parity, the number of hostile edges on its way to the root.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

Neighbours = list[list[tuple[int, int]]]  # for each node: (neighbour, edge)
Arc = tuple[int, int, int, float]  # to which group, with which parity, by which edge, of which value


class Forest:
    """Breadth-first trees over some of the edges: `root`, `parity` and the way up of each node."""

    def __init__(self, neighbours: Neighbours, hostile: list[bool], order: Iterable[int]) -> None:
        size = len(neighbours)
        self.root = [-1] * size
        self.parity = [0] * size
        self._depth = [0] * size
        self._up: list[tuple[int, int]] = [(-1, -1)] * size
        for start in order:
            if self.root[start] < 0:
                self._grow(start, neighbours, hostile)

    def _grow(self, start: int, neighbours: Neighbours, hostile: list[bool]) -> None:
        root, parity, depth, up = self.root, self.parity, self._depth, self._up
        root[start] = start
        queue = [start]
        for node in queue:
            for other, edge in neighbours[node]:
                if root[other] < 0:
                    root[other], parity[other] = start, parity[node] ^ hostile[edge]
                    depth[other], up[other] = depth[node] + 1, (node, edge)
                    queue.append(other)

    def path(self, a: int, b: int) -> list[int]:
        """The edges from `a` to `b`, which must have one root."""
        edges = []
        while a != b:
            if self._depth[a] < self._depth[b]:
                a, b = b, a
            a, edge = self._up[a]
            edges.append(edge)
        return edges


def short_closures(arcs: dict[int, list[Arc]], source: int, closing: dict[int, list[Arc]], radius: float) -> Iterator[set[int]]:
    """The edges of closed walks through `source` with odd parity and a value below one: two shortest paths and a closing arc.

    Every violated cycle through `source` has an arc whose closed walk is as short (Horton's argument, 1987), so that no cycle is missed
    when `radius` holds both ends: half of one where all arcs can be walked.
    """
    distance, parity, before = {source: 0.0}, {source: 0}, {source: (source, -1)}
    done, queue = set(), [(0.0, source)]
    while queue:
        far, group = heapq.heappop(queue)
        if group in done:
            continue
        done.add(group)
        for other, odd, edge, value in arcs.get(group, ()):
            way = far + value
            if way < radius and way < distance.get(other, radius):
                distance[other], parity[other], before[other] = way, parity[group] ^ odd, (group, edge)
                heapq.heappush(queue, (way, other))
    for a in done:
        for b, odd, edge, value in closing.get(a, ()):
            if a < b and b in done and parity[a] ^ parity[b] ^ odd and distance[a] + distance[b] + value < 1 - 1e-6:
                yield {edge} ^ _way(before, a) ^ _way(before, b)


def _way(before: dict[int, tuple[int, int]], group: int) -> set[int]:
    edges = set()
    while before[group][1] >= 0:
        group, edge = before[group]
        edges.add(edge)
    return edges
