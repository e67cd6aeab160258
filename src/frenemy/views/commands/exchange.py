"""Results out, ties in, and the ledger's own health: `check`, `export`, `import`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from frenemy.views.commands.options import ask, ledger_option


@click.command(epilog="Exit status: 0 all stand, 1 some do not.")
@ledger_option
def check(path: str) -> None:
    """Check that every quote in the ledger still stands at its place in its document.

    \b
    Example:
      frenemy check
    """
    from frenemy.views.terminal import plain

    with ask(path) as ledger:
        counts, wrong = ledger.counts(), ledger.false_quotes()
    for line in wrong:
        click.echo(plain(line), err=True)
    click.echo(f"{counts['documents']:,} documents, {counts['mentions']:,} mentions, {counts['ties']:,} ties: {len(wrong):,} do not stand.")
    if wrong:
        sys.exit(1)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False))
@ledger_option
def export(folder: str, path: str) -> None:
    """Write every table of the ledger to FOLDER as Parquet.

    \b
    Example:
      frenemy export parquet/
    """
    with ask(path) as ledger:
        written = ledger.export_parquet(folder)
    click.echo(f"Wrote {len(written)} files to {folder}.")


@click.command("import")
@click.argument("source", type=click.Path(exists=True), metavar="FILE")
@ledger_option
def import_(source: str, path: str) -> None:
    """Bring ties in: FILE is a ties file (JSON lines) or a folder that `frenemy export` wrote.

    The documents of a ties file must have been read before; each quote is checked against their text.

    \b
    Example:
      frenemy import corrected.jsonl
    """
    from frenemy.ledger.incoming import import_lines
    from frenemy.pipeline import open_ledger
    from frenemy.views.exchange import read_jsonl
    from frenemy.views.terminal import plain

    with open_ledger(path) as ledger:
        if Path(source).is_dir():
            click.echo(f"Imported {ledger.import_parquet(source):,} new documents from {plain(source)}.")
            return
        added, known, complaints = import_lines(ledger, list(read_jsonl(Path(source))))
    for line in complaints:
        click.echo(f"frenemy: {plain(source)}: {plain(line)}", err=True)
    click.echo(f"Imported {added:,} new ties; {known:,} known already; {len(complaints):,} not taken.")
    if complaints:
        sys.exit(1)


COMMANDS = (check, export, import_)
