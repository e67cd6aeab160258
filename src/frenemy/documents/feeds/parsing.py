"""Bytes to a listing: RSS and Atom through feedparser, JSON Feed, OPML, sitemaps, and pages that name their feed."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from frenemy.documents.feeds.addresses import host_of, joined
from frenemy.documents.feeds.entries import Entry, Listing, one_line
from frenemy.documents.feeds.lists import page_feeds, read_opml, read_sitemap
from frenemy.documents.unpacking import LIMIT
from frenemy.errors import MissingExtra, UnreadableDocument

MOST_ENTRIES = 50_000
"""What a sitemap may hold at most; a feed that holds more is cut."""
LONGEST_ID = 1_000
FAILURES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the parsers raise on hostile bytes besides their own errors, as long fuzzing has shown for feedparser and lxml."""
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(rss|feed|RDF|opml|urlset|sitemapindex|html)\b", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def parse(data: bytes, source: str) -> Listing:
    """What bytes list, by what they look like: `source` is the address they come from, against which links are resolved.

    >>> feed = b'<rss version="2.0"><channel><title>News</title><item><link>/a</link><title>A</title></item></channel></rss>'
    >>> listing = parse(feed, "https://news.example/feed")
    >>> listing.kind, listing.entries[0].url
    ('feed', 'https://news.example/a')
    """
    try:
        return _parse(_unpacked(data, source), source)
    except FAILURES as error:
        raise UnreadableDocument(source, f"is a broken feed ({type(error).__name__})") from error


def _parse(data: bytes, source: str) -> Listing:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(data, source)
    head = _decoded_head(data)
    found = _ROOT.search(head)
    root = found[1].decode().lower() if found else ""
    if root != "html" and _ENTITY.search(head):
        raise UnreadableDocument(source, "declares XML entities, as no feed needs to; it is not read")
    if root in ("urlset", "sitemapindex"):
        return read_sitemap(data, source)
    if root == "opml":
        return read_opml(data, source)
    if root == "html":
        feeds = page_feeds(data, source)
        if not feeds:
            raise UnreadableDocument(source, "is a web page that names no feed; give the address of the feed itself")
        return Listing(kind="page", more=feeds[:1])
    if root:
        return _feed(data, source)
    raise UnreadableDocument(source, "is no RSS, Atom or JSON feed, no OPML and no sitemap")


def _unpacked(data: bytes, source: str) -> bytes:
    """Sitemaps often come as gzip files."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(LIMIT + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableDocument(source, "is a broken gzip file") from None
    if len(plain) > LIMIT:
        raise UnreadableDocument(source, f"unpacks to more than {LIMIT // 2**20} MB")
    return plain


def _decoded_head(data: bytes) -> bytes:
    """The first characters as ASCII, whatever the encoding."""
    head = data[:8192]
    return head.replace(b"\0", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:8] else head


def _feed(data: bytes, source: str) -> Listing:
    """RSS or Atom. feedparser reads on where the XML is broken, so a broken feed gives what it still holds."""
    try:
        import feedparser
    except ImportError:
        raise MissingExtra("frenemy watch", "watch") from None
    found = feedparser.parse(io.BytesIO(data), response_headers={"content-location": source})
    if not found.version and not found.entries:
        raise UnreadableDocument(source, f"is a broken feed ({str(found.get('bozo_exception', 'nothing in it'))[:80]})")
    rows = (
        {
            "id": row.get("id"),
            "url": row.get("link"),
            "title": row.get("title"),
            "published": _day(row.get("published_parsed") or dict.get(row, "updated_parsed")),
            "author": row.get("author"),
            "content": max((part.get("value") or "" for part in [*row.get("content", ()), row]), key=len) or row.get("summary", ""),
        }
        for row in found.entries
    )
    return _listing(found.feed.get("title"), rows, source)


def _json_feed(data: bytes, source: str) -> Listing:
    """A JSON Feed (jsonfeed.org, version 1 or 1.1)."""
    try:
        table = json.loads(data)
    except (ValueError, RecursionError):
        raise UnreadableDocument(source, "is broken JSON") from None
    if not isinstance(table, dict) or not isinstance(table.get("items"), list):
        raise UnreadableDocument(source, "is JSON, but no JSON Feed: it has no items")
    rows = (
        {
            "id": row.get("id"),
            "url": row.get("url") or row.get("external_url"),
            "title": row.get("title"),
            "published": _iso(row.get("date_published") or row.get("date_modified")),
            "author": _author(row),
            "content": row.get("content_html") or row.get("content_text") or row.get("summary") or "",
        }
        for row in table["items"]
        if isinstance(row, dict)
    )
    return _listing(table.get("title"), rows, source)


def _listing(title: Any, rows: Iterable[Mapping[str, Any]], source: str) -> Listing:
    """Entries out of rows of either kind: each with an id, and an address that may be fetched or a text of its own."""
    entries: dict[str, Entry] = {}
    left_out = []
    for row in rows:
        link = _text(row["url"])
        url = joined(source, link) if link else None
        heading = one_line(_text(row["title"]))
        if url and not host_of(url):
            left_out.append(f"{heading or 'an entry'}: its link {url[:80]!r} is no web address")
            url = None
        content = _text(row["content"])
        named = _text(row["id"]) or url or heading or ""
        if not named or not (url or content.strip()):
            continue
        if len(entries) == MOST_ENTRIES:
            left_out.append(f"all entries after the first {MOST_ENTRIES:,}")
            break
        entry = Entry(
            id=named[:LONGEST_ID],
            url=url,
            title=heading,
            published=row["published"],
            author=one_line(_text(row["author"])),
            content=content,
        )
        entries.setdefault(entry.id, entry)
    return Listing(kind="feed", title=one_line(_text(title)), entries=tuple(entries.values()), left_out=tuple(left_out))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _day(moment: Any) -> date | None:
    """The day of a time that feedparser read."""
    try:
        return date(*moment[:3]) if moment else None
    except (TypeError, ValueError):
        return None


def _iso(text: Any) -> date | None:
    """The day of an RFC 3339 time.

    >>> _iso("2024-05-03T10:00:00+02:00"), _iso("soon"), _iso(None)
    (datetime.date(2024, 5, 3), None, None)
    """
    try:
        return date.fromisoformat(str(text)[:10]) if text else None
    except ValueError:
        return None


def _author(row: Mapping[str, Any]) -> Any:
    authors = row.get("authors") if isinstance(row.get("authors"), list) else [row.get("author")]
    return next((one["name"] for one in authors or () if isinstance(one, dict) and one.get("name")), None)
