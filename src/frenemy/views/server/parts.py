"""What is worked out once for each state of the ledger and asked for by several views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frenemy.pipeline.standings import Standings, stand
from frenemy.views.server.asked import NotThere
from frenemy.views.server.keeper import FOREVER, PATIENCE, Keeper
from frenemy.views.server.search import PrefixIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """An actor as lists show it: `ties` counts those to others."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    documents: int
    ties: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """All actors, those with most ties first, and the ways to find them."""

    actors: Sequence[Face]
    by_id: Mapping[str, Face]
    index: PrefixIndex

    def find(self, actor_id: str) -> Face:
        """The actor with this id."""
        if actor_id not in self.by_id:
            raise NotThere("There is no such actor in the ledger. It may have been merged with another.")
        return self.by_id[actor_id]

    def name(self, actor_id: str) -> str:
        """What an actor is called."""
        return self.by_id[actor_id].name if actor_id in self.by_id else actor_id


def cast(keeper: Keeper, *, patience: float = PATIENCE) -> Cast:
    """The actors."""

    def work() -> Cast:
        standing = standings(keeper, patience=FOREVER)
        with keeper.ledger(patience=FOREVER) as ledger:
            named = ledger.named_actors()
        faces = (
            Face(id=one.id, name=one.name, kind=one.kind, aliases=one.aliases, documents=one.documents, ties=standing.ties_of(one.id))
            for one in named
        )
        actors = sorted(faces, key=lambda face: (-face.ties, -face.documents, face.name, face.id))
        index = PrefixIndex((actor.name, *actor.aliases) for actor in actors)
        return Cast(actors=actors, by_id={actor.id: actor for actor in actors}, index=index)

    return keeper.part("who is who", work, patience=patience)


def standings(keeper: Keeper, *, patience: float = PATIENCE) -> Standings:
    """How everybody stands to everybody."""

    def work() -> Standings:
        with keeper.ledger(patience=FOREVER) as ledger:
            return stand(ledger)

    return keeper.part("how all stand to each other", work, patience=patience)


def page(items: Sequence[Any], offset: int, limit: int) -> dict[str, Any]:
    """A stretch of a list, with where it lies in the whole."""
    return {"total": len(items), "offset": offset, "items": items[offset : offset + limit]}
