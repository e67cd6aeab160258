"""Shifts on paper: a row a pair, its stance as an area above and below the row's zero, its shifts as lines with their month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from frenemy.views.pictures.labels import shortened
from frenemy.views.pictures.timeline import Timeline
from frenemy.views.plots.paper import INK, RULE, WIDTH, beside, place, sheet, years
from frenemy.views.signs import LOOKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEAD, FOOT, ROW, NAMES = 0.62, 0.62, 0.5, 2.1
"""Inches: above and below the rows, of a row, and left of them."""
HATCH = "//////"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A pair and its time line."""

    names: tuple[str, str]
    timeline: Timeline


def shifts_figure(rows: Sequence[Row], *, title: str, note: str) -> Figure:
    """The pairs below one another, on one time line."""
    figure, axes = sheet(WIDTH, HEAD + FOOT + ROW * len(rows), title=title, note=note)
    place(axes, left=NAMES, right=0.25, top=HEAD, bottom=FOOT)
    axes.set(xlim=(min(row.timeline.first for row in rows), max(row.timeline.last for row in rows)), ylim=(len(rows) - 0.4, -0.6))
    reach = max(abs(stance.value) for row in rows for stance in row.timeline.curve) or 1.0
    for number, row in enumerate(rows):
        _draw_row(axes, row.timeline, number, 0.42 / reach)
    axes.set_yticks(range(len(rows)), [f"{shortened(row.names[0], 28)}\nand {shortened(row.names[1], 26)}" for row in rows])
    axes.tick_params(axis="y", length=0, labelsize=7.5, labelcolor=INK)
    years(axes)
    for edge in ("top", "right", "left"):
        axes.spines[edge].set_visible(False)
    _legend(axes, ROW * len(rows))
    return figure


def _draw_row(axes: Axes, timeline: Timeline, number: int, scale: float) -> None:
    days = [stance.at for stance in timeline.curve]
    heights = [number - stance.value * scale for stance in timeline.curve]
    axes.axhline(number, color=RULE, linewidth=0.8, zorder=0)
    for sign, hatch in (("+", ""), ("-", HATCH)):
        where = [(height < number) == (sign == "+") for height in heights]
        look = LOOKS[sign]
        area = axes.fill_between(days, number, heights, where=where, interpolate=True, linewidth=0.8, zorder=1)
        area.set(facecolor="white" if hatch else look.colour, edgecolor=look.colour, hatch=hatch)
    for turn in timeline.turns:
        axes.plot([turn.day] * 2, [number - 0.46, number + 0.46], color=INK, linewidth=1, zorder=2)
    beside(axes, [(turn.day, number + 0.2, f"{turn.day:%b} {turn.day.year:04}") for turn in timeline.turns], size=6.5, step=-9)


def _legend(axes: Axes, height: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Patch | Line2D] = [
        Patch(facecolor=LOOKS["+"].colour, edgecolor=LOOKS["+"].colour, label="with each other (above)"),
        Patch(facecolor="white", edgecolor=LOOKS["-"].colour, hatch=HATCH, label="against each other (below)"),
        Line2D([], [], color=INK, linewidth=1, label="shift"),
    ]
    axes.legend(
        handles=handles, loc="upper center", bbox_to_anchor=(0.4, -0.28 / height), ncols=3, frameon=False, fontsize=7, borderaxespad=0
    )
