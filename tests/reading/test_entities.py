"""Entity models in place of our tagger, without any of their libraries: the protocol, the mapping, the cutting, the merging, the errors."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from frenemy.errors import MissingExtra, UnusableModel
from frenemy.model import KINDS, Document
from frenemy.reading import NeuralReader
from frenemy.reading.entities import Entity, finder, gliner_finder, spacy_finder
from frenemy.reading.entities.labels import labels_of
from frenemy.reading.entities.merging import inside, merge
from frenemy.reading.entities.stretches import Found, StretchFinder, stretches
from frenemy.reading.mentions import PRONOUNS, Spot
from frenemy.views.cli import main

STORY = (
    "Ana Ruiz, the chief executive of Ferrum, accused the rival steelmaker Orbis of theft on Tuesday.\n"
    "She said that the company had bribed officials. Orbis denied the claim. In 2019 Ruiz had praised Orbis."
)


class ScriptedFinder:
    """A finder for tests: it knows the names it was given, whole words only."""

    name = "scripted"

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self.kinds = dict(kinds)
        self.asked: list[str] = []
        self._names = re.compile(r"\b(?:" + "|".join(map(re.escape, kinds)) + r")\b")

    def find(self, texts: Iterable[str]) -> Iterator[Sequence[Entity]]:
        """The known names of each text."""
        for text in texts:
            self.asked.append(text)
            yield [Entity(start=m.start(), end=m.end(), kinds=(self.kinds[m[0]],)) for m in self._names.finditer(text)]


def spot(text: str, words: str, kind: str) -> Spot:
    form = "pronoun" if words.lower() in PRONOUNS else "description" if kind == "description" else "name"
    start = text.index(words)
    return Spot(start=start, end=start + len(words), text=words, kind=kind, form=form, sure=1.0)


def entity(text: str, words: str, *kinds: str, sure: float = 1.0) -> Entity:
    start = text.index(words)
    return Entity(start=start, end=start + len(words), kinds=kinds, sure=sure)


def merged(text: str, entities: Sequence[Entity], ours: Sequence[Spot]) -> list[tuple[str, str]]:
    return [(m.text, m.kind) for m in merge(text, entities, ours)]


def test_the_reader_takes_the_names_from_the_finder_and_the_rest_from_the_network() -> None:
    found = ScriptedFinder({"Ana Ruiz": "person", "Ruiz": "person", "Orbis": "company"})
    reader = NeuralReader(finder=found)
    (reading,) = reader.read([Document(text=STORY, name="story")])
    assert {(m.text, m.kind) for m in reading.mentions if m.form == "name"} == {
        ("Ana Ruiz", "person"),
        ("Ruiz", "person"),
        ("Orbis", "company"),
    }
    assert ("She", "Ana Ruiz") in {(m.text, m.name) for m in reading.mentions}
    assert ("Ana Ruiz", "ACCUSE", "Orbis") in {(t.source.name, t.type, t.target.name) for t in reading.ties}
    assert {t.reader for t in reading.ties} == {reader.name}
    assert reader.name.endswith("+scripted")
    assert found.asked == [STORY]


def test_documents_keep_their_order_and_their_own_entities() -> None:
    docs = [Document(text=text, name=str(i)) for i, text in enumerate(["Ferrum sued Orbis.", "...", STORY, "Orbis sued Ferrum."])]
    readings = list(NeuralReader(finder=ScriptedFinder({"Orbis": "company"})).read(docs))
    assert [r.document.name for r in readings] == ["0", "1", "2", "3"]
    assert [sum(m.text == "Orbis" for m in r.mentions) for r in readings] == [1, 0, 3, 1]


def test_ours_stay_where_no_entity_overlaps() -> None:
    text = "Ruiz told protesters that the company would sue them and the mayor of Oslo."
    ours = [
        spot(text, "Ruiz", "person"),
        spot(text, "protesters", "group"),
        spot(text, "the company", "description"),
        spot(text, "them", ""),
        spot(text, "the mayor of Oslo", "description"),
    ]
    assert merged(text, [entity(text, "Oslo", "place")], ours) == [
        ("protesters", "group"),
        ("the company", "description"),
        ("them", ""),
        ("Oslo", "place"),
    ]


def test_of_two_entities_that_overlap_the_surer_stays() -> None:
    text = "Bank of Rome lends."
    low, high = entity(text, "Bank of Rome", "company", sure=0.6), entity(text, "Rome", "place", sure=0.9)
    assert merged(text, [low, high], []) == [("Rome", "place")]
    assert merged(text, [entity(text, "Rome", "place"), entity(text, "Bank of Rome", "company")], []) == [("Bank of Rome", "company")]


def test_entities_are_cut_to_their_words_like_our_own_names() -> None:
    text = "“the United Nations's” envoy, he said: 1999!"
    entities = [entity(text, "the United Nations's", "organisation"), entity(text, "he", "person"), entity(text, "1999", "organisation")]
    assert merged(text, entities, []) == [("United Nations", "organisation")]


def test_our_tagger_decides_among_the_kinds_that_a_label_leaves_open() -> None:
    text = "Ferrum sued the Senate and Israeli Sunnis."
    ours = [spot(text, "Ferrum", "company"), spot(text, "Senate", "government body")]
    org = ("organisation", "company", "government body")
    norp = ("group", "place")
    entities = [entity(text, "Ferrum", *org), entity(text, "Senate", *org), entity(text, "Israeli", *norp), entity(text, "Sunnis", *norp)]
    assert merged(text, entities, ours) == [
        ("Ferrum", "company"),
        ("Senate", "government body"),
        ("Israeli", "place"),
        ("Sunnis", "group"),
    ]
    assert merged(text, [entity(text, "Ferrum", "person")], ours) == [("Ferrum", "person")]


def test_an_adjective_gives_way_to_a_longer_name_of_ours() -> None:
    text = "The Turkish government met Turkish officials and Turkish envoy Ana Ruiz."
    norp = ("group", "place")
    starts = [m.start() for m in re.finditer("Turkish", text)]
    entities = [Entity(start=at, end=at + 7, kinds=norp) for at in starts] + [entity(text, "Ana Ruiz", "person")]
    ours = [spot(text, "Turkish government", "government body"), spot(text, "Turkish envoy Ana Ruiz", "person")]
    assert merged(text, entities, ours) == [
        ("Turkish government", "government body"),
        ("Turkish", "place"),
        ("Turkish", "place"),
        ("Ana Ruiz", "person"),
    ]


def test_entities_across_a_passage_border_are_left_out() -> None:
    text = "Rome fell."
    assert inside([entity(text, "Rome", "place")], 1, 10) == []


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(KINDS), st.floats(0, 1))),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from([*KINDS, "description"]))),
)
def test_merged_mentions_never_overlap(theirs: list[tuple[int, int, str, float]], rest: list[tuple[int, int, str]]) -> None:
    text = "the Turkish court of Ana Ruiz's Ltd., U.S. peers"
    entities = [Entity(start=at, end=at + size, kinds=(kind,), sure=sure) for at, size, kind, sure in theirs]
    ours: list[Spot] = []
    for at, size, kind in rest:  # ours never overlap one another
        if all(at >= s.end or at + size <= s.start for s in ours):
            form = "description" if kind == "description" else "name"
            ours.append(Spot(start=at, end=at + size, text=text[at : at + size], kind=kind, form=form, sure=1.0))
    found = merge(text, entities, ours)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(("start", "end", "kinds"), [(3, 3, ("person",)), (-1, 2, ("person",)), (0, 2, ()), (0, 2, ("planet",))])
def test_an_entity_that_is_no_stretch_or_of_no_kind_is_refused(start: int, end: int, kinds: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"no stretch of a text|no kinds of actors"):
        Entity(start=start, end=end, kinds=kinds)


def test_every_label_stands_for_kinds_of_ours() -> None:
    for library in ("spacy", "gliner"):
        for label, kinds in labels_of(library).items():
            assert kinds, label
            assert set(kinds) <= set(KINDS), label
    assert {kinds[0] for kinds in labels_of("gliner").values()} == set(KINDS)


def test_texts_are_cut_at_sentence_ends_and_put_together_again() -> None:
    asked: list[str] = []

    def capitals(texts: Iterable[str]) -> Iterator[Sequence[Found]]:
        for text in texts:
            asked.append(text)
            yield [(m.start(), m.end(), m[0], 0.7) for m in re.finditer(r"[A-Z]\w+", text)]

    model = StretchFinder("capitals", capitals, {"Rome": ["place"], "Gibbon": ["person"]}, 6)
    texts = ["Rome fell. Who won? The Goths, said Mr. Gibbon.", " \n", "Rome stood."]
    found = list(model.find(texts))
    assert asked == ["Rome fell. Who won?", "The Goths, said Mr.", "Gibbon.", "Rome stood."]
    assert [[(texts[i][e.start : e.end], e.kinds, e.sure) for e in row] for i, row in enumerate(found)] == [
        [("Rome", ("place",), 0.7), ("Gibbon", ("person",), 0.7)],
        [],
        [("Rome", ("place",), 0.7)],
    ]


@given(st.text(alphabet="ab.?! \n", max_size=200), st.integers(1, 9))
def test_no_word_is_lost_or_cut_and_no_stretch_is_too_long(text: str, longest: int) -> None:
    spans = stretches(text, longest)
    words = [re.findall(r"\w+|\S", text[a:b]) for a, b in spans]
    assert [w for row in words for w in row] == re.findall(r"\w+|\S", text)
    assert all(0 < len(row) <= longest for row in words)


@pytest.mark.parametrize(("library", "load"), [("spacy", spacy_finder), ("gliner", gliner_finder)])
def test_without_the_library_the_error_says_what_to_install(library, load, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra) as caught:
        load("some_model")
    assert f"pip install 'frenemy[{library}]'" in str(caught.value)


@pytest.mark.parametrize("name", ["en_core_web_sm", "spacy:", "flair:ner", ""])
def test_what_is_no_entity_model_is_refused(name) -> None:
    with pytest.raises(UnusableModel, match="Write spacy:NAME or gliner:NAME"):
        finder(name)


def test_the_command_says_so_too(tmp_path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "gliner", None)
    (tmp_path / "a.txt").write_text(STORY)
    command = ["read", str(tmp_path / "a.txt"), "--ledger", str(tmp_path / "a.duckdb"), "--mentions"]
    missing = CliRunner().invoke(main, [*command, "gliner:some/model"])
    assert missing.exit_code == 2
    assert "frenemy: a GLiNER model needs an extra: pip install 'frenemy[gliner]'" in missing.output
    both = CliRunner().invoke(main, [*command, "spacy:x", "--reader", "endpoint"])
    assert both.exit_code == 2
    assert "leave out --reader endpoint" in both.output
    assert not (tmp_path / "a.duckdb").exists()


def test_reading_without_them_loads_neither_library() -> None:
    script = "import sys, frenemy.reading.entities; print({'spacy', 'gliner', 'torch', 'huggingface_hub'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"
