"""What the formats share: rows gathered with their line numbers, checked, and made entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from frenemy.actors.names import fold
from frenemy.errors import WatchlistError
from frenemy.model import KINDS, WatchEntry

KINDS_OF_SCHEMATA = {
    "Person": "person",
    "Company": "company",
    "Organization": "organisation",
    "PublicBody": "government body",
    "LegalEntity": None,  # a person or an organisation, the list does not know
}
"""FollowTheMoney schemata that can act; everything else in such a file (vessels, addresses, sanctions) is no actor."""
KIND_WORDS = {
    **{kind: kind for kind in KINDS},
    **{schema.casefold(): kind for schema, kind in KINDS_OF_SCHEMATA.items()},
    "organization": "organisation",
    "country": "place",
    "": None,
}
SCHEME = re.compile(r"[a-z][a-z0-9_.-]*")
QID_ADDRESS = re.compile(r"^https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)/?$")


@dataclass(slots=True)
class Draft:
    """A watchlist while its file is read: entries so far, the line each id stands on, what was left out."""

    path: Path
    entries: list[WatchEntry] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def fail(self, line: int | None, reason: str) -> WatchlistError:
        """The error for a line of the file, to be raised."""
        where = f"{self.path}, line {line}" if line else str(self.path)
        return WatchlistError(f"{where}: {reason} Nothing was added.")

    def take(self, line: int, entry: WatchEntry) -> None:
        """Add an entry; its id must be new to the file."""
        if entry.id in self.lines:
            raise self.fail(line, f"the id {entry.id!r} stands on line {self.lines[entry.id]} already. Give each actor its own id.")
        self.lines[entry.id] = line
        self.entries.append(entry)

    def plain_row(self, line: int, row: Mapping[str, Any]) -> None:
        """Take a row of a plain list: `name`, and what is there of `aliases`, `weak`, `kind`, `id`, `wikidata`, `lei` and `ids`."""
        name = _text(row.get("name"))
        if not name:
            raise self.fail(line, "no name.")
        kind = _text(row.get("kind")).casefold()
        if kind not in KIND_WORDS:
            raise self.fail(line, f"the kind {row['kind']!r} is none of {', '.join(KINDS)}.")
        ids = self._ids(line, row)
        entry = WatchEntry(
            id=_text(row.get("id")) or (ids[0] if ids else "-".join(filter(None, (fold(name).replace(" ", "-"), kind.replace(" ", "-"))))),
            name=name,
            aliases=self._names(line, row, "aliases", name),
            weak=self._names(line, row, "weak", name),
            kind=KIND_WORDS[kind],
            ids=ids,
        )
        self.take(line, entry)

    def _names(self, line: int, row: Mapping[str, Any], field_name: str, name: str) -> tuple[str, ...]:
        given = row.get(field_name) or ()
        values = [given] if isinstance(given, str) else given
        if not isinstance(values, Sequence) or not all(isinstance(value, str | int) for value in values):
            raise self.fail(line, f"{field_name} must be a list of names.")
        return unique(map(str, values), but=name)

    def _ids(self, line: int, row: Mapping[str, Any]) -> tuple[str, ...]:
        given = row.get("ids") or {}
        if not isinstance(given, Mapping):
            raise self.fail(line, "ids must map a scheme to a value, such as wikidata: Q42.")
        pairs = {str(scheme).strip().casefold(): _text(value) for scheme, value in given.items()}
        pairs |= {scheme: _text(row[scheme]) for scheme in ("wikidata", "lei") if row.get(scheme)}
        for scheme, value in pairs.items():
            if not SCHEME.fullmatch(scheme):
                raise self.fail(line, f"{scheme!r} is no scheme of ids. Use small letters and digits, such as lei.")
            if value and not checked_id(scheme, value):
                raise self.fail(line, f"{value!r} is no {'Wikidata QID' if scheme == 'wikidata' else 'LEI'}.")
        return tuple(f"{scheme}:{checked_id(scheme, value)}" for scheme, value in sorted(pairs.items()) if value)


def _text(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def unique(names: Iterable[str], *, but: str = "") -> tuple[str, ...]:
    """The names in their order, each once, without empty ones and without `but`.

    >>> unique([" Ann ", "Bob", "Ann", ""], but="Bob")
    ('Ann',)
    """
    return tuple(name for name in dict.fromkeys(_text(name) for name in names) if name and name != but)


def checked_id(scheme: str, value: str) -> str | None:
    """The id as it is written, None where it cannot be one. Wikidata QIDs and LEIs are checked, other schemes taken as they come.

    >>> checked_id("wikidata", "https://www.wikidata.org/wiki/Q42"), checked_id("wikidata", "42"), checked_id("own", "A-7")
    ('Q42', None, 'A-7')
    >>> checked_id("lei", "hwupkr0mpou8fgxbt394"), checked_id("lei", "HWUPKR0MPOU8FGXBT395")
    ('HWUPKR0MPOU8FGXBT394', None)
    """
    from rigour.ids import LEI, WikidataQID

    if scheme == "wikidata":
        address = QID_ADDRESS.match(value)
        qid = address[1] if address else value.upper()
        return qid if WikidataQID.is_valid(qid) else None
    if scheme == "lei":
        return value.upper() if LEI.is_valid(value.upper()) else None
    return value
