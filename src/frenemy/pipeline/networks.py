"""Balance and blocs of a ledger: its stances at a date as a signed network, solved, with the quotes of what does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from frenemy.analysis.network.balance import Balance, NodeBalance, balance, node_balance
from frenemy.analysis.network.optima import Optima, optima
from frenemy.analysis.network.partition import Partition, partition
from frenemy.analysis.network.stability import moves, stability
from frenemy.pipeline.stance_network import StanceNetwork, records, stance_network

if TYPE_CHECKING:
    from frenemy.ledger import TieRecord
    from frenemy.pipeline.opened import OpenLedger

LINE_FIELDS = ("kind", "at", "bloc", "actor", "actor_id", "stays", "other", "stance", "when", "quote", "doc", "left", "joined")
PATIENCE = 30.0
"""Seconds after which the best partition so far is given with its bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An actor in a bloc: `stays` is the share of draws from the stances' intervals in which it is there, None where none were drawn."""

    actor: str
    name: str
    stays: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A tie that the blocs do not explain: friends in two blocs, or foes in one, with the quote that most makes it so.

    `when` says whether it is a misfit in "every" best partition or in "some"; empty where that was not settled.
    """

    one: str
    other: str
    stance: float
    when: str
    tie: TieRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An actor that was in another bloc at the earlier date: whom it left and whom it joined, by name."""

    name: str
    left: tuple[str, ...]
    joined: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blocs:
    """Who is with whom `at` a date: `blocs` of two or more actors, the largest first, and those who are in none (`alone`).

    `unique` says whether no other partition is as good, None where that is open. `since` is the earlier date that `moved` compares with.
    """

    at: date
    blocs: tuple[tuple[Member, ...], ...]
    alone: tuple[Member, ...]
    misfits: tuple[Misfit, ...]
    unique: bool | None
    partition: Partition
    since: date | None
    moved: tuple[Moved, ...]

    def as_lines(self) -> Iterable[dict[str, Any]]:
        """The objects that JSON lines hold for it: one a member, a misfit and a move."""
        at = self.at.isoformat()
        for number, bloc in enumerate((*self.blocs, self.alone), 1):
            for member in bloc:
                which = number if number <= len(self.blocs) else None
                yield _line("member", at, bloc=which, actor=member.name, actor_id=member.actor, stays=member.stays)
        for misfit in self.misfits:
            quote = misfit.tie.quote if misfit.tie else None
            doc = misfit.tie.doc if misfit.tie else None
            stance = round(misfit.stance, 4)
            yield _line("misfit", at, actor=misfit.one, other=misfit.other, stance=stance, when=misfit.when, quote=quote, doc=doc)
        for moved in self.moved:
            yield _line("moved", at, actor=moved.name, left=moved.left, joined=moved.joined)


def _line(kind: str, at: str, **said: Any) -> dict[str, Any]:
    return {**dict.fromkeys(LINE_FIELDS), "kind": kind, "at": at, **said}


def blocs_of(
    ledger: OpenLedger,
    *,
    k: int | None = None,
    as_of: date | None = None,
    known_by: date | None = None,
    since: date | None = None,
    draws: int = 30,
    time_limit: float = PATIENCE,
) -> Blocs:
    """The best partition of a ledger's actors into at most `k` blocs, or any number, and what changed since an earlier date."""
    network = stance_network(ledger, as_of=as_of, known_by=known_by)
    found = partition(network.graph, k, weighted=True, time_limit=time_limit / 2)
    over = optima(found, time_limit=time_limit / 4)
    stays = _stays(network, found, draws, time_limit / 4) if draws else {}
    blocs = [tuple(_member(network, actor, stays) for actor in sorted(bloc, key=network.name)) for bloc in found.blocs]
    return Blocs(
        at=network.at,
        blocs=tuple(bloc for bloc in blocs if len(bloc) > 1),
        alone=tuple(sorted((bloc[0] for bloc in blocs if len(bloc) == 1), key=lambda member: member.name)),
        misfits=_misfits(ledger, network, found, over),
        unique=over.unique,
        partition=found,
        since=since,
        moved=_moved(ledger, network, found, since, known_by, time_limit) if since else (),
    )


def balance_of(
    ledger: OpenLedger, *, as_of: date | None = None, known_by: date | None = None, time_limit: float = PATIENCE
) -> tuple[date, Balance, list[tuple[str, NodeBalance]]]:
    """The date, the balance of a ledger's network, and that of each actor (its name first), the least balanced first."""
    network = stance_network(ledger, as_of=as_of, known_by=known_by)
    found = balance(network.graph, time_limit=time_limit)
    nodes = sorted(node_balance(found.strict), key=lambda node: (node.balanced - node.triads, -node.frustrated, network.name(node.node)))
    return network.at, found, [(network.name(node.node), node) for node in nodes]


def _stays(network: StanceNetwork, found: Partition, draws: int, seconds: float) -> dict[Any, float]:
    intervals = [(one.source, one.target, one.low, one.high) for one in network.stances.values()]
    return stability(found, intervals, draws=draws, time_limit=seconds).nodes


def _member(network: StanceNetwork, actor: Any, stays: dict[Any, float]) -> Member:
    return Member(actor=str(actor), name=network.name(actor), stays=stays.get(actor))


def _misfits(ledger: OpenLedger, network: StanceNetwork, found: Partition, over: Optima) -> tuple[Misfit, ...]:
    """The edges that do not fit, the strongest first."""
    every = {frozenset(edge[:2]) for edge in over.edges("every")}
    some = {frozenset(edge[:2]) for edge in over.edges("some")}
    edges = sorted(found.frustrated, key=lambda edge: -abs(edge[2]))
    telling = {edge: network.telling(str(edge[0]), str(edge[1])) for edge in edges}
    ties = records(ledger, telling.values())
    return tuple(
        Misfit(
            one=network.name(edge[0]),
            other=network.name(edge[1]),
            stance=edge[2],
            when="some" if frozenset(edge[:2]) in some else "every" if over.settled and frozenset(edge[:2]) in every else "",
            tie=ties.get(telling[edge] or ""),
        )
        for edge in edges
    )


def _moved(
    ledger: OpenLedger, network: StanceNetwork, found: Partition, since: date, known_by: date | None, time_limit: float
) -> tuple[Moved, ...]:
    earlier = stance_network(ledger, as_of=since, known_by=known_by)
    before = partition(earlier.graph, found.k, weighted=True, time_limit=time_limit / 2)
    return tuple(
        Moved(
            name=network.name(move.node),
            left=tuple(sorted(map(network.name, move.left))),
            joined=tuple(sorted(map(network.name, move.joined))),
        )
        for move in moves(before.blocs, found.blocs)
    )
