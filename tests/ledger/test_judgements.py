"""Judgements: appended, listed, taken back; an undo leaves the ledger's answers exactly as they were."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers import ScriptedReader
from tests.samples import samples

from frenemy.errors import LedgerError, UnknownActor
from frenemy.ledger.judgements import judgement_id, live, standing
from frenemy.ledger.subjects import apply_answers, subjects_of
from frenemy.model import Judgement
from frenemy.pipeline import open_ledger, read_into


def answers(ledger):
    """All that a person can see: actors, their names, and ties."""
    return (ledger.actors(), ledger.ties(), [ledger.reasons(actor.id) for actor in ledger.actors()], ledger.doubts())


NAMES = ("Elon Musk", "Musk", "OpenAI", "EU", "the EU", "Jeff Bezos", "Meta", "META (the company)")
pairs = st.tuples(st.sampled_from(("same", "different")), st.permutations(NAMES).map(lambda names: tuple(names[:2])))
singles = st.tuples(st.sampled_from(("promote", "dismiss")), st.sampled_from(NAMES).map(lambda name: (name,)))
about_ties = st.tuples(st.sampled_from(("right", "wrong")), st.integers(0, 10))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(decisions=st.lists(pairs | singles | about_ties, min_size=1, max_size=4))
def test_undo_restores_exactly_what_was_answered_before(tmp_path_factory, decisions):
    with open_ledger(tmp_path_factory.mktemp("undo") / "a.duckdb") as ledger:
        read_into(ledger, samples(), reader=ScriptedReader())
        ids = [tie.id for tie in ledger.ties()]
        history = [answers(ledger)]
        for kind, said in decisions:
            ledger.decide(kind, *((ids[said],) if isinstance(said, int) else said), by="ann")
            history.append(answers(ledger))
        for before in reversed(history[:-1]):
            ledger.undo(by="ann")
            assert answers(ledger) == before
        assert len(ledger.judgements()) == 2 * len(decisions)
        assert live(ledger.judgements()) == []
        with pytest.raises(LedgerError, match="no judgement to undo"):
            ledger.undo(by="ann")


def test_an_undo_says_again_what_held_before(ledger):
    first = ledger.decide("different", "OpenAI", "Meta", by="ann", confidence=0.7)
    second = ledger.decide("same", "Meta", "openai", by="bob")
    assert ledger.undo(by="cyd") == second
    again = ledger.judgements()[-1]
    assert (again.kind, again.subjects, again.confidence, again.by) == ("different", ("OpenAI", "Meta"), 0.7, "cyd")
    assert again.undoes == second.at
    assert list(standing(ledger.judgements()).values()) == [first]
    assert live(ledger.judgements()) == [first]
    assert ledger.undo(by="cyd") == first
    assert standing(ledger.judgements()) == {}


def test_names_that_resolution_takes_for_one_are_one_to_an_undo(ledger):
    ledger.decide("different", "EU", "Meta", by="ann")
    ledger.decide("same", "The EU's", "Meta (the company)", by="ann")
    ledger.undo(by="ann")
    assert (ledger.judgements()[-1].kind, ledger.judgements()[-1].subjects) == ("different", ("EU", "Meta"))
    assert [held.kind for held in standing(ledger.judgements()).values()] == ["different"]


def test_an_older_judgement_is_undone_by_its_name_unless_a_later_one_covers_it(ledger):
    first = ledger.decide("same", "OpenAI", "Meta", by="ann")
    other = ledger.decide("dismiss", "EU", by="ann")
    assert ledger.undo(judgement_id(first)[:5], by="ann") == first
    assert live(ledger.judgements()) == [other]
    with pytest.raises(LedgerError, match="taken back already"):
        ledger.undo(judgement_id(first), by="ann")
    with pytest.raises(LedgerError, match="No judgement is called 'zzz'"):
        ledger.undo("zzz", by="ann")
    ledger.decide("promote", "EU", by="bob")
    with pytest.raises(LedgerError, match="A later judgement"):
        ledger.undo(judgement_id(other), by="ann")


def test_a_clock_that_stands_still_does_not_mix_up_the_order(tmp_path):
    with open_ledger(tmp_path / "a.duckdb") as ledger:
        ledger._clock = lambda: datetime(2025, 1, 1, tzinfo=UTC)
        made = [ledger.decide(kind, "A", "B", by="ann") for kind in ("same", "different", "same")]
        assert ledger.judgements() == made
        assert len({judgement.at for judgement in made}) == 3


def test_what_is_typed_becomes_names_of_the_ledger(ledger):
    doc = next(doc for doc in ledger.documents() if doc.name == "2017")
    assert subjects_of(ledger, "same", ["elon musk", "MUSK"]) == ("Elon Musk", "Musk")
    assert subjects_of(ledger, "same", ["Musk @ 2017", f"Elon Musk @ {doc.id[:8]}"]) == (f"Musk @ {doc.id}", f"Elon Musk @ {doc.id}")
    assert subjects_of(ledger, "promote", ["zuckerberg"]) == ("Mark Zuckerberg",)
    tie = ledger.ties()[0]
    assert subjects_of(ledger, "wrong", [tie.id[:8]]) == (tie.id,)


@pytest.mark.parametrize(
    ("kind", "typed", "complaint"),
    [
        ("same", ["Elon Musk", "Nobody Knows"], "Nobody in the ledger is called"),
        ("same", ["Musk", "musk"], "are one name"),
        ("same", ["Musk"], "has 2 subjects, not 1"),
        ("promote", ["Musk @ 1999"], "No document '1999' names 'Musk'"),
        ("wrong", ["0"], "No tie has the id"),
        ("wrong", ["zzzzzzzz"], "No tie has the id"),
        ("listed", ["Musk", "none", "e"], "There is no watchlist 'none'"),
        ("odd", ["Musk"], "is no kind of judgement"),
    ],
)
def test_what_the_ledger_does_not_hold_cannot_be_judged(ledger, kind, typed, complaint):
    with pytest.raises((LedgerError, UnknownActor), match=complaint):
        subjects_of(ledger, kind, typed)
    assert ledger.judgements() == []


def test_answers_are_applied_as_a_whole_and_once(ledger):
    ties = [tie.id for tie in ledger.ties()]
    lines = [
        {"kind": "tie", "subjects": [ties[0]], "answer": "n", "by": "bob", "note": "misread"},
        {"kind": "tie", "subjects": [ties[1]], "answer": None},
        {"kind": "merge", "subjects": ["OpenAI", "Meta"], "answer": "Yes"},
        {"kind": "different", "subjects": ["EU", "Meta"], "confidence": 0.5, "reason": "seen"},
        {"kind": "tie", "subjects": [ties[2]], "answer": "s"},
    ]
    applied = apply_answers(ledger, enumerate(lines, start=1), by="ann")
    assert (applied.new, applied.known, applied.open) == (3, 0, 2)
    made = [(j.kind, j.by, j.confidence, j.reason) for j in ledger.judgements()]
    assert made == [("wrong", "bob", 1.0, "misread"), ("same", "ann", 1.0, ""), ("different", "ann", 0.5, "seen")]
    again = apply_answers(ledger, enumerate(lines, start=1), by="ann")
    assert (again.new, again.known) == (0, 3)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ({"kind": "merge", "subjects": ["OpenAI", "Meta"], "answer": "maybe"}, "line 2: 'maybe' is no answer"),
        ({"kind": "merge", "subjects": "OpenAI", "answer": "y"}, "line 2: subjects must be a list"),
        ({"kind": "merge", "answer": "y"}, "line 2: no field 'subjects'"),
        ({"subjects": []}, "line 2: no field 'kind'"),
        ({"kind": "odd", "subjects": []}, "line 2: 'odd' is no kind"),
        ({"kind": "same", "subjects": ["OpenAI", "Meta"], "confidence": 2}, "line 2: confidence"),
        ({"kind": "same", "subjects": ["OpenAI", "Nobody Knows"]}, "line 2: Nobody in the ledger"),
    ],
)
def test_a_wrong_line_stops_all_answers(ledger, line, complaint):
    good = {"kind": "merge", "subjects": ["OpenAI", "EU"], "answer": "y"}
    with pytest.raises(LedgerError, match=complaint):
        apply_answers(ledger, enumerate([good, line], start=1), by="ann")
    assert ledger.judgements() == []


def test_a_tie_confirmed_stays_and_a_tie_denied_goes(ledger):
    tie = ledger.ties()[0]
    ledger.decide("wrong", tie.id, by="ann")
    assert tie not in ledger.ties()
    ledger.decide("right", tie.id, by="bob")
    assert tie in ledger.ties()
    at = ledger.next_moment()
    ledger.judge(Judgement(kind="wrong", subjects=(tie.id,), by="cyd", at=at))
    assert tie not in ledger.ties()
