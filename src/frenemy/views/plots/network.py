"""The signed network on paper: friendly ties solid, hostile ones dashed, wide where the stance is strong, pale where it is unsure."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from frenemy.views.pictures.network import Edge, Network
from frenemy.views.plots.paper import INK, POINTS, RULE, SOFT, WASH, WIDTH, place, sheet
from frenemy.views.signs import LOOKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEAD, FOOT = 0.6, 0.5
PALE = 0.75
LARGEST_LETTERS = 9
"""In points: a small network is not blown up to the page's width."""


def network_figure(network: Network, *, title: str, note: str, unsure: Collection[str] = ()) -> Figure:
    """The network as a figure as wide as a page, and as high as it needs; `unsure` are the ids of actors whose dots are hollow."""
    scale = min(WIDTH / network.width, LARGEST_LETTERS / POINTS / network.size)
    figure, axes = sheet(WIDTH, network.height * scale + HEAD + FOOT, title=title, note=note)
    place(axes, left=0, right=0, top=HEAD, bottom=FOOT)
    aside = (WIDTH / scale - network.width) / 2
    axes.set(xlim=(-aside, network.width + aside), ylim=(network.height, 0))
    axes.set_axis_off()
    _draw_frames(axes, network, scale * POINTS)
    _draw_edges(axes, network, scale * POINTS)
    _draw_nodes(axes, network, scale * POINTS, unsure)
    _legend(axes, scale * POINTS, hollow=bool(unsure))
    return figure


def _draw_frames(axes: Axes, network: Network, scale: float) -> None:
    """The blocs' frames with their names; `scale` is how many points a unit of the picture has, here and below."""
    from matplotlib.patches import FancyBboxPatch

    for frame in network.frames:
        box = FancyBboxPatch((frame.x, frame.y), frame.width, frame.height, boxstyle="round,pad=0,rounding_size=8")
        box.set(facecolor=WASH, edgecolor=RULE, linewidth=0.8, zorder=0)
        axes.add_patch(box)
        axes.text(frame.x + 8, frame.y + 6, frame.name, fontsize=0.95 * network.size * scale, color=SOFT, va="top", zorder=4)


def _draw_edges(axes: Axes, network: Network, scale: float) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    for edge in network.edges:
        one, other = (network.nodes[end] for end in edge.ends)
        path = Path([(one.x, one.y), edge.bend, (other.x, other.y)], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
        axes.add_patch(PathPatch(path, fill=False, zorder=1 + edge.sure, **_line(edge, scale)))


def _draw_nodes(axes: Axes, network: Network, scale: float, unsure: Collection[str]) -> None:
    for node in network.nodes:
        look = {"color": "white", "markeredgecolor": INK} if node.id in unsure else {"color": INK, "markeredgecolor": "white"}
        axes.plot(node.x, node.y, "o", markersize=2 * node.radius * scale, zorder=3, **look)
        axes.text(
            node.x,
            node.y + node.radius + 2,
            "\n".join(node.lines),
            fontsize=network.size * scale,
            ha="center",
            va="top",
            linespacing=1.1,
            zorder=4,
            bbox={"boxstyle": "square,pad=0.08", "facecolor": WASH if network.frames else "white", "edgecolor": "none", "alpha": 0.75},
        )


def _line(edge: Edge, scale: float) -> dict[str, Any]:
    """How a pair's line looks."""
    look = LOOKS[edge.sign]
    return {
        "edgecolor": look.colour,
        "linewidth": edge.width * scale,
        "linestyle": _dashes(edge.sign),
        "alpha": 1.0 if edge.sure else PALE,
        "capstyle": "butt",
    }


def _dashes(sign: str) -> Any:
    return (0, LOOKS[sign].dash) if LOOKS[sign].dash else "solid"


def _legend(axes: Axes, scale: float, *, hollow: bool) -> None:
    """What the lines mean, below the picture."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=LOOKS[sign].colour, linewidth=3 * scale, alpha=alpha, linestyle=_dashes(sign), label=label)
        for sign, alpha, label in (
            ("+", 1.0, "with each other"),
            ("+", PALE, "leaning with"),
            ("-", 1.0, "against each other"),
            ("-", PALE, "leaning against"),
        )
    ]
    if hollow:
        dot = Line2D([], [], linestyle="none", marker="o", color="white", markeredgecolor=INK, markersize=6, label="might be elsewhere")
        handles.append(dot)
    axes.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        ncols=5,
        frameon=False,
        handlelength=2.8,
        fontsize=7.5,
        columnspacing=1.4,
    )
