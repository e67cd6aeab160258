"""A round of a watch: collect, read, ring, deliver."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from frenemy.analysis.alarms import Alarm, Rule
from frenemy.documents.feeds import Fetcher, Patience
from frenemy.errors import LedgerLocked
from frenemy.pipeline.newswatch.collecting import MOST_TRIES, Collector, is_address, trusted_hosts
from frenemy.pipeline.newswatch.ringing import Bell, begin, deliver, ring
from frenemy.pipeline.newswatch.state import State
from frenemy.pipeline.opened import OpenLedger, open_ledger
from frenemy.pipeline.reading import read_into

if TYPE_CHECKING:
    from frenemy.reading import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is watched, by which rules, and where it rings.

    `most` is how many new entries of a source are read in a round; the rest follow in later ones.
    """

    ledger: Path
    sources: Sequence[str]
    rules: Sequence[Rule]
    bells: Sequence[Bell]
    reader: Reader | None = None
    most: int = 200
    any_language: bool = False
    patience: Patience = field(default_factory=Patience)


@dataclass(slots=True, kw_only=True)
class Round:
    """How a round went. `waiting` counts alarms that are still to be delivered."""

    read: int = 0
    ties: int = 0
    alarms: list[Alarm] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    waiting: int = 0
    seconds: float = 0.0


def watch_once(watch: Watch, state: State, *, pause: Callable[[float], object] = time.sleep) -> Round:
    """One round. Whatever fails is noted in the round and tried again in the next; nothing is lost or told twice when it is cut off.

    The ledger is open only while it is read into, so that others can ask it in between.
    """
    done, began = Round(), time.monotonic()
    _collect(watch, state, done, pause)
    try:
        with open_ledger(watch.ledger) as ledger:
            begin(ledger, watch.rules, state)
            _read(watch, ledger, state, done)
            done.alarms = ring(ledger, watch.rules, state, [bell.name for bell in watch.bells])
    except LedgerLocked as error:
        done.failures.append((str(watch.ledger), f"{error} What was fetched is kept for the next round."))
    done.failures += deliver(state, {bell.name: bell for bell in watch.bells})
    done.waiting = state.undelivered(bell.name for bell in watch.bells)
    done.seconds = time.monotonic() - began
    return done


def _collect(watch: Watch, state: State, done: Round, pause: Callable[[float], object]) -> None:
    fetcher = None
    if any(is_address(source) or Path(source).is_file() for source in watch.sources):
        fetcher = Fetcher(trusted=trusted_hosts(watch.sources), patience=watch.patience, pause=pause)
    collector = Collector(state, fetcher, most=watch.most, any_language=watch.any_language)
    try:
        collector.collect(watch.sources)
    finally:
        done.failures += collector.failures
        if fetcher is not None:
            fetcher.close()


def _read(watch: Watch, ledger: OpenLedger, state: State, done: Round) -> None:
    """What was collected into the ledger; a document that the reader fails on is tried in later rounds, too."""
    documents = state.spooled()
    if not documents:
        return
    summary = read_into(ledger, documents, reader=watch.reader)
    done.read, done.ties = summary.read, summary.ties
    done.failures += summary.failed
    stored = ledger.known(document.id for document in documents)
    missing = [document.id for document in documents if document.id not in stored]
    state.settle(stored, missing, most=MOST_TRIES)
