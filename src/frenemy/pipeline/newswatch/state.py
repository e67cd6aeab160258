"""What a watch remembers between its rounds: a small SQLite file beside the ledger. Each step is one transaction, so that a watch that is
stopped at any moment goes on where it was: nothing is lost, nothing is fetched or told twice.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from frenemy.analysis.alarms import NEARBY, Alarm, Rule
from frenemy.documents.feeds import Validators
from frenemy.errors import LedgerError
from frenemy.model import Document

SCHEMA = """
-- A source that was fetched: what asks for newer versions only, further sources it lists, and when it may be asked again.
CREATE TABLE IF NOT EXISTS sources (
    source TEXT PRIMARY KEY, etag TEXT, modified TEXT, title TEXT, more TEXT NOT NULL DEFAULT '[]', not_before REAL NOT NULL DEFAULT 0
);
-- Entries and files that are done with: read, or given up for a reason.
CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, outcome TEXT NOT NULL);
-- Entries that could not be had so far, and how often that was tried.
CREATE TABLE IF NOT EXISTS tries (key TEXT PRIMARY KEY, count INTEGER NOT NULL);
-- Documents on their way into the ledger.
CREATE TABLE IF NOT EXISTS spool (id TEXT PRIMARY KEY, document TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0);
-- Rules whose alarms from before the watch are known.
CREATE TABLE IF NOT EXISTS rules (id TEXT PRIMARY KEY);
-- What the ledger held when the rules were last asked of it.
CREATE TABLE IF NOT EXISTS asked (mark TEXT NOT NULL);
-- By what an alarm that rang is known again.
CREATE TABLE IF NOT EXISTS rung (rule TEXT, key TEXT, day INTEGER, PRIMARY KEY (rule, key, day));
-- Alarms to be delivered, once for each bell; kept when they were.
CREATE TABLE IF NOT EXISTS outbox (
    alarm TEXT, bell TEXT, line TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, not_before REAL NOT NULL DEFAULT 0,
    delivered REAL, PRIMARY KEY (alarm, bell)
);
"""
VERSION = 1
NO_DAY = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSource:
    """What is known of a source from the last time."""

    validators: Validators
    title: str | None
    more: tuple[str, ...]
    not_before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An alarm that waits for a bell."""

    alarm: str
    bell: str
    line: dict[str, Any]
    tries: int


class State:
    """The state of one watch, open; a second watch on the same file is refused. Use it in a `with` block."""

    def __init__(self, path: str | Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path, self._clock = Path(path), clock
        try:
            self._db = sqlite3.connect(self.path, isolation_level=None, timeout=0.2)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("BEGIN EXCLUSIVE")
            [(version,)] = self._db.execute("PRAGMA user_version").fetchall()
            self._db.execute("COMMIT")
            if version not in (0, VERSION):
                raise LedgerError(f"{self.path} is the state of another version of frenemy. Give another file with --state.")
            self._db.executescript(f"{SCHEMA} PRAGMA user_version = {VERSION};")
        except sqlite3.OperationalError as error:
            raise LedgerError(f"{self.path} cannot be used: {error}. Is another watch running on it?") from None
        except sqlite3.DatabaseError:
            raise LedgerError(f"{self.path} is not the state of a watch. Give another file with --state.") from None

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    # --- sources and entries ------------------------------------------------------------------------------------------------------------

    def source(self, source: str) -> KnownSource:
        """What is known of a source."""
        rows = self._db.execute("SELECT etag, modified, title, more, not_before FROM sources WHERE source = ?", [source]).fetchall()
        etag, modified, title, more, not_before = rows[0] if rows else (None, None, None, "[]", 0.0)
        validators = Validators(etag=etag, modified=modified)
        return KnownSource(validators=validators, title=title, more=tuple(json.loads(more)), not_before=not_before)

    def remember(self, source: str, validators: Validators, *, title: str | None, more: Iterable[str]) -> None:
        """That all of a source's version was taken in."""
        self._db.execute(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, 0)",
            [source, validators.etag, validators.modified, title, json.dumps(list(more))],
        )

    def postpone(self, source: str, seconds: float) -> None:
        """That a source is not to be asked for some time."""
        sql = "INSERT INTO sources (source, not_before) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET not_before = excluded.not_before"
        self._db.execute(sql, [source, self._clock() + seconds])

    def rests(self, source: str) -> bool:
        """Whether a source asked not to be asked yet."""
        return self.source(source).not_before > self._clock()

    def seen(self, *keys: str) -> bool:
        """Whether an entry is done with, under any of its keys."""
        return any(self._db.execute("SELECT 1 FROM seen WHERE key = ?", [key]).fetchall() for key in keys)

    def keep(self, keys: Iterable[str], documents: Iterable[Document], *, outcome: str = "read") -> None:
        """That an entry is done with, and what it gave, on its way to the ledger."""
        with self._transaction():
            for document in documents:
                self._db.execute("INSERT OR IGNORE INTO spool (id, document) VALUES (?, ?)", [document.id, _to_json(document)])
            for key in keys:
                self._db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", [key, outcome])
                self._db.execute("DELETE FROM tries WHERE key = ?", [key])

    def tried(self, key: str) -> int:
        """Count a try that gave nothing; how many there were."""
        sql = "INSERT INTO tries VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET count = count + 1 RETURNING count"
        [(count,)] = self._db.execute(sql, [key]).fetchall()
        return int(count)

    # --- documents on their way ---------------------------------------------------------------------------------------------------------

    def spooled(self) -> list[Document]:
        """The documents that the ledger does not have yet, in the order they came."""
        return [_from_json(text) for (text,) in self._db.execute("SELECT document FROM spool ORDER BY rowid").fetchall()]

    def settle(self, stored: Iterable[str], missing: Iterable[str], *, most: int) -> list[str]:
        """That the ledger has some of them; the others are tried again, `most` times at all. Those given up, by id."""
        with self._transaction():
            self._db.executemany("DELETE FROM spool WHERE id = ?", [(one,) for one in stored])
            self._db.executemany("UPDATE spool SET tries = tries + 1 WHERE id = ?", [(one,) for one in missing])
            given_up = [row[0] for row in self._db.execute("SELECT id FROM spool WHERE tries >= ?", [most]).fetchall()]
            self._db.execute("DELETE FROM spool WHERE tries >= ?", [most])
        return given_up

    # --- alarms -------------------------------------------------------------------------------------------------------------------------

    def has_rule(self, rule: Rule) -> bool:
        """Whether a rule's alarms from before are known."""
        return bool(self._db.execute("SELECT 1 FROM rules WHERE id = ?", [rule.id]).fetchall())

    def begin(self, rule: Rule, alarms: Iterable[Alarm]) -> None:
        """Take a rule up: what it would ring on now was there before the watch, and does not ring."""
        with self._transaction():
            for alarm in alarms:
                self._note(alarm)
            self._db.execute("INSERT OR IGNORE INTO rules VALUES (?)", [rule.id])

    def ring(self, alarms: Iterable[Alarm], bells: Iterable[str]) -> list[Alarm]:
        """Put the alarms that are new into the outbox, for each bell; returns them. Known ones learn their new keys."""
        new = []
        names = tuple(bells)
        with self._transaction():
            for alarm in alarms:
                known = self._known(alarm)
                self._note(alarm)
                if not known:
                    new.append(alarm)
                    line = json.dumps(alarm.as_line())
                    rows = [(alarm.id, bell, line) for bell in names]
                    self._db.executemany("INSERT OR IGNORE INTO outbox (alarm, bell, line) VALUES (?, ?, ?)", rows)
        return new

    def asked(self) -> str:
        """The mark of the ledger and the rules when they were last asked."""
        return next((mark for (mark,) in self._db.execute("SELECT mark FROM asked").fetchall()), "")

    def have_asked(self, mark: str) -> None:
        """That the rules were asked of what the ledger holds now."""
        with self._transaction():
            self._db.execute("DELETE FROM asked")
            self._db.execute("INSERT INTO asked VALUES (?)", [mark])

    def _known(self, alarm: Alarm) -> bool:
        day = alarm.at.toordinal() if alarm.at else NO_DAY
        sql = "SELECT 1 FROM rung WHERE rule = ? AND key = ? AND abs(day - ?) <= ?"
        return any(self._db.execute(sql, [alarm.rule.id, key, day, NEARBY]).fetchall() for key in alarm.keys)

    def _note(self, alarm: Alarm) -> None:
        day = alarm.at.toordinal() if alarm.at else NO_DAY
        self._db.executemany("INSERT OR IGNORE INTO rung VALUES (?, ?, ?)", [(alarm.rule.id, key, day) for key in alarm.keys])

    def waiting(self) -> list[Waiting]:
        """The alarms that are to be delivered now, oldest first."""
        sql = "SELECT alarm, bell, line, tries FROM outbox WHERE delivered IS NULL AND not_before <= ? ORDER BY rowid"
        rows = self._db.execute(sql, [self._clock()]).fetchall()
        return [Waiting(alarm=alarm, bell=bell, line=json.loads(line), tries=tries) for alarm, bell, line, tries in rows]

    def undelivered(self, bells: Iterable[str]) -> int:
        """How many alarms wait for one of some bells."""
        sql = "SELECT count(*) FROM outbox WHERE delivered IS NULL AND bell = ?"
        return sum(int(self._db.execute(sql, [bell]).fetchall()[0][0]) for bell in set(bells))

    def delivered(self, one: Waiting) -> None:
        """That a bell has taken an alarm, or wants none."""
        self._db.execute("UPDATE outbox SET delivered = ? WHERE alarm = ? AND bell = ?", [self._clock(), one.alarm, one.bell])

    def put_off(self, one: Waiting, seconds: float) -> None:
        """That a bell is to be tried again later."""
        sql = "UPDATE outbox SET tries = tries + 1, not_before = ? WHERE alarm = ? AND bell = ?"
        self._db.execute(sql, [self._clock() + seconds, one.alarm, one.bell])


def _to_json(document: Document) -> str:
    """A document as JSON; dates as ISO 8601."""
    return json.dumps(asdict(document), default=lambda value: value.isoformat())


def _from_json(text: str) -> Document:
    values = json.loads(text)
    values["published"] = date.fromisoformat(values["published"]) if values["published"] else None
    values["retrieved"] = datetime.fromisoformat(values["retrieved"]) if values["retrieved"] else None
    return Document(**values)
