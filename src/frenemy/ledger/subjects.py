"""From what a person, or another program, says to judgements: typed names to names of the ledger, answers to decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from frenemy.errors import FrenemyError, LedgerError, UnknownActor
from frenemy.ledger.judgements import MATTERS, matter, standing
from frenemy.ledger.review import ANSWERS
from frenemy.model import Judgement

if TYPE_CHECKING:
    from frenemy.ledger.store import Ledger

YES, NO, SKIP = ("y", "yes", "true"), ("n", "no", "false"), ("", "s", "skip", "none")
SHORTEST_ID = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of answers that were handed in: appended, standing already, left open."""

    new: int
    known: int
    open: int


def subjects_of(ledger: Ledger, kind: str, typed: Sequence[str]) -> tuple[str, ...]:
    """The subjects of a judgement, each something that the ledger holds; an error that says what is missing where one is not."""
    about = MATTERS.get(kind)
    wanted = {"same": 2, "right": 1, "promote": 1, "listed": 3}
    if about is None:
        raise LedgerError(f"{kind!r} is no kind of judgement. There are {', '.join(MATTERS)}.")
    if len(typed) != wanted[about]:
        raise LedgerError(f"A judgement {kind!r} has {wanted[about]} subjects, not {len(typed)}.")
    if about == "right":
        return (tie_id_of(ledger, typed[0]),)
    if about == "listed":
        return (_actor_name(ledger, typed[0]), *_entry(ledger, typed[1], typed[2]))
    names = tuple(name_of(ledger, name) for name in typed)
    if about == "same" and names[0] == names[1]:
        raise LedgerError(f"{typed[0]!r} and {typed[1]!r} are one name, {names[0]!r}. Give two, or names in documents (NAME @ DOCUMENT).")
    return names


def name_of(ledger: Ledger, typed: str) -> str:
    """The name that stands in documents for what was typed: as it is, in other case, else the main name of the actor it means.

    "NAME @ DOCUMENT" speaks of one document, by its name, its id or the beginning of its id.
    """
    name, at, document = typed.rpartition(" @ ")
    if at:
        rows = ledger.rows(
            "SELECT DISTINCT m.name, m.document FROM mentions AS m JOIN documents AS d ON d.id = m.document "
            "WHERE lower(m.name) = lower($name) AND (d.name = $doc OR d.id = $doc OR (len($doc) >= $short AND starts_with(d.id, $doc))) "
            "ORDER BY m.name <> $name, m.name",
            {"name": name, "doc": document, "short": SHORTEST_ID},
        )
        if not rows:
            raise UnknownActor(f"No document {document!r} names {name!r}.")
        if len({row[1] for row in rows}) > 1:
            raise LedgerError(f"{document!r} may be several documents. Give the id.")
        return f"{rows[0][0]} @ {rows[0][1]}"
    rows = ledger.rows(
        "SELECT name FROM mentions WHERE lower(name) = lower($name) GROUP BY name ORDER BY name <> $name, count(*) DESC, name LIMIT 1",
        {"name": typed.strip()},
    )
    if rows:
        return str(rows[0][0])
    found = ledger.find_actor(typed)
    rows = ledger.rows(
        "SELECT name FROM actor_members JOIN mentions USING (document, name) WHERE actor = $actor "
        "GROUP BY name ORDER BY name <> $name, count(*) DESC, name LIMIT 1",
        {"actor": found.id, "name": found.name},
    )
    return str(rows[0][0])


def _actor_name(ledger: Ledger, typed: str) -> str:
    """A name that only the actor bears which was typed; a name in one of its documents where others bear all its names."""
    if " @ " in typed:
        return name_of(ledger, typed)
    found = ledger.find_actor(typed)
    rows = ledger.rows(
        "SELECT member.name, min(member.document), "
        "(SELECT count(DISTINCT actor) FROM actor_members AS bearer WHERE bearer.name = member.name) "
        "FROM actor_members AS member WHERE actor = $actor GROUP BY member.name ORDER BY 3, member.name <> $name, member.name LIMIT 1",
        {"actor": found.id, "name": found.name},
    )
    name, document, bearers = rows[0]
    return name if bearers == 1 else f"{name} @ {document}"


def tie_id_of(ledger: Ledger, typed: str) -> str:
    """The id of the tie that begins so."""
    rows = ledger.rows("SELECT id FROM ties WHERE starts_with(id, $id) ORDER BY id LIMIT 3", {"id": typed.strip().casefold()})
    if not rows or len(typed.strip()) < SHORTEST_ID:
        raise LedgerError(f"No tie has the id {typed!r}. `frenemy ties --ids` shows ids; {SHORTEST_ID} characters are enough.")
    if len(rows) > 1:
        raise LedgerError(f"Several ties have ids that begin with {typed!r}. Give more of it.")
    return str(rows[0][0])


def _entry(ledger: Ledger, watchlist: str, entry: str) -> tuple[str, str]:
    lists = ledger.rows("SELECT version FROM standing_watchlists WHERE name = $name", {"name": watchlist})
    if not lists:
        raise LedgerError(f"There is no watchlist {watchlist!r}. `frenemy watchlist list` shows which there are.")
    if not ledger.rows("SELECT 1 FROM watchlist_entries WHERE version = $version AND id = $id", {"version": lists[0][0], "id": entry}):
        raise LedgerError(f"The watchlist {watchlist} has no entry with the id {entry!r}.")
    return watchlist, entry


def apply_answers(ledger: Ledger, lines: Iterable[tuple[int, Mapping[str, Any]]], *, by: str) -> Applied:
    """Append the judgements that answered questions make, all of them or, where a line is wrong, none.

    A line is a question as `frenemy review --format jsonl` writes it, with `answer` filled in (y, n, or s to leave it open), or a
    judgement as `frenemy judgements --format jsonl` writes it; `by`, and `note` for why, may be given. Answers that stand already are
    passed over.
    """
    held = standing(ledger.judgements())
    moment, fresh = ledger.next_moment(), dict[Any, Judgement]()
    known = left_open = 0
    for number, line in lines:
        try:
            judgement = _judgement(ledger, line, by=by, at=moment)
        except (FrenemyError, KeyError, TypeError, ValueError) as error:
            reason = f"no field {error}." if isinstance(error, KeyError) else str(error)
            raise LedgerError(f"line {number}: {reason} Nothing was applied.") from None
        if judgement is None:
            left_open += 1
            continue
        former = fresh.get(matter(judgement)) or held.get(matter(judgement))
        if (former.kind, former.confidence) == (judgement.kind, judgement.confidence) if former else judgement.confidence == 0:
            known += 1
            continue
        fresh[matter(judgement)] = judgement
        moment += timedelta(microseconds=1)
    ledger.judge(*fresh.values())
    return Applied(new=len(fresh), known=known, open=left_open)


def _judgement(ledger: Ledger, line: Mapping[str, Any], *, by: str, at: datetime) -> Judgement | None:
    """The judgement that a line makes, None where it leaves its question open."""
    kind = line["kind"]
    confidence = float(line.get("confidence", 1.0))
    if kind in ANSWERS:
        answer = str(line.get("answer") or "").strip().casefold()
        if answer in SKIP:
            return None
        if answer not in (*YES, *NO):
            raise LedgerError(f"{line['answer']!r} is no answer. Say y, n or s.")
        kind = ANSWERS[kind][answer in NO]
    elif kind not in MATTERS:
        raise LedgerError(f"{kind!r} is no kind of question ({', '.join(ANSWERS)}) nor of judgement ({', '.join(MATTERS)}).")
    if not 0 <= confidence <= 1:
        raise LedgerError("confidence must lie between 0 and 1.")
    subjects = line["subjects"]
    if not isinstance(subjects, Sequence) or isinstance(subjects, str) or not all(isinstance(subject, str) for subject in subjects):
        raise LedgerError("subjects must be a list of texts.")
    return Judgement(
        kind=kind,
        subjects=subjects_of(ledger, kind, subjects),
        by=str(line.get("by") or by),
        at=at,
        confidence=confidence,
        reason=str(line.get("note" if "answer" in line else "reason") or ""),
    )
