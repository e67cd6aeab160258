"""Single decisions: `judge` and `judgements`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from frenemy.views.commands.options import ask, by_option, ledger_option, who

if TYPE_CHECKING:
    from collections.abc import Callable

    from frenemy.model import Judgement

SAYINGS = {
    "same": "{0} and {1} are the same actor",
    "different": "{0} and {1} are different actors",
    "right": "tie {0} is right",
    "wrong": "tie {0} is wrong",
    "promote": "{0} is an actor",
    "dismiss": "{0} is no actor",
    "listed": "{0} is {2} of the watchlist {1}",
    "unlisted": "{0} is not {2} of the watchlist {1}",
}


def says(judgement: Judgement) -> str:
    """A judgement in words.

    >>> from datetime import datetime
    >>> from frenemy.model import Judgement
    >>> says(Judgement(kind="same", subjects=("Musk", "Elon Musk"), by="ann", at=datetime(2025, 1, 1)))
    '“Musk” and “Elon Musk” are the same actor'
    """
    about_names = judgement.kind in ("same", "different", "promote", "dismiss")
    shown = [f"“{_short(subject)}”" if about_names or not place else _short(subject) for place, subject in enumerate(judgement.subjects)]
    if judgement.kind in ("right", "wrong"):
        shown = [judgement.subjects[0][:8]]
    template = SAYINGS.get(judgement.kind)
    return template.format(*shown) if template else f"{judgement.kind}: {', '.join(shown)}"


def _short(subject: str) -> str:
    """A subject with no more of a document's id than a person needs."""
    name, at, document = subject.rpartition(" @ ")
    return f"{name} @ {document[:8]}" if at and len(document) == 64 else subject


@click.group()
def judge() -> None:
    """Decide on who is who and what is true; every decision can be taken back.

    A NAME is a name as documents have it, or one that finds an actor; "NAME @ DOCUMENT" speaks of one document alone.

    \b
    Example:
      frenemy judge same Twitter X
      frenemy judge different "John Smith @ 2024-05-01-quarry" "John Smith @ 2024-06-02-opera"
      frenemy judge undo
    """


def _command(kind: str, arguments: tuple[str, ...], text: str, example: str) -> click.Command:
    """A command that appends one judgement of a kind."""

    def decide(path: str, by: str | None, reason: str, confidence: float, **said: str) -> None:
        from frenemy.ledger.judgements import judgement_id
        from frenemy.ledger.subjects import subjects_of
        from frenemy.pipeline import open_ledger
        from frenemy.views.terminal import plain

        with open_ledger(path, must_exist=True) as ledger:
            subjects = subjects_of(ledger, kind, [said[name.lower()] for name in arguments])
            judgement = ledger.decide(kind, *subjects, by=who(by), confidence=confidence, reason=reason)
            ledger.refresh()
        click.echo(f"{plain(says(judgement))}. Judged by {plain(judgement.by)} ({judgement_id(judgement)}).")

    command: Callable[..., None] = decide
    command = click.option("--reason", default="", help="Why.")(command)
    sure = click.FloatRange(0, 1, min_open=True)
    command = click.option("--confidence", type=sure, default=1.0, show_default=True, help="How sure you are.")(command)
    command = ledger_option(by_option(command))
    for name in reversed(arguments):
        command = click.argument(name.lower(), metavar=name)(command)
    return click.command(kind, help=f"{text}\n\n\b\nExample:\n  {example}")(command)


for _kind, _arguments, _text, _example in (
    ("same", ("A", "B"), "Two names are one actor.", "frenemy judge same Twitter X"),
    ("different", ("A", "B"), "Two names are different actors.", 'frenemy judge different "Elon Musk" "Kimbal Musk"'),
    ("wrong", ("TIE",), "A tie is wrong: no answer rests on it any more.", "frenemy judge wrong 47f95ae9"),
    ("right", ("TIE",), "A tie is right: it is not asked about again.", "frenemy judge right 47f95ae9"),
    ("promote", ("NAME",), "A name that was kept out is an actor's.", 'frenemy judge promote "The Base"'),
    ("dismiss", ("NAME",), "A name is nobody's: it is no actor.", 'frenemy judge dismiss "Breaking News"'),
    ("listed", ("NAME", "WATCHLIST", "ENTRY"), "An actor is that entry of a watchlist.", "frenemy judge listed musk tech Q317521"),
    ("unlisted", ("NAME", "WATCHLIST", "ENTRY"), "An actor is not that entry of a watchlist.", "frenemy judge unlisted musk tech Q317521"),
):
    judge.add_command(_command(_kind, _arguments, _text, _example))


@judge.command()
@click.argument("judgement", required=False)
@ledger_option
@by_option
def undo(judgement: str | None, path: str, by: str | None) -> None:
    """Take back the latest judgement, or the one whose id is given. What held before it holds again.

    \b
    Example:
      frenemy judge undo
      frenemy judge undo 3a1c9a3e
    """
    from frenemy.ledger.judgements import judgement_id
    from frenemy.pipeline import open_ledger
    from frenemy.views.terminal import plain

    with open_ledger(path, must_exist=True) as ledger:
        taken_back = ledger.undo(judgement, by=who(by))
        ledger.refresh()
    click.echo(f"Took back {judgement_id(taken_back)}: {plain(says(taken_back))}.")


@click.command()
@ledger_option
@click.option("--all", "everything", is_flag=True, help="Also those that were taken back, and what took them back.")
@click.option("--format", "shape", type=click.Choice(("table", "jsonl")), default="table", show_default=True, help="How to print them.")
def judgements(path: str, everything: bool, shape: str) -> None:
    """List the judgements, oldest first: who decided what, when, how sure and why.

    \b
    Example:
      frenemy judgements
      frenemy judgements --format jsonl > judgements.jsonl
    """
    from frenemy.ledger.judgements import judgement_id, live
    from frenemy.views.terminal import print_table, utf8_output

    with ask(path) as ledger:
        held = ledger.judgements()
    shown = held if everything else live(held)
    if shape == "jsonl":
        for judgement in shown:
            utf8_output().write(json.dumps(_line(judgement), ensure_ascii=False) + "\n")
        return
    if not shown:
        click.echo("There is no judgement.", err=True)
        return
    rows = [(judgement_id(j), f"{j.at:%Y-%m-%d %H:%M}", j.by, _what(j), j.reason) for j in shown]
    print_table(("id", "when (UTC)", "who", "what", "why"), rows, narrow=("id", "when (UTC)"))


def _what(judgement: Judgement) -> str:
    sure = f" (sure to {judgement.confidence:.0%})" if 0 < judgement.confidence < 1 else ""
    return f"lifted: {says(judgement)}" if judgement.confidence == 0 else f"{says(judgement)}{sure}"


def _line(judgement: Judgement) -> dict[str, object]:
    from frenemy.ledger.judgements import judgement_id

    return {
        "id": judgement_id(judgement),
        "kind": judgement.kind,
        "subjects": list(judgement.subjects),
        "by": judgement.by,
        "at": judgement.at.isoformat(),
        "confidence": judgement.confidence,
        "reason": judgement.reason,
        "undoes": judgement.undoes.isoformat() if judgement.undoes else None,
    }


COMMANDS = (judge, judgements)
