"""Titles, dates, publishers and authors at the top of plain text."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frenemy.documents.dates import date_in_url, find_dates, parse_date
from frenemy.documents.head import read_head

TODAY = date(2026, 1, 1)
BODY = "\n\nThe two companies said on Tuesday that they had ended their feud, which began in 2019, and would work together."


def head(text: str, year: int | None = None):
    return read_head(text, latest=TODAY, year=year)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("December 15, 2024", date(2024, 12, 15)),
        ("15 Dec 2024", date(2024, 12, 15)),
        ("Dec. 15th, 2024", date(2024, 12, 15)),
        ("2024-12-15", date(2024, 12, 15)),
        ("Friday, 3 May 2019, 10:15 a.m. EST", date(2019, 5, 3)),
        ("Published: May 3, 2019", date(2019, 5, 3)),
        ("Updated June 4, 2019 | Published June 3, 2019", date(2019, 6, 3)),
        ("Last updated on 4 June 2019", date(2019, 6, 4)),
        ("The Crisp Ledger | 17 June 2017", date(2017, 6, 17)),
        ("Posted by Jane Roe on May 3, 2019", date(2019, 5, 3)),
        ("25/12/2024", date(2024, 12, 25)),
        ("March 2010", None),
        ("2010", None),
        ("03/04/2019", None),
        ("Born June 3, 1961", None),
        ("May 3, 2031", None),
        ("February 30, 2019", None),
    ],
)
def test_a_date_line(line: str, expected: date | None) -> None:
    assert head(f"Rivals at peace\n{line}{BODY}").published == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        (" date 2024-11-22 The rivalry has taken a new turn.".strip(), date(2024, 11, 22)),
        ("December 15, 2024 – The rivalry has taken a new turn.", date(2024, 12, 15)),
        ("[2019-05-03] The firm said that it was sorry.", date(2019, 5, 3)),
        ("LONDON, March 3, 2018 (Xinhua) -- The rivalry has taken a new turn.", date(2018, 3, 3)),
        ("WASHINGTON, June 3 (Reuters) - The rivalry has taken a new turn.", None),
        ("June 3, 2017 was a bad day for both of them.", None),
        ("On June 3, 2017 the two met in Rome.", None),
        ("March 3, 2010, the company said, was the day it would never forget.", None),
        ("They have been at odds since May 2019, as a ruling of 3 May 2019 shows.", None),
    ],
)
def test_a_date_where_the_text_begins(opening: str, expected: date | None) -> None:
    assert head(opening + BODY).published == expected


def test_a_dateline_takes_the_year_that_is_known() -> None:
    text = "WASHINGTON, June 3 (Reuters) - The rivalry has taken a new turn." + BODY
    assert head(text, year=2017).published == date(2017, 6, 3)
    assert head(text).publisher == "Reuters"


def test_a_date_far_down_is_not_that_of_publication() -> None:
    assert head("Rivals at peace\n\n" + "The two met again. " * 60 + "\n\n3 May 2019\n\nMore.").published is None


@pytest.mark.parametrize(
    ("text", "title", "publisher", "author"),
    [
        ("Rivals at peace\nBy Jane Roe\nMay 3, 2019", "Rivals at peace", None, "Jane Roe"),
        (
            "Rivals at peace\nBy Jane Roe and John Doe, The Crisp Ledger\nMay 3, 2019",
            "Rivals at peace",
            "The Crisp Ledger",
            "Jane Roe and John Doe",
        ),
        ("Rivals at peace\nDigital World News\nMay 3, 2019", "Rivals at peace", "Digital World News", None),
        ("Rivals at peace\nJane Roe | Crisp Ledger | May 3, 2019", "Rivals at peace", "Crisp Ledger", "Jane Roe"),
        ("Rivals at peace for now | Crisp Ledger", "Rivals at peace for now", "Crisp Ledger", None),
        ("top of page\nCrisp Editorial Team\n\nRivals at peace: a story", "Rivals at peace: a story", "Crisp", None),
        ("Title: Rivals at peace\nAuthor: Jane Roe\nSource: Crisp Ledger", "Rivals at peace", "Crisp Ledger", "Jane Roe"),
        ("The two rivals made peace on Tuesday.", None, None, None),
        ("By the time they met, all was over.", None, None, None),
    ],
)
def test_title_publisher_author(text: str, title: str | None, publisher: str | None, author: str | None) -> None:
    found = head(text + BODY)
    assert (found.title, found.publisher, found.author) == (title, publisher, author)


def test_a_line_without_a_text_is_no_title() -> None:
    assert head("Rivals at peace").title is None


@given(st.text())
def test_any_text_has_a_head(text: str) -> None:
    head(text)
    parse_date(text)
    find_dates(text)
    date_in_url(text)


@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_is_read_back(day: date) -> None:
    for written in (day.isoformat(), f"{day:%B} {day.day}, {day.year:04}", f"{day.day} {day:%b} {day.year:04}"):
        assert parse_date(written) == day


def test_the_seeds(shared: Path) -> None:
    from frenemy.documents import load

    docs = {item.name[:3]: item for item in load(shared / "seeds")}
    assert docs["000"].title.startswith("Musk, Trump, and the Future")
    assert (docs["000"].published, docs["000"].publisher) == (None, "RealFacts")
    assert (docs["001"].published, docs["001"].publisher) == (date(2024, 12, 15), "Digital Worldwide News")
    assert docs["001"].title.startswith("Mark Zuckerberg and Elon Musk Unite")
    assert (docs["002"].published, docs["002"].title) == (date(2024, 11, 22), None)


def test_titles_and_date_lines_of_wikinews(shared: Path) -> None:
    from frenemy.documents import load

    for doc in load(shared / "data/ties/articles/dev/articles.jsonl"):
        if doc.name.startswith("wikinews"):
            first, second = doc.text.split("\n")[:2]
            assert (doc.title, doc.published) == (first, parse_date(second))


def test_the_examples_of_this_project() -> None:
    from frenemy.documents import load

    files = sorted((Path(__file__).parents[2] / "examples").glob("*/[12]*"))
    for path, doc in zip(files, load(files), strict=True):
        assert doc.published is not None
        assert path.name.startswith(doc.published.isoformat())
        assert doc.title
        assert doc.publisher == "frenemy sample"
