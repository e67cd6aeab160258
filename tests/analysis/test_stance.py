"""What a stance is folded from: status, word, age, sources, and how sure it is."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from frenemy.analysis.stance import curve, fold, seen, stances, unknown
from frenemy.analysis.stance.intervals import student_quantile
from frenemy.analysis.stance.weights import default_weights
from frenemy.model import POLARITIES, STATUSES, TIE_TYPES, Evidence, Stance
from frenemy.model.evidence import WORDS, tabulate

NOW = date(2024, 6, 1)
COUNT = iter(range(10**9))


def tie(kind="SUPPORT", polarity=None, **said):
    """A whole tie of the day, from a to b, of a story of its own."""
    number = next(COUNT)
    given_ = {
        **{"tie": f"t{number}", "source": "a", "target": "b", "mutual": False, "status": "asserted", "word": "author"},
        **{"since": NOW, "until": None, "published": NOW, "origin": f"s{number}", "confidence": 1.0},
    }
    return Evidence(type=kind, polarity=polarity or TIE_TYPES[kind].polarity, **{**given_, **said})


def stance(*ties, at=NOW, mutual=True) -> Stance:
    """The stance of the one pair that the ties are of."""
    [found] = stances(tabulate(ties), at, mutual=mutual)
    return found


def test_one_whole_tie_leaves_zero_in_the_interval_and_two_that_agree_do_not():
    for kind in ("SUPPORT", "ACCUSE", "COOPERATE", "ASSAULT"):
        assert stance(tie(kind)).sign == "~"
        assert stance(tie(kind), tie(kind, since=date(2024, 3, 1))).sign == TIE_TYPES[kind].polarity


def test_agreement_narrows_and_disagreement_widens():
    one, three = stance(tie()), stance(*(tie(since=date(2024, month, 1)) for month in (1, 3, 5)))
    mixed = stance(*(tie(kind, since=date(2024, month, 1)) for kind, month in (("SUPPORT", 1), ("ACCUSE", 3), ("SUPPORT", 5))))
    assert three.high - three.low < one.high - one.low
    assert mixed.high - mixed.low > three.high - three.low


def test_the_ties_own_sign_decides():
    assert stance(tie("ACCUSE", "+")).value > 0
    assert stance(tie("SUPPORT", "-")).value < 0


def test_what_is_denied_counts_nothing_and_what_is_hedged_counts_less():
    values = {status: list(stances(tabulate([tie(status=status)]), NOW)) for status in STATUSES}
    assert values["denied"] == []
    assert values["asserted"][0].value > values["planned"][0].value > values["speculated"][0].value > 0


def test_what_a_third_party_claims_counts_as_a_claim():
    by_word = {word: stance(tie(word=word)).value for word in WORDS}
    assert by_word["author"] == by_word["source"] > by_word["target"] > by_word["other"] > 0


def test_a_lawsuit_outlasts_a_jibe():
    then = date(2020, 6, 1)
    jibe, suit = (stance(tie("ACCUSE", since=then, published=then, legal=legal)) for legal in (False, True))
    assert suit.value < jibe.value < 0


def test_a_standing_tie_holds_until_it_ends():
    long_ago = {"since": date(2004, 1, 1), "published": date(2004, 1, 1)}
    holds = stance(tie("ALLIED_WITH", **long_ago))
    ended = stance(tie("ALLIED_WITH", **long_ago, until=date(2010, 1, 1)))
    assert holds.value == pytest.approx(stance(tie("ALLIED_WITH")).value)
    assert 0 < ended.value < holds.value / 3


def test_copies_of_a_story_count_once():
    once = stance(tie(origin="wire"))
    copied = stance(*(tie(origin="wire") for _ in range(20)))
    independent = stance(*(tie() for _ in range(20)))
    assert copied.value == pytest.approx(once.value)
    assert (copied.low, copied.high) == pytest.approx((once.low, once.high), abs=0.02)
    assert independent.value > once.value


def test_many_independent_reports_of_one_fact_are_not_many_facts():
    reports = stance(*(tie("ALLIED_WITH") for _ in range(1000)))
    facts = stance(*(tie(since=date(2024, 1 + month % 5, 1)) for month in range(5)))
    assert sum(abs(share) for _, share in reports.because) < 0.8
    assert reports.value < 0.8 * 3.34 / 4.33 + 0.001
    assert facts.value > stance(tie()).value


def test_shares_add_up_to_the_value_and_the_weightiest_stands_first():
    found = stance(tie("COOPERATE"), tie("ACCUSE", since=date(2022, 1, 1)), tie("SUPPORT", status="planned"))
    assert sum(share for _, share in found.because) == pytest.approx(found.value)
    shares = [abs(share) for _, share in found.because]
    assert shares == sorted(shares, reverse=True)


def test_directions_and_what_is_mutual():
    both_ways = {(s.source, s.target): s.value for s in stances(tabulate([tie("ALLIED_WITH", mutual=True)]), NOW)}
    assert both_ways[("a", "b")] == both_ways[("b", "a")] > 0
    one_way = {(s.source, s.target) for s in stances(tabulate([tie(source="b", target="a")]), NOW)}
    assert one_way == {("b", "a")}
    assert stance(tie(source="b", target="a")).source == "a"


def test_nothing_known_is_zero_and_wide():
    nothing = unknown("a", "b", mutual=True, at=NOW)
    assert nothing.value == 0
    assert nothing.sign == "~"
    assert list(stances(tabulate([]), NOW)) == []


def test_undated_ties_count_only_where_no_date_is_asked_about():
    undated = tie(since=None, published=None)
    assert 0 < stance(undated).value < stance(tie()).value
    assert len(seen(tabulate([undated]), as_of=NOW)) == 0
    assert len(seen(tabulate([tie(since=None)]), as_of=NOW)) == 1
    assert len(seen(tabulate([tie(published=None)]), known_by=NOW)) == 0


def test_the_curve_has_a_stance_for_every_month_with_ties():
    found = curve(tabulate([tie(since=date(2020, 2, 3)), tie("ACCUSE", since=date(2022, 5, 5))]), mutual=True)
    assert [one.at for one in found] == [date(2020, 2, 29), date(2022, 5, 31)]
    assert found[0].value > found[1].value


def test_the_quantile_is_students():
    freedom = np.array([2.0, 2.5, 3.0, 5.0, 20.0, 1e6])
    assert student_quantile(0.9, freedom) == pytest.approx(student.ppf(0.9, freedom), rel=0.005)


ties = st.builds(
    Evidence,
    tie=st.uuids().map(str),
    source=st.sampled_from("abc"),
    target=st.sampled_from("def"),
    mutual=st.booleans(),
    type=st.sampled_from(list(TIE_TYPES)),
    polarity=st.sampled_from(POLARITIES),
    status=st.sampled_from(STATUSES),
    word=st.sampled_from(WORDS),
    since=st.none() | st.dates(date(2010, 1, 1), NOW),
    until=st.none() | st.dates(date(2010, 1, 1), NOW),
    published=st.none() | st.dates(date(2010, 1, 1), NOW),
    origin=st.sampled_from(["s1", "s2", "s3", "s4"]),
    confidence=st.floats(0.01, 1),
    legal=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ties, max_size=12, unique_by=lambda one: one.tie), st.randoms(use_true_random=False), st.booleans())
def test_any_evidence_in_any_order(evidence, random, mutual):
    found = list(stances(tabulate(evidence), NOW, mutual=mutual))
    shuffled = list(evidence)
    random.shuffle(shuffled)
    again = {(one.source, one.target): one for one in stances(tabulate(shuffled), NOW, mutual=mutual)}
    assert len(again) == len(found)
    for one in found:
        assert -1 <= one.low <= one.value <= one.high <= 1
        assert again[one.source, one.target].value == pytest.approx(one.value)
        assert dict(again[one.source, one.target].because) == pytest.approx(dict(one.because))


def test_parameters_stand_in_one_file():
    weights = default_weights()
    assert len(weights.intensity) == len(weights.half_life) == len(TIE_TYPES)
    assert (weights.intensity > 0).all()
    assert fold(tabulate([tie()]), NOW, weights=weights).value[0] > 0
