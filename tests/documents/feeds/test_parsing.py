"""Feeds and lists, sound and hostile."""

from __future__ import annotations

import gzip
import json
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.documents.feeds import parse
from frenemy.documents.feeds.entries import text_of
from frenemy.errors import UnreadableDocument

AT = "https://news.example/feeds/all.xml"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The &lt;b&gt;Daily&lt;/b&gt; Test</title>
<item><guid isPermaLink="false">g1</guid><link>/2024/a.html</link><title>Ann &amp;amp; &lt;i&gt;Bob&lt;/i&gt; meet</title>
<author>Eve</author>
<pubDate>Fri, 03 May 2024 23:00:00 -0500</pubDate><description>Short.</description></item>
<item><link>https://other.example/b</link><title>Second</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom News</title><entry><id>tag:x,1</id><title>One</title>
<link rel="alternate" href="a"/><updated>2024-05-03T10:00:00Z</updated><author><name>Eve</name></author>
<content type="html">&lt;p&gt;Whole text.&lt;/p&gt;&lt;script&gt;evil()&lt;/script&gt;</content></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "JSON News",
        "items": [
            {"id": 7, "url": "/a", "title": "One", "date_published": "2024-05-03T10:00:00Z", "content_html": "<p>Text.</p>"},
            {"id": "8", "content_text": "Only text.", "authors": [{"name": "Eve"}]},
            "nonsense",
            {"id": "9", "title": "nothing in it"},
        ],
    }
)


def test_rss():
    found = parse(RSS.encode(), AT)
    assert (found.kind, found.title) == ("feed", "The Daily Test")
    first, second = found.entries
    assert (first.id, first.url, first.title, first.published) == (
        "g1",
        "https://news.example/2024/a.html",
        "Ann & Bob meet",
        date(2024, 5, 4),
    )
    assert (first.name, second.url) == ("news.example/a", "https://other.example/b")


def test_atom():
    [entry] = parse(ATOM.encode(), AT).entries
    assert (entry.id, entry.url, entry.published, entry.author) == ("tag:x,1", "https://news.example/feeds/a", date(2024, 5, 3), "Eve")
    assert "Whole text." in entry.content
    assert "evil" not in entry.content


def test_json_feed():
    found = parse(JSON.encode(), AT)
    assert [(entry.id, entry.url, entry.author) for entry in found.entries] == [("7", "https://news.example/a", None), ("8", None, "Eve")]
    assert found.entries[0].published == date(2024, 5, 3)


def test_opml_in_folders_and_with_strange_links():
    opml = """<opml version="2.0"><body><outline text="A"><outline type="rss" xmlUrl="https://a.example/f"/></outline>
    <outline xmlUrl="file:///etc/passwd"/><outline XMLURL="https://a.example/f"/><outline text="none"/></body></opml>"""
    found = parse(opml.encode(), "list.opml")
    assert (found.kind, found.more) == ("opml", ("https://a.example/f",))
    assert found.left_out == ("'file:///etc/passwd' is no web address",)


def test_sitemaps_and_their_index():
    sitemap = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/a</loc><lastmod>2024-05-03</lastmod>
    <news:news><news:publication_date>2024-05-01T08:00Z</news:publication_date><news:title>Ann wins</news:title></news:news></url>
    <url><loc>javascript:alert(1)</loc></url></urlset>"""
    found = parse(gzip.compress(sitemap.encode()), AT)
    [entry] = found.entries
    assert (found.kind, entry.url, entry.title, entry.published) == ("sitemap", "https://news.example/a", "Ann wins", date(2024, 5, 1))
    index = b"<sitemapindex><sitemap><loc>https://news.example/s1.xml.gz</loc></sitemap></sitemapindex>"
    assert parse(index, AT).more == ("https://news.example/s1.xml.gz",)


def test_a_page_names_its_feed():
    page = b'<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>x</body></html>'
    assert parse(page, AT).more == ("https://news.example/feed",)
    with pytest.raises(UnreadableDocument, match="names no feed"):
        parse(b"<html><body>x</body></html>", AT)


LAYERS = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x0 "ha">{LAYERS}]><rss version="2.0"><channel><item><title>&x9;</title>
<link>https://a.example/</link></item></channel></rss>"""
INSIDE = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline xmlUrl="https://a.example/&x;"/>
</body></opml>"""


@pytest.mark.parametrize("text", [BOMB, INSIDE])
def test_entities_are_not_read(text):
    with pytest.raises(UnreadableDocument, match="entities"):
        parse(text.encode(), AT)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no RSS"),
        (b"just words", "is no RSS"),
        (b"{broken", "broken JSON"),
        (b'{"a": 1}', "no JSON Feed"),
        (b'{"items": ' + b"[" * 100_000, "broken JSON"),
        (b"\x1f\x8bnot gzip", "broken gzip"),
    ],
)
def test_what_is_no_feed_is_said(data, reason):
    with pytest.raises(UnreadableDocument, match=reason):
        parse(data, AT)


def test_broken_xml_gives_what_it_still_holds():
    assert [entry.url for entry in parse(RSS[:-60].replace("<b>", "").encode(), AT).entries][:1] == ["https://news.example/2024/a.html"]


def test_links_off_the_web_are_left_out_and_titles_hold_no_mark_up():
    feed = """<rss version="2.0"><channel><item><link>javascript:alert(1)</link><title>&lt;script&gt;x()&lt;/script&gt;Bad</title></item>
    <item><link>data:text/html,x</link><title>Told</title><description>What the feed tells.</description></item></channel></rss>"""
    found = parse(feed.encode(), AT)
    assert [(entry.url, entry.title, entry.content) for entry in found.entries] == [(None, "Told", "What the feed tells.")]
    assert len(found.left_out) == 2
    assert "<" not in found.left_out[0]


@pytest.mark.parametrize(
    "evil", ["&#xD800;", "&#0;", "&#x1F;", "\ud800", "<link>", "</link>", "<![CDATA[", "<!--", "<link href='http://['/>"]
)
@pytest.mark.parametrize("sound", [RSS, ATOM, "<urlset><url><loc>https://a.example/</loc></url></urlset>"])
def test_what_breaks_parsers_is_borne(sound, evil):
    for place in range(60, len(sound), 37):
        data = (sound[:place] + evil + sound[place:]).encode("utf-8", "surrogatepass")
        try:
            listing = parse(data, AT)
        except UnreadableDocument:
            continue
        for entry in listing.entries:
            text_of(entry.content).encode("utf-8", "replace")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<!-- b -->c</p>d", "ac\nd"),
        ("<div>a<script>b</script>c<style>d</style></div>", "ac\n"),
        ("", ""),
        ("a &#x1F; b", "a  b"),
    ],
)
def test_text_of_html(html, text):
    assert text_of(html) == text


def test_a_long_feed_is_read_quickly():
    items = "".join(f"<item><link>https://a.example/{number}</link><title>{number}</title></item>" for number in range(3000))
    began = time.monotonic()
    found = parse(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), AT)
    assert len(found.entries) == 3000
    assert time.monotonic() - began < 10


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda text: RSS.replace("Second", text).encode("utf-8", "replace"))))
def test_any_bytes_give_a_listing_or_an_error(data):
    try:
        listing = parse(data, AT)
    except UnreadableDocument:
        return
    assert all(entry.url is None or entry.url.startswith(("http://", "https://")) for entry in listing.entries)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "url", "title", "content_html", "date_published", "authors", "author"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=8),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
            max_leaves=5,
        ),
    )
)
def test_any_item_of_a_json_feed_is_borne(item):
    parse(json.dumps({"items": [item]}).encode(), AT)
