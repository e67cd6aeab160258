"""What is new at the sources, put on its way to the ledger: feeds and lists over the network, folders and files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from frenemy.documents import load
from frenemy.documents.feeds import Entry, Fetcher, Listing, host_of, parse, read_entry
from frenemy.documents.sources import Found, find
from frenemy.errors import DocumentError, NotFetched
from frenemy.model import Document
from frenemy.pipeline.newswatch.state import State

DEEPEST = 3
"""How far a list may lead to another list."""
MOST_TRIES = 5
"""Rounds in which an entry that cannot be had is tried."""
LISTS = (".opml", ".xml", ".rss", ".atom")
"""Endings of local files that list sources rather than hold text."""


def is_address(source: str) -> bool:
    """Whether a source is an address of the web rather than a path.

    >>> is_address("https://news.example/feed"), is_address("articles/")
    (True, False)
    """
    return source.lower().startswith(("http://", "https://"))


def trusted_hosts(sources: Iterable[str]) -> frozenset[str]:
    """The hosts that the user named."""
    return frozenset(filter(None, map(host_of, sources)))


class Collector:
    """One round of collecting. `failures` grows by what could not be had: source and reason."""

    def __init__(self, state: State, fetcher: Fetcher | None, *, most: int = 200, any_language: bool = False) -> None:
        self.failures: list[tuple[str, str]] = []
        self._state, self._fetcher, self._most, self._any_language = state, fetcher, most, any_language
        self._visited: set[str] = set()

    def collect(self, sources: Iterable[str]) -> None:
        """Take in what is new; a source that fails is noted and the others go on."""
        for source in sources:
            if is_address(source):
                self._collect_address(source, 0)
            elif Path(source).suffix.lower() in LISTS and Path(source).is_file():
                self._collect_list(Path(source))
            else:
                self._collect_files(source)

    def _fail(self, source: str, reason: str) -> None:
        self.failures.append((source, reason))

    # --- the web ------------------------------------------------------------------------------------------------------------------------

    def _collect_address(self, source: str, depth: int) -> None:
        if source in self._visited or self._fetcher is None:
            return
        self._visited.add(source)
        if self._state.rests(source):
            return
        known = self._state.source(source)
        try:
            fetched = self._fetcher.get(source, validators=known.validators)
            listing = None if fetched.body is None else parse(fetched.body, fetched.url)
        except DocumentError as error:
            self._fail(error.source, error.reason)
            if isinstance(error, NotFetched) and error.after:
                self._state.postpone(source, error.after)
            return
        if listing is not None:
            self._told_of(source, listing)
            if self._take_in(source, listing, title=listing.title):
                self._state.remember(source, fetched.validators, title=listing.title, more=listing.more)
        self._follow(source, known.more if listing is None else listing.more, depth)

    def _collect_list(self, path: Path) -> None:
        try:
            listing = parse(path.read_bytes(), str(path))
        except OSError as error:
            self._fail(str(path), f"cannot be read: {error.strerror}")
        except DocumentError as error:
            self._fail(error.source, error.reason)
        else:
            self._told_of(str(path), listing)
            self._take_in(str(path), listing, title=listing.title)
            self._follow(str(path), listing.more, 0)

    def _told_of(self, source: str, listing: Listing) -> None:
        """Say once what of a list is left out."""
        for reason in listing.left_out:
            if not self._state.seen(key := f"left out {source} {reason}"):
                self._fail(source, reason)
                self._state.keep([key], (), outcome="left out")

    def _follow(self, source: str, more: Iterable[str], depth: int) -> None:
        for further in more:
            if depth >= DEEPEST:
                self._fail(source, f"lists lists of lists, more than {DEEPEST} deep")
                return
            self._collect_address(further, depth + 1)

    def _take_in(self, source: str, listing: Listing, *, title: str | None) -> bool:
        """Read the new entries; whether all are done with, so that only a newer version is of interest."""
        new = [entry for entry in listing.entries if not self._state.seen(*_keys(source, entry))]
        whole = len(new) <= self._most
        for entry in new[: self._most]:
            whole &= self._read(source, entry, publisher=title if listing.kind == "feed" else None)
        return whole

    def _read(self, source: str, entry: Entry, *, publisher: str | None) -> bool:
        """Read an entry; whether it is done with."""
        if self._fetcher is None:
            return False
        found = read_entry(entry, self._fetcher, publisher=publisher, any_language=self._any_language)
        keys = _keys(source, entry)
        if isinstance(found, Document):
            self._state.keep(keys, [found])
            return True
        if isinstance(found, NotFetched) and not found.lasting and (count := self._state.tried(keys[0])) < MOST_TRIES:
            self._fail(found.source, f"{found.reason}; tried {count} of {MOST_TRIES} times")
            return False
        self._fail(found.source, found.reason)
        self._state.keep(keys, (), outcome=found.reason)
        return True

    # --- files --------------------------------------------------------------------------------------------------------------------------

    def _collect_files(self, source: str) -> None:
        for found in find([source]):
            if isinstance(found, DocumentError):
                self._fail(found.source, found.reason)
                continue
            key = _file_key(found)
            if key is None or self._state.seen(key):
                continue
            documents = list(self._load(found))
            self._state.keep([key], documents)

    def _load(self, found: Found) -> Iterator[Document]:
        for item in load([found.path], any_language=self._any_language):
            if isinstance(item, Document):
                yield item
            else:
                self._fail(item.source, item.reason)


def _keys(source: str, entry: Entry) -> tuple[str, ...]:
    """By what an entry is known again: its address, wherever it is listed, and its id in this feed, should the address change."""
    own = f"{source} {entry.id}"
    return (entry.url, own) if entry.url else (own,)


def _file_key(found: Found) -> str | None:
    """By what a file's version is known again; None where it is gone."""
    try:
        status = found.path.stat()
    except OSError:
        return None
    return f"{found.path.resolve()} {status.st_size} {status.st_mtime_ns}"
