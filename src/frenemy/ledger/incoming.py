"""The ties file back in: each line becomes a tie again, on the text that the ledger holds.

A line names its actors but not where they are mentioned; the mention is looked up in the document, nearest to the quote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from frenemy.errors import FalseQuote, LedgerError
from frenemy.ledger.lookup import folded
from frenemy.ledger.store import Ledger
from frenemy.model import POLARITIES, STATUSES, TIE_TYPES, Document, Mention, Quote, Tie

Line = Mapping[str, Any]


def import_lines(ledger: Ledger, lines: Iterable[Line]) -> tuple[int, int, list[str]]:
    """Append the ties of a ties file; returns how many were new, how many known, and a line of complaint for each that does not fit."""
    known = {_key(tie.document, tie.as_line()) for tie in ledger.ties()}
    fresh: dict[str, list[Tie]] = defaultdict(list)
    complaints: list[str] = []
    count = 0
    for number, line in enumerate(lines, start=1):
        try:
            doc = find_document(ledger, line)
            if _key(doc.id, line) in known:
                count += 1
            else:
                fresh[doc.id].append(tie_of_line(line, doc, ledger.mentions(doc.id), ledger.members(doc.id)))
        except (LedgerError, KeyError, TypeError, ValueError) as error:
            reason = f"no field {error}" if isinstance(error, KeyError) else str(error)
            complaints.append(f"line {number}: {reason}")
    added = 0
    for document_id, ties in fresh.items():
        document = ledger.document(document_id)
        added += ledger.add_ties(document, ties) if document else 0
    return added, count + sum(map(len, fresh.values())) - added, complaints


def _key(document_id: str, line: Line) -> tuple[Any, ...]:
    said = tuple(line.get(name) for name in ("source", "target", "type", "polarity", "status", "start", "end"))
    return (document_id, bool(line.get("mutual")), *said)


def find_document(ledger: Ledger, line: Line) -> Document:
    """The document of that name whose text holds the quote at its place."""
    start, end = int(line["start"]), int(line["end"])
    ids = ledger.document_ids(str(line["doc"]))
    if not ids:
        raise LedgerError(f"document {line['doc']!r} is not in the ledger. Read it first.")
    for document_id in ids:
        doc = ledger.document(document_id)
        if doc is not None and 0 <= start < end and doc.text[start:end] == line["quote"]:
            return doc
    raise FalseQuote(f"{str(line['quote'])[:60]!r} does not stand at {start}:{end} of document {line['doc']}.")


def tie_of_line(line: Line, doc: Document, mentions: Iterable[Mention], members: Mapping[str, str]) -> Tie:
    """One line as a tie; `members` says which actor each name of the document means."""
    for name, allowed in (("type", TIE_TYPES), ("polarity", POLARITIES), ("status", STATUSES)):
        if line.get(name, "asserted") not in allowed:
            raise ValueError(f"{name} {line.get(name)!r} is none of {', '.join(allowed)}")
    quote = Quote(document=doc.id, start=int(line["start"]), end=int(line["end"]), text=str(line["quote"]))
    mentions = tuple(mentions)
    source, target = (_mention(str(line[end]), quote, doc, mentions, members) for end in ("source", "target"))
    return Tie(
        source=source,
        target=target,
        type=line["type"],
        polarity=line["polarity"],
        status=line.get("status", "asserted"),
        mutual=bool(line.get("mutual", False)),
        voice=str(line.get("voice") or "author"),
        when=line.get("when"),
        quote=quote,
        confidence=float(line.get("confidence", 1.0)),
        reader=str(line.get("reader") or "import"),
    )


def _mention(name: str, quote: Quote, doc: Document, mentions: tuple[Mention, ...], members: Mapping[str, str]) -> Mention:
    """The mention of the named actor nearest to the quote; else where the name itself stands; else the quote, as a description."""
    mine = [m for m in mentions if name in (m.name, m.text, members.get(m.name))]
    if mine:
        return min(mine, key=lambda m: (max(quote.start - m.start, m.end - quote.end, 0), m.form != "name", m.start))
    places = [quote.text.find(name), doc.text.find(name)]
    if places[0] >= 0 or places[1] >= 0:
        start = quote.start + places[0] if places[0] >= 0 else places[1]
        return Mention(document=doc.id, start=start, end=start + len(name), text=name, name=name, kind=_kind(name, mentions))
    kind = _kind(name, mentions)
    return Mention(document=doc.id, start=quote.start, end=quote.end, text=quote.text, name=name, kind=kind, form="description")


def _kind(name: str, mentions: tuple[Mention, ...]) -> str:
    kinds = [mention.kind for mention in mentions if folded(mention.name) == folded(name)]
    return kinds[0] if kinds else "organisation"
