"""A stance through time on one line of the terminal."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from frenemy.model import Stance
from frenemy.views.signs import side, signed

if TYPE_CHECKING:
    from rich.text import Text

BLOCKS = "▁▂▃▄▅▆▇█"
MOST = 48


def sampled(curve: Sequence[Stance], count: int = MOST) -> list[float]:
    """The stance at so many days from the first to the last, evenly spread; what holds in between is the stance before.

    >>> from datetime import date
    >>> row = dict(source="a", target="b", mutual=True, low=-1.0, high=1.0)
    >>> sampled([Stance(at=date(2020, 1, 1), value=0.5, **row), Stance(at=date(2021, 1, 1), value=-0.5, **row)], 3)
    [0.5, 0.5, -0.5]
    """
    days = [stance.at for stance in curve]
    length = (days[-1] - days[0]).days
    steps = min(count, length + 1)
    at = (days[0] + timedelta(days=round(length * i / max(steps - 1, 1))) for i in range(steps))
    return [curve[bisect_right(days, day) - 1].value for day in at]


def blocks(values: Sequence[float], reach: float) -> str:
    """One block a value: the lowest stands for -reach, the highest for +reach.

    >>> blocks([-1, -0.1, 0.1, 1], 1)
    '▁▄▅█'
    """
    top = len(BLOCKS) - 1
    return "".join(BLOCKS[min(top, max(0, int((value + reach) / (2 * reach) * len(BLOCKS))))] for value in values)


def sparkline(curve: Sequence[Stance]) -> Text | None:
    """The years, the blocks between them in the colours of their signs, and what the lowest and the highest mean; None for no curve."""
    from rich.text import Text

    from frenemy.views.terminal import SIGN_STYLES

    if len(curve) < 2:
        return None
    values = sampled(curve)
    reach = max(0.25, *map(abs, values))
    line = Text(f"{curve[0].at.year:04} ")
    for value, block in zip(values, blocks(values, reach), strict=True):
        line.append(block, style=SIGN_STYLES[side(value)])
    line.append(f" {curve[-1].at.year:04}")
    line.append(f"  {BLOCKS[0]} {signed(-reach)} {BLOCKS[-1]} {signed(reach)}", style="dim")
    return line
