"""Who speaks: quotations and the actor in whose mouth they are put."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from frenemy.reading.chains import Chain
from frenemy.reading.mentions import Spot

Span = tuple[int, int]

LONGEST = 1500  # characters; an unclosed quotation mark must not swallow a document
NEAR = 45  # characters between a speaker and the verb or the quotation
QUOTATION = re.compile(rf"“[^“”\n]{{1,{LONGEST}}}”|\"[^\"\n]{{1,{LONGEST}}}\"")
SAYING = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told|tells?|claim(?:ed|s|ing)?|alleg(?:ed|es|ing)|argu(?:ed|es|ing)|wr(?:ote|ites?)"
    r"|report(?:ed|s)|according to|insist(?:ed|s|ing)|testif(?:ied|ies)"
    r"|post(?:ed|s)|add(?:ed|s)|noted?|believes?|suggest(?:ed|s)|announc(?:ed|es)|stat(?:ed|es)|tweet(?:ed|s)|declar(?:ed|es)|quip(?:ped|s)|warn(?:ed|s)|call(?:ed|s|ing)|den(?:ied|ies)"
    r"|accus(?:ed|es|ing)|complain(?:ed|s)|recall(?:ed|s)|explain(?:ed|s)|acknowledg(?:ed|es)|read)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A quotation, marks included, and the chain of its speaker."""

    start: int
    end: int
    speaker: Chain


def speeches(text: str, sentences: Sequence[Span], spots: Sequence[Spot], chains: Mapping[int, Chain]) -> list[Speech]:
    """The quotations whose speaker can be told; a quotation without one goes on with the last speaker of its paragraph."""
    found: list[Speech] = []
    starts, ends = [s.start for s in spots], [b for _, b in sentences]
    quotations = [m.span() for m in QUOTATION.finditer(text)]
    quotation_starts, quotation_ends = [a for a, _ in quotations], [b for _, b in quotations]
    for low, high in quotations:
        first = bisect_left(ends, low + 1)
        last = bisect_left(ends, high)
        if first >= len(sentences):
            continue
        bounds = sentences[first][0], sentences[min(last, len(sentences) - 1)][1]
        near = range(bisect_left(starts, bounds[0]), bisect_left(starts, bounds[1] + NEAR))
        others = quotations[bisect_left(quotation_ends, bounds[0]) : bisect_left(quotation_starts, bounds[1] + NEAR)]
        speaker = _beside((low, high), near, text, spots, chains, others)
        before = found[-1] if found else None
        if speaker is None and before is not None and "\n\n" not in text[before.end : low] and low - before.end < 300:
            speaker = before.speaker
        if speaker is not None:
            found.append(Speech(start=low, end=high, speaker=speaker))
    return found


def _beside(
    quotation: Span, near: range, text: str, spots: Sequence[Spot], chains: Mapping[int, Chain], quotations: Sequence[Span]
) -> Chain | None:
    """Of the mentions `near`, the one outside quotations that stands by a verb of saying, nearest to the quotation."""
    best: tuple[int, Chain] | None = None
    for i in near:
        spot, chain = spots[i], chains.get(i)
        if chain is None or chain.kind == "place" or any(a <= spot.start < b for a, b in quotations):
            continue
        if not says(text, spot.start, spot.end):
            continue
        gap = max(quotation[0] - spot.end, spot.start - quotation[1])
        if best is None or gap < best[0]:
            best = (gap, chain)
    return best[1] if best else None


def says(text: str, start: int, end: int) -> bool:
    """Whether the mention at start:end is the subject of a verb of saying close by.

    >>> says("Ann said no.", 0, 3), says('"No," said Ann.', 11, 14), says("Ann met Bo, who said no.", 0, 3)
    (True, True, False)
    """
    after = text[end : end + NEAR]
    verb = SAYING.search(after)
    if verb and not re.search(r"[.;!?]|\bwho\b|\band [A-Z]", after[: verb.start()]):
        return True
    return bool(
        SAYING.search(text[max(0, start - 30) : start])
        and re.search(SAYING.pattern + r"(?: (?:the|[A-Z][\w.]+|\w+man|\w+woman))*\s*$", text[max(0, start - 30) : start], re.I)
    )


def speaker_at(position: int, found: Sequence[Speech]) -> Chain | None:
    """Whose words stand at a character; `found` is in text order."""
    at = bisect_left(found, position, key=lambda s: s.end)
    return found[at].speaker if at < len(found) and found[at].start <= position else None
