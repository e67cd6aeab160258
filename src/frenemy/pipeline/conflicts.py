"""Potential conflicts of interest in a ledger: its ties matched to the patterns, each finding with its quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from frenemy.analysis.conflicts import Conflict, Step, find_conflicts, load_patterns, shipped_patterns, with_own
from frenemy.ledger import Ledger, TieFilter, TieRecord
from frenemy.model import Evidence

SURE_ENOUGH = 0.4
"""How sure the reader must be of every hop: a loop is as weak as its weakest, and a false one names somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PotentialConflict:
    """A potential conflict of interest with the words it rests on: `ties` holds the tie of each step, `names` each actor's name by id."""

    conflict: Conflict
    ties: tuple[TieRecord, ...]
    names: Mapping[str, str]

    @property
    def headline(self) -> str:
        """What it is, in a line; a near-loop says which hop is not in the ledger."""
        says = f"{self.names[self.conflict.roles[0][1]]} {self.conflict.pattern.title}"
        missing = self.conflict.missing
        if missing is None:
            return f"Potential conflict of interest: {says}"
        return f"Would be a potential conflict of interest, but {missing.hop} is not in the ledger: {says}"

    @property
    def held(self) -> str:
        """When all hops hold together, in words; empty where the pattern asks for an order."""
        since, until = self.conflict.since, self.conflict.until
        if self.conflict.pattern.overlap != "required":
            return f"first hop from {self.ties[0].dated}, second from {self.ties[1].dated}"
        if since and until:
            return f"all hold from {since} to {until}"
        return f"all hold from {since} on" if since else f"all hold until {until}" if until else "no hop has a date"

    @property
    def doubts(self) -> tuple[str, ...]:
        """What weakens it, each in a sentence's part: hops that are hedged, denied, or dated only by their printing or not at all."""
        steps = self.conflict.steps
        unsure = [f"{step.hop} is {step.tie.status}" for step in steps if step.tie.status != "asserted"]
        denied = [f"{step.hop} is denied {step.denied} time{'s' * (step.denied != 1)}" for step in steps if step.denied]
        printed = _some("only the printing dates", [step.hop for step in steps if step.basis == "printed"])
        undated = _some("nothing dates", [step.hop for step in steps if step.basis == "undated"])
        return (*unsure, *denied, *printed, *undated)

    @property
    def asks(self) -> tuple[str, ...]:
        """The ties that would close a near-loop, in words."""
        missing = self.conflict.missing
        ways = missing.ways if missing else ()
        return tuple(f"{self.names[source]} {' or '.join(types)} {self.names[target]}" for source, types, target in ways)

    @property
    def also(self) -> tuple[str, ...]:
        """The other actors through whom the same is found, by role."""
        roles: dict[str, list[str]] = {}
        for role, actor in self.conflict.also:
            roles.setdefault(role, []).append(self.names[actor])
        return tuple(f"{role} {', '.join(names)}" for role, names in roles.items())

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        conflict = self.conflict
        return {
            "finding": "potential conflict of interest" if conflict.missing is None else "near-loop of a potential conflict of interest",
            "pattern": conflict.pattern.name,
            "says": self.headline,
            "roles": {role: {"id": actor, "name": self.names[actor]} for role, actor in conflict.roles},
            "also": [{"role": role, "id": actor, "name": self.names[actor]} for role, actor in conflict.also],
            "since": conflict.since.isoformat() if conflict.since else None,
            "until": conflict.until.isoformat() if conflict.until else None,
            "confidence": round(conflict.confidence, 4),
            "hops": [_hop_line(step, tie) for step, tie in zip(conflict.steps, self.ties, strict=True)],
            "missing": conflict.missing.hop if conflict.missing else None,
            "asks": list(self.asks),
            "doubts": list(self.doubts),
            "check": conflict.pattern.check,
        }


def _hop_line(step: Step, tie: TieRecord) -> dict[str, Any]:
    return {"hop": step.hop, "tie": tie.id, "dated": tie.dated, "others": list(step.others), "denied": step.denied, **tie.as_line()}


def _some(what: str, hops: Sequence[str]) -> tuple[str, ...]:
    return (f"{what} {', '.join(dict.fromkeys(hops))}",) if hops else ()


def conflicts_of(
    ledger: Ledger,
    *,
    actor: str | None = None,
    near: bool = False,
    patterns: Iterable[str | Path] = (),
    as_of: date | None = None,
    known_by: date | None = None,
    min_confidence: float = SURE_ENOUGH,
) -> list[PotentialConflict]:
    """The potential conflicts of interest that a ledger holds, or those with one actor in them (a name), the best founded first.

    With `near` also loops that lack one hop. `patterns` are YAML files whose patterns come to the shipped ones. `as_of` keeps what had
    happened by then, and leaves ties without any date out; `known_by` what was published by then. `min_confidence` is asked of every hop.
    """
    rules = shipped_patterns()
    for path in patterns:
        rules = with_own(rules, load_patterns(path))
    types = frozenset(kind for rule in rules for kind in rule.types)
    ties = [
        tie
        for tie in ledger.evidence()
        if tie.type in types
        and (tie.confidence >= min_confidence or tie.status == "denied")
        and _published(tie, known_by)
        and _begun(tie, as_of)
    ]
    actors = ledger.actors()
    found = find_conflicts(
        ties,
        rules,
        {one.id: one.kind for one in actors},
        names={one.id: (one.name, *one.aliases) for one in actors},
        actor=ledger.find_actor(actor).id if actor is not None else None,
        near=near,
    )
    ids = tuple({step.tie.tie for conflict in found for step in conflict.steps})
    records = {record.id: record for record in ledger.ties(TieFilter(ids=ids))} if ids else {}
    names = {one.id: one.name for one in actors}
    return [
        PotentialConflict(conflict=conflict, ties=tuple(records[step.tie.tie] for step in conflict.steps), names=names)
        for conflict in found
    ]


def _begun(tie: Evidence, as_of: date | None) -> bool:
    """Whether a tie's date, or else that of its printing, lies on a day or before."""
    began = tie.since or tie.until or tie.published
    return as_of is None or (began is not None and began <= as_of)


def _published(tie: Evidence, known_by: date | None) -> bool:
    return known_by is None or (tie.published is not None and tie.published <= known_by)
