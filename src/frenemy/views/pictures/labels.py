"""Names as a picture writes them: harmless, short, on one or two lines, and how much room they take."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from frenemy.views.terminal import plain

LONGEST = 34
NARROW, WIDE = set("iljtfrI.,'|!:;()[]- "), set("mwMW@%—")


def name_lines(name: object, *, longest: int = LONGEST) -> tuple[str, ...]:
    """A name on one line, or on two of about the same length; what is too long ends in an ellipsis.

    >>> name_lines("European Union"), name_lines("Department of Government Efficiency")
    (('European Union',), ('Department of', 'Government Efficien…'))
    """
    text = shortened(name, longest)
    if len(text) <= 16 or " " not in text:
        return (text,)
    blanks = [i for i, character in enumerate(text) if character == " "]
    cut = min(blanks, key=lambda i: abs(2 * i - len(text)))
    return text[:cut], text[cut + 1 :]


def shortened(name: object, longest: int = LONGEST) -> str:
    """One harmless line, with an ellipsis where it is too long.

    >>> shortened("a" * 9, 5)
    'aaaa…'
    """
    text = plain(str(name)[: 4 * longest])
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def width(text: str, size: float) -> float:
    """About how wide a text is in a sans-serif face of that size; rather too wide than too narrow.

    >>> width("ill", 10) < width("MMM", 10) < width("漢漢漢", 10)
    True
    """
    return size * sum(map(_character_width, text))


def lanes(spans: Iterable[tuple[float, float]]) -> list[int]:
    """The first free row for each label, from its start and end, so that none runs into another of its row.

    >>> lanes([(0, 40), (30, 60), (50, 90), (55, 70)])
    [0, 1, 0, 2]
    """
    ends: list[float] = []
    rows = []
    for start, end in spans:
        row = next((number for number, taken in enumerate(ends) if taken < start), len(ends))
        ends[row:] = [end, *ends[row + 1 :]]
        rows.append(row)
    return rows


def _character_width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if unicodedata.combining(character):
        return 0.0
    if character in NARROW:
        return 0.4
    return 0.95 if character in WIDE else 0.72 if character.isupper() else 0.62
