"""From sources to documents: found, opened, read by kind, completed from their first lines, and kept if they are English."""

from __future__ import annotations

import codecs
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from frenemy.documents.dates import date_in_url
from frenemy.documents.decoding import decode
from frenemy.documents.draft import Draft, Overrides
from frenemy.documents.formats import READERS, RECORD_LINES, RECORDS, read_json, read_record_lines
from frenemy.documents.formats.web import is_page
from frenemy.documents.head import read_head
from frenemy.documents.language import foreign_reason, language_of, main_tag
from frenemy.documents.sources import STDIN, Found, find
from frenemy.documents.unpacking import opened, read_all, read_lines
from frenemy.errors import DocumentError, EmptyDocument, ForeignLanguage
from frenemy.model import Document

_NO_OVERRIDES = Overrides()


def load(
    sources: str | Path | Iterable[str | Path], *, overrides: Overrides = _NO_OVERRIDES, any_language: bool = False
) -> Iterator[Document | DocumentError]:
    """Read documents one by one, in a stable order; what could not be read comes as an error in its place, and the rest is read.

    A source is a file, a folder, a pattern, or "-" for standard input. What `overrides` gives stands before what the documents say of
    themselves; the time of a file says nothing of when its text was published and is never looked at.

    >>> [item.reason for item in load(["no/such/file.txt"])]
    ['no such file']
    """
    named = [sources] if isinstance(sources, str | Path) else sources
    for found in find(named):
        if isinstance(found, DocumentError):
            yield found
            continue
        for item in _drafts(found):
            if isinstance(item, DocumentError):
                yield item
            else:
                yield finish(item, source=found.label, name=found.name, overrides=overrides, any_language=any_language)


def _drafts(found: Found) -> Iterator[Draft | DocumentError]:
    """What a file holds; an error in the middle of it ends it."""
    try:
        if found.label == STDIN:
            yield from _read_stream(sys.stdin.buffer, found)
            return
        with opened(found.path, found.packing, found.label) as stream:
            yield from _read_stream(stream, found)
    except DocumentError as error:
        yield error


def _read_stream(stream: BinaryIO, found: Found) -> Iterator[Draft | DocumentError]:
    """Read by kind; a stream without one by what its first line looks like."""
    if found.kind in RECORD_LINES:
        yield from _read_lines(read_lines(stream, found.label), found)
        return
    if not found.kind:
        first = next(read_lines(stream, found.label), b"")
        if _is_record(first):
            yield from read_record_lines(chain([first], read_lines(stream, found.label)), found.label, found.name)
            return
        data = first + read_all(stream, found.label)
        yield from _read_data(data, found, _kind_of(data))
        return
    yield from _read_data(read_all(stream, found.label), found, found.kind)


def _read_lines(lines: Iterator[bytes], found: Found) -> Iterator[Draft | DocumentError]:
    """Lines of records; those of UTF-16 have to be decoded together, since a line end is not one byte there."""
    first = next(lines, b"")
    every = chain([first], lines)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = decode(read_all(io.BytesIO(b"".join(every)), found.label), found.label)
        yield from read_record_lines((line.encode("utf-8", "replace") for line in text.split("\n")), found.label, found.name)
    else:
        yield from read_record_lines(every, found.label, found.name)


def _read_data(data: bytes, found: Found, kind: str) -> Iterator[Draft | DocumentError]:
    if not data.strip():
        raise EmptyDocument(found.label, "is empty")
    if kind == RECORDS:
        yield from read_json(data, found.label, found.name)
    else:
        yield READERS[kind](data, found.label)


def _kind_of(data: bytes) -> str:
    """The kind of bytes that come without a name that says it."""
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return ".docx"
    if data.lstrip()[:1] in (b"{", b"[") and _is_json(data):
        return RECORDS
    return ".html" if is_page(data[:2000].decode("utf-8", "replace")) else ".txt"


def _is_record(line: bytes) -> bool:
    return line.lstrip().startswith(b"{") and _is_json(line)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def finish(
    draft: Draft, *, source: str, name: str, overrides: Overrides = _NO_OVERRIDES, any_language: bool = False
) -> Document | DocumentError:
    """Complete a draft to a document, or say why there is none. `source` and `name` are for drafts that have none of their own."""
    source = draft.source or source
    if not any(map(str.isalnum, draft.text)):
        return EmptyDocument(source, "is empty" if not draft.text else "holds no words")
    tag = overrides.language or draft.language
    language = main_tag(tag) if tag else language_of(draft.text)
    if language not in (None, "en") and not any_language:
        return ForeignLanguage(source, foreign_reason(language or ""))
    return _document(draft, name=draft.name or name, language=language, overrides=overrides, now=_now())


def _document(draft: Draft, *, name: str, language: str | None, overrides: Overrides, now: datetime) -> Document:
    """Each value from the first that knows it: the user, the document's own fields, its first lines, its address."""
    url = overrides.url or draft.url
    day = date_in_url(url) if url else None
    head = read_head(draft.text, latest=now.date() + timedelta(days=1), year=day.year if day else None)
    return Document(
        text=draft.text,
        name=name,
        title=overrides.title or draft.title or head.title,
        published=overrides.published or draft.published or head.published or day,
        retrieved=now,
        publisher=overrides.publisher or draft.publisher or head.publisher,
        author=overrides.author or draft.author or head.author,
        language=language,
        url=url,
    )


_now: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731
"""The clock; tests put a fake one here."""
