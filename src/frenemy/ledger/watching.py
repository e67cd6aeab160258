"""Watchlists in the ledger, and which actors are on them: kept up as actors, lists and judgements are added.

An actor is looked up again only when its names or its kind changed, or when the list is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Protocol

import duckdb

from frenemy.ledger.judgements import standing
from frenemy.ledger.rows import insert
from frenemy.model import Candidate, Judgement, Listing, Watchlist

LOOKED_UP = (files("frenemy.ledger") / "watch_candidates.sql").read_text(encoding="utf-8")
NEW_ACTORS = (files("frenemy.ledger") / "watch_changes.sql").read_text(encoding="utf-8")

BATCH = 50_000
"""Entries whose keys are made at once, so that a list of a million fits into memory."""


class Watcher(Protocol):
    """The rules that say which entry an actor may be; `frenemy.actors.watching` is one."""

    def keys(self, name: str, kind: str | None, *, listed: bool = False) -> Iterable[str]:
        """What an actor and its entry have in common."""

    def telling(self, names: Sequence[str], kind: str) -> Sequence[str]:
        """The names of an actor that say who it is."""

    def candidate(
        self, actor: tuple[str, Sequence[str], str], listed: tuple[str, str], entry: tuple[Sequence[str], Sequence[str], str | None]
    ) -> Candidate | None:
        """What speaks for an actor being an entry."""

    def decide(self, candidates: Iterable[Candidate], judged: Mapping[tuple[str, str, str], Judgement]) -> Iterable[Listing]:
        """What becomes of each candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWatchlist:
    """A watchlist that the ledger holds: how many actors it names, how many of them the ledger knows, how many are in doubt."""

    name: str
    version: str
    source: str
    added_by: str
    recorded: datetime
    entries: int
    listed: int
    doubts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAs:
    """That an actor is, or may be, an entry of a watchlist; `standing` is "listed", "unlisted" or "doubt"."""

    actor: str
    watchlist: str
    entry: str
    name: str
    ids: tuple[str, ...]
    score: float
    reason: str
    standing: str
    by: str


def current(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The watchlists that stand, each with its version."""
    rows = connection.execute("SELECT name, version FROM standing_watchlists ORDER BY name").fetchall()
    return dict(rows)


def add(connection: duckdb.DuckDBPyConnection, watchlist: Watchlist, *, by: str, recorded: datetime) -> bool:
    """Append a list in one transaction; False where the same entries stand under that name already."""
    version = watchlist.version
    if current(connection).get(watchlist.name) == version:
        return False
    known = connection.execute("SELECT 1 FROM watchlist_entries WHERE version = ? LIMIT 1", [version]).fetchall()
    entries = [
        (version, entry.id, entry.name, list(entry.aliases), list(entry.weak), entry.kind, list(entry.ids)) for entry in watchlist.entries
    ]
    connection.begin()
    try:
        insert(connection, "watchlists", [(watchlist.name, version, watchlist.source, by, recorded)])
        insert(connection, "watchlist_entries", [] if known else entries)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return True


def remove(connection: duckdb.DuckDBPyConnection, name: str, *, by: str, recorded: datetime) -> None:
    """Append that a list no longer stands; its rows stay."""
    insert(connection, "watchlists", [(name, None, "", by, recorded)])


def state(connection: duckdb.DuckDBPyConnection) -> str | None:
    """A mark of what the listings are derived from; None where they are up to date, as they are when there never was a list."""
    [(resolved, watched, lists, judged)] = connection.execute(
        "SELECT (SELECT value FROM meta WHERE key = 'resolved'), (SELECT value FROM meta WHERE key = 'watched'), "
        "(SELECT count(*) FROM watchlists), (SELECT count(*) FROM judgements)"
    ).fetchall()
    mark = f"{resolved}-{lists}-{judged}"
    return None if not lists or watched == mark else mark


def refresh(connection: duckdb.DuckDBPyConnection, watcher: Watcher, judgements: Sequence[Judgement], state: str) -> None:
    """Bring the derived tables up to date, in one transaction."""
    lists = current(connection)
    connection.begin()
    try:
        for version in sorted(set(lists.values())):
            _add_keys(connection, watcher, version)
        _look_up(connection, watcher)
        _decide(connection, watcher, lists, judgements)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('watched', ?)", [state])
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _add_keys(connection: duckdb.DuckDBPyConnection, watcher: Watcher, version: str) -> None:
    """The keys of a version that has none yet."""
    if connection.execute("SELECT 1 FROM watchlist_keys WHERE version = ? LIMIT 1", [version]).fetchall():
        return
    entries = connection.execute("SELECT id, name, aliases, weak, kind FROM watchlist_entries WHERE version = ?", [version]).fetchall()
    for first in range(0, len(entries), BATCH):
        rows = [
            (version, entry, key)
            for entry, name, aliases, weak, kind in entries[first : first + BATCH]
            for key in sorted({key for each in (name, *aliases, *weak) for key in watcher.keys(each, kind, listed=True)})
        ]
        insert(connection, "watchlist_keys", rows)


def _look_up(connection: duckdb.DuckDBPyConnection, watcher: Watcher) -> None:
    """Find the candidates of the actors that are new or changed, and forget those of actors that are no more."""
    connection.execute(NEW_ACTORS)
    fresh = connection.execute("SELECT DISTINCT actor, mark, name, kind, aliases FROM unwatched ORDER BY ALL").fetchall()
    actors = {actor: (actor, (name, *aliases), kind) for actor, _, name, kind, aliases in fresh}
    marks = {actor: mark for actor, mark, *_ in fresh}
    wanted = [
        (actor, key)
        for actor, names, kind in actors.values()
        for key in sorted({key for name in watcher.telling(names, kind) for key in watcher.keys(name, kind)})
    ]
    pairs = connection.execute(LOOKED_UP, [[actor for actor, _ in wanted], [key for _, key in wanted]]).fetchall()
    rows = []
    for actor, version, entry, name, aliases, weak, kind in pairs:
        found = watcher.candidate(actors[actor], (version, entry), ((name, *aliases), weak, kind))
        if found:
            rows.append((actor, marks[actor], version, entry, found.score, found.reason))
    insert(connection, "watch_candidates", rows)
    connection.execute("INSERT INTO watched_actors SELECT actor, mark, version FROM unwatched")
    connection.execute("DROP TABLE unwatched")


def _decide(connection: duckdb.DuckDBPyConnection, watcher: Watcher, lists: Mapping[str, str], judgements: Sequence[Judgement]) -> None:
    rows = connection.execute(
        "SELECT c.actor, w.name, c.entry, c.score, c.reason FROM watch_candidates AS c JOIN standing_watchlists AS w USING (version)"
    ).fetchall()
    judged = _judged(connection, judgements)
    candidates = {(a, w, e): Candidate(actor=a, watchlist=w, entry=e, score=score, reason=reason) for a, w, e, score, reason in rows}
    for (actor, watchlist, entry), judgement in judged.items():
        if judgement.kind == "listed" and watchlist in lists:
            said = Candidate(actor=actor, watchlist=watchlist, entry=entry, score=1.0, reason="a person said so")
            candidates.setdefault((actor, watchlist, entry), said)
    connection.execute("DELETE FROM listings")
    insert(
        connection,
        "listings",
        [
            (one.actor, one.watchlist, lists[one.watchlist], one.entry, one.score, one.reason, listing.standing, listing.by)
            for listing in watcher.decide(candidates.values(), judged)
            for one in [listing.candidate]
        ],
    )


def _judged(connection: duckdb.DuckDBPyConnection, judgements: Sequence[Judgement]) -> dict[tuple[str, str, str], Judgement]:
    """The standing judgements on (actor, list, entry): a judgement speaks of whichever actors bear its name now."""
    held = [j for (about, _), j in standing(judgements).items() if about == "listed" and len(j.subjects) == 3]
    bearers = bearers_of(connection, [judgement.subjects[0] for judgement in held])
    found: dict[tuple[str, str, str], Judgement] = {}
    for judgement in sorted(held, key=lambda j: j.at):
        for actor in bearers[judgement.subjects[0]]:
            found[actor, judgement.subjects[1], judgement.subjects[2]] = judgement
    return found


def bearers_of(connection: duckdb.DuckDBPyConnection, subjects: Iterable[str]) -> Mapping[str, list[str]]:
    """The ids of the actors that bear each name, or a name in one document ("name @ document-id")."""
    found: dict[str, list[str]] = defaultdict(list)
    wanted = sorted(set(subjects))
    sql = """
        SELECT DISTINCT wanted.subject, member.actor
        FROM (SELECT unnest(?::VARCHAR[]) AS subject) AS wanted
        JOIN actor_members AS member
          ON member.name = wanted.subject OR member.name || ' @ ' || member.document = wanted.subject
        UNION
        SELECT wanted.subject, actors.id FROM (SELECT unnest(?::VARCHAR[]) AS subject) AS wanted JOIN actors ON actors.name = wanted.subject
        ORDER BY ALL
    """
    for subject, actor in connection.execute(sql, [wanted, wanted]).fetchall() if wanted else []:
        found[subject].append(actor)
    return found


def listings(connection: duckdb.DuckDBPyConnection) -> list[ListedAs]:
    """Which actors are on which lists, and which may be."""
    rows = connection.execute(
        "SELECT l.actor, l.watchlist, l.entry, coalesce(e.name, ''), coalesce(e.ids, []), l.score, l.reason, l.standing, l.judged_by "
        "FROM listings AS l LEFT JOIN watchlist_entries AS e ON e.version = l.version AND e.id = l.entry ORDER BY ALL"
    ).fetchall()
    return [
        ListedAs(actor=a, watchlist=w, entry=e, name=name, ids=tuple(ids), score=score, reason=reason, standing=stands, by=by)
        for a, w, e, name, ids, score, reason, stands, by in rows
    ]


def known_watchlists(connection: duckdb.DuckDBPyConnection) -> list[KnownWatchlist]:
    """The lists that stand, by name."""
    rows = connection.execute(
        "SELECT w.name, w.version, w.source, w.changed_by, w.recorded, "
        "(SELECT count(*) FROM watchlist_entries AS e WHERE e.version = w.version), "
        "(SELECT count(*) FROM listings AS l WHERE l.watchlist = w.name AND l.standing = 'listed'), "
        "(SELECT count(*) FROM listings AS l WHERE l.watchlist = w.name AND l.standing = 'doubt') "
        "FROM standing_watchlists AS w ORDER BY w.name"
    ).fetchall()
    fields = KnownWatchlist.__slots__
    return [KnownWatchlist(**dict(zip(fields, row, strict=True))) for row in rows]
