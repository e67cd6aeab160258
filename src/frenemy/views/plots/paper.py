"""The paper that plots are drawn on: one style, text that is never read as markup, files that are the same each time."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frenemy.errors import MissingExtra, PlotError
from frenemy.views.pictures.labels import lanes, shortened, width

if TYPE_CHECKING:
    from datetime import date

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, SOFT, RULE, WASH = "#1d1d1f", "#5d5d66", "#d8d5cc", "#f4f3ef"
POINTS = 72
WIDTH = 7.2
"""Inches: two columns of most journals."""
FACES = ("DejaVu Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari")
"""Faces that names are looked up in, one after the other, as far as they are installed."""
SUFFIXES = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}, ".png": {}}
"""The kinds of file, each with the metadata that would make two runs differ taken out."""
TITLE = 90


@contextmanager
def style() -> Iterator[None]:
    """Within it plots are drawn and written: names with dollar signs are no formulas, text in SVG stays text."""
    try:
        import matplotlib
    except ImportError:
        raise MissingExtra("A plot", "plot") from None
    settings: dict[str, Any] = {
        "text.parse_math": False,
        "text.usetex": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "frenemy",
        "pdf.fonttype": 42,
        "font.family": list(_faces()),
        "font.size": 8,
        "axes.edgecolor": SOFT,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.6,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "text.color": INK,
        "savefig.dpi": 200,
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)  # a name in a script that no face here has
        yield


@cache
def _faces() -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager

    known = {entry.name for entry in fontManager.ttflist}
    return tuple(face for face in FACES if face in known)


def sheet(wide: float, high: float, *, title: str, note: str = "") -> tuple[Figure, Axes]:
    """A figure of so many inches with one pair of axes below a title and a note, outside matplotlib's global state."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(wide, high), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    figure.text(0.08 / wide, 1 - 0.08 / high, shortened(title, TITLE), va="top", fontsize=11, fontweight="bold")
    figure.text(0.08 / wide, 1 - 0.32 / high, note, va="top", fontsize=8, color=SOFT)
    return figure, axes


def place(axes: Axes, *, left: float, bottom: float, right: float, top: float) -> None:
    """Leave so many inches free on each side of the axes."""
    wide, high = axes.get_figure().get_size_inches()
    axes.set_position((left / wide, bottom / high, 1 - (left + right) / wide, 1 - (top + bottom) / high))


def years(axes: Axes) -> None:
    """Dates along the lower edge, as fine as there is room."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
    axes.tick_params(length=2.5, width=0.6)


def beside(axes: Axes, spots: Sequence[tuple[date, float, str]], *, size: float, step: float) -> None:
    """Write texts beside days at heights, each on the side where there is room, in rows `step` points apart so that none meets another."""
    from matplotlib.dates import date2num

    first, last = axes.get_xlim()
    across = axes.get_position().width * axes.get_figure().get_size_inches()[0] * POINTS
    at = [across * (date2num(day) - first) / (last - first) for day, _, _ in spots]
    long = [width(text, size) + 8 for _, _, text in spots]
    lefts = [place > across / 2 for place in at]
    rows = lanes((place - length, place) if left else (place, place + length) for place, length, left in zip(at, long, lefts, strict=True))
    for (day, height, text), left, row in zip(spots, lefts, rows, strict=True):
        axes.annotate(
            text,
            (day, height),
            xytext=(-3 if left else 3, -2 - step * row),
            textcoords="offset points",
            fontsize=size,
            ha="right" if left else "left",
            va="top",
            zorder=4,
            bbox={"boxstyle": "square,pad=0.08", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
        )


def check_target(path: str | Path) -> Path:
    """The path, when its ending is one that can be written."""
    target = Path(path)
    if target.suffix.lower() not in SUFFIXES:
        raise PlotError(f"Cannot draw into {target.name}: end it in {', '.join(SUFFIXES)}.")
    return target


def save(figure: Figure, path: str | Path) -> None:
    """Write a figure as its file's ending says; the same figure gives the same bytes."""
    target = check_target(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with style():
            figure.savefig(target, format=target.suffix.lower()[1:], metadata=SUFFIXES[target.suffix.lower()])
    except OSError as error:
        raise PlotError(f"Cannot write {target}: {error.strerror}. Give another path with -o.") from None
