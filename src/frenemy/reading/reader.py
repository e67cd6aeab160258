"""frenemy's own reader: documents to mentions, ties and figures, by the shipped network."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from frenemy.model import Document, Mention, Quote, Reading, Tie
from frenemy.reading.chains import Chain, resolve
from frenemy.reading.dates import Moment, moments, nearest
from frenemy.reading.figures import figures
from frenemy.reading.mentions import SPEAKER, Spot
from frenemy.reading.network import Network
from frenemy.reading.passages import Passage, Span, read_passages
from frenemy.reading.sentences import chunks
from frenemy.reading.speech import says, speaker_at, speeches
from frenemy.reading.verdicts import Verdict, verdicts

LONGEST_PASSAGE = 420  # characters
LONGEST_QUOTE = 240


@dataclass(slots=True)
class _Open:
    """A document whose passages are on their way."""

    doc: Document
    starts: list[int]
    done: list[Passage]


class NeuralReader:
    """Reads with the shipped network, or with one in `folder`; `threshold` is the probability from which a pair counts as tied."""

    def __init__(self, folder: str | None = None, *, threshold: float | None = None, threads: int | None = None) -> None:
        self.network = Network(folder, threads)
        self.threshold = self.network.classes["threshold"] if threshold is None else threshold
        self.name = f"frenemy-{self.network.classes.get('version', '0')}"

    def read(self, docs: Iterable[Document]) -> Iterator[Reading]:
        """One reading a document, in order; passages of neighbouring documents share batches."""
        waiting: deque[_Open] = deque()

        def passages() -> Iterator[Passage]:
            for doc in docs:
                runs = list(chunks(doc.text, LONGEST_PASSAGE))
                waiting.append(_Open(doc, [run[0][0] for run in runs], []))
                for run in runs:
                    low = run[0][0]
                    yield Passage(text=doc.text[low : run[-1][1]], sentences=[(a - low, b - low) for a, b in run])

        for passage in read_passages(self.network, passages(), self.threshold):
            while len(waiting[0].done) == len(waiting[0].starts):
                yield self._finish(waiting.popleft())
            waiting[0].done.append(passage)
        while waiting:
            yield self._finish(waiting.popleft())

    def _finish(self, opened: _Open) -> Reading:
        return Assembly(opened.doc, opened.starts, opened.done, self.name).reading()


class Assembly:
    """One document put together from its read passages."""

    def __init__(self, doc: Document, starts: Sequence[int], passages: Sequence[Passage], reader: str) -> None:
        self.doc, self.reader = doc, reader
        self.spots: list[Spot] = []
        self.same: dict[tuple[int, int], float] = {}
        self.ties: list[tuple[int, int, Verdict, Span]] = []
        self.sentences: list[Span] = []
        for start, passage in zip(starts, passages, strict=True):
            self.sentences += [(a + start, b + start) for a, b in passage.sentences]
            first = len(self.spots)
            self.spots += [replace(m, start=m.start + start, end=m.end + start) for m in passage.mentions]
            self.same |= {(i + first, j + first): p for (i, j), p in passage.same.items()}
            for (i, j), found in passage.ties.items():
                low, high = next(s for s in passage.sentences if s[0] <= passage.mentions[i].start < s[1])
                self.ties += [(i + first, j + first, verdict, (low + start, high + start)) for verdict in found]
        self.chains: dict[int, Chain] = resolve(self.spots, doc.text, self.same)
        self.speeches = speeches(doc.text, self.sentences, self.spots, self.chains)
        for i, spot in enumerate(self.spots):
            if spot.text.lower() in SPEAKER and (speaker := speaker_at(spot.start, self.speeches)):
                self.chains[i] = speaker

    def reading(self) -> Reading:
        """Mentions, ties and figures, the same tie of one sentence told once."""
        mentions = {i: self._mention(i) for i in sorted(self.chains)}
        best: dict[tuple[object, ...], Tie] = {}
        moments_of: dict[Span, list[Moment]] = {}
        for i, j, verdict, sentence in self.ties:
            if i not in mentions or j not in mentions or self.chains[i] is self.chains[j] or mentions[i].name == mentions[j].name:
                continue
            if sentence not in moments_of:
                moments_of[sentence] = list(moments(self.doc.text[slice(*sentence)], self.doc.published))
            tie = self._tie(i, j, verdict, sentence, mentions, moments_of[sentence])
            ends = frozenset((tie.source.name, tie.target.name)) if tie.mutual else (tie.source.name, tie.target.name)
            key = (ends, tie.type, sentence)
            if key not in best or best[key].confidence < tie.confidence:
                best[key] = tie
        return Reading(
            document=self.doc,
            mentions=tuple(mentions.values()),
            ties=tuple(sorted(best.values(), key=lambda t: (t.quote.start, t.quote.end))),
            figures=tuple(replace(f, reader=self.reader) for f in figures(self.doc, self.sentences, tuple(mentions.values()))),
        )

    def _mention(self, i: int) -> Mention:
        spot, chain = self.spots[i], self.chains[i]
        return Mention(
            document=self.doc.id, start=spot.start, end=spot.end, text=spot.text, name=chain.name, kind=chain.kind, form=spot.form
        )

    def _tie(self, i: int, j: int, verdict: Verdict, sentence: Span, mentions: dict[int, Mention], times: Sequence[Moment]) -> Tie:
        p, q = mentions[i], mentions[j]
        source, target = (q, p) if verdict.direction == "q>p" else (p, q)
        low, high = quote_span(self.doc.text, sentence, p.start, max(p.end, q.end))
        voice = {"author": "author", "p": p.name, "q": q.name}.get(verdict.voice) or self._speaker(i, j, sentence)
        return Tie(
            source=source,
            target=target,
            type=verdict.type,
            polarity=verdict.polarity,
            status=verdict.status,
            mutual=verdict.direction == "mutual",
            voice=voice,
            when=nearest(times, low - sentence[0], high - sentence[0]),
            confidence=verdict.confidence,
            reader=self.reader,
            quote=Quote(document=self.doc.id, start=low, end=high, text=self.doc.text[low:high]),
        )

    def _speaker(self, i: int, j: int, sentence: Span) -> str:
        """The third actor on whose word the tie stands: who is quoted there, else who stands by a verb of saying, else "other"."""
        quoted = speaker_at(self.spots[j].start, self.speeches)
        if quoted is not None and quoted not in (self.chains[i], self.chains[j]):
            return quoted.name
        for k in range(
            bisect_left(self.spots, sentence[0], key=lambda s: s.start), bisect_left(self.spots, sentence[1], key=lambda s: s.start)
        ):
            chain, spot = self.chains.get(k), self.spots[k]
            if chain is not None and chain not in (self.chains[i], self.chains[j]) and says(self.doc.text, spot.start, spot.end):
                return chain.name
        return "other"


def quote_span(text: str, sentence: Span, first: int, last: int) -> Span:
    """The sentence, or where it is long the clauses from the first mention to the last.

    >>> quote_span("Ann met Bo.", (0, 11), 0, 10)
    (0, 11)
    """
    low, high = sentence
    if high - low <= LONGEST_QUOTE:
        return low, high
    breaks = [low, *(low + m.end() for m in re.finditer(r"[,;:—–]\s|\s[-—–]\s|[”\"]\s", text[low:high])), high]
    start = max((b for b in breaks if b <= first), default=low)
    end = min((b for b in breaks if b >= last), default=high)
    if end - start < 60 and end < high:
        end = min((b for b in breaks if b > end), default=high)
    while end > start and text[end - 1] in " ,;:—–-":
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


@cache
def default_reader() -> NeuralReader:
    """The shipped reader, loaded once."""
    return NeuralReader()


def read_pairs(items: Iterable[tuple[str, Span, Span]], *, reader: NeuralReader | None = None) -> list[list[Verdict]]:
    """Ties between two given mentions of each text, most prominent first, an empty list for none.

    Each item is `(text, (p_start, p_end), (q_start, q_end))`, offsets in characters; a span that cuts a word is widened.
    Raises `ValueError` for a span outside its text. `direction` and `voice` speak of p and q as they were given.
    """
    reader = reader or default_reader()
    rows = [(text, _widen(text, p), _widen(text, q)) for text, p, q in items]
    out: list[list[Verdict]] = [[] for _ in rows]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    for low in range(0, len(order), 32):
        group = order[low : low + 32]
        encoded = reader.network.encode([rows[i][0] for i in group])
        asked = [[(min(rows[i][1:]), max(rows[i][1:]))] for i in group]
        for i, (score,) in zip(group, reader.network.score(encoded, asked), strict=True):
            if score is not None and rows[i][1] != rows[i][2]:
                found = verdicts(score, reader.network.classes, None)
                out[i] = [v.turned() for v in found] if rows[i][1] > rows[i][2] else found
    return out


def _widen(text: str, span: Span) -> Span:
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the span {span} does not lie inside the text of {len(text)} characters")
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
