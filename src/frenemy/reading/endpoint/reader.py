"""The endpoint reader: passages out, offers in, and of them only what stands in the document."""

from __future__ import annotations

import re
import threading
import weakref
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from frenemy.errors import EndpointError, EndpointNonsense, NotRead
from frenemy.model import Document, Mention, Quote, Reading, Tie
from frenemy.reading.chains import Chain, name_chains
from frenemy.reading.endpoint.answers import REPAIR, Offer, parse, prompt, question
from frenemy.reading.endpoint.checking import Found, FoundActor, FoundTie, check
from frenemy.reading.endpoint.client import Chat, Pause, connect
from frenemy.reading.endpoint.quotes import Span
from frenemy.reading.endpoint.settings import Endpoint, Usage
from frenemy.reading.mentions import Spot

SHORTEST = 600  # characters of a passage that is not halved any more when the answer about it was cut off


@dataclass(frozen=True, slots=True)
class _Asked:
    """A document whose passages are on their way."""

    doc: Document
    passages: Sequence[Future[list[Found]]]


class EndpointReader:
    """Reads by asking an OpenAI-compatible endpoint; needs the extra `frenemy[endpoint]`.

    What comes back is held against the text: a tie is kept only if its quote and both its actors stand in the passage.
    """

    def __init__(self, endpoint: Endpoint, *, name: str | None = None, pause: Pause | None = None) -> None:
        self.endpoint = endpoint
        self.name = name or f"endpoint:{endpoint.model}"
        self._stop, self._lock, self._usage = threading.Event(), threading.Lock(), Usage()
        http = connect(endpoint)
        weakref.finalize(self, http.close)
        self._chat = Chat(http, endpoint, pause or self._stop.wait)

    @property
    def usage(self) -> Usage:
        """What was asked, spent, kept and turned down so far."""
        with self._lock:
            return self._usage

    def read(self, docs: Iterable[Document]) -> Iterator[Reading]:
        """One reading a document, in order. For one that fails `NotRead` is raised, and the next `next()` goes on after it."""
        self._stop.clear()
        return map(self._finish, self._asked(docs))

    def _asked(self, docs: Iterable[Document]) -> Iterator[_Asked]:
        """Documents in order, a few passages ahead of the one that is waited for."""
        waiting: deque[_Asked] = deque()
        pool = ThreadPoolExecutor(self.endpoint.concurrency, thread_name_prefix="endpoint")
        try:
            for doc in docs:
                spans = passages(doc.text, self.endpoint.passage)
                waiting.append(_Asked(doc, [pool.submit(self._read_passage, doc, span) for span in spans]))
                while waiting and sum(not p.done() for asked in waiting for p in asked.passages) > 2 * self.endpoint.concurrency:
                    yield waiting.popleft()
            while waiting:
                yield waiting.popleft()
        finally:
            pool.shutdown(cancel_futures=True)

    def _finish(self, asked: _Asked) -> Reading:
        """Wait for a document's passages and put them together."""
        try:
            found = [part for passage in asked.passages for part in passage.result()]
        except EndpointError as error:
            raise NotRead(asked.doc.name, str(error), asked.doc.id) from error
        except KeyboardInterrupt:
            self._stop.set()
            raise
        finally:
            for passage in asked.passages:
                passage.cancel()
        reading, usage = assemble(asked.doc, found, self.name)
        self._count(usage)
        return reading

    def _read_passage(self, doc: Document, span: Span) -> list[Found]:
        """What stands in a passage; in its halves where the answer about the whole was cut off."""
        passage = doc.text[slice(*span)]
        offer = self._offer(question(doc, passage))
        if offer is not None:
            return [check(offer, passage, span[0])]
        halves = [(a + span[0], b + span[0]) for a, b in passages(passage, len(passage) // 2 + 1)]
        if len(passage) < SHORTEST or len(halves) < 2:
            limit = f"cut off at {self.endpoint.tokens} tokens"
            raise EndpointNonsense(f"the answer about {len(passage)} characters was {limit}: allow more, or take another model")
        return [part for half in halves for part in self._read_passage(doc, half)]

    def _offer(self, asked: str) -> Offer | None:
        """The model's offer, after one repair if it needs one; None where it was cut off."""
        messages = [{"role": "system", "content": prompt()}, {"role": "user", "content": asked}]
        problem = ""
        for _ in range(2):
            if self._stop.is_set():
                raise EndpointError("stopped")
            answer = self._chat.ask(messages)
            self._count(answer.usage)
            try:
                return parse(answer.text)
            except EndpointNonsense as error:
                problem = str(error)
            if answer.cut:
                return None
            repair = REPAIR.format(problem=problem)
            messages += [{"role": "assistant", "content": answer.text[:20_000]}, {"role": "user", "content": repair}]
        raise EndpointNonsense(f"{self.endpoint.model} does not answer in the form asked for, asked twice: {problem}")

    def _count(self, usage: Usage) -> None:
        with self._lock:
            self._usage += usage


def assemble(doc: Document, found: Sequence[Found], reader: str) -> tuple[Reading, Usage]:
    """One document put together from what stands in its passages: one name an actor, each tie once."""
    doc_id, chains = doc.id, _chains([actor for part in found for actor in part.actors], doc.text)
    mentions: dict[Span, Mention] = {}
    best: dict[tuple[object, ...], tuple[Tie, bool]] = {}
    usage = sum((part.usage for part in found), Usage())
    for part in found:
        for row in part.ties:
            source, target = chains[id(row.source)], chains[id(row.target)]
            if source is target or source.name == target.name:
                usage += Usage(unfit=1)
                continue
            tie = _tie(doc, doc_id, row, chains, reader)
            mentions |= {(m.start, m.end): m for m in (tie.source, tie.target)}
            key = (source.name, target.name, tie.type, tie.polarity, tie.status, tie.quote.start, tie.quote.end)
            if key not in best or best[key][0].confidence < tie.confidence:
                best[key] = (tie, row.place.repaired)
        for actor in part.actors:
            for spot in actor.spots:
                mentions.setdefault((spot.start, spot.end), _mention(doc_id, spot, chains[id(actor)]))
    ties = sorted((tie for tie, _ in best.values()), key=lambda tie: (tie.quote.start, tie.quote.end))
    usage += Usage(kept=len(ties), repaired=sum(repaired for _, repaired in best.values()))
    return Reading(document=doc, mentions=tuple(mentions[span] for span in sorted(mentions)), ties=tuple(ties)), usage


def _chains(actors: Sequence[FoundActor], text: str) -> dict[int, Chain]:
    """The chain of each passage's actor, by its identity: "Musk" of one passage is "Elon Musk" of another."""
    ordered = sorted(actors, key=lambda actor: min((spot.start for spot in actor.spots), default=len(text)))
    firsts = [min((spot.start for spot in actor.spots), default=len(text)) for actor in ordered]
    spots = [
        Spot(start=at, end=at + len(actor.name), text=actor.name, kind=actor.kind, form="name", sure=1.0)
        for at, actor in zip(firsts, ordered, strict=True)
    ]
    chains = name_chains(spots, text)
    return {id(actor): chains[i] for i, actor in enumerate(ordered)}


def _tie(doc: Document, doc_id: str, row: FoundTie, chains: dict[int, Chain], reader: str) -> Tie:
    offered, place = row.offered, row.place
    return Tie(
        source=_mention(doc_id, row.source_spot, chains[id(row.source)]),
        target=_mention(doc_id, row.target_spot, chains[id(row.target)]),
        type=offered.type,
        polarity=offered.polarity,
        status=offered.status,
        mutual=offered.mutual,
        voice=row.voice if isinstance(row.voice, str) else chains[id(row.voice)].name,
        when=offered.when,
        quote=Quote(document=doc_id, start=place.start, end=place.end, text=doc.text[place.start : place.end]),
        confidence=offered.confidence,
        reader=reader,
    )


def _mention(doc_id: str, spot: Spot, chain: Chain) -> Mention:
    return Mention(document=doc_id, start=spot.start, end=spot.end, text=spot.text, name=chain.name, kind=chain.kind, form=spot.form)


def passages(text: str, longest: int) -> Iterator[Span]:
    """The text in stretches of at most `longest` characters, cut after a paragraph, else after a sentence, else at a blank.

    >>> text = "One. Two.\\nThree is long. Four."
    >>> [text[a:b] for a, b in passages(text, 20)]
    ['One. Two.', 'Three is long. Four.']
    """
    at = 0
    while at < len(text):
        end = min(at + longest, len(text))
        if end < len(text):
            end = _cut(text, at + longest // 3, end)
        piece = text[at:end]
        start = at + len(piece) - len(piece.lstrip())
        if piece.strip():
            yield start, at + len(piece.rstrip())
        at = end


def _cut(text: str, low: int, high: int) -> int:
    """The last good place to cut between two offsets."""
    for pattern in (r"\n\s*", r"[.!?][\"'”’)]*\s", r"\s"):
        ends = [match.end() for match in re.finditer(pattern, text[low:high])]
        if ends:
            return low + ends[-1]
    return high
