"""Balance by closed walks of all lengths: those with a positive product of signs against all of them.

Estrada and Benzi (2014, Physical Review E 90: 042802) weigh walks of length l by 1/l!: tr exp(A) / tr exp(|A|). Singh and Adhikari (2017,
Journal of Statistical Mechanics 063302) weigh them by b^l, after Katz (1953): the traces of (I - bA)^-1 and (I - b|A|)^-1, here without the
walk of length none. Both lie in (0, 1], and are 1 only for a balanced graph. Any two nodes of a dense, slightly unbalanced graph are joined
by so many walks that the first is near 0 (Aref and Wilson 2018, Journal of Complex Networks 6: 163-189); read it beside the others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.network.graph import Floats, SignedGraph

DENSE = 3000  # nodes from which on only the largest eigenvalues are computed
_KRYLOV = 150


def walk_balance(graph: SignedGraph) -> float:
    """The share of closed walks, weighed by 1/l!, that is not cancelled by negative ones; 1 for a graph without edges.

    Above `DENSE` nodes, from the largest eigenvalues alone, which leaves out a hundredth or less.

    >>> round(walk_balance(SignedGraph.from_edges([(1, 2, 1), (2, 3, -1)])), 6)
    1.0
    >>> round(walk_balance(SignedGraph.from_edges([(1, 2, -1), (2, 3, -1), (3, 1, -1)])), 3)
    0.686
    """
    graph = _simple(graph)
    if not len(graph):
        return 1.0
    signed, plain = _eigenvalues(graph, signed=True), _eigenvalues(graph, signed=False)
    top = plain.max()
    return float(np.exp(signed - top).sum() / np.exp(plain - top).sum())


def katz_balance(graph: SignedGraph, *, reach: float = 0.5) -> float | None:
    """The same with walks weighed by b^l, where b is `reach` over the largest eigenvalue of |A|; None above `DENSE` nodes.

    >>> round(katz_balance(SignedGraph.from_edges([(1, 2, -1), (2, 3, -1), (3, 1, -1)])), 3)
    0.556
    """
    graph = _simple(graph)
    if not len(graph):
        return 1.0
    if len(graph.nodes) > DENSE:
        return None
    signed, plain = _eigenvalues(graph, signed=True), _eigenvalues(graph, signed=False)
    b = reach / plain.max()
    return float((1 / (1 - b * signed) - 1).sum() / (1 / (1 - b * plain) - 1).sum())


def node_walk_balance(graph: SignedGraph) -> Floats | None:
    """The first measure for the closed walks of each node, exp(A)_ii / exp(|A|)_ii, in the order of the nodes; None above `DENSE` nodes."""
    graph = _simple(graph)
    if len(graph.nodes) > DENSE:
        return None
    values, vectors = np.linalg.eigh(_matrix(graph, signed=True))
    plain_values, plain_vectors = np.linalg.eigh(_matrix(graph, signed=False))
    top = plain_values.max(initial=0)
    return np.asarray((vectors**2 @ np.exp(values - top)) / (plain_vectors**2 @ np.exp(plain_values - top)), np.float64)


def _simple(graph: SignedGraph) -> SignedGraph:
    return graph if not graph.directed else graph.undirected()


def _matrix(graph: SignedGraph, *, signed: bool) -> NDArray[np.float64]:
    matrix = np.zeros((len(graph.nodes), len(graph.nodes)))
    weight = graph.weight if signed else np.abs(graph.weight)
    np.add.at(matrix, (graph.source, graph.target), weight)
    return matrix + matrix.T


def _eigenvalues(graph: SignedGraph, *, signed: bool) -> Floats:
    if len(graph.nodes) <= DENSE:
        return np.asarray(np.linalg.eigvalsh(_matrix(graph, signed=signed)), np.float64)
    return _lanczos(graph, graph.weight if signed else np.abs(graph.weight))


def _lanczos(graph: SignedGraph, weight: Floats) -> Floats:
    """The outer eigenvalues by the method of Lanczos with full reorthogonalisation."""
    size = len(graph.nodes)
    basis = np.zeros((_KRYLOV + 1, size))
    start = np.random.default_rng(0).normal(size=size)
    basis[0] = start / np.linalg.norm(start)
    alpha, beta = np.zeros(_KRYLOV), np.zeros(_KRYLOV)
    for step in range(_KRYLOV):
        vector = basis[step]
        image: Floats = np.zeros(size)
        for a, b in ((graph.source, graph.target), (graph.target, graph.source)):
            image = image + np.bincount(a, weights=weight * vector[b], minlength=size)
        alpha[step] = image @ vector
        image = image - basis[: step + 1].T @ (basis[: step + 1] @ image)
        beta[step] = np.linalg.norm(image)
        if beta[step] < 1e-9:
            alpha, beta = alpha[: step + 1], beta[: step + 1]
            break
        basis[step + 1] = image / beta[step]
    return np.asarray(np.linalg.eigvalsh(np.diag(alpha) + np.diag(beta[:-1], 1) + np.diag(beta[:-1], -1)), np.float64)
