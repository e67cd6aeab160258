"""What persons decided, as it stands: of two judgements on the same subjects the later holds, and confidence 0 lifts the earlier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from frenemy.actors.names import fold
from frenemy.model import Judgement

MARK = " @ "
"""Between a name and the document it is judged in."""


def label(subject: str) -> str:
    """A subject of a judgement as it is compared: its name folded, its document kept.

    >>> label("Elon  MUSK"), label("Musk @ d1")
    ('elon musk', 'musk @ d1')
    """
    name, mark, document = subject.rpartition(MARK)
    return f"{fold(name)}{MARK}{document}" if mark and name.strip() else fold(subject)


def bare(subject: str) -> str:
    """The name of a label without its document.

    >>> bare("musk @ d1"), bare("musk")
    ('musk', 'musk')
    """
    return subject.rpartition(MARK)[0] or subject


def subject_key(subject: str) -> str:
    """The bond of the names that a subject of a judgement speaks of.

    >>> subject_key("Elon  MUSK"), subject_key("Musk @ d1")
    ('f:elon musk', 'f:musk')
    """
    return f"f:{bare(label(subject))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The judgements that hold, by label; `scoped` are the labels that speak of one document."""

    same: tuple[tuple[str, str], ...]
    different: tuple[tuple[str, str], ...]
    promoted: frozenset[str]
    dismissed: frozenset[str]
    scoped: frozenset[str]
    by: dict[tuple[str, ...], Judgement]

    def touched(self) -> set[str]:
        """The folded names that a standing judgement joins or promotes."""
        return {bare(one) for pair in self.same for one in pair} | {bare(one) for one in self.promoted}


def standing(judgements: Iterable[Judgement]) -> Verdicts:
    """The verdicts that hold, whatever order the judgements come in."""
    latest: dict[tuple[str, ...], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, j.kind, j.by, j.confidence, j.reason)):
        if judgement.kind in ("same", "different") and len(judgement.subjects) == 2:
            latest[tuple(sorted(map(label, judgement.subjects)))] = judgement
        elif judgement.kind in ("promote", "dismiss") and len(judgement.subjects) == 1:
            latest[(label(judgement.subjects[0]),)] = judgement
    held = {subjects: j for subjects, j in sorted(latest.items()) if j.confidence > 0}

    def of(kind: str) -> list[tuple[str, ...]]:
        return [subjects for subjects, j in held.items() if j.kind == kind]

    return Verdicts(
        same=tuple((one, other) for one, other in of("same")),
        different=tuple((one, other) for one, other in of("different")),
        promoted=frozenset(subjects[0] for subjects in of("promote")),
        dismissed=frozenset(subjects[0] for subjects in of("dismiss")),
        scoped=frozenset(one for subjects in held for one in subjects if MARK in one),
        by=held,
    )
