"""Who claims what, and who says otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.analysis.claims import Claim, Statement, claims

DAY = date(2024, 5, 1)


def say(tie: str, status: str = "asserted", voice: str = "author", **changes: object) -> Statement:
    """A statement on Ann and Bob, in a document of its own unless `document` is given."""
    document = str(changes.pop("document", f"doc-{tie}"))
    values: dict[str, object] = {
        **{"source": "ann", "source_name": "Ann", "target": "bob", "target_name": "Bob", "mutual": False},
        **{"type": "FUNDS", "polarity": "0", "published": DAY, "origin": document, "quote": f"words of {tie}"},
    }
    return Statement(tie=tie, status=status, voice=voice, document=document, doc=document, **{**values, **changes})  # type: ignore[arg-type]


def only(found: list[Claim]) -> Claim:
    [claim] = found
    return claim


def test_a_denial_is_set_against_the_claim_it_denies():
    claim = only(claims([say("1", voice="Eve"), say("2", "denied", "Ann")]))
    assert (claim.standing, claim.asserted_by, claim.denied_by, claim.disputed) == ("denied", ("Eve",), ("Ann",), True)
    [dispute] = claim.disputes
    assert (dispute.kind, dispute.own, dispute.claim.quote, dispute.against.quote) == ("denied", False, "words of 1", "words of 2")


@pytest.mark.parametrize(
    ("denial", "disputed"),
    [
        (say("2", "denied", "Ann", published=date(2024, 9, 1)), True),
        (say("2", "denied", "Ann", published=date(2026, 9, 1)), False),  # years later: it speaks of something else
        (say("2", "denied", "Ann", published=date(2023, 1, 1)), False),  # nothing was claimed yet
        (say("2", "denied", "Ann", source="bob", target="ann"), False),  # the other way round
        (say("2", "denied", "Ann", type="AID"), True),  # another word for the same
        (say("2", "denied", "Ann", type="LEADS"), False),
        (say("2", "denied", "Ann", since=date(2010, 1, 1), until=date(2010, 12, 31)), False),  # dated, and of another time
        (say("2", "planned", "Ann"), False),
    ],
)
def test_what_a_denial_speaks_of(denial, disputed):
    found = claims([say("1", voice="Eve"), denial])
    claim = next(claim for claim in found if claim.asserted and claim.asserted[0].tie == "1")
    assert claim.disputed is disputed


def test_a_denial_in_the_same_document_reaches_what_happened_long_ago():
    said = say("1", voice="Eve", since=date(2001, 1, 1), until=date(2001, 12, 31), document="d")
    assert only(claims([said, say("2", "denied", "Ann", document="d")])).standing == "denied"


def test_a_denial_is_of_others_words_rather_than_of_the_authors():
    author, eve = say("1", document="d", since=DAY, until=DAY), say("2", voice="Eve", document="d")
    found = {claim.asserted[0].tie: claim for claim in claims([author, eve, say("3", "denied", "Ann", document="d")])}
    assert len(found) == 1 or (found["2"].disputed and not found["1"].disputed)


def test_an_actors_denial_counts_alone_and_an_authors_does_not():
    assert only(claims([say("1", "denied", "Ann")])).disputed
    author = only(claims([say("1", "denied")]))
    assert (author.disputed, author.standing, author.asserted) == (False, "undisputed", ())


def test_a_text_that_weighs_both_sides_does_not_dispute_itself():
    assert not only(claims([say("1", document="d"), say("2", "denied", document="d")])).disputed


def test_a_speaker_who_denies_later_retracts_and_one_who_denied_before_contradicts_himself():
    later, earlier = date(2024, 6, 1), date(2024, 4, 20)
    taken_back = only(claims([say("1", voice="Eve"), say("2", "denied", "Eve", published=later)]))
    assert (taken_back.standing, taken_back.disputes[0].own) == ("retracted", True)
    turned = only(claims([say("1", voice="Eve"), say("2", "denied", "Eve", published=earlier)]))
    assert (turned.standing, turned.disputes[0].own) == ("contradicted", True)


@pytest.mark.parametrize(
    ("quote", "standing"), [("Ann took back what she had said", "retracted"), ("Ann gave Bob the house", "undisputed")]
)
def test_who_gives_way_and_says_so_retracts(quote, standing):
    accused = say("1", type="ACCUSE", polarity="-")
    gave_way = say("2", type="CONCEDE", polarity="+", quote=quote, published=date(2024, 7, 1))
    found = {claim.type: claim for claim in claims([accused, gave_way])}
    assert found["ACCUSE"].standing == standing


@pytest.mark.parametrize(("quote", "standing"), [("Ann said that this was false", "denied"), ("Ann turned Eve's offer down", "undisputed")])
def test_who_rejects_the_speakers_word_and_says_so_denies(quote, standing):
    rejects = say("2", type="REJECT", polarity="-", target="eve", target_name="Eve", quote=quote)
    found = {claim.type: claim for claim in claims([say("1", voice="Eve"), rejects])}
    assert found["FUNDS"].standing == standing


@pytest.mark.parametrize(
    ("days", "other", "standing"),
    [
        ((date(2024, 5, 1), date(2024, 5, 31)), "REJECT", "contradicted"),
        ((date(2024, 1, 1), date(2024, 12, 31)), "REJECT", "undisputed"),  # a year has room for both
        ((None, None), "REJECT", "undisputed"),
        ((date(2024, 5, 1), date(2024, 5, 31)), "THREATEN", "undisputed"),
    ],
)
def test_opposites_contradict_only_where_both_are_dated_sharply(days, other, standing):
    supports = say("1", type="SUPPORT", polarity="+", since=days[0], until=days[1])
    against = say("2", type=other, polarity="-", since=days[0], until=days[1])
    assert {claim.standing for claim in claims([supports, against])} == {standing}


def test_copies_of_a_story_are_one_source():
    wire = [say(str(number), origin="wire", publisher=f"Paper {number}") for number in range(3)]
    claim = only(claims([*wire, say("9", publisher="Other")]))
    assert (claim.sources, len(claim.asserted_by)) == (2, 4)


def test_statements_of_different_times_are_different_claims():
    long_before = say("1", type="ACCUSE", polarity="-", published=date(2017, 1, 1))
    found = claims([long_before, say("2", type="ACCUSE", polarity="-"), say("3", type="ACCUSE", polarity="-", published=date(2024, 5, 20))])
    assert [[s.tie for s in claim.asserted] for claim in found] == [["1"], ["2", "3"]]


days = st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2025, 1, 1)))


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    made = []
    for number in range(draw(st.integers(0, 9))):
        first, last = sorted((draw(days) or DAY, draw(days) or DAY))
        dated = draw(st.booleans())
        kind, sign = draw(st.sampled_from([("SUPPORT", "+"), ("REJECT", "-"), ("ACCUSE", "-"), ("CONCEDE", "+")]))
        made.append(
            say(
                f"{number}",
                draw(st.sampled_from(("asserted", "denied", "speculated", "planned"))),
                draw(st.sampled_from(("author", "Ann", "Eve"))),
                **{"type": kind, "polarity": sign, "published": draw(days), "document": draw(st.sampled_from("dex"))},
                **{
                    "since": first if dated else None,
                    "until": last if dated else None,
                    "quote": draw(st.sampled_from(("false", "took back"))),
                },
            )
        )
    return made


@settings(max_examples=60, deadline=None)
@given(statements(), st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter_and_every_statement_is_kept(said, random):
    shuffled = list(said)
    random.shuffle(shuffled)
    found = claims(said)
    assert found == claims(shuffled)
    kept = {tie for claim in found for tie in claim.because}
    assert kept == {statement.tie for statement in said if statement.status != "planned"}
    for claim in found:
        assert {statement.status for statement in claim.denied} <= {"denied"}
        assert all(dispute.own == (dispute.kind != "denied") or dispute.kind == "contradicted" for dispute in claim.disputes)
