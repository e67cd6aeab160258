"""Web pages: the article without what surrounds it, through trafilatura."""

from __future__ import annotations

import re
from typing import Any

from frenemy.documents.cleaning import clean
from frenemy.documents.dates import parse_date
from frenemy.documents.decoding import decode
from frenemy.documents.draft import Draft
from frenemy.errors import EmptyDocument, UnreadableDocument

LARGEST = 20 * 2**20
"""Characters of a page: an article is a thousandth of this, and what is larger takes minutes to lay out as a tree."""

_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(r"^\s*<\?xml[^<>]{0,200}\?>")
_PAGE = re.compile(r"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--[^<>]{0,500}-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_DATES = {"extensive_search": False, "original_date": True}


def is_page(text: str) -> bool:
    """Whether a text is a whole web page.

    >>> is_page("<!DOCTYPE html><p>Rome"), is_page("<b>Rome</b>")
    (True, False)
    """
    return _PAGE.match(text[:2000]) is not None


def read_web(data: bytes, source: str) -> Draft:
    """Decode by the page's own declaration and take the article out."""
    declared = _CHARSET.search(data[:4096])
    return draft_of_page(decode(data, source, declared=declared[1].decode("ascii") if declared else None), source)


def draft_of_page(page: str, source: str, *, url: str | None = None) -> Draft:
    """The article of a page, its headline first, with what the page's mark-up says of it."""
    if len(page) > LARGEST:
        raise UnreadableDocument(source, f"is a web page of more than {LARGEST // 2**20} MB; save its text instead")
    if not page.strip():
        raise EmptyDocument(source, "is empty")
    found = _extract(_XML_ENCODING.sub("", page), url)
    text = clean(found.text or "") if found is not None else ""
    if not text:
        raise EmptyDocument(source, "holds no article text; if a script draws the page, save it from the browser as text or PDF")
    title = clean(found.title or "") or None
    return Draft(
        text=text if title is None or title in text[: len(title) + 500] else clean(f"{title}\n\n{text}"),
        title=title,
        published=parse_date(found.date) if found.date else None,
        publisher=_site_name(page) or found.sitename or None,
        author=found.author or None,
        language=None,
        url=url or found.url or None,
    )


def _extract(page: str, url: str | None) -> Any:
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            page, url=url, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_DATES
        )
    except RecursionError:
        return None


def _site_name(page: str) -> str | None:
    """The publisher as the page spells it; trafilatura changes its capitals."""
    from trafilatura import load_html

    tree = load_html(page)
    if tree is None:
        return None
    names = [clean(str(name)) for name in tree.xpath("//meta[@property='og:site_name' or @name='og:site_name']/@content")]
    return next(filter(None, names), None)
