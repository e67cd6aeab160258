"""Ties indexed for the join: who stands in a hop to whom, from either end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from frenemy.analysis.conflicts.patterns import Hop, Role, Way
from frenemy.model import TIE_TYPES, Evidence

Ends: TypeAlias = "dict[str, dict[str, list[Evidence]]]"
STEPS = 2
"""How many PART_OF ties lead from a body to a whole."""
WHOLES = frozenset(("government body", "company"))
"""Kinds that make one whole of their parts; the cities of a country, the members of a party or of an alliance are not one."""

PART_OF = Hop(name="part", ways=(Way(source="part", types=("PART_OF",), target="whole"),))


class Relation:
    """All ties of one hop: `forward[a][b]` are those of `a` in the hop's first role and `b` in its second, `backward[b][a]` the same."""

    def __init__(self) -> None:
        self.forward: Ends = defaultdict(dict)
        self.backward: Ends = defaultdict(dict)

    def add_all(self, filed: Iterable[tuple[str, str, Evidence]]) -> None:
        """File ties, each under its actors in the first and in the second role."""
        for one, other, tie in filed:
            ties = self.forward[one].get(other)
            if ties is None:
                ties = self.forward[one][other] = self.backward[other][one] = []
            ties.append(tie)

    def between(self, one: str, other: str) -> list[Evidence]:
        """The ties of two actors in their roles."""
        return self.forward[one].get(other, []) if one in self.forward else []


def _both_ways(tie: Evidence) -> bool:
    return tie.mutual or TIE_TYPES[tie.type].mutual


class TieIndex:
    """Ties by type, status and kinds of actors, and from these the relation of each hop, made once for all patterns that share it."""

    def __init__(self, ties: Iterable[Evidence], kinds: Mapping[str, str]) -> None:
        self._filed: dict[tuple[str, str], dict[tuple[str | None, str | None], list[Evidence]]] = defaultdict(lambda: defaultdict(list))
        for tie in ties:
            if tie.source != tie.target:
                self._filed[tie.type, tie.status][kinds.get(tie.source), kinds.get(tie.target)].append(tie)
        self._relations: dict[object, Relation] = {}
        self._kinds = kinds
        self._wholes: dict[str, dict[str, tuple[Evidence, ...]]] = {}

    def relation(self, hop: Hop, ends: tuple[Role, Role]) -> Relation:
        """The ties of a hop between actors of the kinds that its two roles ask for. A mutual tie holds both ways."""
        keys = frozenset((kind, way.source == hop.ends[0], status) for way in hop.ways for kind in way.types for status in hop.statuses)
        shared = keys, ends[0].kinds, ends[1].kinds
        if shared not in self._relations:
            made = self._relations[shared] = Relation()
            for kind, onward, status in sorted(keys):
                for (source, target), ties in self._filed.get((kind, status), {}).items():
                    if ends[0].takes(source) and ends[1].takes(target):
                        made.add_all((tie.source, tie.target, tie) for tie in ties if onward or _both_ways(tie))
                    if ends[0].takes(target) and ends[1].takes(source):
                        made.add_all((tie.target, tie.source, tie) for tie in ties if not onward or _both_ways(tie))
        return self._relations[shared]

    def whole(self, actor: str) -> Mapping[str, tuple[Evidence, ...]]:
        """The actors that may stand for one whole with an actor, each with the PART_OF ties between them.

        That is the actor itself, what it is part of, what is part of it, and the other parts of a whole it is part of. What lies between
        them must be a government body or a company.
        """
        if actor not in self._wholes:
            up = self._climb(actor, forward=True)
            found = {**self._climb(actor, forward=False), **up}
            for top, path in up.items():
                if self._joins(top):
                    for part, way_down in self._climb(top, forward=False).items():
                        found.setdefault(part, (*path, *way_down))
            self._wholes[actor] = {**found, actor: ()}
        return self._wholes[actor]

    def _joins(self, actor: str) -> bool:
        return self._kinds.get(actor) in WHOLES

    def _climb(self, actor: str, *, forward: bool) -> dict[str, tuple[Evidence, ...]]:
        """What is reached by a few PART_OF ties upward or downward, with the surest tie of each step."""
        parts = self.relation(PART_OF, (Role(name="part"), Role(name="whole")))
        ends = parts.forward if forward else parts.backward
        reached: dict[str, tuple[Evidence, ...]] = {}
        edge: dict[str, tuple[Evidence, ...]] = {actor: ()}
        for _ in range(STEPS):
            edge = {
                other: (*path, max(ties, key=lambda tie: tie.confidence))
                for at, path in edge.items()
                if at == actor or self._joins(at)
                for other, ties in (ends[at].items() if at in ends else ())
                if other != actor and other not in reached
            }
            reached.update(edge)
        return reached
