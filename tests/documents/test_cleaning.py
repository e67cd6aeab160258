"""Cleaning takes out what nobody sees and leaves every tidy text alone."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frenemy.documents import clean
from frenemy.documents.wrapping import unwrap

MARKUP = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "</",
            "b",
            "p",
            "br",
            "&",
            "amp;",
            "lt;",
            "gt;",
            "#38;",
            "nbsp;",
            "<!--",
            "-->",
            "script",
            "\n",
            " ",
            "\r",
            "\u0301",
            "e",
            "\u200b",
            "Å",
        ]
    )
).map("".join)
TIDY = [
    "“Never,” he said – and left.\n\nShe didn’t — yet…",
    "Tom & Jerry < 3 > 2; AT&T, R&D; <unk> <3",
    "1\tone\n2\ttwo",
    "naïve Čeferin 北京 🤖",
    "leading blanks\n  indented line",
]


@given(st.one_of(st.text(), MARKUP))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(MARKUP)
def test_no_known_tag_is_left(text: str) -> None:
    assert not re.search(r"</?(?:b|p|br|script)(?:\s[^<>]*)?/?>", clean(text))


@given(st.text())
def test_what_comes_out_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(char) == "Cc" and char not in "\t\n" for char in cleaned)
    assert "\n\n\n" not in cleaned


@given(st.lists(st.from_regex(r"[A-Za-z0-9“”’–—,.!?][A-Za-z0-9 “”’–—,.!?]{0,40}[A-Za-z0-9.!?”]", fullmatch=True), min_size=1))
def test_a_tidy_text_keeps_its_offsets(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert clean(text) == text


@pytest.mark.parametrize("text", TIDY)
def test_tidy_examples_are_not_touched(text: str) -> None:
    assert clean(text) == text


def test_tricks_of_direction_and_width_are_taken_out() -> None:
    assert clean("Mu\u200bsk\u202e and\u00ad Tru\ufeffmp\x00\x07") == "Musk and Trump"
    assert clean("a\u2028b\x85c\x0cd") == "a\nb\nc\nd"
    assert clean("a\ud800b") == "a\ufffdb"
    assert clean("e\u0301") == "é"


def test_mark_up_is_resolved() -> None:
    assert (
        clean("<div class='x'><p>Rome&nbsp;fell.</p><script>alert(1)</script><!-- no --><br/>&#8220;Yes&#8221;</div>")
        == "Rome fell.\n\n“Yes”"
    )
    assert clean("&amp;amp;lt;b&amp;amp;gt;bold") == "bold"


@pytest.mark.parametrize("unit", ["<", "<a ", "&amp;", "<!--", " ", "<script>", "x \n", "&#38;#38;", "word “x” "])
def test_time_grows_with_length_only(unit: str) -> None:
    text = "a" + unit * (500_000 // len(unit)) + "b"
    start = time.process_time()
    clean(text)
    assert time.process_time() - start < 2


@given(st.lists(st.text(alphabet="ab .\n", max_size=90)).map("\n".join))
def test_unwrapping_moves_nothing(text: str) -> None:
    cleaned = clean(text)
    unwrapped = unwrap(cleaned)
    assert [char if char != "\n" else " " for char in unwrapped] == [char if char != "\n" else " " for char in cleaned]
    assert clean(unwrapped) == unwrapped
