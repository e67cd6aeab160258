"""The report: one file, escaped, small, with its quotes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from click.testing import CliRunner
from tests.views.test_conflicts import STORIES, reading

from frenemy.model import Stance
from frenemy.pipeline import open_ledger
from frenemy.views.cli import main
from frenemy.views.report import Wanted, drawings, gather, render
from frenemy.views.report.contents import Disputed, Shifted, Side, strongest
from frenemy.views.report.pairs import TIES_A_PAIR, Pair, pairs_of, sections

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """Collects what the tests ask for, and holds that every element that is opened is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        assert not self._open

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append(tag)
        self.links += [values[name] for name in ("href", "src") if name in values]
        self.ids += [values["id"]] if "id" in values else []
        assert not any(name.startswith("on") or name == "style" for name in values)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data):
        if "style" not in self._open:
            self.words.append(data)

    @property
    def text(self) -> str:
        """What a person reads."""
        return " ".join(" ".join(self.words).split())


def page_of(ledger, title="Test", **wanted):
    return render(gather(ledger, Wanted(title=title, **wanted)), today=date(2025, 1, 2))


def test_findings_stand_first_and_every_inner_link_leads_somewhere(ledger):
    text = page_of(ledger)
    page = Page(text)
    findings = ("Key findings", "Strongest alliances", "Strongest rivalries", "Disputed claims")
    places = [text.index(f">{heading}</h") for heading in (*findings, "The network", "Pair by pair", "Actors", "Sources")]
    assert places == sorted(places)
    assert places[-1] < text.index("How this was made")
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "https://example.org/2017" in page.links
    for tie in ledger.ties():
        assert tie.quote in page.text


def test_each_pair_says_how_it_stands_and_draws_its_history(crowded_contents):
    drawn = [section for section in crowded_contents.sections if section.history]
    assert len(drawn) > 50
    section = drawn[0]
    text = render(crowded_contents)
    part = text[text.index(f'id="pair-{"--".join(section.pair.ids)}"') :].split("</article>")[0]
    assert part.count("<use ") == len(section.history.spots)
    assert 'class="band"' in part
    assert f"{abs(section.pair.stance.value):.2f}" in part
    for numbers in re.findall(r' (?:x|y|d)="([^"]*)"', part):
        assert all(-10 <= float(value) <= drawings.WIDTH for value in re.findall(r"-?\d+(?:\.\d+)?", numbers))


def test_it_needs_nothing_beside_it(ledger):
    text = page_of(ledger)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(Page(text).tags)
    assert "default-src 'none'" in text
    assert not re.search(r"url\(|@import|javascript:", text)


def test_hostile_documents_stay_text(hostile_path):
    with open_ledger(hostile_path, read_only=True) as ledger:
        text = page_of(ledger, title="</title><script>alert(0)</script>\x1b")
    page = Page(text)
    assert not {"script", "img", "iframe", "b onmouseover"} & set(page.tags)
    assert all(link.startswith(("#", "https://example.org/")) for link in page.links)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
    assert "<script>alert(1)</script>" in page.text
    assert 'Donald "><script>alert(2)</script> Trump' in page.text
    assert "Elon <b onmouseover=alert(1)>Musk" in page.text
    assert len(text.encode()) < 1_000_000


def test_a_hundred_actors_stay_under_three_megabytes(crowded_contents):
    text = render(crowded_contents)
    assert len(text.encode()) < 3_000_000
    assert len(crowded_contents.actors) > 95
    assert Page(text).tags.count("article") > 300
    assert "pairs with fewer ties are left out here" in text


def test_both_clocks_reach_every_part(ledger):
    text = page_of(ledger, as_of=date(2018, 12, 31))
    assert "2024" not in Page(text).text
    assert "mocked" in text
    assert "known by 2018-12-31" in page_of(ledger, known_by=date(2018, 12, 31))


def test_an_empty_ledger_has_a_report(tmp_path):
    with open_ledger(tmp_path / "empty.duckdb") as ledger:
        assert "holds no ties between two actors yet" in page_of(ledger)


def test_findings_rank_by_the_surer_end_of_the_interval(ledger):
    ties = ledger.ties()
    row = {"mutual": True, "at": date(2024, 1, 1)}
    sure = Stance(source="donald-trump", target="elon-musk", value=0.3, low=0.2, high=0.4, **row, because=((ties[-1].id, 0.1),))
    pairs = [
        Pair(ids=("a", "b"), names=("A", "B"), ties=tuple(ties), stance=replace(sure, value=0.5, low=-0.2, high=1.0)),
        Pair(ids=("c", "d"), names=("C", "D"), ties=tuple(ties), stance=sure),
        Pair(ids=("e", "f"), names=("E", "F"), ties=tuple(ties), stance=None),
    ]
    assert [pair.names[0] for pair in strongest(pairs, "+")] == ["C", "A"]
    assert strongest(pairs, "-") == []


def test_only_asserted_ties_are_counted_by_sign_and_the_surest_are_shown(ledger):
    found = pairs_of(ledger.ties(), ledger.stances(mutual=True), ledger.stances())
    (pair,) = [pair for pair in found if pair.ids == ("elon-musk", "jeff-bezos")]
    assert str(pair.tally) == "1 against, 1 denied"
    assert pair.sign == "-"
    many = replace(pair, ties=pair.ties * 50)
    (section,) = sections([many], {})
    assert (len(section.ties), section.left_out) == (TIES_A_PAIR, 100 - TIES_A_PAIR)


def test_shifts_and_disputes_show_both_sides(ledger):
    contents = gather(ledger, Wanted(title="Sides"))
    one, other = contents.sections[0].ties[:2]
    shift = Shifted(ids=("donald-trump", "elon-musk"), names=("T", "M"), says="Turned", sides=(("-", one), ("+", other)))
    dispute = Disputed(headline="M → T", standing="denied", said=(Side(speaker="X", tie=one),), against=(Side(speaker="Y", tie=other),))
    page = Page(render(replace(contents, shifts=[shift], disputed=[dispute])))
    assert "Who changed sides T and M Turned" in page.text
    assert "Says so: X" in page.text
    assert "Says otherwise: Y" in page.text


def test_a_potential_conflict_is_told_with_a_quote_for_every_hop(tmp_path):
    with open_ledger(tmp_path / "harbour.duckdb") as ledger:
        ledger.add(*(reading(day, told) for day, told in STORIES.items()))
        page = Page(page_of(ledger))
    part = page.text[page.text.index("Potential conflicts of interest") : page.text.index("Who is with whom")]
    places = [
        part.index(quote) for quote in ("chairs the Harbour Board", "owns Tidal Works", "dredges for the Harbour Board", "To find out:")
    ]
    assert places[3] < places[0] < places[1] < places[2]
    blocs = page.text[page.text.index("Who is with whom") : page.text.index("The network")]
    assert "Ann Weir, Bo Lund Cy Marsh, Tidal Works" in blocs
    assert "What does not fit" in blocs


def test_a_report_that_cannot_be_written_says_so(ledger_path, tmp_path):
    done = CliRunner().invoke(main, ["report", "-o", str(tmp_path), "--ledger", str(ledger_path)])
    assert done.exit_code == 2
    assert "Give another path" in done.output
