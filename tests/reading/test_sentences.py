"""Sentences and runs of them."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from frenemy.reading.sentences import LONGEST_SENTENCE, chunks, sentences

WORDS = st.text(alphabet="ab.?! \n“”é", max_size=400)


@given(WORDS)
def test_sentences_are_in_order_apart_and_lose_no_letter(text: str) -> None:
    spans = list(sentences(text))
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == "".join(text.split()).replace(" ", "")


@given(WORDS, st.integers(10, 200))
def test_chunks_hold_every_sentence_once(text: str, longest: int) -> None:
    assert [s for run in chunks(text, longest) for s in run] == list(sentences(text))


def test_titles_and_initials_do_not_end_a_sentence() -> None:
    text = "Mr. Smith of the U.S. Postal Service met Gov. Jones. They shook hands."
    assert [text[a:b] for a, b in sentences(text)] == ["Mr. Smith of the U.S. Postal Service met Gov. Jones.", "They shook hands."]


def test_a_line_without_end_is_cut() -> None:
    assert max(b - a for a, b in sentences("word " * 20_000)) <= LONGEST_SENTENCE
