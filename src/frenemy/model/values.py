"""The values that travel through the house: frozen, slotted, compared by content.

One name a concept, as in docs/glossary.md. All offsets count characters of a document's cleaned text, end exclusive.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from frenemy.errors import FalseQuote

if TYPE_CHECKING:
    from frenemy.model.identity import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A cleaned text and what is known of where it comes from.

    `name` is what the user calls it (the file name without its ending, or the `id` of a JSONL line); `id` is derived from the text, so the
    same text is the same document wherever it was found. `published` is when it was printed, `retrieved` when frenemy took it in.

    >>> Document(text="Hello.", name="a").id == Document(text="Hello.", name="b").id
    True
    """

    text: str
    name: str
    title: str | None = None
    published: date | None = None
    retrieved: datetime | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None

    @property
    def id(self) -> str:
        """SHA-256 of the cleaned text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A verbatim stretch of a document: `text == document.text[start:end]`."""

    document: str
    start: int
    end: int
    text: str

    def check(self, doc: Document) -> None:
        """Raise `FalseQuote` unless the quote stands at its offsets in `doc`.

        >>> doc = Document(text="Rome fell.", name="rome")
        >>> Quote(document=doc.id, start=0, end=4, text="Rome").check(doc)
        >>> Quote(document=doc.id, start=0, end=4, text="Roma").check(doc)
        Traceback (most recent call last):
        ...
        frenemy.errors.FalseQuote: 'Roma' does not stand at 0:4 of document rome, 'Rome' does. The reader is at fault: report it.
        """
        stands = doc.text[self.start : self.end]
        if self.document != doc.id or stands != self.text or not self.text.strip():
            raise FalseQuote(
                f"{self.text[:60]!r} does not stand at {self.start}:{self.end} of document {doc.name}, {stands[:60]!r} does. "
                "The reader is at fault: report it."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of a document that names an actor or stands for one.

    `name` is the fullest name that the document gives this actor, which all mentions of one chain share; `kind` is one of
    `frenemy.model.KINDS`; `form` says how it is mentioned: "name", "description" ("the company") or "pronoun".
    """

    document: str
    start: int
    end: int
    text: str
    name: str
    kind: str
    form: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What one passage says stands, or happened, between two actors (annotation guideline in docs/guideline.md).

    `source` and `target` are the mentions; the actors they stand for come later, from judgements. `voice` is "author" or the name of the
    actor on whose word it stands. `when` is an ISO 8601 date, month, year or interval ("2017", "2024-11", "2019-01/2020-06") or None.
    `confidence` is the reader's probability that the tie is right, `reader` names the reader.
    """

    source: Mention
    target: Mention
    type: str
    polarity: str
    status: str = "asserted"
    mutual: bool = False
    voice: str = "author"
    when: str | None = None
    quote: Quote
    confidence: float = 1.0
    reader: str = "frenemy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An amount about an actor: "xAI is valued at $50 billion".

    `kind` is one of valuation, funding, stake, price, revenue, budget, debt, staff, casualties, votes, other; `unit` an ISO 4217 currency
    code, "%" or a counted noun; `amount` is in that unit, its scale resolved (50 billion is 50_000_000_000).
    """

    subject: Mention
    kind: str
    amount: float
    unit: str
    status: str = "asserted"
    when: str | None = None
    quote: Quote
    reader: str = "frenemy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that a reader found in one document."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    ties: tuple[Tie, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One real-world actor as the judgements so far have it; derived, never stored as truth.

    `members` are the (document id, name in that document) pairs that were judged to be this actor; `placed` are those of them that were
    decided one document at a time, and `reasons` says why the names were joined.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()
    placed: tuple[tuple[str, str], ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A decision on identity or truth: who made it, when, how sure; never changed, only followed by another.

    Kinds come in pairs, and the later of a pair on the same subjects holds: "same" and "different" of two names, "right" and "wrong" of a
    tie id, "promote" and "dismiss" of one name, "listed" and "unlisted" of a name, a watchlist and an entry's id. Confidence 0 lifts what
    was there before. A name may be written "name @ document-id", to speak of that document alone. `undoes` is the moment of the judgement
    that this one takes back.
    """

    kind: str
    subjects: tuple[str, ...]
    by: str
    at: datetime
    confidence: float = 1.0
    reason: str = ""
    undoes: datetime | None = None
