"""What the evaluation scripts share: their options, the reader they run, and their tables on screen and in Markdown."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from frenemy.reading import NeuralReader, Reader, default_reader

Row = Sequence[str | float | int]


def options(doc: str | None, *, limit: str) -> argparse.ArgumentParser:
    """The common options; `limit` says what `--limit` counts."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of the evaluation data")
    parser.add_argument("--limit", type=int, help=f"only the first N {limit}")
    parser.add_argument("--threads", type=int, help="threads of the network")
    parser.add_argument("--weights", type=Path, help="another network than the shipped one, in the same layout")
    parser.add_argument("--out", type=Path, help="Markdown file to append the tables to")
    return parser


def reader(arguments: argparse.Namespace) -> Reader:
    """The shipped reader, unless the options ask for other weights or threads."""
    if arguments.weights is None and arguments.threads is None:
        return default_reader()
    return NeuralReader(None if arguments.weights is None else str(arguments.weights), threads=arguments.threads)


def present(arguments: argparse.Namespace) -> bool:
    """Whether the evaluation data is there; says so where it is not."""
    here: bool = arguments.shared.exists()
    if not here:
        print(f"{arguments.shared} is not here: the evaluation data is needed. Nothing was scored.")
    return here


def cell(value: str | float | int) -> str:
    """A figure with three decimals, counts and words as they are.

    >>> [cell(v) for v in (0.5, 12, "reader")]
    ['0.500', '12', 'reader']
    """
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def markdown(title: str, head: Sequence[str], rows: Sequence[Row], note: str = "") -> str:
    """A section with one table.

    >>> print(markdown("Ties", ["set", "F1"], [["seeds", 0.5]]))
    ## Ties
    <BLANKLINE>
    | set | F1 |
    |---|---|
    | seeds | 0.500 |
    <BLANKLINE>
    """
    lines = [f"## {title}", "", *([note, ""] if note else []), f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *(f"| {' | '.join(map(cell, row))} |" for row in rows), ""])


def show(title: str, head: Sequence[str], rows: Sequence[Row], *, note: str = "", out: Path | None = None) -> None:
    """Print a table; append it to the Markdown file `out` where one is given."""
    cells = [list(head), *([cell(v) for v in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    numeric = [all(isinstance(row[i], float | int) or row[i] == "" for row in rows) for i in range(len(head))]
    print(f"\n{title}" + (f"\n{note}" if note else ""))
    for line in cells:
        print("  ".join(v.rjust(w) if n else v.ljust(w) for v, w, n in zip(line, widths, numeric, strict=True)).rstrip())
    if out is not None:
        with out.open("a", encoding="utf-8") as file:
            file.write(markdown(title, head, rows, note) + "\n")
