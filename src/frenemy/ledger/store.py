"""The ledger object: append, ask, check. Only this room speaks DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from frenemy.errors import LedgerError
from frenemy.ledger import judgements as history
from frenemy.ledger import parquet, watching
from frenemy.ledger.asking import Asking
from frenemy.ledger.connection import SCHEMA, SCHEMA_VERSION
from frenemy.ledger.lookup import folded
from frenemy.ledger.rows import (
    Row,
    check_reading,
    document_row,
    figure_row,
    insert,
    judgement_row,
    mention_row,
    tie_id,
    tie_row,
    unique_ties,
)
from frenemy.model import Document, Judgement, Mention, Reading, Tie, Watchlist

__all__ = ["SCHEMA", "SCHEMA_VERSION", "Ledger"]


class Ledger(Asking):
    """One ledger file, open. Use it in a `with` block, or call `close`.

    `resolver` makes actors of the names; without one the ledger keeps what it has of them.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "new.duckdb") as ledger:
    ...     [ledger.add(Reading(document=Document(text="Rome fell.", name=name))) for name in ("rome", "again")]
    [1, 0]
    """

    def known(self, document_ids: Iterable[str]) -> set[str]:
        """Which of the documents are in the ledger already."""
        return {row[0] for row in self._rows("SELECT id FROM documents WHERE list_contains(?, id)", [list(document_ids)])}

    def add(self, *readings: Reading) -> int:
        """Append whole documents in one transaction; returns how many were new. A false quote stops all of them."""
        fresh = {reading.document.id: reading for reading in reversed(readings)}
        for known in self.known(fresh):
            del fresh[known]
        for reading in fresh.values():
            check_reading(reading)
        if not fresh:
            return 0
        recorded = self._now()
        batch = list(reversed(fresh.values()))
        rows: dict[str, list[Row]] = {
            "documents": [document_row(reading.document, recorded) for reading in batch],
            "mentions": [mention_row(mention) for reading in batch for mention in _all_mentions(reading)],
            "ties": [tie_row(tie, recorded) for reading in batch for tie in unique_ties(reading.ties)],
            "figures": [figure_row(figure, recorded) for reading in batch for figure in reading.figures],
        }
        self._append(rows)
        return len(batch)

    def add_ties(self, document: Document, ties: Iterable[Tie]) -> int:
        """Append ties to a document that is in the ledger already; returns how many were new."""
        fresh = {tie_id(tie): tie for tie in unique_ties(ties)}
        check_reading(Reading(document=document, ties=tuple(fresh.values())))
        for (known,) in self._rows("SELECT id FROM ties WHERE list_contains(?, id)", [list(fresh)]):
            del fresh[known]
        present = set(self._rows("SELECT span_start, span_end, name FROM mentions WHERE document = ?", [document.id]))
        ends = dict.fromkeys(mention for tie in fresh.values() for mention in (tie.source, tie.target))
        new = [mention for mention in ends if (mention.start, mention.end, mention.name) not in present]
        self._append({"mentions": [mention_row(m) for m in new], "ties": [tie_row(tie, self._now()) for tie in fresh.values()]})
        return len(fresh)

    def judge(self, *judgements: Judgement) -> None:
        """Append decisions on identity or truth; the actors are made anew when next asked for."""
        self._append({"judgements": [judgement_row(judgement) for judgement in judgements]})

    def decide(self, kind: str, *subjects: str, by: str, confidence: float = 1.0, reason: str = "") -> Judgement:
        """Append one decision, dated by the ledger's clock and after all that were there."""
        judgement = Judgement(kind=kind, subjects=subjects, by=by, at=self.next_moment(), confidence=confidence, reason=reason)
        self.judge(judgement)
        return judgement

    def undo(self, named: str | None = None, *, by: str) -> Judgement:
        """Take back the latest judgement, or the one whose id begins with `named`; returns it. What held before holds again."""
        fold = self._resolver.subject_key if self._resolver else folded
        taken_back, judgement = history.undo(self.judgements(), by=by, at=self.next_moment(), named=named, fold=fold)
        self.judge(judgement)
        return taken_back

    def next_moment(self) -> datetime:
        """Now, but later than every judgement, so that the next one holds whatever the clock says."""
        [(latest,)] = self._rows("SELECT max(judged_at) FROM judgements")
        now = self._clock()
        return max(now, latest.replace(tzinfo=UTC) + timedelta(microseconds=1)) if latest else now

    def _append(self, rows: dict[str, list[Row]]) -> None:
        self._connection.begin()
        try:
            for table, table_rows in rows.items():
                self._insert(table, table_rows)
            self._connection.commit()
        except duckdb.Error as error:
            self._connection.rollback()
            raise LedgerError(f"{self.path} could not be written: {str(error).splitlines()[0]}") from error
        except BaseException:
            self._connection.rollback()
            raise

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        insert(self._connection, table, rows)

    # --- watchlists ---------------------------------------------------------------------------------------------------------------------

    def add_watchlist(self, watchlist: Watchlist, *, by: str) -> bool:
        """Append a watchlist; it takes the place of one of the same name. False where that one has the same entries."""
        return watching.add(self._connection, watchlist, by=by, recorded=self._now())

    def remove_watchlist(self, name: str, *, by: str) -> None:
        """Append that a watchlist no longer stands. What it held stays in the ledger."""
        if name not in watching.current(self._connection):
            raise LedgerError(f"There is no watchlist {name!r}. `frenemy watchlist list` shows which there are.")
        watching.remove(self._connection, name, by=by, recorded=self._now())

    # --- Parquet ------------------------------------------------------------------------------------------------------------------------

    def export_parquet(self, folder: str | Path) -> list[Path]:
        """Write every table to `folder`, one Parquet file a table."""
        self.resolve()
        return parquet.export_tables(self._connection, Path(folder))

    def import_parquet(self, folder: str | Path) -> int:
        """Add what another ledger exported; documents that are known already are left as they are. Returns how many were new."""
        return parquet.import_tables(self._connection, Path(folder))


def _all_mentions(reading: Reading) -> list[Mention]:
    """The reading's mentions, and those that only its ties or figures know, each once."""
    ends = (mention for tie in reading.ties for mention in (tie.source, tie.target))
    return list(dict.fromkeys((*reading.mentions, *ends, *(figure.subject for figure in reading.figures))))
