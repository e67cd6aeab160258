"""Who says otherwise: claims compared with denials, with their speakers' later words, and with each other."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib.resources import files
from itertools import chain, permutations

from frenemy.analysis.claims.grouping import drafts
from frenemy.analysis.claims.statements import CURRENT, REACH, Statement, dated, overlap, period
from frenemy.analysis.claims.values import Claim, Dispute

OPPOSITES = {"SUPPORT": "REJECT", "REJECT": "SUPPORT", "ALLIED_WITH": "COMPETES_WITH", "COMPETES_WITH": "ALLIED_WITH"}
"""Types that say the opposite of each other, with opposite signs; each type opposes itself with the other sign."""
SHARP = timedelta(days=31)
"""Opposite claims contradict each other only if both are dated at least so exactly: in a year there is room for both."""
ANSWERS = ("REJECT", "ACCUSE")


def claims(statements: Iterable[Statement]) -> list[Claim]:
    """What is claimed about whom, by whom, and who says otherwise; oldest first. The order of the statements does not matter.

    A claim is disputed in three ways. *Denied*: somebody else says that it is not so, or rejects the speaker's word. *Retracted*: the
    speaker later denies it, or takes it back. *Contradicted*: somebody says the opposite of the same pair at the same time, or the speaker
    had denied it before.

    >>> say = dict(source="a", source_name="Ann", target="b", target_name="Bob", mutual=False, type="FUNDS", polarity="0", document="d",
    ...            doc="d", origin="d")
    >>> claimed = Statement(tie="1", status="asserted", voice="Eve", quote="Ann paid Bob, Eve said", **say)
    >>> denied = Statement(tie="2", status="denied", voice="Ann", quote="Ann says she never paid him", **say)
    >>> [(claim.standing, claim.asserted_by, claim.denied_by) for claim in claims([denied, claimed])]
    [('denied', ('Eve',), ('Ann',))]
    """
    said = list(statements)
    found = drafts(said)
    acts: dict[frozenset[str], list[Statement]] = defaultdict(list)
    for one in said:
        if one.type in (*ANSWERS, "CONCEDE") and one.status == "asserted":
            acts[frozenset((one.source_name, one.target_name))].append(one)
    disputes = [[*_denials(claim), *_answers(claim, acts), *_retractions(claim, acts)] for claim in found]
    by_pair: dict[frozenset[str], list[int]] = defaultdict(list)
    for at, claim in enumerate(found):
        if _sharp(claim.asserted):
            by_pair[frozenset((claim.source, claim.target))].append(at)
    for at, other in chain.from_iterable(permutations(together, 2) for together in by_pair.values()):
        disputes[at] += _contradictions(found[at], found[other])
    whole = [replace(claim, disputes=_each_once(against)) for claim, against in zip(found, disputes, strict=True)]
    return sorted(whole, key=lambda c: (c.date is None, c.date, c.source_name, c.target_name, c.type, c.because))


def _each_once(disputes: Iterable[Dispute]) -> tuple[Dispute, ...]:
    """The first dispute of each two speakers and kind, oldest first."""
    first: dict[tuple[str, str, str], Dispute] = {}
    for one in sorted(disputes, key=lambda d: (d.against.order, d.claim.order)):
        first.setdefault((one.kind, one.claim.speaker, one.against.speaker), one)
    return tuple(first.values())


def _denials(claim: Claim) -> Iterator[Dispute]:
    for said in claim.asserted:
        for denial in claim.denied:
            own = said.speaker == denial.speaker
            if own and said.document == denial.document:
                continue  # a text that weighs both sides of a matter does not take itself back
            taken_back = own and denial.order > said.order
            yield Dispute(kind="retracted" if taken_back else "contradicted" if own else "denied", claim=said, against=denial, own=own)


def _answers(claim: Claim, acts: dict[frozenset[str], list[Statement]]) -> Iterator[Dispute]:
    """One of the two rejects the word of whoever claims it, and the quote says that he denies something.

    What is denied by the same words already counts once.
    """
    known = {(denial.document, denial.quote) for denial in claim.denied}
    for said in claim.asserted:
        for party in {claim.source_name, claim.target_name} - {said.voice}:
            for act in acts.get(frozenset((party, said.voice)), ()):
                if act.source_name != party or act.type not in ANSWERS or (act.document, act.quote) in known:
                    continue
                if _soon_after(said, act) and _says("denial", act.quote):
                    yield Dispute(kind="denied", claim=said, against=act)


def _retractions(claim: Claim, acts: dict[frozenset[str], list[Statement]]) -> Iterator[Dispute]:
    """The speaker gives way to one of those he spoke of, and the quote says that he takes something back."""
    for said in claim.asserted:
        speaker = claim.source_name if said.voice == "author" and said.type in ANSWERS else said.voice
        for party in {claim.source_name, claim.target_name} - {speaker}:
            for act in acts.get(frozenset((party, speaker)), ()):
                if act.type == "CONCEDE" and act.source_name == speaker and _soon_after(said, act) and _says("retraction", act.quote):
                    yield Dispute(kind="retracted", claim=said, against=act, own=True)


def _soon_after(said: Statement, act: Statement) -> bool:
    """Whether an act can be an answer to a statement: in the same document, or printed up to a year after it."""
    if said.document == act.document:
        return True
    if said.published is None or act.published is None:
        return False
    return -CURRENT <= act.published - said.published <= REACH


@cache
def _expressions() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((files("frenemy.analysis.claims") / "words.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns)) for name, patterns in table.items()}


def _says(what: str, quote: str) -> bool:
    """Whether a quote denies, or takes back.

    >>> _says("denial", "He called it “not true”"), _says("retraction", "She took back what she had said"), _says("retraction", "He left")
    (True, True, False)
    """
    return _expressions()[what].search(quote.lower()) is not None


def _contradictions(one: Claim, other: Claim) -> Iterator[Dispute]:
    """Opposite signs of one matter, both stated as fact and dated sharply enough to exclude each other."""
    if {one.polarity, other.polarity} != {"+", "-"} or other.type not in (one.type, OPPOSITES.get(one.type)):
        return
    if not (one.mutual or other.mutual or (one.source, one.target) == (other.source, other.target)):
        return
    for said in _sharp(one.asserted):
        for against in _sharp(other.asserted):
            if overlap(period(said), period(against)) and said.document != against.document:
                earlier, later = sorted((said, against), key=lambda s: s.order)
                yield Dispute(kind="contradicted", claim=earlier, against=later, own=said.speaker == against.speaker)


def _sharp(statements: Sequence[Statement]) -> list[Statement]:
    """Those stated as fact whose own dates are exact enough."""
    return [s for s in statements if s.status == "asserted" and dated(s) and period(s)[1] - period(s)[0] <= SHARP]
