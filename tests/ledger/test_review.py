"""The queue: what is asked, in which order, with which quotes. Values are counted by hand beside each case."""

from __future__ import annotations

from datetime import date

import pytest
from tests.readers import ScriptedReader

from frenemy.errors import UnknownActor
from frenemy.ledger.profile import ROLE_WORDS
from frenemy.ledger.snippets import sentence_around
from frenemy.model import TIE_TYPES, Document, WatchEntry, Watchlist
from frenemy.pipeline import open_ledger, read_into

KINDS = {
    **dict.fromkeys(("Elon Musk", "Kimbal Musk", "Musk", "John Smith", "Donald Trump"), "person"),
    **dict.fromkeys(("OpenAI", "Acme", "Orbis"), "company"),
    "critics": "group",
}
TEXTS = (
    "Elon Musk mocked Donald Trump in 2017. He said so twice.",
    "Kimbal Musk praised Donald Trump.",
    "Musk sued OpenAI. Musk mocked Acme. Musk praised Orbis. Musk met Orbis.",
    "critics accused Elon Musk. critics accused OpenAI.",
    "John Smith founded Acme. John Smith sued Donald Trump.",
    "John Smith praised OpenAI.",
)


class Unsure(ScriptedReader):
    """Sure of nothing but what was praised."""

    def _tie(self, doc, source, target, sentence):
        from dataclasses import replace

        tie = super()._tie(doc, source, target, sentence)
        return tie and replace(tie, confidence=0.9 if tie.polarity == "+" else 0.5)


@pytest.fixture
def ledger(tmp_path):
    docs = [Document(text=text, name=f"d{number}", published=date(2020, 1, number + 1)) for number, text in enumerate(TEXTS)]
    with open_ledger(tmp_path / "review.duckdb") as opened:
        read_into(opened, docs, reader=Unsure(KINDS))
        yield opened


def doubts(ledger, *rows):
    """Doubts put there by hand: these tests are about the queue, not about who is in doubt."""
    ledger.resolve()
    ledger._connection.execute("DELETE FROM doubts")
    for kind, subjects, score in rows:
        ledger._connection.execute("INSERT INTO doubts VALUES (?, ?, ?, 'a reason', ?)", [kind, list(subjects), score, subjects[0]])


def test_a_merge_is_worth_the_signed_ties_of_the_lesser_actor(ledger):
    doubts(ledger, ("merge", ("Musk", "Kimbal Musk"), 0.5), ("merge", ("Musk", "Elon Musk"), 0.8))
    first, second = ledger.questions(kinds=("merge",))
    assert (first.subjects, first.moves) == (("Musk", "Elon Musk"), 2)
    assert first.value == pytest.approx(0.8 * (0.5 + 0.5))  # mocked Trump, accused by critics; Musk's own are worth 0.5 + 0.5 + 0.9
    assert (second.moves, second.value) == (1, pytest.approx(0.5 * 0.9))
    assert {piece.quote for piece in first.evidence} >= {"Musk sued OpenAI.", "Elon Musk mocked Donald Trump in 2017."}


def test_a_name_in_one_document_moves_only_its_ties_there(ledger):
    ids = {doc.name: doc.id for doc in ledger.documents()}
    subjects = tuple(f"John Smith @ {ids[name]}" for name in ("d4", "d5"))
    doubts(ledger, ("merge", subjects, 0.5))
    [question] = ledger.questions(kinds=("merge",))
    assert (question.moves, question.value) == (1, pytest.approx(0.5 * 0.5))  # sued Trump at 0.5, praised OpenAI at 0.9
    assert question.asks == "“John Smith” in d4 and “John Smith” in d5: the same actor?"
    assert [piece.doc for piece in question.evidence] == ["d4", "d5"]


def test_a_split_that_is_improbable_is_worth_little(ledger):
    doubts(ledger, ("split", ("Musk", "Elon Musk"), 0.9), ("split", ("Elon Musk", "Kimbal Musk"), 0.3))
    values = {question.subjects: question.value for question in ledger.questions(kinds=("split",))}
    assert values == {("Musk", "Elon Musk"): pytest.approx(0.1 * 1.0), ("Elon Musk", "Kimbal Musk"): pytest.approx(0.7 * 0.9)}


def test_a_name_in_quarantine_is_worth_the_ties_it_would_bring(ledger):
    assert "critics" not in {actor.name for actor in ledger.actors()}
    doubts(ledger, ("quarantine", ("critics",), 0.4))
    [question] = ledger.questions(kinds=("quarantine",))
    assert (question.moves, question.value) == (2, pytest.approx(0.4 * (0.5 + 0.5)))
    assert question.asks == "Is “critics” the name of an actor?"
    with pytest.raises(UnknownActor, match=r"the name of nobody \(.*\)\. `frenemy judge promote 'critics'`"):
        ledger.find_actor("Critics")
    before = len(ledger.ties())
    ledger.decide("promote", *question.subjects, by="ann")
    assert len(ledger.ties()) == before + 2
    ledger.undo(by="ann")
    assert len(ledger.ties()) == before


def test_a_weak_tie_weighs_as_much_as_it_decides(tmp_path):
    text = "Elon Musk praised Donald Trump. Elon Musk endorsed Donald Trump. Elon Musk mocked Donald Trump. Elon Musk sued OpenAI."
    text += " OpenAI met Donald Trump."
    with open_ledger(tmp_path / "w.duckdb") as ledger:
        read_into(ledger, [Document(text=text, name="d")], reader=Unsure(KINDS))
        asked = {question.evidence[0].quote: question for question in ledger.questions(kinds=("tie",), weak=0.6)}
        assert list(asked) == ["Elon Musk sued OpenAI.", "Elon Musk mocked Donald Trump."] or list(asked) == [
            "Elon Musk mocked Donald Trump.",
            "Elon Musk sued OpenAI.",
        ]
        assert {question.value for question in asked.values()} == {0.5}  # neither turns a pair's sign to another but the sued one to none
        everything = {question.evidence[0].quote: question for question in ledger.questions(kinds=("tie",), weak=1.0)}
        praised = everything["Elon Musk praised Donald Trump."]
        assert (praised.moves, praised.value) == (3, pytest.approx(0.3))  # without it the pair is divided: three ties are read otherwise
        assert len(everything) == 4  # a neutral tie moves no stance


def test_what_was_answered_is_not_asked_again_until_it_is_undone(ledger):
    before = ledger.questions(weak=0.95)
    assert before
    for question in before:
        ledger.decide({"merge": "different", "split": "same", "tie": "right"}[question.kind], *question.subjects, by="ann")
    assert {question.id for question in ledger.questions(weak=0.95)} & {question.id for question in before} == set()
    for _ in before:
        ledger.undo(by="ann")
    assert ledger.questions(weak=0.95) == before


def test_an_entry_in_doubt_is_worth_the_actors_ties(ledger):
    entries = (WatchEntry(id="1", name="J. Smith", kind="person", ids=("wikidata:Q1",)),)
    ledger.add_watchlist(Watchlist(name="w", source="f", entries=entries), by="ann")
    ledger.decide("same", *(f"John Smith @ {doc.id}" for doc in ledger.documents() if doc.name in ("d4", "d5")), by="ann")
    [question] = ledger.questions(kinds=("listing",))
    assert question.asks == "Is “John Smith” “J. Smith” of the watchlist w (1, wikidata:Q1)?"
    assert (question.moves, question.value) == (2, pytest.approx(0.6 * (0.5 + 0.9)))


def test_the_most_valuable_come_first_and_every_quote_stands_in_its_document(ledger):
    doubts(ledger, ("merge", ("Musk", "Elon Musk"), 0.8), ("merge", ("Musk", "Kimbal Musk"), 0.2), ("quarantine", ("critics",), 0.9))
    found = ledger.questions()
    assert [question.value for question in found] == sorted((question.value for question in found), reverse=True)
    assert len(ledger.questions(limit=2)) == 2
    docs = {doc.id: doc for doc in ledger.documents()}
    for question in found:
        assert question.evidence
        assert all(docs[piece.document].text[piece.start : piece.end] == piece.quote for piece in question.evidence)


@pytest.mark.parametrize("padding", [0, 300, 1000])
def test_a_quote_from_a_long_text_is_cut_at_words_and_still_stands(tmp_path, padding):
    text = ("so it goes on and on " * padding) + "🦊 Elon Musk praised Acme " + ("and on it goes " * padding) + "."
    with open_ledger(tmp_path / "long.duckdb") as ledger:
        read_into(ledger, [Document(text=text, name="d")], reader=ScriptedReader(KINDS))
        [piece] = ledger.actor("elon musk").quotes
        assert text[piece.start : piece.end] == piece.quote
        assert "Elon Musk praised Acme" in piece.quote
        assert len(piece.quote) < 600
        assert not piece.quote.startswith((" ", "o it", "t "))


def test_sentences_end_where_sentences_end():
    text = 'First one. "Second," he said. Third\nFourth'
    cut = [text[slice(*sentence_around(text, at, at + 1))] for at in (0, 12, 31, 37)]
    assert cut == ["First one.", '"Second," he said.', "Third", "Fourth"]


def test_every_role_is_a_tie_type():
    assert set(ROLE_WORDS) <= set(TIE_TYPES)
