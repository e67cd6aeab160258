"""Signed graphs from what holds edges."""

from __future__ import annotations

import networkx
import numpy as np
import pandas
import polars
import pytest

from frenemy.analysis.network.graph import SignedGraph
from frenemy.errors import NotASignedNetwork

EDGES = [("a", "b", 2.0), ("b", "a", -1.0), ("b", "c", -1.0), ("c", "c", 1.0), ("d", "a", 0.0)]


def test_every_source_of_edges_gives_the_same_graph(tmp_path):
    frame = {"source": [a for a, _, _ in EDGES], "target": [b for _, b, _ in EDGES], "weight": [w for _, _, w in EDGES]}
    drawn = networkx.MultiDiGraph()
    drawn.add_weighted_edges_from(EDGES)
    path = tmp_path / "edges.csv"
    path.write_text("\ufeffsource,target,weight\n# a remark,,\n" + "".join(f"{a},{b},{w}\n" for a, b, w in EDGES), encoding="utf-8")
    for given in (EDGES, pandas.DataFrame(frame), polars.DataFrame(frame), drawn, path, str(path), iter(EDGES), SignedGraph.of(EDGES)):
        graph = SignedGraph.of(given)
        assert sorted(graph) == sorted(SignedGraph.from_edges(EDGES))
        assert set(graph.nodes) == {"a", "b", "c", "d"}


def test_loops_and_zeros_are_dropped_and_their_nodes_stay():
    assert len(SignedGraph.of(EDGES)) == 3
    assert SignedGraph.of(EDGES).nodes == ("a", "b", "c", "d")


def test_edges_of_a_pair_are_added_up_by_sign_or_by_weight():
    graph = SignedGraph.of(EDGES)
    assert list(graph.undirected()) == [("b", "c", -1.0)]  # one friendly, one hostile: neither
    assert list(graph.undirected(weighted=True)) == [("a", "b", 1.0), ("b", "c", -1.0)]
    assert len(graph.directed_view()) == 3


def test_a_view_of_a_view_is_itself():
    simple = SignedGraph.of(EDGES).undirected()
    assert simple.undirected() is simple
    assert simple.directed_view().weight.tolist() == [-1, -1]


def test_columns_of_a_file_may_be_named_or_counted(tmp_path):
    path = tmp_path / "edges.tsv"
    path.write_text("sign\tfrom\tto\n-1\tx\ty\n", encoding="utf-8")
    named = SignedGraph.from_csv(path, delimiter="\t", columns=("from", "to", "sign"))
    assert list(named) == list(SignedGraph.from_csv(path, delimiter="\t", columns=(1, 2, 0))) == [("x", "y", -1.0)]


@pytest.mark.parametrize("weight", ["friend", None, float("nan"), float("inf")])
def test_a_weight_that_is_no_number_is_refused(weight):
    with pytest.raises(NotASignedNetwork, match="no number"):
        SignedGraph.of([("a", "b", weight)])


def test_a_frame_or_file_without_the_columns_says_which(tmp_path):
    with pytest.raises(NotASignedNetwork, match="'weight'"):
        SignedGraph.of(pandas.DataFrame({"source": [], "target": []}))
    (tmp_path / "short.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(NotASignedNetwork, match="too short"):
        SignedGraph.of(tmp_path / "short.csv")


def test_neighbours_are_found_from_both_ends():
    start, neighbour, edge = SignedGraph.of(EDGES).undirected(weighted=True).adjacency
    assert np.diff(start).tolist() == [1, 2, 1, 0]
    assert sorted(neighbour[start[1] : start[2]].tolist()) == [0, 2]
    assert sorted(edge[start[1] : start[2]].tolist()) == [0, 1]
