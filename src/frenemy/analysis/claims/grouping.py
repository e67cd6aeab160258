"""Statements of one thing put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from frenemy.analysis.claims.statements import Statement, overlap, period
from frenemy.analysis.claims.values import Claim


def same_matter(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Statements of the same pair, type and sign, parted so that those of a group share a day, into as few groups as that allows.

    Greedily by the earliest last day, which is optimal for intervals (Gavril 1972, Algorithms for minimum coloring, maximum clique, minimum
    covering by cliques..., SIAM Journal on Computing 1), and gives the same whatever the order of the statements.
    """
    by_kind: dict[tuple[tuple[str, str], str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        by_kind[statement.pair, statement.type, statement.polarity].append(statement)
    groups = []
    for _, alike in sorted(by_kind.items()):
        last = None
        for statement in sorted(alike, key=lambda s: (period(s)[1], s.order)):
            first, end = period(statement)
            if last is None or first > last:
                groups.append([statement])
                last = end
            else:
                groups[-1].append(statement)
    return [sorted(group, key=lambda s: s.order) for group in groups]


def draft(asserted: Iterable[Statement] = (), denied: Iterable[Statement] = ()) -> Claim:
    """A claim without its disputes."""
    said, against = tuple(asserted), tuple(denied)
    first = (said or against)[0]
    ends = ((first.source, first.source_name), (first.target, first.target_name))
    (source, source_name), (target, target_name) = sorted(ends) if first.mutual else ends
    return Claim(
        source=source,
        source_name=source_name,
        target=target,
        target_name=target_name,
        mutual=first.mutual,
        type=first.type,
        polarity=first.polarity,
        asserted=said,
        denied=against,
    )


def drafts(statements: Iterable[Statement]) -> list[Claim]:
    """The claims, each with those who assert it and those who deny it. Plans claim nothing and are left out."""
    every = [statement for statement in statements if statement.status != "planned" and statement.source != statement.target]
    claims = [draft(group) for group in same_matter(s for s in every if s.status != "denied")]
    by_pair: dict[frozenset[str], list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        by_pair[frozenset((claim.source, claim.target))].append(at)
    denials: dict[int, list[Statement]] = defaultdict(list)
    alone = []
    for denial in sorted((s for s in every if s.status == "denied"), key=lambda s: s.order):
        meant = _meant(denial, {at: claims[at] for at in by_pair[frozenset(denial.pair)]})
        for at in meant:
            denials[at].append(denial)
        alone += [] if meant else [denial]
    answered = [replace(claim, denied=tuple(denials[at])) for at, claim in enumerate(claims)]
    return answered + [draft(denied=group) for group in same_matter(alone)]


def _meant(denial: Statement, claims: dict[int, Claim]) -> list[int]:
    """Which claims a denial speaks of: of its own type rather than a kindred one, of its document rather than others, of other actors'
    words rather than authors'. All that fit equally well.
    """
    fits: dict[tuple[bool, bool, bool], list[int]] = defaultdict(list)
    for at, claim in claims.items():
        for said in claim.asserted:
            if not _about_same(denial, said):
                continue
            here = said.document == denial.document
            if overlap(period(denial), period(said)) or (here and not (denial.since or denial.until)):
                fits[said.type != denial.type, not here, said.voice == "author"].append(at)
    return sorted(set(fits[min(fits)])) if fits else []


def _about_same(denial: Statement, said: Statement) -> bool:
    """Whether both speak of the same pair, the same way round where both have a direction, with the same sign and a kindred type."""
    way = denial.mutual or said.mutual or denial.pair == said.pair
    return way and (denial.family, denial.polarity) == (said.family, said.polarity)
