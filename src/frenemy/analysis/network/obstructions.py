"""Which obstructions a number of parts knows, and how they are found."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.network.colouring import TooHard, critical
from frenemy.analysis.network.contraction import Forest
from frenemy.analysis.network.cycles import TOUCH, Cycle, Cycles
from frenemy.analysis.network.graph import Floats, SignedGraph


def finder(graph: SignedGraph, k: int | None) -> Cycles:
    """What finds the obstructions of `graph` for at most `k` parts, or any number."""
    return Cycles(graph) if k == 2 else Cycles(graph, free=True) if k is None else Crowded(graph, k)


class Crowded(Cycles):
    """For a given number of parts other than two: cycles with one hostile edge, and groups that are too many to tell apart.

    Friends whose edges are all satisfied form groups; groups with a satisfied hostile edge between them need different parts. Where `k`
    parts are too few for some groups, one of the edges that make it so must be frustrated.
    """

    def __init__(self, graph: SignedGraph, k: int) -> None:
        super().__init__(graph, free=True)
        self._k = k

    def violated(self, value: Floats, *, limit: int = 2000, hostile: NDArray[np.bool_] | None = None) -> list[Cycle]:
        """Cycles as before; if there is none, crowds among the edges without value."""
        return super().violated(value, limit=limit, hostile=hostile) or self._crowds(value, limit, hostile)

    def _crowds(self, value: Floats, limit: int, hostile: NDArray[np.bool_] | None) -> list[Cycle]:
        signs = (self._hostile if hostile is None else hostile).tolist()
        values = value.tolist()
        forest = self._zero_forest(values, signs)
        between: dict[tuple[int, int], int] = {}
        apart: dict[int, set[int]] = {}
        for edge, (a, b) in enumerate(self.ends):
            if signs[edge] and values[edge] <= TOUCH:
                one, other = forest.root[a], forest.root[b]
                between.setdefault((min(one, other), max(one, other)), edge)
                apart.setdefault(one, set()).add(other)
                apart.setdefault(other, set()).add(one)
        found: list[Cycle] = []
        while len(found) < limit and (crowd := _crowd(apart, self._k)):
            foes = [edge for (one, other), edge in between.items() if one in crowd and other in crowd]
            found.append(self._joined(foes, forest))
            apart = {one: others - crowd for one, others in apart.items() if one not in crowd}
        return found

    def _joined(self, foes: list[int], forest: Forest) -> Cycle:
        """The hostile edges with the ways that join their ends within each group."""
        edges, first = set(foes), {}  # type: ignore[var-annotated]
        for node in (node for edge in foes for node in self.ends[edge]):
            edges.update(forest.path(node, first.setdefault(forest.root[node], node)))
        return tuple(sorted(edges))


def _crowd(apart: dict[int, set[int]], k: int) -> set[int]:
    """Groups that cannot be told apart with `k` colours and of which none can be missed; empty where there are none or none was found."""
    try:
        return critical(apart, k)
    except TooHard:
        return set()
