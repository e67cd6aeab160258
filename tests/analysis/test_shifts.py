"""When a pair is held to have changed sides, and when not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.analysis.shifts import SIDES, believe, find_shifts, observe
from frenemy.analysis.stance import default_weights
from frenemy.model import Evidence
from frenemy.model.evidence import tabulate

ACTS = {"+": "SUPPORT", "-": "ACCUSE"}


def ties(signs, years, *, pair=("a", "b"), **said):
    """A tie for each sign and year (2024.5 is the middle of 2024), each of a story of its own."""
    found = []
    for number, (sign, year) in enumerate(zip(signs, years, strict=True)):
        name = f"{pair[0]}{pair[1]}{number:03d}"
        day = date(int(year), 1, 1) + timedelta(days=int(365 * (year % 1)))
        rest = {"since": day, "published": day, "mutual": False, "status": "asserted", "word": "author", "until": None, "confidence": 1.0}
        found.append(Evidence(tie=name, source=pair[0], target=pair[1], type=ACTS[sign], polarity=sign, origin=name, **{**rest, **said}))
    return found


def turns(evidence):
    """The shifts in short."""
    return [(shift.before, shift.after, shift.at.year) for shift in find_shifts(tabulate(evidence))]


def test_three_hostile_and_years_later_three_friendly_are_found():
    [shift] = find_shifts(tabulate(ties("---+++", (2017, 2019.5, 2022, 2024.1, 2024.4, 2024.8))))
    assert (shift.before, shift.after, shift.turned) == ("-", "+", True)
    assert date(2019, 1, 1) <= shift.earliest <= date(2022, 1, 1)
    assert shift.at == shift.latest == date(2024, 2, 6)
    assert shift.size == pytest.approx(0.8)
    assert 0.5 < shift.probability <= 1
    assert set(shift.ties_before) == {"ab000", "ab001", "ab002"}
    assert set(shift.ties_after) == {"ab003", "ab004", "ab005"}


@pytest.mark.parametrize("gap", [0.1, 1.0, 5.0, 20.0])
@pytest.mark.parametrize("place", [1, 3, 5])
def test_a_single_stray_tie_flips_nothing(place, gap):
    signs = "".join("-" if number == place else "+" for number in range(6))
    assert [turn for turn in turns(ties(signs, [2000 + gap * number for number in range(6)])) if turn[1] == "-"] == []


def test_there_and_back_are_two_shifts():
    found = turns(
        ties(
            "++++----++++", [2010 + number / 2 for number in range(4)] + [2015 + n / 2 for n in range(4)] + [2020 + n / 2 for n in range(4)]
        )
    )
    assert found == [("+", "-", 2015), ("-", "+", 2020)]


def test_falling_into_division_is_told_as_such():
    found = find_shifts(tabulate(ties("+" * 10 + "+-" * 12, [2010 + n / 4 for n in range(10)] + [2015 + n / 8 for n in range(24)])))
    assert {(shift.before, shift.after) for shift in found} == {("+", "~")}
    assert not found[0].turned


def test_undated_neutral_and_denied_ties_say_nothing():
    before = ties("---", (2017, 2018, 2019))
    for said in ({"since": None, "published": None}, {"status": "denied"}):
        assert turns(before + ties("+++", (2023, 2023.5, 2024), **said)) == []
    assert turns(before + [replace(tie, polarity="0") for tie in ties("+++", (2023, 2023.5, 2024))]) == []


def test_copies_of_one_story_are_no_second_tie():
    before = ties("----", (2017, 2018, 2019, 2020))
    copies = [replace(tie, origin="wire") for tie in ties("+++++", [2022.5] * 5)]
    assert turns(before + copies) == []


def test_what_moved_at_the_same_time():
    one = ties("---+++", (2017, 2018, 2019, 2022, 2022.2, 2022.4))
    other = ties("+++---", (2017, 2018, 2019, 2022.1, 2022.3, 2022.5), pair=("b", "c"))
    far = ties("+++---", (2007, 2008, 2009, 2012, 2012.2, 2012.4), pair=("b", "d"))
    found = {(shift.source, shift.target): shift for shift in find_shifts(tabulate(one + other + far))}
    assert [pair[:2] for pair in found["a", "b"].alongside] == [("b", "c")]
    assert found["b", "d"].alongside == ()


def exact(observed, weights):
    """The probability of each side at each observation, and of every two, by summing over all paths."""
    likelihood = {1: {"+": 1 - weights.error, "~": 0.5, "-": weights.error}, -1: {"+": weights.error, "~": 0.5, "-": 1 - weights.error}}
    usual = {"+": (1 - weights.divided) / 2, "~": weights.divided, "-": (1 - weights.divided) / 2}
    paths = {}
    for path in product(SIDES, repeat=len(observed.day)):
        chance = usual[path[0]]
        for place, side in enumerate(path):
            chance *= likelihood[int(observed.sign[place])][side] ** observed.weight[place]
            if place:
                kept = np.exp(-weights.rate * (observed.day[place] - observed.day[place - 1]) / 365.25)
                chance *= kept * (side == path[place - 1]) + (1 - kept) * usual[side]
        paths[path] = chance
    whole = sum(paths.values())
    return {path: chance / whole for path, chance in paths.items()}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("+-"), st.floats(2000, 2020), st.floats(0.2, 1)), min_size=1, max_size=6))
def test_beliefs_are_those_of_all_paths_summed(drawn):
    evidence = [replace(ties(sign, [year])[0], tie=str(n), origin=str(n), confidence=c) for n, (sign, year, c) in enumerate(drawn)]
    weights = default_weights().shift
    observed = observe(tabulate(evidence), default_weights())
    beliefs, paths = believe(observed, weights), exact(observed, weights)
    last = len(observed.day) - 1
    for number, side in enumerate(SIDES):
        assert beliefs.sides[0, number] == pytest.approx(sum(chance for path, chance in paths.items() if path[0] == side))
        for after, other in enumerate(SIDES):
            both = sum(chance for path, chance in paths.items() if (path[0], path[last]) == (side, other))
            assert beliefs.both(0, number, last, after) == pytest.approx(both if last else beliefs.sides[0, number] * (number == after))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("+-"), st.integers(2000, 2020)), min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(drawn, random):
    evidence = [replace(ties(sign, [year])[0], tie=str(n), origin=str(n)) for n, (sign, year) in enumerate(drawn)]
    shuffled = list(evidence)
    random.shuffle(shuffled)
    assert turns(shuffled) == turns(evidence)


def test_pairs_do_not_disturb_one_another():
    one = ties("---+++", (2017, 2018, 2019, 2022, 2022.2, 2022.4))
    many = [tie for n in range(20) for tie in ties("+" * (n + 1), [2015 + k / 3 for k in range(n + 1)], pair=(f"x{n:02d}", "y"))]
    [alone], [among] = find_shifts(tabulate(one)), find_shifts(tabulate(one + many))
    assert among.probability == pytest.approx(alone.probability)
    assert (among.at, among.earliest, among.latest) == (alone.at, alone.earliest, alone.latest)
