"""Lists of addresses in XML: OPML and sitemaps; and the feeds that a web page names in its head."""

from __future__ import annotations

from datetime import date
from typing import Any

from frenemy.documents.feeds.addresses import host_of, joined
from frenemy.documents.feeds.entries import Entry, Listing, one_line
from frenemy.errors import UnreadableDocument

MOST_SOURCES = 1_000
"""Feeds of an OPML file, or sitemaps of an index, that are watched at most."""
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")


def read_opml(data: bytes, source: str) -> Listing:
    """The feeds of an OPML list.

    >>> read_opml(b'<opml><body><outline text="A"><outline xmlUrl="https://a.example/feed"/></outline></body></opml>', "list.opml").more
    ('https://a.example/feed',)
    """
    tree = _tree(data, source)
    named = [joined(source, url) for node in tree.iter("outline") for key, url in node.attrib.items() if key.lower() == "xmlurl"]
    return _sources("opml", named)


def read_sitemap(data: bytes, source: str) -> Listing:
    """The pages of a sitemap, or the sitemaps of an index; a news sitemap's titles and dates come along."""
    tree = _tree(data, source)
    if _tag(tree) == "sitemapindex":
        return _sources("sitemap", [joined(source, _first(node, "loc")) for node in tree if _tag(node) == "sitemap"])
    entries, left_out = {}, []
    for node in tree:
        url = joined(source, _first(node, "loc"))
        if _tag(node) != "url" or not _first(node, "loc"):
            continue
        if not host_of(url):
            left_out.append(f"{url[:80]!r} is no web address")
            continue
        day = _day(_first(node, "publication_date")) or _day(_first(node, "lastmod"))
        entries[url] = Entry(id=url, url=url, title=one_line(_first(node, "title")), published=day)
    return Listing(kind="sitemap", entries=tuple(entries.values()), left_out=tuple(left_out))


def page_feeds(data: bytes, source: str) -> tuple[str, ...]:
    """The feeds that a page's head links to."""
    from lxml import etree, html

    try:
        tree = html.fromstring(data)
    except (etree.LxmlError, ValueError):
        return ()
    links = [link for link in tree.iter("link") if "alternate" in (link.get("rel") or "").lower().split()]
    found = (joined(source, link.get("href") or "") for link in links if (link.get("type") or "").lower() in FEED_TYPES)
    return tuple(dict.fromkeys(url for url in found if host_of(url)))


def _sources(kind: str, urls: list[str]) -> Listing:
    sound = list(dict.fromkeys(url for url in urls if host_of(url)))
    left_out = [f"{url[:80]!r} is no web address" for url in urls if not host_of(url)]
    left_out += [f"all after the first {MOST_SOURCES:,} addresses"] * (len(sound) > MOST_SOURCES)
    return Listing(kind=kind, more=tuple(sound[:MOST_SOURCES]), left_out=tuple(left_out))


def _tree(data: bytes, source: str) -> Any:
    """The XML, broken or not; entities are never expanded and nothing is fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        tree = None
    if tree is None:
        raise UnreadableDocument(source, "is broken XML")
    return tree


def _tag(node: Any) -> str:
    """A tag without its namespace; "" for comments."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _first(node: Any, name: str) -> str:
    """The text of the first part of that name, however deep."""
    return next(((part.text or "").strip() for part in node.iter() if _tag(part) == name), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
