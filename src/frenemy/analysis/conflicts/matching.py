"""Which actors can play the roles of a pattern: a join that binds one role after another.

A role is bound to the actors that every hop to a bound role allows, taken from the shortest of these lists. So a hub costs little unless
its loops close (the generic join of Ngo, Ré and Rudra 2014, "Skew strikes back", SIGMOD Record 42(4)).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from frenemy.analysis.conflicts.patterns import Pattern, Role
from frenemy.analysis.conflicts.relations import TieIndex

Binding = dict[str, str]
"""Roles with the actors that play them."""
Names = Mapping[str, Sequence[str]]
"""What each actor is called."""


class Cast:
    """Who may play a role, by kind and by the words of the names."""

    def __init__(self, kinds: Mapping[str, str], names: Names) -> None:
        self._kinds = kinds
        self._names = names
        self._words: dict[str, frozenset[str]] = {}

    def fits(self, actor: str, role: Role) -> bool:
        """Whether an actor may play a role."""
        return role.takes(self._kinds.get(actor)) and self._speaks(actor, role)

    def _speaks(self, actor: str, role: Role) -> bool:
        return not role.words or not role.words.isdisjoint(self._spoken(actor))

    def _spoken(self, actor: str) -> frozenset[str]:
        if actor not in self._words:
            self._words[actor] = frozenset(word.casefold().strip(".,") for name in self._names.get(actor, ()) for word in name.split())
        return self._words[actor]


class Join:
    """One pattern over one index."""

    def __init__(self, pattern: Pattern, index: TieIndex, cast: Cast) -> None:
        self._roles = {role.name: role for role in pattern.roles}
        self._hops = [(hop.ends, index.relation(hop, pattern.casting(hop))) for hop in pattern.hops]
        self._wholes = pattern.wholes
        self._index = index
        self._cast = cast

    def bindings(self, actor: str | None = None) -> Iterator[Binding]:
        """Every way to fill the roles, or every way that has this actor in one of them."""
        if actor is None:
            role, domain = min(self._domains(), key=lambda pair: len(pair[1]))
            for candidate in sorted(domain):
                yield from self._from(role, candidate)
            return
        seen = set()
        for role in self._roles:
            for binding in self._from(role, actor):
                key = tuple(sorted(binding.items()))
                if key not in seen:
                    seen.add(key)
                    yield binding

    def _from(self, role: str, actor: str) -> Iterator[Binding]:
        if self._cast.fits(actor, self._roles[role]):
            yield from self._extend({role: actor})

    def _domains(self) -> Iterator[tuple[str, Collection[str]]]:
        """For each end of each hop, its role and who stands there; a search begins with the fewest."""
        for (first, second), relation in self._hops:
            yield first, relation.forward
            yield second, relation.backward

    def _extend(self, bound: Binding) -> Iterator[Binding]:
        if len(bound) == len(self._roles):
            yield dict(bound)
            return
        lists = {role: allowed for role in self._roles if role not in bound and (allowed := self._allowed(role, bound))}
        role = min(lists, key=lambda name: min(map(len, lists[name])))
        shortest, *others = sorted(lists[role], key=len)
        for candidate in shortest:
            if all(candidate in other for other in others) and self._may(role, candidate, bound):
                yield from self._extend({**bound, role: candidate})

    def _allowed(self, role: str, bound: Binding) -> list[Mapping[str, object]]:
        """For each link between a role and a bound one, the actors that it allows."""
        found: list[Mapping[str, object]] = []
        for (first, second), relation in self._hops:
            if role == second and first in bound:
                found.append(relation.forward.get(bound[first], {}))
            elif role == first and second in bound:
                found.append(relation.backward.get(bound[second], {}))
        for pair in self._wholes:
            if role in pair and (other := pair[pair[0] == role]) in bound:
                found.append(self._index.whole(bound[other]))
        return found

    def _may(self, role: str, actor: str, bound: Binding) -> bool:
        """Whether an actor may take the next role: it fits, and plays no other, unless the two roles may be one body."""
        if not self._cast.fits(actor, self._roles[role]):
            return False
        taken = [name for name, player in bound.items() if player == actor]
        return all((role, name) in self._wholes or (name, role) in self._wholes for name in taken)
