"""Who stands well in a ledger's signed network, and who connects its blocs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from frenemy.analysis.network.brokers import Broker, brokers
from frenemy.analysis.network.centrality import pn_centrality, signed_degree, signed_eigenvector, signed_katz
from frenemy.analysis.network.partition import partition
from frenemy.errors import NotASignedNetwork
from frenemy.pipeline.stance_network import stance_network

if TYPE_CHECKING:
    from frenemy.analysis.network.graph import Label, SignedGraph
    from frenemy.pipeline.opened import OpenLedger

PATIENCE = 30.0
"""Seconds after which the best partition so far is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Centrality:
    """How an actor stands in the network: friends, foes, and what friends' and foes' own standing makes of it.

    `eigenvector` is None where the network has no one answer.
    """

    actor: str
    name: str
    friends: int
    foes: int
    pn: float
    katz: float
    eigenvector: float | None
    at: date

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        return {
            "actor": self.name,
            "id": self.actor,
            "friends": self.friends,
            "foes": self.foes,
            "net": self.friends - self.foes,
            "pn": round(self.pn, 6),
            "katz": round(self.katz, 6),
            "eigenvector": None if self.eigenvector is None else round(self.eigenvector, 6),
            "at": self.at.isoformat(),
        }


def centrality_of(ledger: OpenLedger, *, as_of: date | None = None, known_by: date | None = None) -> list[Centrality]:
    """Every actor with a signed tie at a date, by PN centrality, the best standing first."""
    network = stance_network(ledger, as_of=as_of, known_by=known_by)
    graph = network.graph
    degrees, pn, katz, eigen = signed_degree(graph), pn_centrality(graph), signed_katz(graph), _eigenvector(graph)
    found = [
        Centrality(
            actor=str(label),
            name=network.name(label),
            friends=int(degrees[label].friends),
            foes=int(degrees[label].foes),
            pn=pn[label],
            katz=katz[label],
            eigenvector=eigen.get(label),
            at=network.at,
        )
        for label in graph.nodes
    ]
    return sorted(found, key=lambda each: (-each.pn, each.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """An actor with its bloc (1 is the largest) and how it stands between the blocs."""

    actor: str
    name: str
    bloc: int
    stands: Broker
    at: date

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        return {
            "actor": self.name,
            "id": self.actor,
            "bloc": self.bloc,
            "across": self.stands.across,
            "within": self.stands.within,
            "ei_index": round(self.stands.ei_index, 4),
            "participation": round(self.stands.participation, 4),
            "brokered": self.stands.brokered,
            **self.stands.roles,
            "at": self.at.isoformat(),
        }


def brokers_of(
    ledger: OpenLedger, *, k: int | None = None, as_of: date | None = None, known_by: date | None = None, time_limit: float = PATIENCE
) -> list[Bridge]:
    """Who connects the blocs at a date, at most `k` of them or any number: those who connect most pairs first."""
    network = stance_network(ledger, as_of=as_of, known_by=known_by)
    blocs = partition(network.graph, k, weighted=True, time_limit=time_limit).blocs
    place = {label: number for number, bloc in enumerate(blocs, start=1) for label in bloc}
    found = [
        Bridge(actor=str(label), name=network.name(label), bloc=place[label], stands=stands, at=network.at)
        for label, stands in brokers(network.graph, place).items()
    ]
    return sorted(found, key=lambda each: (-each.stands.brokered, -each.stands.participation, each.name))


def _eigenvector(graph: SignedGraph) -> dict[Label, float]:
    try:
        return signed_eigenvector(graph)
    except NotASignedNetwork:
        return {}
