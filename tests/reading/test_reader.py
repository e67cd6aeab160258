"""The shipped reader on real text: contracts that hold whatever it finds, and the frozen run over the hard cases."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frenemy.model import KINDS, POLARITIES, STATUSES, TIE_TYPES, Document, Reading
from frenemy.reading import NeuralReader, default_reader, read_pairs
from tests.reading.hard_cases import FROZEN, right_ids

STORY = (
    "Ana Ruiz, the chief executive of Ferrum, accused the rival steelmaker Orbis of theft on Tuesday.\n"
    "She said that the company had bribed officials. Orbis denied the claim. In 2019 Ruiz had praised Orbis."
)


def test_every_quote_stands_at_its_offsets() -> None:
    doc = Document(text=STORY, name="story", published=date(2024, 11, 22))
    (reading,) = default_reader().read([doc])
    assert reading.ties
    for tie in reading.ties:
        tie.quote.check(doc)
        assert tie.type in TIE_TYPES
        assert tie.polarity in POLARITIES
        assert tie.status in STATUSES
        assert 0 <= tie.confidence <= 1
    for mention in reading.mentions:
        assert doc.text[mention.start : mention.end] == mention.text
        assert mention.kind in KINDS


def test_a_plain_story_is_understood() -> None:
    (reading,) = default_reader().read([Document(text=STORY, name="story", published=date(2024, 11, 22))])
    found = {(t.source.name, t.type, t.target.name) for t in reading.ties}
    assert ("Ana Ruiz", "ACCUSE", "Orbis") in found
    assert ("Ana Ruiz", "LEADS", "Ferrum") in found
    assert {t.when for t in reading.ties if t.type == "SUPPORT"} == {"2019"}


def test_documents_come_back_in_order_whatever_their_length() -> None:
    docs = [Document(text=STORY * n, name=str(n)) for n in (3, 1, 40, 1, 2)]
    docs.insert(1, Document(text="...", name="nothing"))
    assert [r.document.name for r in default_reader().read(docs)] == [d.name for d in docs]


def test_a_document_reads_much_the_same_alone_and_in_company() -> None:
    """int8 scales are taken over a batch: what is near a threshold may come and go with the company, what is sure stays likely."""
    doc, other = Document(text=STORY, name="story"), Document(text="Peru and Chile signed a pact. " * 20, name="other")
    reader, lenient = NeuralReader(), NeuralReader(threshold=0.1)
    (alone,), (*_, beside) = reader.read([doc]), reader.read([other, doc])
    (likely_alone,), (*_, likely_beside) = lenient.read([doc]), lenient.read([other, doc])
    differ = {mention.name for mention in set(alone.mentions) ^ set(beside.mentions)}
    assert len(differ) <= 1
    assert len(told(alone, 0.5) - {tie for tie in told(alone) if differ & set(tie)}) >= 2
    assert all(differ & set(tie) for tie in told(alone, 0.5) - told(likely_beside))
    assert all(differ & set(tie) for tie in told(beside, 0.5) - told(likely_alone))


def told(reading: Reading, least: float = 0.0) -> set[tuple[str, ...]]:
    """What its ties say that are at least so probable."""
    return {(t.source.name, t.target.name, t.type, t.polarity, t.quote.text) for t in reading.ties if t.confidence >= least}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text_is_read_without_a_false_quote(text: str) -> None:
    doc = Document(text=text, name="any")
    (reading,) = default_reader().read([doc])
    for tie in reading.ties:
        tie.quote.check(doc)


def test_pairs_keep_their_order_and_speak_of_p_and_q_as_given() -> None:
    text = "Ferrum sued Orbis."
    forth, back, none = read_pairs([(text, (0, 6), (12, 17)), (text, (12, 17), (0, 6)), ("Rome and Oslo are cities.", (0, 4), (9, 13))])
    assert (forth[0].type, forth[0].direction, forth[0].polarity) == ("ACCUSE", "p>q", "-")
    assert (back[0].type, back[0].direction) == ("ACCUSE", "q>p")
    assert none == []


def test_pairs_come_from_any_iterable_and_none_is_fine() -> None:
    assert read_pairs(iter([])) == []


def test_a_span_outside_its_text_is_refused() -> None:
    with pytest.raises(ValueError, match="does not lie inside"):
        read_pairs([("Rome", (0, 9), (0, 1))])


def test_hard_cases_hold_their_frozen_score() -> None:
    """`hard_cases.frozen.json` holds what the shipped reader got right; a new model may not lose more than three of them."""
    lost = set(json.loads(FROZEN.read_text(encoding="utf-8"))) - right_ids()
    assert len(lost) <= 3, sorted(lost)
