"""The signed network as a picture: who stands where, which lines join them, and which blocs they form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frenemy.model import Stance
from frenemy.views.pictures.labels import name_lines, width
from frenemy.views.pictures.layout import Matrix, distances
from frenemy.views.pictures.spread import in_blocs, side_by_side
from frenemy.views.signs import side

ACTORS = 24
SMALLEST, LARGEST = 5.0, 13.0
GAP = 3.0
LINE = 1.2
"""A line of text, in heights of its letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor: the centre and radius of its dot, and the first baseline of its name, whose lines are centred below."""

    id: str
    name: str
    lines: tuple[str, ...]
    x: float
    y: float
    radius: float
    baseline: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A pair that stands one way or another: two actors by their places in `Network.nodes`, and where the line bends."""

    ends: tuple[int, int]
    stance: Stance
    bend: tuple[float, float]
    width: float

    @property
    def sign(self) -> str:
        """ "+", "-" or "~", as it leans."""
        return side(self.stance.value)

    @property
    def sure(self) -> bool:
        """Whether the whole interval lies on that side."""
        return self.stance.sign == self.sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The frame around a bloc, with its name."""

    x: float
    y: float
    width: float
    height: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All that is drawn, the weakest edges first; `size` is the height of its letters."""

    width: float
    height: float
    size: float
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    frames: Sequence[Frame] = ()


def draw(
    stances: Iterable[Stance],
    names: Mapping[str, str],
    *,
    actors: int = ACTORS,
    size: float = 12.0,
    blocs: Sequence[Collection[str]] = (),
) -> Network | None:
    """The actors with most to say for or against others, and how they stand; None when nobody leans either way.

    `blocs` holds the ids of the actors of each bloc, the larger blocs first; then only they are drawn, each bloc in a frame.
    """
    allowed = {actor for bloc in blocs for actor in bloc}
    leaning = [
        stance
        for stance in sorted(stances, key=lambda one: (one.source, one.target))
        if side(stance.value) != "~" and stance.source != stance.target and (not blocs or {stance.source, stance.target} <= allowed)
    ]
    chosen = weightiest(leaning, actors)
    inside = [stance for stance in leaning if stance.source in chosen and stance.target in chosen]
    if not inside:
        return None
    order = sorted({end for stance in inside for end in (stance.source, stance.target)}, key=lambda one: (chosen[one], one))
    place = {actor: number for number, actor in enumerate(order)}
    nodes, (wide, high), frames = _nodes(inside, place, names, np.array([-chosen[actor] for actor in order]), size, blocs)
    edges = [_edge(stance, place, nodes) for stance in sorted(inside, key=lambda one: (abs(one.value), one.source, one.target))]
    return Network(width=round(wide, 1), height=round(high, 1), size=size, nodes=nodes, edges=edges, frames=frames)


def _nodes(
    inside: Sequence[Stance],
    place: Mapping[str, int],
    names: Mapping[str, str],
    weights: Matrix,
    size: float,
    blocs: Sequence[Collection[str]],
) -> tuple[list[Node], tuple[float, float], list[Frame]]:
    """The actors in their places, the picture's width and height, and the frames of the blocs."""
    lines = [name_lines(names.get(actor, actor)) for actor in place]
    radii = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(weights / weights.max())
    text = np.array([max(width(line, size) for line in name) for name in lines])
    depth = np.array([GAP + len(name) * size * LINE for name in lines])
    sizes = np.column_stack((np.maximum(text, 2 * radii) + 8, 2 * radii + depth + 8))
    wanted, linked = _wanted(inside, place)
    members = [(number, [place[actor] for actor in place if actor in bloc]) for number, bloc in enumerate(blocs, 1)]
    members = [(number, found) for number, found in members if found]
    frames = []
    if members:
        centres, extent, boxes = in_blocs(wanted, [found for _, found in members], sizes)
        frames = [
            Frame(x=round(x, 1), y=round(y, 1), width=round(w, 1), height=round(h, 1), name=f"Bloc {number}")
            for (x, y, w, h), (number, _) in zip(boxes, members, strict=True)
        ]
    else:
        centres, extent = side_by_side(wanted, linked, sizes)
    spots = centres - np.column_stack((np.zeros(len(depth)), depth / 2))  # a box holds the dot and the name below it
    nodes = [
        Node(
            id=actor,
            name=names.get(actor, actor),
            lines=lines[i],
            x=round(float(spots[i, 0]), 1),
            y=round(float(spots[i, 1]), 1),
            radius=round(float(radii[i]), 1),
            baseline=round(float(spots[i, 1] + radii[i] + GAP + size * 0.85), 1),
        )
        for actor, i in place.items()
    ]
    return nodes, extent, frames


def weightiest(stances: Iterable[Stance], count: int) -> dict[str, float]:
    """So many actors with the largest sums of stances, whatever the signs, each with the negative of its sum.

    >>> from datetime import date
    >>> row = dict(mutual=True, at=date(2024, 1, 1), low=-1.0, high=1.0)
    >>> pairs = [Stance(source="a", target="b", value=0.5, **row), Stance(source="b", target="c", value=-0.2, **row)]
    >>> weightiest(pairs, 2)
    {'b': -0.7, 'a': -0.5}
    """
    weight: dict[str, float] = defaultdict(float)
    for stance in stances:
        for end in (stance.source, stance.target):
            weight[end] -= abs(stance.value)
    return dict(sorted(weight.items(), key=lambda item: (item[1], item[0]))[:count])


def _wanted(stances: Sequence[Stance], place: Mapping[str, int]) -> tuple[Matrix, NDArray[np.bool_]]:
    """How far apart all pairs should stand; the strongest stance there is counts as 1, so that weak networks spread as well.
    Also which pairs have a stance.
    """
    values = np.zeros((len(place), len(place)))
    linked = np.zeros_like(values, dtype=bool)
    for stance in stances:
        ends = place[stance.source], place[stance.target]
        values[ends] = values[ends[::-1]] = stance.value
        linked[ends] = linked[ends[::-1]] = True
    values = np.sign(values) * np.sqrt(np.abs(values) / np.abs(values).max())
    wanted = distances(values, linked)
    return wanted, linked


def _edge(stance: Stance, place: Mapping[str, int], nodes: Sequence[Node]) -> Edge:
    ends = place[stance.source], place[stance.target]
    return Edge(ends=ends, stance=stance, bend=_bend(ends, nodes), width=round(1.2 + 6 * abs(stance.value), 1))


def _bend(ends: tuple[int, int], nodes: Sequence[Node]) -> tuple[float, float]:
    """The control point of a line: its middle, moved aside where a straight line would run through a third actor's dot."""
    one, other = (np.array((nodes[end].x, nodes[end].y)) for end in ends)
    along = other - one
    length = float(np.hypot(*along)) or 1.0
    across = np.array((-along[1], along[0])) / length
    aside = 0.0
    for number, node in enumerate(nodes):
        if number in ends:
            continue
        to = np.array((node.x, node.y)) - one
        share, off = float(to @ along) / length**2, float(to @ across)
        room = node.radius + 5
        if 0.05 < share < 0.95 and abs(off) < room:
            needed = (room - abs(off)) / max(2 * share * (1 - share), 0.2)
            aside += -needed if off >= 0 else needed
    bend = (one + other) / 2 + across * aside
    return round(float(bend[0]), 1), round(float(bend[1]), 1)
