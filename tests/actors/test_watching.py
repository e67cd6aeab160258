"""Which entry an actor is. CASES is edited by hand: an actor's names and kind, an entry's names and kind, and what must come of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from frenemy.actors.watching import SURE, candidate, decide, keys, telling
from frenemy.model import Candidate, Judgement

P, C, R, G, L = "person", "company", "organisation", "government body", "place"

CASES = {
    "the same name": ((["Elon Musk"], P), (["Elon Musk"], P), "sure"),
    "a title, another case": ((["President DONALD TRUMP"], P), (["Donald Trump"], P), "sure"),
    "an alias of the list": ((["Elon Musk"], P), (["Elon Reeve Musk", "Elon Musk"], P), "sure"),
    "an alias of the ledger": ((["Twitter", "X Corp."], C), (["X Corp"], C), "sure"),
    "a middle initial": ((["Donald J. Trump"], P), (["Donald Trump"], P), "sure"),
    "legal forms": ((["Orbis Limited"], C), (["Orbis Ltd."], C), "sure"),
    "a word that describes": ((["Meta"], C), (["Meta Platforms, Inc."], C), "sure"),
    "a territory": ((["the US"], L), (["United States"], G), "sure"),
    "another transliteration": ((["Volodymyr Zelenskyy"], P), (["Volodymyr Zelensky"], P), "sure"),
    "a list that knows no kinds": ((["Elon Musk"], P), (["Elon Musk"], None), "sure"),
    "a family name alone": ((["Musk"], P), (["Elon Musk"], P), "doubt"),
    "an initial": ((["E. Musk"], P), (["Elon Musk"], P), "doubt"),
    "an acronym": ((["DOGE"], G), (["Department of Government Efficiency"], G), "doubt"),
    "a place that bears a company's name": ((["Amazon"], L), (["Amazon"], C), "doubt"),
    "another given name": ((["Kimbal Musk"], P), (["Elon Musk"], P), None),
    "a namesake's short name": ((["Kimbal Musk", "Musk"], P), (["Elon Musk"], P), None),
    "father and son": ((["Donald Trump"], P), (["Donald Trump Jr."], P), None),
    "a person and a company": ((["Ford"], P), (["Ford"], C), None),
    "a part of a group": ((["Amazon"], C), (["Amazon Web Services"], C), None),
}


@pytest.mark.parametrize("case", CASES)
def test_what_becomes_of_a_pair(case):
    (names, kind), (listed, listed_kind), wanted = CASES[case]
    met = {k for name in telling(names, kind) for k in keys(name, kind)} & {k for n in listed for k in keys(n, listed_kind, listed=True)}
    found = candidate(("a", names, kind), ("w", "e"), (listed, [], listed_kind))
    assert found is None or met, "a pair that fits must share a key"
    assert (None if found is None else "sure" if found.score >= SURE else "doubt") == wanted


def test_a_name_marked_weak_decides_nothing():
    found = candidate(("a", ["Elon Musk"], P), ("w", "e"), (["Somebody Else"], ["Elon Musk"], P))
    assert found is not None
    assert found.score < SURE


def one(actor: str, entry: str, score: float = 0.97) -> Candidate:
    return Candidate(actor=actor, watchlist="w", entry=entry, score=score, reason="")


def standings(candidates, judged=None):
    return {(s.candidate.actor, s.candidate.entry): s.standing for s in decide(candidates, judged or {})}


def test_two_that_fit_alike_are_doubts_and_a_clear_best_is_not():
    assert standings([one("a", "1"), one("b", "1")]) == {("a", "1"): "doubt", ("b", "1"): "doubt"}
    assert standings([one("a", "1"), one("a", "2")]) == {("a", "1"): "doubt", ("a", "2"): "doubt"}
    assert standings([one("a", "1"), one("b", "1", 0.85)]) == {("a", "1"): "listed"}
    assert standings([one("a", "1", 0.7)]) == {("a", "1"): "doubt"}


def test_the_order_of_candidates_changes_nothing():
    pairs = [one("a", "1"), one("b", "1"), one("b", "2", 0.85), one("c", "2", 0.6)]
    assert decide(pairs, {}) == decide(pairs[::-1], {})


def test_a_persons_word_stands_above_the_names():
    at = datetime(2025, 1, 1, tzinfo=UTC)
    yes, no = (Judgement(kind=kind, subjects=("A", "w", "1"), by="ann", at=at) for kind in ("listed", "unlisted"))
    twins = [one("a", "1"), one("b", "1")]
    assert standings(twins, {("a", "w", "1"): yes}) == {("a", "1"): "listed"}
    assert standings(twins, {("a", "w", "1"): no}) == {("a", "1"): "unlisted", ("b", "1"): "listed"}
    assert [s.by for s in decide(twins, {("a", "w", "1"): yes})] == ["ann"]
