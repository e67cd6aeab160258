"""Which names are one actor. CASES is edited by hand: each case lists documents as "name/kind" chains and the actors that must come out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.actors import Chain, decide, resolve
from frenemy.model import Judgement

P, C, R, G, L = "person", "company", "organisation", "government body", "place"

# Documents, each a list of (name, kind); then the actors expected, as the set of their names with documents' numbers where a name is split.
CASES = {
    "a last name is the one full name": ([[("Elon Musk", P)], [("Musk", P)]], [{"Elon Musk", "Musk"}]),
    "a first name too": ([[("Elon Musk", P)], [("Elon", P)]], [{"Elon Musk", "Elon"}]),
    "the family name may come first": ([[("Xi Jinping", P)], [("Xi", P)]], [{"Xi Jinping", "Xi"}]),
    "several fit": ([[("Elon Musk", P)], [("Kimbal Musk", P)], [("Musk", P)]], [{"Elon Musk"}, {"Kimbal Musk"}, {"Musk"}]),
    "the document itself has the full one": (
        [[("Elon Musk", P), ("Musk", P)], [("Kimbal Musk", P)]],
        [{"Elon Musk", "Musk"}, {"Kimbal Musk"}],
    ),
    "a family name goes before a given name": (
        [[("Paul Ryan", P)], [("Ryan Gosling", P)], [("Ryan", P)]],
        [{"Paul Ryan", "Ryan"}, {"Ryan Gosling"}],
    ),
    "titles": (
        [
            [("Donald Trump", P)],
            [("President Trump", P)],
            [("President Donald Trump", P)],
            [("Mr. Trump", P)],
            [("Former President Donald J. Trump", P)],
        ],
        [{"Donald Trump", "President Trump", "President Donald Trump", "Mr. Trump", "Former President Donald J. Trump"}],
    ),
    "father and son": ([[("Donald Trump", P)], [("Donald Trump Jr.", P)]], [{"Donald Trump"}, {"Donald Trump Jr."}]),
    "possessives, case, accents": (
        [[("Emmanuel Macron", P)], [("Emmanuel Macron’s", P)], [("EMMANUEL MACRON", P)], [("Émmanuel Macron", P)]],
        [{"Emmanuel Macron", "Emmanuel Macron’s", "EMMANUEL MACRON", "Émmanuel Macron"}],
    ),
    "two persons of one family name": ([[("John Smith", P)], [("Jane Smith", P)]], [{"John Smith"}, {"Jane Smith"}]),
    "two persons a letter apart": ([[("Maria Lopez", P)], [("Marta Lopez", P)]], [{"Maria Lopez"}, {"Marta Lopez"}]),
    "a son's and a daughter's ending": ([[("Anna Alexandrov", P)], [("Anna Alexandrova", P)]], [{"Anna Alexandrov"}, {"Anna Alexandrova"}]),
    "middle names": ([[("Robert F. Kennedy", P)], [("Robert Francis Kennedy", P)]], [{"Robert F. Kennedy", "Robert Francis Kennedy"}]),
    "other middle names": (
        [[("George H. W. Bush", P)], [("George W. Bush", P)], [("George Bush", P)]],
        [{"George H. W. Bush"}, {"George W. Bush"}, {"George Bush"}],
    ),
    "short given names": ([[("Joe Biden", P)], [("Joseph R. Biden", P)], [("Biden", P)]], [{"Joe Biden", "Joseph R. Biden", "Biden"}]),
    "another transliteration": (
        [[("Volodymyr Zelensky", P)], [("Volodymyr Zelenskyy", P)], [("Zelensky", P)]],
        [{"Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelensky"}],
    ),
    "a name with particles": ([[("Ursula von der Leyen", P)], [("von der Leyen", P)]], [{"Ursula von der Leyen", "von der Leyen"}]),
    "the United States": (
        [[("US", L)], [("U.S.", L)], [("USA", L)], [("the United States", L)], [("United States of America", L)], [("America", L)]],
        [{"US", "U.S.", "USA", "the United States", "United States of America", "America"}],
    ),
    "the European Union": (
        [[("EU", R)], [("the European Union", R)], [("European Union's", R)]],
        [{"EU", "the European Union", "European Union's"}],
    ),
    "countries alike": (
        [[("Niger", L)], [("Nigeria", L)], [("North Korea", L)], [("South Korea", L)], [("Austria", L)], [("Australia", L)]],
        [{"Niger"}, {"Nigeria"}, {"North Korea"}, {"South Korea"}, {"Austria"}, {"Australia"}],
    ),
    "a code is no country": ([[("AI", R)], [("Anguilla", L)]], [{"AI"}, {"Anguilla"}]),
    "a city is not its country": ([[("Brussels", L)], [("Belgium", L)]], [{"Brussels"}, {"Belgium"}]),
    "acronyms": (
        [[("Department of Government Efficiency", G)], [("DOGE", G)], [("FTC", G)], [("Federal Trade Commission", G)]],
        [{"Department of Government Efficiency", "DOGE"}, {"FTC", "Federal Trade Commission"}],
    ),
    "an acronym that several fit": (
        [[("Federal Bureau of Investigation", G)], [("Foreign Bank of India", C)], [("FBI", G)]],
        [{"Federal Bureau of Investigation"}, {"Foreign Bank of India"}, {"FBI"}],
    ),
    "a person has no acronym": ([[("Fred Thomas Carter", P)], [("FTC", G)]], [{"Fred Thomas Carter"}, {"FTC"}]),
    "legal forms": (
        [[("Meta Platforms, Inc.", C)], [("Meta Platforms", C)], [("Meta", C)], [("X Corp.", C)], [("X", C)]],
        [{"Meta Platforms, Inc.", "Meta Platforms", "Meta"}, {"X Corp.", "X"}],
    ),
    "a part is not the whole": (
        [[("Amazon", C)], [("Amazon Web Services", C)], [("Manchester United", R)], [("Manchester City", R)], [("Manchester", L)]],
        [{"Amazon"}, {"Amazon Web Services"}, {"Manchester United"}, {"Manchester City"}, {"Manchester"}],
    ),
    "fuller forms of one name": ([[("Ford", C)], [("Ford Motor", C)], [("Ford Motors", C)]], [{"Ford", "Ford Motor", "Ford Motors"}]),
    "fuller forms told apart in one text": (
        [[("Nord", C)], [("Nord Energy", C), ("Nord Airlines", C)]],
        [{"Nord"}, {"Nord Energy"}, {"Nord Airlines"}],
    ),
    "spaces in a name": ([[("OpenAI", C)], [("Open AI", C)]], [{"OpenAI", "Open AI"}]),
    "a person and the firm of that name": (
        [[("Elon Musk", P), ("Trump Organization", C)], [("Trump", P)]],
        [{"Elon Musk"}, {"Trump Organization"}, {"Trump"}],
    ),
    "a slip of the reader": ([[("Tesla", C)]] * 5 + [[("Tesla", P)]], [{"Tesla"}]),
    "a body with and without its country": (
        [[("U.S. Department of Justice", G)], [("Department of Justice", G)]],
        [{"U.S. Department of Justice", "Department of Justice"}],
    ),
    "a description before the name": (
        [[("Mark Zuckerberg", P)], [("Meta CEO Mark Zuckerberg", P)], [("President-elect Donald Trump", P)], [("Trump", P)]],
        [{"Mark Zuckerberg", "Meta CEO Mark Zuckerberg"}, {"President-elect Donald Trump", "Trump"}],
    ),
    "an explanation in brackets": ([[("X (formerly Twitter)", C)], [("X", C)]], [{"X (formerly Twitter)", "X"}]),
    "clubs": ([[("Chelsea F.C.", R)], [("Chelsea", R)]], [{"Chelsea F.C.", "Chelsea"}]),
    "a state is not its government": ([[("China", L)], [("Chinese government", G)]], [{"China"}, {"Chinese government"}]),
}


def chains(documents):
    return [Chain(document=str(number), name=name, kind=kind) for number, doc in enumerate(documents) for name, kind in doc]


def grouped(actors):
    return sorted(sorted({name for _, name in actor.members}) for actor in actors)


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    documents, expected = CASES[case]
    assert grouped(resolve(chains(documents))) == sorted(sorted(names) for names in expected)


def test_a_short_name_may_mean_another_actor_in_another_document():
    actors = resolve(chains([[("Elon Musk", P), ("Musk", P)], [("Kimbal Musk", P), ("Musk", P)], [("Musk", P)]]))
    assert {actor.name: actor.members for actor in actors} == {
        "Elon Musk": (("0", "Elon Musk"), ("0", "Musk")),
        "Kimbal Musk": (("1", "Kimbal Musk"), ("1", "Musk")),
        "Musk": (("2", "Musk"),),
    }


def test_one_that_dwarfs_all_others_takes_the_short_name():
    documents = [[("Elon Musk", P)]] * 12 + [[("Kimbal Musk", P)], [("Musk", P)]]
    assert grouped(resolve(chains(documents))) == [["Elon Musk", "Musk"], ["Kimbal Musk"]]


def test_names_kinds_and_ids():
    actors = resolve(
        chains(
            [[("Mr. Musk", P), ("Elon Musk", P)], [("US", L)], [("the EU", R)], [("European Union", R)], [("Tesla, Inc.", C)]]
            + [[("Tesla", C)]] * 2
        )
    )
    assert [(actor.id, actor.name, actor.kind) for actor in actors] == [
        ("elon-musk", "Elon Musk", P),
        ("european-union", "European Union", R),
        ("tesla", "Tesla", C),
        ("united-states", "United States", L),
    ]


def judged(kind, one, other, year=2025, confidence=1.0):
    return Judgement(kind=kind, subjects=(one, other), by="test", at=datetime(year, 1, 1, tzinfo=UTC), confidence=confidence)


def test_a_person_stands_above_the_rules():
    documents = [[("Twitter", C)], [("X", C)], [("Elon Musk", P)], [("Musk", P)]]
    both = resolve(chains(documents), [judged("same", "twitter", "X"), judged("different", "Elon Musk", "Musk")])
    assert grouped(both) == [["Elon Musk"], ["Musk"], ["Twitter", "X"]]


def test_the_later_judgement_holds_and_confidence_0_lifts_it():
    documents = [[("Twitter", C)], [("X", C)]]
    same, different = judged("same", "X", "Twitter", 2024), judged("different", "Twitter", "X", 2025)
    assert len(resolve(chains(documents), [different, same])) == 2
    assert len(resolve(chains(documents), [same])) == 1
    assert len(resolve(chains(documents), [same, judged("same", "X", "Twitter", 2026, confidence=0.0)])) == 2


def test_a_difference_holds_through_a_third_name():
    documents = [[("Meta", C)], [("Meta Platforms", C)], [("Facebook", C)]]
    actors = resolve(chains(documents), [judged("different", "Meta", "Facebook"), judged("same", "Meta Platforms", "Facebook")])
    assert grouped(actors) == [["Facebook", "Meta Platforms"], ["Meta"]]


NAMES = [
    *("Elon Musk", "Kimbal Musk", "Musk", "Mr. Musk", "E. Musk", "Elon", "Donald Trump", "Donald J. Trump", "Trump", "Trump Jr."),
    *("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelenskyy", "José", "EU", "European Union", "U.S.", "Department of Energy", "DOE"),
    *("Meta", "Meta Platforms", "META", "X", "’s", "The", "谷歌", "-"),
]
CHAIN = st.builds(
    Chain, document=st.sampled_from("abcd"), name=st.one_of(st.sampled_from(NAMES), st.text(max_size=8)), kind=st.sampled_from([P, C, L])
)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), found=st.lists(CHAIN, max_size=25, unique_by=lambda c: (c.document, c.name)))
def test_order_does_not_matter_and_no_name_is_lost(data, found):
    resolution = decide(found)
    assert decide(data.draw(st.permutations(found))) == resolution
    actors = resolution.actors
    members = [member for actor in actors for member in actor.members] + [(q.document, q.name) for q in resolution.quarantined]
    assert sorted(members) == sorted({(c.document, c.name) for c in found if c.name.strip()})
    assert len({actor.id for actor in actors}) == len(actors)
    assert all(actor.id and actor.name for actor in actors)
