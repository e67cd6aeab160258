"""The questions that wait for a person, most valuable first, each with the quotes that help to answer it.

The value of a question is the number of signed ties that its answer is expected to move: those that rest on it, each weighted with the
reader's confidence, times the probability that the answer changes what the ledger holds now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import duckdb

from frenemy.ledger.judgements import matter_of, standing
from frenemy.ledger.snippets import Evidence, name_quotes, tie_quotes
from frenemy.ledger.watching import ListedAs, bearers_of, listings
from frenemy.model import Judgement

NAMES, TIES, LISTINGS = (
    (files("frenemy.ledger") / f"review_{what}.sql").read_text(encoding="utf-8") for what in ("names", "ties", "listings")
)
WEAK = 0.6
"""A tie of which the reader is less sure is asked about."""
ANSWERS = {
    "merge": ("same", "different"),
    "split": ("same", "different"),
    "quarantine": ("promote", "dismiss"),
    "tie": ("right", "wrong"),
    "listing": ("listed", "unlisted"),
}
"""The judgements that yes and no to each kind of question append."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something a person should decide with yes or no.

    `kind` is "merge", "split", "quarantine", "tie" or "listing"; `subjects` are those of the judgement an answer makes; `score` is the
    probability that the answer is yes; `moves` is the number of signed ties that rest on it, `value` what the queue is sorted by.
    """

    kind: str
    subjects: tuple[str, ...]
    asks: str
    score: float
    moves: int
    value: float
    reason: str
    evidence: tuple[Evidence, ...] = ()

    @property
    def id(self) -> str:
        """A short name for the question, the same as long as it is asked.

        >>> Question(kind="tie", subjects=("ab12",), asks="", score=0.5, moves=1, value=0.5, reason="").id
        '90ac2179'
        """
        return hashlib.sha256("\x1f".join((self.kind, *self.subjects)).encode("utf-8", "surrogatepass")).hexdigest()[:8]

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it; `answer` is for the other program to fill in with y, n or s."""
        yes, no = ANSWERS[self.kind]
        return {
            "id": self.id,
            "kind": self.kind,
            "subjects": list(self.subjects),
            "asks": self.asks,
            "score": round(self.score, 4),
            "moves": self.moves,
            "value": round(self.value, 4),
            "reason": self.reason,
            "yes": yes,
            "no": no,
            "answer": None,
            "evidence": [piece.as_line() for piece in self.evidence],
        }


def questions(
    connection: duckdb.DuckDBPyConnection,
    judgements: Sequence[Judgement],
    *,
    kinds: Iterable[str] = (),
    limit: int = 100,
    weak: float = WEAK,
) -> list[Question]:
    """The most valuable questions, of some kinds or of all."""
    wanted = set(kinds) or set(ANSWERS)
    found: list[Question] = []
    if wanted & {"merge", "split", "quarantine"}:
        found += [question for question in _about_names(connection) if question.kind in wanted]
    if "listing" in wanted:
        found += _about_listings(connection)
    if "tie" in wanted:
        found += _about_ties(connection, weak, limit)
    answered = set(standing(judgements))
    unanswered = (question for question in found if matter_of(ANSWERS[question.kind][0], question.subjects) not in answered)
    first = sorted(unanswered, key=lambda question: (-question.value, question.kind, question.subjects))[:limit]
    return _with_evidence(connection, first)


def _about_names(connection: duckdb.DuckDBPyConnection) -> list[Question]:
    rows = connection.execute(NAMES).fetchall()
    found = []
    for kind, subjects, score, reason, moves, weight in rows:
        changes = 1 - score if kind == "split" else score
        found.append(
            Question(
                kind=kind,
                subjects=tuple(subjects),
                asks=_asks(kind, subjects, {}),
                score=score,
                moves=moves,
                value=float(weight) * changes,
                reason=reason,
            )
        )
    return found


def _asks(kind: str, subjects: Sequence[str], docs: Mapping[str, str]) -> str:
    """A doubt as a question; `docs` are the names of the documents that subjects speak of alone."""
    names = [f"“{bare_name(subject)}”" + (f" in {docs[subject]}" if subject in docs else "") for subject in subjects]
    if kind == "quarantine":
        return f"Is {names[0]} the name of an actor?"
    return f"{' and '.join(names)}: the same actor?" if kind == "merge" else f"{' and '.join(names)} were taken for one actor: are they?"


def bare_name(subject: str) -> str:
    """A subject's name without the document it speaks of.

    >>> bare_name("Musk @ " + "0" * 64), bare_name("Musk @ home")
    ('Musk', 'Musk @ home')
    """
    name, at, document = subject.rpartition(" @ ")
    return name if at and len(document) == 64 else subject


def _about_listings(connection: duckdb.DuckDBPyConnection) -> list[Question]:
    known = {(listed.actor, listed.watchlist, listed.entry): listed for listed in listings(connection)}
    rows = connection.execute(LISTINGS).fetchall()
    bearers = bearers_of(connection, (name for _, name, *_ in rows))
    found = []
    for actor, name, in_document, any_member, watchlist, entry, score, reason, moves, weight in rows:
        # a name that several bear would speak of all of them, so one of this actor's documents is named with it
        subject = name if bearers[name] == [actor] else in_document or any_member or name
        found.append(
            Question(
                kind="listing",
                subjects=(subject, watchlist, entry),
                asks=f"Is “{name}” {_entry(known[actor, watchlist, entry])}?",
                score=score,
                moves=moves,
                value=float(weight) * score,
                reason=reason,
            )
        )
    return found


def _entry(listed: ListedAs) -> str:
    ids = f", {', '.join(listed.ids)}" if listed.ids else ""
    return f"“{listed.name}” of the watchlist {listed.watchlist} ({listed.entry}{ids})"


def _about_ties(connection: duckdb.DuckDBPyConnection, weak: float, most: int) -> list[Question]:
    rows = connection.execute(TIES, {"weak": weak, "most": most}).fetchall()
    return [
        Question(
            kind="tie",
            subjects=(tie,),
            asks="Does the quote say this?",
            score=confidence,
            moves=moves,
            value=(1 - confidence) * moves,
            reason=f"the reader is sure to {confidence:.0%}",
        )
        for tie, confidence, moves in rows
    ]


def _with_evidence(connection: duckdb.DuckDBPyConnection, found: Sequence[Question]) -> list[Question]:
    """The questions with their quotes; a tie's also says which tie it is."""
    ties = {piece.about: (piece, said) for piece, said in tie_quotes(connection, [q.subjects[0] for q in found if q.kind == "tie"])}
    names = {subject for q in found if q.kind != "tie" for subject in (q.subjects if q.kind != "listing" else q.subjects[:1])}
    quotes = name_quotes(connection, sorted(names))
    complete = []
    for question in found:
        if question.kind == "tie":
            piece, said = ties[question.subjects[0]]
            complete.append(replace(question, asks=f"{said}: does the quote say so?", evidence=(piece,)))
        elif question.kind in ("merge", "split"):
            pieces = tuple(piece for subject in question.subjects for piece in quotes.get(subject, ()))
            docs = {piece.about: piece.doc for piece in pieces if piece.about != bare_name(piece.about)}
            complete.append(replace(question, asks=_asks(question.kind, question.subjects, docs), evidence=pieces))
        else:
            complete.append(replace(question, evidence=tuple(quotes.get(question.subjects[0], ()))))
    return complete
