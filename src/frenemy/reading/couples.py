"""Two at once: "the two", "both men", "the pair" stand for the two actors that were named last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from frenemy.reading.chains import KIND_OF_HEAD, ORGANISED, REACH, Chain
from frenemy.reading.mentions import Spot

PLURALS = {
    "men": "person",
    "women": "person",
    "parties": "organisation",
    "companies": "company",
    "countries": "place",
    "armies": "government body",
}
ANY = frozenset(("sides", "rivals", "allies", "foes", "friends", "enemies", "partners", "opponents"))
PHRASE = re.compile(r"\b(?:(?P<pair>the pair|the duo)|(?:the two|both)(?: (?P<noun>[a-z]+))?)\b", re.I)
VERB_IN_S = frozenset(("was", "is", "has", "does", "this", "as", "always", "sometimes", "towards"))


def couples(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind ("" for any) of each phrase that stands for two actors.

    >>> list(couples("The two met. Both men agreed, and both companies grew by the two thirds."))
    [(0, 7, ''), (13, 21, 'person'), (34, 48, 'company')]
    """
    for match in PHRASE.finditer(text):
        noun = match["noun"] or ""
        kind = "" if noun in ANY else PLURALS.get(noun) or KIND_OF_HEAD.get(noun.removesuffix("s"), "?")
        if match["pair"] or kind != "?":
            yield match.start(), match.end(), "" if match["pair"] else kind
        elif match[0].lower().startswith("the two") and (not noun.endswith(("s", "th")) or noun in VERB_IN_S):
            yield match.start(), match.start() + len("the two"), ""


def with_couples(text: str, spots: Sequence[Spot]) -> list[Spot]:
    """The mentions of a passage and the phrases for two among them; a phrase takes the place of a description over it."""
    found = [
        Spot(start=a, end=b, text=text[a:b], kind=kind, form="couple", sure=1.0)
        for a, b, kind in couples(text)
        if not any(s.form == "name" and s.start < b and a < s.end for s in spots)
    ]
    kept = [s for s in spots if not any(s.start < c.end and c.start < s.end for c in found)]
    return sorted(kept + found, key=lambda s: s.start)


def suits(kind: str, other: str, before: str = "") -> bool:
    """Whether an actor of a kind can be one of a couple of a kind ("" for any but a place), given the kind of the one found before.

    >>> suits("", "person"), suits("", "place"), suits("place", "place"), suits("", "company", "person")
    (True, False, True, False)
    """
    alike = not before or other == before or (other in ORGANISED and before in ORGANISED)
    return alike and (kind == other or (kind in ORGANISED and other in ORGANISED) if kind else other != "place")


def named_before(j: int, spots: Sequence[Spot]) -> list[int]:
    """The two names before mention j that a couple stands for, by their wording; fewer than two where there are none."""
    out: list[int] = []
    for i in range(j - 1, -1, -1):
        spot = spots[i]
        if spots[j].start - spot.end > REACH or len(out) == 2:
            break
        before = spots[out[0]].kind if out else ""
        if spot.form == "name" and suits(spots[j].kind, spot.kind, before) and all(spot.text not in spots[k].text for k in out):
            out.append(i)
    return out[::-1]


def meant(j: int, spots: Sequence[Spot], chains: Mapping[int, Chain]) -> tuple[Chain, ...]:
    """The two actors of the couple j, none where the text before does not name two."""
    found: list[Chain] = []
    for i in range(j - 1, -1, -1):
        chain = chains.get(i)
        if spots[j].start - spots[i].end > REACH or len(found) == 2:
            break
        before = found[0].kind if found else ""
        if chain is None or spots[i].form != "name" or any(chain is c for c in found):
            continue
        if suits(spots[j].kind, chain.kind, before):
            found.append(chain)
    return tuple(found[::-1]) if len(found) == 2 else ()
