"""Texts in JSON: one object a line, one object, or a list of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from frenemy.documents.cleaning import clean
from frenemy.documents.dates import parse_date
from frenemy.documents.decoding import decode
from frenemy.documents.draft import Draft
from frenemy.documents.formats.web import draft_of_page, is_page
from frenemy.errors import DocumentError, EmptyDocument, UnreadableDocument

_FIELDS = {"title": "title", "publisher": "publisher", "author": "author", "url": "url", "lang": "language"}


def read_record_lines(lines: Iterable[bytes], source: str, name: str) -> Iterator[Draft | DocumentError]:
    """A draft a line; a bad line is an error of its own and the others are read. `name` and the number name those without an id.

    >>> [type(item).__name__ for item in read_record_lines([b'{"text": "Rome fell."}', b"{"], "a.jsonl", "a")]
    ['Draft', 'UnreadableDocument']
    """
    found = False
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found = True
            yield _caught(_read_line, line, f"{source}, line {number}", f"{name}#{number}")
    if not found:
        yield EmptyDocument(source, "is empty")


def read_json(data: bytes, source: str, name: str) -> Iterator[Draft | DocumentError]:
    """The drafts of a file that is one object or a list of objects."""
    value = _parsed(data, source)
    if isinstance(value, dict):
        yield _caught(_read_record, value, source, name)
        return
    if not isinstance(value, list):
        raise UnreadableDocument(source, "holds neither an object nor a list of objects with a text")
    if not value:
        raise EmptyDocument(source, "is an empty list")
    for number, record in enumerate(value, start=1):
        yield _caught(_read_record, record, f"{source}, item {number}", f"{name}#{number}")


def _caught(read: Callable[[Any, str, str], Draft], value: Any, source: str, name: str) -> Draft | DocumentError:
    try:
        return read(value, source, name)
    except DocumentError as error:
        return error


def _read_line(line: bytes, source: str, name: str) -> Draft:
    return _read_record(_parsed(line, source), source, name)


def _parsed(data: bytes, source: str) -> Any:
    try:
        return json.loads(decode(data, source))
    except ValueError as error:
        raise UnreadableDocument(source, f"is not JSON: {error}") from error
    except RecursionError as error:
        raise UnreadableDocument(source, "is not JSON: it is nested too deep") from error


def _read_record(record: Any, source: str, name: str) -> Draft:
    if not isinstance(record, dict):
        raise UnreadableDocument(source, 'is not an object; write {"text": "…"}')
    text = record.get("text")
    if not isinstance(text, str):
        raise UnreadableDocument(source, 'has no "text", the one field that must be there' if text is None else '"text" is not a string')
    fields = {ours: _field(record, theirs, source) for theirs, ours in _FIELDS.items()}
    name, published = _name(record, source) or name, _published(record, source)
    if is_page(text):
        page = draft_of_page(text, source, url=fields["url"])
        own = {ours: value for ours, value in fields.items() if value is not None}
        return replace(page, name=name, source=source, published=published or page.published, **own)
    return Draft(text=clean(text), name=name, source=source, published=published, **fields)


def _field(record: dict[str, Any], key: str, source: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise UnreadableDocument(source, f'"{key}" is not a string')
    return clean(value).replace("\n", " ") or None if value is not None else None


def _name(record: dict[str, Any], source: str) -> str | None:
    name = record.get("id")
    if name is not None and (isinstance(name, bool) or not isinstance(name, str | int)):
        raise UnreadableDocument(source, '"id" is neither a string nor a number')
    return clean(str(name)) or None if name is not None else None


def _published(record: dict[str, Any], source: str) -> date | None:
    value = record.get("published")
    if value is None or value == "":
        return None
    published = parse_date(value) if isinstance(value, str) else None
    if published is None:
        raise UnreadableDocument(source, f'"published" is {str(value)[:40]!r}, which is no date; write 2024-11-22 or leave it out')
    return published
