"""What a forecast says, held against all paths of the sides written out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from math import exp, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.analysis.forecast import Supposed, forecast
from frenemy.analysis.stance import default_weights
from frenemy.model import Evidence
from frenemy.model.evidence import tabulate

WEIGHTS = default_weights()
SHIFT = WEIGHTS.shift
USUAL = ((1 - SHIFT.divided) / 2, SHIFT.divided, (1 - SHIFT.divided) / 2)
ACTS = {"+": "SUPPORT", "-": "ACCUSE"}
LAST = date(2024, 1, 1)


def tie(sign, day, **said):
    """A whole tie of a story of its own."""
    row = {"source": "a", "target": "b", "mutual": False, "status": "asserted", "word": "author", "until": None, "published": day}
    name = f"{sign}{day}"
    return Evidence(**{**row, "tie": name, "type": ACTS[sign], "polarity": sign, "since": day, "origin": name, "confidence": 1.0, **said})


def by_hand(signs, days, weights, at):
    """The probability of each side at a day: the sum over every path of the sides at the ties and at that day."""
    found = [0.0, 0.0, 0.0]
    for path in product(range(3), repeat=len(signs) + 1):
        chance = USUAL[path[0]]
        for before, after, start, stop in zip(path, path[1:], days, [*days[1:], at], strict=False):
            kept = exp(-SHIFT.rate * (stop - start).days / 365.25)
            chance *= kept * (before == after) + (1 - kept) * USUAL[after]
        for side, sign, weight in zip(path, signs, weights, strict=False):
            agrees = {0: 1 - SHIFT.error, 1: 0.5, 2: SHIFT.error}[side]
            chance *= (agrees if sign == "+" else 1 - agrees) ** weight
        found[path[-1]] += chance
    return [part / sum(found) for part in found]


def sides(look):
    return [look.friendly, look.divided, look.hostile]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("+-"), st.integers(40, 900), st.sampled_from([1.0, 0.49])), min_size=1, max_size=4),
    st.integers(0, 1500),
)
def test_it_is_the_sum_over_all_paths(steps, wait):
    day, days = date(2010, 1, 1), []
    for _, gap, _ in steps:  # more than a month apart, so that no two are one fact
        day += timedelta(days=gap)
        days.append(day)
    signs, confidence = [sign for sign, _, _ in steps], [sure for _, _, sure in steps]
    table = tabulate([tie(sign, day, confidence=sure) for sign, day, sure in zip(signs, days, confidence, strict=True)])
    told = forecast(table, "b", "a", day + timedelta(days=wait), horizons=(1, 30))
    for look in (told.now, *told.outlooks):
        expected = by_hand(signs, days, [sure**WEIGHTS.confidence_power for sure in confidence], look.at)
        assert sides(look) == pytest.approx(expected, abs=1e-9)


def test_a_scenario_is_the_forecast_with_that_tie_told():
    told = [tie("-", date(2022, 3, 1)), tie("-", date(2023, 3, 1))]
    asked = (Supposed(type="SUPPORT", polarity="+"), Supposed(type="ACCUSE", polarity="-", word="other"))
    first, second = forecast(tabulate(told), "a", "b", LAST, supposed=asked).scenarios
    for case, sign, word in ((first, "+", "author"), (second, "-", "other")):
        after = forecast(tabulate([*told, tie(sign, LAST, word=word)]), "a", "b", LAST)
        assert (case.now, case.outlooks) == (after.now, after.outlooks)
    days = [tie.since for tie in told]
    assert sides(first.now) == pytest.approx(by_hand("--+", [*days, LAST], [1, 1, 1], LAST))
    assert sides(second.now) == pytest.approx(by_hand("---", [*days, LAST], [1, 1, 0.4], LAST))


def test_without_a_tie_it_is_the_prior_and_says_so():
    for table in (tabulate([]), tabulate([tie("+", LAST, polarity="0")]), tabulate([tie("+", LAST, source="c")])):
        told = forecast(table, "b", "a", LAST)
        assert told.is_prior
        assert (told.source, told.target) == ("a", "b")
        assert all(sides(look) == pytest.approx(USUAL) for look in (told.now, *told.outlooks))
        assert {(case.polarity, case.word) for case in told.scenarios} == set(product("+-", ("author", "other")))


def test_what_came_later_or_is_of_others_says_nothing():
    own = [tie("-", date(2023, 1, 1))]
    later = tie("+", LAST + timedelta(days=1))
    others = [tie("+", date(2023, month, 1), target="c") for month in range(1, 12)]
    assert forecast(tabulate([*own, later, *others]), "a", "b", LAST) == forecast(tabulate(own), "a", "b", LAST)


def test_a_span_that_reaches_past_the_date_is_seen_on_it():
    treaty = tie("+", date(2023, 6, 1), type="ALLIED_WITH", until=date(2033, 1, 1), mutual=True)
    told = forecast(tabulate([treaty]), "a", "b", LAST)
    assert sides(told.now) == pytest.approx(by_hand("++", [treaty.since, LAST], [0.5, 0.5], LAST))
    assert told.because == (treaty.tie,)


def test_it_fades_to_the_prior_and_never_grows_surer():
    told = forecast(tabulate([tie("+", LAST - timedelta(days=40 * n)) for n in range(4)]), "a", "b", LAST, horizons=range(0, 2400, 60))
    friendly = [look.friendly for look in told.outlooks]
    assert friendly == sorted(friendly, reverse=True)
    assert friendly[0] == told.now.friendly
    assert isclose(friendly[-1], USUAL[0], abs_tol=1e-6)


def test_scenarios_are_of_the_acts_that_the_pair_is_known_for():
    told = [tie("-", date(2020 + n, 1, 1), type=kind) for n, kind in enumerate(("SANCTION", "SANCTION", "ACCUSE"))]
    assert [case.type for case in forecast(tabulate(told), "a", "b", LAST).scenarios] == ["SUPPORT", "SUPPORT", "SANCTION", "SANCTION"]


def test_the_parameters_are_those_of_shifts():
    still = replace(WEIGHTS, shift=replace(SHIFT, rate=0.0))
    told = forecast(tabulate([tie("+", date(1999, 1, 1))]), "a", "b", LAST, weights=still)
    assert told.outlooks[-1].friendly == pytest.approx(told.now.friendly)
    assert told.now.friendly == pytest.approx(by_hand("+", [LAST], [1], LAST)[0])


def test_no_horizon_lies_in_the_past():
    with pytest.raises(ValueError, match="0 or more"):
        forecast(tabulate([]), "a", "b", LAST, horizons=(1, -1))
