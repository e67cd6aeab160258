"""Rules asked of a ledger, and alarms handed to bells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Protocol

from frenemy.analysis.alarms import Alarm, Rule, Scope, cited, dispute_alarms, shift_alarms, telling, tie_alarms
from frenemy.analysis.claims import Statement, claims
from frenemy.errors import NotDelivered, RuleError, UnknownActor
from frenemy.ledger import KnownActor, TieFilter
from frenemy.model import Shift
from frenemy.pipeline.claims import statements
from frenemy.pipeline.newswatch.state import State
from frenemy.pipeline.opened import OpenLedger

SOONEST, LATEST = 30.0, 6 * 3600.0
"""Seconds before a bell that failed is tried again: the first, doubled with each further try, and at most."""
LISTED = "watchlist:"
FEW = 20
"""Actors whose ties are asked for one by one."""


class Bell(Protocol):
    """Somewhere that alarms go: a terminal, a file, a webhook, a mailbox."""

    @property
    def name(self) -> str:
        """By which what it has taken is remembered."""

    def ring(self, line: Mapping[str, Any]) -> None:
        """Hand an alarm over; raises `NotDelivered` where that fails. An alarm may come twice and then has the same `id`."""


class Ringer:
    """A ledger as rules see it at one moment; what several rules need is worked out once."""

    def __init__(self, ledger: OpenLedger) -> None:
        self._ledger = ledger
        self._actors: list[KnownActor] = ledger.actors()
        self._statements: list[Statement] | None = None

    def alarms(self, rule: Rule) -> list[Alarm]:
        """All that a rule rings on, whether or not it rang before."""
        scope = self._scope(rule)
        if scope is None:
            return []
        if rule.kind == "tie":
            return list(tie_alarms(rule, scope, self._said_of(scope)))
        if rule.kind == "dispute":
            return list(dispute_alarms(rule, scope, claims(s for s in self._said() if s.confidence >= rule.min_confidence)))
        if rule.kind == "shift":
            names = {actor.id: actor.name for actor in self._actors}
            shifts = [shift for shift in self._ledger.shifts() if scope.holds(shift.source, shift.target)]
            return list(shift_alarms(rule, scope, shifts, names, self._quoted(shifts)))
        return list(self._conflicts(rule, scope))

    def _conflicts(self, rule: Rule, scope: Scope) -> Iterator[Alarm]:
        for found in self._ledger.conflicts(min_confidence=rule.min_confidence):
            roles = dict(found.conflict.roles)
            if scope.holds(*roles.values()):
                yield Alarm(
                    rule=rule,
                    says=found.headline,
                    actors=tuple(found.names[actor] for actor in roles.values()),
                    keys=(f"{found.conflict.pattern.name}|{'|'.join(f'{role}={actor}' for role, actor in sorted(roles.items()))}",),
                    because=cited(statements(found.ties, origins={})),
                )

    def _said(self) -> list[Statement]:
        """All ties as statements."""
        if self._statements is None:
            self._statements = statements(self._ledger.ties(), origins=self._origins)
        return self._statements

    def _said_of(self, scope: Scope) -> list[Statement]:
        """The ties that a scope can hold: of a few actors without all others."""
        few = scope.between[0] if scope.between and scope.actors is None else scope.actors
        if few is None or len(few) > FEW or self._statements is not None:
            return self._said()
        found = {tie.id: tie for actor in sorted(few) for tie in self._ledger.ties(TieFilter(actors=(actor,)))}
        return statements(found.values(), origins=self._origins)

    @cached_property
    def _origins(self) -> dict[str, str]:
        return self._ledger.origins()

    def _quoted(self, shifts: Sequence[Shift]) -> dict[str, Statement]:
        """The ties that shifts are told with, by id."""
        ids = tuple(dict.fromkeys(tie for shift in shifts for tie in telling(shift)))
        found = self._ledger.ties(TieFilter(ids=ids)) if ids else ()
        return {said.tie: said for said in statements(found, origins={})}

    def _scope(self, rule: Rule) -> Scope | None:
        """The actors of a rule; None where none of them is in the ledger yet."""
        actors = frozenset().union(*map(self._meant, rule.actors)) if rule.actors else None
        ends = [self._meant(name) for name in rule.between]
        if actors == frozenset() or not all(ends):
            return None
        return Scope(actors=actors, between=(ends[0], ends[1]) if ends else None)

    def _meant(self, said: str) -> frozenset[str]:
        """The ids of the actors that a rule's name, pattern or watchlist means."""
        if said.startswith(LISTED):
            name = said.removeprefix(LISTED)
            if name not in {one.name for one in self._ledger.watchlists()}:
                raise RuleError(f"There is no watchlist {name!r} in the ledger. `frenemy watchlist add FILE --name {name}` adds it.")
            return frozenset(one.actor for one in self._ledger.listings() if one.standing == "listed" and one.watchlist == name)
        if re.search(r"[*?]", said):
            folded = said.casefold()
            return frozenset(a.id for a in self._actors if any(fnmatchcase(n.casefold(), folded) for n in (a.name, *a.aliases)))
        try:
            return frozenset((self._ledger.find_actor(said).id,))
        except UnknownActor:
            return frozenset()


def begin(ledger: OpenLedger, rules: Iterable[Rule], state: State) -> None:
    """Take up the rules that are new, so that only what comes from now on rings."""
    new = [rule for rule in rules if not state.has_rule(rule)]
    ringer = Ringer(ledger) if new else None
    for rule in new:
        if ringer is not None:
            state.begin(rule, ringer.alarms(rule))


def ring(ledger: OpenLedger, rules: Sequence[Rule], state: State, bells: Iterable[str]) -> list[Alarm]:
    """Put what is new under the rules into the outbox; nothing is asked of a ledger that has not grown."""
    mark = repr((sorted(ledger.counts().items()), [rule.id for rule in rules]))
    if state.asked() == mark:
        return []
    ringer, names = Ringer(ledger), tuple(bells)
    new = [alarm for rule in rules for alarm in state.ring(ringer.alarms(rule), names)]
    state.have_asked(mark)
    return new


def deliver(state: State, bells: Mapping[str, Bell]) -> list[tuple[str, str]]:
    """Hand over what waits; what fails is kept for later. The failures: bell and reason."""
    failures: dict[str, str] = {}
    for one in state.waiting():
        bell = bells.get(one.bell)
        if bell is None or one.bell in failures:
            continue
        try:
            bell.ring(one.line)
        except NotDelivered as error:
            failures[one.bell] = str(error)
            if error.lasting:
                state.delivered(one)
            else:
                state.put_off(one, min(SOONEST * 2.0**one.tries, LATEST))
        else:
            state.delivered(one)
    return list(failures.items())
