"""Documents through a reader into a ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from frenemy.errors import DocumentError, FalseQuote, NotRead
from frenemy.ledger import Ledger, check_reading
from frenemy.model import Document, Reading

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


def read_document(doc: Document, *, reader: Reader | None = None) -> Reading:
    """What a reader finds in one document."""
    return next(iter((reader or _default_reader()).read([doc])))
