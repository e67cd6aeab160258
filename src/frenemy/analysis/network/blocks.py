"""Blocks: the parts of a graph that hang together by more than one node. Every cycle lies within one, so each is solved alone."""

from __future__ import annotations

import numpy as np

from frenemy.analysis.network.graph import Ints, SignedGraph


def blocks(graph: SignedGraph) -> list[Ints]:
    """The edges of each biconnected component with a cycle (Hopcroft and Tarjan 1973), smallest first; edges in no cycle are left out.

    >>> bowtie = SignedGraph.from_edges([(1, 2, 1), (2, 3, 1), (3, 1, -1), (3, 4, 1), (4, 5, 1), (5, 3, 1), (5, 6, -1)])
    >>> sorted(block.tolist() for block in blocks(bowtie))
    [[0, 1, 2], [3, 4, 5]]
    """
    start, neighbour, through = (part.tolist() for part in graph.adjacency)
    order = [-1] * len(graph.nodes)  # when each node was first met
    low = [0] * len(graph.nodes)  # the earliest node that can be reached below it
    found: list[list[int]] = []
    met = 0
    for root in range(len(graph.nodes)):
        if order[root] >= 0:
            continue
        order[root] = low[root] = met
        met += 1
        stack: list[tuple[int, int, int]] = [(root, -1, start[root])]
        edges: list[int] = []
        while stack:
            node, by, slot = stack.pop()
            if slot < start[node + 1]:
                stack.append((node, by, slot + 1))
                other, edge = neighbour[slot], through[slot]
                if order[other] < 0:
                    edges.append(edge)
                    order[other] = low[other] = met
                    met += 1
                    stack.append((other, edge, start[other]))
                elif edge != by and order[other] < order[node]:
                    edges.append(edge)
                    low[node] = min(low[node], order[other])
            elif stack:
                above = stack[-1][0]
                low[above] = min(low[above], low[node])
                if low[node] >= order[above]:
                    begin = len(edges) - 1 - edges[::-1].index(by)
                    found.append(edges[begin:])
                    del edges[begin:]
    return sorted((np.sort(np.array(block, np.int64)) for block in found if len(block) > 1), key=len)
