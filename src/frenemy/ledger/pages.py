"""Stretches of what the ledger holds, for views that show a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from frenemy.ledger.ties import TieRecord, Ties

DOCUMENT_FIELDS = "id, name, title, published, publisher, author, language, url, length(text) AS length"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDocument:
    """A document without its text, which is `length` characters long."""

    id: str
    name: str
    title: str | None
    published: date | None
    publisher: str | None
    author: str | None
    language: str | None
    url: str | None
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """Some documents, and how many there are in all."""

    total: int
    documents: tuple[KnownDocument, ...]


def document_page(connection: duckdb.DuckDBPyConnection, *, matching: str, offset: int, limit: int) -> DocumentPage:
    """The newest documents first; only those whose title, name or publisher holds what was typed."""
    order = "ORDER BY published DESC NULLS LAST, number"
    fits = " OR ".join(f"contains(lower({field}), lower($typed))" for field in ("title", "name", "publisher")) if matching else "true"
    found = connection.execute(
        f"WITH fitting AS MATERIALIZED (SELECT id, published, rowid AS number FROM documents WHERE {fits}) "
        f"SELECT (SELECT count(*) FROM fitting), list(id) FROM (SELECT id FROM fitting {order} LIMIT $limit OFFSET $offset)",
        {**({"typed": matching} if matching else {}), "limit": limit, "offset": offset},
    ).fetchall()
    total, ids = found[0][0], found[0][1] or []  # apart from the rest, so that only their texts are measured
    rows = connection.execute(f"SELECT {DOCUMENT_FIELDS} FROM documents WHERE id IN ({_marks(ids)})", ids).fetchall()
    return DocumentPage(total=total, documents=tuple(sorted(map(_document, rows), key=lambda doc: ids.index(doc.id))))


TITLED = """
SELECT id, title FROM documents WHERE contains(lower(title), lower($words))
UNION ALL
SELECT id, name FROM documents WHERE title IS NULL AND contains(lower(name), lower($words))
LIMIT $limit
"""


def documents_titled(connection: duckdb.DuckDBPyConnection, words: str, limit: int) -> list[tuple[str, str]]:
    """The ids and titles (names where they have none) of some documents in which these words stand; the first that are found."""
    return connection.execute(TITLED, {"words": words, "limit": limit}).fetchall()


def known_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> KnownDocument | None:
    """One document without its text."""
    rows = connection.execute(f"SELECT {DOCUMENT_FIELDS} FROM documents WHERE id = ?", [document_id]).fetchall()
    return _document(rows[0]) if rows else None


def _document(row: tuple[object, ...]) -> KnownDocument:
    return KnownDocument(**dict(zip(KnownDocument.__slots__, row, strict=True)))  # type: ignore[arg-type]


def document_text(connection: duckdb.DuckDBPyConnection, document_id: str, start: int, end: int) -> str:
    """The characters of a document from `start` to `end`."""
    rows = connection.execute(
        "SELECT substring(text, ?, ?) FROM documents WHERE id = ?", [start + 1, max(0, end - start), document_id]
    ).fetchall()
    return rows[0][0] if rows else ""


ENDS = """
SELECT tie, source, target, word FROM evidence WHERE {where} AND tie NOT IN (SELECT tie FROM wrong_ties)
"""
NUMBERED = """
SELECT number, id, name FROM actor_numbers JOIN actors USING (id) WHERE number IN ({marks})
"""
TIE_FIELDS = "id, document, mutual, type, polarity, status, voice, when_text, quote, quote_start, quote_end, confidence, reader"


def ties_by_id(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> Ties:
    """The ties between two actors with these ids, in their order; those that are not there, or were judged wrong, are left out."""
    rows = connection.execute(f"SELECT DISTINCT document FROM ties WHERE id IN ({_marks(ids)})", list(ids)).fetchall()
    documents = [document for (document,) in rows]  # evidence is found faster by document, which lies together
    found = _ties(connection, f"document IN ({_marks(documents)})", documents, keep=frozenset(ids))
    return Ties(found[tie] for tie in ids if tie in found)


def ties_by_number(connection: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> Ties:
    """The ties with these row numbers of the evidence, in their order."""
    rows = connection.execute("SELECT rowid, tie FROM evidence WHERE rowid IN (SELECT unnest(?::BIGINT[]))", [list(numbers)]).fetchall()
    ids = dict(rows)
    found = _ties(connection, "rowid IN (SELECT unnest(?::BIGINT[]))", [list(numbers)])
    return Ties(found[ids[number]] for number in numbers if number in ids and ids[number] in found)


def ties_of_document(connection: duckdb.DuckDBPyConnection, document_id: str, start: int, end: int) -> Ties:
    """The ties whose quotes touch a stretch of a document, in the order of their quotes."""
    found = _ties(connection, "document = ?", [document_id]).values()
    return Ties(sorted((tie for tie in found if tie.start < end and tie.end > start), key=lambda tie: (tie.start, tie.end, tie.id)))


def _ties(
    connection: duckdb.DuckDBPyConnection, where: str, asked: Sequence[Any], *, keep: Collection[str] | None = None
) -> dict[str, TieRecord]:
    """The ties of some evidence by id, or of those only those to `keep`.

    Step by step, each with few keys, since the view that joins all of it scans every name of every document.
    """
    rows = connection.execute(ENDS.format(where=where), list(asked)).fetchall()
    ends = {row[0]: row[1:] for row in rows if keep is None or row[0] in keep}
    numbers = list({number for source, target, _ in ends.values() for number in (source, target)})
    named = {row[0]: row[1:] for row in connection.execute(NUMBERED.format(marks=_marks(numbers)), numbers).fetchall()}
    said = connection.execute(f"SELECT {TIE_FIELDS} FROM ties WHERE id IN ({_marks(ends)})", list(ends)).fetchall()
    printed = list(dict.fromkeys(row[1] for row in said))
    fields = "id, name, title, published, publisher, url"
    rows = connection.execute(f"SELECT {fields} FROM documents WHERE id IN ({_marks(printed)})", printed).fetchall()
    documents = {row[0]: row[1:] for row in rows}
    speakers = _speakers(connection, {(row[1], row[6]) for row in said if ends[row[0]][-1] == "other"})
    found = {}
    for tie, document, mutual, kind, polarity, status, voice, when, quote, first, last, confidence, reader in said:
        one, other, word = ends[tie]
        (source_id, source), (target_id, target) = named[one], named[other]
        doc, title, published, publisher, url = documents[document]
        found[tie] = TieRecord(
            id=tie, document=document, doc=doc, source=source, source_id=source_id, target=target, target_id=target_id, mutual=mutual,
            type=kind, polarity=polarity, status=status, when=when, quote=quote, start=first, end=last, confidence=confidence,
            voice={"author": "author", "source": source, "target": target}.get(word) or speakers.get((document, voice), voice),
            published=published, publisher=publisher, title=title, url=url, reader=reader,
        )  # fmt: skip
    return found


def _speakers(connection: duckdb.DuckDBPyConnection, said: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What the actors are called who are named so in these documents."""
    if not said:
        return {}
    documents, names = ([pair[at] for pair in said] for at in (0, 1))
    rows = connection.execute(
        "SELECT member.document, member.name, actors.name FROM actor_members AS member JOIN actors ON actors.id = member.actor "
        f"WHERE member.document IN ({_marks(documents)}) AND member.name IN ({_marks(names)})",
        [*documents, *names],
    ).fetchall()
    return {(document, name): speaker for document, name, speaker in rows}


def _marks(values: Collection[Any]) -> str:
    """Question marks for a list of values: DuckDB looks constants up in an index, and a list that is one parameter it does not."""
    return ", ".join("?" for _ in values) or "NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedActor:
    """An actor with its names and the number of its documents."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    documents: int


def named_actors(connection: duckdb.DuckDBPyConnection) -> list[NamedActor]:
    """All actors by id."""
    counted = "SELECT actor, count(DISTINCT document) AS documents FROM actor_members GROUP BY actor"
    rows = connection.execute(
        "SELECT id, name, kind, aliases, coalesce(documents, 0) "
        f"FROM actors LEFT JOIN ({counted}) AS counted ON counted.actor = id ORDER BY id"
    ).fetchall()
    return [NamedActor(id=i, name=name, kind=kind, aliases=tuple(aliases), documents=count) for i, name, kind, aliases, count in rows]


def bearers(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """The ids of the actors that bear a name in some document."""
    return [row[0] for row in connection.execute("SELECT DISTINCT actor FROM actor_members WHERE name = ? ORDER BY 1", [name]).fetchall()]
