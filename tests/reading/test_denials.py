"""Denials: who denies, what becomes denied, and what only looks like a denial."""

from __future__ import annotations

import re

import pytest

from frenemy.model import Document, Mention, Quote, Tie
from frenemy.reading.denial_phrases import denials
from frenemy.reading.denials import with_denials
from frenemy.reading.sentences import sentences

PEOPLE = {"Holt": "Eva Holt", "Roe": "Ben Roe", "Cole": "Ada Cole", "she": "Eva Holt", "She": "Eva Holt", "he": "Ben Roe"}
BODIES = {
    "Ferrum": "company",
    "Orbis": "company",
    "Rovers": "organisation",
    "it": "company",
    "Danish navy": "government body",
    "Danes": "place",
}


def mentions_of(text: str) -> list[Mention]:
    """Every word of the cast that stands in a text, as a mention."""
    doc = Document(text=text, name="t").id
    found = []
    for words in (*PEOPLE, *BODIES):
        for match in re.finditer(rf"\b{words}\b", text):
            name = PEOPLE.get(words) or ("Ferrum" if words == "it" else words)
            form = "pronoun" if words.islower() or words == "She" else "name"
            kind = "person" if words in PEOPLE else BODIES[words]
            found.append(Mention(document=doc, start=match.start(), end=match.end(), text=words, name=name, kind=kind, form=form))
    return sorted(found, key=lambda m: m.start)


def deniers(sentence: str) -> list[str]:
    """Who denies something in a sentence."""
    return [d.denier.name for d in denials(sentence, (0, len(sentence)), mentions_of(sentence))]


def read(
    text: str, source: int, target: int, kind: str, *, voice: str = "author", sure: float = 0.8
) -> list[tuple[str, str, str, str, str]]:
    """Type, source, target, status and voice of a text's ties, given the one between its mentions number `source` and `target`."""
    runs, mentions = list(sentences(text)), mentions_of(text)
    place = next(run for run in runs if run[0] <= mentions[source].start < run[1])
    quote = Quote(document=mentions[0].document, start=place[0], end=place[1], text=text[slice(*place)])
    tie = Tie(source=mentions[source], target=mentions[target], type=kind, polarity="-", quote=quote, confidence=sure, voice=voice)
    ties = with_denials(text, runs, mentions, [(tie, place)])
    doc = Document(text=text, name="t")
    for found in ties:
        found.quote.check(doc)
    return [(t.type, t.source.name, t.target.name, t.status, t.voice) for t in ties]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Holt denied the claim.", "Eva Holt"),
        ("Holt has always denied the allegations.", "Eva Holt"),
        ("Holt, who runs the port, denies it.", "Eva Holt"),
        ("Holt denied both charges in court on Monday.", "Eva Holt"),
        ("A spokesman for Ferrum denied the report.", "Ferrum"),
        ("Ferrum's spokeswoman denied any wrongdoing.", "Ferrum"),
        ("Roe accused Holt of fixing the final, which Holt denies.", "Eva Holt"),
        ("It was a claim that Holt denied.", "Eva Holt"),
        ("Orbis says it was cheated on the tonnage, a charge Ferrum rejects as false.", "Ferrum"),
        ("Orbis had lied about the bid, Roe said, but Holt dismissed the allegation as nonsense.", "Eva Holt"),
        ("Holt resigned in May and denied doing so under pressure.", "Eva Holt"),
        ("Holt called the accusation “absolute nonsense”.", "Eva Holt"),
        ("Holt said that was false.", "Eva Holt"),
        ("Ferrum said the reports were completely untrue.", "Ferrum"),
        ("The allegation was denied by Ferrum.", "Ferrum"),
        ("Holt continues to deny the charges.", "Eva Holt"),
        ("Holt on Friday denied any role in the takeover.", "Eva Holt"),
        ("The Danish navy denied responsibility.", "Danish navy"),
        ("Holt refuted the suggestion on Tuesday.", "Eva Holt"),
        ("Holt is denying the story.", "Eva Holt"),
        ("Holt denied paying the referee.", "Eva Holt"),
        ("Holt denied on Monday afternoon that she had left the club.", "Eva Holt"),
        ("Holt denied that Roe was paid.", "Eva Holt"),
        ("Ferrum denied he had been on its books.", "Ferrum"),
    ],
)
def test_who_denies(sentence: str, who: str) -> None:
    assert deniers(sentence) == [who]


@pytest.mark.parametrize(
    "sentence",
    [
        "Holt denied entry to the inspectors.",
        "Holt was denied bail.",
        "Ferrum was denied a licence for the mine.",
        "It cannot be denied that Holt won.",
        "Roe denied Holt the prize.",
        "Holt denied him it twice over.",
        "Holt, who denied nothing, was fined.",
        "Holt did not deny the claim.",
        "Holt never denied it.",
        "Ferrum would neither confirm nor deny the report.",
        "Holt refused to deny the rumours.",
        "Roe asked whether Holt denied the charges.",
        "If Holt denies the claim, the trial begins in June.",
        "Holt's lawyer denied the allegation.",
        "Holt denies the charges, her lawyer Ada Cole said.",
        "Roe told the court that Holt had denied the claim.",
        "A critic of Holt denied the report.",
        "The goalkeeper denied Rovers an equaliser.",
        "Ferrum denied funding to the club.",
        "Ferrum rejected the offer.",
        "The judge dismissed the case against Holt.",
        "Ferrum rejected it.",
        "Roe wanted a merger, a plan Ferrum rejects.",
        "Holt could deny the claim tomorrow.",
        "Holt disputes the will.",
        "Holt said the plan was wrong for the town.",
        "Nobody in Rovers denied it.",
        "Ferrum denied Orbis's request for the report's annexes.",
    ],
)
def test_what_is_no_denial(sentence: str) -> None:
    assert deniers(sentence) == []


def test_two_deny_together() -> None:
    assert deniers("Ferrum and Orbis denied the allegation.") == ["Ferrum", "Orbis"]


def test_a_claim_told_before_gets_a_denied_twin_and_its_teller_a_reject() -> None:
    found = read("Roe said that Holt had bribed Cole. Holt denied the claim.", 1, 2, "FUNDS", voice="Ben Roe")
    assert found == [
        ("FUNDS", "Eva Holt", "Ada Cole", "asserted", "Ben Roe"),
        ("FUNDS", "Eva Holt", "Ada Cole", "denied", "Eva Holt"),
        ("REJECT", "Eva Holt", "Ben Roe", "asserted", "author"),
    ]


def test_who_is_accused_rejects_the_accuser_but_not_that_he_is_accused() -> None:
    found = read("Roe accused Holt of match fixing. Nobody else spoke. Holt denies it.", 0, 1, "ACCUSE")
    assert found[1:] == [("REJECT", "Eva Holt", "Ben Roe", "asserted", "author")]


def test_a_claim_of_the_same_sentence() -> None:
    found = read("Roe alleged that Ferrum had armed the Danes, a charge Ferrum denies.", 1, 2, "AID", voice="Ben Roe")
    assert ("AID", "Ferrum", "Danes", "denied", "Ferrum") in found


def test_what_a_document_tells_itself_is_denied_where_the_denial_is_of_it() -> None:
    assert ("ASSAULT", "Eva Holt", "Ada Cole", "denied", "Eva Holt") in read("Holt hit Cole. She denies it.", 0, 1, "ASSAULT")


@pytest.mark.parametrize(
    ("text", "source", "target", "kind"),
    [
        ("Holt met Cole on Monday. She denied the allegations.", 0, 1, "CONSULT"),  # no claim: nobody accuses
        ("Holt is a nurse at Ferrum. She denies it.", 0, 1, "WORKS_FOR"),  # who she is
        ("Cole attacked Holt. Holt denies it.", 0, 1, "ASSAULT"),  # what was done to her
        ("Roe accused Orbis of spying. Holt denies it.", 0, 1, "ACCUSE"),  # somebody else's matter
        ("Holt bribed Cole. It rained. The court sat. Holt denies it.", 0, 1, "FUNDS"),  # too far back
        ("Holt bribed Cole. Holt was denied bail.", 0, 1, "FUNDS"),
    ],
)
def test_what_gets_no_twin(text: str, source: int, target: int, kind: str) -> None:
    assert len(read(text, source, target, kind)) == 1


def test_a_repeated_claim_is_turned_and_not_doubled() -> None:
    assert read("Ferrum denies that it paid Cole.", 1, 2, "FUNDS") == [("FUNDS", "Ferrum", "Ada Cole", "denied", "Ferrum")]
    assert read("Ferrum denies that it paid Cole.", 0, 2, "FUNDS")[0][3] == "denied"
    assert read("Holt denied paying Cole.", 0, 1, "FUNDS") == [("FUNDS", "Eva Holt", "Ada Cole", "denied", "Eva Holt")]
    assert read("Ferrum denied claims that Holt had sued Orbis.", 1, 2, "ACCUSE")[0][3:] == ("denied", "Ferrum")


def test_charges_of_something_refer_and_repeat() -> None:
    assert ("FUNDS", "Eva Holt", "Ada Cole", "denied", "Eva Holt") in read(
        "Roe alleged Holt paid Cole. Holt rejects claims of bribery.", 1, 2, "FUNDS"
    )
    assert read("Holt rejected allegations of bribing Cole.", 0, 1, "FUNDS")[0][3:] == ("denied", "Eva Holt")


def test_that_can_point_as_well_as_begin_a_clause() -> None:
    text = "Holt denied that allegation on Monday."
    assert [d.repeated for d in denials(text, (0, len(text)), mentions_of(text))] == [None]


def test_what_others_do_inside_a_denied_deed_stands() -> None:
    assert read("Holt denied arming the Danes, who fight Cole.", 1, 2, "ASSAULT")[0][3] == "asserted"
    assert read("Ferrum denied selling arms to Danes fighting Cole.", 1, 2, "ASSAULT")[0][3] == "asserted"


def test_what_the_denier_goes_on_to_say_stands() -> None:
    assert read("Holt denied that Roe had left and accused Cole of lying.", 0, 2, "ACCUSE")[0][3] == "asserted"
    assert read("Holt denied that Roe lied and said Cole paid Orbis.", 2, 3, "FUNDS")[0][3] == "asserted"


def test_a_doubtful_tie_is_not_taken_for_the_claim() -> None:
    assert len(read("Holt hit Cole. She denies it.", 0, 1, "ASSAULT", sure=0.2)) == 1


def test_the_answer_to_an_accuser_stands() -> None:
    assert read("Holt denied that Roe had a case.", 0, 1, "REJECT") == [("REJECT", "Eva Holt", "Ben Roe", "asserted", "author")]


def test_a_state_denies_for_its_forces() -> None:
    text = "Roe said that Danes had shelled Cole. The Danish navy called the claim a lie."
    assert ("ASSAULT", "Danes", "Ada Cole", "denied", "Danish navy") in read(text, 1, 2, "ASSAULT", voice="Ben Roe")
