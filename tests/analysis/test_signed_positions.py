"""Centrality, brokers, common enemies and pressure against published values, brute force and hand counts."""

from __future__ import annotations

from itertools import combinations, product
from math import comb, prod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.analysis.network.brokers import brokers
from frenemy.analysis.network.centrality import pn_centrality, signed_degree, signed_eigenvector, signed_katz
from frenemy.analysis.network.enemies import _tail, common_enemies, hostile_chances
from frenemy.analysis.network.graph import SignedGraph
from frenemy.analysis.network.pressure import pressure, with_frustration
from frenemy.errors import NotASignedNetwork

TEN = SignedGraph.from_edges(
    [
        *((1, 2, 1), (1, 4, 1), (1, 8, -1), (1, 9, -1), (2, 3, 1), (2, 4, -1), (2, 5, 1), (2, 6, -1), (2, 7, -1), (3, 4, 1)),
        *((3, 5, -1), (3, 9, -1), (4, 5, 1), (4, 6, -1), (4, 7, -1), (5, 6, 1), (5, 8, -1), (5, 10, -1), (6, 7, 1), (6, 9, 1)),
        *((6, 10, -1), (7, 8, 1), (7, 9, -1), (7, 10, 1), (8, 9, 1), (9, 10, 1)),
    ],
    nodes=range(1, 11),
    directed=False,
)
"""Table 5 of Everett and Borgatti 2014: every node has as many friends as foes."""
PN = (0.9009747, 0.8613482, 0.9076997, 0.8613482, 0.8410658, 0.8496558, 0.8617321, 0.9015909, 0.8509848, 0.9072930)
"""Its PN centrality, as the R package signnet prints it."""

edge_lists = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from((-1.0, 1.0, 0.5, -2.0))).filter(lambda edge: edge[0] != edge[1]),
    max_size=30,
)


def matrix(graph: SignedGraph) -> np.ndarray:
    found = np.zeros((len(graph.nodes), len(graph.nodes)))
    found[graph.source, graph.target] = graph.weight
    return found


def test_pn_centrality_is_the_published_one_where_degrees_tell_nothing_apart():
    assert list(pn_centrality(TEN).values()) == pytest.approx(PN, abs=1e-7)
    assert {one.ratio for one in signed_degree(TEN).values()} == {0.5}


def test_directed_pn_centrality_of_mutual_ties_is_the_undirected_one():
    for mode in ("in", "out"):
        assert list(pn_centrality(TEN, mode=mode).values()) == pytest.approx(PN, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(edge_lists)
def test_pn_and_katz_solve_their_equations(edges):
    graph = SignedGraph.from_edges(edges, nodes=range(8))
    size, one = 8, np.ones(8)
    for mode in ("in", "out"):
        signs = matrix(graph.directed_view())
        a = np.where(signs < 0, -2, signs) / (2 * size - 2)
        a = a.T if mode == "in" else a
        expected = np.linalg.solve(np.eye(size) - a @ a.T, (np.eye(size) + a) @ one)
        assert list(pn_centrality(graph, mode=mode).values()) == pytest.approx(expected, abs=1e-8)
        signs = signs.T if mode == "in" else signs
        katz = np.linalg.solve(np.eye(size) - 0.1 * signs, one)
        assert list(signed_katz(graph, mode=mode, attenuation=0.1).values()) == pytest.approx(katz, abs=1e-8)
    both = matrix(graph.undirected())
    both += both.T
    a = np.where(both < 0, -2, both) / (2 * size - 2)
    assert list(pn_centrality(graph).values()) == pytest.approx(np.linalg.solve(np.eye(size) - a, one), abs=1e-8)
    reach = 0.85 / max(abs(both).sum(axis=0).max(), 1e-12)
    assert list(signed_katz(graph).values()) == pytest.approx(np.linalg.solve(np.eye(size) - reach * both, one), abs=1e-8)


def test_eigenvector_is_the_published_one_and_iteration_agrees(monkeypatch):
    graph = SignedGraph.from_edges([(a, b, -1 if (a, b) == (0, 1) else 1) for a, b in combinations(range(5), 2)])
    expected = [0.68614066, 0.68614066, 1, 1, 1]
    assert list(signed_eigenvector(graph).values()) == pytest.approx(expected, abs=1e-8)
    monkeypatch.setattr("frenemy.analysis.network.centrality.DENSE", 0)
    assert list(signed_eigenvector(graph).values()) == pytest.approx(expected, abs=1e-6)


def test_turning_a_camp_turns_its_signs_in_the_eigenvector():
    friends = SignedGraph.from_edges([(a, b, 1) for a, b in combinations(range(6), 2) if (a, b) != (0, 5)])
    camps = SignedGraph.from_edges([(a, b, 1 if (a < 3) == (b < 3) else -1) for a, b, _ in friends], nodes=friends.nodes)
    plain, turned = signed_eigenvector(friends), signed_eigenvector(camps)
    assert [abs(turned[node]) for node in range(6)] == pytest.approx([plain[node] for node in range(6)])
    assert {turned[0] * turned[node] > 0 for node in (1, 2)} == {True}
    assert {turned[0] * turned[node] > 0 for node in (3, 4, 5)} == {False}


def test_no_one_eigenvector_is_an_error_that_says_so():
    with pytest.raises(NotASignedNetwork, match="one connected part"):
        signed_eigenvector(SignedGraph.from_edges([("a", "b", 1), ("c", "d", 1)]))
    with pytest.raises(NotASignedNetwork, match="smaller one"):
        signed_katz(SignedGraph.from_edges([("a", "b", 1)]), attenuation=2)


@settings(max_examples=40, deadline=None)
@given(edge_lists, st.lists(st.integers(0, 2), min_size=8, max_size=8))
def test_roles_of_brokers_are_those_counted_by_hand(edges, parts):
    graph = SignedGraph.from_edges(edges, nodes=range(8))
    friendly = {(a, b) for a, b, weight in graph.directed_view() if weight > 0}
    found = brokers(graph, dict(enumerate(parts)))
    for node in range(8):
        triples = [
            (parts[a], parts[node], parts[c])
            for a, c in product(range(8), repeat=2)
            if a != c and (a, node) in friendly and (node, c) in friendly and (a, c) not in friendly
        ]
        assert found[node].roles == {
            "coordinator": sum(a == b == c for a, b, c in triples),
            "gatekeeper": sum(a != b == c for a, b, c in triples),
            "representative": sum(a == b != c for a, b, c in triples),
            "consultant": sum(a == c != b for a, b, c in triples),
            "liaison": sum(len({a, b, c}) == 3 for a, b, c in triples),
        }
        near = {b if a == node else a for a, b in friendly if node in (a, b)}
        shares = [sum(parts[other] == part for other in near) / max(len(near), 1) for part in range(3)]
        assert found[node].participation == pytest.approx(1 - sum(share**2 for share in shares) if near else 0)
        assert found[node].within == sum(parts[other] == parts[node] for other in near)


def test_the_tail_is_the_sum_over_all_outcomes():
    chances, counts = np.array([0.1, 0.5, 0.8]), np.array([2, 3, 1])
    each = np.repeat(chances, counts)
    outcomes = {draw: prod(c if hit else 1 - c for c, hit in zip(each, draw, strict=True)) for draw in product((0, 1), repeat=6)}
    expected = [sum(p for draw, p in outcomes.items() if sum(draw) >= least) for least in range(7)]
    assert _tail(chances, counts, 6) == pytest.approx(expected)
    rare = _tail(np.array([0.001]), np.array([40]), 12)
    assert rare[12] == pytest.approx(sum(comb(40, k) * 0.001**k * 0.999 ** (40 - k) for k in range(12, 41)), rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(edge_lists)
def test_the_null_model_expects_every_degree(edges):
    graph = SignedGraph.from_edges(edges, nodes=range(8)).undirected()
    degrees, counts = np.unique(np.bincount(np.concatenate([graph.source, graph.target]), minlength=8), return_counts=True)
    chances = hostile_chances(degrees, counts)
    assert chances @ counts - np.diag(chances) == pytest.approx(degrees, abs=1e-3)
    assert (chances == chances.T).all()


@settings(max_examples=40, deadline=None)
@given(edge_lists)
def test_common_enemies_are_those_that_both_are_hostile_to(edges):
    graph = SignedGraph.from_edges(edges, nodes=range(8))
    ties = {frozenset((a, b)): weight for a, b, weight in graph.undirected(weighted=True)}
    expected = {
        (a, b): {foe for foe in range(8) if ties.get(frozenset((a, foe)), 0) < 0 and ties.get(frozenset((b, foe)), 0) < 0}
        for a, b in combinations(range(8), 2)
        if ties.get(frozenset((a, b)), 0) <= 0
    }
    found = common_enemies(graph)
    assert {(one.one, one.other): set(one.enemies) for one in found} == {pair: foes for pair, foes in expected.items() if foes}
    assert all(0 <= one.p <= one.q <= 1 for one in found)
    assert {(one.one, one.other) for one in common_enemies(graph, least=2)} == {pair for pair, foes in expected.items() if len(foes) > 1}


def test_sharing_rare_enemies_is_more_remarkable_than_sharing_everybodys():
    everybodys = [(f"n{i}", "villain", -1) for i in range(40)]
    rare = [(who, foe, -1) for who in ("a", "b") for foe in ("x", "y", "z")]
    found = common_enemies(SignedGraph.from_edges([*everybodys, *rare]))
    first = found[0]
    assert {first.one, first.other} in ({"a", "b"}, {"x", "y"}, {"y", "z"}, {"x", "z"})
    assert first.p < 0.01
    assert all(one.p > 0.4 for one in found if "villain" in one.enemies)


@settings(max_examples=40, deadline=None)
@given(edge_lists)
def test_relief_is_how_many_fewer_triads_are_unbalanced_when_the_tie_turns(edges):
    graph = SignedGraph.from_edges(edges, nodes=range(8)).undirected(weighted=True)

    def unbalanced(ties):
        strengths = [
            prod(weights)
            for triad in combinations(range(8), 3)
            if all(weights := [ties.get(frozenset(pair), 0) for pair in combinations(triad, 2)])
        ]
        return sum(s < 0 for s in strengths), sum(abs(s) ** (1 / 3) for s in strengths if s < 0)

    ties = {frozenset((a, b)): weight for a, b, weight in graph}
    before = unbalanced(ties)
    found = pressure(graph)
    for one in found:
        pair = frozenset((one.one, one.other))
        after = unbalanced({**ties, pair: -ties[pair]})
        assert one.relief == before[0] - after[0]
        assert one.settled == pytest.approx(before[1] - after[1])
        assert len(one.against) == one.unbalanced > 0
    assert sum(one.unbalanced for one in found) == 3 * before[0]


def test_frustration_says_what_a_turn_settles_in_the_whole():
    def index(graph):
        size = len(graph.nodes)
        return min(
            sum((sides[a] != sides[b]) == (w > 0) for a, b, w in zip(graph.source, graph.target, graph.weight, strict=True))
            for sides in product((0, 1), repeat=size)
        )

    edges = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1), ("a", "d", 1), ("c", "d", 1)]
    graph = SignedGraph.from_edges(edges)
    first, *rest = with_frustration(pressure(graph), graph, index)
    assert (first.one, first.other, first.frustration) == ("a", "c", 1)
    assert all(one.frustration <= 1 for one in rest)


TRIBES = Path("../shared/data/networks/snap_signed_static/highlandtribes.csv")


@pytest.mark.skipif(not TRIBES.exists(), reason="the evaluation data is not here")
def test_tribes_by_mean_of_dense_algebra():
    graph = SignedGraph.from_csv(TRIBES, directed=False)
    signs = matrix(graph.undirected())
    signs += signs.T
    a = np.where(signs < 0, -2, signs) / 30
    assert list(pn_centrality(graph).values()) == pytest.approx(np.linalg.solve(np.eye(16) - a, np.ones(16)), abs=1e-9)
    assert sum(one.friends for one in signed_degree(graph).values()) == 58
    assert sum(one.foes for one in signed_degree(graph).values()) == 58
