"""All that the ledger knows of one actor: names, ids, roles with their dates, the mentions behind it, and why its names were joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from frenemy.ledger.snippets import Evidence
from frenemy.ledger.ties import KnownActor, TieRecord
from frenemy.ledger.watching import ListedAs
from frenemy.model import Reason

ROLE_WORDS = {
    "LEADS": ("leads", "is led by"),
    "WORKS_FOR": ("works for", "employs"),
    "MEMBER_OF": ("is a member of", "has as a member"),
    "PART_OF": ("is part of", "has as a part"),
    "FOUNDED": ("founded", "was founded by"),
    "OWNS": ("owns", "is owned by"),
    "INVESTS_IN": ("invests in", "has as an investor"),
    "ADVISES": ("advises", "is advised by"),
    "OVERSEES": ("oversees", "is overseen by"),
    "RELATED_TO": ("is related to", "is related to"),
}
"""The standing ties that say what an actor is, in words seen from either end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What an actor is or was to another, from all asserted ties that say so: the dates they give, and the ties."""

    says: str
    type: str
    other: str
    other_id: str
    since: str | None
    until: str | None
    published: tuple[str, str] | None
    ties: tuple[TieRecord, ...]

    @property
    def dated(self) -> str:
        """Its dates in words that do not mix the clocks."""
        if self.since and self.until:
            return self.since if self.since == self.until else f"{self.since} to {self.until}"
        if self.since or self.until:
            return f"since {self.since}" if self.since else f"until {self.until}"
        if self.published is None:
            return "undated"
        first, last = self.published
        return f"printed {first}" if first == last else f"printed {first} to {last}"

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        dates = {"since": self.since, "until": self.until, "published": list(self.published) if self.published else None}
        return {"type": self.type, "says": self.says, "other": self.other, "other_id": self.other_id, **dates, "ties": len(self.ties)}


def roles(actor_id: str, ties: Iterable[TieRecord]) -> tuple[Role, ...]:
    """The roles of an actor, those with most ties first; what was denied or only planned is left out."""
    grouped: dict[tuple[str, str, str, str], list[TieRecord]] = {}
    for tie in ties:
        if tie.type not in ROLE_WORDS or tie.status != "asserted" or tie.source_id == tie.target_id:
            continue
        mine = tie.source_id == actor_id
        other = (tie.target, tie.target_id) if mine else (tie.source, tie.source_id)
        grouped.setdefault((ROLE_WORDS[tie.type][0 if mine else 1], tie.type, *other), []).append(tie)
    found = [_role(*key, together) for key, together in grouped.items()]
    return tuple(sorted(found, key=lambda role: (-len(role.ties), role.says, role.other)))


def _role(says: str, kind: str, other: str, other_id: str, ties: Sequence[TieRecord]) -> Role:
    starts = [tie.when.partition("/")[0] for tie in ties if tie.when]
    ends = [tie.when.rpartition("/")[2] for tie in ties if tie.when]
    printed = sorted(tie.published.isoformat() for tie in ties if tie.published)
    known = [[day for day in days if day not in ("", "..")] for days in (starts, ends)]
    return Role(
        says=says,
        type=kind,
        other=other,
        other_id=other_id,
        since=min(known[0], default=None),
        until=max(known[1], default=None) if len(known[1]) == len(ends) else None,  # where one passage leaves the end open, it is open
        published=(printed[0], printed[-1]) if printed else None,
        ties=tuple(ties),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorProfile:
    """One actor with everything behind it; shows as a small page in a notebook.

    `listed` says on which watchlists it is or may be, `quotes` are sentences in which it is named, one a document, `reasons` say why its
    names were joined.
    """

    actor: KnownActor
    listed: tuple[ListedAs, ...] = ()
    roles: tuple[Role, ...] = ()
    quotes: tuple[Evidence, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def name(self) -> str:
        """What the actor is called."""
        return self.actor.name

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that the actor carries, from the watchlists it is on."""
        return tuple(sorted({value for listed in self.listed if listed.standing == "listed" for value in listed.ids}))

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        actor = self.actor
        return {
            **actor_line(actor, self.listed),
            "roles": [role.as_line() for role in self.roles],
            "mentioned": [piece.as_line() for piece in self.quotes],
            "reasons": [{name: getattr(reason, name) for name in Reason.__slots__} for reason in self.reasons],
        }

    def _repr_html_(self) -> str:
        """What a notebook shows; everything that comes from a document or a list is escaped."""
        actor = self.actor
        parts = [f"<h3>{escape(actor.name)} <small>({escape(actor.kind)})</small></h3>"]
        if actor.aliases:
            parts.append(f"<p>also {escape(', '.join(actor.aliases))}</p>")
        parts.append(f"<p>{actor.mentions:,} mentions in {actor.documents:,} documents, {actor.ties:,} ties</p>")
        parts.append(_table("on watchlists", [(one.standing, one.watchlist, one.name, ", ".join(one.ids)) for one in self.listed]))
        parts.append(_table("roles", [(role.says, role.other, role.dated, str(len(role.ties))) for role in self.roles]))
        parts.append(_table("why its names are one", [(why.name, why.to, why.rule, f"{why.score:.2f}") for why in self.reasons]))
        parts.append(_table("named in", [(str(one.published or ""), one.doc, one.quote) for one in self.quotes]))
        return "".join(parts)


def _table(title: str, rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<p><b>{title}</b></p><table>{cells}</table>"


def actor_line(actor: KnownActor, listed: Iterable[ListedAs] = ()) -> dict[str, Any]:
    """An actor as the object that a JSON line holds for it."""
    held = [one for one in listed if one.standing == "listed"]
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
        "ids": sorted({value for one in held for value in one.ids}),
        "watchlists": [{"watchlist": one.watchlist, "entry": one.entry, "score": round(one.score, 4)} for one in held],
        "mentions": actor.mentions,
        "documents": actor.documents,
        "ties": actor.ties,
    }
