"""Evidence held in memory answers as the ledger does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.pipeline import OpenLedger, standings
from frenemy.pipeline.standings import STEPS, stand, step_days


@pytest.mark.parametrize("a_time", [1, 3, 10**6])
def test_partners_are_the_ledgers_stances_however_they_are_folded(ledger: OpenLedger, monkeypatch: pytest.MonkeyPatch, a_time: int) -> None:
    monkeypatch.setattr(standings, "A_TIME", a_time)
    held = stand(ledger)
    known = ledger.stances(as_of=held.latest, mutual=True)
    assert len(held.pairs.value) == len(known)
    for actor in ledger.actors():
        found, in_all = held.partners(actor.id, 100)
        own = [one for one in known if actor.id in (one.source, one.target)]
        assert in_all == len(found) == len(own)
        assert {(one.source, one.target, round(one.value, 9), round(one.low, 9)) for one in found} == {
            (one.source, one.target, round(one.value, 9), round(one.low, 9)) for one in own
        }


def test_a_pair_is_the_same_whichever_is_named_first(ledger: OpenLedger) -> None:
    held = stand(ledger)
    both, forth, back = held.pair("elon-musk", "donald-trump", held.latest)
    assert held.pair("donald-trump", "elon-musk", held.latest) == (both, back, forth)
    assert held.curve("elon-musk", "donald-trump") == held.curve("donald-trump", "elon-musk")


def test_who_is_not_there_has_nothing(ledger: OpenLedger) -> None:
    held = stand(ledger)
    assert (held.ties_of("nobody"), held.partners("nobody", 9), held.curve("nobody", "elon-musk")) == (0, ([], 0), [])
    assert held.pair("nobody", "elon-musk", held.latest) == (None, None, None)


def test_ties_by_number_are_the_ties_of_the_ledger(ledger: OpenLedger) -> None:
    table = ledger.evidence_table(named=False)
    known = {tie.id: tie for tie in ledger.ties() if tie.source_id != tie.target_id}
    found = ledger.ties_by_number(table.tie.tolist())
    assert {tie.id: tie for tie in found} == known
    assert list(ledger.ties_by_id([tie.id for tie in found])) == list(found)
    for doc in ledger.documents():
        assert set(ledger.ties_of_document(doc.id)) == {tie for tie in known.values() if tie.document == doc.id}


@given(first=st.dates(date(1900, 1, 1), date(2030, 1, 1)), days=st.integers(0, 40_000))
@settings(max_examples=60)
def test_steps_rise_and_end_with_the_last_day(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    steps = step_days(first, last)
    assert steps == sorted(set(steps))
    assert (steps[-1], first <= steps[0]) == (last, True)
    assert len(steps) <= STEPS + 1
