"""Mail: newsletters and press releases saved as .eml."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from frenemy.documents.cleaning import clean
from frenemy.documents.dates import parse_date
from frenemy.documents.decoding import decode
from frenemy.documents.draft import Draft
from frenemy.documents.formats.web import draft_of_page
from frenemy.documents.wrapping import unwrap
from frenemy.errors import EmptyDocument


def read_mail(data: bytes, source: str) -> Draft:
    """The plain part, else the HTML part; subject, date and sender from the header.

    >>> header = b"From: Jane Roe <jane@example.org>\\nSubject: Rome\\nDate: Fri, 02 Jun 2017 10:00:00 +0000\\n\\n"
    >>> draft = read_mail(header + b"Rome fell.", "a.eml")
    >>> draft.text, draft.title, draft.author, str(draft.published)
    ('Rome fell.', 'Rome', 'Jane Roe', '2017-06-02')
    """
    message = message_from_bytes(data)
    text = _body(message, source)
    name, address = parseaddr(_header(message, "From"))
    return Draft(
        text=text,
        title=_header(message, "Subject") or None,
        published=_date(message),
        author=name or address or None,
    )


def _body(message: Message, source: str) -> str:
    plain = _part(message, "text/plain")
    if plain is not None and (text := unwrap(clean(_decoded(plain, source)))):
        return text
    page = _part(message, "text/html")
    if page is None:
        raise EmptyDocument(source, "is a mail without text")
    return draft_of_page(_decoded(page, source), source).text


def _part(message: Message, kind: str) -> Message | None:
    """The first part of a kind that is not an attachment."""
    parts = (part for part in message.walk() if part.get_content_type() == kind and part.get_content_disposition() != "attachment")
    return next(parts, None)


def _decoded(part: Message, source: str) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload, source, declared=part.get_content_charset()) if isinstance(payload, bytes) else ""


def _header(message: Message, name: str) -> str:
    """A header as people read it; one that is encoded wrongly, as it stands."""
    raw = str(message.get(name) or "")
    try:
        return clean(str(make_header(decode_header(raw)))).replace("\n", " ")
    except (MessageError, LookupError, ValueError):
        return clean(raw).replace("\n", " ")


def _date(message: Message) -> date | None:
    return parse_date(_header(message, "Date"))
