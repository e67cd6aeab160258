"""The report: one file, escaped, with its quotes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from frenemy.ledger import Ties
from frenemy.views.report import render
from frenemy.views.standing import pairs


class Page(HTMLParser):
    """Collects what the tests ask for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append(tag)
        self.links += [values["href"]] if "href" in values else []
        self.ids += [values["id"]] if "id" in values else []
        assert not any(name.startswith("on") or name == "style" for name in values)


def page_of(ledger, ties=None, title="Test"):
    return render(ledger.ties() if ties is None else ties, ledger.actors(), title=title, documents=4, today=date(2025, 1, 2))


def test_findings_stand_first_and_every_inner_link_leads_somewhere(ledger):
    text = page_of(ledger)
    page = Page(text)
    assert (
        text.index("Who changed sides")
        < text.index("Strongest friends")
        < text.index("Strongest foes")
        < text.index("Denied")
        < text.index("Pair by pair")
    )
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "https://example.org/2017" in page.links
    for tie in ledger.ties():
        assert tie.quote in text


def test_it_needs_nothing_beside_it(ledger):
    text = page_of(ledger)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(Page(text).tags)
    assert "default-src 'none'" in text
    assert not re.search(r"url\(|@import|javascript:", text)


def test_what_documents_say_is_escaped_and_only_web_addresses_are_links(ledger):
    evil = replace(
        ledger.ties()[1],
        quote="<script>alert(1)</script>\x1b\u202e",
        title="<img src=x onerror=alert(1)>",
        publisher='"><b>',
        url="javascript:alert(1)",
        source="<i>Musk</i>",
        source_id='"><x',
    )
    page = Page(page_of(ledger, Ties([evil]), title="</title><script>"))
    assert not {"script", "img", "b onerror", "x", "i"} & set(page.tags)
    assert not any(link.startswith("javascript") for link in page.links)
    assert "\x1b" not in page_of(ledger, Ties([evil]))


def test_a_large_ledger_stays_under_three_megabytes(ledger):
    base = ledger.ties()[0]
    ties = Ties(
        replace(
            base,
            id=f"{a}-{b}-{n}",
            source=f"Actor {a}",
            source_id=f"a{a}",
            target=f"Actor {b}",
            target_id=f"a{b}",
            polarity="+-"[n % 2],
            quote="word " * 60,
        )
        for a in range(60)
        for b in range(a)
        for n in range(4)
    )
    assert len(page_of(ledger, ties).encode()) < 3_000_000


def test_an_empty_ledger_has_a_report(ledger):
    assert "holds no ties between two actors yet" in render(Ties([]), [], title="Empty", documents=0)


def test_pairs_count_only_asserted_ties(ledger):
    (pair,) = [pair for pair in pairs(ledger.ties()) if set(pair.ids) == {"elon-musk", "jeff-bezos"}]
    assert (pair.balance.hostile, pair.balance.denied, pair.balance.sign) == (1, 1, "-")
