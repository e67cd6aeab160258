"""What a conflict of interest looks like: a few roles, and the ties between them that close a loop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

TOGETHER, ORDER = "required", "order"
"""How the hops of a pattern stand in time: all at one time, or the first begins before the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A part that an actor plays: of some kinds, all where empty, and with one of these words in a name, where there are any."""

    name: str
    kinds: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def takes(self, kind: str | None) -> bool:
        """Whether an actor of a kind may play it."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Ties of some types from one role to another."""

    source: str
    types: tuple[str, ...]
    target: str

    def __str__(self) -> str:
        return f"{self.source} {'|'.join(self.types)} {self.target}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of the loop: any of these ways between the same two roles, in one of these statuses."""

    name: str
    ways: tuple[Way, ...]
    statuses: frozenset[str] = frozenset(("asserted",))

    @property
    def ends(self) -> tuple[str, str]:
        """The two roles."""
        return self.ways[0].source, self.ways[0].target

    def renamed(self, names: Mapping[str, str]) -> Hop:
        """The same hop between roles of other names."""
        ways = (replace(way, source=names.get(way.source, way.source), target=names.get(way.target, way.target)) for way in self.ways)
        return replace(self, ways=tuple(ways))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A loop of hops between roles.

    `title` goes on after the name of the actor that plays the first role. `check` says what to find out before anybody calls it a
    conflict. `about` names the roles that tell findings apart, all where empty: loops through other offices of one official are one
    finding. `wholes` are pairs of roles that may be one actor, one a part of the other, or both parts of one whole. `overlap` is "required"
    (there is a day on which all hops hold) or "order" (the first hop begins before the second). `near` names the hops without which the
    loop is still worth telling as a near-loop.
    """

    name: str
    title: str
    check: str = ""
    roles: tuple[Role, ...]
    hops: tuple[Hop, ...]
    wholes: tuple[tuple[str, str], ...] = ()
    overlap: str = TOGETHER
    near: tuple[str, ...] = ()
    about: frozenset[str] = frozenset()

    @property
    def types(self) -> frozenset[str]:
        """The tie types that it looks at."""
        return frozenset(kind for hop in self.hops for way in hop.ways for kind in way.types) | ({"PART_OF"} if self.wholes else set())

    def casting(self, hop: Hop) -> tuple[Role, Role]:
        """The two roles of a hop."""
        roles = {role.name: role for role in self.roles}
        return roles[hop.ends[0]], roles[hop.ends[1]]

    def tells_apart(self, role: str) -> bool:
        """Whether another actor in a role makes another finding."""
        return not self.about or role in self.about

    def without(self, name: str) -> tuple[Pattern, Hop]:
        """The pattern with one hop left out, and that hop; roles that may be parts of one whole become one role.

        >>> way = lambda text: (Way(source=text.split()[0], types=(text.split()[1],), target=text.split()[2]),)
        >>> hops = Hop(name="office", ways=way("he LEADS body")), Hop(name="deal", ways=way("firm SUPPLIES buyer"))
        >>> roles = tuple(Role(name=name) for name in ("he", "body", "firm", "buyer"))
        >>> rest, missing = Pattern(name="p", title="t", roles=roles, hops=hops, wholes=(("body", "buyer"),)).without("deal")
        >>> [role.name for role in rest.roles], str(missing.ways[0])
        (['he', 'body', 'firm'], 'firm SUPPLIES body')
        """
        merged = {second: first for first, second in self.wholes}
        hops = [hop.renamed(merged) for hop in self.hops]
        [missing] = [hop for hop in hops if hop.name == name]
        rest = tuple(hop for hop in hops if hop.name != name)
        return replace(self, hops=rest, roles=tuple(role for role in self.roles if role.name not in merged), wholes=()), missing
