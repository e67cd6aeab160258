"""CSV lists: OpenSanctions' targets.simple.csv, and plain tables with a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from frenemy.actors.watchlists.draft import KINDS_OF_SCHEMATA, Draft, checked_id, unique
from frenemy.model import WatchEntry

SIMPLE_COLUMNS = frozenset({"id", "schema", "name", "aliases", "identifiers"})
PLAIN_COLUMNS = {
    **dict.fromkeys(("name", "caption"), "name"),
    **dict.fromkeys(("aliases", "alias", "also called", "other names"), "aliases"),
    **dict.fromkeys(("weak", "weak aliases"), "weak"),
    **dict.fromkeys(("kind", "type", "schema"), "kind"),
    "id": "id",
    **dict.fromkeys(("wikidata", "qid", "wikidata id", "wikidataid"), "wikidata"),
    **dict.fromkeys(("lei", "leicode", "lei code"), "lei"),
}
"""What a plain table's columns may be called, and the field each fills; "ids.SCHEME" is an id of any scheme."""


def take_table(draft: Draft, text: str) -> None:
    """Take every row of a CSV text."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=lambda mark: (first.count(mark), mark == ","))
    rows = _rows(draft, text, delimiter)
    try:
        _, header = next(rows)
    except StopIteration:
        return
    columns = [" ".join(name.replace("_", " ").split()).casefold() for name in header]
    twice = next((name for name in columns if name and columns.count(name) > 1), None)
    if twice:
        raise draft.fail(1, f"two columns are called {twice!r}.")
    if set(columns) >= SIMPLE_COLUMNS:
        for line, row in rows:
            _take_simple(draft, line, _by_column(draft, line, columns, row))
        return
    if "name" not in map(PLAIN_COLUMNS.get, columns):
        raise draft.fail(1, f"no column is called name (there are {', '.join(filter(None, columns)) or 'none'}).")
    for name in columns:
        if name and name not in PLAIN_COLUMNS and not name.startswith("ids."):
            draft.left_out[f"column {name!r} (not used)"] += 1
    for line, row in rows:
        _take_plain(draft, line, _by_column(draft, line, columns, row))


def _rows(draft: Draft, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line that it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise draft.fail(begins, f"not CSV ({error}).") from None
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = reader.line_num + 1


def _by_column(draft: Draft, line: int, columns: list[str], row: list[str]) -> dict[str, str]:
    if len(row) > len(columns):
        raise draft.fail(line, f"{len(row)} cells under {len(columns)} columns.")
    return dict(zip(columns, row, strict=False))


def _split(cell: str) -> list[str]:
    """Several values in a cell, parted by ";" or "|"; one that holds a ";" itself stands in quotes.

    >>> _split('Musk; "Elon; the one"|Technoking')
    ['Musk', 'Elon; the one', 'Technoking']
    """
    parted = next(csv.reader([cell.replace("|", ";")], delimiter=";", skipinitialspace=True), [])
    return [value.strip() for value in parted if value.strip()]


def _take_plain(draft: Draft, line: int, cells: Mapping[str, str]) -> None:
    row: dict[str, object] = {"ids": {name[4:]: value for name, value in cells.items() if name.startswith("ids.") and value.strip()}}
    for name, value in cells.items():
        known = PLAIN_COLUMNS.get(name)
        if known in ("aliases", "weak"):
            row[known] = _split(value)
        elif known and value.strip():
            row[known] = value.strip()
    draft.plain_row(line, row)


def _take_simple(draft: Draft, line: int, cells: Mapping[str, str]) -> None:
    schema, entry_id, name = (cells.get(column, "").strip() for column in ("schema", "id", "name"))
    if schema not in KINDS_OF_SCHEMATA:
        draft.left_out[f"{schema or 'no schema'} (no actor)"] += 1
        return
    if not entry_id or not name:
        raise draft.fail(line, "no id." if name else "no name.")
    entry = WatchEntry(
        id=entry_id,
        name=name,
        aliases=unique(_split(cells.get("aliases", "")), but=name),
        kind=KINDS_OF_SCHEMATA[schema],
        ids=_identifiers([entry_id, *_split(cells.get("identifiers", ""))], own=entry_id),
    )
    draft.take(line, entry)


def _identifiers(values: list[str], *, own: str) -> tuple[str, ...]:
    """OpenSanctions' table does not say which scheme an identifier is of: QIDs and LEIs are told by their form."""
    found = set()
    for value in values:
        scheme = next((scheme for scheme in ("wikidata", "lei") if value[:1] != "h" and checked_id(scheme, value)), "identifier")
        if value != own or scheme == "wikidata":
            found.add(f"{scheme}:{value}")
    return tuple(sorted(found))
