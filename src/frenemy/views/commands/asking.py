"""Questions: `actors`, `actor`, `between`, `ties`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from frenemy.model import STATUSES, TIE_TYPES
from frenemy.views.commands.options import Day, ask, clock_options, ledger_option

if TYPE_CHECKING:
    from rich.text import Text

    from frenemy.ledger import KnownActor, TieRecord, Ties

SIGNS = {"+": "+", "-": "-", "0": "0", "with": "+", "against": "-", "neutral": "0"}


@click.command()
@ledger_option
@click.option("--limit", type=click.IntRange(min=1), default=40, show_default=True, help="Show so many.")
def actors(path: str, limit: int) -> None:
    """List the actors, the most mentioned first.

    \b
    Example:
      frenemy actors --limit 20
    """
    from frenemy.views.terminal import print_table

    with ask(path) as ledger:
        known = ledger.actors()
    rows = [(a.name, a.kind, str(a.mentions), str(a.documents), str(a.ties), ", ".join(a.aliases[:4])) for a in known[:limit]]
    columns = ("actor", "kind", "mentions", "docs", "ties", "also called")
    print_table(columns, rows, right=("mentions", "docs", "ties"))
    if len(known) > limit:
        click.echo(f"and {len(known) - limit:,} more; --limit {len(known)} shows all.", err=True)


@click.command()
@click.argument("name")
@ledger_option
@clock_options
def actor(name: str, path: str, as_of: date | None, known_by: date | None) -> None:
    """Show one actor and how it stands to each of the others.

    \b
    Example:
      frenemy actor musk
    """
    from frenemy.ledger import TieFilter
    from frenemy.views.standing import pairs
    from frenemy.views.terminal import print_table

    with ask(path) as ledger:
        found = ledger.find_actor(name)
        ties = ledger.ties(TieFilter(actors=(found.id,), as_of=as_of, known_by=known_by))
    _introduce(found)
    rows: list[tuple[Text | str, ...]] = []
    for pair in pairs(ties):
        other = pair.names[1] if pair.ids[0] == found.id else pair.names[0]
        years = [year for year in pair.years if year]
        span = f"{years[0]}–{years[-1]}" if years and years[0] != years[-1] else str(years[0]) if years else ""
        turned = ", ".join(str(turn.year_after) for turn in pair.turns)
        rows.append((other, _sign(pair.balance.sign), str(pair.balance), span, turned))
    print_table(("other actor", "stands", "ties", "years", "turned"), rows, narrow=("stands",))


def _introduce(found: KnownActor) -> None:
    from frenemy.views.terminal import console, safe

    out = console()
    out.print(safe(found.name, "bold"), safe(f"({found.kind})"))
    if found.aliases:
        out.print(safe("also " + ", ".join(found.aliases), "dim"))
    out.print(safe(f"{found.mentions:,} mentions in {found.documents:,} documents, {found.ties:,} ties"))
    out.print()


def _sign(sign: str) -> Text:
    from frenemy.views.terminal import SIGN_STYLES, SIGN_WORDS, safe

    return safe(SIGN_WORDS[sign], SIGN_STYLES[sign])


@click.command()
@click.argument("one")
@click.argument("other")
@ledger_option
@clock_options
def between(one: str, other: str, path: str, as_of: date | None, known_by: date | None) -> None:
    """Show how two actors stand: every tie between them, oldest first, each with its quote.

    \b
    Example:
      frenemy between musk trump
      frenemy between musk trump --as-of 2017
    """
    with ask(path) as ledger:
        names = (ledger.find_actor(one).name, ledger.find_actor(other).name)
        ties = ledger.between(one, other, as_of=as_of, known_by=known_by)
    _print_header(names, ties)
    for tie in ties:
        _print_tie(tie)


def _print_header(names: tuple[str, str], ties: Ties) -> None:
    from frenemy.views.standing import STANDS, by_year, count, turns
    from frenemy.views.terminal import console, print_table, safe

    out = console()
    out.print(safe(f"{names[0]} and {names[1]}", "bold"))
    if not ties:
        out.print(safe("The ledger holds no tie between them."))
        return
    years, whole = by_year(ties), count(ties)
    signed = [(year, balance.sign) for year, balance in years.items() if year and balance.sign]
    latest = f"In {signed[-1][0]} they stood {STANDS[signed[-1][1]]}." if signed else f"They stand {STANDS[whole.sign]}."
    out.print(safe(f"{len(ties)} tie{'s' * (len(ties) != 1)}: {whole}. {latest}"))
    for turn in turns(years):
        out.print(safe(f"Turned between {turn.year_before} and {turn.year_after}."))
    out.print()
    print_table(("year", "stood", "ties"), [(str(year or "undated"), _sign(b.sign), str(b)) for year, b in years.items()])
    out.print()


def _print_tie(tie: TieRecord) -> None:
    from rich.text import Text

    from frenemy.views.terminal import SIGN_STYLES, console, print_quote, safe

    out = console()
    arrow = "↔" if tie.mutual else "→"
    head = safe(tie.dated, "bold")
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
@click.option("--limit", type=click.IntRange(min=1), help="Show so many.")
@click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True, help="How to print them."
)
def ties(path: str, names: tuple[str, ...], signs: tuple[str, ...], shape: str, **filters: Any) -> None:
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
        ids = tuple(ledger.find_actor(name).id for name in names)
        wanted = TieFilter(actors=ids, signs=tuple({SIGNS[sign] for sign in signs}), **filters)
        found = ledger.ties(wanted)
    if shape == "table":
        _print_ties(found)
    elif shape == "jsonl":
        write_jsonl(found, utf8_output())
    else:
        write_csv(found, utf8_output())


def _print_ties(found: Ties) -> None:
    if not found:
        click.echo("No tie in the ledger fits.", err=True)
    for tie in found:
        _print_tie(tie)


COMMANDS = (actors, actor, between, ties)
