"""What people decided, read as a history: which decision holds, what an undo has to append."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from frenemy.errors import LedgerError
from frenemy.ledger.lookup import folded
from frenemy.model import Judgement

OPPOSITES = {"same": "different", "right": "wrong", "promote": "dismiss", "listed": "unlisted"}
MATTERS = {**{kind: kind for kind in OPPOSITES}, **{opposite: kind for kind, opposite in OPPOSITES.items()}}
"""What each kind of judgement is about: a kind and its opposite are about one matter."""

Matter = tuple[str, tuple[str, ...]]
Fold = Callable[[str], str]


def judgement_id(judgement: Judgement) -> str:
    """A short name for a judgement, by which a person can speak of it.

    >>> from datetime import UTC
    >>> judgement_id(Judgement(kind="same", subjects=("A", "B"), by="ann", at=datetime(2025, 1, 1, tzinfo=UTC)))
    'fd9fbce2'
    """
    parts = (judgement.kind, *judgement.subjects, judgement.by, judgement.at.isoformat())
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def matter(judgement: Judgement, fold: Fold = folded) -> Matter:
    """What a judgement is about; two names are one matter in whatever order and case they are given.

    >>> at = datetime(2025, 1, 1)
    >>> one = Judgement(kind="same", subjects=("Musk", "Elon Musk"), by="ann", at=at)
    >>> other = Judgement(kind="different", subjects=("ELON MUSK", "Musk"), by="bob", at=at)
    >>> matter(one) == matter(other)
    True
    """
    return matter_of(judgement.kind, judgement.subjects, fold)


def matter_of(kind: str, subjects: Sequence[str], fold: Fold = folded) -> Matter:
    """The matter of a kind of judgement, or of its opposite, on these subjects; `fold` says which names are spelled alike."""
    about = MATTERS.get(kind, kind)
    if about in ("same", "promote"):
        return about, tuple(sorted(_subject(subject, fold) for subject in subjects))
    return about, tuple(subjects)


def _subject(subject: str, fold: Fold) -> str:
    """A name as names are compared; the document behind it stays as it is."""
    name, at, document = subject.rpartition(" @ ")
    return f"{fold(name)} @ {document}" if at and name.strip() else fold(subject) or subject


def live(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that were not taken back, oldest first, without those that only take back others."""
    ordered = sorted(judgements, key=lambda j: (j.at, j.kind, j.by, j.confidence))
    undone = {judgement.undoes for judgement in ordered if judgement.undoes}
    return [judgement for judgement in ordered if not judgement.undoes and judgement.at not in undone]


def standing(judgements: Iterable[Judgement]) -> dict[Matter, Judgement]:
    """The judgement that holds on each matter: the latest that was not taken back; none where that one lifted what was there."""
    latest = {matter(judgement): judgement for judgement in live(judgements)}
    return {key: judgement for key, judgement in latest.items() if judgement.confidence > 0}


def undo(
    judgements: Sequence[Judgement], *, by: str, at: datetime, named: str | None = None, fold: Fold = folded
) -> tuple[Judgement, Judgement]:
    """The judgement to take back (the latest, or the one whose id begins with `named`) and the one to append for it.

    What is appended says again what held before, or lifts the judgement where nothing did, so that the ledger answers as it did before.
    `fold` must be the one that resolution reads judgements with: what it takes for one matter is one here.
    """
    open_ones = live(judgements)
    if named is None:
        if not open_ones:
            raise LedgerError("There is no judgement to undo.")
        target = open_ones[-1]
    else:
        target = _named(judgements, open_ones, named)
    on_it = [judgement for judgement in open_ones if matter(judgement, fold) == matter(target, fold)]
    if on_it[-1] != target:
        later = judgement_id(on_it[-1])
        raise LedgerError(f"A later judgement, {later}, speaks of the same. Undo that one first.")
    former = on_it[-2] if len(on_it) > 1 else None
    said = former or target
    back = Judgement(
        kind=said.kind,
        subjects=said.subjects,
        by=by,
        at=at,
        confidence=former.confidence if former else 0.0,
        reason=f"undo of {judgement_id(target)}",
        undoes=target.at,
    )
    return target, back


def _named(judgements: Sequence[Judgement], open_ones: Sequence[Judgement], named: str) -> Judgement:
    found = [judgement for judgement in judgements if judgement_id(judgement).startswith(named.casefold()) and named]
    if not found:
        raise LedgerError(f"No judgement is called {named!r}. `frenemy judgements` lists them.")
    if len(found) > 1:
        raise LedgerError(f"{named!r} may be {', '.join(map(judgement_id, found))}. Give more of it.")
    if found[0] not in open_ones:
        raise LedgerError(f"{judgement_id(found[0])} was taken back already, or takes back another. Judge anew instead.")
    return found[0]
