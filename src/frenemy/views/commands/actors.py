"""Who is in the ledger: `actors` and `actor`."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from frenemy.views.commands.options import ask, clock_options, ledger_option, watched, watchlist_options

if TYPE_CHECKING:
    from rich.text import Text

    from frenemy.ledger import KnownActor, Ties
    from frenemy.ledger.profile import ActorProfile
    from frenemy.model import Shift, Stance

FIELDS = ("id", "name", "kind", "aliases", "ids", "watchlists", "mentions", "documents", "ties")
"""The columns of actors as CSV; several values in a cell are parted by "; "."""
MOST_ROLES, MOST_REASONS = 12, 12

format_option = click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True, help="How to print it."
)


@click.command()
@ledger_option
@watchlist_options
@click.option("--limit", type=click.IntRange(min=1), help="Show so many: 40 in a table, all otherwise.")
@format_option
def actors(path: str, limit: int | None, shape: str, **watch: Any) -> None:
    """List the actors, the most mentioned first, with the ids that watchlists give them.

    \b
    Example:
      frenemy actors --limit 20
      frenemy actors --only-watchlist --format csv > actors.csv
    """
    from frenemy.ledger.profile import actor_line

    with ask(path) as ledger:
        known = ledger.actors(watchlists=watched(ledger, **watch))
        listed = defaultdict(list)
        for one in ledger.listings():
            listed[one.actor].append(one)
    lines = [actor_line(actor, listed[actor.id]) for actor in known[: limit or None]]
    if shape == "table":
        _print_actors(known, {line["id"]: line["ids"] for line in lines}, limit or 40)
    else:
        _write(lines, shape)


def _print_actors(known: Sequence[KnownActor], ids: dict[str, list[str]], limit: int) -> None:
    from rich.text import Text

    from frenemy.views.terminal import print_table, safe

    rows: list[tuple[Text | str, ...]] = []
    for one in known[:limit]:
        called: Text | str = ", ".join(one.aliases[:4])
        if ids[one.id]:
            called = Text.assemble(safe(called), "\n" if called else "", safe(", ".join(ids[one.id]), "dim"))
        rows.append((one.name, one.kind, str(one.mentions), str(one.documents), str(one.ties), called))
    carried = any(ids[one.id] for one in known[:limit])
    columns = ("actor", "kind", "mentions", "docs", "ties", "also called, ids" if carried else "also called")
    print_table(columns, rows, right=("mentions", "docs", "ties"))
    if len(known) > limit:
        click.echo(f"and {len(known) - limit:,} more; --limit {len(known)} shows all.", err=True)


def _write(lines: Sequence[dict[str, Any]], shape: str) -> None:
    """Actors as JSON lines, or as CSV with the fields that fit into cells."""
    from frenemy.views.exchange import cell
    from frenemy.views.terminal import utf8_output

    out = utf8_output()
    if shape == "jsonl":
        for line in lines:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
        return
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for line in lines:
        flat = {**line, "watchlists": [f"{one['watchlist']}/{one['entry']}" for one in line["watchlists"]]}
        writer.writerow([cell(name, "; ".join(flat[name]) if isinstance(flat[name], list) else flat[name]) for name in FIELDS])


@click.command()
@click.argument("name")
@ledger_option
@clock_options
@click.option("--quotes", type=click.IntRange(min=0), default=3, show_default=True, help="Show so many sentences that name the actor.")
@format_option
def actor(name: str, path: str, as_of: date | None, known_by: date | None, quotes: int, shape: str) -> None:
    """Show one actor: other names, ids, roles with dates, how it stands to others, where it is named, why its names are one.

    \b
    Example:
      frenemy actor musk
      frenemy actor musk --format jsonl
    """
    from frenemy.ledger import TieFilter

    with ask(path) as ledger:
        profile = ledger.actor(name, quotes=quotes, as_of=as_of, known_by=known_by)
        ties = ledger.ties(TieFilter(actors=(profile.actor.id,), as_of=as_of, known_by=known_by))
        stances = ledger.stances(of=profile.actor.id, mutual=True, as_of=as_of, known_by=known_by)
        shifts = ledger.shifts(name, as_of=as_of, known_by=known_by)
    if shape != "table":
        _write([profile.as_line()], shape)
        return
    _introduce(profile)
    _print_roles(profile)
    _print_stands(profile, ties, stances, shifts)
    _print_quotes(profile)
    _print_reasons(profile)


def _introduce(profile: ActorProfile) -> None:
    from frenemy.views.terminal import console, safe

    found, out = profile.actor, console()
    out.print(safe(found.name, "bold"), safe(f"({found.kind})"))
    if found.aliases:
        out.print(safe("also " + ", ".join(found.aliases), "dim"))
    for listed in profile.listed:
        word = {"listed": "is", "doubt": "may be", "unlisted": "is not"}[listed.standing]
        said = f", says {listed.by}" if listed.by else f" ({listed.score:.0%})"
        ids = f": {', '.join(listed.ids)}" if listed.ids else ""
        out.print(safe(f"{word} {listed.name} of the watchlist {listed.watchlist}, entry {listed.entry}{said}{ids}"))
    out.print(safe(f"{found.mentions:,} mentions in {found.documents:,} documents, {found.ties:,} ties"))


def _heading(text: str) -> None:
    from frenemy.views.terminal import console, safe

    out = console()
    out.print()
    out.print(safe(text, "bold"))


def _print_roles(profile: ActorProfile) -> None:
    from frenemy.views.terminal import print_table

    if profile.roles:
        _heading("Roles")
        rows = [(role.says, role.other, role.dated, str(len(role.ties))) for role in profile.roles[:MOST_ROLES]]
        print_table(("role", "whom or what", "when", "ties"), rows, right=("ties",))
        _more(len(profile.roles) - MOST_ROLES, "roles")


def _print_stands(profile: ActorProfile, ties: Ties, stances: Sequence[Stance], shifts: Sequence[Shift]) -> None:
    from frenemy.views.signs import signed
    from frenemy.views.tally import by_pair, tally
    from frenemy.views.terminal import print_table, stance_text

    whole = {(stance.source, stance.target): stance for stance in stances}
    turned = {(shift.source, shift.target): str(shift.at.year) for shift in shifts}  # the last of a pair, since they are in order
    rows: list[tuple[Text | str, ...]] = []
    for ids, together in by_pair(ties).items():
        other = together[0].target if together[0].source_id == profile.actor.id else together[0].source
        stance = whole.get(ids)
        stands = (stance_text(stance), signed(stance.value)) if stance else ("", "")
        rows.append((other, *stands, str(tally(together)), turned.get(ids, "")))
    if rows:
        _heading("How it stands to others")
        print_table(("other actor", "stands", "stance", "ties", "turned"), rows, right=("stance",), narrow=("stands", "turned"))


def _print_quotes(profile: ActorProfile) -> None:
    from frenemy.views.terminal import print_quote

    if profile.quotes:
        _heading("Named in")
        for piece in profile.quotes:
            print_quote(piece)


def _print_reasons(profile: ActorProfile) -> None:
    from frenemy.views.terminal import print_table

    if profile.reasons:
        _heading("Why its names are one actor")
        documents = Counter((why.name, why.to, why.rule) for why in profile.reasons if why.document)
        rows = []
        for why in {(why.name, why.to, why.rule): why for why in profile.reasons}.values():
            count = documents[why.name, why.to, why.rule]
            where = f" (in {count:,} document{'s' * (count != 1)})" if count else ""
            rows.append((why.name, why.to, why.rule + where, f"{why.score:.2f}"))
        print_table(("name", "is", "because", "score"), rows[:MOST_REASONS], right=("score",))
        _more(len(rows) - MOST_REASONS, "reasons")


def _more(count: int, what: str) -> None:
    if count > 0:
        click.echo(f"and {count:,} more {what}; --format jsonl has all.", err=True)


COMMANDS = (actors, actor)
