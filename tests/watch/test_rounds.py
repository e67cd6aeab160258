"""Rounds of a watch: what is new is read once and rings once, whatever the sources are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.site_server import Reply, page, rss, serving
from tests.watch.scenes import FEED, ONE, SITE, TWO, Scene, scene

from frenemy.errors import RuleError
from frenemy.pipeline import open_ledger
from frenemy.pipeline.newswatch import collecting, parse_rule


def test_what_is_new_is_read_and_rings_once(tmp_path):
    with serving(SITE) as site:
        watched = scene(tmp_path, site)
        first = watched.round()
        asked = len(site.paths())
        second = watched.round()
    assert (first.read, first.failures, len(first.alarms), first.waiting) == (2, [], 2, 0)
    assert watched.bell.says() == ["Elon Musk → Donald Trump: + SUPPORT", "Elon Musk → Jeff Bezos: - ACCUSE"]
    assert (second.read, second.alarms, len(watched.bell.told)) == (0, [], 2)
    assert site.paths()[asked:] == [FEED]
    assert site.asked[-1][1]["if-none-match"] == '"1"'
    cited = watched.bell.told[0]["because"][0]
    assert cited["quote"].endswith("Elon Musk praised Donald Trump.")
    assert cited["publisher"] == "The Test"
    assert cited["url"] == site.url + ONE


def test_only_the_new_entry_of_a_newer_feed_is_fetched(tmp_path):
    three = page("Mark Zuckerberg met Elon Musk. Nothing else of interest came to pass in the whole of that week.")
    with serving({**SITE, "/three.html": three}) as site:
        watched = scene(tmp_path, site)
        watched.round()
        site.script[FEED] = [rss(("/three.html", "Third"), (ONE, "First, renamed"), headers={"ETag": '"2"'})]
        asked = len(site.paths())
        done = watched.round()
    assert (done.read, site.paths()[asked:]) == (1, [FEED, "/three.html"])


def test_what_the_ledger_held_before_does_not_ring(tmp_path):
    with serving(SITE) as site:
        watched = scene(tmp_path, site)
        inbox = tmp_path / "old.txt"
        inbox.write_text("Elon Musk mocked Mark Zuckerberg, as all the town could hear on that day.", encoding="utf-8")
        with open_ledger(watched.watch.ledger) as ledger:
            ledger.read(inbox, reader=watched.reader)
        watched.round()
        later = replace(watched.watch, rules=[*watched.watch.rules, parse_rule({"kind": "tie", "signs": ["-"]})])
        watched.watch = later
        assert watched.round().alarms == []
    assert len(watched.bell.told) == 2


PRAISE, ACCUSAL = "Elon Musk → Donald Trump: + SUPPORT", "Elon Musk → Jeff Bezos: - ACCUSE"
RULES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "between": ({"kind": "tie", "between": ["Donald Trump", "Elon Musk"]}, {PRAISE}),
    "pattern": ({"kind": "tie", "actors": ["*Bezos"]}, {ACCUSAL}),
    "sign": ({"kind": "tie", "signs": ["against"]}, {ACCUSAL}),
    "type and status": ({"kind": "tie", "types": ["SUPPORT"], "statuses": ["asserted"]}, {PRAISE}),
    "sure": ({"kind": "tie", "min_confidence": 0.95}, set()),
    "nobody": ({"kind": "tie", "actors": ["Nobody At All"]}, set()),
    **{kind: ({"kind": kind}, set()) for kind in ("shift", "dispute", "conflict")},
}


def test_each_rule_rings_on_what_it_asks_for(tmp_path):
    with serving(SITE) as site:
        watched = scene(tmp_path, site, *({"name": name, **rule} for name, (rule, _) in RULES.items()))
        assert watched.round().failures == []
    told = {name: {line["says"] for line in watched.bell.told if line["rule"] == name} for name in RULES}
    assert told == {name: says for name, (_, says) in RULES.items()}


def test_a_watchlist_can_be_a_rules_actors(tmp_path):
    listed = tmp_path / "list.csv"
    listed.write_text("name,kind\nJeff Bezos,person\n", encoding="utf-8")
    with serving(SITE) as site:
        watched = scene(tmp_path, site, {"kind": "tie", "actors": ["watchlist:rich"]})
        with pytest.raises(RuleError, match="no watchlist 'rich'"):
            watched.round()
        with open_ledger(watched.watch.ledger) as ledger:
            ledger.watch(listed, name="rich")
        watched.round()
    assert watched.bell.says() == [ACCUSAL]


def test_a_dispute_rings_when_the_denial_comes(tmp_path):
    denial = page("Elon Musk denied that Elon Musk accused Jeff Bezos. The rest of the day was spent on other things.")
    with serving({**SITE, "/denial.html": denial}) as site:
        watched = scene(tmp_path, site, {"kind": "dispute", "actors": ["Jeff Bezos"]})
        assert watched.round().alarms == []
        site.script[FEED] = [rss(("/denial.html", "Denied"))]
        watched.round()
        watched.round()
    assert watched.bell.says() == ["Elon Musk → Jeff Bezos: - ACCUSE, denied by Elon Musk against The Test"]
    assert len(watched.bell.told[0]["because"]) == 2


def test_a_shift_rings_when_the_ties_turn(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for year in range(2012, 2019):
        (inbox / f"{year}.txt").write_text(f"Elon Musk mocked Donald Trump in {year}. That much is known of it.", encoding="utf-8")
    watched = Scene(tmp_path, [str(inbox)], {"kind": "shift", "between": ["Elon Musk", "Donald Trump"]})
    assert watched.round().alarms == []
    for year in range(2020, 2026):
        (inbox / f"{year}.txt").write_text(f"Elon Musk praised Donald Trump in {year}. That much is known of it.", encoding="utf-8")
    watched.round()
    watched.round()
    [said] = watched.bell.says()
    assert said.startswith("Donald Trump and Elon Musk turned from against to with, 2020")


def test_copies_of_a_story_ring_once(tmp_path):
    with serving({**SITE, "/copy": rss(("/wire.html", "Copied")), "/wire.html": SITE[ONE]}) as site:
        watched = scene(tmp_path, site, {"kind": "tie", "types": ["SUPPORT"]})
        watched.watch = replace(watched.watch, sources=[site.url + FEED, site.url + "/copy"])
        done = watched.round()
    assert (done.read, len(watched.bell.told)) == (3, 1)


# --- sources ----------------------------------------------------------------------------------------------------------------------------


def test_a_page_that_fails_for_now_is_tried_again_and_one_that_fails_for_good_is_not(tmp_path):
    with serving({**SITE, ONE: [Reply(status=503), SITE[ONE]], TWO: Reply(status=404)}) as site:  # type: ignore[list-item]
        watched = scene(tmp_path, site)
        first, second, third = watched.round(), watched.round(), watched.round()
    assert (first.read, second.read, third.read) == (0, 1, 0)
    assert any("tried 1 of 5 times" in reason for _, reason in first.failures)
    assert (second.failures, third.failures) == ([], [])
    assert (site.paths().count(ONE), site.paths().count(TWO)) == (2, 1)


def test_a_page_that_never_comes_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_TRIES", 2)
    with serving({**SITE, ONE: Reply(status=503)}) as site:
        watched = scene(tmp_path, site)
        for _ in range(3):
            watched.round()
    assert site.paths().count(ONE) == 2


def test_a_busy_feed_is_left_alone_until_it_said(tmp_path):
    with serving({**SITE, FEED: [Reply(status=429, headers={"Retry-After": "600"}), SITE[FEED]]}) as site:  # type: ignore[list-item]
        watched = scene(tmp_path, site)
        watched.round()
        watched.round()
        assert site.paths() == [FEED]
        watched.clock += 601
        assert watched.round().read == 2


def test_a_bad_source_never_stops_the_others(tmp_path):
    bad: dict[str, Reply | list[Reply]] = {
        "/bomb": Reply(body=b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"/>'),
        "/broken": Reply(body=b"<rss"),
        "/none": Reply(status=404),
        "/links": rss(("javascript:alert(1)", "Bad \x1b[2J one"), ("file:///etc/passwd", "Worse")),
        "/inside": rss(("http://localhost:1/admin", "Inside"), ("http://169.254.169.254/latest", "Cloud")),
        "/nothing": Reply(body=b""),
    }
    with serving({**SITE, **bad}) as site:
        watched = scene(tmp_path, site)
        watched.watch = replace(watched.watch, sources=[*(site.url + path for path in bad), site.url + FEED, str(tmp_path / "gone")])
        done = watched.round()
    assert done.read == 2
    assert len(done.failures) >= len(bad)
    assert {reason.split(";")[0] for _, reason in done.failures} >= {"leads to a machine of the inside network"}


def test_lists_lead_to_feeds_and_remember_them(tmp_path):
    with serving(SITE) as site:
        opml = f'<opml><body><outline xmlUrl="{site.url}{FEED}"/><outline xmlUrl="{site.url}/opml"/></body></opml>'
        site.script["/opml"] = [Reply(body=opml.encode(), headers={"ETag": '"o"'})]
        watched = scene(tmp_path, site, path="/opml")
        assert watched.round().read == 2
        site.script[FEED] = [rss(("/new.html", "New"))]
        site.script["/new.html"] = [page("Donald Trump praised Elon Musk. There is not much else to say of the day in town.")]
        assert watched.round().read == 1
        local = tmp_path / "feeds.opml"
        local.write_text(opml, encoding="utf-8")


def test_a_folder_gives_each_version_of_a_file_once(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    story = inbox / "a.txt"
    story.write_text("Elon Musk praised Donald Trump on that long day.", encoding="utf-8")
    watched = Scene(tmp_path, [str(inbox)], {"kind": "tie"})
    assert [watched.round().read for _ in range(2)] == [1, 0]
    story.write_text("Elon Musk accused Jeff Bezos on that short day.", encoding="utf-8")
    (inbox / "b.txt").write_bytes(b"")
    done = watched.round()
    assert (done.read, len(done.failures)) == (1, 1)
    assert watched.round().failures == []
    assert len(watched.bell.told) == 2


def test_more_than_a_round_takes_is_left_for_the_next(tmp_path):
    with serving(SITE) as site:
        watched = scene(tmp_path, site)
        watched.watch = replace(watched.watch, most=1)
        assert [watched.round().read for _ in range(3)] == [1, 1, 0]


def test_a_feed_that_gives_whole_texts_has_its_pages_left_alone(tmp_path):
    text = "<p>Elon Musk praised Donald Trump.</p>" + "<p>The day was long and the weather was fair in the town.</p>" * 50
    item = f"<item><link>{ONE}</link><title>T</title><description><![CDATA[{text}]]></description></item>"
    feed = f'<rss version="2.0"><channel>{item}</channel></rss>'
    with serving({FEED: Reply(body=feed.encode())}) as site:
        watched = scene(tmp_path, site)
        assert watched.round().read == 1
    assert site.paths() == [FEED]
    assert watched.bell.says() == ["Elon Musk → Donald Trump: + SUPPORT"]
