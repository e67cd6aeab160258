"""`frenemy review`: what waits for a person, one question at a time, or as JSON lines for other tools."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from frenemy.views.commands.options import ask, by_option, ledger_option, who

if TYPE_CHECKING:
    from frenemy.ledger.review import Question
    from frenemy.model import Judgement

KINDS = ("merge", "split", "quarantine", "listing", "tie")
HELP = "y yes, n no, s skip, u undo, q quit"


@click.command()
@ledger_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only questions of this kind.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="Ask so many, the most valuable.")
@click.option(
    "--weak", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="Ask about ties of which the reader is less sure."
)
@click.option(
    "--format", "shape", type=click.Choice(("session", "jsonl")), default="session", show_default=True, help="Ask, or write them."
)
@click.option("--apply", "answers", metavar="FILE", help="Take answers from JSON lines (- for standard input) instead of asking.")
@by_option
def review(path: str, shape: str, answers: str | None, by: str | None, **asked: Any) -> None:
    """Decide what is uncertain: merges, splits, names kept out, watchlist matches and weak ties, the most valuable first.

    Each question comes with quotes. Answer with one key: y yes, n no, s skip, u undo the last answer, q quit. Each answer is in the
    ledger at once, with your name and the time; stopping loses nothing.

    With --format jsonl the questions are written as JSON lines; fill in "answer" (y, n or s) and hand them back with --apply.

    \b
    Example:
      frenemy review
      frenemy review --kind tie --weak 0.4
      frenemy review --format jsonl > questions.jsonl
      frenemy review --apply answered.jsonl --by ann
    """
    if answers is not None:
        _apply(path, answers, who(by))
    elif shape == "jsonl":
        from frenemy.views.terminal import utf8_output

        with ask(path) as ledger:
            found = ledger.questions(**asked)
        out = utf8_output()
        for question in found:
            out.write(json.dumps(question.as_line(), ensure_ascii=False) + "\n")
    else:
        Session(path=path, by=who(by), asked=asked).hold()


def _apply(path: str, source: str, by: str) -> None:
    from frenemy.errors import LedgerError
    from frenemy.ledger.subjects import apply_answers
    from frenemy.pipeline import open_ledger

    lines = list(_lines(source))
    with open_ledger(path) as ledger:
        try:
            applied = apply_answers(ledger, lines, by=by)
            ledger.refresh()
        except LedgerError as error:
            raise LedgerError(f"{source}, {error}") from None
    click.echo(f"Applied {applied.new:,} answers; {applied.known:,} known already; {applied.open:,} left open.")


def _lines(source: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file of JSON lines, each with the number of its line."""
    from frenemy.errors import LedgerError

    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except OSError as error:
        raise LedgerError(f"{source}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise LedgerError(f"{source} is not text in UTF-8.") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise LedgerError(f"{source}, line {number}: not a JSON object. Nothing was applied.")
        yield number, value


@dataclass(slots=True, kw_only=True)
class Session:
    """One sitting. The ledger is open only while it is read or an answer is written, so that others can ask it meanwhile."""

    path: str
    by: str
    asked: dict[str, Any]
    queue: list[Question] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    answers: list[tuple[int, Judgement | None]] = field(default_factory=list)
    """Place in the queue and what was appended there; None for a question that was skipped."""

    def hold(self) -> None:
        """Ask until there is nothing left or the person stops."""
        place, stopped = 0, False
        try:
            while not stopped and (place < len(self.queue) or self._more()):
                if self._settled(self.queue[place]):
                    place += 1
                    continue
                self._show(place)
                place, stopped = self._step(place)
        except (KeyboardInterrupt, EOFError, click.Abort):
            click.echo()
        self._refresh()
        made = sum(judgement is not None for _, judgement in self.answers)
        left = len(self.queue) - place
        if not self.queue:
            click.echo("Nothing waits for a person.")
        else:
            click.echo(
                f"{made} judgement{'s' * (made != 1)} made, all in the ledger; {left} question{'s' * (left != 1)} left in this round."
            )

    def _refresh(self) -> None:
        """Let the actors follow the answers; where another process has the ledger, the next question does it."""
        from frenemy.errors import LedgerLocked
        from frenemy.pipeline import open_ledger

        if any(judgement for _, judgement in self.answers):
            with suppress(LedgerLocked), open_ledger(self.path) as ledger:
                ledger.refresh()

    def _more(self) -> bool:
        """Fetch the questions again: answers may have raised new ones. Those that were asked in this sitting are not asked again."""
        with ask(self.path) as ledger:
            fresh = [question for question in ledger.questions(**self.asked) if question.id not in self.seen]
        self.queue += fresh
        self.seen |= {question.id for question in fresh}
        return bool(fresh)

    def _settled(self, question: Question) -> bool:
        """Whether an answer of this sitting made the question idle: its watchlist entry, or its actor on that list, was found."""
        if question.kind != "listing":
            return False
        found = [judgement.subjects for _, judgement in self.answers if judgement and judgement.kind == "listed"]
        name, watchlist, entry = question.subjects
        return any(watchlist == subjects[1] and (name == subjects[0] or entry == subjects[2]) for subjects in found)

    def _step(self, place: int) -> tuple[int, bool]:
        """Take one key; the place to go on from, and whether to stop."""
        from frenemy.errors import LedgerLocked
        from frenemy.ledger.review import ANSWERS
        from frenemy.views.terminal import console, safe

        question = self.queue[place]
        while True:
            key = _key()
            try:
                if key in ("y", "n"):
                    kind = ANSWERS[question.kind][key == "n"]
                    self.answers.append((place, self._write(question, kind)))
                    return place + 1, False
                if key == "u" and self.answers:
                    return self._undo(), False
            except LedgerLocked as error:
                console().print(safe(f"Not written: {error}"))
                continue
            if key == "s":
                self.answers.append((place, None))
                return place + 1, False
            if key == "q":
                return place, True
            console().print(
                safe("Nothing was answered in this sitting; `frenemy judge undo` takes back older ones." if key == "u" else HELP)
            )

    def _write(self, question: Question, kind: str) -> Judgement:
        from frenemy.pipeline import open_ledger

        with open_ledger(self.path) as ledger:
            return ledger.decide(kind, *question.subjects, by=self.by, reason=f"review: {question.reason}")

    def _undo(self) -> int:
        """Take back the last answer; the place of its question."""
        from frenemy.ledger.judgements import judgement_id
        from frenemy.pipeline import open_ledger

        place, judgement = self.answers[-1]
        if judgement is not None:
            with open_ledger(self.path) as ledger:
                ledger.undo(judgement_id(judgement), by=self.by)
        self.answers.pop()
        return place

    def _show(self, place: int) -> None:
        """The question with its quotes."""
        from frenemy.ledger.review import bare_name
        from frenemy.views.terminal import console, print_quote, safe

        question, out = self.queue[place], console()
        rests = f"{question.moves} signed tie{'s' * (question.moves != 1)} rest{'s' * (question.moves == 1)} on it"
        out.print()
        out.print(safe(f"{place + 1} of {len(self.queue)} · {question.kind} · {rests}", "dim"))
        out.print(safe(question.asks, "bold"))
        out.print(safe(f"{question.score:.0%} likely: {question.reason}"))
        about = None
        for piece in question.evidence:
            if piece.about != about and len(question.subjects) == 2:
                out.print(safe(f"  {bare_name(piece.about)}"))
            about = piece.about
            print_quote(piece)
        out.print(safe(f"{HELP}:"), end=" ")


def _key() -> str:
    """One key from a terminal, or the first letter of a line from a pipe; a closed pipe is the end."""
    if sys.stdin.isatty():
        key = click.getchar().casefold()
        if key in ("\x03", "\x04"):
            raise KeyboardInterrupt
        click.echo(key if key.isprintable() else "")
        return key
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    answer = line.strip()[:1].casefold()
    click.echo(answer)
    return answer


COMMANDS = (review,)
