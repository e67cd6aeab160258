"""Claims of a ledger: its ties as statements, compared in the room of analysis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from frenemy.analysis.claims import Claim, Statement, claims
from frenemy.ledger import Ledger, TieFilter, TieRecord
from frenemy.ledger.when import split_when

if TYPE_CHECKING:
    from datetime import date


def claims_of(
    ledger: Ledger,
    *,
    actor: str | None = None,
    disputed: bool = False,
    as_of: date | None = None,
    known_by: date | None = None,
    min_confidence: float = 0.0,
) -> list[Claim]:
    """The claims about an actor or made by it, or all; only those that somebody disputes where `disputed`."""
    wanted = TieFilter(as_of=as_of, known_by=known_by, min_confidence=min_confidence)
    found = claims(statements(ledger.ties(wanted), origins=ledger.origins()))
    if actor is not None:
        known = ledger.find_actor(actor)
        found = [claim for claim in found if _concerns(claim, known.id, known.name)]
    return [claim for claim in found if claim.disputed or not disputed]


def _concerns(claim: Claim, actor: str, name: str) -> bool:
    """Whether a claim is about an actor, or is made or disputed by it."""
    return actor in (claim.source, claim.target) or any(statement.voice == name for statement in claim.statements)


def statements(records: Iterable[TieRecord], *, origins: Mapping[str, str]) -> list[Statement]:
    """Ties as statements; `origins` gives the story that each document tells, itself where it names none."""
    return [statement(record, origins.get(record.document, record.document)) for record in records]


def statement(record: TieRecord, origin: str) -> Statement:
    """A tie as somebody states it."""
    since, until = split_when(record.when)
    return Statement(
        tie=record.id,
        source=record.source_id,
        source_name=record.source,
        target=record.target_id,
        target_name=record.target,
        mutual=record.mutual,
        type=record.type,
        polarity=record.polarity,
        status=record.status,
        voice=record.voice,
        since=since,
        until=until,
        published=record.published,
        document=record.document,
        doc=record.doc,
        publisher=record.publisher,
        url=record.url,
        origin=origin,
        quote=record.quote,
        start=record.start,
        confidence=record.confidence,
    )
