"""Options that several commands share, and the opening of the ledger they name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from frenemy.pipeline import OpenLedger

if TYPE_CHECKING:
    DayType = click.ParamType[date]
else:
    DayType = click.ParamType  # generic only in newer versions of click

F = TypeVar("F", bound=Callable[..., Any])


class Day(DayType):
    """A day as YYYY-MM-DD; a month or a year stands for its first day, or its last where `last` is set."""

    name = "date"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it.

        >>> Day().convert("2024", None, None), Day(last=True).convert("2024-02", None, None)
        (datetime.date(2024, 1, 1), datetime.date(2024, 2, 29))
        """
        from calendar import monthrange

        if isinstance(value, date):
            return value
        parts = value.split("-")
        try:
            year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else (12 if self.last else 1)
            day = int(parts[2]) if len(parts) > 2 else (monthrange(year, month)[1] if self.last else 1)
            if len(parts) > 3 or len(parts[0]) != 4:
                raise ValueError(value)
            return date(year, month, day)
        except ValueError:
            self.fail(f"{value!r} is no date. Write it as 2024-11-05, 2024-11 or 2024.", param, ctx)


def ledger_option(command: F) -> F:
    """`--ledger`, from the environment or beside the user."""
    return click.option(
        "--ledger",
        "-l",
        "path",
        metavar="FILE",
        envvar="FRENEMY_LEDGER",
        default="frenemy.duckdb",
        show_default=True,
        show_envvar=True,
        help="The ledger file.",
    )(command)


def clock_options(command: F) -> F:
    """`--as-of` and `--known-by`."""
    known_by = click.option("--known-by", type=Day(last=True), help="Only what was published by this date.")
    as_of = click.option("--as-of", type=Day(last=True), help="Only what had happened by this date.")
    return as_of(known_by(command))


def shape_option(command: F) -> F:
    """`--format`, given on as `shape`."""
    shapes = click.Choice(("table", "jsonl", "csv"))
    return click.option("--format", "shape", type=shapes, default="table", show_default=True, help="How to print them.")(command)


def by_option(command: F) -> F:
    """`--by`: in whose name something is decided."""
    return click.option("--by", metavar="NAME", help="Who decides; your login name without it.")(command)


def who(by: str | None) -> str:
    """The name that was given, or the login name."""
    from frenemy.pipeline import login_name

    return by or login_name()


def watchlist_options(command: F) -> F:
    """`--only-watchlist` and `--watchlist`; `watched` makes one of the two."""
    only = click.option("--only-watchlist", is_flag=True, help="Only actors on a watchlist, and ties with one.")
    named = click.option("--watchlist", "watchlists", multiple=True, metavar="NAME", help="The same for this watchlist alone.")
    return only(named(command))


def watched(ledger: OpenLedger, only_watchlist: bool, watchlists: tuple[str, ...]) -> tuple[str, ...] | None:
    """The watchlists that were asked for: empty for any, None where none was asked for."""
    if not only_watchlist and not watchlists:
        return None
    from frenemy.errors import LedgerError

    known = {one.name for one in ledger.watchlists()}
    missing = [name for name in watchlists if name not in known]
    if missing or not known:
        which = f"no watchlist {missing[0]!r}" if missing else "no watchlist"
        raise LedgerError(f"There is {which} in {ledger.path}. `frenemy watchlist list` shows which there are.")
    return watchlists


def ask(path: str) -> OpenLedger:
    """The ledger, opened for questions only, so that several may ask at once."""
    from frenemy.pipeline import open_ledger

    return open_ledger(path, read_only=True)
