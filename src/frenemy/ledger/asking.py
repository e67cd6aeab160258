"""What can be asked of a ledger: actors, ties, evidence, figures, documents, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date

from frenemy.errors import LedgerError, UnknownActor
from frenemy.ledger import pages, review, stories, watching
from frenemy.ledger.evidence import EvidenceFilter, evidence_rows, evidence_table, latest_day, tie_ids
from frenemy.ledger.figures import FigureRecord
from frenemy.ledger.file import LedgerFile
from frenemy.ledger.lookup import find_actor
from frenemy.ledger.profile import ROLE_WORDS, ActorProfile, roles
from frenemy.ledger.query import FigureFilter, TieFilter, select_figures, select_ties
from frenemy.ledger.snippets import actor_quotes
from frenemy.ledger.ties import KnownActor, TieRecord, Ties
from frenemy.ledger.watching import KnownWatchlist, ListedAs
from frenemy.model import Document, Doubt, Evidence, Mention, Quarantined, Reason
from frenemy.model.evidence import EvidenceTable


class Asking(LedgerFile):
    """The questions that a ledger answers. Each brings the actors up to date first where it speaks of them."""

    # --- actors -------------------------------------------------------------------------------------------------------------------------

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

    def questions(self, *, kinds: Iterable[str] = (), limit: int = 100, weak: float = review.WEAK) -> list[review.Question]:
        """What a person should decide, most valuable first: of some kinds, or of all. Ties are asked about below the confidence `weak`."""
        self.refresh()
        return review.questions(self._connection, self.judgements(), kinds=kinds, limit=limit, weak=weak)

    def watchlists(self) -> list[KnownWatchlist]:
        """The watchlists that stand."""
        self.refresh()
        return watching.known_watchlists(self._connection)

    def listings(self) -> list[ListedAs]:
        """Which actors are on which watchlists, and which may be."""
        self.refresh()
        return watching.listings(self._connection)

    # --- ties, evidence and figures -----------------------------------------------------------------------------------------------------

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

    def latest_day(self, *, today: date | None = None) -> date:
        """The latest day up to `today` (now, without one) that a tie speaks of or was printed on; today where none is dated."""
        now = today or date.today()
        return latest_day(self._connection, today=now) or now

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
        >>> from pathlib import Path
        >>> from frenemy.ledger import Ledger
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
