"""The signed network of a ledger: its stances at a date as ties between actors, each with the quotes that make it so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from frenemy.analysis.network.graph import SignedGraph
from frenemy.ledger import TieFilter, TieRecord
from frenemy.model import Stance

if TYPE_CHECKING:
    from frenemy.pipeline.opened import OpenLedger

FAINT = 0.05
"""A stance nearer to zero than this is no tie of the network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceNetwork:
    """Actors (by id) and how they stand to one another `at` a date: `graph` has one edge a pair, weighted with the stance."""

    at: date
    graph: SignedGraph
    names: Mapping[str, str]
    stances: Mapping[frozenset[str], Stance]

    def telling(self, one: str, other: str) -> str | None:
        """The id of the tie that most makes two actors stand as they do, None where they have no stance."""
        stance = self.stances.get(frozenset((one, other)))
        if stance is None:
            return None
        sign = 1 if stance.value > 0 else -1
        return max(stance.because, key=lambda pair: sign * pair[1], default=(None, 0.0))[0]

    def name(self, actor: object) -> str:
        """What an actor is called."""
        return self.names.get(str(actor), str(actor))


def stance_network(ledger: OpenLedger, *, as_of: date | None = None, known_by: date | None = None) -> StanceNetwork:
    """The network of all pairs that stand with or against each other at a date, both ways taken together."""
    stances = ledger.stances(as_of=as_of, known_by=known_by, mutual=True)
    kept = [stance for stance in stances if abs(stance.value) >= FAINT]
    return StanceNetwork(
        at=stances[0].at if stances else as_of or date.today(),
        graph=SignedGraph.from_edges([(stance.source, stance.target, stance.value) for stance in kept], directed=False),
        names={actor.id: actor.name for actor in ledger.actors()},
        stances={frozenset((stance.source, stance.target)): stance for stance in kept},
    )


def records(ledger: OpenLedger, ids: Iterable[str | None]) -> dict[str, TieRecord]:
    """The ties of these ids."""
    wanted = tuple({tie for tie in ids if tie})
    return {record.id: record for record in ledger.ties(TieFilter(ids=wanted))} if wanted else {}
