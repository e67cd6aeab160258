"""What balance theory makes of the network: `enemies`, `pressure` and `central`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from frenemy.views.commands.options import F, ask, clock_options, ledger_option

if TYPE_CHECKING:
    from rich.text import Text

    from frenemy.ledger import TieRecord
    from frenemy.pipeline.centrality import Bridge, Centrality
    from frenemy.pipeline.enemies import SharedEnemies, TiePressure

format_option = click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True, help="How to print it."
)


def limit_option(most: int) -> Callable[[F], F]:
    """`--limit`, with what it is when not given."""
    return click.option("--limit", type=click.IntRange(min=1), default=most, show_default=True, help="Show so many.")


@click.command()
@click.argument("one", required=False)
@click.argument("other", required=False)
@ledger_option
@click.option("--friends", is_flag=True, help="Also pairs that are friends already.")
@click.option("--least", type=click.IntRange(min=1), default=1, show_default=True, help="Only pairs that share so many enemies.")
@clock_options
@limit_option(10)
@format_option
def enemies(one: str | None, other: str | None, path: str, limit: int, shape: str, **wanted: Any) -> None:
    """Find pairs that share enemies: all, those of one actor, or one pair.

    Only pairs that have no clear tie or a hostile one, unless you name both. Those come first that share more enemies than chance gives
    actors with as many (p); q is the share of false alarms to expect down to a pair.

    \b
    Example:
      frenemy enemies
      frenemy enemies musk zuckerberg --as-of 2024-12
    """
    with ask(path) as ledger:
        found = ledger.common_enemies(one, other, **wanted)[:limit]
    if shape != "table":
        write_lines([each.as_line() for each in found], shape)
        return
    if not found:
        click.echo("No pair shares an enemy.", err=True)
    for each in found:
        _print_enemies(each)


def _print_enemies(found: SharedEnemies) -> None:
    from frenemy.views.terminal import console, print_quote, safe

    out = console()
    stands = {"+": "friends", "-": "foes", "": "no clear tie"}[found.stands]
    out.print(safe(f"{found.one} and {found.other} ({stands})", "bold"))
    shared = len(found.enemies)
    measure = f"{shared} shared, {found.found.expected:.2f} expected, p {found.found.p:.3g}, q {found.found.q:.3g}"
    out.print(safe(f"{measure} · as of {found.at}", "dim"))
    for enemy, sides in zip(found.enemies, found.ties, strict=True):
        out.print(safe(f"against {enemy}"))
        for tie in sides:
            if tie is not None:
                out.print(tie_text(tie))
                print_quote(tie)
    out.print()


def tie_text(tie: TieRecord) -> Text:
    """A tie in a line: sign, type, actors, date."""
    from rich.text import Text

    from frenemy.views.terminal import SIGN_STYLES, safe

    arrow = "↔" if tie.mutual else "→"
    said = safe(f"{tie.polarity} {tie.type}", SIGN_STYLES[tie.polarity])
    return Text.assemble("  ", said, " ", safe(f"{tie.source} {arrow} {tie.target}"), "  ", safe(tie.dated, "dim"))


@click.command()
@click.argument("actor", required=False)
@ledger_option
@click.option("--frustration", is_flag=True, help="Also by how much the frustration index would fall; solves the network for each tie.")
@clock_options
@limit_option(10)
@format_option
def pressure(actor: str | None, path: str, limit: int, shape: str, **wanted: Any) -> None:
    """Rank ties under pressure: those that, if they turned, would leave the fewest unbalanced triads.

    A triad is unbalanced when two friends of one actor are foes of each other, or all three are foes.

    \b
    Example:
      frenemy pressure
      frenemy pressure musk --as-of 2024-12 --format csv > pressure.csv
    """
    with ask(path) as ledger:
        found = ledger.pressure(actor, most=limit, **wanted)
    if shape != "table":
        write_lines([each.as_line() for each in found], shape)
        return
    if not found:
        click.echo("No tie sits in an unbalanced triad.", err=True)
    for each in found:
        _print_pressure(each)


def _print_pressure(found: TiePressure) -> None:
    from frenemy.views.terminal import console, print_quote, safe

    out, tie = console(), found.found
    out.print(safe(f"{found.one} and {found.other}: {'with' if tie.weight > 0 else 'against'} each other ({tie.weight:+.2f})", "bold"))
    index = "" if found.settles is None else f", frustration index {0 - found.settles:+g}"
    turned = f"{abs(tie.relief)} {'fewer' if tie.relief > 0 else 'more'} unbalanced triads" if tie.relief else "as many unbalanced triads"
    out.print(safe(f"in {tie.unbalanced} unbalanced and {tie.balanced} balanced triads; turned, {turned}{index} · as of {found.at}", "dim"))
    more = f" and {len(found.against) - 5} more" if len(found.against) > 5 else ""
    out.print(safe(f"unbalanced with {', '.join(found.against[:5])}{more}"))
    if found.tie is not None:
        out.print(tie_text(found.tie))
        print_quote(found.tie)
    out.print()


@click.command()
@ledger_option
@click.option("--brokers", is_flag=True, help="Rank those who connect the blocs of `frenemy blocs` instead.")
@click.option("--k", type=click.IntRange(min=1), help="At most so many blocs for --brokers; any number without it.")
@clock_options
@limit_option(20)
@format_option
def central(path: str, brokers: bool, k: int | None, limit: int, shape: str, **wanted: Any) -> None:
    """Rank actors by standing, where foes count against it.

    PN: friends of high standing raise it, foes of high standing lower it twice as much (1 is an actor without ties). Katz: all walks, each
    with the product of its signs. Eigenvector: the two camps of the largest split have opposite signs.

    Brokers: friends in other blocs and in the own one, how evenly they are spread over blocs (participation, 0 to 1), and for how many
    ordered pairs that are not friends the broker is the friend between, where not all three are of one bloc.

    \b
    Example:
      frenemy central --as-of 2024-12
      frenemy central --brokers --k 2
      frenemy central --format csv > central.csv
    """
    with ask(path) as ledger:
        found = ledger.brokers(k=k, **wanted)[:limit] if brokers else ledger.centrality(**wanted)[:limit]
    if shape != "table":
        write_lines([each.as_line() for each in found], shape)
    elif not found:
        click.echo("No actor has a friendly or hostile tie.", err=True)
    elif brokers:
        _print_brokers(cast("Sequence[Bridge]", found))
    else:
        _print_central(cast("Sequence[Centrality]", found))


def _print_brokers(found: Sequence[Bridge]) -> None:
    from frenemy.views.terminal import print_table

    rows = [
        (
            each.name,
            str(each.bloc),
            str(each.stands.across),
            str(each.stands.within),
            f"{each.stands.participation:.2f}",
            str(each.stands.brokered),
        )
        for each in found
    ]
    columns = ("actor", "bloc", "across", "within", "participation", "pairs connected")
    print_table(columns, rows, right=columns[1:])


def _print_central(found: Sequence[Centrality]) -> None:
    from frenemy.views.terminal import print_table

    rows = [
        (
            each.name,
            str(each.friends),
            str(each.foes),
            f"{each.pn:.3f}",
            f"{each.katz:.2f}",
            "–" if each.eigenvector is None else f"{each.eigenvector:.2f}",
        )
        for each in found
    ]
    columns = ("actor", "friends", "foes", "PN", "Katz", "eigenvector")
    print_table(columns, rows, right=columns[1:])


def write_lines(lines: Sequence[dict[str, Any]], shape: str) -> None:
    """Findings as JSON lines: one object a line, or as CSV with what fits into cells: lists of names joined, quotes left out."""
    from frenemy.views.exchange import cell
    from frenemy.views.terminal import utf8_output

    out = utf8_output()
    if shape == "jsonl":
        for line in lines:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
        return
    fields = [name for name in lines[0] if name not in ("quotes", "quote")] if lines else []
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for line in lines:
        writer.writerow([cell(name, "; ".join(line[name]) if isinstance(line[name], list) else line[name]) for name in fields])


COMMANDS = (enemies, pressure, central)
