"""The ties file, written and read, and figures in the same two shapes: JSON lines or CSV with the same fields."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from frenemy.errors import LedgerError
from frenemy.ledger.figures import FIGURES_FILE_FIELDS, FigureRecord
from frenemy.ledger.ties import TIES_FILE_FIELDS, TieRecord


def write_jsonl(records: Iterable[TieRecord | FigureRecord], out: TextIO) -> None:
    """One object a line.

    >>> import io
    >>> out = io.StringIO(); write_jsonl([], out); out.getvalue()
    ''
    """
    for record in records:
        out.write(json.dumps(record.as_line(), ensure_ascii=False) + "\n")


def write_lines(lines: Iterable[Mapping[str, Any]], fields: Sequence[str], shape: str, out: TextIO) -> None:
    """Objects as JSON lines, or the `fields` of each as a row of CSV.

    >>> import sys
    >>> write_lines([{"a": 1, "b": ["x", "y"]}], ("a", "b"), "csv", sys.stdout)
    a,b
    1,x; y
    """
    if shape == "jsonl":
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        return
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for line in lines:
        flat = {name: "; ".join(line[name]) if isinstance(line[name], (list, tuple)) else line[name] for name in fields}
        writer.writerow([cell(name, value) for name, value in flat.items()])


def write_figures_csv(figures: Iterable[FigureRecord], out: TextIO) -> None:
    """One row a figure under a header, as safe for a spreadsheet as the ties."""
    _write_csv(FIGURES_FILE_FIELDS, figures, out)


def write_csv(ties: Iterable[TieRecord], out: TextIO) -> None:
    """One row a tie under a header. A cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    _write_csv(TIES_FILE_FIELDS, ties, out)


def _write_csv(fields: Sequence[str], records: Iterable[TieRecord | FigureRecord], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for record in records:
        writer.writerow([cell(name, value) for name, value in record.as_line().items()])


def cell(field: str, value: Any) -> Any:
    """A spreadsheet must not compute what a document says; a lone sign stays as it is.

    >>> cell("quote", "=HYPERLINK(1)"), cell("polarity", "-")
    ("'=HYPERLINK(1)", '-')
    """
    risky = isinstance(value, str) and len(value) > 1 and value[0] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if risky else value


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a ties file."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise LedgerError(f"{path} is not text in UTF-8, so it is no ties file.") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                value = json.loads(line)
            except json.JSONDecodeError as error:
                raise LedgerError(f"{path}, line {number}: not JSON ({error.msg}). Nothing was imported.") from None
            if not isinstance(value, dict):
                raise LedgerError(f"{path}, line {number}: not an object. Nothing was imported.")
            yield value
