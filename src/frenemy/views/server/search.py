"""Finding a name by the beginning of one of its words, in a list that is sorted once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice

from frenemy.ledger.lookup import folded

LONGEST_KEY = 60
LOOKED_AT = 4_000
"""So many names with the prefix are ranked; a prefix that more share is too short to be told apart."""


class PrefixIndex:
    """Names by every word they have; each belongs to a place in a list that is ordered by importance.

    >>> index = PrefixIndex([["Elon Musk", "X Æ"], ["Donald Trump"], ["Musk Ox"]])
    >>> index.find("mus"), index.find("trump d"), index.find("elon m"), index.find("")
    ([0, 2], [], [0], [])
    """

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        keys = {(key, place) for place, spellings in enumerate(names) for name in spellings for key in _keys(name)}
        self._keys = sorted(keys)

    def find(self, typed: str, limit: int = 10) -> list[int]:
        """The places whose names have a word that begins so, the most important first."""
        prefix = folded(typed[: 2 * LONGEST_KEY])[:LONGEST_KEY]
        if not prefix:
            return []
        first = bisect_left(self._keys, (prefix, -1))
        near = islice(self._keys, first, first + LOOKED_AT)
        found = {place for key, place in near if key.startswith(prefix)}
        return sorted(found)[:limit]


def _keys(name: str) -> Iterable[str]:
    """What stands from each word of the name on."""
    words = folded(name[: 2 * LONGEST_KEY]).split()
    return (" ".join(words[start:])[:LONGEST_KEY] for start in range(len(words)))
