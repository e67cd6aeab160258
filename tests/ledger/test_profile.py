"""What is shown of one actor: roles with their dates, from the ties that say so."""

from __future__ import annotations

from datetime import date

import pytest

from frenemy.ledger.profile import roles
from frenemy.ledger.ties import TieRecord


def tie(kind: str, when: str | None = None, *, status: str = "asserted", turned: bool = False, published: date | None = None) -> TieRecord:
    ends = ("ann", "orbis") if not turned else ("orbis", "ann")
    return TieRecord(
        id=f"{kind}{when}",
        document="d",
        doc="d",
        source=ends[0].title(),
        source_id=ends[0],
        target=ends[1].title(),
        target_id=ends[1],
        mutual=False,
        type=kind,
        polarity="0",
        status=status,
        voice="author",
        when=when,
        quote="q",
        start=0,
        end=1,
        confidence=1.0,
        published=published,
        publisher=None,
        title=None,
        url=None,
        reader="r",
    )


@pytest.mark.parametrize(
    ("whens", "dated"),
    [
        (["2019"], "2019"),
        (["2019", "2021-03"], "2019 to 2021-03"),
        (["2015/.."], "since 2015"),
        (["../2015"], "until 2015"),
        (["2015-01/2018", "2016"], "2015-01 to 2018"),
        (["2015/..", "2018"], "since 2015"),
        ([None], "printed 2020-05-01"),
    ],
)
def test_a_role_has_the_dates_of_all_its_ties(whens, dated):
    [role] = roles("ann", [tie("LEADS", when, published=date(2020, 5, 1)) for when in whens])
    assert (role.says, role.other, role.dated, len(role.ties)) == ("leads", "Orbis", dated, len(whens))


def test_a_role_without_any_date_says_so_and_one_printed_often_says_from_when_to_when():
    [role] = roles("ann", [tie("LEADS")])
    assert role.dated == "undated"
    [role] = roles("ann", [tie("LEADS", published=date(2020, 1, day)) for day in (3, 1, 2)])
    assert role.dated == "printed 2020-01-01 to 2020-01-03"


def test_acts_and_what_was_only_planned_or_denied_are_no_roles():
    assert roles("ann", [tie("ACCUSE"), tie("LEADS", status="denied"), tie("WORKS_FOR", status="planned")]) == ()


def test_a_role_is_told_from_the_actors_own_end_and_the_best_supported_comes_first():
    found = roles("ann", [tie("OWNS", turned=True), tie("MEMBER_OF", "2019"), tie("MEMBER_OF", "2020")])
    assert [(role.says, role.other) for role in found] == [("is a member of", "Orbis"), ("is owned by", "Orbis")]
