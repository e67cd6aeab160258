"""Sentences of a text and runs of neighbouring sentences that are read in one pass."""

from __future__ import annotations

from collections.abc import Iterator

import sentencex

Span = tuple[int, int]

LONGEST_SENTENCE = 1200  # characters; what is longer is cut at a blank, so that memory stays bounded
BLOCK = 20_000  # characters given to the splitter at a time


def sentences(text: str) -> Iterator[Span]:
    """Spans of the sentences of `text`, blanks trimmed; a line break always ends one.

    >>> text = "Rome fell. Who won?\\nThe Goths, said Mr. Gibbon."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Rome fell.', 'Who won?', 'The Goths, said Mr. Gibbon.']
    """
    at = 0
    for line in text.splitlines(keepends=True):
        for low in range(0, len(line), BLOCK):
            yield from _of_line(line[low : low + BLOCK], at + low)
        at += len(line)


def _of_line(line: str, shift: int) -> Iterator[Span]:
    if not line.strip():
        return
    at = 0
    for piece in sentencex.segment("en", line):
        for low in range(0, len(piece), LONGEST_SENTENCE):
            part = piece[low : low + LONGEST_SENTENCE]
            left, right = len(part) - len(part.lstrip()), len(part.rstrip())
            if left < right:
                yield shift + at + low + left, shift + at + low + right
        at += len(piece)


def chunks(text: str, longest: int) -> Iterator[list[Span]]:
    """Neighbouring sentences packed into runs of at most `longest` characters (or one long sentence).

    >>> [len(c) for c in chunks("One. Two. Three.", 10)]
    [2, 1]
    """
    run: list[Span] = []
    for span in sentences(text):
        if run and span[1] - run[0][0] > longest:
            yield run
            run = []
        run.append(span)
    if run:
        yield run
