"""Which files a source names: a file, a folder, a pattern, or standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from frenemy.documents.formats import KINDS
from frenemy.documents.unpacking import PACKINGS
from frenemy.errors import DocumentError, EmptyDocument, UnreadableDocument

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to read. `kind` is the ending that says how, "" if only the content can tell; `packing` is ".gz", ".zst" or ""."""

    path: Path
    name: str
    kind: str
    packing: str

    @property
    def label(self) -> str:
        return str(self.path)


def find(sources: Iterable[str | Path]) -> Iterator[Found | DocumentError]:
    """All files of the sources in their order, each once; folders are walked in the order of their names.

    >>> [found.reason for found in find(["no/such/file.txt"])]
    ['no such file']
    """
    seen: set[str] = set()
    for source in sources:
        for item in _find_one(str(source)):
            if isinstance(item, Found) and item.label != STDIN:
                real = os.path.realpath(item.path)
                if real in seen:
                    continue
                seen.add(real)
            yield item


def describe(path: Path) -> Found:
    """How to read a file, by its name.

    >>> found = describe(Path("news/May.2019.jsonl.gz"))
    >>> found.name, found.kind, found.packing
    ('May.2019', '.jsonl', '.gz')
    """
    packing = path.suffix.lower() if path.suffix.lower() in PACKINGS else ""
    inner = Path(path.stem) if packing else Path(path.name)
    kind = inner.suffix.lower() if inner.suffix.lower() in KINDS else ""
    return Found(path=path, name=inner.stem if kind else inner.name, kind=kind, packing=packing)


def _find_one(source: str) -> Iterator[Found | DocumentError]:
    path = Path(source)
    if source == STDIN:
        yield Found(path=path, name="stdin", kind="", packing="")
    elif path.is_dir():
        yield from _or_empty(_walk(path, set()), source, "holds no document that frenemy reads")
    elif os.path.lexists(path):
        yield describe(path)
    elif glob.has_magic(source):
        yield from _or_empty(_matches(source), source, "no document matches the pattern")
    elif source.startswith(("http://", "https://")):
        yield UnreadableDocument(source, "is a web address; save the page as a file first")
    else:
        yield UnreadableDocument(source, "no such file")


def _or_empty(items: Iterator[Found | DocumentError], source: str, reason: str) -> Iterator[Found | DocumentError]:
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        yield EmptyDocument(source, f"{reason} ({', '.join(KINDS)}, also with {' or '.join(PACKINGS)})")


def _matches(pattern: str) -> Iterator[Found | DocumentError]:
    walked: set[tuple[int, int]] = set()
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute pattern
        path = Path(match)
        if path.is_dir():
            yield from _walk(path, walked)
        elif (found := describe(path)).kind:
            yield found


def _walk(folder: Path, walked: set[tuple[int, int]]) -> Iterator[Found | DocumentError]:
    """The files of a folder and those below it. A folder that links lead back to is entered once."""
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield UnreadableDocument(str(folder), f"cannot be opened: {error.strerror}")
        return
    if (status.st_dev, status.st_ino) in walked:
        return
    walked.add((status.st_dev, status.st_ino))
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        path = folder / entry.name
        if path.is_dir():
            yield from _walk(path, walked)
        elif (found := describe(path)).kind and (path.is_file() or path.is_symlink()):
            yield found
