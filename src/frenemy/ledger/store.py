"""The ledger object: append, ask, check. Only this room speaks DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from frenemy.errors import LedgerError, UnknownActor
from frenemy.ledger import evidence, pages, parquet, review, stories, watching
from frenemy.ledger import judgements as history
from frenemy.ledger.connection import SCHEMA, SCHEMA_VERSION, connect
from frenemy.ledger.derive import Derivation, Resolver
from frenemy.ledger.evidence import EvidenceFilter, evidence_rows, evidence_table, tie_ids
from frenemy.ledger.figures import FigureRecord
from frenemy.ledger.lookup import find_actor, folded
from frenemy.ledger.profile import ROLE_WORDS, ActorProfile, roles
from frenemy.ledger.query import FigureFilter, TieFilter, select_figures, select_ties
from frenemy.ledger.rows import (
    Row,
    check_reading,
    document_row,
    figure_row,
    insert,
    judgement_of_row,
    judgement_row,
    mention_row,
    naive_utc,
    tie_id,
    tie_row,
    unique_ties,
)
from frenemy.ledger.snippets import actor_quotes
from frenemy.ledger.ties import KnownActor, TieRecord, Ties
from frenemy.ledger.watching import KnownWatchlist, ListedAs, Watcher
from frenemy.model import Chain, Document, Doubt, Evidence, Judgement, Mention, Quarantined, Reading, Reason, Tie, Watchlist
from frenemy.model.evidence import EvidenceTable

__all__ = ["SCHEMA", "SCHEMA_VERSION", "Ledger"]


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Ledger:
    """One ledger file, open. Use it in a `with` block, or call `close`.

    `resolver` makes actors of the names; without one the ledger keeps what it has of them.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "new.duckdb") as ledger:
    ...     [ledger.add(Reading(document=Document(text="Rome fell.", name=name))) for name in ("rome", "again")]
    [1, 0]
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

    # --- append -------------------------------------------------------------------------------------------------------------------------

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

    # --- actors -------------------------------------------------------------------------------------------------------------------------

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

    def actors(self, *, watchlists: tuple[str, ...] | None = None) -> list[KnownActor]:
        """All actors, the most mentioned first; only those on these watchlists, or on any where `watchlists` is empty."""
        self.resolve()
        rows = self._rows("SELECT id, name, kind, aliases, mentions, documents, ties FROM counted_actors ORDER BY mentions DESC, name, id")
        found = [
            KnownActor(id=i, name=name, kind=kind, aliases=tuple(aliases), mentions=mentions, documents=documents, ties=ties)
            for i, name, kind, aliases, mentions, documents, ties in rows
        ]
        if watchlists is None:
            return found
        listed = {one.actor for one in self.listings() if one.standing == "listed" and (not watchlists or one.watchlist in watchlists)}
        return [actor for actor in found if actor.id in listed]

    def doubts(self) -> list[Doubt]:
        """What a person should look at, the most doubtful first."""
        self.resolve()
        rows = self._rows("SELECT kind, subjects, score, reason FROM doubts ORDER BY abs(score - 0.5), kind, subjects")
        return [Doubt(kind=kind, subjects=tuple(subjects), score=score, reason=reason) for kind, subjects, score, reason in rows]

    def quarantined(self) -> list[Quarantined]:
        """The names that are no actor's."""
        self.resolve()
        rows = self._rows("SELECT document, name, kind, reason FROM quarantined ORDER BY ALL")
        return [Quarantined(document=d, name=n, kind=k, reason=r) for d, n, k, r in rows]

    def members(self, document_id: str) -> dict[str, str]:
        """The names that stand in a document, each with the actor it means there."""
        self.resolve()
        sql = "SELECT m.name, a.name FROM actor_members AS m JOIN actors AS a ON a.id = m.actor WHERE m.document = ? ORDER BY ALL"
        return dict(self._rows(sql, [document_id]))

    def reasons(self, actor_id: str) -> list[Reason]:
        """Why the names of an actor were joined, the surest first."""
        self.resolve()
        rows = self._rows(
            "SELECT name, joined_to, rule, score, document FROM actor_reasons WHERE actor = ? "
            "ORDER BY score DESC, name, joined_to, rule, document",
            [actor_id],
        )
        return [Reason(name=name, to=to, rule=rule, score=score, document=document) for name, to, rule, score, document in rows]

    def find_actor(self, name: str) -> KnownActor:
        """The one actor that a typed name means; `UnknownActor` or `AmbiguousActor` where there is not one."""
        try:
            return find_actor(name, self.actors())
        except UnknownActor:
            kept_out = self._rows("SELECT name, reason FROM quarantined WHERE lower(name) = lower(?) ORDER BY ALL LIMIT 1", [name.strip()])
            if not kept_out:
                raise
            found, reason = kept_out[0]
            hint = f"`frenemy judge promote {found!r}` makes it an actor."
            raise UnknownActor(f"{found!r} was taken for the name of nobody ({reason}). {hint}") from None

    def actor(self, name: str, *, quotes: int = 5, as_of: date | None = None, known_by: date | None = None) -> ActorProfile:
        """All that is known of the one actor that a typed name means, with a sentence from each of so many documents.

        `as_of` and `known_by` bound the roles, as they bound ties; `known_by` bounds the sentences, too.
        """
        found = self.find_actor(name)
        return ActorProfile(
            actor=found,
            listed=tuple(listed for listed in self.listings() if listed.actor == found.id),
            roles=roles(found.id, self.ties(TieFilter(actors=(found.id,), types=tuple(ROLE_WORDS), as_of=as_of, known_by=known_by))),
            quotes=tuple(actor_quotes(self._connection, found.id, most=quotes, known_by=known_by)),
            reasons=tuple(self.reasons(found.id)),
        )

    # --- what waits for a person --------------------------------------------------------------------------------------------------------

    def questions(self, *, kinds: Iterable[str] = (), limit: int = 100, weak: float = review.WEAK) -> list[review.Question]:
        """What a person should decide, most valuable first: of some kinds, or of all. Ties are asked about below the confidence `weak`."""
        self.refresh()
        return review.questions(self._connection, self.judgements(), kinds=kinds, limit=limit, weak=weak)

    # --- watchlists ---------------------------------------------------------------------------------------------------------------------

    def add_watchlist(self, watchlist: Watchlist, *, by: str) -> bool:
        """Append a watchlist; it takes the place of one of the same name. False where that one has the same entries."""
        return watching.add(self._connection, watchlist, by=by, recorded=self._now())

    def remove_watchlist(self, name: str, *, by: str) -> None:
        """Append that a watchlist no longer stands. What it held stays in the ledger."""
        if name not in watching.current(self._connection):
            raise LedgerError(f"There is no watchlist {name!r}. `frenemy watchlist list` shows which there are.")
        watching.remove(self._connection, name, by=by, recorded=self._now())

    def watchlists(self) -> list[KnownWatchlist]:
        """The watchlists that stand."""
        self.refresh()
        return watching.known_watchlists(self._connection)

    def listings(self) -> list[ListedAs]:
        """Which actors are on which watchlists, and which may be."""
        self.refresh()
        return watching.listings(self._connection)

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

    # --- ask ----------------------------------------------------------------------------------------------------------------------------

    def ties(self, wanted: TieFilter | None = None) -> Ties:
        """The ties that a filter keeps, oldest first; all without one."""
        self.resolve() if wanted is None or wanted.watchlists is None else self.refresh()
        sql, parameters = select_ties(wanted or TieFilter())
        return Ties(TieRecord(**dict(zip(TieRecord.__slots__, row, strict=True))) for row in self._rows(sql, parameters))

    def evidence(self, *, actors: Iterable[str] | None = None) -> list[Evidence]:
        """The ties between two actors as stance weighs them, without those judged wrong; with `actors` (ids) only those among them."""
        self.resolve()
        return evidence_rows(self._connection, EvidenceFilter(among=None if actors is None else tuple(actors)))

    def evidence_table(self, wanted: EvidenceFilter | None = None, *, named: bool = True) -> EvidenceTable:
        """The same by columns, for many; `tie` holds ids, or unless `named` row numbers, which `tie_ids` turns into ids."""
        self.resolve()
        return evidence_table(self._connection, wanted or EvidenceFilter(), named=named)

    def tie_ids(self, numbers: Sequence[int]) -> dict[int, str]:
        """The ids of ties by the row numbers of a table that was asked for without names."""
        return tie_ids(self._connection, numbers)

    def origins(self) -> dict[str, str]:
        """The story that each document tells: copies of one story share it, so that they count as one source."""
        self.resolve()
        return stories.origins(self._connection)

    def figures(self, wanted: FigureFilter | None = None, *, as_of: date | None = None) -> list[FigureRecord]:
        """The figures that a filter keeps, oldest first; with `as_of` only those that speak of that day or before."""
        self.resolve()
        sql, parameters = select_figures(wanted or FigureFilter())
        found = [FigureRecord(**dict(zip(FigureRecord.__slots__, row, strict=True))) for row in self._rows(sql, parameters)]
        dated = sorted(found, key=lambda figure: (figure.date is None, figure.date or date.min))
        return [figure for figure in dated if as_of is None or (figure.date is not None and figure.date <= as_of)]

    def between(
        self,
        one: str,
        other: str,
        *,
        as_of: date | None = None,
        known_by: date | None = None,
        watchlists: tuple[str, ...] | None = None,
    ) -> Ties:
        """The ties of two actors to each other, oldest first; `watchlists` as in `TieFilter`."""
        return self.ties(TieFilter(actors=self.two_actors(one, other), as_of=as_of, known_by=known_by, watchlists=watchlists))

    def two_actors(self, one: str, other: str) -> tuple[str, str]:
        """The ids of the two actors that two typed names mean."""
        ids = (self.find_actor(one).id, self.find_actor(other).id)
        if ids[0] == ids[1]:
            raise LedgerError(f"{one!r} and {other!r} are the same actor. Give two.")
        return ids

    def documents(self) -> Iterator[Document]:
        """All documents, in the order they were recorded."""
        for (document_id,) in self._rows("SELECT id FROM documents ORDER BY recorded, id"):
            document = self.document(document_id)
            if document is not None:
                yield document

    def document(self, document_id: str) -> Document | None:
        """One document with its text."""
        fields = ("text", "name", "title", "published", "retrieved", "publisher", "author", "language", "url")
        rows = self._rows(f"SELECT {', '.join(fields)} FROM documents WHERE id = ?", [document_id])
        if not rows:
            return None
        values = dict(zip(fields, rows[0], strict=True))
        values["retrieved"] = values["retrieved"].replace(tzinfo=UTC) if values["retrieved"] else None
        return Document(**values)

    def document_page(self, *, matching: str = "", offset: int = 0, limit: int = 50) -> pages.DocumentPage:
        """Some documents without their texts, the newest first; only those whose title, name or publisher holds `matching`."""
        return pages.document_page(self._connection, matching=matching, offset=offset, limit=limit)

    def documents_titled(self, words: str, *, limit: int = 10) -> list[tuple[str, str]]:
        """The ids and titles (or names) of some documents whose title holds these words."""
        return pages.documents_titled(self._connection, words, limit)

    def known_document(self, document_id: str) -> pages.KnownDocument | None:
        """One document without its text."""
        return pages.known_document(self._connection, document_id)

    def document_text(self, document_id: str, start: int, end: int) -> str:
        """The characters of a document from `start` to `end`."""
        return pages.document_text(self._connection, document_id, start, end)

    def named_actors(self) -> list[pages.NamedActor]:
        """All actors by id, without their mentions counted."""
        self.resolve()
        return pages.named_actors(self._connection)

    def bearers(self, name: str) -> list[str]:
        """The ids of the actors that bear a name in some document."""
        self.resolve()
        return pages.bearers(self._connection, name)

    def ties_by_id(self, ids: Sequence[str]) -> Ties:
        """The ties with these ids, in their order; those that are not there, or were judged wrong, are left out."""
        self.resolve()
        return pages.ties_by_id(self._connection, ids)

    def ties_by_number(self, numbers: Sequence[int]) -> Ties:
        """The same by the row numbers of a table that was asked for without names: fast among millions."""
        return pages.ties_by_number(self._connection, numbers)

    def ties_of_document(self, document_id: str, *, start: int = 0, end: int = 2**31 - 1) -> Ties:
        """The ties whose quotes touch a stretch of a document, in the order of their quotes."""
        self.resolve()
        return pages.ties_of_document(self._connection, document_id, start, end)

    def document_ids(self, name: str) -> list[str]:
        """The ids of the documents that bear a name."""
        return [row[0] for row in self._rows("SELECT id FROM documents WHERE name = ? ORDER BY id", [name])]

    def mentions(self, document_id: str) -> list[Mention]:
        """The mentions of one document, in order."""
        rows = self._rows(
            "SELECT document, span_start, span_end, text, name, kind, form FROM mentions WHERE document = ? ORDER BY ALL", [document_id]
        )
        return [Mention(document=d, start=s, end=e, text=t, name=n, kind=k, form=f) for d, s, e, t, n, k, f in rows]

    def counts(self) -> dict[str, int]:
        """How many rows each kind of thing has.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "new.duckdb") as ledger:
        ...     ledger.counts()
        {'documents': 0, 'mentions': 0, 'ties': 0, 'figures': 0, 'judgements': 0}
        """
        tables = ("documents", "mentions", "ties", "figures", "judgements")
        return {table: self._rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}

    def false_quotes(self) -> list[str]:
        """What `frenemy check` reports: a line for each quote, mention or document that is not what it was when it was written."""
        from frenemy.ledger.integrity import false_rows

        return false_rows(self._connection)

    # --- Parquet ------------------------------------------------------------------------------------------------------------------------

    def export_parquet(self, folder: str | Path) -> list[Path]:
        """Write every table to `folder`, one Parquet file a table."""
        self.resolve()
        return parquet.export_tables(self._connection, Path(folder))

    def import_parquet(self, folder: str | Path) -> int:
        """Add what another ledger exported; documents that are known already are left as they are. Returns how many were new."""
        return parquet.import_tables(self._connection, Path(folder))

    # --------------------------------------------------------------------------------------------------------------------------------------

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


def _all_mentions(reading: Reading) -> list[Mention]:
    """The reading's mentions, and those that only its ties or figures know, each once."""
    ends = (mention for tie in reading.ties for mention in (tie.source, tie.target))
    return list(dict.fromkeys((*reading.mentions, *ends, *(figure.subject for figure in reading.figures))))
