"""The partition that fits a signed graph best, into two parts, into at most k, or into any number, with a bound and its proof.

Two parts: its value is the frustration index, or line index of balance (Harary 1959), the least weight of edges that must turn for strict
balance. Any number: generalised balance (Davis 1967), also known as correlation clustering (Bansal, Blum and Chawla 2004). At most k: the
relaxed blocs of Doreian and Mrvar (1996), with the same criterion.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from frenemy.analysis.network.blocks import blocks
from frenemy.analysis.network.certificate import Certificate, Leaf, Obstruction, Proof, Split
from frenemy.analysis.network.covering import Covering
from frenemy.analysis.network.graph import Floats, Ints, Label, SignedGraph
from frenemy.analysis.network.parting import parts_of
from frenemy.analysis.network.search import frustrated_edges, frustration_of

FOREVER = 10.0**9
_SAME = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Partition:
    """A partition of the undirected `graph`: `parts[i]` is the part of node i, the largest part is 0.

    `value` is the weight of the edges that do not fit; no partition into at most `k` parts (None: any number) has less than `bound`, which
    `certificate` proves. `seconds` is what it took.
    """

    graph: SignedGraph
    k: int | None
    parts: Ints
    value: float
    bound: float
    certificate: Certificate
    seconds: float

    @property
    def proven(self) -> bool:
        """Whether no partition is better."""
        return self.bound >= self.value - self._slack

    @property
    def _slack(self) -> float:
        return _SAME * max(self.certificate.measure, self.value)

    @property
    def gap(self) -> float:
        """How much better another partition could be at most, as a share of the value."""
        return 0.0 if self.proven else (self.value - self.bound) / self.value

    @property
    def blocs(self) -> list[tuple[Label, ...]]:
        """The nodes of each part, the largest part first."""
        groups: list[list[Label]] = [[] for _ in range(int(self.parts.max(initial=-1)) + 1)]
        for label, part in zip(self.graph.nodes, self.parts.tolist(), strict=True):
            groups[part].append(label)
        return [tuple(group) for group in groups]

    @property
    def frustrated(self) -> list[tuple[Label, Label, float]]:
        """The edges that do not fit: friends in different parts, foes in the same."""
        return list(self.graph.subgraph(frustrated_edges(self.graph, self.parts)))

    def verify(self) -> bool:
        """Check the value by counting and the bound by its certificate, without the solver."""
        counted = abs(frustration_of(self.graph, self.parts) - self.value) <= self._slack
        few = self.k is None or int(self.parts.max(initial=-1)) < self.k
        return counted and few and self.certificate.verify(self.graph) >= self.bound - self._slack


def partition(
    edges: SignedGraph | Iterable[Any], k: int | None = None, *, weighted: bool = False, time_limit: float | None = None, seed: int = 0
) -> Partition:
    """The best partition into at most `k` parts, or any number; when `time_limit` (seconds) ends first, the best so far and its bound.

    `edges` is a SignedGraph, or what `SignedGraph.of` takes. Unweighted, each pair of nodes counts once, by the sign of its edges' sum.

    >>> found = partition([("a", "b", 1), ("b", "c", 1), ("c", "a", -1), ("c", "d", -1)], k=2)
    >>> found.value, found.proven, len(found.frustrated), found.verify()
    (1.0, True, 1, True)
    >>> [sorted(bloc) for bloc in partition([(1, 2, -1), (2, 3, -1), (3, 1, -1)]).blocs]
    [[1], [2], [3]]
    """
    if k is not None and k < 1:
        raise ValueError(f"k is {k}, but there is at least one part")
    begun = time.monotonic()
    graph = SignedGraph.of(edges).undirected(weighted=weighted)
    deadline = begun + (FOREVER if time_limit is None else time_limit)
    unit, measure = _unit(graph.weight), _measure(graph.weight)
    if k == 1:
        return _all_in_one(graph, begun)
    pieces = blocks(graph)
    left = sum(map(len, pieces))
    frustrated = np.zeros(len(graph), bool)
    proofs: list[tuple[Ints, Covering]] = []
    for piece in pieces:
        now = time.monotonic()
        share = max(0.0, deadline - now) * len(piece) / left
        solved = Covering(_compact(graph.subgraph(piece), measure), k, unit / measure, now + share, seed)
        solved.solve()
        left -= len(piece)
        frustrated[piece[frustrated_edges(solved.graph, solved.parts)]] = True
        proofs.append((piece, solved))
    parts = _by_size(parts_of(graph, ~frustrated, k))
    bound = measure * sum(solved.bound for _, solved in proofs)
    value = frustration_of(graph, parts)
    return Partition(
        graph=graph,
        k=k,
        parts=parts,
        value=value,
        bound=bound,
        certificate=_joined(proofs, k, unit, measure),
        seconds=time.monotonic() - begun,
    )


def frustration_index(
    edges: SignedGraph | Iterable[Any], *, weighted: bool = False, time_limit: float | None = None, seed: int = 0
) -> Partition:
    """The partition into two parts with the frustration index L as its value.

    >>> frustration_index([("a", "b", -1), ("b", "c", -1), ("c", "a", -1)]).value
    1.0
    """
    return partition(edges, 2, weighted=weighted, time_limit=time_limit, seed=seed)


def _unit(weight: Floats) -> float:
    """The largest number that all weights are multiples of, 0 where they are not whole numbers."""
    if not len(weight) or (weight != np.round(weight)).any() or np.abs(weight).max() > 2**40:
        return 0.0
    return float(np.gcd.reduce(np.abs(weight).astype(np.int64)))


def _measure(weight: Floats) -> float:
    """A power of two near the mean weight: what weights are divided by, so that their size does not matter to the solvers."""
    return float(2.0 ** round(math.log2(float(np.abs(weight).mean())))) if len(weight) else 1.0


def _compact(graph: SignedGraph, measure: float) -> SignedGraph:
    """The graph without the nodes that have no edge, its weights in parts of `measure`."""
    used, ends = np.unique(np.concatenate([graph.source, graph.target]), return_inverse=True)
    return SignedGraph(tuple(used.tolist()), ends[: len(graph)], ends[len(graph) :], graph.weight / measure, directed=False)


def _by_size(parts: Ints) -> Ints:
    """Renumbered so that larger parts come first."""
    _, first, inverse, count = np.unique(parts, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(count), np.int64)
    rank[np.lexsort((first, -count))] = np.arange(len(count))
    return rank[inverse]


def _all_in_one(graph: SignedGraph, begun: float) -> Partition:
    """One part: each hostile edge is an obstruction by itself."""
    foes, measure = np.flatnonzero(graph.weight < 0).tolist(), _measure(graph.weight)
    obstructions = tuple(Obstruction((edge,)) for edge in foes)
    packing = Leaf(tuple((number, -float(graph.weight[edge]) / measure) for number, edge in enumerate(foes)))
    certificate = Certificate(1, 0.0, obstructions, ((tuple(foes), packing),), measure)
    parts = np.zeros(len(graph.nodes), np.int64)
    value = frustration_of(graph, parts)
    return Partition(graph=graph, k=1, parts=parts, value=value, bound=value, certificate=certificate, seconds=time.monotonic() - begun)


def _joined(proofs: list[tuple[Ints, Covering]], k: int | None, unit: float, measure: float) -> Certificate:
    """The blocks' proofs as one, over the edges of the whole graph and with the obstructions that are used."""
    obstructions: list[Obstruction] = []
    blocks_: list[tuple[tuple[int, ...], Proof]] = []
    for piece, solved in proofs:
        edges = piece.tolist()
        place: dict[int, int] = {}
        for number in sorted(_used(solved.proof)):
            place[number] = len(obstructions)
            one = solved.obstructions[number]
            obstructions.append(Obstruction(tuple(edges[e] for e in one.edges), frozenset(edges[e] for e in one.turned)))
        blocks_.append((tuple(edges), _moved(solved.proof, edges, place)))
    return Certificate(k, unit, tuple(obstructions), tuple(blocks_), measure)


def _used(proof: Proof) -> set[int]:
    used: set[int] = set()
    cases = [proof]
    while cases:
        case = cases.pop()
        if isinstance(case, Split):
            cases += [case.satisfied, case.frustrated]
        else:
            used.update(number for number, _ in case.packed)
    return used


def _moved(proof: Proof, edges: list[int], place: dict[int, int]) -> Proof:
    if isinstance(proof, Split):
        return Split(edges[proof.edge], _moved(proof.satisfied, edges, place), _moved(proof.frustrated, edges, place))
    return Leaf(tuple((place[number], amount) for number, amount in proof.packed))
