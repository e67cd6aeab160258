"""From an entry to its document: the text that the feed gives where that is whole, else the page it links to."""

from __future__ import annotations

from dataclasses import replace

from frenemy.documents.cleaning import clean
from frenemy.documents.draft import Draft
from frenemy.documents.feeds.entries import Entry, text_of
from frenemy.documents.feeds.fetching import Fetched, Fetcher
from frenemy.documents.formats import READERS
from frenemy.documents.loading import finish
from frenemy.errors import DocumentError, EmptyDocument, NotFetched
from frenemy.model import Document

WHOLE = 2_000
"""Characters from which on a feed's text is taken for the whole story, so that its page is not fetched."""
KINDS = {"application/pdf": ".pdf", "text/plain": ".txt", "text/markdown": ".md"}
"""How pages that are no web pages are read, by their media type."""


def read_entry(entry: Entry, fetcher: Fetcher, *, publisher: str | None = None, any_language: bool = False) -> Document | DocumentError:
    """The document of an entry, or why there is none.

    Where the page cannot be had for good, what the feed itself says of the story is read; where it cannot be had for now, the error says
    so (`NotFetched`, not `lasting`).
    """
    told = clean(text_of(entry.content)) if entry.content else ""
    try:
        draft = Draft(text=told) if entry.url is None or len(told) >= WHOLE else _read_page(fetcher.get(entry.url), entry)
    except DocumentError as error:
        if not told or (isinstance(error, NotFetched) and not error.lasting):
            return error
        draft = Draft(text=told)
    whole = replace(
        draft,
        text=_with_title(draft.text, entry.title),
        title=draft.title or entry.title,
        published=draft.published or entry.published,
        publisher=draft.publisher or publisher,
        author=draft.author or entry.author,
        url=draft.url or entry.url,
    )
    return finish(whole, source=entry.url or entry.name, name=entry.name, any_language=any_language)


def _read_page(page: Fetched, entry: Entry) -> Draft:
    if not page.body:
        raise EmptyDocument(page.url, "is empty")
    read = READERS[KINDS.get(page.media_type, ".html")]
    return replace(read(page.body, page.url), name=entry.name, url=page.url)


def _with_title(text: str, title: str | None) -> str:
    """The title before the text, unless it stands there."""
    return text if not title or not text or title in text[: len(title) + 500] else clean(f"{title}\n\n{text}")
