"""Denials: what one who is accused says not to be so becomes ties that are `denied`, on his word.

After the network, which reads one sentence at a time. A tie that a denial repeats is turned; a claim that it only refers to ("denied it",
"a charge that Holt denies") gets a denied twin; whoever told the claim gets the REJECT that a denial is (annotation guideline, rule 5).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from frenemy.model import Mention, Quote, Tie
from frenemy.reading.countries import country, seat
from frenemy.reading.denial_phrases import Denial, Span, denials
from frenemy.reading.speech import Speech

Told = tuple[Tie, Span]  # a tie and its sentence

BACK = 2  # sentences in which the claim is looked for
SHARE = 0.7  # of the claim's confidence
SURE = 0.3  # confidence from which a tie that only may be the claim is taken for it
ANSWERS = frozenset(("ACCUSE", "REJECT"))
OFFICES = frozenset(("LEADS", "WORKS_FOR", "MEMBER_OF", "PART_OF", "FOUNDED", "RELATED_TO"))  # tell who somebody is, seldom what he denies
SHARED = frozenset(  # what others do together with the one who denies, or for him
    ("AGREE", "CONSULT", "COOPERATE", "AID", "FUNDS", "OWNS", "INVESTS_IN", "ADVISES", "SUPPLIES", "ALLIED_WITH")
)
STATE = frozenset(("place", "government body"))
FORCES = re.compile(
    r"\b(?:troops|forces?|military|army|navy|police|soldiers|jets|officials?|government|authorities|ministry|intelligence|agents)\b", re.I
)
ACCUSING = re.compile(r"\b(?:accus|alleg|claim|blam|charg|suspect|rumou?r|reported|speculat|according to|suggest)", re.I)


def with_denials(
    text: str, sentences: Sequence[Span], mentions: Sequence[Mention], told: Sequence[Told], speeches: Sequence[Speech] = ()
) -> list[Tie]:
    """The ties of a document, those that a denial repeats turned to `denied`.

    A claim that a denial only refers to gets a denied twin, and whoever told it, or accused the denier, a REJECT.
    """
    kept, added = list(told), list[Tie]()
    starts = [m.start for m in mentions]
    for number, sentence in enumerate(sentences):
        near = mentions[bisect_left(starts, sentence[0]) : bisect_left(starts, sentence[1])]
        for denial in denials(text, sentence, near, speeches):
            if denial.repeated is not None:
                kept = [(_denied(tie, denial) if where == sentence and _repeats(tie, denial) else tie, where) for tie, where in kept]
            places = (sentence, *sentences[max(0, number - BACK) : number][::-1])
            claims = [] if denial.repeated else _claims(text, denial, places, kept)
            here = [tie for tie, where in kept if where == sentence] + added
            quote = Quote(document=denial.denier.document, start=sentence[0], end=sentence[1], text=text[slice(*sentence)])
            added += [twin for claim in claims if not _known(twin := _twin(claim, denial, quote), here)]
            answer = _answer(denial, claims, places, kept, mentions, quote)
            if answer is not None and not _answered(answer, here):
                added.append(answer)
    return [tie for tie, _ in kept] + added


def _denied(tie: Tie, denial: Denial) -> Tie:
    return replace(tie, status="denied", voice=denial.denier.name)


def _twin(claim: Tie, denial: Denial, quote: Quote) -> Tie:
    return replace(_denied(claim, denial), confidence=round(claim.confidence * SHARE, 4), quote=quote)


def _known(twin: Tie, here: Iterable[Tie]) -> bool:
    """Whether a sentence's ties already hold such a denied tie."""
    ends = {twin.source.name, twin.target.name}
    return any(
        (t.type, t.status, {t.source.name, t.target.name}) == (twin.type, "denied", ends) and t.quote.start >= twin.quote.start
        for t in here
    )


def _answered(answer: Tie, here: Iterable[Tie]) -> bool:
    ends = (answer.source.name, answer.target.name)
    return any((t.source.name, t.target.name) == ends and t.type in ANSWERS and t.quote.start >= answer.quote.start for t in here)


def _repeats(tie: Tie, denial: Denial) -> bool:
    """Whether a tie of the denial's sentence is what it denies: both stand in the repeated claim, or one and the denier."""
    low, high = denial.repeated or (0, 0)
    ends = (tie.source, tie.target)
    inside = [low <= m.start < high for m in ends]
    own = [m.name == denial.denier.name for m in ends]
    answer = tie.type in ANSWERS and own[0] and not inside[0]
    beside = (own[0] and inside[1]) or (own[1] and inside[0])
    return tie.status in ("asserted", "speculated") and not answer and ((beside and denial.himself) or (all(inside) and not denial.deed))


def _claims(text: str, denial: Denial, places: Sequence[Span], told: Sequence[Told]) -> list[Tie]:
    """The claims about the denier told last before the denial: in its own sentence, else in the nearest of those before."""
    for k, where in enumerate(places):
        lead = text[where[0] : min(where[1], denial.at)]
        accused = (denial.direct and k < BACK) or ACCUSING.search(lead) is not None
        near = [tie for tie, place in told if place == where and max(tie.source.start, tie.target.start) < denial.at]
        found = [tie for tie in near if _claimed(tie, denial.denier, accused) and not (k == 0 and _replies(tie))]
        if found:
            return found
    return []


def _replies(tie: Tie) -> bool:
    """Whether a tie of the denial's own sentence may be the denial itself, which the network reads as REJECT or ACCUSE."""
    return tie.type == "REJECT" or (tie.type == "ACCUSE" and tie.voice == "author")


def _claimed(tie: Tie, denier: Mention, accused: bool) -> bool:
    """Whether a tie is a claim about the denier: on somebody else's word or hedged; on the author's, what he himself does."""
    does, takes = stands_for(denier, tie.source), stands_for(denier, tie.target)
    if (
        does == takes
        or tie.confidence < SURE
        or tie.status not in ("asserted", "speculated")
        or tie.voice == denier.name
        or tie.type in OFFICES
    ):
        return False
    if takes and not tie.mutual and tie.type not in SHARED:
        return False  # what others do to him, he does not deny
    return tie.voice != "author" or tie.status == "speculated" or (accused and (does or tie.mutual))


def _answer(
    denial: Denial, claims: Sequence[Tie], places: Sequence[Span], told: Sequence[Told], mentions: Sequence[Mention], quote: Quote
) -> Tie | None:
    """REJECT from the denier to whoever made the claims, else to whoever accused him last."""
    for where in places:
        accusers = [(t.confidence, t.source) for t, place in told if place == where and _accuses(t, denial)]
        voices = {t.voice: t.confidence for t in claims}
        accusers += [(voices[m.name], m) for m in mentions if where[0] <= m.start < min(where[1], denial.at) and m.name in voices]
        if accusers:
            sure, accuser = max(accusers, key=lambda pair: pair[0])
            if stands_for(denial.denier, accuser):
                return None
            return Tie(
                source=denial.denier,
                target=accuser,
                type="REJECT",
                polarity="-",
                quote=quote,
                confidence=round(sure * SHARE, 4),
                reader=told[0][0].reader,
            )
    return None


def _accuses(tie: Tie, denial: Denial) -> bool:
    asserted = tie.type == "ACCUSE" and tie.status == "asserted" and not tie.mutual
    return asserted and tie.source.start < denial.at and stands_for(denial.denier, tie.target) and tie.source.name != denial.denier.name


def stands_for(denier: Mention, other: Mention) -> bool:
    """Whether what is said of another is said of the denier: the same actor, or a state and its officials or forces.

    >>> def named(name: str, kind: str) -> Mention:
    ...     return Mention(document="d", start=0, end=len(name), text=name, name=name, kind=kind)
    >>> ministry, troops = named("Russian Defense Ministry", "government body"), named("Russian troops", "group")
    >>> stands_for(ministry, troops), stands_for(ministry, named("Russian rebels", "group")), stands_for(named("Ann", "person"), troops)
    (True, False, False)
    """
    if denier.name == other.name:
        return True
    if not all(m.kind in STATE or FORCES.search(m.name) for m in (denier, other)):
        return False
    return nation(denier.name) is not None and nation(denier.name) == nation(other.name)


def nation(name: str) -> str | None:
    """The country whose name, adjective or seat begins a name.

    >>> nation("Russian troops"), nation("U.S. military"), nation("Moscow"), nation("North Korea"), nation("police")
    ('Russia', 'United States', 'Russia', 'North Korea', None)
    """
    words = name.split()
    return next(filter(None, (country(name), seat(name), country(" ".join(words[:2])), country(words[0]))), None)
