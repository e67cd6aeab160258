"""The network: who stands where, and how each pair stood at each step of the slider."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from frenemy.pipeline.standings import ABSENT, Levels
from frenemy.views.server.asked import Asked
from frenemy.views.server.keeper import FOREVER, PATIENCE, Keeper
from frenemy.views.server.layout import places
from frenemy.views.server.parts import cast, standings
from frenemy.views.server.says import day, short
from frenemy.views.signs import CLEAR

ACTORS, MOST_ACTORS, MOST_EDGES, MOST_BLOCS = 120, 2_000, 20_000, 12
PARTITION_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What the page draws, and its frames as one compressed block of bytes, a step after the other."""

    says: Mapping[str, Any]
    frames: bytes
    levels: Levels


def network(keeper: Keeper, limit: int, *, patience: float = PATIENCE) -> Network:
    """The network of the actors with most ties."""

    def work() -> Network:
        standing, who = standings(keeper, patience=FOREVER), cast(keeper, patience=FOREVER)
        levels = standing.levels(standing.most_tied(limit), standing.steps(), most_edges=MOST_EDGES)
        spots = places(len(levels.actors), levels.edges, levels.values)
        actors = [
            {
                "id": actor,
                "name": short(who.name(actor)),
                "kind": who.by_id[actor].kind if actor in who.by_id else "",
                "ties": int(standing.counts[standing.place[actor]]),
                "x": round(float(x), 4),
                "y": round(float(y), 4),
            }
            for actor, (x, y) in zip(levels.actors, spots, strict=True)
        ]
        says = {
            "actors": actors,
            "edges": levels.edges.tolist(),
            "steps": [day(at) for at in levels.days],
            "kinds": [kind for kind, _ in Counter(actor["kind"] for actor in actors).most_common()],
            "left_out": {"actors": max(0, int((standing.counts > 0).sum()) - len(actors)), "edges": levels.left_out},
        }
        return Network(says=says, frames=zlib.compress(levels.level.tobytes(), 6), levels=levels)

    return keeper.part("the network", work, limit, patience=patience)


def answer(keeper: Keeper, asked: Asked) -> Mapping[str, Any]:
    """Actors with their places, and the pairs that are tied."""
    return network(keeper, limit(asked)).says


def limit(asked: Asked) -> int:
    """How many actors the network is asked for."""
    return asked.number("actors", ACTORS, most=MOST_ACTORS, least=2)


def blocs(keeper: Keeper, asked: Asked) -> Mapping[str, Any]:
    """The blocs among the actors of the network as of one of its steps: a partition that fits its ties best, the largest first."""
    drawn, at = network(keeper, limit(asked)), asked.day("at")
    days = list(drawn.levels.days)
    step = max((place for place, day_of_step in enumerate(days) if at is None or day_of_step <= at), default=0)
    return keeper.part("the blocs", lambda: _blocs(drawn.levels, step), (limit(asked), step))


def _blocs(levels: Levels, step: int) -> Mapping[str, Any]:
    from frenemy.analysis.network.graph import SignedGraph
    from frenemy.analysis.network.partition import partition

    values = levels.level[step].astype(float) / 100
    clear = (levels.level[step] != ABSENT) & (np.abs(values) >= CLEAR)
    ends = [(levels.actors[one], levels.actors[other]) for one, other in levels.edges[clear]]
    graph = SignedGraph.from_edges([(*pair, value) for pair, value in zip(ends, values[clear], strict=True)], directed=False)
    found = partition(graph, weighted=True, time_limit=PARTITION_SECONDS)
    return {
        "at": day(levels.days[step]),
        "proven": found.proven,
        "blocs": [list(bloc) for bloc in found.blocs if len(bloc) > 1][:MOST_BLOCS],
    }
