"""A pair's time line in the units of the report's pictures: paths and places that the template only has to write down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from frenemy.views.pictures.labels import lanes, width
from frenemy.views.pictures.timeline import HIGHEST, Timeline, ticks
from frenemy.views.signs import signed

WIDTH, HEIGHT = 720, 208
LEFT, RIGHT = 96, 14
TOP, BOTTOM = 46, 134
"""Where the scale ends above and below; the marks stand outside of it, the years below them."""
STEP = 8
LETTERS = 11
EDGES = {"left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM, "middle": (TOP + BOTTOM) // 2, "axis": BOTTOM + STEP * HIGHEST + 6}
"""Where the template draws the scale and the years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the curve on one side of zero."""

    sign: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A mark of a tie, or of `count` ties."""

    sign: str
    hollow: bool
    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Something written at a place of the time line, in a row; `left` says that it ends there instead of beginning."""

    x: float
    text: str
    row: int = 0
    left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that the template draws of a pair; `ends` are the words at the two ends of the scale, above first."""

    band: str
    pieces: Sequence[Piece]
    spots: Sequence[Spot]
    years: Sequence[Label]
    turns: Sequence[Label]
    ends: tuple[str, str]
    span: tuple[date, date]


def history(timeline: Timeline) -> History:
    """The drawing of a time line."""
    reach = timeline.reach

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * timeline.share(day), 1)

    def y(value: float) -> float:
        return round((TOP + BOTTOM) / 2 - (BOTTOM - TOP) / 2 * value / reach, 1)

    above = [f"{x(stance.at):g},{y(stance.high):g}" for stance in timeline.curve]
    below = [f"{x(stance.at):g},{y(stance.low):g}" for stance in reversed(timeline.curve)]
    return History(
        band="M" + "L".join(above + below) + "Z",
        pieces=[
            Piece(sign=sign, path="M" + "L".join(f"{x(day):g},{y(value):g}" for day, value in points))
            for sign, points in timeline.stretches()
        ],
        spots=[
            Spot(sign=mark.sign, hollow=mark.hollow, x=x(mark.day), y=_height(mark.sign, mark.level), count=mark.count)
            for mark in timeline.marks
        ],
        years=[Label(x=x(day), text=text) for day, text in ticks(timeline.first, timeline.last)],
        turns=_turns([(x(turn.day), turn.label) for turn in timeline.turns]),
        ends=(f"with {signed(reach)}", f"against {signed(-reach)}"),
        span=(timeline.curve[0].at, timeline.curve[-1].at),
    )


def _turns(turns: Sequence[tuple[float, str]]) -> list[Label]:
    """The words beside the lines of the shifts, on the side where there is room, in rows."""
    lefts = [place + 8 + width(text, LETTERS) > WIDTH for place, text in turns]
    spans = [
        (place - 8 - width(text, LETTERS), place) if left else (place, place + 8 + width(text, LETTERS))
        for (place, text), left in zip(turns, lefts, strict=True)
    ]
    rows = lanes(spans)
    return [Label(x=place, text=text, row=row, left=left) for (place, text), row, left in zip(turns, rows, lefts, strict=True)]


def _height(sign: str, level: int) -> float:
    """Friendly ties stand above the scale, hostile ones hang below it, neutral ones begin on zero."""
    if sign == "+":
        return TOP - STEP * (level + 0.75)
    return BOTTOM + STEP * (level + 0.75) if sign == "-" else (TOP + BOTTOM) / 2 - STEP * level
