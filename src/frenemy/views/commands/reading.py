"""`frenemy read`: documents in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from frenemy.views.commands.options import Day, ledger_option
from frenemy.views.commands.readers import NAMES, choose_reader, describe_usage, prices_of, reader_options, usage_of

if TYPE_CHECKING:
    from frenemy.pipeline import Summary


@click.command(epilog="Exit status: 0 all read, 1 some documents could not be read, 2 nothing could be done.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@ledger_option
@click.option("--published", type=Day(), help="Publication date, where the document does not say.")
@click.option("--publisher", help="Publisher of the documents.")
@click.option("--title", help="Title of the document.")
@click.option("--author", help="Author of the documents.")
@click.option("--any-language", is_flag=True, help="Also read what is not English.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Drop ties of which the reader is less sure.")
@reader_options
def read(sources: tuple[str, ...], path: str, any_language: bool, min_confidence: float, **said: Any) -> None:
    """Read documents into the ledger.

    SOURCE is a file, a folder, a pattern or - for standard input. Documents that are in the ledger already are passed over, so the
    same command goes on where it was stopped.

    \b
    Example:
      frenemy read articles/ interview.pdf
      curl -s https://example.org/story.html | frenemy read - --publisher Example
      frenemy read articles/ --reader endpoint --endpoint-url http://127.0.0.1:8080/v1 --model qwen3
      frenemy read articles/ --mentions spacy:en_core_web_sm
    """
    from frenemy.pipeline import open_ledger
    from frenemy.views.terminal import many, plain

    asked = {name: said.pop(name) for name in NAMES}
    reader = choose_reader(asked)
    with open_ledger(path) as ledger:
        with progress_bar() as report:
            summary = ledger.read(
                *sources, reader=reader, progress=report, any_language=any_language, min_confidence=min_confidence, said=said
            )
        total = ledger.counts()
    click.echo(describe(summary))
    if (usage := usage_of(reader)) is not None:
        click.echo(describe_usage(usage, prices_of(asked)))
    click.echo(f"{plain(path)} holds {many(total['documents'], 'document')} and {many(total['ties'], 'tie')}.")
    if summary.failed:
        sys.exit(1)


def describe(summary: Summary) -> str:
    """The summary in a line.

    >>> from frenemy.pipeline import Summary
    >>> describe(Summary(read=3, known=1, ties=12, seconds=2.0, failed=[("a", "b")]))
    'Read 3 documents with 12 ties in 2.0 s (1.5 documents, 6.0 ties a second); 1 known already; 1 failed.'
    """
    from frenemy.views.terminal import many

    rate = max(summary.seconds, 1e-9)
    line = f"Read {many(summary.read, 'document')} with {many(summary.ties, 'tie')} in {summary.seconds:.1f} s"
    if summary.read:
        line += f" ({summary.read / rate:.1f} documents, {summary.ties / rate:.1f} ties a second)"
    line += f"; {summary.known:,} known already" if summary.known else ""
    return line + (f"; {len(summary.failed):,} failed." if summary.failed else ".")


class progress_bar:  # noqa: N801
    """A bar on standard error while documents come in, and a line for each that fails; without a terminal only the failures."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        from frenemy.views.terminal import console

        self._console = console(stderr=True)
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(bar_width=16), TimeElapsedColumn())
        self._bar = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._task = self._bar.add_task("reading", total=None)
        self._told = 0

    def __enter__(self) -> Callable[[Summary], None]:
        self._bar.start()
        return self.update

    def __exit__(self, *_: Any) -> None:
        self._bar.stop()

    def update(self, summary: Summary) -> None:
        """Show how far it is."""
        from frenemy.views.terminal import safe

        for source, reason in summary.failed[self._told :]:
            self._console.print(safe(f"frenemy: {source}: {reason}"), soft_wrap=True)
        self._told = len(summary.failed)
        rate = max(summary.seconds, 1e-9)
        done = f"{summary.seen:,} documents ({summary.seen / rate:.1f}/s), {summary.ties:,} ties ({summary.ties / rate:.1f}/s)"
        self._bar.update(self._task, description=done)


COMMANDS = (read,)
