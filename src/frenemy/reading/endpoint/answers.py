"""What is asked and what comes back: the prompt, the JSON schema, and answers parsed into offers that nothing has checked yet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from frenemy.errors import EndpointNonsense
from frenemy.model import KINDS, POLARITIES, STATUSES, TIE_TYPES, Document

REPAIR = (
    "That was not one JSON object of the form that was asked for ({problem}). Answer again, about the same passage, with the object alone: "
    'no explanation, no code fence, every text in double quotes, "actors" and "ties" as lists.'
)
_DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_WHEN = re.compile(rf"{_DAY}(?:/(?:{_DAY}|\.\.))?|\.\./{_DAY}")
_WORDS = ("source", "target", "source_words", "target_words", "type", "polarity", "status", "quote")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedActor:
    """An actor as the endpoint lists it."""

    name: str
    kind: str
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTie:
    """A tie as the endpoint lists it; its words are in the vocabulary, the rest is unchecked."""

    source: str
    target: str
    source_words: str
    target_words: str
    type: str
    polarity: str
    status: str
    mutual: bool
    voice: str
    when: str | None
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An answer about one passage; `unfit` ties were no proper records or used words outside the vocabulary."""

    actors: tuple[OfferedActor, ...] = ()
    ties: tuple[OfferedTie, ...] = ()
    unfit: int = 0


@cache
def prompt() -> str:
    """What the model is told before each passage, with the types of the vocabulary filled in.

    >>> "- ACCUSE (-): criticise" in prompt(), "<<" in prompt()
    (True, False)
    """
    text = (files("frenemy.reading.endpoint") / "prompt.md").read_text(encoding="utf-8")
    types = "\n".join(f"- {t.name} ({t.polarity}): {t.means}{'; always mutual' if t.mutual else ''}" for t in TIE_TYPES.values())
    return text.replace("<<types>>", types).replace("<<kinds>>", ", ".join(f"`{kind}`" for kind in KINDS))


def question(doc: Document, passage: str) -> str:
    """One passage with what is known of its document.

    >>> print(question(Document(text="Rome fell.", name="r", published=date(476, 9, 4)), "Rome fell."))
    Published: 0476-09-04
    <passage>
    Rome fell.
    </passage>
    """
    known = (("Title", doc.title), ("Publisher", doc.publisher), ("Published", doc.published))
    head = "".join(f"{label}: {' '.join(str(value).split())}\n" for label, value in known if value)
    return f"{head}<passage>\n{passage}\n</passage>"


@cache
def schema() -> dict[str, Any]:
    """The JSON schema of an answer, of the strict kind: every field required, no other allowed."""
    text, flag = {"type": "string"}, {"type": "boolean"}
    actor = {"name": text, "kind": _one_of(KINDS), "called": {"type": "array", "items": text}}
    tie = {
        **dict.fromkeys(("source", "target", "source_words", "target_words"), text),
        "type": _one_of(TIE_TYPES),
        "polarity": _one_of(POLARITIES),
        "status": _one_of(STATUSES),
        "mutual": flag,
        "voice": text,
        "when": {"type": ["string", "null"]},
        "quote": text,
        "confidence": {"type": "number"},
    }
    lists = {name: {"type": "array", "items": _record(fields)} for name, fields in (("actors", actor), ("ties", tie))}
    return {"name": "ties_of_a_passage", "strict": True, "schema": _record(lists)}


def _one_of(words: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(words)}


def _record(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(fields), "required": list(fields), "additionalProperties": False}


def parse(answer: str) -> Offer:
    """The answer as an offer; raises `EndpointNonsense` where it is no JSON object of the form asked for.

    >>> parse('Sure! ```json\\n{"actors": [], "ties": [{"type": "LOVES"}]}\\n```')
    Offer(actors=(), ties=(), unfit=1)
    """
    table = _object(re.sub(r"<think>.*?</think>", "", answer, flags=re.DOTALL))
    actors, ties = table.get("actors", []), table.get("ties")
    if not isinstance(actors, list) or not isinstance(ties, list):
        raise EndpointNonsense('"actors" and "ties" are not both lists')
    good = [tie for tie in map(_tie, ties) if tie]
    return Offer(actors=tuple(_actors(actors)), ties=tuple(good), unfit=len(ties) - len(good))


def _object(text: str) -> dict[str, Any]:
    low, high = text.find("{"), text.rfind("}")
    if low < 0 or high < low:
        raise EndpointNonsense("there is no JSON object in it")
    try:
        found = json.loads(text[low : high + 1])
    except (ValueError, RecursionError) as error:
        raise EndpointNonsense(f"the JSON is broken: {str(error)[:80]}") from None
    if not isinstance(found, dict):
        raise EndpointNonsense("the JSON is no object")
    return found


def _actors(rows: list[Any]) -> Iterator[OfferedActor]:
    for row in rows:
        if isinstance(row, dict) and isinstance(row.get("name"), str) and row["name"].strip():
            called = row.get("called")
            forms = tuple(form for form in called if isinstance(form, str)) if isinstance(called, list) else ()
            kind = row.get("kind")
            yield OfferedActor(name=row["name"].strip(), kind=kind if kind in KINDS else "organisation", called=forms)


def _tie(row: Any) -> OfferedTie | None:
    """One row of "ties", None where it is no proper record or speaks outside the vocabulary."""
    if not isinstance(row, dict) or not all(isinstance(row.get(field), str) and row[field].strip() for field in _WORDS):
        return None
    words = {field: row[field].strip() for field in _WORDS}
    if words["type"] not in TIE_TYPES or words["polarity"] not in POLARITIES or words["status"] not in STATUSES:
        return None
    sure, voice = row.get("confidence"), row.get("voice")
    return OfferedTie(
        **words,
        mutual=row.get("mutual") is True or TIE_TYPES[words["type"]].mutual,
        voice=voice.strip() if isinstance(voice, str) and voice.strip() else "author",
        when=dated(row.get("when")),
        confidence=float(min(1, max(0, sure))) if isinstance(sure, int | float) and sure == sure else 0.5,
    )


def dated(when: Any) -> str | None:
    """The date, month, year or interval, None where it is none.

    >>> dated("2024-02"), dated("2019/2020-06-30"), dated("2024-02-31"), dated("last week"), dated(None)
    ('2024-02', '2019/2020-06-30', None, None, None)
    """
    if not isinstance(when, str) or not _WHEN.fullmatch(when.strip()):
        return None
    try:
        days = [date.fromisoformat((part + "-01-01")[:10]) for part in when.strip().split("/") if part != ".."]
    except ValueError:
        return None
    return when.strip() if days == sorted(days) else None
