"""Values as the page gets them: short enough to be shown, harmless as addresses, told apart by id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from frenemy.ledger.ties import TieRecord
from frenemy.model import TIE_TYPES, Stance
from frenemy.views.report import link
from frenemy.views.signs import side, stands

if TYPE_CHECKING:
    from frenemy.views.server.parts import Face

NAME, TITLE, QUOTE, ADDRESS = 160, 300, 2_000, 2_000
"""No more characters of each are sent to the page; what is longer ends in an ellipsis."""


def short(text: object, longest: int = NAME) -> str:
    """No more than so many characters, with an ellipsis for what is left out.

    >>> short("a" * 10, 4), short("Rome")
    ('aaa…', 'Rome')
    """
    said = str(text)
    said = said if len(said) <= longest else said[: longest - 1] + "…"
    return said.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is no text


def address(url: str | None) -> str | None:
    """The address of a document if it leads to the web and is no longer than addresses are."""
    return link(url) if url and len(url) <= ADDRESS else None


def day(when: date | None) -> str | None:
    """A day as ISO 8601 writes it."""
    return when.isoformat() if when else None


def actor_says(actor: Face) -> dict[str, Any]:
    """An actor with its counts."""
    return {
        "id": actor.id,
        "name": short(actor.name),
        "kind": actor.kind,
        "documents": actor.documents,
        "ties": actor.ties,
    }


def stance_says(stance: Stance) -> dict[str, Any]:
    """A stance with the word for it."""
    return {
        "at": day(stance.at),
        "value": round(stance.value, 3),
        "low": round(stance.low, 3),
        "high": round(stance.high, 3),
        "sign": side(stance.value),
        "stands": stands(stance),
    }


def tie_says(tie: TieRecord, shares: Mapping[str, float] | None = None) -> dict[str, Any]:
    """A tie with its quote; `share` is its part in the stance that it is shown with."""
    return {
        "id": tie.id,
        "document": tie.document,
        "doc": short(tie.doc),
        "title": short(tie.title, TITLE) if tie.title else None,
        "publisher": short(tie.publisher) if tie.publisher else None,
        "published": day(tie.published),
        "url": address(tie.url),
        "source": {"id": tie.source_id, "name": short(tie.source)},
        "target": {"id": tie.target_id, "name": short(tie.target)},
        "mutual": tie.mutual,
        "type": tie.type,
        "means": TIE_TYPES[tie.type].means if tie.type in TIE_TYPES else "",
        "polarity": tie.polarity,
        "status": tie.status,
        "voice": None if tie.voice == "author" else short(tie.voice),
        "when": tie.when,
        "date": day(tie.date),
        "quote": short(tie.quote, QUOTE),
        "confidence": round(tie.confidence, 2),
        "share": round(shares[tie.id], 3) if shares and tie.id in shares else None,
    }
