"""Lists of actors that somebody wants to watch, and how the ledger's actors match them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEntry:
    """One actor of a watchlist.

    `id` is unique in its list. `kind` is one of `frenemy.model.KINDS`, None where the list does not say. `weak` holds names too loose to
    decide anything by themselves (nicknames, short forms). `ids` are written "scheme:value": "wikidata:Q42", "lei:…".
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    kind: str | None = None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """A named list as it was read from a file; `source` names the file.

    `left_out` says what of the file was not taken in, and how often: rows that are no actors, columns that mean nothing here.
    """

    name: str
    source: str
    entries: tuple[WatchEntry, ...]
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def version(self) -> str:
        """A hash of the entries: the same entries are the same version, in whatever order they stand.

        >>> one, two = WatchEntry(id="1", name="Ann"), WatchEntry(id="2", name="Bob")
        >>> make = lambda *entries: Watchlist(name="w", source="f", entries=entries).version
        >>> make(one, two) == make(two, one), make(one) == make(two)
        (True, False)
        """
        digest = hashlib.sha256()
        for line in sorted(repr(entry) for entry in self.entries):
            digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
        return digest.hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry that an actor may be: how well the names fit (`score` in [0, 1]) and which names they are (`reason`)."""

    actor: str
    watchlist: str
    entry: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What was made of a candidate. `standing` is "listed" (the actor carries the entry's ids), "doubt" or "unlisted"; `by` is who
    judged so, empty where the names did.
    """

    candidate: Candidate
    standing: str
    by: str = ""
