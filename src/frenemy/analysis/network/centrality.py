"""Who stands well, and who holds others together, where ties are friendly and hostile.

All functions give one value a node, by its label. With `mode` "in" a node is judged by the ties that others have to it, with "out" by those
it has to others, with "all" by both together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from frenemy.analysis.network.graph import Floats, Ints, Label, SignedGraph
from frenemy.errors import NotASignedNetwork

Mode = Literal["all", "in", "out"]
DAMPED = 0.85
"""Signed Katz takes this share of the largest attenuation that is sure to converge."""
DENSE = 1500
"""Up to so many nodes eigenvectors are solved exactly, beyond by iteration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDegree:
    """Friends and foes of a node, counted or weighed."""

    friends: float
    foes: float

    @property
    def net(self) -> float:
        """Friends less foes."""
        return self.friends - self.foes

    @property
    def ratio(self) -> float:
        """The share of friends among all ties; 0.5 where there are none."""
        total = self.friends + self.foes
        return self.friends / total if total else 0.5


def signed_degree(graph: SignedGraph, *, mode: Mode = "all", weighted: bool = False) -> dict[Label, SignedDegree]:
    """Friends and foes of each node.

    >>> star = SignedGraph.from_edges([("a", "b", 1), ("c", "a", -1), ("d", "a", -1)])
    >>> signed_degree(star)["a"].net, signed_degree(star, mode="in")["a"].ratio, signed_degree(star, mode="out")["a"].friends
    (-1.0, 0.0, 1.0)
    """
    view, ends = _view(graph, mode, weighted=weighted)
    size, weight = len(graph.nodes), view.weight
    friends, foes = (_at_ends(ends, part, size) for part in (weight.clip(0), (-weight).clip(0)))
    return {
        label: SignedDegree(friends=float(plus), foes=float(minus)) for label, plus, minus in zip(graph.nodes, friends, foes, strict=True)
    }


def pn_centrality(graph: SignedGraph, *, mode: Mode = "all") -> dict[Label, float]:
    """PN centrality: standing that grows with friends of high standing and falls, twice as much, with foes of high standing.

    (I - A / (2n - 2))^-1 1, where A holds 1 for a friendly and -2 for a hostile tie; 1 is the standing of a node without ties. For directed
    ties "in" and "out" as in the source (Everett and Borgatti 2014, Social Networks 38: 111-120).

    >>> friends = SignedGraph.from_edges([(a, b, 1) for a in range(5) for b in range(a)])
    >>> [round(value, 6) for value in pn_centrality(friends).values()]
    [2.0, 2.0, 2.0, 2.0, 2.0]
    """
    size = len(graph.nodes)
    if size < 2:
        return dict.fromkeys(graph.nodes, 1.0)
    view, _ = _view(graph, mode)
    weight = np.where(view.weight < 0, 2.0, 1.0) * view.weight / (2 * size - 2)
    ones = np.ones(size)
    if mode == "all":
        found = _conjugate(lambda x: x - _both(view, weight, x), ones)
    else:
        here, there = (view.source, view.target) if mode == "out" else (view.target, view.source)
        found = _conjugate(
            lambda x: x - _carry(here, there, weight, _carry(there, here, weight, x)), ones + _carry(here, there, weight, ones)
        )
    return _named(graph, found)


def signed_katz(graph: SignedGraph, *, mode: Mode = "all", attenuation: float | None = None, weighted: bool = False) -> dict[Label, float]:
    """Standing by all walks that lead to a node, each with the product of its signs: a foe's foe adds as a friend's friend does.

    x = 1 + a A x, with hostile ties as -1 (Katz 1953, Psychometrika 18: 39-43, on signed ties). The attenuation `a` is by default 0.85 over
    the largest sum of ties at a node, which always converges.

    >>> path = SignedGraph.from_edges([("a", "b", -1), ("b", "c", -1)])
    >>> {label: round(value, 4) for label, value in signed_katz(path, attenuation=0.5).items()}
    {'a': 1.0, 'b': 0.0, 'c': 1.0}
    """
    view, ends = _view(graph, mode, weighted=weighted)
    size = len(graph.nodes)
    most = float(_at_ends(ends, abs(view.weight), size).max(initial=0))
    reach = attenuation if attenuation is not None else DAMPED / max(most, 1e-12)
    here, there = (view.source, view.target) if mode == "out" else (view.target, view.source)
    standing = np.ones(size)
    for _ in range(10_000):
        moved = _both(view, view.weight, standing) if mode == "all" else _carry(here, there, view.weight, standing)
        further = 1 + reach * moved
        if not np.isfinite(further).all() or abs(further).max(initial=0) > 1e12:
            break
        if abs(further - standing).max(initial=0) < 1e-12 * max(1.0, abs(further).max(initial=0)):
            return _named(graph, further)
        standing = further
    raise NotASignedNetwork(f"Signed Katz does not converge with the attenuation {reach:g}. Take a smaller one, or leave it out.")


def signed_eigenvector(graph: SignedGraph, *, weighted: bool = False) -> dict[Label, float]:
    """Standing in proportion to that of one's friends, less that of one's foes: two camps get opposite signs, each camp's core the largest.

    The eigenvector of the largest eigenvalue of the signed adjacency matrix, the largest value scaled to 1 (Bonacich and Lloyd 2004,
    Social Networks 26: 331-338). Where several parts of the network tie for it there is no one answer: `NotASignedNetwork`.

    >>> camps = SignedGraph.from_edges([("a", "b", 1), ("a", "c", -1), ("b", "c", -1)])
    >>> {label: round(value, 6) for label, value in signed_eigenvector(camps).items()}
    {'a': 1.0, 'b': 1.0, 'c': -1.0}
    """
    view = graph.undirected(weighted=weighted)
    size = len(view.nodes)
    if not len(view):
        return dict.fromkeys(graph.nodes, 0.0)
    vector = _dense_top(view) if size <= DENSE else _iterated_top(view)
    peak = vector[np.argmax(abs(vector) > (1 - 1e-9) * abs(vector).max())]
    return _named(graph, vector / peak)


def _dense_top(view: SignedGraph) -> Floats:
    size = len(view.nodes)
    matrix = np.zeros((size, size))
    matrix[view.source, view.target] = matrix[view.target, view.source] = view.weight
    values, vectors = np.linalg.eigh(matrix)
    if size > 1 and values[-1] - values[-2] < 1e-9 * max(1.0, abs(values[-1])):
        raise NotASignedNetwork("Several parts of the network share the largest eigenvalue. Ask for one connected part at a time.")
    return np.asarray(vectors[:, -1], np.float64)


def _iterated_top(view: SignedGraph, steps: int = 5_000) -> Floats:
    """By powers of the matrix, shifted so that its largest eigenvalue is also the largest in size."""
    size = len(view.nodes)
    shift = float(_at_ends((view.source, view.target), abs(view.weight), size).max()) / 2
    vector = np.random.default_rng(0).standard_normal(size)
    for _ in range(steps):
        further = _both(view, view.weight, vector) + shift * vector
        further /= np.linalg.norm(further)
        if np.linalg.norm(further - vector) < 1e-9:
            return np.asarray(further, np.float64)
        vector = further
    raise NotASignedNetwork("The largest eigenvalue is not told apart from the next. Ask for one connected part at a time.")


def _at_ends(ends: Iterable[Ints], weight: Floats, size: int) -> Floats:
    """For each node, the sum of the weights of the ties that end in it."""
    return np.asarray(np.sum([np.bincount(end, weights=weight, minlength=size) for end in ends], axis=0), np.float64)


def _view(graph: SignedGraph, mode: Mode, *, weighted: bool = False) -> tuple[SignedGraph, tuple[Ints, ...]]:
    """The graph as a mode sees it, and the ends at which its ties count."""
    if mode == "all":
        view = graph.undirected(weighted=weighted)
        return view, (view.source, view.target)
    view = graph.directed_view(weighted=weighted)
    return view, (view.target if mode == "in" else view.source,)


def _carry(here: Ints, there: Ints, weight: Floats, vector: Floats) -> Floats:
    """What flows along directed ties: at each node, the weighted sum of the values at the other ends."""
    return np.asarray(np.bincount(here, weights=weight * vector[there], minlength=len(vector)), np.float64)


def _both(view: SignedGraph, weight: Floats, vector: Floats) -> Floats:
    return _carry(view.source, view.target, weight, vector) + _carry(view.target, view.source, weight, vector)


def _conjugate(times: Callable[[Floats], Floats], right: Floats) -> Floats:
    """Solve a symmetric positive system by conjugate gradients (Hestenes and Stiefel 1952)."""
    solution = np.zeros_like(right)
    rest = right.copy()
    direction, size = rest.copy(), float(rest @ rest)
    goal = 1e-24 * size
    for _ in range(10 * len(right)):
        if size <= goal:
            break
        moved = times(direction)
        step = size / float(direction @ moved)
        solution = solution + step * direction
        rest = rest - step * moved
        size, former = float(rest @ rest), size
        direction = rest + (size / former) * direction
    return solution


def _named(graph: SignedGraph, values: Floats) -> dict[Label, float]:
    return dict(zip(graph.nodes, values.tolist(), strict=True))
