"""What a source lists: entries to read, or further sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlsplit

MOST_TITLE = 300
SILENT = ("script", "style", "template")
BLOCKS = ("p", "br", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "tr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story of a feed: `id` is unique in its feed and stays; `content` is its text as HTML, as far as the feed gives it."""

    id: str
    url: str | None = None
    title: str | None = None
    published: date | None = None
    author: str | None = None
    content: str = ""

    @property
    def name(self) -> str:
        """What to call its document: the host and the last part of the address, or its title.

        >>> Entry(id="1", url="https://news.example/2024/05/rivals-meet.html?from=feed").name
        'news.example/rivals-meet'
        """
        if not self.url:
            return (self.title or self.id)[:80]
        parts = urlsplit(self.url)
        last = next((part for part in reversed(parts.path.split("/")) if part), "")
        return f"{parts.hostname}/{re.sub(r'[.](?:html?|php|aspx?)$', '', last)}"[:100].rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What was found at a source: `kind` is "feed", "sitemap", "opml" or "page"; `more` are addresses of further sources.

    `left_out` says what of it is not taken in, and why.
    """

    kind: str
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    more: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def one_line(text: str | None, most: int = MOST_TITLE) -> str | None:
    """A title as one line without mark-up, None where nothing is left.

    >>> one_line("A <b>bold</b>\\n step &amp; more"), one_line(" ")
    ('A bold step & more', None)
    """
    if not text or not text.strip():
        return None
    plain = text_of(text) if "<" in text or "&" in text else text
    return " ".join(plain.split())[:most] or None


def text_of(html: str) -> str:
    r"""The text of a piece of HTML, a line a paragraph, without scripts.

    >>> text_of("<p>Rome<script>fell()</script> fell.</p><p>Carthage, too.</p>").split("\n")
    ['Rome fell.', 'Carthage, too.', '']
    """
    from lxml import etree
    from lxml import html as markup

    try:
        return "".join(_pieces(markup.fragment_fromstring(html, create_parent="div")))
    except (etree.LxmlError, ValueError):  # also half characters, which lxml cannot hand over
        return unescape(re.sub(r"<[^<>]*>", " ", html))


def _pieces(tree: Any) -> Iterator[str]:
    """The text of a tree piece by piece, with an end of line behind each block."""
    from lxml import etree

    walker = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if event == "start" and node.tag in SILENT:
            walker.skip_subtree()
        elif event == "start":
            yield node.text or ""
        elif node is not tree:
            yield "\n" if node.tag in BLOCKS else ""
            yield node.tail or ""
