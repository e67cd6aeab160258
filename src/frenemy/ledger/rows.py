"""Values to columns: what is written into the ledger, checked at the door.

DuckDB takes a batch fastest as one list a column, so that is what is built here; running the insert is `store.py`'s.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from frenemy.errors import FalseQuote
from frenemy.ledger.when import split_when
from frenemy.model import Document, Figure, Judgement, Mention, Quote, Reading, Tie

if TYPE_CHECKING:
    import duckdb

Row = tuple[Any, ...]

COLUMN_TYPES = {
    "documents": ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "DATE", "TIMESTAMP", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "TIMESTAMP"),
    "mentions": ("VARCHAR", "INTEGER", "INTEGER", *("VARCHAR",) * 4),
    "ties": (
        *("VARCHAR",) * 2,
        *("INTEGER", "INTEGER", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR") * 2,
        *("VARCHAR", "VARCHAR", "VARCHAR", "BOOLEAN", "VARCHAR", "VARCHAR", "DATE", "DATE"),
        *("INTEGER", "INTEGER", "VARCHAR", "DOUBLE", "VARCHAR", "TIMESTAMP"),
    ),
    "figures": (
        *("VARCHAR", "INTEGER", "INTEGER", "VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"),
        *("VARCHAR", "DOUBLE", "VARCHAR", "VARCHAR", "VARCHAR", "INTEGER", "INTEGER", "VARCHAR", "VARCHAR", "TIMESTAMP"),
    ),
    "stories": ("VARCHAR", "VARCHAR", "UINTEGER[]"),
    "story_bands": ("VARCHAR", "BIGINT"),
    "judgements": ("VARCHAR", "VARCHAR[]", "VARCHAR", "TIMESTAMP", "DOUBLE", "VARCHAR", "TIMESTAMP"),
    "watchlists": ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "TIMESTAMP"),
    "watchlist_entries": ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR[]", "VARCHAR[]", "VARCHAR", "VARCHAR[]"),
    "watchlist_keys": ("VARCHAR", "VARCHAR", "VARCHAR"),
    "watched_actors": ("VARCHAR", "VARCHAR", "VARCHAR"),
    "watch_candidates": ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "DOUBLE", "VARCHAR"),
    "listings": ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "DOUBLE", "VARCHAR", "VARCHAR", "VARCHAR"),
    "actors": ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR[]"),
    "actor_members": ("VARCHAR", "VARCHAR", "VARCHAR", "BOOLEAN"),
    "actor_reasons": ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "DOUBLE", "VARCHAR"),
    "quarantined": ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR"),
    "doubts": ("VARCHAR", "VARCHAR[]", "DOUBLE", "VARCHAR", "VARCHAR"),
    "actor_keys": ("VARCHAR", "VARCHAR", "VARCHAR"),
}


def tie_id(tie: Tie) -> str:
    """The same passage read the same way is the same tie: a hash of document, spans, type, polarity, status, mutual.

    >>> one = Mention(document="d", start=0, end=4, text="Musk", name="Elon Musk", kind="person")
    >>> two = Mention(document="d", start=10, end=15, text="Trump", name="Donald Trump", kind="person")
    >>> quote = Quote(document="d", start=0, end=15, text="Musk mocked Trump"[:15])
    >>> a = Tie(source=one, target=two, type="ACCUSE", polarity="-", quote=quote)
    >>> b = Tie(source=one, target=two, type="ACCUSE", polarity="-", quote=quote, confidence=0.5)
    >>> c = Tie(source=two, target=one, type="ACCUSE", polarity="-", quote=quote)
    >>> tie_id(a) == tie_id(b), tie_id(a) == tie_id(c), len(tie_id(a))
    (True, False, 32)
    """
    parts = (
        tie.quote.document,
        *(tie.source.start, tie.source.end, tie.target.start, tie.target.end),
        *(tie.type, tie.polarity, tie.status, int(tie.mutual), tie.quote.start, tie.quote.end),
    )
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32]


def check_reading(reading: Reading) -> None:
    """Raise `FalseQuote` unless every quote and every mention of the reading stands in its document."""
    doc, doc_id = reading.document, reading.document.id
    mentions = [*reading.mentions, *(m for tie in reading.ties for m in (tie.source, tie.target)), *(f.subject for f in reading.figures)]
    for quote in (*(tie.quote for tie in reading.ties), *(figure.quote for figure in reading.figures)):
        _check_slice(quote.document, quote, doc, doc_id)
    for mention in mentions:
        _check_slice(mention.document, mention, doc, doc_id)


def _check_slice(document: str, piece: Quote | Mention, doc: Document, doc_id: str) -> None:
    """`Quote.check` with the document's hash computed once a reading and no offset that counts from the end."""
    stands = doc.text[piece.start : piece.end] if 0 <= piece.start < piece.end else ""
    if document != doc_id or stands != piece.text or not stands.strip():
        raise FalseQuote(
            f"{piece.text[:60]!r} does not stand at {piece.start}:{piece.end} of document {doc.name}, {stands[:60]!r} does. "
            "The reader is at fault: report it."
        )


def naive_utc(moment: datetime | None) -> datetime | None:
    """The moment in UTC without its zone, which is how the ledger keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment and moment.tzinfo else moment


def document_row(doc: Document, recorded: datetime) -> Row:
    """A row of `documents`. A file name that is no Unicode gets question marks; a text that is none was refused before."""
    name, title, *source = (
        value and value.encode("utf-8", "replace").decode()
        for value in (doc.name, doc.title, doc.publisher, doc.author, doc.language, doc.url)
    )
    return (doc.id, name, doc.text, title, doc.published, naive_utc(doc.retrieved), *source, recorded)


def _span(mention: Mention) -> Row:
    return (mention.start, mention.end, mention.text, mention.name, mention.kind, mention.form)


def mention_row(mention: Mention) -> Row:
    """A row of `mentions`."""
    return (mention.document, *_span(mention))


def tie_row(tie: Tie, recorded: datetime) -> Row:
    """A row of `ties`."""
    quote = tie.quote
    said = (tie.type, tie.polarity, tie.status, tie.mutual, tie.voice, tie.when, *split_when(tie.when))
    rests = (quote.start, quote.end, quote.text, tie.confidence, tie.reader, recorded)
    return (tie_id(tie), quote.document, *_span(tie.source), *_span(tie.target), *said, *rests)


def figure_row(figure: Figure, recorded: datetime) -> Row:
    """A row of `figures`."""
    quote = figure.quote
    said = (figure.kind, figure.amount, figure.unit, figure.status, figure.when)
    return (quote.document, *_span(figure.subject), *said, quote.start, quote.end, quote.text, figure.reader, recorded)


def judgement_row(judgement: Judgement) -> Row:
    """A row of `judgements`."""
    decided = (judgement.kind, list(judgement.subjects), judgement.by, naive_utc(judgement.at), judgement.confidence, judgement.reason)
    return (*decided, naive_utc(judgement.undoes))


def judgement_of_row(row: Row) -> Judgement:
    """A row of `judgements` as the value it was written from."""
    kind, subjects, by, at, confidence, reason, undoes = row
    return Judgement(
        kind=kind,
        subjects=tuple(subjects),
        by=by,
        at=at.replace(tzinfo=UTC),
        confidence=confidence,
        reason=reason,
        undoes=undoes and undoes.replace(tzinfo=UTC),
    )


def columns(rows: Sequence[Row]) -> list[list[Any]]:
    """Rows to one list a column.

    >>> columns([(1, "a"), (2, "b")])
    [[1, 2], ['a', 'b']]
    """
    return [list(column) for column in zip(*rows, strict=True)]


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Append rows to a table."""
    if rows:
        lists = ", ".join(f"unnest(?::{kind}[])" for kind in COLUMN_TYPES[table])
        connection.execute(f"INSERT INTO {table} SELECT {lists}", columns(rows))


def unique_ties(ties: Iterable[Tie]) -> list[Tie]:
    """The ties without repetition, the most confident of each kept."""
    best: dict[str, Tie] = {}
    for tie in ties:
        key = tie_id(tie)
        if key not in best or best[key].confidence < tie.confidence:
            best[key] = tie
    return list(best.values())
