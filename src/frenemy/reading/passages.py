"""Passages on their way through the network: read in batches across documents, kept only as mentions and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from frenemy.reading.mentions import SPEAKER, Spot, is_possessive, spots
from frenemy.reading.network import Network
from frenemy.reading.verdicts import Verdict, verdicts

Span = tuple[int, int]

WINDOW = 192  # passages sorted by length together
TOKENS = 3000  # padded tokens of a batch, about
CROWD = 14  # mentions of a sentence that are paired; a list of names longer than this is no prose


@dataclass(slots=True)
class Passage:
    """A run of neighbouring sentences; `mentions` to `same` are filled by `read_passages`, offsets are the passage's own."""

    text: str
    sentences: Sequence[Span]
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
    asked = []
    for i, passage in enumerate(group):
        passage.mentions = spots(passage.text, network.classes["tags"], encoded.tags[i], encoded.offsets[i])
        asked.append(pairs_to_ask(passage))
    spans = [
        [((p.mentions[i].start, p.mentions[i].end), (p.mentions[j].start, p.mentions[j].end)) for i, j in pairs]
        for p, pairs in zip(group, asked, strict=True)
    ]
    for passage, pairs, scores in zip(group, asked, network.score(encoded, spans), strict=True):
        together = {(i, j) for s in passage.sentences for i in _inside(passage, s) for j in _inside(passage, s)}
        for pair, score in zip(pairs, scores, strict=True):
            if score is None:
                continue
            passage.same[pair] = score.same
            if pair in together and (found := verdicts(score, network.classes, threshold)):
                passage.ties[pair] = found


def _inside(passage: Passage, sentence: Span) -> list[int]:
    return [i for i, m in enumerate(passage.mentions) if sentence[0] <= m.start and m.end <= sentence[1]]


def pairs_to_ask(passage: Passage) -> list[tuple[int, int]]:
    """Mentions of one sentence for ties, and each pronoun or description with what came before it for who is meant."""
    pairs = set()
    for sentence in passage.sentences:
        inside = [i for i in _inside(passage, sentence) if not is_possessive(passage.text, passage.mentions[i])][:CROWD]
        pairs |= {(i, j) for k, i in enumerate(inside) for j in inside[k + 1 :]}
    for j, mention in enumerate(passage.mentions):
        if mention.form != "name" and mention.text.lower() not in SPEAKER:
            pairs |= {(i, j) for i in range(max(0, j - CROWD), j) if passage.mentions[i].form != "pronoun"}
    return sorted(pairs)
