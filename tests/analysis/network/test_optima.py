"""What all best partitions share, against a list of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.network.graphs import least, signed_graphs

from frenemy.analysis.network.optima import optima
from frenemy.analysis.network.partition import frustration_index, partition
from frenemy.analysis.network.stability import cores, moves, stability


@given(signed_graphs(weights=(1.0, 3.0)), st.sampled_from([2, 3, None]))
@settings(max_examples=40, deadline=None)
def test_every_some_and_no_optimum(graph, k):
    best = partition(graph, k, weighted=True)
    _, frustrated = least(best.graph, k)
    found = optima(best)
    assert found.settled
    assert set(np.flatnonzero(found.ever)) == set().union(*frustrated)
    assert set(np.flatnonzero(found.always)) == set.intersection(*map(set, frustrated))
    assert found.unique == (len(frustrated) == 1)
    assert all(one.value == best.value for one in found.partitions)


def test_what_is_not_proven_is_not_settled():
    everybody = [(a, b, -1 if (a * b) % 3 else 1) for b in range(40) for a in range(b)]
    found = optima(frustration_index(everybody, time_limit=0.1), time_limit=0.1)
    assert not found.settled
    assert found.unique is not True


def test_cores_hold_what_stays_together():
    edges = [("a", "b", 1), ("b", "c", 1), ("c", "a", 1), ("x", "y", 1), ("a", "x", -1), ("c", "y", -1), ("z", "a", -1), ("z", "x", -1)]
    assert cores(optima(frustration_index(edges)))[0] == ("a", "b", "c", "x", "y")
    assert ("z",) in cores(optima(frustration_index(edges)))


def test_sure_stances_give_sure_members_and_doubtful_ones_do_not():
    sure = [("a", "b", 0.5, 0.9), ("b", "c", 0.5, 0.9), ("a", "x", -0.9, -0.5), ("x", "y", 0.4, 0.8)]
    reference = partition([(a, b, (low + high) / 2) for a, b, low, high in sure], weighted=True)
    assert set(stability(reference, sure, draws=20).nodes.values()) == {1.0}
    doubtful = [*sure[:3], ("x", "y", -0.4, 0.8)]
    found = stability(reference, doubtful, draws=60)
    assert found.nodes["a"] == 1
    assert 0.4 < found.nodes["y"] < 0.95 or 0.4 < found.nodes["x"] < 0.95
    assert 0.1 < found.edges["x", "y"] < 0.6


def test_draws_are_the_same_for_one_seed():
    spans = [(a, b, -0.5, 0.6) for b in range(6) for a in range(b)]
    reference = partition([(a, b, 0.05) for a, b, _, _ in spans], weighted=True)
    assert stability(reference, spans, draws=10, seed=4) == stability(reference, spans, draws=10, seed=4)


def test_moves_name_whom_one_left_and_joined():
    before, after = [("a", "b", "c"), ("x", "y")], [("x", "y", "c", "new"), ("a", "b")]
    (moved,) = moves(before, after)
    assert (moved.node, moved.left, moved.joined) == ("c", ("a", "b"), ("x", "y"))
    assert moves(before, before) == moves([], after) == []
