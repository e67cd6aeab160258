"""One block solved: edges of least weight that meet every obstruction, by relaxation, cuts and branching, with a proof of the bound.

One variable an edge, one row an unbalanced cycle. The rows are not listed but looked for when they are violated: the odd cycles of the cut
polytope (Barahona and Mahjoub 1986), with which ground states of spin glasses, the same problem, were found (Grötschel, Jünger and Reinelt
1987). The models of Aref, Mason and Wilson (2020) with a variable a node are weaker: their relaxation is zero without rows for triads.
"""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, field

import numpy as np

from frenemy.analysis.network.certificate import Leaf, Obstruction, Proof, Split, packed_bound, rounded_up
from frenemy.analysis.network.graph import Floats, Ints, SignedGraph
from frenemy.analysis.network.obstructions import finder
from frenemy.analysis.network.packing import Packing
from frenemy.analysis.network.parting import parts_of
from frenemy.analysis.network.search import frustration_of, improve
from frenemy.analysis.network.simplex import Simplex

LARGE = 3000  # edges from which on the first-order packing goes before the simplex
HUGE = 40_000  # edges from which on no simplex is tried after it
SPARE = 8  # empty parts that a search over any number of parts may fill
_EXACT = 1e-6  # how near, as a share, a value must be to the bound to count as equal
_Open = tuple[float, int, dict[int, int]]  # bound, number of the case, fixed edges


@dataclass(eq=False)
class Covering:
    """The state of solving one block: the best partition so far, the obstructions found, and the cases told apart."""

    graph: SignedGraph
    k: int | None
    unit: float
    deadline: float
    seed: int = 0
    obstructions: list[Obstruction] = field(default_factory=list)
    parts: Ints = field(init=False)
    value: float = field(init=False, default=np.inf)
    bound: float = field(init=False, default=0.0)
    proof: Proof = field(init=False, default=Leaf())

    def __post_init__(self) -> None:
        self._finder = finder(self.graph, self.k)
        self._weight = np.abs(self.graph.weight)
        self._offer(np.zeros(len(self.graph.nodes), np.int64), 2 * len(self.graph.nodes))

    def solve(self) -> None:
        """Go on until the best partition is proven or time is up."""
        if len(self.graph) > LARGE:
            self._pack()
        if not self.closed and len(self.graph) <= HUGE:
            self._branch()

    @property
    def closed(self) -> bool:
        """Whether the best partition is proven to be optimal."""
        return self._closes(self.bound)

    def _closes(self, bound: float) -> bool:
        return bound > self.value - (self.unit / 2 or _EXACT * max(1.0, self.value))

    @property
    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _offer(self, parts: Ints, steps: int) -> None:
        """Improve a partition and keep it if it is the best."""
        if self.k is None:
            parts = np.unique(parts, return_inverse=True)[1]
        width = self.k or min(int(parts.max(initial=0)) + 1 + SPARE, 200)
        better = improve(self.graph, parts, width, steps=steps, seed=self.seed) if int(parts.max(initial=0)) < width else parts
        value = frustration_of(self.graph, better)
        if value < self.value:
            self.value, self.parts = value, better

    def _offer_rounded(self, value: Floats, steps: int) -> None:
        self._offer(parts_of(self.graph, value < 0.5, self.k), steps)

    def _pack(self) -> None:
        """The bound of a packing that grows by the cycles its other side violates, until it closes or no longer rises."""
        packing = Packing(self._weight)
        packing.add([tuple(row) for row in self._finder.triangles().tolist()])
        known = set(packing.cycles)
        packing.improve(200)
        idle = rounds = 0
        while self._left > 0 and idle < 4:
            value = np.where(packing.value < 0.03, 0, np.where(packing.value > 0.97, 1, packing.value))
            fresh = [cycle for cycle in self._finder.longer(value, limit=3000) if cycle not in known]
            known.update(fresh)
            idle = 0 if fresh else idle + 1
            if fresh:
                packing.add(fresh)
            bound = packing.improve(100 if fresh else 400)
            rounds += 1
            if rounds % 10 == 0 or idle:
                self._offer_rounded(packing.value, 500)
                if self._closes(rounded_up(bound, self.unit)):
                    break
            if rounds % 10 == 0:
                packing.drop_idle()
                known = set(packing.cycles)
        self.obstructions = [Obstruction(cycle) for cycle in packing.cycles]
        self.proof = Leaf(tuple((number, amount) for number, amount in enumerate(packing.packed.tolist()) if amount > 0))
        self.bound = rounded_up(packed_bound(self._weight, self.obstructions, self.proof, {}), self.unit)

    def _branch(self) -> None:
        """Branch and cut, the case of least bound first; each case is closed by its packing or split on an edge."""
        simplex = Simplex(self._weight)
        if self.obstructions:
            simplex.add(range(len(self.obstructions)), self.obstructions)
        first = self.proof if isinstance(self.proof, Leaf) else Leaf()
        leaves: dict[int, Leaf] = {0: first}
        splits: dict[int, tuple[int, int]] = {}  # case -> edge and number of its first child
        cases: list[_Open] = [(self.bound, 0, {})]
        while cases and self._left > 0 and not self._closes(cases[0][0]):
            floor, case, fixed = heapq.heappop(cases)
            value, leaf, bound = self._relax(simplex, fixed, leaves[case], floor)
            leaves[case] = leaf
            if self._closes(bound):
                continue
            edge = _most_open(value, fixed)
            if self._left <= 0 or edge is None:
                heapq.heappush(cases, (bound, case, fixed))
                break
            child = len(leaves)
            splits[case] = edge, child
            for number, side in ((child, 0), (child + 1, 1)):
                leaves[number] = leaf
                heapq.heappush(cases, (bound, number, {**fixed, edge: side}))
        self.bound = max(self.bound, min((bound for bound, _, _ in cases), default=self.value))
        self.proof = _tree(leaves, splits)

    def _relax(self, simplex: Simplex, fixed: dict[int, int], leaf: Leaf, floor: float) -> tuple[Floats, Leaf, float]:
        """The relaxation of a case, with cuts until none is violated: its values, packing and bound."""
        value = np.zeros(len(self._weight))
        contradiction = self._contradiction(fixed)
        if contradiction is not None:
            self.obstructions.append(contradiction)
            return value, Leaf(((len(self.obstructions) - 1, self.value + 1),)), np.inf
        simplex.fix(fixed)
        best, rounds = floor, 0
        turned = frozenset(edge for edge, side in fixed.items() if side)
        while self._left > 0:
            value, packed = simplex.solve(self._left)
            bound = rounded_up(packed_bound(self._weight, self.obstructions, packed, fixed), self.unit)
            if bound >= best:
                best, leaf = bound, packed
            if self._closes(best):
                break
            fresh = self._violated(value, turned)
            if not fresh or rounds % 10 == 9:
                self._offer_rounded(value, len(self.graph.nodes))
            if not fresh:
                break
            if rounds % 10 == 9:
                simplex.drop_slack()
            simplex.add(range(len(self.obstructions), len(self.obstructions) + len(fresh)), fresh)
            self.obstructions += fresh
            rounds += 1
        return value, leaf, best

    def _violated(self, value: Floats, turned: frozenset[int]) -> list[Obstruction]:
        """Violated obstructions, with the edges that are fixed as frustrated turned."""
        if not turned:
            return [Obstruction(cycle) for cycle in self._finder.violated(value)]
        places = list(turned)
        value, hostile = value.copy(), self.graph.weight < 0
        value[places] = 1 - value[places]
        hostile[places] ^= True
        found = self._finder.violated(value, hostile=hostile)
        return [Obstruction(cycle, turned & frozenset(cycle)) for cycle in found]

    def _contradiction(self, fixed: dict[int, int]) -> Obstruction | None:
        """An obstruction among fixed edges alone."""
        if not fixed:
            return None
        value = np.ones(len(self._weight))
        for edge, side in fixed.items():
            value[edge] = side
        found = self._violated(value, frozenset(edge for edge, side in fixed.items() if side))
        return found[0] if found else None


def _most_open(value: Floats, fixed: dict[int, int]) -> int | None:
    """The edge to split on: the one nearest to a half."""
    distance = np.abs(value - 0.5)
    distance[list(fixed)] = 1
    edge = int(distance.argmin())
    return edge if distance[edge] < 0.5 - 1e-6 else None


def _tree(leaves: dict[int, Leaf], splits: dict[int, tuple[int, int]]) -> Proof:
    proofs: dict[int, Proof] = {}
    for case in sorted(leaves, reverse=True):  # children have higher numbers
        if case in splits:
            edge, child = splits[case]
            proofs[case] = Split(edge, proofs.pop(child), proofs.pop(child + 1))
        else:
            proofs[case] = leaves[case]
    return proofs[0]
