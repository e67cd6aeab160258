"""The names that are to be resolved together, each once, with the documents they stand in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from frenemy.actors.clusters import Key
from frenemy.actors.judged import MARK
from frenemy.actors.names import fold, organisation_key
from frenemy.model import Chain

MIXED = 0.3
"""A name tagged now as a person, now not, is two actors only when the rarer side has this share; else it is a reader's slip."""


@dataclass(slots=True)
class Corpus:
    """All surfaces: the one chain that each has in each of its documents."""

    surfaces: dict[Key, dict[str, Chain]] = field(default_factory=dict)

    def mentions(self, key: Key) -> int:
        """How often the surface is mentioned."""
        return sum(chain.count for chain in self.surfaces[key].values())


def gather(chains: Iterable[Chain], scoped: frozenset[str] = frozenset()) -> Corpus:
    """Sort the chains by surface, each on the side ("person" or "other") that most mentions of its name are on.

    `scoped` names the surfaces that a judgement speaks of in one document alone; these stand by themselves.
    """
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    unique = _one_a_name(chains)
    shared = {name: "".join(organisation_key(name)) for name in {chain.name for chain in unique}}
    for chain in unique:
        tally[shared[chain.name]][side_of(chain.kind)] += chain.count
    corpus = Corpus()
    for chain in unique:
        side, sides = side_of(chain.kind), tally[shared[chain.name]]
        if min(sides["person"], sides["other"]) < MIXED * sides.total():
            side = "person" if sides["person"] > sides["other"] else "other"
        scope = chain.document if scoped and f"{fold(chain.name)}{MARK}{chain.document}" in scoped else ""
        corpus.surfaces.setdefault((chain.name, side, scope), {})[chain.document] = chain
    return corpus


def _one_a_name(chains: Iterable[Chain]) -> list[Chain]:
    """One chain a document and name; where the reader gave a name two kinds in one document, the more mentioned one's."""
    found: dict[tuple[str, str], Chain] = {}
    for chain in chains:
        place = (chain.document, chain.name)
        if (other := found.get(place)) is not None:
            first = max(chain, other, key=lambda c: (c.count, c.kind))
            also = tuple(sorted({*chain.also, *other.also}))
            chain = replace(first, count=chain.count + other.count, also=also)
        found[place] = chain
    return [found[place] for place in sorted(found)]


def side_of(kind: str) -> str:
    """Persons are never what is no person.

    >>> side_of("company")
    'other'
    """
    return "person" if kind == "person" else "other"
