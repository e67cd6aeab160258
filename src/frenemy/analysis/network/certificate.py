"""A proof of a lower bound that can be checked without the solver: obstructions packed into the edges, case by case where need be.

An obstruction is a set of edges that no partition satisfies all at once, such as an unbalanced cycle. The edges that a partition leaves
frustrated meet every obstruction, so what obstructions can be packed into the edges' weights is a lower bound (weak duality). Where no
packing reaches the optimum, a `Split` tells two cases apart, an edge satisfied or frustrated, and each has its own proof. The check uses
sums of whole numbers only, so no rounding can make a bound look better than it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from frenemy.analysis.network.colouring import colours
from frenemy.analysis.network.graph import Floats, SignedGraph
from frenemy.errors import FalseCertificate

SCALE = 2.0**24  # multipliers are cut to whole numbers of this part


@dataclass(frozen=True, slots=True)
class Obstruction:
    """Edges that no partition satisfies all at once, when the edges `turned` count as if they had the other sign.

    With x = 1 for a frustrated edge: the sum of x over `edges` that are not turned, less the sum over `turned`, is at least
    1 - len(turned).
    """

    edges: tuple[int, ...]
    turned: frozenset[int] = frozenset()

    @property
    def signs(self) -> list[float]:
        """The coefficient of each edge."""
        return [-1.0 if edge in self.turned else 1.0 for edge in self.edges]

    @property
    def least(self) -> int:
        """The right hand side."""
        return 1 - len(self.turned)


@dataclass(frozen=True, slots=True)
class Leaf:
    """Obstructions, by their place in the list, with how much of each is packed."""

    packed: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """Two cases of one edge, each with its proof."""

    edge: int
    satisfied: Proof
    frustrated: Proof


Proof = Leaf | Split


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """For each block of the undirected graph its edges and proof, all by index of edge.

    Any partition's value is a multiple of `unit`, so that bounds are rounded up to one; 0 stands for no such number. Amounts are in parts
    of `measure`, a power of two near the mean weight, so that dividing by it leaves weights exact.
    """

    k: int | None
    unit: float
    obstructions: tuple[Obstruction, ...]
    blocks: tuple[tuple[tuple[int, ...], Proof], ...]
    measure: float = 1.0

    def verify(self, graph: SignedGraph) -> float:
        """The lower bound that is proven for the undirected `graph`; raises FalseCertificate where an obstruction is none.

        >>> graph = SignedGraph.from_edges([(1, 2, 1), (2, 3, 1), (1, 3, -1)]).undirected()
        >>> Certificate(2, 1.0, (Obstruction((0, 1, 2)),), (((0, 1, 2), Leaf(((0, 1.0),))),)).verify(graph)
        1.0
        >>> Certificate(2, 1.0, (Obstruction((0, 1)),), (((0, 1, 2), Leaf(((0, 1.0),))),)).verify(graph)
        Traceback (most recent call last):
        ...
        frenemy.errors.FalseCertificate: Obstruction 0 is none: its edges (0, 1) can all be satisfied.
        """
        for number, obstruction in enumerate(self.obstructions):
            if not stands(graph, obstruction, self.k):
                raise FalseCertificate(f"Obstruction {number} is none: its edges {obstruction.edges} can all be satisfied.")
        seen = [edge for edges, _ in self.blocks for edge in edges]
        if len(seen) != len(set(seen)):
            raise FalseCertificate("An edge is counted in two blocks.")
        weight = np.abs(graph.weight) / self.measure
        return self.measure * sum(self._block_bound(weight, edges, proof) for edges, proof in self.blocks)

    def _block_bound(self, weight: Floats, edges: Sequence[int], proof: Proof) -> float:
        mask = np.zeros(len(weight), bool)
        mask[list(edges)] = True
        own = np.where(mask, weight, 0.0)
        cases: list[tuple[Proof, dict[int, int]]] = [(proof, {})]
        least = math.inf
        while cases:
            case, fixed = cases.pop()
            if isinstance(case, Split):
                cases.append((case.satisfied, {**fixed, case.edge: 0}))
                cases.append((case.frustrated, {**fixed, case.edge: 1}))
            else:
                least = min(least, packed_bound(own, self.obstructions, case, fixed))
        return rounded_up(least, self.unit / self.measure)


def packed_bound(weight: Floats, obstructions: Sequence[Obstruction], leaf: Leaf, fixed: Mapping[int, int]) -> float:
    """What a packing proves where some edges are `fixed` as satisfied (0) or frustrated (1): Lagrange's bound over the box [0, 1]."""
    left = weight * SCALE
    total = 0.0
    for number, amount in leaf.packed:
        obstruction, whole = obstructions[number], math.floor(max(0.0, amount) * SCALE)
        total += whole * obstruction.least
        for edge, sign in zip(obstruction.edges, obstruction.signs, strict=True):
            left[edge] -= sign * whole
    least = np.minimum(left, 0)
    for edge, value in fixed.items():
        least[edge] = left[edge] * value
    return float((total + least.sum()) / SCALE)


def rounded_up(bound: float, unit: float) -> float:
    """The least multiple of `unit` that is not below the bound; the bound itself where there is no unit (0)."""
    return max(0.0, math.ceil(bound / unit - 1e-9) * unit if unit else bound)


def stands(graph: SignedGraph, obstruction: Obstruction, k: int | None) -> bool:
    """Whether no partition into at most `k` parts (None: any number) satisfies all edges of the obstruction.

    Two parts: the edges meet every node an even number of times, and an odd number of them is hostile. Otherwise, friends are drawn
    together: a hostile edge joins two of one group, or the groups cannot be told apart with `k` colours.
    """
    ends = [(int(graph.source[e]), int(graph.target[e])) for e in obstruction.edges]
    hostile = [bool(graph.weight[e] < 0) != (e in obstruction.turned) for e in obstruction.edges]
    if not obstruction.turned <= set(obstruction.edges):
        return False
    if k == 2:
        nodes = np.array(ends).ravel()
        return sum(hostile) % 2 == 1 and not (np.unique(nodes, return_counts=True)[1] % 2).any()
    group = {node: node for pair in ends for node in pair}
    for (a, b), foe in zip(ends, hostile, strict=True):
        if not foe:
            old, new = group[a], group[b]
            group = {node: new if one == old else one for node, one in group.items()}
    apart = {(group[a], group[b]) for (a, b), foe in zip(ends, hostile, strict=True) if foe}
    return any(a == b for a, b in apart) or (k is not None and colours(apart, k) is None)
