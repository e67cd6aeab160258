"""Common enemies: pairs that share more foes than their own enmities explain.

"The enemy of my enemy" (Heider 1946) says that they may come to stand together. Sharing foes says little where both quarrel with
everybody, or where the foe is everybody's; so each pair is held against random networks in which every node has as many foes as here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb, log

import numpy as np

from frenemy.analysis.network.graph import Floats, Ints, Label, SignedGraph

BEYOND = 32
"""So many more shared foes than two nodes can have are looked at, since the null model keeps degrees only on average."""
NEWTON = 100
"""Steps at most; nodes that are everybody's foe have no finite solution, and come near enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonEnemies:
    """Two nodes, the foes they share, and how remarkable that is.

    `tie` is the weight of their own tie, 0 where there is none. `expected` is how many foes such a pair shares at random, `p` the
    probability of as many as here or more, `q` the share of false alarms among all pairs with a `p` as small (Benjamini and Hochberg 1995).
    """

    one: Label
    other: Label
    tie: float
    enemies: tuple[Label, ...]
    expected: float
    p: float
    q: float


def common_enemies(graph: SignedGraph, *, friends: bool = False, least: int = 1) -> list[CommonEnemies]:
    """The pairs that share `least` foes or more and have no tie or a hostile one, the most remarkable first; `friends` adds friendly pairs.

    The null model is the maximum-entropy network with the expected number of foes of every node (Park and Newman 2004, Physical Review E
    70: 066117), in which the number of shared foes is a sum of independent chances; its exact tail is the stochastic degree sequence model
    (Neal 2014, Social Networks 39: 84-97; Neal, Domagalski and Sagan 2021, Scientific Reports 11: 23929), here for one set of nodes.

    >>> edges = [("a", "x", -1), ("b", "x", -1), ("a", "y", -1), ("b", "y", -1), ("c", "z", -1), ("a", "c", 1)]
    >>> [(one.one, one.other, one.enemies) for one in common_enemies(SignedGraph.from_edges(edges))]
    [('a', 'b', ('x', 'y')), ('x', 'y', ('a', 'b'))]
    """
    view = graph.undirected(weighted=True)
    hostile = view.subgraph(view.weight < 0)
    foes: dict[int, list[int]] = defaultdict(list)
    for a, b in zip(hostile.source.tolist(), hostile.target.tolist(), strict=True):
        foes[a].append(b)
        foes[b].append(a)
    shared: dict[tuple[int, int], list[int]] = defaultdict(list)
    for foe in sorted(foes):
        for pair in combinations(sorted(foes[foe]), 2):
            shared[pair].append(foe)
    ties = {(min(a, b), max(a, b)): w for a, b, w in zip(view.source.tolist(), view.target.tolist(), view.weight.tolist(), strict=True)}
    chance = _Chance(np.bincount(np.concatenate([hostile.source, hostile.target]), minlength=len(graph.nodes)))
    pairs = [pair for pair, common in shared.items() if len(common) >= least]
    tails = {pair: chance.of(*pair, len(shared[pair])) for pair in pairs}
    rates = _false_alarms({pair: tail for pair, (_, tail) in tails.items()}, tests=len(foes) * (len(foes) - 1) // 2)
    found = [
        CommonEnemies(
            one=graph.nodes[a],
            other=graph.nodes[b],
            tie=ties.get((a, b), 0.0),
            enemies=tuple(graph.nodes[foe] for foe in shared[a, b]),
            expected=tails[a, b][0],
            p=tails[a, b][1],
            q=rates[a, b],
        )
        for a, b in pairs
        if friends or ties.get((a, b), 0.0) <= 0
    ]
    return sorted(found, key=lambda each: (each.p, -len(each.enemies), str(each.one), str(each.other)))


class _Chance:
    """How likely two nodes share so many foes, given how many foes each node has; nodes with as many foes are alike."""

    def __init__(self, degrees: Ints) -> None:
        self._degree, self._class, self._count = np.unique(degrees, return_inverse=True, return_counts=True)
        self._p = hostile_chances(self._degree, self._count)
        self._tails: dict[tuple[int, int], tuple[float, Floats]] = {}

    def of(self, a: int, b: int, shared: int) -> tuple[float, float]:
        """The expected number of shared foes, and the probability of `shared` or more."""
        one, other = sorted((int(self._class[a]), int(self._class[b])))
        if (one, other) not in self._tails:
            count = self._count.copy()
            count[one] -= 1
            count[other] -= 1
            both = self._p[one] * self._p[other]
            most = int(min(self._degree[one], self._degree[other]))
            self._tails[one, other] = float(count @ both), _tail(both, count, most)
        expected, tail = self._tails[one, other]
        return expected, float(tail[min(shared, len(tail) - 1)])


def hostile_chances(degrees: Ints, counts: Ints) -> Floats:
    """The chance of a tie between nodes of each two degrees, such that every node expects its degree: p = x y / (1 + x y).

    `degrees` are different, `counts` says how many nodes have each. Solved by Newton's method on the logarithms of x (Vallarano et al.
    2021, Scientific Reports 11: 15227).

    >>> hostile_chances(np.array([0, 2]), np.array([3, 5])).round(3).tolist()
    [[0.0, 0.0], [0.0, 0.5]]
    """
    tied = degrees > 0
    wanted, nodes = degrees[tied].astype(np.float64), counts[tied].astype(np.float64)
    log_x = np.log(wanted / np.sqrt(max(float(wanted @ nodes), 1.0)))
    for _ in range(NEWTON):
        p = _logistic(log_x)
        missing = wanted - (p @ nodes - np.diag(p))
        if abs(missing).max(initial=0) < 1e-9:
            break
        slope = p * (1 - p)
        own = slope @ nodes - 2 * np.diag(slope)
        step = np.linalg.solve(slope * nodes + np.diag(own + 1e-12), missing)
        log_x += np.clip(step, -1, 1)
    found = np.zeros((len(degrees), len(degrees)))
    found[np.ix_(tied, tied)] = _logistic(log_x)
    return found


def _logistic(log_x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(np.add.outer(log_x, log_x), -60, 60))), np.float64)


def _tail(chances: Floats, counts: Ints, most: int) -> Floats:
    """P(X >= k) for k = 0 to most, X the number of successes in `counts` trials of each of the chances."""
    size = most + BEYOND
    density = np.zeros(size)
    density[0] = 1.0
    for chance, count in zip(chances.tolist(), counts.tolist(), strict=True):
        if count > 0 and chance > 0:
            density = np.convolve(density, _binomial(count, min(chance, 1 - 1e-12), size))[:size]
    rest = 1 - density.sum()
    tail = np.cumsum(density[::-1])[::-1] + (
        rest if rest > 1e-9 else 0.0
    )  # summed from its small end, so that small chances keep their digits
    return np.asarray(np.clip(tail[: most + 1], 0.0, 1.0), np.float64)


def _binomial(count: int, chance: float, size: int) -> Floats:
    """P(X = k) for k below size."""
    rows = range(min(size, count + 1))
    return np.array([np.exp(log(comb(count, k)) + k * log(chance) + (count - k) * np.log1p(-chance)) for k in rows])


def _false_alarms(p: Mapping[tuple[int, int], float], tests: int) -> dict[tuple[int, int], float]:
    """The false discovery rate at which each pair is still told, among so many tests."""
    ranked = sorted(p, key=lambda pair: p[pair])
    found: dict[tuple[int, int], float] = {}
    least = 1.0
    for rank, pair in reversed(list(enumerate(ranked, start=1))):
        least = min(least, p[pair] * tests / rank)
        found[pair] = least
    return found
