"""A signed graph: nodes under any labels, edges whose weight's sign says friend or foe.

What is given is kept: several edges between the same two nodes, both ways, as they came. Two views make it simple. `undirected` joins all
edges between two nodes, `directed_view` all edges from one node to another: their weights (or, unweighted, their signs) are added up, and a
pair that adds up to zero is left out, since it says neither friend nor foe. An edge of weight zero and an edge from a node to itself say
nothing about balance; they are dropped, their nodes stay.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from frenemy.errors import NotASignedNetwork

if TYPE_CHECKING:
    from collections.abc import Sequence

Label = Hashable
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SignedGraph:
    """Nodes by label, edges as three arrays of one length: `source` and `target` index `nodes`, `weight` is not zero.

    >>> graph = SignedGraph.from_edges([("a", "b", 1), ("b", "c", -1), ("c", "b", -2)])
    >>> graph.nodes, len(graph)
    (('a', 'b', 'c'), 3)
    >>> list(graph.undirected())
    [('a', 'b', 1.0), ('b', 'c', -1.0)]
    >>> list(graph.undirected(weighted=True))
    [('a', 'b', 1.0), ('b', 'c', -3.0)]
    """

    nodes: tuple[Label, ...]
    source: Ints
    target: Ints
    weight: Floats
    directed: bool = True
    _simple: str = field(default="", repr=False)  # which view this is, so that a view of a view costs nothing

    @classmethod
    def from_edges(cls, edges: Iterable[Sequence[Any]], *, nodes: Iterable[Label] = (), directed: bool = True) -> SignedGraph:
        """From (source, target, weight) triples; `nodes` names those that may have no edge, and settles the order.

        >>> SignedGraph.from_edges([("a", "b")])
        Traceback (most recent call last):
        ...
        frenemy.errors.NotASignedNetwork: ('a', 'b') is no edge. Give (source, target, weight).
        """
        index: dict[Label, int] = {label: place for place, label in enumerate(dict.fromkeys(nodes))}
        source, target, weight = [], [], []
        for edge in edges:
            a, b, value = _edge(edge)
            ends = index.setdefault(a, len(index)), index.setdefault(b, len(index))
            if value and a != b:
                source.append(ends[0])
                target.append(ends[1])
                weight.append(value)
        return cls(tuple(index), np.array(source, np.int64), np.array(target, np.int64), np.array(weight, np.float64), directed)

    @classmethod
    def of(cls, given: Any) -> SignedGraph:
        """From whatever holds edges: a SignedGraph, a CSV file's path, a DataFrame, a networkx graph, or an iterable of triples.

        >>> SignedGraph.of([(1, 2, -1)]).nodes
        (1, 2)
        """
        if isinstance(given, cls):
            return given
        if isinstance(given, (str, Path)):
            return cls.from_csv(given)
        if hasattr(given, "columns"):
            return cls.from_frame(given)
        return cls.from_networkx(given) if hasattr(given, "nodes") and hasattr(given, "edges") else cls.from_edges(given)

    @classmethod
    def from_frame(
        cls, frame: Any, *, source: str = "source", target: str = "target", weight: str = "weight", directed: bool = True
    ) -> SignedGraph:
        """From a pandas or polars DataFrame with one edge a row.

        >>> import pandas
        >>> len(SignedGraph.from_frame(pandas.DataFrame({"u": [1], "v": [2], "sign": [-1]}), source="u", target="v", weight="sign"))
        1
        """
        missing = [name for name in (source, target, weight) if name not in frame.columns]
        if missing:
            raise NotASignedNetwork(f"The frame has no column {missing[0]!r}, only {', '.join(map(str, frame.columns))}. Name it.")
        columns = (frame[name].to_list() for name in (source, target, weight))
        return cls.from_edges(zip(*columns, strict=True), directed=directed)

    @classmethod
    def from_networkx(cls, graph: Any, *, weight: str = "weight") -> SignedGraph:
        """From a networkx graph, directed or not, one edge or several between two nodes; isolated nodes stay.

        >>> import networkx
        >>> given = networkx.Graph([("a", "b", {"weight": -1})])
        >>> given.add_node("alone")
        >>> SignedGraph.from_networkx(given).nodes
        ('a', 'b', 'alone')
        """
        edges = graph.edges(data=weight)
        return cls.from_edges(edges, nodes=graph.nodes, directed=graph.is_directed())

    @classmethod
    def from_csv(
        cls, path: str | Path, *, delimiter: str = ",", columns: Sequence[str | int] = (0, 1, 2), directed: bool = True
    ) -> SignedGraph:
        """From a text file with one edge a line; `columns` names source, target and weight, by header or by place.

        A first line whose weight is no number is taken as the header. Lines that begin with # are skipped.
        """
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter=delimiter) if row and not row[0].startswith("#")]
        places = _places(rows, columns, path)
        widest = max(places, default=0)
        short = next((row for row in rows if len(row) <= widest), None)
        if short:
            raise NotASignedNetwork(f"{path}: the line {delimiter.join(short)!r} is too short. Each needs source, target and weight.")
        header = 1 if rows and _number(rows[0][places[2]]) is None else 0
        return cls.from_edges(([row[place] for place in places] for row in rows[header:]), directed=directed)

    def __len__(self) -> int:
        return len(self.weight)

    def __iter__(self) -> Iterator[tuple[Label, Label, float]]:
        for a, b, value in zip(self.source.tolist(), self.target.tolist(), self.weight.tolist(), strict=True):
            yield self.nodes[a], self.nodes[b], value

    @cached_property
    def sign(self) -> Ints:
        """+1 or -1 for each edge."""
        return np.sign(self.weight).astype(np.int64)

    @cached_property
    def place(self) -> dict[Label, int]:
        """Where each label stands in `nodes`."""
        return {label: place for place, label in enumerate(self.nodes)}

    @cached_property
    def adjacency(self) -> tuple[Ints, Ints, Ints]:
        """Of edges taken both ways: for node v, `neighbour[start[v]:start[v + 1]]` and beside it the index of each edge."""
        ends = np.concatenate([self.source, self.target])
        order = np.argsort(ends, kind="stable")
        start = np.searchsorted(ends[order], np.arange(len(self.nodes) + 1))
        return start, np.concatenate([self.target, self.source])[order], (order % max(len(self), 1)).astype(np.int64)

    def undirected(self, *, weighted: bool = False) -> SignedGraph:
        """All edges between two nodes as one, from the earlier to the later of `nodes`, in that order; unweighted, each weighs 1 or -1."""
        low, high = np.minimum(self.source, self.target), np.maximum(self.source, self.target)
        return self._joined(low, high, weighted, directed=False)

    def directed_view(self, *, weighted: bool = False) -> SignedGraph:
        """All edges from one node to another as one. An undirected graph is taken both ways."""
        if self.directed:
            return self._joined(self.source, self.target, weighted, directed=True)
        both = np.concatenate([self.source, self.target]), np.concatenate([self.target, self.source])
        twice = SignedGraph(self.nodes, *both, np.tile(self.weight, 2))
        return twice.directed_view(weighted=weighted)

    def subgraph(self, edges: NDArray[Any]) -> SignedGraph:
        """The same nodes with some of the edges, given as indices or as a mask."""
        return SignedGraph(self.nodes, self.source[edges], self.target[edges], self.weight[edges], self.directed, self._simple)

    def _joined(self, a: Ints, b: Ints, weighted: bool, directed: bool) -> SignedGraph:
        view = f"{'directed' if directed else 'undirected'} {'weighted' if weighted else 'signs'}"
        if self._simple == view:
            return self
        pairs, inverse = np.unique(a * len(self.nodes) + b, return_inverse=True)
        total = np.bincount(inverse, weights=self.weight if weighted else np.sign(self.weight), minlength=len(pairs))
        kept = np.abs(total) > 1e-12 * max(1.0, float(np.abs(self.weight).max(initial=0)))
        pairs, total = pairs[kept], total[kept]
        size = max(len(self.nodes), 1)
        return SignedGraph(
            self.nodes, pairs // size, pairs % size, np.asarray(total if weighted else np.sign(total), np.float64), directed, view
        )


def _edge(edge: Sequence[Any]) -> tuple[Label, Label, float]:
    if len(edge) != 3:
        raise NotASignedNetwork(f"{edge!r} is no edge. Give (source, target, weight).")
    a, b, value = edge
    number = _number(value)
    if number is None or not math.isfinite(number):
        raise NotASignedNetwork(
            f"The edge {(a, b, value)!r} has no number as its weight. Give a positive one for friends, a negative one for foes."
        )
    return a, b, number


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _places(rows: Sequence[Sequence[str]], columns: Sequence[str | int], path: str | Path) -> list[int]:
    header = rows[0] if rows else []
    places = []
    for column in columns:
        if isinstance(column, str) and column not in header:
            raise NotASignedNetwork(f"{path}: there is no column {column!r} in {', '.join(header)}. Name those that hold the edges.")
        places.append(column if isinstance(column, int) else header.index(column))
    return places
