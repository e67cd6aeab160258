"""Lines that were broken to fit a page become paragraphs again, so that sentences are whole."""

from __future__ import annotations

import re
from itertools import pairwise

WIDEST = 120
_SAMPLE = 200_000
_SLACK = 0.2
_STARTS_ANEW = re.compile(r"\s|[-*•–—>|]\s?|\d{1,3}[.)]\s|By\s[A-Z]")


def unwrap(text: str) -> str:
    r"""Join hard-wrapped lines; each break becomes one space, so no offset moves.

    A text counts as wrapped when no line is longer than 120 characters and most lines that another follows are about as long as the
    longest. A line is joined with the next when the next one's first word would hardly have fitted on it: a title stays apart.

    >>> unwrap("Rivals at peace\n\nThe two companies said on Tuesday\nthat they had ended their feud and\nwould withdraw all lawsuits.")
    'Rivals at peace\n\nThe two companies said on Tuesday that they had ended their feud and would withdraw all lawsuits.'
    >>> unwrap("One line.\nAnother line, which is longer.")
    'One line.\nAnother line, which is longer.'
    """
    width = _width(text[:_SAMPLE])
    if width is None:
        return text
    lines = text.split("\n")
    joined = [lines[0]]
    for line, after in pairwise(lines):
        joined.append(" " if _runs_on(line, after, width) else "\n")
        joined.append(after)
    return "".join(joined)


def _width(text: str) -> int | None:
    """The width that a text is wrapped at, or None if it is not."""
    lines = text.split("\n")
    width = max(map(len, lines))
    pairs = [(line, after) for line, after in pairwise(lines) if line and after]
    if width > WIDEST or len(pairs) < 2:
        return None
    full = [line for line, after in pairs if _runs_on(line, after, width)]
    cut = sum(1 for line in full if line[-1] not in ".!?”\"'’:")
    return width if len(full) * 2 >= len(pairs) and cut * 2 >= len(full) > 0 and width >= 30 else None


def _runs_on(line: str, after: str, width: int) -> bool:
    if not line or not after or _STARTS_ANEW.match(after):
        return False
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width * (1 - _SLACK)
