"""Other names of one organisation that the texts themselves give: "X, formerly Twitter".

A reader that gives both names to one chain has read it there. Its chains can be wrong, so a pair is believed only where the two names are
not told apart as often, and the rest waits for a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from frenemy.actors.clusters import Clusters, Key
from frenemy.actors.corpus import Corpus
from frenemy.actors.names import fold, tidy, words
from frenemy.actors.quarantine import nothing
from frenemy.actors.rules import same_key
from frenemy.model import Chain, Doubt

IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


def other_names(chain: Chain) -> Iterator[str]:
    """What a chain's actor is called beside its name.

    >>> list(other_names(Chain(document="d", name="X (formerly Twitter)", kind="company", also=("Twitter", "the firm"))))
    ['Twitter']
    """
    inside = IN_BRACKETS.search(chain.name)
    told = inside.group(1).split() if inside else []
    if told and fold(told[0]) in words().formerly:
        while told and fold(told[0]) in words().formerly:
            told = told[1:]
        yield from [" ".join(told)] if told else []
    for other in chain.also:
        if other[:1].isupper() and nothing(other) is None and tidy(other) not in (tidy(chain.name), " ".join(told)):
            yield tidy(other)


def join_renamed(clusters: Clusters, corpus: Corpus) -> list[Doubt]:
    """Join the names that the texts call one organisation; returns what is doubtful."""
    together = _told_together(corpus)
    bearers: dict[str, list[Key]] = {}
    for key in sorted(corpus.surfaces):
        if key[1] != "person":
            bearers.setdefault(fold(key[0]), []).append(key)
    doubts = []
    for (key, other), documents in sorted(together.items()):
        for bearer in bearers.get(other, []):
            if clusters.root(bearer) == clusters.root(key):
                continue
            apart = len(corpus.surfaces[bearer].keys() & corpus.surfaces[key].keys())
            if apart < documents:
                clusters.join(bearer, key, "another name in one text", round(documents / (documents + apart + 0.1), 3))
            else:
                score = round(documents / (documents + apart + 1), 3)
                doubts.append(Doubt(kind="merge", subjects=(key[0], bearer[0]), score=score, reason="one chain here, two there"))
    return doubts


def _told_together(corpus: Corpus) -> Counter[tuple[Key, str]]:
    """In how many documents an organisation's chain bears another, unlike name."""
    together: Counter[tuple[Key, str]] = Counter()
    for key, chains in corpus.surfaces.items():
        if key[1] == "person":
            continue
        for chain in chains.values():
            if chain.also or "(" in chain.name:
                together.update(
                    {(key, fold(other)) for other in other_names(chain) if same_key(other, "other") != same_key(key[0], "other")}
                )
    return together
