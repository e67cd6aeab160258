"""How a stance is said and drawn, one way for the terminal, the report and the plots: never by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from frenemy.model import Scenario, Shift, Stance

CLEAR = 0.05
"""A stance nearer to zero than this leans neither way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a sign is drawn. Colours are those of M. Okabe and K. Ito, "Color universal design" (2008), darkened where text needs it;
    `dash` is the pattern of a line in units of its width, `marker` the shape of a point as matplotlib names it.
    """

    name: str
    word: str
    mark: str
    colour: str
    dash: tuple[float, ...]
    marker: str


LOOKS: Mapping[str, Look] = {
    "+": Look(name="friend", word="with", mark="+", colour="#0072b2", dash=(), marker="^"),
    "-": Look(name="foe", word="against", mark="−", colour="#c24e00", dash=(4.0, 2.2), marker="v"),
    "~": Look(name="unclear", word="unclear", mark="±", colour="#6b6b76", dash=(1.0, 1.8), marker="D"),
    "0": Look(name="neutral", word="neutral", mark="·", colour="#6b6b76", dash=(1.0, 1.8), marker="o"),
}


def side(value: float) -> str:
    """ "+" or "-", or "~" where a stance leans neither way.

    >>> side(0.3), side(-0.3), side(0.01)
    ('+', '-', '~')
    """
    return "~" if abs(value) < CLEAR else "+" if value > 0 else "-"


def stands(stance: Stance) -> str:
    """A stance in a word or two: "with" and "against" where the whole interval lies on one side, else "leans with", or "unclear".

    >>> from datetime import date
    >>> one = Stance(source="a", target="b", mutual=True, at=date(2024, 1, 1), value=-0.4, low=-0.8, high=0.1)
    >>> stands(one)
    'leans against'
    """
    leaning = side(stance.value)
    word = LOOKS[leaning].word
    return word if leaning == "~" or stance.sign == leaning else f"leans {word}"


SIDES = {"+": "friends", "-": "foes", "~": "divided"}
WORDS = {"author": "as a fact", "source": "on its own word", "target": "on the other's word", "other": "as a claim"}
"""On whose word a tie stands."""


def shift_words(shift: Shift) -> str:
    """What a shift changed: "from foes to friends"."""
    return f"from {SIDES[shift.before]} to {SIDES[shift.after]}"


def supposed_words(case: Scenario) -> str:
    """The tie that a scenario supposes: "SUPPORT, as a claim"."""
    return f"{case.type}, {WORDS[case.word]}"


def percent(part: float) -> str:
    """A probability in whole per cent.

    >>> percent(0.476), percent(0.999)
    ('48%', '>99%')
    """
    return ">99%" if 0.995 < part < 1 else "<1%" if 0 < part < 0.005 else f"{100 * part:.0f}%"


def signed(value: float) -> str:
    """A stance's figure with its sign, a true minus and two decimals.

    >>> signed(0.384), signed(-0.2), signed(0.001)
    ('+0.38', '−0.20', '0.00')
    """
    return f"{value:+.2f}".replace("-", "−") if abs(value) >= 0.005 else "0.00"


def interval(stance: Stance) -> str:
    """The ends of a stance's interval."""
    return f"{signed(stance.low)} to {signed(stance.high)}"
