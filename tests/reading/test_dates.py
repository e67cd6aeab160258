"""Expressions of time against a day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from frenemy.reading.dates import moments

FRIDAY = date(2024, 11, 22)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("They met on 3 March 2021.", "2021-03-03"),
        ("They met on March 3, 2021.", "2021-03-03"),
        ("They met in March 2021.", "2021-03"),
        ("In 2017 they quarrelled.", "2017"),
        ("They quarrelled from 2017 to 2019.", "2017/2019"),
        ("They have been allies since 2016.", "2016/.."),
        ("Shares have risen since September.", "2024-09/.."),
        ("He left two decades ago.", "2004"),
        ("He left three months ago.", "2024-08"),
        ("She resigned yesterday.", "2024-11-21"),
        ("She resigned on Tuesday.", "2024-11-19"),
        ("She resigned last Friday.", "2024-11-15"),
        ("They will meet next Monday.", "2024-11-25"),
        ("They met last month.", "2024-10"),
        ("They met last week.", "2024-11-11/2024-11-17"),
        ("They met in December.", "2023-12"),
        ("They met on December 15.", "2023-12-15"),
        ("Talks failed last summer.", "2024-06/2024-08"),
    ],
)
def test_an_expression_is_resolved(text: str, when: str) -> None:
    assert [m.when for m in moments(text, FRIDAY)] == [when]


@pytest.mark.parametrize("text", ["It cost 2017 dollars.", "May I ask?", "Room 2024 is free.", "On February 31, 2020, nothing happened."])
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert list(moments(text, FRIDAY)) == []


def test_without_a_day_of_publication_only_absolute_dates_are_known() -> None:
    assert [m.when for m in moments("Yesterday, as in 2019, they met in March.", None)] == ["2019"]


def test_the_stretch_is_where_the_words_stand() -> None:
    text = "They met in March 2021 and parted."
    (moment,) = moments(text, FRIDAY)
    assert text[moment.start : moment.end] == "March 2021"
