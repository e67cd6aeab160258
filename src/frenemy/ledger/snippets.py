"""Verbatim stretches that show what a name or a tie rests on, cut from the documents at their offsets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import duckdb

MENTIONED = (files("frenemy.ledger") / "snippets.sql").read_text(encoding="utf-8")
REACH = 240
"""Characters on each side of a mention within which its sentence is looked for."""
SENTENCE_ENDS = re.compile(r"(?<=[.!?…]['\"”’)])\s+|(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A quote that shows something: what it speaks of (`about`), its place in its document, and where that comes from."""

    about: str
    document: str
    doc: str
    start: int
    end: int
    quote: str
    published: date | None
    publisher: str | None
    url: str | None

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        values = {name: getattr(self, name) for name in self.__slots__}
        values["published"] = self.published.isoformat() if self.published else None
        return values


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends that holds `text[start:end]`; a cut at a word where it is longer than the text that is given.

    >>> text = "He left. Elon Musk mocked him. Then he came back."
    >>> begin, stop = sentence_around(text, 9, 18)
    >>> text[begin:stop]
    'Elon Musk mocked him.'
    """
    ends = [(match.start(), match.end()) for match in SENTENCE_ENDS.finditer(text)]
    begin = max((after for _, after in ends if after <= start), default=0)
    stop = min((before for before, _ in ends if before >= end), default=len(text))
    return begin, stop


def _cut(piece: str, offset: int, start: int, end: int, length: int) -> tuple[int, int, str]:
    """The sentence of a mention, given the stretch of text around it; words that the stretch cut are left out."""
    low, high = 0, len(piece)
    if offset > 0:
        low = min(start - offset, max(0, piece.find(" ") + 1))
    if offset + len(piece) < length:
        high = max(end - offset, piece.rfind(" ") if " " in piece else high)
    inner = piece[low:high]
    begin, stop = sentence_around(inner, start - offset - low, end - offset - low)
    first = offset + low + begin
    return first, first + (stop - begin), inner[begin:stop]


def name_quotes(connection: duckdb.DuckDBPyConnection, subjects: Sequence[str], *, most: int = 2) -> Mapping[str, list[Evidence]]:
    """For each name ("name" or "name @ document-id") the sentences it stands in, one a document."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for piece in _quotes(connection, {"subjects": list(subjects), "most": most, "by_actor": False, "known_by": None}) if subjects else ():
        found[piece.about].append(piece)
    return found


def actor_quotes(connection: duckdb.DuckDBPyConnection, actor_id: str, *, most: int, known_by: date | None = None) -> list[Evidence]:
    """Sentences that name an actor, one a document, of those published by a date where one is given."""
    return list(_quotes(connection, {"subjects": [actor_id], "most": most, "by_actor": True, "known_by": known_by}))


def _quotes(connection: duckdb.DuckDBPyConnection, asked: Mapping[str, Any]) -> Iterator[Evidence]:
    rows = connection.execute(MENTIONED, {**asked, "reach": REACH}).fetchall()
    for subject, document, doc, start, end, offset, piece, length, published, publisher, url in rows:
        first, last, quote = _cut(piece, offset, start, end, length)
        yield Evidence(
            about=subject,
            document=document,
            doc=doc,
            start=first,
            end=last,
            quote=quote,
            published=published,
            publisher=publisher,
            url=url,
        )


def tie_quotes(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[tuple[Evidence, str]]:
    """The quotes of ties, each with the tie in words."""
    rows = connection.execute(
        "SELECT id, document, doc, quote_start, quote_end, quote, published, publisher, url, "
        "source_actor, target_actor, mutual, polarity, type, voice_actor, when_text FROM resolved_ties WHERE list_contains(?, id)",
        [list(ids)],
    ).fetchall()
    found = []
    for tie, document, doc, start, end, quote, published, publisher, url, source, target, mutual, polarity, kind, voice, when in rows:
        piece = Evidence(
            about=tie, document=document, doc=doc, start=start, end=end, quote=quote, published=published, publisher=publisher, url=url
        )
        said = f"{source} {'↔' if mutual else '→'} {target}, {polarity} {kind}"
        found.append((piece, said + (f", {when}" if when else "") + (f", on the word of {voice}" if voice != "author" else "")))
    return found
