"""The signed network as a picture: actors on a circle, friends near each other, solid lines for friends and dashed ones for foes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frenemy.views.standing import Pair

ACTORS = 16
WIDTH, HEIGHT = 760, 520
RADIUS_X, RADIUS_Y = 220, 195


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor in the picture: its place, its label's place and which way the label runs."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A pair in the picture: a curve that bends toward the middle."""

    pair: Pair
    path: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All that the template draws."""

    width: int
    height: int
    nodes: Sequence[Node]
    edges: Sequence[Edge]


def draw(pairs: Sequence[Pair]) -> Network | None:
    """The picture of the actors with most signed ties; None when nobody has any."""
    weight: Counter[str] = Counter()
    names: dict[str, str] = {}
    signed = [pair for pair in pairs if pair.balance.sign]
    for pair in signed:
        for actor, name in zip(pair.ids, pair.names, strict=True):
            weight[actor] += pair.balance.friendly + pair.balance.hostile
            names[actor] = name
    chosen = sorted(weight, key=lambda actor: (-weight[actor], actor))[:ACTORS]
    inside = [pair for pair in signed if set(pair.ids) <= set(chosen)]
    chosen = [actor for actor in chosen if any(actor in pair.ids for pair in inside)]
    if not inside:
        return None
    order = around(chosen, {pair.ids: pair.balance.friendly - pair.balance.hostile for pair in inside})
    angles = {actor: 2 * math.pi * i / len(order) - math.pi / 2 for i, actor in enumerate(order)}
    nodes = [_node(names[actor], angle) for actor, angle in angles.items()]
    edges = [_edge(pair, *(angles[actor] for actor in pair.ids)) for pair in reversed(inside)]
    return Network(width=WIDTH, height=HEIGHT, nodes=nodes, edges=edges)


def around(actors: Sequence[str], lean: Mapping[tuple[str, str], int]) -> list[str]:
    """An order around the circle in which friends tend to be neighbours: each next actor is the one friendliest to the last.

    >>> around(["a", "b", "c"], {("a", "b"): -2, ("a", "c"): 1})
    ['a', 'c', 'b']
    """
    rest = list(actors)
    order: list[str] = []
    while rest:
        last = order[-1] if order else ""
        rest.sort(key=lambda actor: (-(lean.get((last, actor), 0) + lean.get((actor, last), 0)), actors.index(actor)))
        order.append(rest.pop(0))
    return order


def _at(angle: float, outward: float = 0) -> tuple[float, float]:
    x, y = (RADIUS_X + outward) * math.cos(angle), (RADIUS_Y + outward) * math.sin(angle)
    return round(WIDTH / 2 + x, 1), round(HEIGHT / 2 + y, 1)


def _node(name: str, angle: float) -> Node:
    x, y = _at(angle)
    label_x, label_y = _at(angle, 16)
    side = math.cos(angle)
    label_y = round(label_y + 5 + 8 * math.sin(angle) * (abs(side) < 0.3), 1)
    anchor = "middle" if abs(side) < 0.1 else "start" if side > 0 else "end"
    return Node(name=name if len(name) <= 26 else name[:25] + "…", x=x, y=y, label_x=label_x, label_y=label_y, anchor=anchor)


def _edge(pair: Pair, one: float, other: float) -> Edge:
    (x1, y1), (x2, y2) = _at(one), _at(other)
    middle_x, middle_y = (x1 + x2) / 2, (y1 + y2) / 2
    bend_x, bend_y = (round(m + (c - m) * 0.45, 1) for m, c in ((middle_x, WIDTH / 2), (middle_y, HEIGHT / 2)))
    lead = abs(pair.balance.friendly - pair.balance.hostile)
    return Edge(pair=pair, path=f"M{x1},{y1} Q{bend_x},{bend_y} {x2},{y2}", width=round(1.5 + 1.2 * math.sqrt(lead), 1))
