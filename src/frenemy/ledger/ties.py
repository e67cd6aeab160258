"""What the ledger answers with: ties with their documents and resolved actors, and lists of them that show well in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, overload

from frenemy.errors import MissingExtra
from frenemy.ledger.when import split_when

if TYPE_CHECKING:
    import pandas
    import polars

TIES_FILE_FIELDS = (
    *("doc", "source", "target", "mutual", "type", "polarity", "status", "voice", "when", "quote", "start", "end", "confidence"),
    *("published", "publisher", "url", "source_id", "target_id", "reader"),
)
"""The fields of the ties file, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRecord:
    """A tie as the ledger holds it: `source`, `target` and `voice` are resolved actors' names, `doc` is the document's name."""

    id: str
    document: str
    doc: str
    source: str
    source_id: str
    target: str
    target_id: str
    mutual: bool
    type: str
    polarity: str
    status: str
    voice: str
    when: str | None
    quote: str
    start: int
    end: int
    confidence: float
    published: date | None
    publisher: str | None
    title: str | None
    url: str | None
    reader: str

    @property
    def date(self) -> date | None:
        """When it happened, or else when it was printed."""
        first, last = split_when(self.when)
        return first or last or self.published

    @property
    def dated(self) -> str:
        """Its date in words that do not mix the clocks: "2017", or "printed 2024-11-22" where the passage does not say when."""
        return self.when or (f"printed {self.published}" if self.published else "undated")

    def as_line(self) -> dict[str, Any]:
        """The object that the ties file holds for it."""
        values = {name: getattr(self, name) for name in TIES_FILE_FIELDS}
        values["published"] = self.published.isoformat() if self.published else None
        values["confidence"] = round(self.confidence, 4)
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownActor:
    """An actor with how often it is mentioned, in how many documents, and in how many ties."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    mentions: int
    documents: int
    ties: int


class Ties(Sequence[TieRecord]):
    """A list of ties that shows as a table in a notebook and turns into a data frame.

    >>> len(Ties([])), Ties([])
    (0, <0 ties>)
    """

    def __init__(self, ties: Iterable[TieRecord]) -> None:
        self._ties = tuple(ties)

    def __len__(self) -> int:
        return len(self._ties)

    def __iter__(self) -> Iterator[TieRecord]:
        return iter(self._ties)

    @overload
    def __getitem__(self, index: int) -> TieRecord: ...
    @overload
    def __getitem__(self, index: slice) -> Ties: ...
    def __getitem__(self, index: int | slice) -> TieRecord | Ties:
        return Ties(self._ties[index]) if isinstance(index, slice) else self._ties[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ties) and self._ties == other._ties

    def __hash__(self) -> int:
        return hash(self._ties)

    def __repr__(self) -> str:
        return f"<{len(self)} tie{'' if len(self) == 1 else 's'}>"

    def as_lines(self) -> list[dict[str, Any]]:
        """One object a tie, as in the ties file."""
        return [tie.as_line() for tie in self]

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame, one row a tie."""
        try:
            import polars
        except ImportError:
            raise MissingExtra("to_polars()", "polars") from None
        columns = {name: [getattr(tie, name) for tie in self] for name in TIES_FILE_FIELDS}
        dates = {
            "published": polars.Date,
            "confidence": polars.Float64,
            "mutual": polars.Boolean,
            "start": polars.Int64,
            "end": polars.Int64,
        }
        return polars.DataFrame(columns, schema={name: dates.get(name, polars.String) for name in TIES_FILE_FIELDS})

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame, one row a tie."""
        try:
            import pandas
        except ImportError:
            raise MissingExtra("to_pandas()", "pandas") from None
        frame = pandas.DataFrame([[getattr(tie, name) for name in TIES_FILE_FIELDS] for tie in self], columns=list(TIES_FILE_FIELDS))
        frame["published"] = pandas.to_datetime(frame["published"])
        return frame

    def _repr_html_(self) -> str:
        """What a notebook shows; everything that comes from a document is escaped."""
        head = "".join(f"<th>{name}</th>" for name in ("when", "source", "tie", "target", "status", "quote", "publisher"))
        rows = []
        for tie in self[:200]:
            cells = (
                tie.dated,
                tie.source,
                f"{tie.polarity} {tie.type}",
                tie.target,
                tie.status,
                tie.quote,
                tie.publisher or tie.doc,
            )
            rows.append("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>")
        more = f"<p>and {len(self) - 200} more</p>" if len(self) > 200 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{more}"
