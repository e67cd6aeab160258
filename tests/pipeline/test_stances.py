"""Stance and shifts of a ledger do not depend on the order of reading, as-of looks at no later tie, and an undo restores them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.model import TIE_TYPES, Document, Mention, Quote, Reading, Tie
from frenemy.pipeline import open_ledger

NAMES = ("Ann Ames", "Bob Burr", "Cyd Cole", "Dan Dorn")
ACTS = ("SUPPORT", "ACCUSE", "COOPERATE", "SANCTION", "ALLIED_WITH", "COMPETES_WITH", "CONSULT")
LAST = date(2024, 12, 31)


def reading(number, said, published):
    """A document whose every line is a tie: source, type, target, when, confidence."""
    lines = [f"{source} and {target}: {kind}." for source, target, kind, _, _ in said]
    doc = Document(text=f"Report {number}\n" + "\n".join(lines), name=str(number), published=published)
    ties, start = [], doc.text.index("\n") + 1
    for line, (source, target, kind, when, confidence) in zip(lines, said, strict=True):
        ends = [
            Mention(document=doc.id, start=at, end=at + len(name), text=name, name=name, kind="person")
            for name, at in ((source, start), (target, start + len(source) + 5))
        ]
        quote = Quote(document=doc.id, start=start, end=start + len(line), text=line)
        polarity = TIE_TYPES[kind].polarity
        ties.append(Tie(source=ends[0], target=ends[1], type=kind, polarity=polarity, when=when, quote=quote, confidence=confidence))
        start += len(line) + 1
    return Reading(document=doc, ties=tuple(ties))


days = st.dates(date(2010, 1, 1), LAST)
statements = st.tuples(
    st.sampled_from(NAMES[:2]),
    st.sampled_from(NAMES[2:]),
    st.sampled_from(ACTS),
    st.none() | days.map(str) | st.integers(2010, 2024).map(str),
    st.sampled_from((0.4, 0.7, 1.0)),
)
stories = st.lists(st.tuples(st.lists(statements, min_size=1, max_size=5), st.none() | days), min_size=1, max_size=5)


def opened(folder, readings, name, *, stepwise=False):
    """A new ledger that took in the readings at once, or one by one and was asked in between."""
    ledger = open_ledger(Path(folder) / f"{name}.duckdb")
    if stepwise:
        for one in readings:
            ledger.add(one)
            ledger.resolve()
    ledger.add(*readings)
    return ledger


def answers(ledger, **clocks):
    """All stances and shifts."""
    found = [ledger.stances(mutual=mutual, **clocks) for mutual in (True, False)]
    return found, ledger.shifts(**clocks)


@settings(max_examples=4, deadline=None)
@given(stories, st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(drawn, random):
    readings = [reading(number, *one) for number, one in enumerate(drawn)]
    shuffled = list(readings)
    random.shuffle(shuffled)
    with TemporaryDirectory() as folder, opened(folder, readings, "one") as one, opened(folder, shuffled, "other", stepwise=True) as other:
        assert answers(one) == answers(other)


@settings(max_examples=4, deadline=None)
@given(stories, days)
def test_as_of_is_a_ledger_that_only_saw_the_ties_up_to_the_day(drawn, day):
    def happened(when, published):
        return (date(int(when), 1, 1) if len(when) == 4 else date.fromisoformat(when)) if when else published

    whole = [reading(number, *one) for number, one in enumerate(drawn)]
    cut = []
    for number, (said, published) in enumerate(drawn):
        kept = [one for one in said if (at := happened(one[3], published)) is not None and at <= day]
        made = whole[number]
        quotes = {(tie.quote.start) for tie, one in zip(made.ties, said, strict=True) if one in kept}
        cut.append(Reading(document=made.document, ties=tuple(tie for tie in made.ties if tie.quote.start in quotes)))
    with TemporaryDirectory() as folder, opened(folder, whole, "whole") as everything, opened(folder, cut, "cut") as some:
        assert answers(everything, as_of=day) == answers(some, as_of=day)


@settings(max_examples=4, deadline=None)
@given(stories, days)
def test_known_by_is_a_ledger_that_read_nothing_printed_later(drawn, day):
    readings = [reading(number, *one) for number, one in enumerate(drawn)]
    printed = [one for one in readings if one.document.published and one.document.published <= day]
    with TemporaryDirectory() as folder, opened(folder, readings, "all") as everything, opened(folder, printed, "some") as some:
        assert answers(everything, known_by=day, as_of=LAST) == answers(some, known_by=day, as_of=LAST)


@settings(max_examples=4, deadline=None)
@given(stories, days, days)
def test_shifts_of_a_time_are_those_of_all_times_that_fall_into_it(drawn, one, other):
    since, until = sorted((one, other))
    with TemporaryDirectory() as folder, opened(folder, [reading(n, *said) for n, said in enumerate(drawn)], "l") as ledger:
        assert ledger.shifts(since=since, until=until) == [shift for shift in ledger.shifts() if since <= shift.at <= until]


@settings(max_examples=4, deadline=None)
@given(stories, st.integers(0, 10**6))
def test_a_retraction_and_its_undo_are_the_identity(drawn, pick):
    readings = [reading(number, *one) for number, one in enumerate(drawn)]
    with TemporaryDirectory() as folder, opened(folder, readings, "l") as ledger:
        before, ids = answers(ledger), [tie.id for tie in ledger.ties()]
        retracted = ids[pick % len(ids)]
        ledger.decide("wrong", retracted, by="ann")
        assert all(retracted != tie for stance in ledger.stances() for tie, _ in stance.because)
        ledger.undo(by="ann")
        assert answers(ledger) == before


def test_an_old_article_read_today_changes_only_the_past(tmp_path):
    new = [reading(n, [("Ann Ames", "Cyd Cole", "SUPPORT", f"2024-0{n}-01", 1.0)], date(2024, n, 2)) for n in (1, 3, 5)]
    old = [reading(10 + n, [("Ann Ames", "Cyd Cole", "ACCUSE", f"201{n}", 1.0)], date(2010 + n, 6, 1)) for n in (3, 4, 5)]
    with open_ledger(tmp_path / "l.duckdb") as ledger:
        ledger.add(*new)
        today, [] = ledger.stance("ann", "cyd", as_of=LAST), ledger.shifts()
        ledger.add(*old)
        assert ledger.stance("ann", "cyd", as_of=date(2016, 1, 1)).sign == "-"
        assert ledger.stance("ann", "cyd", as_of=LAST).sign == today.sign == "+"
        assert ledger.stance("ann", "cyd", as_of=LAST).value == pytest.approx(today.value, abs=0.05)
        [shift] = ledger.shifts("ann")
        assert (shift.before, shift.after, shift.at.year) == ("-", "+", 2024)
        assert ledger.shifts(until=date(2020, 1, 1)) == ledger.shifts(known_by=date(2020, 1, 1)) == []


def test_undated_ties_are_told_and_left_out(tmp_path):
    with open_ledger(tmp_path / "l.duckdb") as ledger:
        ledger.add(reading(1, [("Ann Ames", "Cyd Cole", "SUPPORT", None, 1.0), ("Bob Burr", "Cyd Cole", "ACCUSE", "2020", 1.0)], None))
        assert (ledger.undated("cyd"), ledger.undated("ann", "cyd"), ledger.undated("bob")) == (1, 1, 0)
        assert len(ledger.stances()) == 2
        assert len(ledger.stances(as_of=LAST)) == 1
        assert ledger.stance("ann", "cyd", as_of=LAST).because == ()
        assert [one.at for one in ledger.stance_curve("bob", "cyd")] == [date(2020, 1, 31)]
        assert {one.source for one in ledger.stances(of="cyd-cole", mutual=True)} == {"ann-ames", "bob-burr"}
