"""What is decided about who is who: what the decision starts from, what comes out of it, and what stays open.

All of it is derived: the same mentions and judgements always give the same, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from frenemy.model.values import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One actor inside one document: the name that the reader gave it there, its kind, and how many mentions it has.

    `also` are the other names that its mentions bear there ("Twitter" beside "X"), `described` is true when no mention is a name ("the
    French president"), `published` is the document's date.

    >>> Chain(document="d1", name="Elon Musk", kind="person").count
    1
    """

    document: str
    name: str
    kind: str
    count: int = 1
    also: tuple[str, ...] = ()
    described: bool = False
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A quoted tie that says who leads what, from when to when; what a role without a name is resolved with.

    `since` and `until` are days; without `since`, only `published` is known, and without `until` it was not said to have ended.
    """

    leader: str
    document: str
    led: str
    quote: str
    since: date | None = None
    until: date | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a name is this actor's: it was joined to the name `to` by a rule, or by a person, with a score in [0, 1].

    `document` is set where that was decided for one document only.

    >>> Reason(name="Musk", to="Elon Musk", rule="named in full there", score=0.98, document="d1").rule
    'named in full there'
    """

    name: str
    to: str
    rule: str
    score: float
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A decision that a person should look at.

    `kind` is "merge" (two names that may be one actor, and are not), "split" (two names that are one actor, and may not be) or "quarantine"
    (a name that was kept out, and may be an actor). `subjects` are names, or "name @ document-id"; the first is the one the decision was
    made for. `score` in [0, 1] is how probable it is that they are the same, or that the name is an actor; 0.5 is the greatest doubt.
    """

    kind: str
    subjects: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A name of a document that names nobody, with the reason; its ties stay in the ledger and come back when a person promotes it."""

    document: str
    name: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An actor that stands as it is and may only gain short names: all its chains, and those of them that were placed one by one."""

    chains: tuple[Chain, ...]
    placed: frozenset[tuple[str, str]] = frozenset()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who is who: actors, names that are nobody's, and what is open."""

    actors: tuple[Actor, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameKey:
    """One thing that a name has in common with the names it may have to be compared with.

    `role` is "bond" (names that share it are resolved together), "handle" (short names that say it may mean this name) or "short" (this
    name is short for what has that handle).
    """

    key: str
    role: str


Company = Callable[[Iterable[str]], Mapping[str, Iterable[Chain]]]
"""All chains of the documents that are asked for: what a name is found in the company of."""
