"""Questions about amounts: `figures`."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from frenemy.model import FIGURE_KINDS, STATUSES
from frenemy.views.commands.options import ask, clock_options, ledger_option

if TYPE_CHECKING:
    from frenemy.analysis.figures import Amount, Series
    from frenemy.ledger import FigureRecord

NONE = "No figure in the ledger fits."
SERIES_FIELDS = ("subject", "kind", "unit", "date", "amount", "status", "source", "contradicted_by", "doc", "published", "quote")
"""The columns of series as CSV."""


@click.command()
@click.argument("name")
@ledger_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(FIGURE_KINDS), metavar="KIND", help=f"Only {', '.join(FIGURE_KINDS)}.")
@click.option("--unit", "units", multiple=True, help="Only this unit: a currency code such as USD, %, or what is counted.")
@click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="Only this status.")
@clock_options
@click.option("--over-time", is_flag=True, help="As series: one a kind and unit, with what contradicts what.")
@click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True, help="How to print them."
)
def figures(name: str, path: str, as_of: date | None, over_time: bool, shape: str, **filters: tuple[str, ...] | date | None) -> None:
    """List the amounts about an actor, oldest first, each with its quote and what contradicts it.

    Two amounts of one kind and unit contradict each other when independent sources give them for the same time and they differ by more
    than rounding. A later value is a development. Nothing is converted.

    \b
    Example:
      frenemy figures openai --kind valuation
      frenemy figures openai --over-time
      frenemy figures musk --unit USD --format csv > figures.csv
    """
    from frenemy.ledger import FigureFilter
    from frenemy.views.exchange import write_figures_csv, write_jsonl
    from frenemy.views.terminal import utf8_output

    with ask(path) as ledger:
        wanted = FigureFilter(actor=ledger.find_actor(name).id, **filters)  # type: ignore[arg-type]
        found = ledger.figures(wanted, as_of=as_of)
        series = ledger.figures_over_time(wanted, as_of=as_of) if over_time or shape == "table" else []
    if over_time:
        _show_series(series, shape)
    elif shape == "jsonl":
        write_jsonl(found, utf8_output())
    elif shape == "csv":
        write_figures_csv(found, utf8_output())
    else:
        _print_figures(found, series)


def _show_series(series: Sequence[Series], shape: str) -> None:
    """One line or one table a series; as CSV one row an amount."""
    from frenemy.views.exchange import cell
    from frenemy.views.terminal import utf8_output

    out = utf8_output()
    if shape == "table":
        _print_series(series)
    elif shape == "jsonl":
        for one in series:
            out.write(json.dumps(one.as_line(), ensure_ascii=False) + "\n")
    else:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(SERIES_FIELDS)
        for one in series:
            for amount in one.amounts:
                against = "; ".join(_source(other) for other in one.against(amount))
                line = {"subject": one.subject_name, "kind": one.kind, "unit": one.unit, **amount.as_line(), "contradicted_by": against}
                writer.writerow([cell(field, line[field]) for field in SERIES_FIELDS])


def _source(amount: Amount) -> str:
    """Who gives an amount, and how much it is."""
    return f"{amount.source}: {amount.said}"


def _print_series(series: Sequence[Series]) -> None:
    from frenemy.views.terminal import console, print_table, safe

    if not series:
        click.echo(NONE, err=True)
    for one in series:
        sources = f"{one.sources} source{'s' * (one.sources != 1)}"
        console().print(safe(f"{one.subject_name}: {one.kind}, {one.unit}", "bold"), safe(f"({sources})", "dim"))
        rows = []
        for amount in one.amounts:
            notes = [amount.status] * (amount.status != "asserted")
            notes += [f"but {_source(other)}" for other in one.against(amount)]
            rows.append((str(amount.date or "undated"), amount.said, amount.source, "; ".join(notes)))
        print_table(("date", "amount", "source", ""), rows, right=("amount",), narrow=("date",))
        console().print()


def _print_figures(found: Sequence[FigureRecord], series: Sequence[Series]) -> None:
    from rich.text import Text

    from frenemy.views.terminal import console, print_quote, safe

    if not found:
        click.echo(NONE, err=True)
    out = console()
    against = {(amount.doc, amount.start, one.kind, amount.said): one.against(amount) for one in series for amount in one.amounts}
    for figure in found:
        head = Text.assemble(safe(figure.dated, "bold"), "  ", safe(figure.kind), "  ", safe(figure.said))
        if figure.status != "asserted":
            head.append_text(Text.assemble("  ", safe(f"({figure.status})", "italic")))
        out.print(head)
        print_quote(figure)
        for other in against[figure.doc, figure.start, figure.kind, figure.said]:
            out.print(Text.assemble("    ", safe(f"contradicted by {_source(other)}", "magenta")))


COMMANDS = (figures,)
