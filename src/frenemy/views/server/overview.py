"""The ledger in a line, names that begin so, the list of actors, and one actor's page."""

from __future__ import annotations

from itertools import islice
from typing import Any

from frenemy.ledger.snippets import Evidence
from frenemy.model import Stance
from frenemy.views.server.asked import Asked
from frenemy.views.server.keeper import FOREVER, Keeper
from frenemy.views.server.parts import Cast, cast, standings
from frenemy.views.server.roles import KINDS, roles
from frenemy.views.server.says import QUOTE, TITLE, actor_says, address, day, short, stance_says, tie_says

PAGE, FOUND, PARTNERS, RELATIONS, LATEST = 50, 8, 400, 60, 6


def ledger(keeper: Keeper, asked: Asked) -> dict[str, Any]:
    """What the ledger holds."""

    def work() -> dict[str, Any]:
        with keeper.ledger(patience=FOREVER) as opened:
            return {"name": short(keeper.path.name), **opened.counts()}

    return {**keeper.part("the ledger", work), "by": keeper.by}


def search(keeper: Keeper, asked: Asked) -> dict[str, Any]:
    """Actors and documents with a word that begins as typed."""
    typed = asked.text("q").strip()
    who = cast(keeper)
    actors = [actor_says(who.actors[place]) for place in who.index.find(typed, FOUND)]
    if not typed:
        return {"actors": [], "documents": []}
    with keeper.ledger() as opened:
        found = opened.documents_titled(typed, limit=FOUND)
    return {"actors": actors, "documents": [{"id": doc, "title": short(title, TITLE)} for doc, title in found]}


def actors(keeper: Keeper, asked: Asked) -> dict[str, Any]:
    """A page of the actors, those with most ties first."""
    who = cast(keeper)
    offset, limit = asked.number("offset", 0, most=10**9), asked.number("limit", PAGE, most=200, least=1)
    typed, kind = asked.text("q").strip(), asked.text("kind")
    if not typed and not kind:
        chosen, total = who.actors[offset : offset + limit], len(who.actors)
    else:
        known = [who.actors[place] for place in who.index.find(typed, 10**6)] if typed else list(who.actors)
        fitting = [actor for actor in known if not kind or actor.kind == kind]
        chosen, total = fitting[offset : offset + limit], len(fitting)
    return {"total": total, "offset": offset, "items": [actor_says(actor) for actor in chosen]}


def actor(keeper: Keeper, asked: Asked, actor_id: str) -> dict[str, Any]:
    """One actor: how it stands to others, its names, roles and lists, and what was printed of it last."""
    who, standing = cast(keeper), standings(keeper)
    known = who.find(actor_id)
    keeper.part("how all pairs stand", lambda: standing.pairs)
    partners, in_all = standing.partners(known.id, PARTNERS)
    with keeper.ledger() as opened:
        ties = opened.ties_by_number(standing.printed_last(known.id, LATEST))
        listed = [one for one in opened.listings() if one.actor == known.id]
        reasons = opened.reasons(known.id)
    return {
        **actor_says(known),
        "aliases": [short(alias) for alias in known.aliases[:40]],
        "at": day(standing.latest),
        "partners": [_partner(stance, known.id, who) for stance in partners],
        "partners_in_all": in_all,
        "roles": [
            {**role, "other": {"id": role["other"], "name": short(who.name(role["other"]))}}
            for role in roles(standing.about(known.id, types=KINDS), standing.place.get(known.id, -1), RELATIONS)
        ],
        "listed": [
            {"watchlist": short(one.watchlist), "name": short(one.name), "ids": [short(i) for i in one.ids], "standing": one.standing}
            for one in listed
        ],
        "latest": [tie_says(tie) for tie in ties],
        "reasons": [
            {"name": short(why.name), "to": short(why.to), "rule": why.rule, "score": round(why.score, 2)}
            for why in islice(reasons, RELATIONS)
        ],
    }


def _partner(stance: Stance, actor_id: str, who: Cast) -> dict[str, Any]:
    other = stance.target if stance.source == actor_id else stance.source
    kind = who.by_id[other].kind if other in who.by_id else ""
    return {"id": other, "name": short(who.name(other)), "kind": kind, "stance": stance_says(stance)}


def quote_says(piece: Evidence) -> dict[str, Any]:
    """A sentence with where it stands."""
    return {
        "about": short(piece.about),
        "document": piece.document,
        "doc": short(piece.doc),
        "start": piece.start,
        "quote": short(piece.quote, QUOTE),
        "published": day(piece.published),
        "publisher": short(piece.publisher) if piece.publisher else None,
        "url": address(piece.url),
    }
