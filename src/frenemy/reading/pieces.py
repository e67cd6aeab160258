"""What the network is told of a word piece beyond its (uncased) id."""

from __future__ import annotations


def shape(piece: str) -> int:
    """2 for capitals only, 1 for a capital first letter, 0 otherwise.

    >>> shape("EU"), shape("Rome"), shape("war"), shape("X"), shape("7")
    (2, 1, 0, 1, 0)
    """
    if not piece[:1].isupper():
        return 0
    return 2 if len(piece) > 1 and piece.isupper() else 1
