"""Figures over time: what contradicts what."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.analysis.figures import Amount, agree, over_time

MAY = date(2024, 5, 1)
YEAR = {"since": date(2024, 1, 1), "until": date(2024, 12, 31)}


def say(amount: float, doc: str, **changes: object) -> Amount:
    values: dict[str, object] = {"subject": "x", "subject_name": "X", "kind": "valuation", "unit": "USD", "published": MAY, "quote": "q"}
    return Amount(amount=amount, doc=doc, **{"origin": doc, **values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        (say(5e10, "a"), say(8e10, "b"), True),
        (say(5e10, "a"), say(8e10, "b", published=date(2024, 9, 1)), False),  # a development
        (say(5e10, "a"), say(8e10, "b", origin="a"), False),  # copies of one story
        (say(5e10, "a"), say(8e10, "b", status="speculated"), False),
        (say(5e10, "a", kind="other"), say(8e10, "b", kind="other"), False),
        (say(5e10, "a", published=None), say(8e10, "b"), False),  # nobody knows when
        (say(5e10, "a", **YEAR), say(8e10, "b", **YEAR), False),  # a year has room for two valuations,
        (say(5e10, "a", kind="revenue", **YEAR), say(8e10, "b", kind="revenue", **YEAR), True),  # but for one revenue
        (say(5e10, "a", kind="revenue", **YEAR), say(8e10, "b", kind="revenue", since=MAY, until=MAY), False),
        (say(1.57e11, "a"), say(1.6e11, "b"), False),  # rounded
    ],
)
def test_what_contradicts(one, other, contradict):
    [series] = over_time([one, other])
    assert bool(series.contradictions) is contradict


def test_units_are_never_converted():
    assert [series.unit for series in over_time([say(5e10, "a"), say(8e10, "b", unit="EUR")])] == ["EUR", "USD"]


@pytest.mark.parametrize(
    ("one", "other", "same"), [(0.3, 0.30000000000000004, True), (1400, 1399, True), (1423, 1399, False), (0, 0, True)]
)
def test_rounding(one, other, same):
    assert agree(float(one), float(other)) is same


@settings(max_examples=60, deadline=None)
@given(st.floats(1e-3, 1e15), st.integers(1, 6))
def test_a_rounded_amount_agrees_with_what_it_was_rounded_from(amount, digits):
    half = f"{amount:.{digits}e}".partition("e")[0].endswith("5")  # may be rounded either way
    assert agree(amount, float(f"{amount:.{digits - 1}e}")) or half


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([1e9, 2e9, 2.1e9]), st.sampled_from("abc"), st.dates(date(2024, 1, 1), date(2024, 6, 1)))),
    st.randoms(),
)
def test_the_order_does_not_matter(rows, random):
    said = [say(amount, doc, published=day, start=number) for number, (amount, doc, day) in enumerate(rows)]
    shuffled = list(said)
    random.shuffle(shuffled)
    assert over_time(said) == over_time(shuffled)
