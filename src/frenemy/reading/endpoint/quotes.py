"""Where a quote really stands in a passage: as given, or mended where only its typography or spelling strayed; else nowhere."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

Span = tuple[int, int]

LIKE = 90.0  # percent of likeness from which a stretch may be what was meant
CLEAR = 3.0  # points by which it must beat every other stretch
SHORTEST = 20  # characters of a quote that is mended by likeness
LONGEST = 1000  # characters of a quote: a page is no evidence
SLACK = 14  # characters by which an alignment's ends may move to meet words
DROPPED = frozenset(["a", "an", "the", "that"])  # words whose presence changes no claim
_SAME = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a quote was found; `repaired` when it is not letter for letter what was offered."""

    start: int
    end: int
    repaired: bool


@lru_cache(maxsize=256)
def plain(text: str) -> tuple[str, tuple[int, ...]]:
    r"""The text with one kind of blank, quotation mark and dash, and where each of its characters came from.

    >>> plain("“It’s \n —”")[0]
    '"It\'s -"'
    """
    out: list[str] = []
    places: list[int] = []
    for i, character in enumerate(text):
        if character.isspace():
            if not out or out[-1] != " ":
                out.append(" ")
                places.append(i)
        elif unicodedata.category(character) != "Cf":
            same = _SAME.get(character, character)
            out.extend(same)
            places.extend([i] * len(same))
    return "".join(out), tuple(places)


def locate(quote: str, passage: str) -> Place | None:
    """The one clear stretch of the passage that the quote is, None where there is none. It has two words at least and is no page.

    >>> locate("praised Bo", "Ann praised Bo."), locate('"he said" - then', "“he said” — then left")
    (Place(start=4, end=14, repaired=False), Place(start=1, end=16, repaired=True))
    >>> locate("Ann has not praised the work of Bo", "Ann has praised the work of Bo.") is None
    True
    """
    quote = quote.strip()
    if len(quote.split()) < 2 or len(quote) > LONGEST:
        return None
    at = passage.find(quote)
    if at >= 0:
        start, end = _whole_words(passage, at, at + len(quote))
        return Place(start=start, end=end, repaired=(start, end) != (at, at + len(quote)))
    wanted = re.sub(r"^[\s\"'.]+|[\s\"']+$|\.\.\.[\s\"']*$", "", plain(quote)[0])
    text, places = plain(passage)
    at = text.find(wanted) if " " in wanted else -1
    span = (at, at + len(wanted)) if at >= 0 else _alike(wanted, text)
    if span is None:
        return None
    start, end = _whole_words(passage, places[span[0]], places[span[1] - 1] + 1)
    return Place(start=start, end=end, repaired=True)


def _alike(wanted: str, text: str) -> Span | None:
    """The stretch that differs from what is wanted in spelling only, where no other stretch comes near."""
    if len(wanted) < SHORTEST or len(wanted) > len(text) + SLACK:
        return None
    best = _best(wanted, text)
    if best is None:
        return None
    (start, end), score = best
    other = _best(wanted, text[:start] + "\0" * (end - start) + text[end:])
    if other is not None and other[1] > score - CLEAR:
        return None
    return (start, end) if says_the_same(wanted, text[start:end]) else None


def _best(wanted: str, text: str) -> tuple[Span, float] | None:
    """The likest stretch from a word's beginning to a word's end, with its likeness."""
    rough = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=LIKE - 15)
    if rough is None:
        return None
    starts = [m.start() for m in re.finditer(r"(?<!\w)\S", text) if abs(m.start() - rough.dest_start) <= SLACK]
    ends = [m.end() for m in re.finditer(r"\S(?!\w)", text) if abs(m.end() - rough.dest_end) <= SLACK]
    spans = [(a, b) for a in starts for b in ends if a < b]
    if not spans:
        return None
    scores = {span: fuzz.ratio(wanted, text[slice(*span)]) for span in spans}
    best = max(spans, key=lambda span: (scores[span], -span[0]))
    return (best, scores[best]) if scores[best] >= LIKE else None


def says_the_same(one: str, two: str) -> bool:
    """Whether two stretches differ in case, spelling and articles only: never in a name, a number, a "not" or a "may".

    >>> says_the_same("Ann praised the colour of work", "ann praised color of the work")
    True
    >>> says_the_same("he may sue Bo", "he did sue Bo"), says_the_same("a new friend", "no new friend")
    (False, False)
    >>> says_the_same("it paid $30 to Johnson", "it paid $80 to Johnson"), says_the_same("it sued Johnson", "it sued Johnston")
    (False, False)
    """
    a, b = ([w for w in re.findall(r"[\w']+", text) if w.casefold() not in DROPPED] for text in (one, two))
    return len(a) == len(b) and all(map(_one_word, a, b))


def _one_word(one: str, two: str) -> bool:
    """Whether two forms are one word, spelt differently: a letter apart, long, and no name."""
    names = one[:1].isupper() and two[:1].isupper()
    one, two = one.casefold(), two.casefold()
    long_enough = min(len(one), len(two)) >= 5 and one[:2] == two[:2] and (one + two).isalpha()
    return one == two or (long_enough and not names and Levenshtein.distance(one, two) == 1)


def places_of(words: str, passage: str) -> list[Span]:
    """Where words stand whole in a passage, whatever the typography.

    >>> places_of("Bo", "Bo and Bobby saw Bo."), places_of("O'Neil", "O’Neil left")
    ([(0, 2), (17, 19)], [(0, 6)])
    """
    wanted = plain(words.strip())[0]
    if not any(character.isalnum() for character in wanted):
        return []
    text, places = plain(passage)
    found = re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", text)
    return [(places[m.start()], places[m.end() - 1] + 1) for m in found]


def _whole_words(text: str, start: int, end: int) -> Span:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
