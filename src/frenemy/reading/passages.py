"""Passages on their way through the network: read in batches across documents, kept only as mentions and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from frenemy.reading.chains import fits_kind, head_kind
from frenemy.reading.couples import named_before, with_couples
from frenemy.reading.entities.merging import merge
from frenemy.reading.entities.protocol import Entity
from frenemy.reading.mentions import SPEAKER, Spot, is_possessive, spots
from frenemy.reading.network import Network
from frenemy.reading.verdicts import Verdict, verdicts

Span = tuple[int, int]

WINDOW = 192  # passages sorted by length together
TOKENS = 700  # padded tokens of a batch, about
CANDIDATES = 8  # mentions that a pronoun or description is compared with
CROWD = 14  # mentions of a sentence that are paired; a list of names longer than this is no prose


@dataclass(slots=True)
class Passage:
    """A run of neighbouring sentences; `mentions` to `same` are filled by `read_passages`, offsets are the passage's own.

    `entities` are the names that a `MentionFinder` found here; None leaves them to the network's tags.
    """

    text: str
    sentences: Sequence[Span]
    entities: Sequence[Entity] | None = None
    mentions: list[Spot] = field(default_factory=list)
    ties: dict[tuple[int, int], list[Verdict]] = field(default_factory=dict)
    same: dict[tuple[int, int], float] = field(default_factory=dict)


def read_passages(network: Network, passages: Iterable[Passage], threshold: float) -> Iterator[Passage]:
    """Fill passages in, window by window, and give them back in their order."""
    window: list[Passage] = []
    for passage in passages:
        window.append(passage)
        if len(window) == WINDOW:
            yield from _read_window(network, window, threshold)
            window = []
    yield from _read_window(network, window, threshold)


def _read_window(network: Network, window: Sequence[Passage], threshold: float) -> Sequence[Passage]:
    group: list[Passage] = []
    for passage in sorted(window, key=lambda p: len(p.text)):
        if group and len(passage.text) / 4 * (len(group) + 1) > TOKENS:
            _read_group(network, group, threshold)
            group = []
        group.append(passage)
    if group:
        _read_group(network, group, threshold)
    return window


def _read_group(network: Network, group: Sequence[Passage], threshold: float) -> None:
    encoded = network.encode([p.text for p in group])
    for i, passage in enumerate(group):
        passage.mentions = spots(passage.text, network.classes["tags"], encoded.tags[i], encoded.offsets[i])
        if passage.entities is not None:
            passage.mentions = merge(passage.text, passage.entities, passage.mentions)
        passage.mentions = with_couples(passage.text, passage.mentions)
    together = [neighbours(p) for p in group]
    worth = network.hints(encoded, [spans_of(p, pairs) for p, pairs in zip(group, together, strict=True)])
    tied = [{pair for pair, hint in zip(*row, strict=True) if hint >= network.classes["hint"]} for row in zip(together, worth, strict=True)]
    asked = [sorted(pairs.union(*(candidates(p, j) for j in range(len(p.mentions))))) for p, pairs in zip(group, tied, strict=True)]
    found = network.score(encoded, [spans_of(p, pairs) for p, pairs in zip(group, asked, strict=True)])
    for passage, pairs, scores, could in zip(group, asked, found, tied, strict=True):
        for pair, score in zip(pairs, scores, strict=True):
            if score is None:
                continue
            passage.same[pair] = score.same
            if pair in could and (ties := verdicts(score, network.classes, threshold)):
                passage.ties[pair] = ties


def spans_of(passage: Passage, pairs: Iterable[tuple[int, int]]) -> list[tuple[Span, Span]]:
    """The character spans of pairs of mentions."""
    m = passage.mentions
    return [((m[i].start, m[i].end), (m[j].start, m[j].end)) for i, j in pairs]


def _inside(passage: Passage, sentence: Span) -> list[int]:
    return [i for i, m in enumerate(passage.mentions) if sentence[0] <= m.start and m.end <= sentence[1]]


def neighbours(passage: Passage) -> list[tuple[int, int]]:
    """The pairs of mentions that stand in one sentence and could be tied."""
    pairs = set()
    for sentence in passage.sentences:
        inside = [i for i in _inside(passage, sentence) if not is_possessive(passage.text, passage.mentions[i])][:CROWD]
        pairs |= {(i, j) for k, i in enumerate(inside) for j in inside[k + 1 :]}
    pairs |= {(i, j) for i, j, _ in coupled(passage)}
    return sorted(pairs)


def coupled(passage: Passage) -> list[tuple[int, int, Span]]:
    """Two names of different sentences that a couple ("the two") joins, and the couple's sentence."""
    out = []
    for j, mention in enumerate(passage.mentions):
        if mention.form == "couple" and len(two := named_before(j, passage.mentions)) == 2:
            first, second, here = (sentence_of(passage, i) for i in (*two, j))
            if first != second and here is not None:
                out.append((two[0], two[1], here))
    return out


def sentence_of(passage: Passage, i: int) -> Span | None:
    """The sentence in which mention i begins."""
    return next((s for s in passage.sentences if s[0] <= passage.mentions[i].start < s[1]), None)


def candidates(passage: Passage, j: int) -> set[tuple[int, int]]:
    """The mentions before mention j that it could stand for, the nearest of each wording."""
    mention, wordings = passage.mentions[j], set()
    pairs: set[tuple[int, int]] = set()
    if mention.form in ("name", "couple") or mention.text.lower() in SPEAKER:
        return pairs
    for i in range(j - 1, -1, -1):
        earlier = passage.mentions[i]
        kind = head_kind(earlier.text) or "group" if earlier.kind == "description" else earlier.kind
        if earlier.form not in ("pronoun", "couple") and earlier.text not in wordings and fits_kind(mention, kind):
            wordings.add(earlier.text)
            pairs.add((i, j))
        if len(pairs) == CANDIDATES:
            break
    return pairs
