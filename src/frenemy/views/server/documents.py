"""Documents: the list, one with all its ties marked, and the words around a quote.

Offsets count characters, and a browser counts otherwise, so texts are cut into pieces here and the page only strings them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from frenemy.ledger.pages import KnownDocument
from frenemy.ledger.ties import TieRecord
from frenemy.pipeline import OpenLedger
from frenemy.views.server.asked import Asked, NotThere
from frenemy.views.server.keeper import Keeper
from frenemy.views.server.says import TITLE, address, day, short, tie_says

PAGE = 50
WINDOW, LONGEST_WINDOW = 20_000, 60_000
TIES = 600
AROUND = 420


def documents(keeper: Keeper, asked: Asked) -> dict[str, Any]:
    """A page of the documents, the newest first."""
    offset, limit = asked.number("offset", 0, most=10**9), asked.number("limit", PAGE, most=200, least=1)
    with keeper.ledger() as ledger:
        found = ledger.document_page(matching=asked.text("q").strip(), offset=offset, limit=limit)
    return {"total": found.total, "offset": offset, "items": [document_says(doc) for doc in found.documents]}


def document_says(doc: KnownDocument) -> dict[str, Any]:
    """Where a text comes from."""
    return {
        "id": doc.id,
        "name": short(doc.name),
        "title": short(doc.title or doc.name, TITLE),
        "published": day(doc.published),
        "publisher": short(doc.publisher) if doc.publisher else None,
        "author": short(doc.author) if doc.author else None,
        "url": address(doc.url),
        "length": doc.length,
    }


def document(keeper: Keeper, asked: Asked, document_id: str) -> dict[str, Any]:
    """A stretch of a document in pieces, each with the ties whose quote it is part of."""
    start = asked.number("from", 0, most=10**9)
    with keeper.ledger() as ledger:
        doc = ledger.known_document(document_id)
        if doc is None:
            raise NotThere("There is no such document in the ledger.")
        end = min(doc.length, start + WINDOW)
        found = ledger.ties_of_document(document_id, start=start, end=end)
        text = ledger.document_text(document_id, start, end)
    shown = found[:TIES]
    return {
        **document_says(doc),
        "from": start,
        "to": end,
        "pieces": pieces(text, start, shown),
        "ties": [tie_says(tie) for tie in shown],
        "ties_left_out": len(found) - len(shown),
    }


def pieces(text: str, offset: int, ties: Sequence[TieRecord]) -> list[dict[str, Any]]:
    """A stretch of text that begins at `offset`, cut where quotes begin and end; `ties` of a piece are places in the list.

    >>> from types import SimpleNamespace as Tie
    >>> pieces("He praised her.", 10, [Tie(start=13, end=20)])
    [{'text': 'He ', 'ties': []}, {'text': 'praised', 'ties': [0]}, {'text': ' her.', 'ties': []}]
    """
    end = offset + len(text)
    inside = {n: (max(tie.start, offset), min(tie.end, end)) for n, tie in enumerate(ties) if tie.start < end and tie.end > offset}
    cuts = sorted({offset, end, *(edge for span in inside.values() for edge in span)})
    opening: dict[int, list[int]] = {}
    for number, (first, _) in inside.items():
        opening.setdefault(first, []).append(number)
    held: list[int] = []
    found = []
    for first, last in pairwise(cuts):
        held = sorted([number for number in held if inside[number][1] > first] + opening.get(first, []))
        found.append({"text": clean(text[first - offset : last - offset]), "ties": held})
    return found


def clean(text: str) -> str:
    """Text that JSON and the page can carry: lone surrogates become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def passage(ledger: OpenLedger, tie_id: str) -> dict[str, Any]:
    """A tie with the words around its quote, cut at blanks."""
    found = ledger.ties_by_id([tie_id])
    if not found:
        raise NotThere("There is no such tie in the ledger, or it was judged wrong.")
    [tie] = found
    doc = ledger.known_document(tie.document)
    if doc is None:
        raise NotThere("There is no such document in the ledger.")
    start, end = max(0, tie.start - AROUND), min(doc.length, min(tie.end, tie.start + LONGEST_WINDOW) + AROUND)
    text = ledger.document_text(tie.document, start, end)
    low = text.find(" ") + 1 if start else 0
    high = text.rfind(" ") if end < doc.length else len(text)
    low, high = min(low, tie.start - start), max(high, min(tie.end, end) - start)
    return {
        **tie_says(tie),
        "before": clean(text[low : tie.start - start]),
        "quoted": clean(text[tie.start - start : tie.end - start]),
        "after": clean(text[tie.end - start : high]),
        "opens": start + low > 0,
        "closes": start + high < doc.length,
        "about": document_says(doc),
    }
