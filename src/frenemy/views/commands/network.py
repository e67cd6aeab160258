"""The network as a whole: `blocs` and `balance`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from frenemy.views.commands.enemies import format_option, limit_option, tie_text
from frenemy.views.commands.options import Day, ask, clock_options, ledger_option

if TYPE_CHECKING:
    from frenemy.analysis.network.balance import Balance
    from frenemy.analysis.network.partition import Partition
    from frenemy.pipeline.networks import Blocs, Member, Misfit

time_option = click.option(
    "--time-limit",
    type=click.FloatRange(min=1),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="After this, give the best found and how far from the best it can be.",
)


@click.command()
@ledger_option
@click.option("-k", "--k", type=click.IntRange(min=1), help="At most so many blocs; any number without it.")
@clock_options
@click.option("--since", type=Day(last=True), help="Also who has changed sides since this date.")
@click.option("--draws", type=click.IntRange(min=0), default=30, show_default=True, help="Test members with so many draws of the stances.")
@time_option
@limit_option(10)
@format_option
def blocs(path: str, limit: int, shape: str, **wanted: Any) -> None:
    """Show who is with whom: the blocs that leave the fewest and weakest ties unexplained, and those ties with their quotes.

    A percentage says how often a member stays when stances are drawn anew from their intervals. `--limit` holds for ties that do not fit.

    \b
    Example:
      frenemy blocs
      frenemy blocs --k 2 --as-of 2024-12 --since 2022-12
    """
    from frenemy.pipeline.networks import LINE_FIELDS
    from frenemy.views.exchange import write_lines
    from frenemy.views.terminal import utf8_output

    with ask(path) as ledger:
        found = ledger.blocs(**wanted)
    if shape != "table":
        write_lines(found.as_lines(), LINE_FIELDS, shape, utf8_output())
    elif not found.partition.graph.nodes:
        click.echo("No actor has a friendly or hostile tie.", err=True)
    else:
        _print_blocs(found, limit)


def _print_blocs(found: Blocs, limit: int) -> None:
    from frenemy.views.terminal import console, safe

    out = console()
    only = {True: "No other partition is as good.", False: "Others are as good.", None: ""}[found.unique]
    out.print(safe(f"As of {found.at}: {len(found.blocs)} blocs. {_proof(found.partition)} {only}".strip(), "dim"))
    for number, bloc in enumerate(found.blocs, 1):
        _print_section(f"Bloc {number} ({len(bloc)})")
        out.print(safe(_members(bloc)))
    if found.alone:
        _print_section(f"In none ({len(found.alone)})")
        out.print(safe(_members(found.alone)))
    if found.misfits:
        _print_section("Does not fit")
    for misfit in found.misfits[:limit]:
        _print_misfit(misfit)
    if len(found.misfits) > limit:
        out.print(safe(f"… and {len(found.misfits) - limit} more", "dim"))
    if found.since:
        _print_moved(found)


def _print_section(title: str) -> None:
    from frenemy.views.terminal import console, safe

    console().print()
    console().print(safe(title, "bold"))


def _members(bloc: tuple[Member, ...]) -> str:
    return ", ".join(
        member.name if member.stays is None or member.stays >= 0.995 else f"{member.name} {member.stays:.0%}" for member in bloc
    )


def _proof(found: Partition) -> str:
    if found.proven:
        return f"Frustration {found.value:.2f}, proven least."
    return f"Frustration {found.value:.2f}; the least is at least {found.bound:.2f}."


def _print_misfit(misfit: Misfit) -> None:
    from frenemy.views.terminal import console, print_quote, safe

    out = console()
    how = "friends in two blocs" if misfit.stance > 0 else "foes in one bloc"
    when = {"every": ", in every best partition", "some": ", in some best partitions", "": ""}[misfit.when]
    out.print(safe(f"{misfit.one} and {misfit.other}: {how} ({misfit.stance:+.2f}){when}"))
    if misfit.tie is not None:
        out.print(tie_text(misfit.tie))
        print_quote(misfit.tie)


def _print_moved(found: Blocs) -> None:
    from frenemy.views.terminal import console, safe

    out = console()
    _print_section(f"Since {found.since}")
    for moved in found.moved:
        left = f" left {_few(moved.left)}" if moved.left else ""
        joined = f" joined {_few(moved.joined)}" if moved.joined else ""
        out.print(safe(f"{moved.name}{left}{' and' if left and joined else ''}{joined}"))
    if not found.moved:
        out.print(safe("nobody who was there has changed sides"))


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


@click.command("balance")
@ledger_option
@clock_options
@time_option
@limit_option(10)
@format_option
def balance_(path: str, limit: int, shape: str, **wanted: Any) -> None:
    """Measure how balanced the network is: triads, closed walks, and the least number of ties that would have to turn.

    Each pair of actors counts once, as friends or foes. Below stand the actors in most unbalanced triads.

    \b
    Example:
      frenemy balance
      frenemy balance --as-of 2024-12 --format jsonl
    """
    from frenemy.views.exchange import write_lines
    from frenemy.views.terminal import print_table, utf8_output

    with ask(path) as ledger:
        at, found, nodes = ledger.balance(**wanted)
    line = _balance_line(at, found)
    if shape != "table":
        write_lines([line], tuple(line), shape, utf8_output())
        return
    rows = [(name, _shown(value)) for name, value in line.items()]
    print_table(("measure", "value"), rows, right=("value",))
    worst = [(name, str(node.triads - node.balanced), str(node.triads)) for name, node in nodes[:limit] if node.balanced < node.triads]
    if worst:
        click.echo()
        print_table(("actor", "unbalanced", "triads"), worst, right=("unbalanced", "triads"))


def _balance_line(at: date, found: Balance) -> dict[str, Any]:
    return {
        "at": at.isoformat(),
        "actors": len(found.strict.graph.nodes),
        "ties": len(found.strict.graph),
        **{f"triads {name}": count for name, count in found.census.items()},
        "balanced triads": found.triangle,
        "balanced triads, generalised": found.triangle_generalised,
        "balanced walks": found.walk,
        "balanced walks, Katz": found.katz,
        "balance by frustration": found.frustration,
        "frustration index": found.strict.value,
        "at least": found.strict.bound,
        "generalised frustration": found.generalised.value,
        "generalised, at least": found.generalised.bound,
    }


def _shown(value: Any) -> str:
    return "–" if value is None else f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


COMMANDS = (blocs, balance_)
