"""frenemy's own reader: documents to mentions, ties and figures, by the shipped network."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from frenemy.model import Document, Mention, Quote, Reading, Tie
from frenemy.reading.chains import Chain, resolve
from frenemy.reading.couples import meant
from frenemy.reading.dates import Moment, moments, nearest
from frenemy.reading.denials import with_denials
from frenemy.reading.entities.merging import inside
from frenemy.reading.entities.protocol import Entity, MentionFinder
from frenemy.reading.figures import figures
from frenemy.reading.mentions import SPEAKER, Spot
from frenemy.reading.network import Network, PairScores
from frenemy.reading.passages import Passage, Span, coupled, read_passages, sentence_of
from frenemy.reading.sentences import chunks
from frenemy.reading.speech import says, speaker_at, speeches
from frenemy.reading.verdicts import Verdict, verdicts

LONGEST_PASSAGE = 420  # characters
LONGEST_QUOTE = 240
STANCES = ("0", "p>q+", "q>p+", "p>q-", "q>p-")


@dataclass(slots=True)
class _Open:
    """A document whose passages are on their way."""

    doc: Document
    starts: list[int]
    done: list[Passage]


class NeuralReader:
    """Reads with the shipped network, or with one in `folder`; `threshold` is the probability from which a tie counts.

    With a `finder` its entities are the names; pronouns, descriptions, groups, who is meant and all ties are still the network's.
    """

    def __init__(
        self,
        folder: str | None = None,
        *,
        threshold: float | None = None,
        threads: int | None = None,
        finder: MentionFinder | None = None,
    ) -> None:
        self.network = Network(folder, threads)
        self.threshold = self.network.classes["threshold"] if threshold is None else threshold
        self.finder = finder
        self.name = f"frenemy-{self.network.classes.get('version', '0')}" + (f"+{finder.name}" if finder else "")

    def read(self, docs: Iterable[Document]) -> Iterator[Reading]:
        """One reading a document, in order; passages of neighbouring documents share batches."""
        waiting: deque[_Open] = deque()

        def passages() -> Iterator[Passage]:
            for doc, entities in self._with_entities(docs):
                runs = list(chunks(doc.text, LONGEST_PASSAGE))
                waiting.append(_Open(doc, [run[0][0] for run in runs], []))
                for run in runs:
                    low, high = run[0][0], run[-1][1]
                    named = None if entities is None else inside(entities, low, high)
                    yield Passage(text=doc.text[low:high], sentences=[(a - low, b - low) for a, b in run], entities=named)

        for passage in read_passages(self.network, passages(), self.threshold):
            while len(waiting[0].done) == len(waiting[0].starts):
                yield self._finish(waiting.popleft())
            waiting[0].done.append(passage)
        while waiting:
            yield self._finish(waiting.popleft())

    def _with_entities(self, docs: Iterable[Document]) -> Iterator[tuple[Document, Sequence[Entity] | None]]:
        """Documents in order with what the finder found in them; it may run ahead to fill its batches."""
        if self.finder is None:
            yield from ((doc, None) for doc in docs)
            return
        ahead: deque[Document] = deque()

        def texts() -> Iterator[str]:
            for doc in docs:
                ahead.append(doc)
                yield doc.text

        for entities in self.finder.find(texts()):
            yield ahead.popleft(), entities

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
            joined = {(i, j): sentence for i, j, sentence in coupled(passage)}
            for (i, j), found in passage.ties.items():
                low, high = joined.get((i, j)) or sentence_of(passage, i) or (0, len(passage.text))
                told = [v for v in found if (i, j) not in joined or v.direction == "mutual"]  # "the two met", not what one did before
                self.ties += [(i + first, j + first, verdict, (low + start, high + start)) for verdict in told]
        self.chains: dict[int, Chain] = resolve(self.spots, doc.text, self.same)
        self.speeches = speeches(doc.text, self.sentences, self.spots, self.chains)
        self.couples: dict[int, tuple[Chain, ...]] = {}
        for i, spot in enumerate(self.spots):
            if spot.form == "couple":
                self.couples[i] = meant(i, self.spots, self.chains)
            elif spot.text.lower() in SPEAKER and (speaker := speaker_at(spot.start, self.speeches)):
                self.chains[i] = speaker

    def reading(self) -> Reading:
        """Mentions, ties and figures, the same tie of one sentence told once."""
        who = {i: self.couples.get(i) or (self.chains[i],) for i in sorted({*self.chains, *(k for k, two in self.couples.items() if two)})}
        mentions = {i: [self._mention(i, chain) for chain in chains] for i, chains in who.items()}
        best: dict[tuple[object, str, Span], Tie] = {}
        moments_of: dict[Span, list[Moment]] = {}
        for i, j, verdict, sentence in self.ties:
            if sentence not in moments_of:
                moments_of[sentence] = list(moments(self.doc.text[slice(*sentence)], self.doc.published))
            for p, q in itertools.product(mentions.get(i, ()), mentions.get(j, ())):
                if p.name == q.name:
                    continue
                tie = self._tie((i, p), (j, q), verdict, sentence, moments_of[sentence])
                ends = frozenset((tie.source.name, tie.target.name)) if tie.mutual else (tie.source.name, tie.target.name)
                key = (ends, tie.type, sentence)
                if key not in best or best[key].confidence < tie.confidence:
                    best[key] = tie
        told = tuple(mention for i in mentions for mention in mentions[i])
        ties = with_denials(self.doc.text, self.sentences, told, [(tie, sentence) for (*_, sentence), tie in best.items()], self.speeches)
        return Reading(
            document=self.doc,
            mentions=told,
            ties=tuple(sorted(ties, key=lambda t: (t.quote.start, t.quote.end))),
            figures=tuple(replace(f, reader=self.reader) for f in figures(self.doc, self.sentences, told)),
        )

    def _mention(self, i: int, chain: Chain) -> Mention:
        spot = self.spots[i]
        form = "description" if spot.form == "couple" else spot.form
        return Mention(document=self.doc.id, start=spot.start, end=spot.end, text=spot.text, name=chain.name, kind=chain.kind, form=form)

    def _tie(
        self, first: tuple[int, Mention], second: tuple[int, Mention], verdict: Verdict, sentence: Span, times: Sequence[Moment]
    ) -> Tie:
        (i, p), (j, q) = first, second
        source, target = (q, p) if verdict.direction == "q>p" else (p, q)
        low, high = quote_span(self.doc.text, sentence, max(p.start, sentence[0]), min(max(p.end, q.end), sentence[1]))
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
        if quoted is not None and quoted not in (self.chains.get(i), self.chains.get(j)):
            return quoted.name
        for k in range(
            bisect_left(self.spots, sentence[0], key=lambda s: s.start), bisect_left(self.spots, sentence[1], key=lambda s: s.start)
        ):
            chain, spot = self.chains.get(k), self.spots[k]
            if chain is not None and chain not in (self.chains.get(i), self.chains.get(j)) and says(self.doc.text, spot.start, spot.end):
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
    out = []
    for score, turned in _score_pairs(items, reader):
        found = [] if score is None else verdicts(score, reader.network.classes, None)
        out.append([v.turned() for v in found] if turned else found)
    return out


def read_stances(items: Iterable[tuple[str, Span, Span]], *, reader: NeuralReader | None = None) -> list[str]:
    """Friend or foe in one word a pair: "0", "p>q+", "q>p+", "p>q-" or "q>p-", the five classes of Park, Pan and Joo (2021).

    The looser question beside `read_pairs`, which takes the same items: a sentence can be warm or cold without naming a tie.
    """
    turn = {"p>q+": "q>p+", "q>p+": "p>q+", "p>q-": "q>p-", "q>p-": "p>q-"}
    out = []
    for score, turned in _score_pairs(items, reader or default_reader()):
        stance = "0" if score is None else STANCES[int(score.stance.argmax())]
        out.append(turn.get(stance, stance) if turned else stance)
    return out


def _score_pairs(items: Iterable[tuple[str, Span, Span]], reader: NeuralReader) -> list[tuple[PairScores | None, bool]]:
    """The network's scores of each pair in text order, and whether that order turns it around; None where both are one mention."""
    rows = [(text, _widen(text, p), _widen(text, q)) for text, p, q in items]
    out: list[tuple[PairScores | None, bool]] = [(None, False)] * len(rows)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
    for low in range(0, len(order), 32):
        group = order[low : low + 32]
        encoded = reader.network.encode([rows[i][0] for i in group])
        asked = [[(min(rows[i][1:]), max(rows[i][1:]))] for i in group]
        for i, (score,) in zip(group, reader.network.score(encoded, asked), strict=True):
            out[i] = (None if rows[i][1] == rows[i][2] else score), rows[i][1] > rows[i][2]
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
