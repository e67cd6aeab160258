"""What waits for a person, and what a person decides: every answer is a judgement in the ledger, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, TypeGuard

from frenemy.ledger.judgements import judgement_id, live
from frenemy.ledger.review import ANSWERS, Question, bare_name
from frenemy.ledger.subjects import subjects_of
from frenemy.ledger.ties import TieRecord
from frenemy.model import Judgement
from frenemy.pipeline import OpenLedger
from frenemy.views.commands.judging import says
from frenemy.views.server.asked import Asked, BadQuestion
from frenemy.views.server.keeper import FOREVER, Keeper
from frenemy.views.server.overview import quote_says
from frenemy.views.server.says import NAME, QUOTE, short, tie_says

QUEUE, HISTORY = 200, 50


def review(keeper: Keeper, asked: Asked) -> dict[str, Any]:
    """The questions of the queue, the most valuable first, and what was decided last."""
    kind = asked.text("kind")
    if kind and kind not in ANSWERS:
        raise BadQuestion(f"{kind[:40]!r} is none of {', '.join(ANSWERS)}.")

    def work() -> dict[str, Any]:
        with keeper.ledger(patience=FOREVER) as ledger:
            questions = ledger.questions(kinds=(kind,) if kind else (), limit=QUEUE)
            made = live(ledger.judgements())
            ties = {tie.id: tie for tie in ledger.ties_by_id([one.subjects[0] for one in questions if one.kind == "tie"])}
        return {
            "questions": [_question(one, ties.get(one.subjects[0])) for one in questions],
            "made": [_made(one) for one in islice(reversed(made), HISTORY)],
        }

    return keeper.part("what waits for a person", work, kind)


def _question(question: Question, tie: TieRecord | None) -> dict[str, Any]:
    yes, no = ANSWERS[question.kind]
    return {
        "id": question.id,
        "kind": question.kind,
        "subjects": list(question.subjects),
        "names": [short(bare_name(subject)) for subject in question.subjects],
        "asks": short(question.asks, QUOTE),
        "score": round(question.score, 2),
        "moves": question.moves,
        "tie": tie_says(tie) if tie else None,
        "reason": short(question.reason),
        "yes": yes,
        "no": no,
        "evidence": [{**quote_says(piece), "about": short(bare_name(piece.about))} for piece in question.evidence],
    }


def _made(judgement: Judgement) -> dict[str, Any]:
    return {
        "id": judgement_id(judgement),
        "kind": judgement.kind,
        "says": short(says(judgement), QUOTE),
        "by": short(judgement.by),
        "at": f"{judgement.at:%Y-%m-%d %H:%M}",
        "reason": short(judgement.reason),
        "actor": None,
    }


def judge(keeper: Keeper, said: Mapping[str, Any]) -> dict[str, Any]:
    """Append a judgement: its `kind`, its `subjects`, and a `reason` if there is one."""
    kind, subjects, reason = said.get("kind"), said.get("subjects"), said.get("reason", "")
    if not isinstance(kind, str) or not isinstance(reason, str) or not _texts(subjects):
        raise BadQuestion("A judgement has a kind, subjects and, if you like, a reason.")
    with keeper.ledger(write=True) as ledger:
        judgement = ledger.decide(kind, *subjects_of(ledger, kind, subjects), by=keeper.by, reason=reason[:NAME])
        ledger.refresh()
        return {**_made(judgement), "actor": _bearer(ledger, judgement)}


def _bearer(ledger: OpenLedger, judgement: Judgement) -> str | None:
    """The actor that now bears the first name that a judgement on names speaks of, where there is one."""
    if judgement.kind not in ("same", "different", "promote"):
        return None
    bearers = ledger.bearers(bare_name(judgement.subjects[0]))
    return bearers[0] if bearers else None


def undo(keeper: Keeper, said: Mapping[str, Any]) -> dict[str, Any]:
    """Take back the judgement with this `id`, or the latest."""
    named = said.get("id")
    if named is not None and not isinstance(named, str):
        raise BadQuestion("The id of a judgement is a text.")
    with keeper.ledger(write=True) as ledger:
        taken_back = ledger.undo(named, by=keeper.by)
        ledger.refresh()
    return _made(taken_back)


def _texts(value: object) -> TypeGuard[Sequence[str]]:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(one, str) and len(one) < 10_000 for one in value)
