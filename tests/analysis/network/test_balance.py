"""Measures of balance against independent counts."""

from __future__ import annotations

from datetime import date
from itertools import combinations, permutations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from scipy.linalg import expm
from tests.analysis.network.graphs import signed_graphs

from frenemy.analysis.network import walks
from frenemy.analysis.network.balance import balance, edge_balance, node_balance, trend, triangle_index
from frenemy.analysis.network.graph import SignedGraph
from frenemy.analysis.network.partition import frustration_index
from frenemy.analysis.network.semicycles import directed_balance
from frenemy.analysis.network.triads import triads


def matrix(graph: SignedGraph) -> np.ndarray:
    signed = np.zeros((len(graph.nodes), len(graph.nodes)))
    signed[graph.source, graph.target] = graph.weight
    return signed + signed.T


@given(signed_graphs(most=9))
@settings(max_examples=60, deadline=None)
def test_triads_are_those_of_the_matrix_and_of_networkx(graph):
    graph = graph.undirected()
    found = triads(graph)
    signed = matrix(graph)
    positive = round(np.trace(np.linalg.matrix_power(np.abs(signed), 3)) + np.trace(np.linalg.matrix_power(signed, 3))) / 12
    assert found.balanced().sum() == positive
    drawn = networkx.Graph(zip(graph.source.tolist(), graph.target.tolist(), strict=True))
    assert len(found) == sum(networkx.triangles(drawn).values()) / 3
    listed = [trio for kind in found.census for trio in found.members(kind)]
    assert len(listed) == len(set(listed)) == sum(found.census.values()) == len(found)


@given(signed_graphs(most=8))
@settings(max_examples=40, deadline=None)
def test_classes_hold_their_members(graph):
    graph = graph.undirected()
    signs = {frozenset((a, b)): weight for a, b, weight in graph}
    expected: dict[str, list[tuple[object, ...]]] = {"+++": [], "++-": [], "+--": [], "---": []}
    for trio in combinations(graph.nodes, 3):
        ties = [signs.get(frozenset(pair)) for pair in combinations(trio, 2)]
        if None not in ties:
            expected["+" * sum(w > 0 for w in ties if w) + "-" * sum(w < 0 for w in ties if w)].append(trio)
    assert {kind: triads(graph).members(kind) for kind in expected} == expected


def test_a_weighted_triad_counts_by_its_strength():
    edges = [(1, 2, 8), (2, 3, 8), (1, 3, 8), (3, 4, 1), (4, 5, 1), (3, 5, -1)]
    assert triangle_index(triads(edges)) == 0.5
    assert triangle_index(triads(edges, weighted=True)) == pytest.approx(8 / 9)


@given(signed_graphs(most=8))
@settings(max_examples=30, deadline=None)
def test_walks_are_counted_as_by_the_matrix_exponential(graph):
    graph = graph.undirected()
    signed = matrix(graph)
    if len(graph):
        assert walks.walk_balance(graph) == pytest.approx(np.trace(expm(signed)) / np.trace(expm(np.abs(signed))))
        by_node = walks.node_walk_balance(graph)
        assert by_node == pytest.approx(np.diag(expm(signed)) / np.diag(expm(np.abs(signed))))
        assert 0 < walks.katz_balance(graph) <= 1 + 1e-9


def test_many_nodes_give_the_same_by_their_largest_eigenvalues(monkeypatch):
    dice = np.random.default_rng(2)
    edges = [(a, b, dice.choice((1, 1, -1))) for b in range(200) for a in range(b) if dice.random() < 0.1]
    graph = SignedGraph.of(edges).undirected()
    whole = walks.walk_balance(graph)
    monkeypatch.setattr(walks, "DENSE", 10)
    assert walks.walk_balance(graph) == pytest.approx(whole, rel=0.01)
    assert walks.katz_balance(graph) is None


@given(signed_graphs(most=7))
@settings(max_examples=30, deadline=None)
def test_a_balanced_graph_is_one_by_every_measure(graph):
    graph = graph.undirected()
    sides = np.where(np.arange(len(graph.nodes)) % 2, 1, -1)
    edges = [(a, b, sides[a] * sides[b]) for a, b in zip(graph.source.tolist(), graph.target.tolist(), strict=True)]
    found = balance(edges)
    measures = (found.triangle, found.walk, found.katz, found.frustration)
    assert all(one is None or one == pytest.approx(1) for one in measures)


def test_nodes_and_edges_carry_their_share():
    found = frustration_index([("a", "b", 1), ("b", "c", 1), ("c", "a", -1), ("c", "d", -1), ("a", "d", 1)])
    nodes = {one.node: one for one in node_balance(found)}
    assert [(nodes[n].triads, nodes[n].balanced) for n in "abcd"] == [(2, 1), (1, 0), (2, 1), (1, 1)]
    assert sum(one.frustrated for one in nodes.values()) == 2 * found.value
    edges = {(one.source, one.target): one for one in edge_balance(found)}
    assert (edges["a", "c"].triads, edges["a", "c"].balanced) == (2, 1)
    assert sum(one.frustrated for one in edges.values()) == found.value


def test_transitive_semicycles_are_those_of_all_triples():
    dice = np.random.default_rng(8)
    edges = {(a, b): int(dice.choice((1, -1))) for a in range(9) for b in range(9) if a != b and dice.random() < 0.4}
    products = [
        edges[x, y] * edges[y, z] * edges[x, z]
        for x, y, z in permutations(range(9), 3)
        if (x, y) in edges and (y, z) in edges and (x, z) in edges
    ]
    found = directed_balance([(a, b, sign) for (a, b), sign in edges.items()])
    assert (found.semicycles, found.balanced) == (len(products), products.count(1))


def test_a_cycle_without_a_way_across_is_not_transitive():
    found = directed_balance([(1, 2, 1), (2, 3, 1), (3, 1, -1)])
    assert (found.semicycles, found.triads, found.triad_balance) == (0, 0, None)


def test_a_trend_is_in_order_of_time():
    triangle = [(1, 2, 1), (2, 3, 1), (1, 3, 1)]
    unrest = [(1, 2, 1), (2, 3, 1), (1, 3, -1)]
    found = trend([(date(2024, 1, 1), unrest), (date(2023, 1, 1), triangle)])
    assert [(at.year, one.triangle, one.strict.value) for at, one in found] == [(2023, 1.0, 0), (2024, 0.0, 1)]
