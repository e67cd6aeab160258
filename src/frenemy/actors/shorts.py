"""Short names ("Musk", "FBI", "George Bush") and roles, each put with the actor that its document means.

One that fits a single actor means that one. Else the actor that the document itself names in full is meant, else the one whose company the
document keeps, else the one that dwarfs all others. What stays open waits for a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log

from frenemy.actors.clusters import Key
from frenemy.actors.groups import Group, family_of
from frenemy.actors.judged import MARK, Verdicts
from frenemy.actors.namesakes import Circles, dwarfs
from frenemy.model import Chain, Company, Doubt, Reason

SURE = 0.9
"""From this probability on, company decides."""
SMOOTH = 0.5
"""Documents' worth of company that each candidate is given beforehand, as all candidates keep it."""
DOUBTFUL = 0.97
"""Below this probability, what company decided is shown to a person."""


@dataclass(slots=True)
class Short:
    """A short name with all the documents that give it, and the groups that it may mean."""

    group: Group
    candidates: list[Group]
    words: set[str] = field(default_factory=set)


def place(short: Short, verdicts: Verdicts, circles: Circles) -> list[Doubt]:
    """Move the chains of a short name to the groups they mean, document by document; returns what is doubtful."""
    candidates = _allowed(short, verdicts)
    if not candidates:
        return []
    own = short.group
    open_places, doubts = [], []
    here: dict[str, list[Group]] = defaultdict(list)
    if len(candidates) > 1:
        wanted = {document for document, _ in own.chains}
        for candidate in candidates:
            for document in candidate.documents & wanted:
                here[document].append(candidate)
    for document, key in sorted(own.chains):
        there = here.get(document, [])
        if len(candidates) == 1:
            _move(own, candidates[0], (document, key), "only one fits", 0.9)
        elif len(there) == 1:
            _move(own, there[0], (document, key), "named in full there", 0.98)
        else:
            open_places.append(((document, key), there or candidates))
    if open_places:
        doubts = _by_company(own, open_places, candidates, circles)
    return doubts


def _allowed(short: Short, verdicts: Verdicts) -> list[Group]:
    """The candidates that no judgement keeps from the short name; family names go before given names."""
    candidates = short.candidates
    if short.words:
        candidates = [c for c in candidates if family_of(c) & short.words] or candidates
    enemies = {one for pair in verdicts.different for one in pair}
    labels = short.group.labels() & enemies
    if labels:
        foes = {other for pair in verdicts.different for one, other in (pair, pair[::-1]) if one in labels}
        candidates = [c for c in candidates if not c.labels() & foes]
    return sorted(candidates, key=lambda c: (c.root, min(c.chains)))


def _move(own: Group, to: Group, spot: tuple[str, Key], rule: str, score: float) -> None:
    chain = own.chains.pop(spot)
    to.add(spot, chain)
    to.placed.add((chain.document, chain.name))
    to.reasons.append(Reason(name=chain.name, to=to.root[0], rule=rule, score=round(score, 3), document=chain.document))


def _by_company(
    own: Group, spots: Sequence[tuple[tuple[str, Key], list[Group]]], candidates: Sequence[Group], circles: Circles
) -> list[Doubt]:
    """Decide by who else is in the documents, or by size alone where nobody else is known."""
    sizes = [len(candidate.documents) for candidate in candidates]
    order = sorted(range(len(candidates)), key=lambda i: (-sizes[i], candidates[i].root))
    giant = candidates[order[0]] if dwarfs([sizes[i] for i in order]) else None
    needed = {document for candidate in candidates for document in candidate.documents} | {spot[0] for spot, _ in spots}
    kept = circles(sorted(needed))
    seen: dict[str, Counter[int]] = defaultdict(Counter)
    for place_, candidate in enumerate(candidates):
        for document in sorted(candidate.documents):
            for companion in kept.get(document, ()):
                seen[companion][place_] += 1
    doubts = []
    open_scores: dict[Key, list[float]] = defaultdict(list)
    places = {id(candidate): i for i, candidate in enumerate(candidates)}
    for spot, fitting in spots:
        chances = posterior(kept.get(spot[0], frozenset()), seen, {places[id(c)]: sizes[places[id(c)]] for c in fitting})
        best = max(sorted(chances), key=chances.__getitem__) if chances else None
        if best is not None and chances[best] >= SURE:
            name = own.chains[spot].name
            _move(own, candidates[best], spot, "keeps its company", chances[best])
            if chances[best] < DOUBTFUL:
                subjects = (f"{name}{MARK}{spot[0]}", candidates[best].root[0])
                doubts.append(Doubt(kind="split", subjects=subjects, score=round(chances[best], 3), reason="its company decided"))
        elif giant is not None and giant in fitting and (best is None or candidates[best] is giant):
            _move(own, giant, spot, "dwarfs all others", 0.9)
        elif len(fitting) < 50:
            likeliest = best if best is not None else places[id(max(fitting, key=lambda c: (len(c.documents), c.root)))]
            open_scores[candidates[likeliest].root].append(chances.get(likeliest, 1 / len(fitting)))
    for root, scores in sorted(open_scores.items()):
        score = round(sum(scores) / len(scores), 3)
        doubts.append(Doubt(kind="merge", subjects=(own.root[0], root[0]), score=score, reason="several fit"))
    return doubts


def posterior(company: Iterable[str], seen: Mapping[str, Mapping[int, int]], sizes: Mapping[int, int]) -> dict[int, float]:
    """How probable each candidate is, given who else is in the document; empty where none of them is known.

    A multinomial model: the prior is the share of documents, each companion counts by the share of a candidate's documents that it is in,
    smoothed by its share in the documents of all.

    >>> chances = posterior(["tesla"], {"tesla": {0: 3}}, {0: 4, 1: 4})
    >>> {candidate: round(chance, 2) for candidate, chance in chances.items()}
    {0: 0.94, 1: 0.06}
    >>> posterior(["rome"], {}, {0: 4, 1: 4})
    {}
    """
    total = sum(sizes.values())
    weights = {candidate: log((size + 0.5) / (total + 0.5 * len(sizes))) for candidate, size in sizes.items()}
    known = False
    for companion in sorted(company):
        counts = {candidate: seen.get(companion, {}).get(candidate, 0) for candidate in sizes}
        share = sum(counts.values()) / max(total, 1)
        if share:
            known = True
            for candidate, size in sizes.items():
                weights[candidate] += log((counts[candidate] + SMOOTH * share) / (size + SMOOTH))
    if not known:
        return {}
    top = max(weights.values())
    odds = {candidate: exp(weight - top) for candidate, weight in weights.items()}
    return {candidate: odd / sum(odds.values()) for candidate, odd in odds.items()}


def chains_by_document(chains: Iterable[Chain]) -> Company:
    """The company of documents of which all chains are at hand."""
    found: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains:
        found[chain.document].append(chain)
    return lambda documents: {document: found.get(document, []) for document in documents}
