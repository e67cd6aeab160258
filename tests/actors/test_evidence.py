"""What is decided by more than the names: company, dates, roles, what the texts call one actor, and what a person said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from frenemy.actors import Chain, decide, resolve, uncertain
from frenemy.model import Judgement, Lead

P, C, G, L = "person", "company", "government body", "place"


def chains(documents, **more):
    return [Chain(document=str(n), name=name, kind=kind, **more) for n, doc in enumerate(documents) for name, kind in doc]


def grouped(actors):
    return sorted(sorted(actor.members) for actor in actors)


def of(actors, name):
    return sorted(
        sorted(document for document, known in actor.members if known == name) for actor in actors if name in dict(actor.members).values()
    )


def judged(kind, *subjects, year=2025, confidence=1.0):
    return Judgement(kind=kind, subjects=subjects, by="ann", at=datetime(year, 1, 1, tzinfo=UTC), confidence=confidence)


BANK = [("Acme Corp", C), ("Zoe Quill", P)]
CHOIR = [("Glee Club", G), ("Abe Fink", P)]


def test_namesakes_in_disjoint_company_stay_apart():
    documents = [[("John Smith", P), *BANK], [("John Smith", P), *BANK[:1], ("Ed Low", P)], [("John Smith", P), *CHOIR]]
    assert of(resolve(chains(documents)), "John Smith") == [["0", "1"], ["2"]]


def test_a_rare_name_is_one_person_whatever_the_company():
    documents = [[("Zebulon Quark", P), *BANK], [("Zebulon Quark", P), *CHOIR]]
    assert of(resolve(chains(documents)), "Zebulon Quark") == [["0", "1"]]


def test_namesakes_judged_the_same_are_one():
    documents = [[("John Smith", P), *BANK], [("John Smith", P), *CHOIR]]
    assert of(resolve(chains(documents), [judged("same", "John Smith @ 0", "John Smith @ 1")]), "John Smith") == [["0", "1"]]


def test_one_name_judged_different_in_two_documents_is_two():
    documents = [[("Zebulon Quark", P)], [("Zebulon Quark", P)], [("Zebulon Quark", P)]]
    actors = resolve(chains(documents), [judged("different", "Zebulon Quark @ 0", "Zebulon Quark @ 1")])
    assert len(of(actors, "Zebulon Quark")) == 2


def test_company_says_which_musk():
    documents = [
        *([[("Elon Musk", P), ("Tesla", C)]] * 3),
        *([[("Kimbal Musk", P), ("Big Green", C)]] * 3),
        [("Musk", P), ("Tesla", C)],
        [("Musk", P), ("Big Green", C)],
    ]
    found = {actor.name: dict(actor.members) for actor in resolve(chains(documents))}
    assert found["Elon Musk"]["6"] == "Musk"
    assert found["Kimbal Musk"]["7"] == "Musk"


def test_a_short_name_that_nothing_decides_is_a_doubt():
    doubts = uncertain(chains([[("Elon Musk", P)], [("Kimbal Musk", P)], [("Musk", P)]]))
    assert [(doubt.kind, doubt.subjects[0]) for doubt in doubts] == [("merge", "Musk")]
    assert all(0 <= doubt.score <= 1 for doubt in doubts)


def test_a_merge_says_why():
    [actor] = resolve(chains([[("Elon Musk", P)], [("Musk", P)]]))
    assert [(r.name, r.to, r.rule, r.document) for r in actor.reasons] == [("Musk", "Elon Musk", "only one fits", "1")]


def test_a_text_that_gives_two_names_to_one_firm_joins_them_everywhere():
    told = [Chain(document="a", name="Meta", kind=C, also=("Facebook",))]
    assert len(resolve([*told, *chains([[("Facebook", C)], [("Meta Platforms", C)]])])) == 1


def test_names_told_apart_as_often_as_together_stay_apart():
    told = [Chain(document="a", name="Meta", kind=C, also=("Facebook",))]
    resolution = decide([*told, *chains([[("Facebook", C), ("Meta", C)]])])
    assert len(resolution.actors) == 2
    assert [doubt.kind for doubt in resolution.doubts] == ["merge"]


def test_a_former_name_in_brackets():
    assert len(resolve(chains([[("X (formerly Twitter)", C)], [("Twitter", C)]]))) == 1


LEADS = [
    Lead(leader="Ann Berg", document="0", led="France", quote="President Ann Berg of France", since=date(2001, 1, 1)),
    Lead(leader="Bo Dahl", document="1", led="France", quote="Bo Dahl, president of France", since=date(2009, 1, 1)),
    Lead(leader="Cy Egge", document="2", led="France", quote="prime minister Cy Egge", since=date(2009, 1, 1)),
]


@pytest.mark.parametrize(
    ("description", "year", "name"),
    [
        ("the French president", 2005, "Ann Berg"),
        ("the French president", 2010, "Bo Dahl"),
        ("the president of France", 2010, "Bo Dahl"),
        ("the French prime minister", 2010, "Cy Egge"),
        ("the president", 2010, "Bo Dahl"),
        ("the French president", 1999, None),
        ("the German president", 2010, None),
        ("the former French president", 2010, None),
        ("critics", 2010, None),
    ],
)
def test_a_role_is_its_holder_at_the_documents_date(description, year, name):
    known = chains([[("Ann Berg", P), ("France", L)], [("Bo Dahl", P), ("France", L)], [("Cy Egge", P), ("France", L)]])
    asked = [
        Chain(document="9", name=description, kind=P, described=True, published=date(year, 5, 1)),
        Chain(document="9", name="France", kind=L, published=date(year, 5, 1)),
    ]
    resolution = decide([*known, *asked], leads=LEADS)
    meant = [actor.name for actor in resolution.actors if ("9", description) in actor.members]
    assert meant == ([name] if name else [])
    assert [q.name for q in resolution.quarantined] == ([] if name else [description])


@pytest.mark.parametrize(
    "name", ["(formerly", "President", "Critics", "critics", "senior officials", "some rivals", "12", "https://a.b", "’s", "x" * 90]
)
def test_names_of_nothing_are_kept_out(name):
    resolution = decide(chains([[(name, P)]]))
    assert resolution.actors == ()
    assert [q.name for q in resolution.quarantined] == [name]


@pytest.mark.parametrize("name", ["xAI", "iRobot", "US", "the EU", "Bank of America", "O", "谷歌", "X"])
def test_odd_names_are_names(name):
    assert decide(chains([[(name, C)]])).quarantined == ()


def test_a_name_without_capitals_is_kept_when_it_is_somebodys():
    assert len(resolve(chains([[("elon musk", P)], [("Elon Musk", P)]]))) == 1


def test_a_person_promotes_and_dismisses():
    documents = chains([[("critics", P)], [("Tesla", C)]])
    assert [actor.name for actor in resolve(documents, [judged("promote", "critics"), judged("dismiss", "Tesla")])] == ["critics"]
    lifted = [judged("promote", "critics"), judged("promote", "critics", year=2026, confidence=0.0)]
    assert [actor.name for actor in resolve(documents, lifted)] == ["Tesla"]


def test_a_name_with_a_role_says_who_holds_it():
    named = Chain(document="1", name="Meta CEO Mark Zuckerberg", kind=P, published=date(2024, 1, 1))
    asked = Chain(document="2", name="the Meta CEO", kind=P, described=True, published=date(2024, 5, 1))
    [actor] = resolve([named, asked])
    assert actor.members == (("1", "Meta CEO Mark Zuckerberg"), ("2", "the Meta CEO"))
