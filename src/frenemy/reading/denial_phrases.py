"""Where a sentence denies, and who.

"Denied paying him" repeats a claim; "denied it", "a charge that Holt denies" and "said that was false" refer to one. By rules on syntax.
What only looks like a denial is left alone: "denied entry", "was denied bail", "cannot be denied", somebody's telling that another denied.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from frenemy.model import Mention
from frenemy.reading.mentions import Spot, is_possessive
from frenemy.reading.speech import Speech, speaker_at

Span = tuple[int, int]

FAR = 130  # characters between the one who denies and the verb
LISTS = tomllib.loads((files("frenemy.reading") / "denials.toml").read_text(encoding="utf-8"))
WORD: Mapping[str, str] = {name: f"(?:{'|'.join(words)})" for name, words in LISTS.items()}

_NOT_PLAIN = r"(?:to|for|of|from|by|in|on|at|with|him|them|us|me|you|that|who|which|and|or|but)\b"
_CLAIM = rf"(?:that\s+)?(?:(?!{_NOT_PLAIN})[\w’'.\[\]-]+\s+){{0,5}}?{WORD['nouns']}\b(?![’'-])"
_END = r"\s*(?:[.,;:)”\"—–]|$)"
_AFTER_CLAIM = (
    r"of|as|in|on|at|and|but|against|made|by|from|about|over|when|while|after|during|before|through|via|with|last|this|yesterday"
    r"|[A-Z]\w+day|\w+ly|\w+ing|to (?:reporters|journalists|the|[A-Z])"
)
_ENDS = rf"(?={_END}|\s(?:{_AFTER_CLAIM})\b)"
_STOP = rf"(?={_END}|\s(?:and|but|as|on [A-Z]|in a|at the time|when|while|\w+ly)\b)"
_DENY = r"den(?:ies|ied|y|ying)(?:\s+on)?(?:\s+[A-Z]\w+day(?:\s+(?:morning|afternoon|evening|night))?)?"
_BARE = r"den(?:ies|ied|y)"
_FALSE = rf"{WORD['false']}\b(?!\s+(?:that|to|for)\b)"
_AS_FALSE = rf"(?:[\w%’'“\"-]+\s+){{0,4}}?[“\"‘']?(?:\d+\s?%\s+|\w+\s+){{0,2}}?{WORD['false']}\b"
_THAT = (
    rf"(?:it|this|them|both|(?:he|she|they|it) (?:had|did) (?:done )?(?:so|that)){_STOP}|(?:having )?(?:done|doing) (?:so|that|this|it)\b"
)
_GUILT = rf"(?:any |all |having any |playing any |having had any )?(?:\w+ )?{WORD['guilt']}\b"
_SHARE = rf"(?:having |playing |having had )?(?:any|a|all) (?:\w+ )?{WORD['share']}\b"
REFERRING = re.compile(
    rf"\b{_DENY}\s+(?:{_CLAIM}{_ENDS}|(?P<direct>{_THAT}|that(?=\s*[.,;”\"]))|{_GUILT}|{_SHARE})"
    rf"|\b(?P<bare>{_BARE})(?={_END})"
    rf"|\b(?P<which>{WORD['rejecting']})(?={_END}|\s+as\s)"
    rf"|\b{WORD['rejecting']}\s+(?:{_CLAIM}{_ENDS}|(?:it|this|that|them)\s+as\s+{_AS_FALSE})"
    rf"|\b{WORD['calling']}\s+(?:{_CLAIM}|it|this|that|them)\s+(?:as\s+)?{_AS_FALSE}"
    rf"|\b{WORD['saying']}\s+(?:that\s+)?(?:{_CLAIM}|it|this|that|they|these)\s+(?:is|was|were|are|had been)\s+(?:\w+\s+){{0,2}}?{_FALSE}"
)
QUOTED = re.compile(
    rf"[“\"](?:No, |But )?(?:it|that|this|these|those|they|{_CLAIM})(?:[’']s| is| was| are| were)\s+(?:\w+\s+){{0,2}}?{_FALSE}", re.I
)
_SENTENCE = r"(?:he|she|it|they|we|[A-Z]\w+ (?:is|was|were|are|had|has|would))\s+\w"
_DEED = rf"(?=having\s+\w)|(?:ever\s+|\w+ly\s+)?(?!{WORD['things']}\b)(?=\w{{2,}}ing\s(?!to\b|for\b|from\b))"
_CONTENT = rf"that\s+(?!{_CLAIM}{_ENDS})(?=\w)|(?={_SENTENCE})"
REPEATING = re.compile(
    rf"\b{_DENY}\s+(?:(?:{_CLAIM}\s+)?(?:{_CONTENT})|(?P<deed>(?:{_CLAIM}\s+of\s+)?(?:{_DEED})))"
    rf"|\b{WORD['rejecting']}\s+{_CLAIM}\s+(?:{_CONTENT}|(?P<of>of\s+(?:{_DEED})))"
)
_CLAUSE_WORDS = r"and|but|while|who|which|although|though|after|\w+ing"
_CLAUSE = rf";|,\s+(?:{_CLAUSE_WORDS})\b|\sand(?:,|\s+{WORD['goes_on']}\b)|\s(?:but|after|amid|when|before)\b|\s[—–-]\s|[”\"]"
CLAUSE, DEED = re.compile(_CLAUSE), re.compile(rf"{_CLAUSE}|\sand\s+\w+ed\b")
_PASSIVE_VERB = r"(?P<verb>denied|rejected|dismissed|disputed|refuted)"
PASSIVE = re.compile(
    rf"\b(?:{WORD['nouns']}|it|this|that|which)\s+(?:is|was|were|are|has been|have been)\s+(?:\w+ly\s+)?{_PASSIVE_VERB}\s+by\s+(?:the\s+)?"
)
UNSURE = re.compile(
    r"(?:\bnot|n[’']t|\bnever|\bneither|\bnor|\bcannot|\bcan|\bwithout|\bto|\bwould|\bcould|\bmay|\bmight|\bwill|\bshould|\bmust|\bor"
    r"|\b(?:be|been|being|get|got|gets))(?:\s+(?:\w+ly|even|ever|have|either|so))*\s*$"
)
PASSIVELY = re.compile(r"\b(?:is|was|were|are)(?:\s+\w+ly)?\s*$")
KEEPS_ON = re.compile(r"\b(?:continu\w+|quick|rushed|hastened) to\s*$")
CONDITION = re.compile(r"\b(?:if|whether|unless|until|had)\s+(?:the\s+)?$", re.I)
_TELLING = r"said|says|saying|told|telling|testified|wrote|argued|claimed|claims|claiming|recalled|according to"
TOLD_BY = re.compile(rf"\b(?:{_TELLING}|{WORD['lawyers']})\b(?:\s+[\w’'.]+){{0,4}}?(?:\s+that)?\s+(?:the\s+)?$")
BY_LAWYER = re.compile(rf"^[^.;]*,\s+(?:[\w’']+\s+){{1,3}}{WORD['lawyers']}\b[^.;]*\b(?:said|told|says)\b")
OF_OTHERS = re.compile(r"\b(?:for|of|by|to|with|against|from|at|in|about|on|between|like)\s+(?:the\s+)?$")
SPEAKS_FOR = re.compile(rf"\b{WORD['spokesmen']}\s+(?:for|of|at|in)\s+(?:the\s+)?$", re.I)
_STAFF = rf"(?:(?:[’']s?)?\s+(?:[\w-]+\s+){{0,2}}?{WORD['spokesmen']})?(?:\s+(?:[A-Z][\w.-]+\s?){{1,4}}(?=[,\s]))?"
_ASIDE = r"(?:\s+(?:of|for|at|in)\s+(?:the\s+)?[A-Z][\w. ]+?|,[^,;:.]{1,90},|\s*\([^()]*\)|,(?=\s*wh))?"
_DAY = r"(?:\s+on\s+[A-Z]\w+day(?:\s+(?:morning|afternoon|evening|night))?)?"
BESIDE = re.compile(rf"{_STAFF}{_ASIDE}{_DAY}(?:\s*\b{WORD['auxiliaries']}\b)*\s*")
CLAIM_BEFORE = re.compile(rf"\b{WORD['nouns']}(?:\s+(?:that|which))?\s+(?:the\s+)?$")
JOINED = re.compile(rf"(?:\b(?:and|but|then|yet)|,)\s*(?:\b{WORD['auxiliaries']}\s+)*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """One denial of a sentence: where its verb stands, who denies, and what stretch repeats the claim (None: it is only referred to).

    `direct` tells "denies it" and "denies", which mean what was just told, from "denies the claim", which asks for a claim. `deed` tells
    "denies paying", of which the denier is the subject, from "denies that"; `himself` whether he has a part in the repeated claim.
    """

    at: int
    denier: Mention
    direct: bool = False
    deed: bool = False
    himself: bool = False
    repeated: Span | None = None


def denials(text: str, sentence: Span, mentions: Sequence[Mention], speeches: Sequence[Speech] = ()) -> list[Denial]:
    """The denials of a sentence whose denier is one of the `mentions` (in text order).

    >>> text = "Holt denied the claim."
    >>> holt = Mention(document="d", start=0, end=4, text="Holt", name="Eva Holt", kind="person")
    >>> [d.denier.name for d in denials(text, (0, 22), [holt])], denials("Holt denied him entry.", (0, 22), [holt])
    (['Eva Holt'], [])
    """
    inside = [m for m in mentions if sentence[0] <= m.start and m.end <= sentence[1]]
    return sorted((*_own(text, sentence, inside, speeches), *_others(text, sentence, inside, speeches)), key=lambda d: d.at)


def _own(text: str, sentence: Span, inside: Sequence[Mention], speeches: Sequence[Speech]) -> Iterator[Denial]:
    """Denials whose subject stands before the verb."""
    words = text[slice(*sentence)]
    for pattern in (REPEATING, REFERRING):
        for match in pattern.finditer(words):
            at, end = sentence[0] + match.start(), sentence[0] + match.end()
            speaker, after = speaker_at(at, speeches), words[match.end() :]
            if BY_LAWYER.search(after):
                continue
            for who in _subjects(text, sentence, at, inside, progressive=match[0].split()[0].endswith("ing")):
                if speaker is not None and speaker.name != who.name:
                    continue
                if pattern is REPEATING:
                    deed = match["deed"] is not None or match["of"] is not None
                    stop = (DEED if deed else CLAUSE).search(text, end, sentence[1])
                    clause = end, stop.start() if stop else sentence[1]
                    himself = deed or any(m.name == who.name and clause[0] <= m.start < clause[1] for m in inside)
                    yield Denial(at=at, denier=who, deed=deed, himself=himself, repeated=clause)
                elif not match["which"] or CLAIM_BEFORE.search(text[sentence[0] : who.start]):
                    yield Denial(at=at, denier=who, direct=bool(match["direct"] or match["bare"]))


def _others(text: str, sentence: Span, inside: Sequence[Mention], speeches: Sequence[Speech]) -> Iterator[Denial]:
    """Denials told in the passive, or by calling false in direct speech."""
    words = text[slice(*sentence)]
    for match in PASSIVE.finditer(words):
        after = sentence[0] + match.end()
        if (who := next((m for m in inside if m.start == after), None)) and text[who.end : who.end + 1] not in ("'", "’"):
            yield Denial(at=sentence[0] + match.start("verb"), denier=who)
    for match in QUOTED.finditer(words):
        speaker = speaker_at(sentence[0] + match.start() + 1, speeches)
        if speaker and (who := next((m for m in inside if m.name == speaker.name), None)):
            yield Denial(at=sentence[0] + match.start(), denier=who)


def _subjects(text: str, sentence: Span, verb: int, inside: Sequence[Mention], *, progressive: bool) -> list[Mention]:
    """Who does the verb at `verb`: the mention beside it and one joined to it; for a second verb the sentence's first."""
    before = text[sentence[0] : verb]
    if (UNSURE.search(before) and not KEEPS_ON.search(before)) or (PASSIVELY.search(before) and not progressive):
        return []
    before = PASSIVELY.sub("", before)
    verb = sentence[0] + len(before)
    earlier = [m for m in inside if m.end <= verb and not _owner(text, m)]
    beside = (m for m in reversed(earlier) if verb - m.end < FAR and BESIDE.fullmatch(text[m.end : verb]))
    first = next((m for m, following in pairwise([*earlier, *earlier[-1:]]) if not _adjective(text, m, following)), None)
    joined = [first] if first and JOINED.search(before) else []
    for mention in (*beside, *joined):
        lead = text[sentence[0] : mention.start]
        if SPEAKS_FOR.search(lead) or not OF_OTHERS.search(lead):
            if CONDITION.search(lead) or TOLD_BY.search(lead):
                return []
            partners = (m for m in earlier if re.fullmatch(r"\s+and\s+(?:the\s+)?", text[m.end : mention.start]))
            return [*partners, mention]
    return []


def _adjective(text: str, mention: Mention, following: Mention) -> bool:
    """Whether a place only tells where the one after it is from: "Danish envoy Holt"."""
    title = re.fullmatch(r"\s+(?:[a-z-]+\s+){1,2}", text[mention.end : following.start])
    return mention.kind == "place" and following.kind == "person" and title is not None


def _owner(text: str, mention: Mention) -> bool:
    return is_possessive(text, Spot(start=mention.start, end=mention.end, text=mention.text, kind="", form=mention.form, sure=1.0))
