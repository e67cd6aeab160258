"""Questions about ties: `between`, `ties`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from frenemy.model import STATUSES, TIE_TYPES
from frenemy.views.commands.options import Day, ask, clock_options, ledger_option, watched, watchlist_options

if TYPE_CHECKING:
    from frenemy.ledger import TieRecord, Ties
    from frenemy.model import Shift, Stance
    from frenemy.pipeline import OpenLedger

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
        found = (ledger.find_actor(one), ledger.find_actor(other))
        lists = watched(ledger, **watch)
        ties = ledger.between(one, other, as_of=as_of, known_by=known_by, watchlists=lists)
        story = _story(ledger, (found[0].id, found[1].id), as_of=as_of, known_by=known_by) if ties else None
    none = "No tie between them is of an actor on a watchlist." if lists is not None else NONE
    _print_header((found[0].name, found[1].name), ties, story, none=none)
    for tie in ties:
        _print_tie(tie)


class _Story(NamedTuple):
    """How a pair stands, how it stood through the years, and when it shifted."""

    stance: Stance
    curve: list[Stance]
    shifts: list[Shift]


def _story(ledger: OpenLedger, ids: tuple[str, str], *, as_of: date | None, known_by: date | None) -> _Story:
    from frenemy.pipeline.stances import shifts_of, stance_of
    from frenemy.pipeline.standings import stand

    return _Story(
        stance=stance_of(ledger, *ids, as_of=as_of, known_by=known_by, mutual=True),
        curve=stand(ledger, actors=ids, as_of=as_of, known_by=known_by).curve(*ids),
        shifts=shifts_of(ledger, actors=ids, as_of=as_of, known_by=known_by),
    )


def _print_header(names: tuple[str, str], ties: Ties, story: _Story | None, *, none: str) -> None:
    from frenemy.views.signs import interval, shift_words, signed
    from frenemy.views.sparkline import sparkline
    from frenemy.views.tally import by_year, tally
    from frenemy.views.terminal import console, print_table, safe, stance_text

    out = console()
    out.print(safe(f"{names[0]} and {names[1]}", "bold"))
    if story is None:
        out.print(safe(none))
        return
    out.print(safe(f"{len(ties)} tie{'s' * (len(ties) != 1)}: {tally(ties)}."))
    stance = story.stance
    out.print(safe(f"On {stance.at}:"), stance_text(stance), safe(f"{signed(stance.value)} ({interval(stance)})"))
    line = sparkline(story.curve)
    if line:
        out.print(line)
    for shift in story.shifts:
        out.print(safe(f"Turned {shift_words(shift)} between {shift.earliest} and {shift.latest}."))
    out.print()
    last = {each.at.year: each for each in story.curve}
    rows = [
        (
            str(year or "undated"),
            stance_text(last[year]) if year in last else "",
            signed(last[year].value) if year in last else "",
            str(count),
        )
        for year, count in by_year(ties).items()
    ]
    print_table(("year", "stood", "stance", "ties"), rows, right=("stance",), narrow=("year", "stood"))
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
