"""The ledger's file: opened, closed, queried, and its derived tables brought up to date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from frenemy.errors import LedgerError
from frenemy.ledger import evidence, watching
from frenemy.ledger.connection import connect
from frenemy.ledger.derive import Derivation, Resolver
from frenemy.ledger.rows import (
    judgement_of_row,
    naive_utc,
)
from frenemy.ledger.watching import Watcher
from frenemy.model import Chain, Judgement


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class LedgerFile:
    """One ledger file, open. Use it in a `with` block, or call `close`.

    `resolver` makes actors of the names; without one the ledger keeps what it has of them.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        resolver: Resolver | None = None,
        watcher: Callable[[], Watcher] | None = None,
        read_only: bool = False,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.path = Path(path)
        self.read_only = read_only
        self._clock = clock
        self._resolver = resolver
        self._watcher = watcher
        self._connection = connect(self.path, read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<ledger {self.path}>"

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def chains(self) -> list[Chain]:
        """Every name of every document with its kind, number of mentions and other names, in order."""
        return Derivation(self._connection).chains()

    def judgements(self) -> list[Judgement]:
        """All decisions, oldest first."""
        rows = self._rows(
            "SELECT kind, subjects, judged_by, judged_at, confidence, reason, undoes FROM judgements ORDER BY judged_at, kind, subjects"
        )
        return [judgement_of_row(row) for row in rows]

    def _state(self) -> str:
        """A mark of the rows that the actors are derived from."""
        tables = ("documents", "mentions", "judgements", "ties")
        counts = self._rows("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables))
        return "-".join(map(str, counts[0]))

    def resolve(self) -> None:
        """Bring the derived actor tables up to date when documents, ties or judgements were added since.

        Only names that share a key with what is new are resolved again; the tables are what resolving all anew would give.
        """
        state = self._state()
        resolved = self._rows("SELECT value FROM meta WHERE key = 'resolved'")
        if self._resolver is None or resolved == [(state,)]:
            return
        if self.read_only:
            self._reopen(read_only=False)
        self._connection.begin()
        try:
            Derivation(self._connection).update(self._resolver, self.judgements())
            evidence.refresh(self._connection)
            self._connection.execute("UPDATE meta SET value = ? WHERE key = 'resolved'", [state])
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            raise
        if self.read_only:
            self._reopen(read_only=True)

    def _reopen(self, *, read_only: bool) -> None:
        self._connection.close()
        self._connection = connect(self.path, read_only=read_only)

    def refresh(self) -> None:
        """Bring all that is derived up to date: the actors, and which of them are on watchlists."""
        self.resolve()
        state = watching.state(self._connection)
        if self._watcher is None or state is None:
            return
        read_only = self.read_only
        if read_only:
            self._reopen(read_only=False)
        watching.refresh(self._connection, self._watcher(), self.judgements(), state)
        if read_only:
            self._reopen(read_only=True)

    def _now(self) -> datetime:
        return naive_utc(self._clock()) or self._clock()

    def rows(self, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """The answer to a query, for the other modules of this room."""
        return self._rows(sql, parameters)

    def _rows(self, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except duckdb.ConnectionException:
            raise LedgerError(f"{self.path} was closed. Open it again.") from None
