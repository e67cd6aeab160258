"""Stretches that the tagger marks become mentions: what is cut off, and what ends a name."""

import numpy as np
import pytest

from frenemy.reading.mentions import spot_at, spots

TAGS = ("O", "B-company", "I-company", "B-organisation", "B-person", "I-person")


def tagged(text: str, *wanted: str) -> list[str]:
    """The mentions of a text whose words bear these tags."""
    offsets, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        offsets.append((start, at))
    probabilities = np.zeros((len(offsets), len(TAGS)))
    for row, tag in enumerate(wanted):
        probabilities[row, TAGS.index(tag)] = 1.0
    return [spot.text for spot in spots(text, TAGS, probabilities, offsets)]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n\n", "\u2028"])
def test_a_name_ends_where_its_line_ends(line_break):
    text = f"Rivals of Ferrum{line_break}Orbis Works sued"
    assert tagged(text, "O", "O", "B-company", "I-company", "I-company", "O") == ["Ferrum", "Orbis Works"]


def test_a_name_that_is_tagged_as_two_bodies_is_one():
    assert tagged("Public Works Fund bought Ferrum", "B-company", "I-company", "B-organisation") == ["Public Works Fund"]
    assert tagged("Ferrum Ana Ruiz", "B-company", "B-person", "I-person") == ["Ferrum", "Ana Ruiz"]


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("rival Dana Holt", "person", "Dana Holt"),
        ("company Ferrum", "company", "Ferrum"),
        ("van der Berg", "person", "van der Berg"),
        ("bin Rashid", "person", "bin Rashid"),
        ("critics", "group", "critics"),
    ],
)
def test_what_stands_before_a_name_is_no_part_of_it(words, kind, name):
    spot = spot_at(words, 0, len(words), kind, 1.0)
    assert spot is not None
    assert spot.text == name
