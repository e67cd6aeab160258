"""The corridor: the only place that wires the rooms together. Documents go in at one end, ties come out of the ledger at the other."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frenemy.errors import DocumentError, FalseQuote, NotALedger, NotRead
from frenemy.ledger import Ledger, check_reading
from frenemy.ledger.watching import Watcher
from frenemy.model import Chain, Company, Document, Judgement, Lead, NameKey, Reading, Resolution, Settled, Watchlist

if TYPE_CHECKING:
    from frenemy.reading import Reader

BATCH = 16
"""Documents a transaction."""
LONGEST = 5_000_000
"""Characters of a document, some 1,500 pages: a dump of many articles in one file would lose their dates and mix up their actors."""


@dataclass(slots=True, kw_only=True)
class Summary:
    """How a read went; also what is told while it goes on."""

    read: int = 0
    known: int = 0
    ties: int = 0
    seconds: float = 0.0
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """Documents that came by, whatever became of them."""
        return self.read + self.known + len(self.failed)


Progress = Callable[[Summary], None]


def read_into(
    ledger: Ledger,
    docs: Iterable[Document | DocumentError],
    *,
    reader: Reader | None = None,
    progress: Progress | None = None,
    min_confidence: float = 0.0,
) -> Summary:
    """Read documents into a ledger, a batch a transaction; a broken document is noted and the rest still read.

    Documents that the ledger knows are not read again, so a read that was cut off goes on where it stopped. Ties below `min_confidence`
    are dropped.
    """
    summary, began = Summary(), time.monotonic()
    report = progress or (lambda _: None)
    stream = iter(docs)
    while batch := list(islice(stream, BATCH)):
        good = [item for item in batch if isinstance(item, Document) and not _unfit(item)]
        summary.failed += [_failure(item) for item in batch if item not in good]
        fresh = {doc.id: doc for doc in good}
        for known in ledger.known(fresh):
            del fresh[known]
        summary.known += len(good) - len(fresh)
        if fresh:
            reader = reader or _default_reader()
            _read_batch(ledger, _readings(reader, list(fresh.values()), summary), summary, min_confidence)
        summary.seconds = time.monotonic() - began
        report(summary)
    ledger.refresh()
    summary.seconds = time.monotonic() - began
    report(summary)
    return summary


def _unfit(doc: Document) -> str:
    """Why a document cannot be read as one, empty where it can."""
    if len(doc.text) > LONGEST:
        return f"is {len(doc.text):,} characters long, more than the {LONGEST:,} that are read as one document; split it into its articles"
    try:
        doc.text.encode("utf-8")
    except UnicodeEncodeError:
        return "its text holds half characters (lone surrogates), so it is not Unicode"
    return ""


def _failure(item: Document | DocumentError) -> tuple[str, str]:
    return (item.source, item.reason) if isinstance(item, DocumentError) else (item.name, _unfit(item))


def _readings(reader: Reader, docs: Sequence[Document], summary: Summary) -> Iterator[Reading]:
    """What a reader makes of the documents; those it fails on are noted."""
    readings, missing = iter(reader.read(docs)), {doc.id: doc.name for doc in docs}
    while True:
        try:
            reading = next(readings)
        except StopIteration:
            break
        except NotRead as error:
            summary.failed.append((error.source, error.reason))
            missing.pop(error.document, None)
        else:
            missing.pop(reading.document.id, None)
            yield reading
    summary.failed += [(name, "the reader gave nothing for it") for name in missing.values()]


def _read_batch(ledger: Ledger, readings: Iterable[Reading], summary: Summary, min_confidence: float) -> None:
    """Check readings and add them; what was read before an interruption is kept, since it may have been paid for."""
    sound: list[Reading] = []
    try:
        for reading in readings:
            try:
                check_reading(reading)
            except FalseQuote as error:
                summary.failed.append((reading.document.name, str(error)))
            else:
                sound.append(replace(reading, ties=tuple(tie for tie in reading.ties if tie.confidence >= min_confidence)))
    finally:
        summary.read += ledger.add(*sound)
        summary.ties += sum(len(reading.ties) for reading in sound)


def _default_reader() -> Reader:
    from frenemy.reading import default_reader

    return default_reader()


class Rules:
    """`frenemy.actors` as the ledger wants it. The rules load only when there is something to resolve."""

    def keys(self, name: str, kind: str, also: Sequence[str], described: bool) -> Sequence[NameKey]:
        """What the name has in common with others."""
        from frenemy.actors import name_keys

        return name_keys(name, kind, also, described=described)

    def lead_handles(self, led: str) -> Sequence[str]:
        """What roles may call who leads `led`."""
        from frenemy.actors import lead_handles

        return lead_handles(led)

    def subject_key(self, subject: str) -> str:
        """The bond of the names that a subject of a judgement speaks of."""
        from frenemy.actors import subject_key

        return subject_key(subject)

    def decide(
        self, chains: Iterable[Chain], judgements: Sequence[Judgement], settled: Sequence[Settled], company: Company, leads: Sequence[Lead]
    ) -> Resolution:
        """Who is who."""
        from frenemy.actors import decide

        return decide(chains, judgements, settled=settled, company=company, leads=leads)


def watcher() -> Watcher:
    """The rules that match actors to watchlists, loaded when there is something to match."""
    from frenemy.actors import watching

    return watching


def login_name() -> str:
    """Who is at the keyboard, as judgements name them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class OpenLedger(Ledger):
    """A ledger with a reader and a resolver at hand: what `frenemy.open` gives."""

    def read(
        self,
        *sources: str | Path,
        reader: Reader | None = None,
        progress: Progress | None = None,
        any_language: bool = False,
        min_confidence: float = 0.0,
        said: Mapping[str, Any] | None = None,
    ) -> Summary:
        """Read files, folders or patterns into the ledger. `said` holds what you know better than the documents: `title`, `published`,
        `publisher`, `author`, `language`, `url`.
        """
        from frenemy.documents import Overrides, load

        docs = load(sources, overrides=Overrides(**(said or {})), any_language=any_language)
        return read_into(self, docs, reader=reader, progress=progress, min_confidence=min_confidence)

    def watch(self, path: str | Path, *, name: str | None = None, by: str | None = None) -> tuple[Watchlist, bool]:
        """Add the watchlist of a file under `name`, or the file's own; also whether it is new. A bad file adds nothing.

        The file holds FollowTheMoney entities (an OpenSanctions export, too), or names, aliases, kinds and ids as CSV, YAML or JSON lines.
        """
        from frenemy.actors.watchlists import load_watchlist

        watchlist = load_watchlist(path, name=name)
        return watchlist, self.add_watchlist(watchlist, by=by or login_name())


def open_ledger(path: str | Path = "frenemy.duckdb", *, read_only: bool = False, must_exist: bool = False) -> OpenLedger:
    """Open the ledger at `path`, or make it unless it `must_exist`."""
    if must_exist and not Path(path).exists():
        raise NotALedger(f"There is no ledger at {path}. Make one with `frenemy read SOURCE... --ledger {path}`.")
    return OpenLedger(path, resolver=Rules(), watcher=watcher, read_only=read_only)


def read_document(doc: Document, *, reader: Reader | None = None) -> Reading:
    """What a reader finds in one document."""
    return next(iter((reader or _default_reader()).read([doc])))
