"""PDF, through pypdfium2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from frenemy.documents.cleaning import clean
from frenemy.documents.draft import Draft
from frenemy.documents.unpacking import LIMIT, too_large
from frenemy.documents.wrapping import unwrap
from frenemy.errors import EmptyDocument, UnreadableDocument

_HYPHENATED = re.compile(r"[\x02\ufffe\xad]\r?\n?")
"""PDFium's mark for a word that a line's end divides."""
_NO_TITLE = re.compile(r"^(?:untitled.*|microsoft word.*|.*\.(?:docx?|pdf|indd|rtf|odt|tmp|html?|qxd)|\W*)$", re.IGNORECASE)
_PASSWORD = 4


def read_pdf(data: bytes, source: str) -> Draft:
    """The text of all pages; title and author from the file's own fields, but no date, as the one there is that of the file."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise UnreadableDocument(source, "is encrypted; save it without a password first") from error
        raise UnreadableDocument(source, "is a broken PDF; export it anew") from error
    try:
        pages = list(_pages(pdf, source))
        fields = pdf.get_metadata_dict()
    except PdfiumError as error:
        raise UnreadableDocument(source, "is a broken PDF; export it anew") from error
    finally:
        pdf.close()
    text = unwrap(clean("\n\n".join(pages)))
    if pages and not text:
        raise EmptyDocument(source, "holds pictures of text but no text; run it through OCR first")
    title = clean(fields.get("Title") or "")
    author = clean(fields.get("Author") or "")
    return Draft(text=text, title=None if _NO_TITLE.match(title) else title, author=author if " " in author else None)


def _pages(pdf: Any, source: str) -> Iterator[str]:
    """The text of each page."""
    size = 0
    for number in range(len(pdf)):
        page = pdf[number]
        text_page = page.get_textpage()
        text = text_page.get_text_bounded()
        text_page.close()
        page.close()
        size += len(text)
        if size > LIMIT:
            raise UnreadableDocument(source, too_large())
        yield _HYPHENATED.sub("", text)
