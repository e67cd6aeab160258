"""Denials: who denies what was just claimed of him, in words that repeat the claim ("denied paying him") or only refer to it ("denied it").

By rules on syntax, after the network: what it reads of a sentence is kept, what a denial turns around gets the status `denied` and the denier's voice.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from frenemy.model import Mention, Quote, Tie
from frenemy.reading.mentions import Spot, is_possessive
from frenemy.reading.speech import Speech, speaker_at

Span = tuple[int, int]
Told = tuple[Tie, Span]  # a tie and its sentence

BACK = 2  # sentences in which the claim is looked for
SHARE = 0.7  # of the claim's confidence: about as many twins are right where the claim is
OFFICES = frozenset(("LEADS", "WORKS_FOR", "MEMBER_OF", "PART_OF", "FOUNDED", "RELATED_TO"))  # tell who somebody is, seldom what he denies
ANSWERS = frozenset(("ACCUSE", "REJECT"))
LISTS = tomllib.loads((files("frenemy.reading") / "denials.toml").read_text(encoding="utf-8"))
WORD: Mapping[str, str] = {name: f"(?:{'|'.join(words)})" for name, words in LISTS.items()}

_PLAIN = r"(?!(?:to|for|of|from|by|in|on|at|with|him|them|us|me|you|that|who|which|and|or|but)\b)[\w’'.\[\]-]+"
_CLAIM = rf"(?:{_PLAIN}\s+){{0,5}}?{WORD['nouns']}\b(?![’'-])"
_ENDS = (
    r"(?=\s*(?:[.,;:)”\"—–]|$)|\s(?:as|in|on|at|and|but|against|made|by|from|about|over|when|while|after|during|before|through|via|with|last|this|yesterday"
    r"|[A-Z]\w+day|\w+ly|\w+ing|to (?:reporters|journalists|the|[A-Z]))\b)"
)
_STOP = r"(?=\s*(?:[.,;:)”\"—–]|$)|\s(?:and|but|on [A-Z]|in a|at the time|when|while|\w+ly)\b)"
_DENY = r"den(?:ies|ied|y|ying)"
_AS_FALSE = rf"(?:[\w%’'“\"-]+\s+){{0,4}}?[“\"‘']?(?:\d+\s?%\s+|\w+\s+){{0,2}}?{WORD['false']}\b"
REFERRING = re.compile(
    rf"\b(?P<verb>{_DENY})\s+(?:{_CLAIM}{_ENDS}|(?P<direct>(?:it|this|them|both|(?:having )?(?:done|doing) (?:so|that|this|it)){_STOP}|that(?=\s*[.,;”\"]))"
    rf"|(?:any |all |having any |playing any |having had any )?(?:\w+ )?{WORD['guilt']}\b|(?:(?:having |playing |having had )?(?:any|a|all) )(?:\w+ )?{WORD['share']}\b)"
    rf"|\b(?P<bare>den(?:ies|ied|y))(?=\s*(?:[.,;)”\"]|$))"
    rf"|\b(?P<rejects>{WORD['rejecting']})\s+(?:{_CLAIM}{_ENDS}|(?:it|this|that|them)\s+as\s+{_AS_FALSE})"
    rf"|\b(?P<calls>{WORD['calling']})\s+(?:{_CLAIM}|it|this|that|them)\s+(?:as\s+)?{_AS_FALSE}"
    rf"|\b(?P<says>{WORD['saying']})\s+(?:that\s+)?(?:{_CLAIM}|it|this|that|they|these)\s+(?:is|was|were|are|had been)\s+(?:\w+\s+){{0,2}}?{WORD['false']}\b(?!\s+(?:that|to|for)\b)"
)
QUOTED = re.compile(
    rf"[“\"](?:No, |But )?(?:it|that|this|these|those|they|{_CLAIM})(?:[’']s| is| was| are| were)\s+(?:\w+\s+){{0,2}}?{WORD['false']}\b(?!\s+(?:that|to|for)\b)",
    re.I,
)
REPEATING = re.compile(
    rf"\b(?P<verb>{_DENY})\s+(?:(?:{_CLAIM}\s+)?that\s+(?=\w)|{_CLAIM}\s+of\s+|(?=having\s+\w)|(?:ever\s+|\w+ly\s+)?(?!{WORD['things']}\b)(?=\w{{2,}}ing\s(?!to\b|for\b|from\b)))"
)
CLAUSE = re.compile(r";|,\s+(?:and|but|while|who|which|saying|adding|although|though|after|calling|insisting)\b|\sbut\b|\s[—–-]\s|[”\"]")
PASSIVE = re.compile(
    rf"\b(?:{WORD['nouns']}|it|this|that|which)\s+(?:is|was|were|are|has been|have been)\s+(?:\w+ly\s+)?(?P<verb>denied|rejected|dismissed|disputed|refuted)\s+by\s+(?:the\s+)?"
)
UNSURE = re.compile(
    r"(?:\bnot|n[’']t|\bnever|\bneither|\bnor|\bcannot|\bcan|\bwithout|\bto|\bwould|\bcould|\bmay|\bmight|\bwill|\bshould|\bmust|\bor|\bfail(?:ed|s) to"
    r"|\b(?:is|was|were|are|be|been|being|get|got|gets))(?:\s+(?:\w+ly|even|ever|have|either|so))*\s*$"
)
KEEPS_ON = re.compile(r"\b(?:continu\w+|quick|rushed|hastened) to\s*$")
CONDITION = re.compile(r"\b(?:if|whether|unless|until|had)\s+(?:the\s+)?$", re.I)
TOLD_BY = re.compile(
    rf"\b(?:said|says|told|testified|wrote|argued|claimed|claims|recalled|according to|{WORD['lawyers']})\b(?:\s+[\w’'.]+){{0,4}}?(?:\s+that)?\s+(?:the\s+)?$"
)
BY_LAWYER = re.compile(rf"^[^.;]*,\s+(?:[\w’']+\s+){{1,3}}{WORD['lawyers']}\b[^.;]*\b(?:said|says|told)\b")
OF_OTHERS = re.compile(r"\b(?:for|of|by|to|with|against|from|at|in|about|on|between|like)\s+(?:the\s+)?$")
SPEAKS_FOR = re.compile(rf"\b{WORD['spokesmen']}\s+(?:for|of|at|in)\s+(?:the\s+)?$", re.I)
BESIDE = re.compile(
    rf"(?:(?:[’']s?)?\s+(?:[\w-]+\s+){{0,2}}?{WORD['spokesmen']})?(?:\s+(?:[A-Z][\w.-]+\s?){{1,4}}(?=[,\s]))?"
    rf"(?:\s+(?:of|for|at)\s+(?:the\s+)?[A-Z][\w. ]+?|,[^,;:.]{{1,90}},|\s*\([^()]*\)|,(?=\s*wh))?(?:\s*\b{WORD['auxiliaries']}\b)*\s*"
)
JOINED = re.compile(rf"(?:\b(?:and|but|then|yet)|,)\s*(?:\b{WORD['auxiliaries']}\s+)*$")
ACCUSING = re.compile(r"\b(?:accus|alleg|claim|blam|charg|suspect|rumou?r|reported|speculat|according to|suggest)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """One denial of a sentence: where its verb stands, who denies, and what stretch repeats the claim (None: it is only referred to).

    `direct` tells "denies it" and "denies", which mean what was just told, from "denies the claim", which asks for a claim.
    """

    at: int
    denier: str
    direct: bool = False
    repeated: Span | None = None


def denials(text: str, sentence: Span, mentions: Sequence[Mention], speeches: Sequence[Speech] = ()) -> list[Denial]:
    """The denials of a sentence whose denier is one of the `mentions` (in text order).

    >>> text = "Holt denied the claim."
    >>> holt = Mention(document="d", start=0, end=4, text="Holt", name="Eva Holt", kind="person")
    >>> [d.denier for d in denials(text, (0, 22), [holt])], denials("Holt denied him entry.", (0, 22), [holt])
    (['Eva Holt'], [])
    """
    words = text[slice(*sentence)]
    inside = [m for m in mentions if sentence[0] <= m.start and m.end <= sentence[1]]
    return sorted(_denials(text, words, sentence, inside, speeches), key=lambda d: d.at)


def _denials(text: str, words: str, sentence: Span, inside: Sequence[Mention], speeches: Sequence[Speech]) -> Iterator[Denial]:
    for pattern in (REPEATING, REFERRING):
        for match in pattern.finditer(words):
            at = sentence[0] + match.start()
            who = _subject(text, sentence, at, inside)
            speaker = speaker_at(at, speeches)
            if who is None or (speaker is not None and speaker.name != who.name) or BY_LAWYER.search(words[match.end() :]):
                continue
            end = sentence[0] + match.end()
            groups = match.groupdict()
            direct = bool(groups.get("direct") or groups.get("bare"))
            yield Denial(at=at, denier=who.name, direct=direct, repeated=_clause(text, end, sentence[1]) if pattern is REPEATING else None)
    for match in PASSIVE.finditer(words):
        after = sentence[0] + match.end()
        if (who := next((m for m in inside if m.start == after), None)) and not text[who.end : who.end + 2].startswith(("'", "’")):
            yield Denial(at=sentence[0] + match.start("verb"), denier=who.name)
    for match in QUOTED.finditer(words):
        if speaker := speaker_at(sentence[0] + match.start() + 1, speeches):
            yield Denial(at=sentence[0] + match.start(), denier=speaker.name)


def _subject(text: str, sentence: Span, verb: int, inside: Sequence[Mention]) -> Mention | None:
    """Who does the verb at `verb`: the mention beside it, or the first of the sentence where the verb is its second one."""
    before = text[sentence[0] : verb]
    if UNSURE.search(before) and not KEEPS_ON.search(before):
        return None
    earlier = [m for m in inside if m.end <= verb and not _owner(text, m)]
    beside = (m for m in reversed(earlier) if verb - m.end < 130 and BESIDE.fullmatch(text[m.end : verb]))
    joined = earlier[:1] if JOINED.search(before) else []
    for mention in (*beside, *joined):
        lead = text[sentence[0] : mention.start]
        if SPEAKS_FOR.search(lead) or not OF_OTHERS.search(lead):
            return None if CONDITION.search(lead) or TOLD_BY.search(lead) else mention
    return None


def _owner(text: str, mention: Mention) -> bool:
    return is_possessive(text, Spot(start=mention.start, end=mention.end, text=mention.text, kind="", form=mention.form, sure=1.0))


def _clause(text: str, start: int, end: int) -> Span:
    """From `start` to where the clause ends."""
    stop = CLAUSE.search(text, start, end)
    return start, stop.start() if stop else end


def with_denials(
    text: str, sentences: Sequence[Span], mentions: Sequence[Mention], told: Sequence[Told], speeches: Sequence[Speech] = ()
) -> list[Tie]:
    """The ties of a document, those that a denial repeats turned to `denied`, and a denied twin for each claim that one refers to."""
    kept = dict(enumerate(told))
    twins: list[Tie] = []
    starts, mentions = [m.start for m in mentions], list(mentions)
    for number, sentence in enumerate(sentences):
        near = mentions[bisect_right(starts, sentence[0] - 1) : bisect_right(starts, sentence[1])]
        for denial in denials(text, sentence, near, speeches):
            if denial.repeated is not None:
                for k, (tie, where) in kept.items():
                    if where == sentence and _repeats(tie, denial, denial.repeated):
                        kept[k] = replace(tie, status="denied", voice=denial.denier), where
                continue
            before = sentences[max(0, number - BACK) : number]
            claims = _claims(text, denial, sentence, before, [t for t in kept.values()])
            here = [tie for tie, where in kept.values() if where == sentence] + twins
            twins += [_twin(text, claim, denial, sentence) for claim in claims if not any(_denies(tie, claim, sentence) for tie in here)]
    return [tie for tie, _ in kept.values()] + twins


def _repeats(tie: Tie, denial: Denial, repeated: Span) -> bool:
    """Whether a tie of the denial's sentence is what it denies: both stand in the repeated claim, or the denier and one who does."""
    low, high = repeated
    ends = (tie.source, tie.target)
    inside = [low <= m.start < high for m in ends]
    answer = tie.type in ANSWERS and tie.source.name == denial.denier and not inside[0]
    beside = any(there and other.name == denial.denier for there, other in zip(inside, ends[::-1], strict=True))
    return tie.status in ("asserted", "speculated") and not answer and (all(inside) or beside)


def _claims(text: str, denial: Denial, sentence: Span, before: Sequence[Span], told: Sequence[Told]) -> list[Tie]:
    """The claims about the denier told last before the denial: in its own sentence, else in the nearest of those before."""
    for where in (sentence, *reversed(before)):
        lead = text[where[0] : min(where[1], denial.at)]
        direct = denial.direct and where in (sentence, *before[-1:])
        found = [
            tie
            for tie, place in told
            if place == where
            and max(tie.source.start, tie.target.start) < denial.at
            and _claimed(tie, denial, direct or bool(ACCUSING.search(lead)))
        ]
        if found:
            return found
    return []


def _claimed(tie: Tie, denial: Denial, accused: bool) -> bool:
    """Whether a tie is a claim about the denier: on somebody else's word or hedged; on the author's, what the denier himself is said to do."""
    ends = (tie.source.name, tie.target.name)
    if denial.denier not in ends or tie.status not in ("asserted", "speculated") or tie.voice == denial.denier or tie.type in OFFICES:
        return False
    if tie.target.name == denial.denier and tie.type in ANSWERS and not tie.mutual:
        return False  # that he is accused, he does not deny
    return tie.voice != "author" or tie.status == "speculated" or (accused and (tie.source.name == denial.denier or tie.mutual))


def _twin(text: str, claim: Tie, denial: Denial, sentence: Span) -> Tie:
    low, high = sentence
    return replace(
        claim,
        status="denied",
        voice=denial.denier,
        confidence=round(claim.confidence * SHARE, 4),
        quote=Quote(document=claim.quote.document, start=low, end=high, text=text[low:high]),
    )


def _denies(tie: Tie, claim: Tie, sentence: Span) -> bool:
    """Whether a tie of the sentence already is the denial of a claim."""
    same = tie.type == claim.type and {tie.source.name, tie.target.name} == {claim.source.name, claim.target.name}
    return same and tie.status == "denied" and sentence[0] <= tie.quote.start < sentence[1]
