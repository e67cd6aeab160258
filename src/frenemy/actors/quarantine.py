"""Names of nothing: what a reader gave as a name and nobody is called. They are kept out of the actors until a person promotes them."""

from __future__ import annotations

import re
from functools import lru_cache

from frenemy.actors.names import fold, words

LONGEST_NAME, MOST_WORDS = 80, 12
"""A name longer than this many characters or words is a stretch of text."""
BROKEN = re.compile(r"[\n\r\t\x00-\x1f�<>{}|\\]|https?:|www\.|^[^\w\"“‘'’@(\[]*$")
PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))


@lru_cache(maxsize=65_536)
def nothing(name: str) -> str | None:
    """Why the name names nobody; None when it may name somebody.

    >>> nothing("Elon Musk"), nothing("xAI"), nothing("the EU"), nothing("谷歌")
    (None, None, None, None)
    >>> nothing("(formerly"), nothing("President"), nothing("critics"), nothing("senior officials"), nothing("some other tech leaders")
    ('broken string', 'title alone', 'generic noun', 'generic noun', 'no capital')
    """
    plain = name.strip()
    if BROKEN.search(plain) or len(plain) > LONGEST_NAME or any(plain.count(a) != plain.count(b) for a, b in PAIRS):
        return "broken string"
    tokens = fold(plain).split()
    letters = [c for c in plain if c.isalpha()]
    if not letters or (len(letters) == 1 and letters[0].islower() and letters[0].isascii()) or len(tokens) > MOST_WORDS:
        return "broken string"
    if _is_title(tuple(tokens)):
        return "title alone"
    if all(token in words().generic or token in ("the", "a", "an", "and", "of") for token in tokens) and not _is_acronym(plain):
        return "generic noun"
    return "no capital" if plain.islower() and plain.isascii() else None


def _is_acronym(name: str) -> bool:
    """Whether a short word in capitals is more than a generic noun: "IT", "US"."""
    return name.isupper() and len(name) <= 5


def _is_title(tokens: tuple[str, ...]) -> bool:
    """Whether nothing but titles and roles is left."""
    if not tokens:
        return False
    known = {*words().roles, *(word for title in words().titles for word in title), *words().leaders}
    return all(token in known for token in tokens)
