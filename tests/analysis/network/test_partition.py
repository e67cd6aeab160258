"""Best partitions against all partitions, and their proofs."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.network.graphs import least, least_of_two, signed_graphs

from frenemy.analysis.network import covering
from frenemy.analysis.network.certificate import Leaf, Obstruction, Split
from frenemy.analysis.network.graph import SignedGraph
from frenemy.analysis.network.partition import Partition, frustration_index, partition
from frenemy.analysis.network.search import frustration_of
from frenemy.errors import FalseCertificate


def random_graph(size: int, share: float, seed: int) -> SignedGraph:
    dice = random.Random(seed)
    pairs = [(a, b) for b in range(size) for a in range(b) if dice.random() < share]
    return SignedGraph.from_edges([(a, b, dice.choice((1, -1))) for a, b in pairs], nodes=range(size), directed=False)


@given(signed_graphs(weights=(1.0, 2.0)), st.sampled_from([1, 2, 3, 4, None]))
@settings(max_examples=80, deadline=None)
def test_no_partition_is_better(graph, k):
    found = partition(graph, k, weighted=True)
    assert found.proven
    assert found.value == least(found.graph, k)[0]
    assert found.verify()


@given(signed_graphs(weights=(0.3, 0.71)), st.sampled_from([2, None]))
@settings(max_examples=25, deadline=None)
def test_weights_need_not_be_whole(graph, k):
    found = partition(graph, k, weighted=True)
    assert found.proven
    assert found.value == pytest.approx(least(found.graph, k)[0])
    assert found.verify()


@given(signed_graphs(most=14))
@settings(max_examples=40, deadline=None)
def test_the_frustration_index_is_that_of_all_sides_tried(graph):
    found = frustration_index(graph)
    assert found.value == least_of_two(found.graph)
    assert found.verify()


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_where_the_relaxation_leaves_a_gap_cases_close_it(share):
    for seed in range(3):
        found = frustration_index(random_graph(14, share, seed))
        assert found.proven
        assert found.value == least_of_two(found.graph)
        assert found.verify()


def test_the_packing_of_large_blocks_gives_the_same(monkeypatch):
    graphs = [random_graph(12, 0.5, seed) for seed in range(6)]
    expected = [frustration_index(graph).value for graph in graphs]
    monkeypatch.setattr(covering, "LARGE", 0)
    found = [frustration_index(graph) for graph in graphs]
    assert [one.value for one in found] == expected
    assert all(one.proven and one.verify() for one in found)


def test_a_balanced_graph_has_nothing_frustrated_and_its_camps_come_out():
    camps = {node: node % 3 == 0 for node in range(40)}
    dice = random.Random(3)
    edges = [(a, b, 1 if camps[a] == camps[b] else -1) for b in range(40) for a in range(b) if dice.random() < 0.2]
    found = frustration_index(edges)
    assert (found.value, found.frustrated) == (0, [])
    assert {camps[node] for node in found.blocs[0]} == {False}


def test_foes_of_all_need_a_part_each():
    everybody = [(a, b, -1) for b in range(7) for a in range(b)]
    assert [partition(everybody, k).value for k in (1, 2, 3, 7, None)] == [21, 9, 5, 0, 0]
    assert len(partition(everybody).blocs) == 7
    assert all(partition(everybody, k).verify() for k in (1, 2, 3, 7, None))


def test_parts_are_numbered_by_size_and_hold_everybody():
    found = partition([("a", "b", 1), ("b", "c", 1), ("x", "y", 1), ("a", "x", -1)])
    assert found.blocs == [("a", "b", "c"), ("x", "y")]


def test_no_edges_and_no_nodes():
    for given_ in ([], [("a", "a", 1)]):
        found = partition(given_)
        assert (found.value, found.bound, found.proven, found.gap) == (0, 0, True, 0)
        assert found.verify()


@pytest.mark.parametrize("size", [1e-9, 1e12, 0.1])
def test_the_size_of_all_weights_does_not_matter(size, monkeypatch):
    graph = random_graph(12, 0.6, 9)
    scaled = [(a, b, weight * size) for a, b, weight in graph]
    for large in (covering.LARGE, 0):
        monkeypatch.setattr(covering, "LARGE", large)
        for k in (1, 2, None):
            found = partition(scaled, k, weighted=True)
            assert found.proven
            assert found.value == pytest.approx(size * partition(graph, k).value)
            assert found.verify()


def test_a_part_there_must_be():
    with pytest.raises(ValueError, match="at least one part"):
        partition([], 0)


def test_when_time_is_up_the_best_so_far_and_a_bound_that_holds_are_given():
    found = frustration_index(random_graph(60, 0.5, 1), time_limit=0.3)
    assert not found.proven
    assert 0 < found.bound < found.value
    assert found.gap == pytest.approx((found.value - found.bound) / found.value)
    assert found.verify()


@pytest.fixture(scope="module")
def proven() -> Partition:
    return frustration_index(random_graph(14, 0.8, 5))


def test_a_bound_that_the_certificate_does_not_reach_is_refused(proven):
    assert proven.verify()
    assert not replace(proven, bound=proven.bound + 1).verify()
    assert not replace(proven, value=proven.value - 1).verify()
    assert not replace(proven, parts=np.zeros_like(proven.parts)).verify()


def test_a_packing_beyond_the_weights_gains_nothing(proven):
    def doubled(proof: Leaf | Split) -> Leaf | Split:
        if isinstance(proof, Split):
            return Split(proof.edge, doubled(proof.satisfied), doubled(proof.frustrated))
        return Leaf(tuple((number, 2 * amount) for number, amount in proof.packed))

    certificate = proven.certificate
    forged = replace(certificate, blocks=tuple((edges, doubled(proof)) for edges, proof in certificate.blocks))
    assert forged.verify(proven.graph) <= proven.value


def test_an_obstruction_that_is_none_is_refused(proven):
    friends = SignedGraph.of([(1, 2, 1), (2, 3, 1), (1, 3, 1)]).undirected()
    certificate = proven.certificate
    forged = replace(certificate, obstructions=(Obstruction((0, 1, 2)),), blocks=(((0, 1, 2), Leaf(((0, 1.0),))),))
    with pytest.raises(FalseCertificate, match="can all be satisfied"):
        forged.verify(friends)
    twice = replace(certificate, blocks=certificate.blocks * 2)
    with pytest.raises(FalseCertificate, match="two blocks"):
        twice.verify(proven.graph)


def test_the_value_is_that_of_the_parts(proven):
    assert proven.value == frustration_of(proven.graph, proven.parts) == len(proven.frustrated)
