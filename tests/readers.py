"""A reader for tests: it knows the names and verbs it was given, and quotes the sentence they stand in. Real quotes at real offsets."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from frenemy.model import TIE_TYPES, Document, Mention, Quote, Reading, Tie

KINDS = {
    "Elon Musk": "person",
    "Musk": "person",
    "Donald Trump": "person",
    "Trump": "person",
    "Mark Zuckerberg": "person",
    "Zuckerberg": "person",
    "Jeff Bezos": "person",
    "OpenAI": "company",
    "Meta": "company",
    "EU": "organisation",
    "European Union": "organisation",
}
VERBS = {
    "mocked": "ACCUSE",
    "accused": "ACCUSE",
    "sued": "ACCUSE",
    "praised": "SUPPORT",
    "endorsed": "SUPPORT",
    "met": "CONSULT",
    "founded": "FOUNDED",
    "fined": "SANCTION",
    "joined": "COOPERATE",
}


class ScriptedReader:
    """Finds known names; two of them in a sentence with a known verb between make a tie. "denied that" before them makes it denied."""

    name = "scripted"

    def __init__(self, kinds: Mapping[str, str] = KINDS, *, delay: float = 0.0) -> None:
        self.kinds = dict(kinds)
        self.delay = delay
        self.read_documents: list[str] = []
        self._names = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, self.kinds), key=len, reverse=True)) + r")\b")

    def read(self, docs: Iterable[Document]) -> Iterator[Reading]:
        """One reading a document, in order."""
        for doc in docs:
            time.sleep(self.delay)
            self.read_documents.append(doc.name)
            yield self._read(doc)

    def _read(self, doc: Document) -> Reading:
        mentions = [
            Mention(document=doc.id, start=m.start(), end=m.end(), text=m.group(), name=m.group(), kind=self.kinds[m.group()])
            for m in self._names.finditer(doc.text)
        ]
        ties = [
            self._tie(doc, source, target, sentence)
            for sentence in re.finditer(r"[^.]+\.", doc.text)
            for source, target in pairwise(m for m in mentions if sentence.start() <= m.start < sentence.end())
        ]
        return Reading(document=doc, mentions=tuple(mentions), ties=tuple(tie for tie in ties if tie))

    def _tie(self, doc: Document, source: Mention, target: Mention, sentence: re.Match[str]) -> Tie | None:
        between = doc.text[source.end : target.start].split()
        kinds = [VERBS[word] for word in between if word in VERBS]
        if not kinds:
            return None
        text = sentence.group().strip()
        start = sentence.start() + sentence.group().index(text)
        year = re.search(r"\b(?:in )((?:19|20)\d\d)\b", text)
        return Tie(
            source=source,
            target=target,
            type=kinds[0],
            polarity=TIE_TYPES[kinds[0]].polarity,
            status="denied" if "denied that" in text else "asserted",
            voice=source.name if "denied that" in text else "author",
            when=year[1] if year else None,
            quote=Quote(document=doc.id, start=start, end=start + len(text), text=text),
            confidence=0.9,
            reader=self.name,
        )
