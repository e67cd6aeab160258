"""A pair through time on paper: the curve of its stance with its band, its ties as marks, its shifts as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from frenemy.views.pictures.timeline import Mark, Timeline, Turn
from frenemy.views.plots.paper import INK, RULE, SOFT, WIDTH, beside, place, sheet, years
from frenemy.views.signs import LOOKS, signed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT = 3.6
LANE, STEP = 1.12, 0.075
"""Where the marks begin and how far apart they are stacked, in parts of the scale."""


def pair_figure(timeline: Timeline, *, title: str, note: str) -> Figure:
    """The pair as a figure as wide as a page."""
    figure, axes = sheet(WIDTH, HEIGHT, title=title, note=note)
    place(axes, left=0.62, right=0.2, top=0.62, bottom=0.62)
    reach = timeline.reach
    axes.set(xlim=(timeline.first, timeline.last), ylim=(-reach * (LANE + 5 * STEP), reach * (LANE + 5 * STEP)))
    _draw_curve(axes, timeline)
    _draw_turns(axes, timeline.turns, reach)
    _draw_marks(axes, timeline.marks, reach)
    _draw_scale(axes, reach)
    _legend(axes, timeline.marks)
    return figure


def _draw_curve(axes: Axes, timeline: Timeline) -> None:
    """The band, and the curve: solid where it leans to friendship, dashed where it leans to hostility."""
    days = [stance.at for stance in timeline.curve]
    axes.axhline(0, color=SOFT, linewidth=0.6, zorder=1)
    lows, highs = [stance.low for stance in timeline.curve], [stance.high for stance in timeline.curve]
    axes.fill_between(days, lows, highs, color=RULE, alpha=0.6, linewidth=0, zorder=0, label="interval")
    for sign, stretch in timeline.stretches():
        look = LOOKS[sign]
        axes.plot(
            [day for day, _ in stretch],
            [value for _, value in stretch],
            color=look.colour,
            linewidth=1.8,
            linestyle=(0, look.dash) if look.dash else "solid",
            zorder=2,
        )


def _draw_turns(axes: Axes, turns: Sequence[Turn], reach: float) -> None:
    for turn in turns:
        axes.axvline(turn.day, color=INK, linewidth=0.8, linestyle=(0, (1, 1.5)), zorder=1)
    beside(axes, [(turn.day, reach, turn.label) for turn in turns], size=7, step=10)


def _draw_marks(axes: Axes, marks: Sequence[Mark], reach: float) -> None:
    for mark in marks:
        look = LOOKS[mark.sign]
        side = {"+": 1, "-": -1}.get(mark.sign, 0)
        height = side * reach * (LANE + STEP * mark.level) if side else reach * STEP * (mark.level - 2)
        face = "white" if mark.hollow else look.colour
        axes.plot(mark.day, height, look.marker, markersize=4.2, color=look.colour, markerfacecolor=face, markeredgewidth=0.7, zorder=3)
        if mark.count > 1:
            axes.annotate(f"{mark.count}", (mark.day, height), xytext=(4, 0), textcoords="offset points", fontsize=6, va="center")


def _draw_scale(axes: Axes, reach: float) -> None:
    years(axes)
    axes.set_yticks([-reach, 0, reach], [f"against\n{signed(-reach)}", "0", f"with\n{signed(reach)}"])
    for edge in ("top", "right", "left"):
        axes.spines[edge].set_visible(False)


def _legend(axes: Axes, marks: Sequence[Mark]) -> None:
    """Below: what marks and band mean, as far as there are any."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    signs = [sign for sign in ("+", "-", "0") if any(mark.sign == sign and not mark.hollow for mark in marks)]
    words = {"+": "friendly tie", "-": "hostile tie", "0": "neutral tie"}
    handles: list[Line2D | Patch] = [
        Line2D([], [], linestyle="none", marker=LOOKS[sign].marker, color=LOOKS[sign].colour, markersize=4.5, label=words[sign])
        for sign in signs
    ]
    if any(mark.hollow for mark in marks):
        hollow = Line2D([], [], linestyle="none", marker="o", color=SOFT, markerfacecolor="white", markersize=4.5)
        hollow.set_label("denied, speculated or planned")
        handles.append(hollow)
    handles.append(Patch(facecolor=RULE, alpha=0.6, label="90% interval of the stance"))
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=5, frameon=False, fontsize=7, handletextpad=0.4)
