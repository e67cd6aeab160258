"""Phrases that stand for two actors at once."""

from __future__ import annotations

import pytest

from frenemy.reading.chains import resolve
from frenemy.reading.couples import couples, meant, with_couples
from frenemy.reading.mentions import Spot
from frenemy.reading.passages import Passage, coupled


def spots_of(text: str, **names: str) -> list[Spot]:
    """Named mentions, each given as words=kind, and the couples of the text."""
    found = [
        Spot(start=text.index(words), end=text.index(words) + len(words), text=words, kind=kind, form="name", sure=1.0)
        for words, kind in names.items()
    ]
    return with_couples(text, sorted(found, key=lambda s: s.start))


def two_meant(text: str, **names: str) -> list[str]:
    """Who the last couple of the text stands for."""
    spots = spots_of(text, **names)
    return [chain.name for chain in meant(len(spots) - 1, spots, resolve(spots, text, {}))]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("the two", [""]),
        ("Both women sat down.", ["person"]),
        ("Both firms and both countries", ["company", "place"]),
        ("the two days after", []),
        ("both happy and sad", []),
        ("The two thirds that were left", []),
        ("The pair split.", [""]),
    ],
)
def test_only_phrases_for_two_actors_count(text: str, kinds: list[str]) -> None:
    assert [kind for *_, kind in couples(text)] == kinds


def test_a_couple_means_the_two_named_last_of_its_kind() -> None:
    text = "Ruiz met Kim in Oslo. Ferrum watched. Both men smiled"
    assert two_meant(text, Ruiz="person", Kim="person", Oslo="place", Ferrum="company") == ["Ruiz", "Kim"]


def test_a_couple_without_a_kind_takes_two_of_one_kind_and_no_places() -> None:
    text = "Ferrum sued Orbis in Oslo. The two"
    assert two_meant(text, Ferrum="company", Orbis="company", Oslo="place") == ["Ferrum", "Orbis"]


def test_one_name_makes_no_couple() -> None:
    assert two_meant("Ruiz waited. The two", Ruiz="person") == []


def test_names_of_different_sentences_are_joined_by_a_couple() -> None:
    text = "Ruiz arrived. Kim waited. The two dined."
    passage = Passage(text=text, sentences=[(0, 13), (14, 25), (26, 40)], mentions=spots_of(text, Ruiz="person", Kim="person"))
    assert coupled(passage) == [(0, 1, (26, 40))]


def test_names_of_one_sentence_are_not_joined_twice() -> None:
    text = "Ruiz met Kim. The two dined."
    passage = Passage(text=text, sentences=[(0, 13), (14, 28)], mentions=spots_of(text, Ruiz="person", Kim="person"))
    assert coupled(passage) == []
