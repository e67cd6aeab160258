"""Lists of actors to watch: `watchlist add`, `list`, `remove`."""

from __future__ import annotations

import click

from frenemy.views.commands.options import ask, by_option, ledger_option, who


@click.group()
def watchlist() -> None:
    """Keep lists of actors to watch; actors that are on one carry its ids.

    \b
    Example:
      frenemy watchlist add targets.nested.json --name sanctions
      frenemy watchlist list
      frenemy ties --only-watchlist
    """


@watchlist.command()
@click.argument("file", metavar="FILE")
@click.option("--name", help="What to call the list; without it, what the file is called.")
@ledger_option
@by_option
def add(file: str, name: str | None, path: str, by: str | None) -> None:
    """Add the list in FILE; one of the same name gives way to it.

    FILE is FollowTheMoney JSON (an entity a line), an OpenSanctions export (targets.nested.json, targets.simple.csv), or a plain list:
    CSV, YAML or JSON lines with name, aliases, kind, id, wikidata, lei. A bad file is refused with the number of the line, and nothing
    of it is added.

    \b
    Example:
      frenemy watchlist add cabinet.yaml
    """
    from frenemy.pipeline import open_ledger
    from frenemy.views.terminal import plain

    with open_ledger(path) as ledger:
        added, new = ledger.watch(file, name=name, by=who(by))
        known = next(known for known in ledger.watchlists() if known.name == added.name)
    for reason, count in added.left_out:
        click.echo(f"frenemy: left out {plain(reason)}" + (f", {count:,} times" if count > 1 else ""), err=True)
    done = "Added" if new else "Known already:"
    click.echo(f"{done} {plain(known.name)}: {known.entries:,} actors, {known.listed:,} of them in the ledger, {known.doubts:,} in doubt.")
    if known.doubts:
        click.echo("`frenemy review --kind listing` asks about the doubts.")


@watchlist.command("list")
@ledger_option
def list_(path: str) -> None:
    """List the watchlists, with how many of their actors the ledger knows.

    \b
    Example:
      frenemy watchlist list
    """
    from frenemy.views.terminal import print_table

    with ask(path) as ledger:
        known = ledger.watchlists()
    if not known:
        click.echo("There is no watchlist. `frenemy watchlist add FILE` adds one.", err=True)
        return
    rows = [
        (one.name, f"{one.entries:,}", f"{one.listed:,}", f"{one.doubts:,}", one.source, one.added_by, f"{one.recorded:%Y-%m-%d}")
        for one in known
    ]
    print_table(("watchlist", "actors", "known", "in doubt", "from", "by", "since"), rows, right=("actors", "known", "in doubt"))


@watchlist.command()
@click.argument("name")
@ledger_option
@by_option
def remove(name: str, path: str, by: str | None) -> None:
    """Take a watchlist away; its actors no longer carry its ids. What it held stays in the ledger's history.

    \b
    Example:
      frenemy watchlist remove sanctions
    """
    from frenemy.pipeline import open_ledger
    from frenemy.views.terminal import plain

    with open_ledger(path, must_exist=True) as ledger:
        ledger.remove_watchlist(name, by=who(by))
        ledger.refresh()
    click.echo(f"Removed {plain(name)}.")


COMMANDS = (watchlist,)
