"""The one shape that every training set is brought into: passages with tagged mentions and labelled pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

KINDS = ("person", "company", "organisation", "government body", "place", "group", "description")
TAGS = ("O", *(f"{edge}-{kind}" for kind in KINDS for edge in "BI"))
ORGS = ("company", "organisation", "government body")
PRONOUNS = frozenset(
    [
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "it",
        "its",
        "itself",
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "you",
        "your",
        "yours",
    ]
)
STANCES = {"0": 0, "p>q+": 1, "q>p+": 2, "p>q-": 3, "q>p-": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One tie of a pair; `None` where the source does not say."""

    type: str
    direction: str
    polarity: str | None = None
    status: str | None = None
    voice: str | None = None

    def turned(self) -> Label:
        """The same tie with p and q swapped."""
        swap = {"p>q": "q>p", "q>p": "p>q", "p": "q", "q": "p"}
        return Label(
            type=self.type,
            direction=swap.get(self.direction, self.direction),
            polarity=self.polarity,
            status=self.status,
            voice=swap.get(self.voice, self.voice) if self.voice else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two mentions by their index in the passage. `ties` is None where the source does not say, empty where it says there is none."""

    p: int
    q: int
    ties: tuple[Label, ...] | None = None
    same: bool | None = None
    stance: int | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text with mention spans in text order, labelled pairs (p before q) and what is known of its entity tags.

    `entities` are (start, end, kinds it may have); `unsaid` are the kinds that this source leaves untagged, so that "O" may hide them;
    None says that the source tells nothing about entities.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    pairs: tuple[Pair, ...] = ()
    entities: tuple[tuple[int, int, tuple[str, ...]], ...] | None = None
    unsaid: tuple[str, ...] = ()
    source: str = ""


@dataclass(slots=True)
class Draft:
    """A passage under construction: add mentions and pairs in any order, then `finish`."""

    text: str
    source: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    pairs: dict[tuple[tuple[int, int], tuple[int, int]], Pair] = field(default_factory=dict)

    def pair(self, a: tuple[int, int], b: tuple[int, int], **labels: object) -> None:
        """Label the pair of spans (a, b); ties are given as seen from a to b and turned into text order."""
        ties = labels.pop("ties", None)
        stance = labels.pop("stance", None)
        if a[0] > b[0]:
            a, b = b, a
            ties = None if ties is None else tuple(t.turned() for t in ties)  # type: ignore[attr-defined]
            stance = {None: None, 0: 0, 1: 2, 2: 1, 3: 4, 4: 3}[stance]  # type: ignore[index]
        self.spans += [s for s in (a, b) if s not in self.spans]
        self.pairs[a, b] = Pair(p=0, q=0, ties=ties, stance=stance, **labels)  # type: ignore[arg-type]

    def finish(self, **more: object) -> Passage:
        """The passage, its spans sorted and its pairs pointing at them."""
        spans = sorted(self.spans)
        index = {s: i for i, s in enumerate(spans)}
        pairs = tuple(
            Pair(p=index[a], q=index[b], ties=x.ties, same=x.same, stance=x.stance, weight=x.weight) for (a, b), x in self.pairs.items()
        )
        return Passage(text=self.text, spans=tuple(spans), pairs=pairs, source=self.source, **more)  # type: ignore[arg-type]


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span that cuts a word, and trim blanks.

    >>> whole_words("[Brussel]s attacker"[1:], 0, 7)
    (0, 7)
    >>> whole_words("the Conservatives won", 4, 16)
    (4, 17)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def join_tokens(tokens: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    """Text as news would print it from tokens, with each token's span.

    >>> join_tokens(["Ford", "'s", "plant", ",", "it", "said"])[0]
    "Ford's plant, it said"
    """
    text, spans, glue = "", [], True
    for token in tokens:
        attach = glue or re.fullmatch(r"[,.;:!?)\]}%]|'s|’s|n't|'", token) is not None
        text += "" if attach or not text else " "
        spans.append((len(text), len(text) + len(token)))
        text += token
        glue = token in "([{$#" and bool(token)
    return text, spans
