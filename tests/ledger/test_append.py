"""Appending: whole documents, once, with true quotes only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers import ScriptedReader
from tests.samples import many, samples

from frenemy.errors import FalseQuote, LedgerError
from frenemy.ledger import tie_id
from frenemy.model import Document, Figure, Judgement, Mention, Quote, Reading
from frenemy.pipeline import LONGEST, open_ledger, read_into


def reading_of(doc: Document) -> Reading:
    return next(ScriptedReader().read([doc]))


def test_the_same_documents_again_change_nothing(ledger):
    before = (ledger.counts(), ledger.ties(), ledger.actors())
    summary = read_into(ledger, samples(), reader=ScriptedReader())
    assert (summary.read, summary.known) == (0, 4)
    assert (ledger.counts(), ledger.ties(), ledger.actors()) == before


def test_known_documents_are_not_read_again(ledger):
    reader = ScriptedReader()
    read_into(ledger, [*samples(), *many(1)], reader=reader)
    assert reader.read_documents == ["doc0"]


def test_the_same_text_under_another_name_is_the_same_document(ledger):
    assert ledger.add(reading_of(replace(samples()[0], name="copy", publisher="Elsewhere"))) == 0


@pytest.mark.parametrize(
    ("start", "end", "text"), [(0, 9, "Elon Mask"), (1, 10, "Elon Musk"), (-5, -1, "ened"), (3, 3, ""), (0, 999, "Elon Musk")]
)
def test_a_false_quote_stops_the_whole_batch(ledger, start, end, text):
    doc = many(1)[0]
    sound, reading = reading_of(many(2)[1]), reading_of(doc)
    false = replace(reading.ties[0], quote=Quote(document=doc.id, start=start, end=end, text=text))
    before = ledger.counts()
    with pytest.raises(FalseQuote, match="does not stand"):
        ledger.add(sound, replace(reading, ties=(false,)))
    assert ledger.counts() == before


def test_a_false_mention_or_another_documents_quote_is_refused(ledger):
    doc, other = many(2)
    reading = reading_of(doc)
    with pytest.raises(FalseQuote):
        ledger.add(replace(reading, mentions=(replace(reading.mentions[0], start=1),)))
    with pytest.raises(FalseQuote):
        ledger.add(replace(reading, ties=reading_of(other).ties))


def test_one_bad_reading_does_not_stop_the_others(ledger):
    class Careless(ScriptedReader):
        def _read(self, doc):
            reading = super()._read(doc)
            bad = replace(reading.ties[0], quote=replace(reading.ties[0].quote, text="made up"))
            return replace(reading, ties=(bad,)) if doc.name == "doc1" else reading

    summary = read_into(ledger, many(3), reader=Careless())
    assert summary.read == 2
    assert [source for source, _ in summary.failed] == ["doc1"]


def test_a_text_that_is_no_unicode_fails_alone_and_a_name_that_is_none_is_mended(ledger):
    odd = [Document(text="half \ud800", name="half"), replace(many(1)[0], name="caf\udce9"), *many(2)[1:]]
    summary = read_into(ledger, odd, reader=ScriptedReader())
    assert (summary.read, [source for source, _ in summary.failed]) == (2, ["half"])
    assert ledger.document_ids("caf?")


def test_a_text_too_long_to_be_one_document_fails_alone(ledger):
    docs = [Document(text="word " * (LONGEST // 5 + 1), name="dump"), Document(text="Peru sued Chile.", name="fine")]
    summary = read_into(ledger, docs, reader=ScriptedReader())
    assert summary.read == 1
    assert [name for name, _ in summary.failed] == ["dump"]
    assert "split it" in summary.failed[0][1]


def test_repeated_ties_are_one(ledger):
    reading = reading_of(many(1)[0])
    tie = reading.ties[0]
    before = ledger.counts()["ties"]
    ledger.add(replace(reading, ties=(replace(tie, confidence=0.2), tie, tie)))
    assert ledger.counts()["ties"] == before + 1
    assert max(t.confidence for t in ledger.ties() if t.doc == "doc0") == 0.9


def test_figures_and_odd_text_are_kept(ledger):
    doc = Document(text="x\x00AI 🦊 is valued at $50 billion.", name='o\'dd "name"', retrieved=datetime(2025, 1, 1, tzinfo=UTC))
    subject = Mention(document=doc.id, start=0, end=4, text=doc.text[:4], name="xAI", kind="company")
    quote = Quote(document=doc.id, start=0, end=len(doc.text), text=doc.text)
    figure = Figure(subject=subject, kind="valuation", amount=5e10, unit="USD", quote=quote)
    assert ledger.add(Reading(document=doc, figures=(figure,))) == 1
    assert ledger.document(doc.id) == doc
    assert ledger.false_quotes() == []


def test_a_tie_judged_wrong_disappears_until_that_is_lifted(ledger):
    tie = ledger.ties()[0]
    now = datetime(2025, 1, 1, tzinfo=UTC)
    ledger.judge(Judgement(kind="wrong", subjects=(tie.id,), by="test", at=now))
    assert tie not in ledger.ties()
    ledger.judge(Judgement(kind="wrong", subjects=(tie.id,), by="test", at=now.replace(year=2026), confidence=0.0))
    assert tie in ledger.ties()
    assert len(ledger.judgements()) == 2


def test_a_closed_ledger_says_so(tmp_path):
    ledger = open_ledger(tmp_path / "a.duckdb")
    ledger.close()
    with pytest.raises(LedgerError, match="closed"):
        ledger.ties()


def test_tie_ids_do_not_depend_on_the_machine():
    assert tie_id(reading_of(many(1)[0]).ties[0]) == "47f95ae9b1050347d97a10381a0ac1eb"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)), again=st.lists(st.integers(0, 3), max_size=3))
def test_order_and_repetition_change_nothing(tmp_path_factory, ledger, order, again):
    docs = samples()
    with open_ledger(tmp_path_factory.mktemp("order") / "a.duckdb") as other:
        for position in (*order, *again):
            read_into(other, [docs[position]], reader=ScriptedReader())
        assert other.counts() == ledger.counts()
        assert other.actors() == ledger.actors()
        assert other.ties() == ledger.ties()
