"""On which side a pair will probably stand: `forecast`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from frenemy.views.commands.options import ask, clock_options, ledger_option, shape_option

if TYPE_CHECKING:
    from frenemy.model import Forecast, Outlook

FIELDS = ("source", "target", "as_of", "at", "type", "sign", "word", "friendly", "divided", "hostile", "ties", "source_id", "target_id")
SIDES = ("friendly", "divided", "hostile")


@click.command()
@click.argument("one")
@click.argument("other")
@ledger_option
@clock_options
@shape_option
def forecast(one: str, other: str, path: str, as_of: date | None, known_by: date | None, shape: str) -> None:
    """Show how probable it is that ONE and OTHER will be friends, divided or foes in 1, 3, 6 and 12 months.

    It knows the pair's own dated ties and nothing else: no other pairs, no events to come. Scenarios say what one more tie would change.
    How it is worked out is in docs/forecast.md.

    \b
    Example:
      frenemy forecast musk trump
      frenemy forecast musk trump --as-of 2023
    """
    from frenemy.views.exchange import write_lines
    from frenemy.views.terminal import utf8_output

    with ask(path) as ledger:
        told = ledger.forecast(one, other, as_of=as_of, known_by=known_by)
        names = {actor.id: actor.name for actor in ledger.actors()}
        left_out = ledger.undated(one, other)
    if shape == "table":
        _print(told, names)
    else:
        write_lines(list(_lines(told, names)), FIELDS, shape, utf8_output())
    if left_out:
        click.echo(f"{left_out} tie{'s' * (left_out != 1)} without any date left out.", err=True)


def _lines(told: Forecast, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """One line an outlook, those of the forecast before those of its scenarios; `at` is the day that it is of."""
    pair = {"source": names[told.source], "target": names[told.target], "as_of": told.at.isoformat()}
    ids = {"source_id": told.source, "target_id": told.target}
    cases: list[tuple[dict[str, Any], tuple[Outlook, ...]]] = [({"type": None, "sign": None, "word": None}, (told.now, *told.outlooks))]
    for case in told.scenarios:
        cases.append(({"type": case.type, "sign": case.polarity, "word": case.word}, (case.now, *case.outlooks)))
    for supposed, outlooks in cases:
        for look in outlooks:
            probabilities = {side: round(getattr(look, side), 4) for side in SIDES}
            yield {**pair, "at": look.at.isoformat(), **supposed, **probabilities, "ties": told.because, **ids}


def _print(told: Forecast, names: Mapping[str, str]) -> None:
    from frenemy.views.signs import percent, supposed_words
    from frenemy.views.terminal import console, print_table, safe

    out = console()
    out.print(safe(f"{names[told.source]} and {names[told.target]} as of {told.at}", "bold"))
    if told.is_prior:
        out.print(safe("No dated tie says on which side the two stand: this is what is believed of any pair."))
    else:
        out.print(safe(f"from {len(told.because)} of their own ties and nothing else", "dim"))
    rows = [(str(look.at), *(percent(getattr(look, side)) for side in SIDES)) for look in (told.now, *told.outlooks)]
    print_table(("on", "friends", "divided", "foes"), rows, right=("friends", "divided", "foes"), narrow=("on",))
    out.print()
    out.print(safe(f"If one more tie were told on {told.at}, friends : foes", "bold"))
    days = [str(look.at) for look in (told.now, *told.outlooks)]
    rows = [
        (supposed_words(case), *(f"{percent(look.friendly)} : {percent(look.hostile)}" for look in (case.now, *case.outlooks)))
        for case in told.scenarios
    ]
    print_table(("one more", *days), rows, right=days)


COMMANDS = (forecast,)
