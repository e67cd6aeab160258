"""Where a passage mentions actors: names, groups and descriptions from the network's tags, pronouns from a closed list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]

HE = frozenset(["he", "him", "his", "himself"])
SHE = frozenset(["she", "her", "hers", "herself"])
IT = frozenset(["it", "its", "itself"])
THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
SPEAKER = frozenset(["i", "me", "my", "myself", "we", "us", "our", "ours", "ourselves"])
NAMED = frozenset(("person", "company", "organisation", "government body"))
POSSESSIVE = frozenset(("his", "its", "their", "my", "our"))
AFTER_OBJECT = frozenset(
    re.findall(
        r"\w+", "for on in at to of and or as with over after before by from that when while because during about against into but if"
    )
)
ARTICLES = frozenset(("the", "The", "a", "A", "an", "An", "this", "that", "these", "those"))
PRONOUNS = HE | SHE | IT | THEY | SPEAKER
_PRONOUN = re.compile(r"\b(?:" + "|".join(sorted(PRONOUNS, key=len, reverse=True)) + r")\b", re.I)
_EDGE = " \t\n\"'“”‘’.,;:!?()[]*-–—@#"
PARTICLES = frozenset(re.findall(r"\w+", "van von bin ibn ben bint abu del della der den dos das ter ten dal ould"))
"""Small words that a family name may begin with; those of two letters are left alone anyhow."""
_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # what ends a line, and with it a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A mention before it is known who is meant. `kind` is a tag kind, empty for a pronoun; `form` is one of `FORMS`."""

    start: int
    end: int
    text: str
    kind: str
    form: str
    sure: float


def spots(text: str, tags: Sequence[str], probabilities: Any, offsets: Sequence[Span]) -> list[Spot]:
    """The mentions of a passage in text order, none overlapping another.

    `probabilities` [pieces, tags] are the tag head's; a piece that continues a word takes its first piece's tag.
    """
    found, start, end, kind, sure = [], 0, 0, "", [0.0]
    before_end, tag = -1, "O"
    best = probabilities.argmax(-1)
    for i, (a, b) in enumerate(offsets):
        if b <= a:
            continue
        glued = a == before_end and goes_on(text, a)
        if not glued:
            tag = tags[best[i]]
        elif tag[0] == "B":
            tag = "I" + tag[1:]
        before_end = b
        if tag != "O" and _side_by_side(kind, tag[2:]) and text[end:a] == " " and text[a].isupper():
            tag = "I-" + kind  # two names never stand side by side without a comma or a word between: "Public Investment" + "Fund"
        if kind and (tag == "O" or (tag[0] == "B" and not glued) or tag[2:] != kind or _BREAK.search(text, end, a)):
            found.append(spot_at(text, start, end, kind, min(sure)))
            kind = ""
        if tag != "O":
            if not kind:
                kind, start, sure = tag[2:], a, []
            end = b
            sure.append(1.0 if glued else float(probabilities[i, best[i]]))
    if kind:
        found.append(spot_at(text, start, end, kind, min(sure)))
    named = [s for s in found if s is not None]
    taken = {i for s in named for i in range(s.start, s.end)}
    for match in _PRONOUN.finditer(text):
        if match.start() not in taken and match[0] != "US" and not (match[0] == "I" and text[match.end() : match.end() + 1] == "."):
            named.append(Spot(start=match.start(), end=match.end(), text=match[0], kind="", form="pronoun", sure=1.0))
    return sorted(named, key=lambda s: s.start)


def _side_by_side(kind: str, other: str) -> bool:
    """Whether two neighbours of these kinds are one name: both of one kind, or both bodies of some kind."""
    return kind in NAMED and (kind == other or {kind, other} <= NAMED - {"person"})


def goes_on(text: str, at: int) -> bool:
    """Whether the piece that begins at `at` continues the word before it, so that both have one tag.

    >>> [goes_on("U.S.", 1), goes_on("Mar-a-Lago", 4), goes_on("Musk's", 4), goes_on("met.", 3), goes_on("Trump-backed", 5)]
    [True, True, False, False, False]
    >>> goes_on("Ruiz-KAMPALA", 4), goes_on("Al-Shabaab", 2)
    (False, True)
    """
    before, here, after = text[at - 1 : at], text[at], text[at + 1 : at + 2]
    if before.isalnum() and here.isalnum():
        return True
    if here == ".":
        return before.isupper() and not text[at - 2 : at - 1].isalpha()
    if before == ".":
        return here.isupper() and text[at - 2 : at - 1].isupper()
    hyphens = "-‐‑"
    if here in hyphens and before.islower() and re.match(r"(?:[A-Z]{3,}|The|A|An|In)\b", text[at + 1 : at + 20]):
        return False  # a headline that runs into a dateline or a sentence: "… leader Besigye-KAMPALA"
    return (before in hyphens and (here.isupper() or after in hyphens)) or (
        here in hyphens and (after.isupper() or text[at + 2 : at + 3] in hyphens)
    )


def is_possessive(text: str, spot: Spot) -> bool:
    """Whether a pronoun only tells whose something is ("his company"): what is tied is then said of the owner elsewhere.

    >>> text = "her firm thanked her for it"
    >>> [is_possessive(text, Spot(start=a, end=a + 3, text="her", kind="", form="pronoun", sure=1.0)) for a in (0, 17)]
    [True, False]
    """
    word = spot.text.lower()
    if word == "her":
        follows = re.match(r"\s+(\w+)", text[spot.end : spot.end + 30])
        return follows is not None and follows[1].lower() not in AFTER_OBJECT
    return word in POSSESSIVE


def spot_at(text: str, start: int, end: int, kind: str, sure: float) -> Spot | None:
    """A stretch that names an actor, cut to its words; None where no name is left."""
    while start < end and text[start] in _EDGE:
        start += 1
    while (
        end > start
        and text[end - 1] in _EDGE
        and not (text[end - 1] == "." and re.search(r"\b\w\.$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr)\.$", text[start:end]))
    ):
        end -= 1
    words = text[start:end]
    for suffix in ("'s", "’s"):
        if words.endswith(suffix):
            end -= 2
            words = text[start:end]
    if start > 1 and text[start - 1] in "-‐‑" and text[start - 2].isalnum() and " " in words:
        start += words.index(" ") + 1  # "President-elect Ana Ruiz": the second half of a title
        words = text[start:end]
    if not any(c.isalpha() for c in words) or (len(words) == 1 and words.islower()) or (words.lower() in PRONOUNS and words not in ("US",)):
        return None
    if words in AFTER_OBJECT or words in ARTICLES:
        return None
    while (
        kind != "description" and (cut := re.match(r"(?:the|of|for|and|in|at|by|to|with|from)\s+(?=\S)", text[start:end], re.I)) is not None
    ):
        start += cut.end()
    while (cut := re.search(r"\s+(?:of|and|the|for|in|at|on|with|to|by|from|de|&)$", text[start:end])) is not None:
        end = start + cut.start()
    while kind in ("person", "company") and (cut := re.search(r"(?<=\w)\s+[a-z]+$", text[start:end])) is not None:
        end = start + cut.start()  # "OpenAI forge": what follows a name in small letters is no part of it
    while kind in ("person", "company") and (cut := re.match(r"([a-z]{3,})\s+(?=[A-Z])", text[start:end])) is not None:
        if cut[1] in PARTICLES:
            break
        start += cut.end()  # "rival Ted Cruz", "company SpaceX": so is what stands before it
    form = "description" if kind == "description" or (kind == "group" and not re.search(r"\b[A-Z]", words)) else "name"
    return Spot(start=start, end=end, text=text[start:end], kind=kind, form=form, sure=sure)
