"""What rings: rules matched to what a ledger holds. Pure functions; which alarms are new is for the caller to remember by their keys."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from frenemy.analysis.claims import Claim, Statement
from frenemy.model import Shift

KINDS = ("tie", "shift", "dispute", "conflict")
"""What a rule may ring on."""
NEARBY = 90
"""Days: a shift or a dispute that was told is the same one when more ties move its date by no more than this."""
MOST_QUOTES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What somebody wants to be told of: new ties, shifts, disputed claims or conflicts (`kind`).

    `actors` keeps what has one of them in it, `between` what is between the first and the second; each is a name, a pattern with * or ?, or
    "watchlist:NAME". `types`, `signs`, `statuses` and `min_confidence` keep ties. Empty fields keep all.
    """

    name: str
    kind: str
    actors: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    min_confidence: float = 0.0

    @property
    def id(self) -> str:
        """A hash of what it asks for; its name does not count.

        >>> Rule(name="a", kind="shift").id == Rule(name="b", kind="shift").id
        True
        """
        asked = (self.kind, self.actors, self.between, self.types, self.signs, self.statuses, self.min_confidence)
        return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The actors of a rule as ids; None keeps everybody."""

    actors: frozenset[str] | None = None
    between: tuple[frozenset[str], frozenset[str]] | None = None

    def holds(self, *ends: str) -> bool:
        """Whether some actors are within it, all of whom a finding has in it.

        >>> scope = Scope(between=(frozenset("a"), frozenset("bc")))
        >>> scope.holds("c", "a"), scope.holds("b", "c"), Scope(actors=frozenset("a")).holds("b", "c")
        (True, False, False)
        """
        if self.actors is not None and not self.actors.intersection(ends):
            return False
        if self.between is None:
            return True
        one, other = self.between
        return any(a in one and b in other and a != b for a in ends for b in ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A quote of an alarm and where it stands."""

    tie: str
    quote: str
    doc: str
    publisher: str | None
    published: date | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something that a rule rings on: a line that says what, and the quotes it rests on.

    Two alarms of a rule are the same one when they share a key, and, where `at` is set, their dates are within `NEARBY` days.
    """

    rule: Rule
    says: str
    actors: tuple[str, ...]
    keys: tuple[str, ...]
    at: date | None = None
    because: tuple[Cited, ...] = ()

    @property
    def id(self) -> str:
        """By which whoever is told knows an alarm that comes twice."""
        told = (self.rule.id, self.keys[0], self.at)
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def as_line(self) -> dict[str, Any]:
        """The object that is told of it."""
        return {
            "id": self.id,
            "rule": self.rule.name,
            "kind": self.rule.kind,
            "says": self.says,
            "actors": list(self.actors),
            "date": self.at.isoformat() if self.at else None,
            "because": [
                {
                    "tie": cited.tie,
                    "quote": cited.quote,
                    "doc": cited.doc,
                    "publisher": cited.publisher,
                    "published": cited.published.isoformat() if cited.published else None,
                    "url": cited.url,
                }
                for cited in self.because
            ],
        }


def tie_alarms(rule: Rule, scope: Scope, statements: Iterable[Statement]) -> Iterator[Alarm]:
    """One alarm for what a story says of a pair: the same tie in several sentences or copies of it rings once."""
    stories: dict[tuple[Any, ...], list[Statement]] = defaultdict(list)
    for said in statements:
        if _wanted(rule, said) and scope.holds(said.source, said.target):
            stories[said.origin, said.pair, said.type, said.polarity, said.status].append(said)
    for (*_, status), together in stories.items():
        first = min(together, key=lambda said: said.order)
        arrow = "↔" if first.mutual else "→"
        hedge = "" if status == "asserted" else f" ({status})"
        word = "" if first.voice == "author" else f", says {first.voice}"
        yield Alarm(
            rule=rule,
            says=f"{first.source_name} {arrow} {first.target_name}: {first.polarity} {first.type}{hedge}{word}",
            actors=(first.source_name, first.target_name),
            keys=tuple(said.tie for said in sorted(together, key=lambda said: said.order)),
            because=cited(together),
        )


def _wanted(rule: Rule, said: Statement) -> bool:
    kept = (rule.types, said.type), (rule.signs, said.polarity), (rule.statuses, said.status)
    return said.confidence >= rule.min_confidence and all(not wanted or value in wanted for wanted, value in kept)


def dispute_alarms(rule: Rule, scope: Scope, claims: Iterable[Claim]) -> Iterator[Alarm]:
    """One alarm for each two speakers who disagree about a claim, and for an actor's denial that stands alone."""
    for claim in claims:
        if not claim.disputed or not scope.holds(claim.source, claim.target):
            continue
        matter = f"{claim.source_name} {'↔' if claim.mutual else '→'} {claim.target_name}: {claim.polarity} {claim.type}"
        base = f"{claim.source}|{claim.target}|{claim.type}|{claim.polarity}"
        for dispute in claim.disputes:
            one, other = dispute.claim.speaker, dispute.against.speaker
            yield Alarm(
                rule=rule,
                says=f"{matter}, {dispute.kind} by {other}" + ("" if dispute.own else f" against {one}"),
                actors=(claim.source_name, claim.target_name),
                keys=(f"{base}|{dispute.kind}|{one}|{other}",),
                at=dispute.against.published or dispute.against.since,
                because=cited((dispute.claim, dispute.against)),
            )
        for denial in claim.denied if not claim.disputes else ():
            yield Alarm(
                rule=rule,
                says=f"{matter}, denied by {denial.speaker}",
                actors=(claim.source_name, claim.target_name),
                keys=(f"{base}|denied||{denial.speaker}",),
                at=denial.published or denial.since,
                because=cited((denial,)),
            )


def shift_alarms(
    rule: Rule, scope: Scope, shifts: Iterable[Shift], names: Mapping[str, str], quoted: Mapping[str, Statement]
) -> Iterator[Alarm]:
    """One alarm for each shift; `names` are the actors' by id, `quoted` the ties that shifts are told with (`telling`)."""
    words = {"+": "with", "-": "against", "~": "divided"}
    for shift in shifts:
        if scope.holds(shift.source, shift.target):
            one, other = names[shift.source], names[shift.target]
            yield Alarm(
                rule=rule,
                says=f"{one} and {other} turned from {words[shift.before]} to {words[shift.after]}, {shift.at}",
                actors=(one, other),
                keys=(f"{shift.source}|{shift.target}|{shift.before}{shift.after}",),
                at=shift.at,
                because=cited(quoted[tie] for tie in telling(shift)),
            )


def telling(shift: Shift) -> tuple[str, ...]:
    """The ties by which a shift is told: those nearest to it on both sides."""
    half = MOST_QUOTES // 2
    return (*shift.ties_before[:half], *shift.ties_after[:half])


def cited(statements: Iterable[Statement]) -> tuple[Cited, ...]:
    """The first quotes of statements."""
    ordered = sorted(statements, key=lambda said: said.order)[:MOST_QUOTES]
    return tuple(
        Cited(tie=said.tie, quote=said.quote, doc=said.doc, publisher=said.publisher, published=said.published, url=said.url)
        for said in ordered
    )
