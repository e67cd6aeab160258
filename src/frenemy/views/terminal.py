"""What reaches the terminal: text from documents is made harmless here, and tables fit the window (80 columns where there is none)."""

from __future__ import annotations

import io
import sys
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from frenemy.ledger import FigureRecord, TieRecord
    from frenemy.ledger.snippets import Evidence
    from frenemy.model import Stance

SIGN_STYLES = {"+": "blue", "-": "dark_orange3", "0": "", "~": "magenta"}


def plain(text: object) -> str:
    r"""One line without control, direction or other invisible characters, so that no document can drive the terminal.

    >>> plain("a\x1b[31mred\x07\n\u202etxt")
    'a�[31mred� �txt'
    """
    out = []
    for character in " ".join(str(text).split()):
        out.append(
            "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") and character not in "\u200d\u200c" else character
        )
    return "".join(out)


def many(number: int, noun: str) -> str:
    """A number with its noun.

    >>> many(1, "tie"), many(1200, "document")
    ('1 tie', '1,200 documents')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def utf8_output() -> TextIO:
    """Standard output for files that other programs read: always UTF-8, lone surrogates and all."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
    return sys.stdout


def safe(text: object, style: str = "") -> Text:
    """A piece of text for rich: plain, and never read as markup."""
    from rich.text import Text

    return Text(plain(text), style=style)


def stance_text(stance: Stance) -> Text:
    """A stance in words, in the colour of its side."""
    from frenemy.views.signs import side, stands

    return safe(stands(stance), SIGN_STYLES[side(stance.value)])


def console(*, stderr: bool = False) -> Console:
    """A console that reads no markup, no emoji codes and colours nothing by itself."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


def print_table(
    columns: Sequence[str], rows: Sequence[Sequence[Text | str]], *, right: Sequence[str] = (), narrow: Sequence[str] = ()
) -> None:
    """A table without frames; `right` names the columns of numbers, `narrow` those that must not be wrapped."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(
            name,
            justify="right" if name in right else "left",
            no_wrap=name in narrow or name in right,
            overflow="fold" if name not in narrow else "ellipsis",
        )
    for row in rows:
        table.add_row(*(cell if not isinstance(cell, str) else safe(cell) for cell in row))
    console().print(table)


def print_quote(record: TieRecord | FigureRecord | Evidence) -> None:
    """What a tie, a figure or a name rests on: its quote and where it stands, indented."""
    from rich.text import Text

    out = console()
    printed = f", {record.published}" if record.published else ""
    where = f"{record.publisher or record.doc}{printed}" + (f" · {record.doc}" if record.publisher else "")
    for text in (safe(f"“{record.quote}”"), safe(where, "dim")):
        for line in text.wrap(out, max(20, out.width - 4)):
            line.rstrip()
            out.print(Text("    ").append_text(line))
