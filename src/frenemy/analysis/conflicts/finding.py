"""Potential conflicts of interest: loops of ties that close, with the ties they rest on; never more than a question to be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from frenemy.analysis.conflicts.matching import Binding, Cast, Join, Names
from frenemy.analysis.conflicts.patterns import TOGETHER, Hop, Pattern
from frenemy.analysis.conflicts.relations import TieIndex
from frenemy.analysis.conflicts.spans import common, in_order, span, strongest_together
from frenemy.model import Evidence

DENIED = frozenset(("denied",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One hop of a loop: the tie that it rests on, the other ties that say the same, and how many deny it."""

    hop: str
    tie: Evidence
    others: tuple[str, ...] = ()
    denied: int = 0

    @property
    def basis(self) -> str:
        """What its date rests on: "said", "printed" or "undated"."""
        return span(self.tie).basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The hop that a near-loop lacks, as the ties that would close it: source, types, target."""

    hop: str
    ways: tuple[tuple[str, tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A potential conflict of interest: a loop of dated ties after a pattern, or, with `missing`, a loop that lacks one hop.

    `roles` are the roles with the ids of their actors, `since` and `until` bound the days on which all hops hold (None: open, or no common
    day is asked for), `confidence` is that of the weakest hop. `also` lists the actors through whom the same is found, by role: other
    offices that the same official holds, say.
    """

    pattern: Pattern
    roles: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    since: date | None
    until: date | None
    confidence: float
    missing: Missing | None = None
    also: tuple[tuple[str, str], ...] = ()

    @property
    def rank(self) -> tuple[bool, int, float, int, str, tuple[tuple[str, str], ...]]:
        """Closed loops first, then those of asserted ties, the more confident, the shorter."""
        unsure = sum(step.tie.status != "asserted" for step in self.steps)
        return self.missing is not None, unsure, -self.confidence, len(self.steps), self.pattern.name, self.roles


def find_conflicts(
    ties: Iterable[Evidence],
    patterns: Sequence[Pattern],
    kinds: Mapping[str, str],
    *,
    names: Names | None = None,
    actor: str | None = None,
    near: bool = False,
) -> list[Conflict]:
    """The potential conflicts of interest that ties hold, the best founded first.

    `kinds` gives each actor's kind (`frenemy.model.KINDS`), `names` what each is called, for the roles that ask for words. With `actor`
    only loops with that actor; with `near` also loops that lack one hop, after all others. Loops of a pattern that are about the same
    actors (`Pattern.about`) are one finding, however many ties say each hop.

    >>> from frenemy.analysis.conflicts import parse_patterns
    >>> patterns = parse_patterns('''
    ... own-firm-is-paid:
    ...   title: serves a body that pays an own firm
    ...   roles: {official: [person], body: [government body], firm: [company]}
    ...   hops:
    ...     service: official ADVISES|LEADS body
    ...     interest: official OWNS firm
    ...     payment: [firm SUPPLIES body, body FUNDS firm]
    ...   near: [payment]
    ... ''')
    >>> def tie(number, source, kind, target, year):
    ...     return Evidence(tie=number, source=source, target=target, mutual=False, type=kind, polarity="0", status="asserted",
    ...                     word="author", since=date(year, 1, 1), until=None, published=None, origin="d",
    ...                     confidence=0.5 + int(number) / 10)
    >>> said = ("ann", "LEADS", "harbour", 2020), ("ann", "OWNS", "dredgers", 2015), ("harbour", "FUNDS", "dredgers", 2022)
    >>> ties = [tie(str(number), *each) for number, each in enumerate(said, start=1)]
    >>> kinds = {"ann": "person", "harbour": "government body", "dredgers": "company"}
    >>> [found] = find_conflicts(ties, patterns, kinds)
    >>> [step.tie.tie for step in found.steps], found.since, found.until, found.confidence
    (['1', '2', '3'], datetime.date(2022, 1, 1), None, 0.6)
    >>> [close] = find_conflicts(ties[:2], patterns, kinds, near=True)
    >>> close.missing.ways
    (('dredgers', ('SUPPLIES',), 'harbour'), ('harbour', ('FUNDS',), 'dredgers'))
    """
    index, cast = TieIndex(ties, kinds), Cast(kinds, names or {})
    found = []
    for pattern in patterns:
        loops = list(_closed(pattern, index, cast, actor))
        if near:
            loops += _near(pattern, index, cast, actor)
        found += _folded(loops)
    return sorted(found, key=lambda conflict: conflict.rank)


def _folded(loops: Sequence[Conflict]) -> list[Conflict]:
    """One finding for the loops of a pattern about the same actors: the best founded, with the actors that the others go through.

    A near-loop is left out where a loop about its actors closes.
    """
    groups: dict[frozenset[str], list[Conflict]] = defaultdict(list)
    for loop in sorted(loops, key=lambda conflict: conflict.rank):
        groups[frozenset(actor for role, actor in loop.roles if loop.pattern.tells_apart(role))].append(loop)
    return [_with_others(first, others) for first, *others in groups.values()]


def _with_others(first: Conflict, others: Sequence[Conflict]) -> Conflict:
    known = set(first.roles)
    alike = (other for other in others if (other.missing is None) == (first.missing is None))
    also = (pair for other in alike for pair in other.roles if pair not in known and not first.pattern.tells_apart(pair[0]))
    return replace(first, also=tuple(dict.fromkeys(also)))


def _closed(pattern: Pattern, index: TieIndex, cast: Cast, actor: str | None) -> Iterator[Conflict]:
    for binding in Join(pattern, index, cast).bindings(actor):
        loop = _loop(pattern, binding, index)
        if loop is not None:
            yield loop


def _near(pattern: Pattern, index: TieIndex, cast: Cast, actor: str | None) -> Iterator[Conflict]:
    """The loops that lack one hop of which nothing is said, dated or not."""
    for name in pattern.near:
        rest, hop = pattern.without(name)
        relation = index.relation(hop, rest.casting(hop))
        for binding in Join(rest, index, cast).bindings(actor):
            one, other = (binding[role] for role in hop.ends)
            if not relation.between(one, other):
                loop = _loop(rest, binding, index, Missing(hop=name, ways=_asked(hop, binding)))
                if loop is not None:
                    yield loop


def _loop(pattern: Pattern, binding: Binding, index: TieIndex, missing: Missing | None = None) -> Conflict | None:
    """The loop that a binding makes, None where its hops do not stand in time as the pattern asks."""
    names, ties, denied = [], [], []
    for hop in pattern.hops:
        one, other = (binding[role] for role in hop.ends)
        names.append(hop.name)
        casting = pattern.casting(hop)
        ties.append(index.relation(hop, casting).between(one, other))
        denied.append(len(index.relation(replace(hop, statuses=DENIED), casting).between(one, other)))
    for first, second in pattern.wholes:
        for tie in index.whole(binding[first])[binding[second]]:
            names.append("part")
            ties.append([tie])
            denied.append(0)
    together = pattern.overlap == TOGETHER
    chosen = strongest_together(ties) if together else in_order(ties)
    if chosen is None:
        return None
    since, until = common(chosen) if together else (None, None)
    return Conflict(
        pattern=pattern,
        roles=tuple((role.name, binding[role.name]) for role in pattern.roles),
        steps=tuple(
            Step(hop=name, tie=tie, others=tuple(dict.fromkeys(o.tie for o in said if o.tie != tie.tie)), denied=count)
            for name, tie, said, count in zip(names, chosen, ties, denied, strict=True)
        ),
        since=since,
        until=until,
        confidence=min(tie.confidence for tie in chosen),
        missing=missing,
    )


def _asked(hop: Hop, binding: Binding) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    return tuple((binding[way.source], way.types, binding[way.target]) for way in hop.ways)
