"""Plain text."""

from __future__ import annotations

from frenemy.documents.cleaning import clean
from frenemy.documents.decoding import decode
from frenemy.documents.draft import Draft
from frenemy.documents.formats.web import draft_of_page, is_page
from frenemy.documents.wrapping import unwrap


def read_plain(data: bytes, source: str) -> Draft:
    """Decode and clean; a web page that was saved as text is read as the page it is.

    >>> read_plain(b"Rome fell.\\r\\n", "rome.txt").text
    'Rome fell.'
    """
    text = decode(data, source)
    if is_page(text):
        return draft_of_page(text, source)
    return Draft(text=unwrap(clean(text)))
