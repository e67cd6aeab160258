"""Texts in JSON: one object a line, one object, or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from frenemy.documents.cleaning import clean
from frenemy.documents.dates import parse_date
from frenemy.documents.decoding import decode
from frenemy.documents.draft import Draft
from frenemy.documents.formats.web import draft_of_page, is_page
from frenemy.errors import DocumentError, EmptyDocument, UnreadableDocument

_FIELDS = {"title": "title", "publisher": "publisher", "author": "author", "url": "url", "lang": "language"}


def read_record_lines(lines: Iterable[bytes], source: str) -> Iterator[Draft | DocumentError]:
    """A draft a line; a bad line is an error of its own and the others are read.

    >>> [type(item).__name__ for item in read_record_lines([b'{"text": "Rome fell."}', b"{"], "a.jsonl")]
    ['Draft', 'UnreadableDocument']
    """
    found = False
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found = True
            yield _caught(_read_line, line, f"{source}, line {number}", number)
    if not found:
        yield EmptyDocument(source, "is empty")


def read_json(data: bytes, source: str) -> Iterator[Draft | DocumentError]:
    """The drafts of a file that is one object or a list of objects."""
    try:
        value = json.loads(decode(data, source))
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(source, f"is not JSON: {_why(error)}") from error
    if isinstance(value, dict):
        yield _caught(_read_record, value, source, None)
        return
    if not isinstance(value, list):
        raise UnreadableDocument(source, "holds neither an object nor a list of objects with a text")
    if not value:
        raise EmptyDocument(source, "is an empty list")
    for number, record in enumerate(value, start=1):
        yield _caught(_read_record, record, f"{source}, item {number}", number)


def _caught(read: Any, value: Any, source: str, number: int | None) -> Draft | DocumentError:
    try:
        draft: Draft = read(value, source, number)
    except DocumentError as error:
        return error
    return draft


def _read_line(line: bytes, source: str, number: int) -> Draft:
    try:
        record = json.loads(decode(line, source))
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(source, f"is not JSON: {_why(error)}") from error
    return _read_record(record, source, number)


def _read_record(record: Any, source: str, number: int | None) -> Draft:
    if not isinstance(record, dict):
        raise UnreadableDocument(source, 'is not an object; write {"text": "…"}')
    text = record.get("text")
    if not isinstance(text, str):
        raise UnreadableDocument(source, 'has no "text", the one field that must be there' if text is None else '"text" is not a string')
    fields = {ours: _field(record, theirs, source) for theirs, ours in _FIELDS.items()}
    name, published = _name(record, source, number), _published(record, source)
    if is_page(text):
        page = draft_of_page(text, source, url=fields["url"])
        return Draft(
            text=page.text,
            name=name,
            published=published or page.published,
            **{ours: fields[ours] or getattr(page, ours) for ours in fields},
        )
    return Draft(text=clean(text), name=name, published=published, **fields)


def _field(record: dict[str, Any], key: str, source: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise UnreadableDocument(source, f'"{key}" is not a string')
    return clean(value).replace("\n", " ") or None if value is not None else None


def _name(record: dict[str, Any], source: str, number: int | None) -> str | None:
    """The record's id, else its place in the file; None lets the file's own name stand."""
    name = record.get("id")
    if isinstance(name, str | int) and not isinstance(name, bool) and str(name).strip():
        return clean(str(name))
    if name not in (None, ""):
        raise UnreadableDocument(source, '"id" is neither a string nor a number')
    return None if number is None else f"#{number}"


def _published(record: dict[str, Any], source: str) -> date | None:
    value = record.get("published")
    if value is None or value == "":
        return None
    published = parse_date(value) if isinstance(value, str) else None
    if published is None:
        raise UnreadableDocument(source, f'"published" is {str(value)[:40]!r}, which is no date; write 2024-11-22 or leave it out')
    return published


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, ValueError) else "it is nested too deep"
