"""Who shares enemies in a ledger, and which ties are under pressure, each with its quotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isnan, nan
from typing import TYPE_CHECKING, Any

from frenemy.analysis.network.enemies import CommonEnemies, common_enemies
from frenemy.analysis.network.partition import frustration_index
from frenemy.analysis.network.pressure import Pressure, pressure, with_frustration
from frenemy.pipeline.stance_network import StanceNetwork, records, stance_network

if TYPE_CHECKING:
    from frenemy.analysis.network.graph import SignedGraph
    from frenemy.ledger import TieRecord
    from frenemy.pipeline.opened import OpenLedger

PATIENCE = 20.0
"""Seconds for each frustration index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedEnemies:
    """A pair that shares enemies; `ties` holds for each enemy what most sets the one against it, and what the other."""

    found: CommonEnemies
    one: str
    other: str
    enemies: tuple[str, ...]
    ties: tuple[tuple[TieRecord | None, TieRecord | None], ...]
    at: date

    @property
    def stands(self) -> str:
        """How the pair itself stands: "+", "-", or empty without a tie."""
        return "+" if self.found.tie > 0 else "-" if self.found.tie < 0 else ""

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        return {
            "one": self.one,
            "other": self.other,
            "stance": round(self.found.tie, 4),
            "enemies": list(self.enemies),
            "shared": len(self.enemies),
            "expected": round(self.found.expected, 4),
            "p": round(self.found.p, 6),
            "q": round(self.found.q, 6),
            "at": self.at.isoformat(),
            "quotes": [[tie.as_line() for tie in pair if tie] for pair in self.ties],
            "one_id": self.found.one,
            "other_id": self.found.other,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TiePressure:
    """A tie in unbalanced triads: the two actors, those whom it is unbalanced with, and the quote that most makes it what it is."""

    found: Pressure
    one: str
    other: str
    against: tuple[str, ...]
    tie: TieRecord | None
    at: date

    @property
    def settles(self) -> float | None:
        """By how much the frustration index would fall, None where that was not asked for or could not be proven in time."""
        fall = self.found.frustration
        return None if fall is None or isnan(fall) else fall

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        return {
            "one": self.one,
            "other": self.other,
            "stance": round(self.found.weight, 4),
            "unbalanced": self.found.unbalanced,
            "balanced": self.found.balanced,
            "relief": self.found.relief,
            "settled": round(self.found.settled, 4),
            "frustration": None if self.settles is None else round(self.settles, 4),
            "against": list(self.against),
            "at": self.at.isoformat(),
            "quote": self.tie.as_line() if self.tie else None,
            "one_id": self.found.one,
            "other_id": self.found.other,
        }


def enemies_of(
    ledger: OpenLedger,
    one: str | None = None,
    other: str | None = None,
    *,
    friends: bool = False,
    as_of: date | None = None,
    known_by: date | None = None,
    least: int = 1,
) -> list[SharedEnemies]:
    """The pairs that share enemies at a date, those with an actor, or one pair (names), the most remarkable first.

    Pairs that are friends are left out unless `friends`, or unless the pair is asked for.
    """
    wanted = {ledger.find_actor(name).id for name in (one, other) if name is not None}
    network = stance_network(ledger, as_of=as_of, known_by=known_by)
    found = common_enemies(network.graph, friends=friends or len(wanted) > 1, least=least)
    kept = [pair for pair in found if wanted <= {pair.one, pair.other}]
    telling = {pair: _against(network, pair) for pair in kept}
    ties = records(ledger, (tie for pairs in telling.values() for pair in pairs for tie in pair))
    return [
        SharedEnemies(
            found=pair,
            one=network.name(pair.one),
            other=network.name(pair.other),
            enemies=tuple(network.name(enemy) for enemy in pair.enemies),
            ties=tuple((ties.get(first or ""), ties.get(second or "")) for first, second in telling[pair]),
            at=network.at,
        )
        for pair in kept
    ]


def _against(network: StanceNetwork, pair: CommonEnemies) -> tuple[tuple[str | None, str | None], ...]:
    """For each shared enemy, the tie that most sets either against it."""
    sides = str(pair.one), str(pair.other)
    return tuple((network.telling(sides[0], str(enemy)), network.telling(sides[1], str(enemy))) for enemy in pair.enemies)


def pressure_of(
    ledger: OpenLedger,
    actor: str | None = None,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    most: int | None = None,
    frustration: bool = False,
) -> list[TiePressure]:
    """The ties that sit in unbalanced triads at a date, or those of one actor (a name), those first whose turn would settle most.

    With `frustration` each says by how much the frustration index would fall; that solves the network anew for each tie.
    """
    wanted = ledger.find_actor(actor).id if actor is not None else None
    network = stance_network(ledger, as_of=as_of, known_by=known_by)
    found = [tie for tie in pressure(network.graph) if wanted is None or wanted in (tie.one, tie.other)][:most]
    if frustration:
        found = with_frustration(found, network.graph, _proven_frustration)
    telling = {tie: network.telling(str(tie.one), str(tie.other)) for tie in found}
    ties = records(ledger, telling.values())
    return [
        TiePressure(
            found=tie,
            one=network.name(tie.one),
            other=network.name(tie.other),
            against=tuple(network.name(corner) for corner in tie.against),
            tie=ties.get(telling[tie] or ""),
            at=network.at,
        )
        for tie in found
    ]


def _proven_frustration(graph: SignedGraph) -> float:
    """The frustration index of signs, not a number where it is not proven in time."""
    found = frustration_index(graph, time_limit=PATIENCE)
    return found.value if found.proven else nan
