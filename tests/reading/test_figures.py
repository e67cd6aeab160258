"""Amounts, their kinds, statuses and subjects; mentions are given, so that no model is needed."""

from __future__ import annotations

import re
from datetime import date

import pytest

from frenemy.ledger import check_reading
from frenemy.model import FIGURE_KINDS, STATUSES, Document, Figure, Mention, Reading
from frenemy.reading.amounts import WORDS, amounts
from frenemy.reading.figures import figures
from frenemy.reading.sentences import sentences


def read(text: str, *names: str, published: date | None = None) -> list[Figure]:
    """The figures of a text in which `names` are the actors; `name=actor` gives a mention the name of its actor."""
    doc = Document(text=text, name="t", published=published)
    kinds = {"its": "pronoun", "their": "pronoun"}
    found = []
    for said, _, actor in (name.partition("=") for name in names):
        for m in re.finditer(rf"\b{re.escape(said)}\b", text):
            form = kinds.get(said, "name" if said[0].isupper() else "description")
            found.append(
                Mention(document=doc.id, start=m.start(), end=m.end(), text=said, name=actor or said, kind="organisation", form=form)
            )
    out = tuple(figures(doc, list(sentences(text)), sorted(found, key=lambda m: m.start)))
    check_reading(Reading(document=doc, figures=out))
    return list(out)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$6.6 billion", 6.6e9, "USD"),
        ("£250,000", 250_000, "GBP"),
        ("€75m", 75e6, "EUR"),
        ("3 billion yuan", 3e9, "CNY"),
        ("US$11bn", 11e9, "USD"),
        ("US$7.2 bn", 7.2e9, "USD"),
        ("A$400m", 400e6, "AUD"),
        ("20 million pounds", 20e6, "GBP"),
        ("half a million dollars", 500_000, "USD"),
        ("a hundred thousand euros", 100_000, "EUR"),
        ("17 cents", 0.17, "USD"),
        ("a 49% stake", 49, "%"),
        ("twenty-five percent", 25, "%"),
        ("6.4 per cent", 6.4, "%"),
        ("killed six Jordanian troops", 6, "troops"),
        ("1,400 employees", 1400, "employees"),
        ("a half-million people", 500_000, "people"),
        ("two dozen officers", 24, "officers"),
        ("one hundred and twenty thousand refugees", 120_000, "refugees"),
        ("60 Boeing 787 Dreamliner aircraft", 60, "aircraft"),
    ],
)
def test_amounts(text, value, unit):
    assert [(a.value, a.unit) for a in amounts(text)] == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "between $12 million and $20 million",
        "25,000 to 30,000 jobs",
        "$30-40 billion",
        "the 2009 talks",
        "in 2017 people",
        "Flight 370 passengers",
        "a 27-year contract",
        "36-year-old Miguel Colmenares",
        "three weeks ago",
        "20 pounds of rice",
        "hundreds of people",
        "1 " + "0" * 400,
        "9" * 400 + " people",
        "at 10:30 on the 4th",
    ],
)
def test_what_is_no_amount(text):
    assert list(amounts("It was " + text)) == []


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("xAI is valued at $50 billion.", ["xAI"], ("xAI", "valuation", 5e10, "USD", "asserted")),
        ("Investors valued Acme at $2bn.", ["Acme", "Investors"], ("Acme", "valuation", 2e9, "USD", "asserted")),
        ("OpenAI's recent $6.6 billion funding round drew notice.", ["OpenAI"], ("OpenAI", "funding", 6.6e9, "USD", "asserted")),
        ("Fiat reportedly holds a 49% stake in Chrysler.", ["Fiat", "Chrysler"], ("Fiat", "stake", 49, "%", "speculated")),
        ("The strike killed six Jordanian troops.", ["Jordanian=Jordan"], ("Jordan", "casualties", 6, "troops", "asserted")),
        ("A design centre of Acme has 1,400 employees.", ["Acme"], ("Acme", "staff", 1400, "employees", "asserted")),
        ("Acme plans to cut 3,000 jobs, Bolt said.", ["Acme", "Bolt"], ("Acme", "staff", 3000, "jobs", "planned")),
        ("Acme denied that it paid £250,000.", ["Acme"], ("Acme", "price", 250_000, "GBP", "denied")),
        ("Acme denies pledging $45m to Bolt.", ["Acme", "Bolt"], ("Acme", "funding", 45e6, "USD", "denied")),
        ("Acme may spend $3 million.", ["Acme"], ("Acme", "budget", 3e6, "USD", "speculated")),
        ("Bolt rang Acme for help, cutting its $9 billion debt.", ["Bolt", "Acme", "its=Bolt"], ("Bolt", "debt", 9e9, "USD", "asserted")),
        ("Acme reported a loss of $3 million.", ["Acme"], ("Acme", "revenue", 3e6, "USD", "asserted")),
        ("Ruiz won 61 percent of the vote.", ["Ruiz"], ("Ruiz", "votes", 61, "%", "asserted")),
    ],
)
def test_kind_status_and_subject(text, names, expected):
    assert [(f.subject.name, f.kind, f.amount, f.unit, f.status) for f in read(text, *names)] == [expected]


def test_when_is_resolved_and_a_date_is_no_amount():
    (figure,) = read("On 5 May Acme raised $3 million.", "Acme", published=date(2024, 6, 1))
    assert (figure.when, figure.amount) == ("2024-05-05", 3e6)


def test_the_quote_is_as_short_as_it_can_be():
    (figure,) = read("Yesterday, in a long call with the press, Acme raised $3 million from friends and strangers alike.", "Acme")
    assert figure.quote.text == "Acme raised $3 million"


def test_a_sentence_without_an_actor_speaks_of_the_one_before():
    (figure,) = read("Acme fell. Revenue was $3 million.", "Acme")
    assert (figure.subject.name, figure.quote.text) == ("Acme", "Revenue was $3 million")
    assert read("Revenue was $3 million.") == []


def test_few_of_something_is_no_figure_unless_they_are_casualties():
    assert read("Acme visited two countries.", "Acme") == []
    assert [f.amount for f in read("Acme killed two men.", "Acme")] == [2]


def test_a_hostile_text_is_read_in_time():
    for text in ("9," * 20_000, "one hundred and " * 5_000, "$" * 20_000, "12 a" * 5_000 + "s", "between 5 and " * 3_000):
        read("Acme " + text + ".", "Acme")


def test_the_word_list_speaks_of_the_known_kinds_and_statuses():
    assert {*WORDS["kind"], "other"} == set(FIGURE_KINDS)
    assert {*WORDS["status"], "asserted"} == set(STATUSES)
