"""Evidence by columns: what ten million ties are weighed from without ten million objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from frenemy.model.stances import Evidence
from frenemy.model.vocabulary import STATUSES, TIE_TYPES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TYPES = tuple(TIE_TYPES)
WORDS = ("author", "source", "target", "other")
SIGN_OF = {"+": 1, "-": -1, "0": 0}
NO_DAY = -(2**31) + 1
"""A day that is not known."""
EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date | None) -> int:
    """Days since 1970, `NO_DAY` where there is none.

    >>> day_number(date(1970, 1, 2)), day_number(None) == NO_DAY
    (1, True)
    """
    return NO_DAY if day is None else day.toordinal() - EPOCH


def day_of(number: int) -> date | None:
    """The day of a number, None for `NO_DAY`.

    >>> day_of(1), day_of(NO_DAY)
    (datetime.date(1970, 1, 2), None)
    """
    return None if number == NO_DAY else date.fromordinal(int(number) + EPOCH)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EvidenceTable:
    """Rows of evidence as arrays of one length.

    `source` and `target` are places in `actors`; `type`, `status` and `word` places in `TYPES`, `STATUSES` and `WORDS`; `sign` is 1, 0 or
    -1; days are numbers since 1970 or `NO_DAY`. `tie` holds ids, or row numbers that the ledger turns into ids (`Ledger.tie_ids`);
    `origin` is one number a story.
    """

    actors: Sequence[str]
    tie: NDArray[Any]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    mutual: NDArray[np.bool_]
    type: NDArray[np.int8]
    sign: NDArray[np.int8]
    status: NDArray[np.int8]
    word: NDArray[np.int8]
    since: NDArray[np.int32]
    until: NDArray[np.int32]
    published: NDArray[np.int32]
    origin: NDArray[np.int64]
    confidence: NDArray[np.float64]
    legal: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.tie)

    def take(self, rows: NDArray[Any]) -> EvidenceTable:
        """The rows that a mask or a list of places keeps."""
        return replace(self, **{name: getattr(self, name)[rows] for name in COLUMNS})

    @property
    def day(self) -> NDArray[np.int32]:
        """When each happened or began to hold, or else when it was printed; `NO_DAY` where neither is known."""
        import numpy as np

        happened = np.where(self.since != NO_DAY, self.since, self.until)
        return np.where(happened != NO_DAY, happened, self.published)


COLUMNS = tuple(field.name for field in fields(EvidenceTable) if field.name != "actors")
DTYPES: Mapping[str, str] = {
    **dict.fromkeys(("source", "target", "since", "until", "published"), "int32"),
    **dict.fromkeys(("type", "sign", "status", "word"), "int8"),
    **{"mutual": "bool", "origin": "int64", "confidence": "float64", "legal": "bool"},
}


def tabulate(evidence: Iterable[Evidence]) -> EvidenceTable:
    """Rows of evidence as columns.

    >>> row = dict(mutual=False, type="ACCUSE", polarity="-", status="asserted", word="author", since=None, until=None, published=None)
    >>> table = tabulate([Evidence(tie="t", source="b", target="a", origin="story", confidence=1.0, **row)])
    >>> list(table.actors), int(table.source[0]), int(table.sign[0])
    (['a', 'b'], 1, -1)
    """
    import numpy as np

    rows = list(evidence)
    actors = sorted({end for row in rows for end in (row.source, row.target)})
    place = {actor: number for number, actor in enumerate(actors)}
    story = {origin: number for number, origin in enumerate(sorted({row.origin for row in rows}))}
    columns: dict[str, list[Any]] = {
        "source": [place[row.source] for row in rows],
        "target": [place[row.target] for row in rows],
        "mutual": [row.mutual for row in rows],
        "type": [TYPES.index(row.type) for row in rows],
        "sign": [SIGN_OF[row.polarity] for row in rows],
        "status": [STATUSES.index(row.status) for row in rows],
        "word": [WORDS.index(row.word) for row in rows],
        **{name: [day_number(getattr(row, name)) for row in rows] for name in ("since", "until", "published")},
        "origin": [story[row.origin] for row in rows],
        "confidence": [row.confidence for row in rows],
        "legal": [row.legal for row in rows],
    }
    arrays = {name: np.array(values, dtype=DTYPES[name]) for name, values in columns.items()}
    return EvidenceTable(actors=actors, tie=np.array([row.tie for row in rows], dtype=object), **arrays)
