"""The ledger behind the server: opened only while it is asked, and what takes long worked out once for each state of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from threading import TIMEOUT_MAX, Lock, RLock
from typing import Any, TypeVar

from frenemy.errors import FrenemyError
from frenemy.pipeline import OpenLedger, open_ledger

T = TypeVar("T")

PATIENCE = 0.2
"""Seconds that an answer waits for what is still being worked out, before it says so."""
FOREVER = TIMEOUT_MAX
WORKERS = 32
"""More than parts that can wait for each other."""


class Preparing(FrenemyError):
    """What was asked for is being worked out; ask again in a moment."""


class Keeper:
    """Hands out the ledger, one asker at a time, and keeps what was worked out until the file changes.

    Between two questions the file is closed, so that others may read it and write to it meanwhile.
    """

    def __init__(self, path: Path, *, by: str) -> None:
        self.path = path
        self.by = by
        self._ledger_lock, self._parts_lock = RLock(), Lock()
        self._workers = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="frenemy")
        self._parts: dict[tuple[str, Any], Future[Any]] = {}
        self._state = ""
        with self.ledger(patience=FOREVER) as ledger:
            ledger.refresh()

    @contextmanager
    def ledger(self, *, write: bool = False, patience: float = PATIENCE) -> Iterator[OpenLedger]:
        """The ledger, open for questions, or for one answer that is written; `Preparing` while another asker needs it for long."""
        if not self._ledger_lock.acquire(timeout=patience):
            raise Preparing("Reading the ledger.")
        try:
            with open_ledger(self.path, read_only=not write, must_exist=True) as ledger:
                yield ledger
        finally:
            self._ledger_lock.release()

    def state(self) -> str:
        """A mark of the file as it is; another one whenever it was written."""
        marks = []
        for path in (self.path, self.path.with_name(self.path.name + ".wal")):
            try:
                seen = path.stat()
            except FileNotFoundError:
                continue
            marks.append(f"{seen.st_mtime_ns:x}.{seen.st_size:x}")
        return "-".join(marks)

    def part(self, name: str, work: Callable[[], T], key: Any = None, *, patience: float = PATIENCE) -> T:
        """What `work` gives, worked out once for each state of the ledger; `Preparing` while that takes longer than an answer may.

        Work that needs another part waits for it with the patience `FOREVER`.
        """
        future = self._future(name, work, key)
        done, _ = wait([future], timeout=patience)
        if not done:
            raise Preparing(f"Working out {name}.")
        result: T = future.result()
        return result

    def _future(self, name: str, work: Callable[[], T], key: Any) -> Future[Any]:
        with self._parts_lock:
            state = self.state()
            if state != self._state:
                self._parts.clear()
                self._state = state
            future = self._parts.get((name, key))
            if future is None or (future.done() and future.exception() is not None):
                future = self._parts[name, key] = self._workers.submit(work)
            return future

    def close(self) -> None:
        """Stop working."""
        self._workers.shutdown(wait=False, cancel_futures=True)
