"""Questions about ties: `between`, `ties`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from frenemy.model import STATUSES, TIE_TYPES
from frenemy.views.commands.options import Day, ask, clock_options, ledger_option, watched, watchlist_options

if TYPE_CHECKING:
    from frenemy.ledger import TieRecord, Ties

NONE = "The ledger holds no tie between them."
SIGNS = {"+": "+", "-": "-", "0": "0", "with": "+", "against": "-", "neutral": "0"}


@click.command()
@click.argument("one")
@click.argument("other")
@ledger_option
@clock_options
@watchlist_options
def between(one: str, other: str, path: str, as_of: date | None, known_by: date | None, **watch: Any) -> None:
    """Show how two actors stand: every tie between them, oldest first, each with its quote.

    \b
    Example:
      frenemy between musk trump
      frenemy between musk trump --as-of 2017
    """
    with ask(path) as ledger:
        names = (ledger.find_actor(one).name, ledger.find_actor(other).name)
        lists = watched(ledger, **watch)
        ties = ledger.between(one, other, as_of=as_of, known_by=known_by, watchlists=lists)
    _print_header(names, ties, none="No tie between them is of an actor on a watchlist." if lists is not None else NONE)
    for tie in ties:
        _print_tie(tie)


def _print_header(names: tuple[str, str], ties: Ties, *, none: str) -> None:
    from frenemy.views.standing import STANDS, by_year, count, turns
    from frenemy.views.terminal import console, print_table, safe, sign_text

    out = console()
    out.print(safe(f"{names[0]} and {names[1]}", "bold"))
    if not ties:
        out.print(safe(none))
        return
    years, whole = by_year(ties), count(ties)
    signed = [(year, balance.sign) for year, balance in years.items() if year and balance.sign]
    latest = f"In {signed[-1][0]} they stood {STANDS[signed[-1][1]]}." if signed else f"They stand {STANDS[whole.sign]}."
    out.print(safe(f"{len(ties)} tie{'s' * (len(ties) != 1)}: {whole}. {latest}"))
    for turn in turns(years):
        out.print(safe(f"Turned between {turn.year_before} and {turn.year_after}."))
    out.print()
    print_table(("year", "stood", "ties"), [(str(year or "undated"), sign_text(b.sign), str(b)) for year, b in years.items()])
    out.print()


def _print_tie(tie: TieRecord, *, named: bool = False) -> None:
    from rich.text import Text

    from frenemy.views.terminal import SIGN_STYLES, console, print_quote, safe

    out = console()
    arrow = "↔" if tie.mutual else "→"
    head = Text.assemble(safe(tie.id[:8], "dim"), "  ") if named else Text()
    head.append_text(safe(tie.dated, "bold"))
    head.append_text(Text.assemble("  ", safe(f"{tie.polarity} {tie.type}", SIGN_STYLES[tie.polarity])))
    head.append_text(Text.assemble("  ", safe(f"{tie.source} {arrow} {tie.target}")))
    notes = [tie.status] * (tie.status != "asserted") + [f"on the word of {tie.voice}"] * (tie.voice != "author")
    if notes:
        head.append_text(Text.assemble("  ", safe(f"({', '.join(notes)})", "italic")))
    out.print(head)
    print_quote(tie)


@click.command()
@ledger_option
@click.option("--actor", "names", multiple=True, help="Only ties of this actor; twice for ties between two.")
@click.option(
    "--type", "types", multiple=True, type=click.Choice(list(TIE_TYPES), case_sensitive=False), metavar="TYPE", help="Only this type."
)
@click.option("--sign", "signs", multiple=True, type=click.Choice(list(SIGNS)), help="Only this sign.")
@click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="Only this status.")
@click.option("--since", type=Day(), help="Only what held or happened from this date on.")
@click.option("--until", type=Day(last=True), help="Only what held or happened up to this date.")
@clock_options
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only ties at least so sure.")
@watchlist_options
@click.option("--limit", type=click.IntRange(min=1), help="Show so many.")
@click.option("--ids", is_flag=True, help="Show each tie's id, for `frenemy judge`.")
@click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True, help="How to print them."
)
def ties(path: str, names: tuple[str, ...], signs: tuple[str, ...], shape: str, ids: bool, **filters: Any) -> None:
    """List ties, oldest first; `--format jsonl` writes the ties file.

    Options may be given several times. Dates look at when it happened, and at the date of publication where the text does not say.

    \b
    Example:
      frenemy ties --status denied
      frenemy ties --actor musk --sign against --since 2023 --format csv > ties.csv
    """
    from frenemy.ledger import TieFilter
    from frenemy.views.exchange import write_csv, write_jsonl
    from frenemy.views.terminal import utf8_output

    if len(names) > 2:
        raise click.UsageError("--actor can be given once or twice.")
    with ask(path) as ledger:
        filters["watchlists"] = watched(ledger, filters.pop("only_watchlist"), filters["watchlists"])
        actors = tuple(ledger.find_actor(name).id for name in names)
        wanted = TieFilter(actors=actors, signs=tuple({SIGNS[sign] for sign in signs}), **filters)
        found = ledger.ties(wanted)
    if shape == "table":
        _print_ties(found, ids=ids)
    elif shape == "jsonl":
        write_jsonl(found, utf8_output())
    else:
        write_csv(found, utf8_output())


def _print_ties(found: Ties, *, ids: bool) -> None:
    if not found:
        click.echo("No tie in the ledger fits.", err=True)
    for tie in found:
        _print_tie(tie, named=ids)


COMMANDS = (between, ties)
