"""Questions about amounts: `figures`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from frenemy.model import FIGURE_KINDS, STATUSES
from frenemy.views.commands.options import ask, clock_options, ledger_option

if TYPE_CHECKING:
    from frenemy.ledger import FigureRecord


@click.command()
@click.argument("name")
@ledger_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(FIGURE_KINDS), metavar="KIND", help=f"Only {', '.join(FIGURE_KINDS)}.")
@click.option("--unit", "units", multiple=True, help="Only this unit: a currency code such as USD, %, or what is counted.")
@click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="Only this status.")
@clock_options
@click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True, help="How to print them."
)
def figures(name: str, path: str, as_of: date | None, shape: str, **filters: tuple[str, ...] | date | None) -> None:
    """List the amounts about an actor, oldest first, each with its quote.

    \b
    Example:
      frenemy figures openai --kind valuation
      frenemy figures musk --unit USD --format csv > figures.csv
    """
    from frenemy.ledger import FigureFilter
    from frenemy.views.exchange import write_figures_csv, write_jsonl
    from frenemy.views.terminal import utf8_output

    with ask(path) as ledger:
        wanted = FigureFilter(actor=ledger.find_actor(name).id, **filters)  # type: ignore[arg-type]
        found = ledger.figures(wanted, as_of=as_of)
    if shape == "jsonl":
        write_jsonl(found, utf8_output())
    elif shape == "csv":
        write_figures_csv(found, utf8_output())
    else:
        _print_figures(found)


def _print_figures(found: Sequence[FigureRecord]) -> None:
    from rich.text import Text

    from frenemy.views.terminal import console, print_quote, safe

    if not found:
        click.echo("No figure in the ledger fits.", err=True)
    out = console()
    for figure in found:
        head = Text.assemble(safe(figure.dated, "bold"), "  ", safe(figure.kind), "  ", safe(figure.said))
        if figure.status != "asserted":
            head.append_text(Text.assemble("  ", safe(f"({figure.status})", "italic")))
        out.print(head)
        print_quote(figure)


COMMANDS = (figures,)
