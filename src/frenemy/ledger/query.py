"""Which ties are asked for, and the query that finds them. Building it is apart from running it; values only ever travel as parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

SIGNS = {"+": "+", "-": "-", "0": "0", "friend": "+", "foe": "-", "neutral": "0", "plus": "+", "minus": "-"}

FIELDS = (
    *("id", "document", "doc", "source_actor", "source_id", "target_actor", "target_id", "mutual", "type", "polarity", "status"),
    *("voice_actor", "when_text", "quote", "quote_start", "quote_end", "confidence", "published", "publisher", "title", "url", "reader"),
)

LISTED = (
    "{end} IN (SELECT actor FROM listings WHERE standing = 'listed' AND (len($watchlists) = 0 OR list_contains($watchlists, watchlist)))"
)
"""Whether an end of a tie is on one of the watchlists that are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieFilter:
    """What a question about ties keeps.

    `ids` holds the ids of the ties that are wanted, `actors` those of one actor, or of the two whose ties to each other are. `since`,
    `until` and `as_of` look at when it happened, and at the date of publication where the passage gives none; `known_by` looks at the date
    of publication alone. A tie without the date that is asked about is left out. `watchlists` keeps ties with an end on one of these
    watchlists, on any where it is empty; None keeps all.
    """

    ids: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    known_by: date | None = None
    min_confidence: float = 0.0
    watchlists: tuple[str, ...] | None = None
    limit: int | None = None


def select_ties(wanted: TieFilter) -> tuple[str, Mapping[str, Any]]:
    """The query for the ties that are wanted, oldest first, and its parameters.

    >>> sql, parameters = select_ties(TieFilter(actors=("elon-musk",), signs=("-",)))
    >>> "elon-musk" in sql, parameters
    (False, {'actors': ['elon-musk'], 'signs': ['-']})
    """
    clauses: list[str] = []
    parameters: dict[str, Any] = {}

    def keep(name: str, value: Any, clause: str) -> None:
        if value:
            clauses.append(clause)
            parameters[name] = list(value) if isinstance(value, tuple) else value

    keep("ids", wanted.ids, "list_contains($ids, id)")
    if len(wanted.actors) > 1:
        keep("actors", wanted.actors, "list_contains($actors, source_id) AND list_contains($actors, target_id) AND source_id <> target_id")
    else:
        keep("actors", wanted.actors, "(list_contains($actors, source_id) OR list_contains($actors, target_id))")
    keep("types", wanted.types, "list_contains($types, type)")
    keep("signs", wanted.signs, "list_contains($signs, polarity)")
    keep("statuses", wanted.statuses, "list_contains($statuses, status)")
    keep("since", wanted.since, "until >= $since")
    keep("until", wanted.until, "since <= $until")
    keep("as_of", wanted.as_of, "since <= $as_of")
    keep("known_by", wanted.known_by, "published <= $known_by")
    keep("min_confidence", wanted.min_confidence, "confidence >= $min_confidence")
    if wanted.watchlists is not None:
        clauses.append(f"({LISTED.format(end='source_id')} OR {LISTED.format(end='target_id')})")
        parameters["watchlists"] = list(wanted.watchlists)
    where = "WHERE " + " AND ".join(clauses) if clauses else ""
    limit = "LIMIT $limit" if wanted.limit is not None else ""
    if wanted.limit is not None:
        parameters["limit"] = wanted.limit
    fields = ", ".join(FIELDS)
    return f"SELECT {fields} FROM resolved_ties {where} ORDER BY since NULLS LAST, doc, quote_start, id {limit}", parameters


FIGURE_FIELDS = (
    *("f.document", "documents.name", "actors.name", "actors.id", "f.kind", "f.amount", "f.unit", "f.status", "f.when_text", "f.quote"),
    *("f.quote_start", "f.quote_end", "documents.published", "documents.publisher", "documents.title", "documents.url", "f.reader"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFilter:
    """What a question about figures keeps: of one actor (its id), of some kinds, units and statuses, published by a date."""

    actor: str | None = None
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    known_by: date | None = None


def select_figures(wanted: FigureFilter) -> tuple[str, Mapping[str, Any]]:
    """The query for the figures that are wanted, by date of publication and place in the document, and its parameters.

    >>> sql, parameters = select_figures(FigureFilter(actor="xai", kinds=("valuation",)))
    >>> "xai" in sql, parameters
    (False, {'actor': 'xai', 'kinds': ['valuation']})
    """
    clauses: dict[str, tuple[Any, str]] = {
        "actor": (wanted.actor, "actors.id = $actor"),
        "kinds": (list(wanted.kinds), "list_contains($kinds, f.kind)"),
        "units": (list(wanted.units), "list_contains($units, f.unit)"),
        "statuses": (list(wanted.statuses), "list_contains($statuses, f.status)"),
        "known_by": (wanted.known_by, "documents.published <= $known_by"),
    }
    kept = {name: pair for name, pair in clauses.items() if pair[0]}
    where = "WHERE " + " AND ".join(clause for _, clause in kept.values()) if kept else ""
    sql = (
        f"SELECT {', '.join(FIGURE_FIELDS)} FROM figures AS f JOIN documents ON documents.id = f.document "
        "JOIN actor_members AS member ON member.document = f.document AND member.name = f.subject_name "
        f"JOIN actors ON actors.id = member.actor {where} "
        "ORDER BY documents.published NULLS LAST, documents.name, f.quote_start, f.quote_end, f.kind, f.amount"
    )
    return sql, {name: value for name, (value, _) in kept.items()}
