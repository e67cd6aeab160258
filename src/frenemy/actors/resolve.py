"""Chains of all documents to actors, whatever the order they come in.

The work goes from sure to unsure: what a person judged, names with the same key, near spellings, and last the short names ("Musk", "EU",
"Meta"), which join the one fuller name they fit: in the corpus when only one fits, else the one their own document spells out, else the one
that dwarfs all others. What fits several stays by itself and waits for a judgement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from frenemy.actors.clusters import Clusters, Key
from frenemy.actors.names import Chain, acronym_letters, fold, initials, organisation_key, person_name, tidy
from frenemy.actors.naming import display_name, unique_ids
from frenemy.actors.rules import near, near_blocks, organisation_fits, person_fits, same_key
from frenemy.model import KINDS, Actor, Judgement

MIXED = 0.3
"""A name tagged now as a person, now not, is two actors only when the rarer side has this share; else it is a reader's slip."""
DWARFS, DWARFS_DOCUMENTS = 10, 5
"""A short name that fits several goes to one in this many times the documents of all others together, and in at least so many."""

Members = dict[Key, set[str]]


@dataclass(slots=True)
class Corpus:
    """All surfaces: in which documents each stands, with how many mentions, under which kinds."""

    counts: dict[Key, Counter[str]] = field(default_factory=dict)
    kinds: dict[Key, Counter[str]] = field(default_factory=dict)


def resolve(chains: Iterable[Chain], judgements: Iterable[Judgement] = ()) -> list[Actor]:
    """The actors that the chains name, sorted by id.

    `judgements` of kind "same" and "different" stand above all rules; of two on the same names the later holds.

    >>> chains = [Chain(document="1", name="Elon Musk", kind="person"), Chain(document="2", name="Musk", kind="person"),
    ...           Chain(document="2", name="the EU", kind="organisation"), Chain(document="3", name="European Union", kind="organisation")]
    >>> [(actor.id, actor.aliases) for actor in resolve(chains)]
    [('elon-musk', ('Musk',)), ('european-union', ('EU',))]
    """
    corpus = gather(chains)
    same, different = standing_judgements(judgements)
    folds = {key: fold(key[0]) for key in corpus.counts}
    clusters = Clusters(folds, forbidden=different)
    _join_judged(clusters, folds, same)
    _join_same_keys(clusters)
    _join_near(clusters, corpus)
    moved = _place_short_names(clusters, corpus)
    return _actors(clusters, corpus, moved)


def gather(chains: Iterable[Chain]) -> Corpus:
    """Count the surfaces, each on the side ("person" or "other") that most mentions of its name are on."""
    rows = [(chain, " ".join(organisation_key(chain.name))) for chain in chains if chain.name.strip()]
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for chain, key in rows:
        tally[key][_side(chain.kind)] += chain.count
    corpus = Corpus()
    for chain, key in rows:
        side, sides = _side(chain.kind), tally[key]
        if min(sides["person"], sides["other"]) < MIXED * sides.total():
            side = "person" if sides["person"] > sides["other"] else "other"
        surface = (chain.name, side)
        corpus.counts.setdefault(surface, Counter())[chain.document] += chain.count
        corpus.kinds.setdefault(surface, Counter())[chain.kind] += chain.count
    return corpus


def _side(kind: str) -> str:
    return "person" if kind == "person" else "other"


def standing_judgements(judgements: Iterable[Judgement]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The folded pairs that are judged the same and different; the later of two on one pair holds, and confidence 0 lifts it."""
    latest: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, j.kind, j.by, j.confidence)):
        if judgement.kind in ("same", "different") and len(judgement.subjects) == 2:
            one, other = sorted(fold(name) for name in judgement.subjects)
            latest[one, other] = judgement
    held = sorted((pair, j.kind) for pair, j in latest.items() if j.confidence > 0)
    return [p for p, kind in held if kind == "same"], [p for p, kind in held if kind == "different"]


def _join_judged(clusters: Clusters, folds: dict[Key, str], same: Sequence[tuple[str, str]]) -> None:
    surfaces: dict[str, list[Key]] = defaultdict(list)
    for key, folded in folds.items():
        surfaces[folded].append(key)
    for one, other in same:
        both = sorted(surfaces[one] + surfaces[other]) if surfaces[one] and surfaces[other] else []
        for key in both[1:]:
            clusters.join(both[0], key)


def _join_same_keys(clusters: Clusters) -> None:
    first: dict[tuple[str, str], Key] = {}
    for key in clusters.roots():
        for surface in sorted(clusters.members(key)):
            name, side = surface
            clusters.join(first.setdefault((side, same_key(name, side)), surface), surface)


def _join_near(clusters: Clusters, corpus: Corpus) -> None:
    """Join spellings a letter apart that never share a document, when one is rare beside the other or both sound alike."""
    blocks: dict[tuple[str, ...], set[Key]] = defaultdict(set)
    for surface in corpus.counts:
        for block in near_blocks(*surface):
            blocks[surface[1], *block].add(surface)
    for block in sorted(blocks):
        for one, other in combinations(sorted(blocks[block]), 2):
            if clusters.root(one) == clusters.root(other):
                continue
            closeness = near(one[0], other[0], one[1])
            few, many = sorted((corpus.counts[one], corpus.counts[other]), key=lambda c: c.total())
            if closeness and not few.keys() & many.keys() and (closeness == "sound" or few.total() * 3 <= many.total()):
                clusters.join(one, other)


def _specificity(surface: Key) -> tuple[bool, int, int, str]:
    """Sorts fuller names before shorter ones, acronyms last."""
    name, side = surface
    tokens = person_name(name).tokens if side == "person" else organisation_key(name)
    return (side != "person" and bool(acronym_letters(name)), -len(tokens), -sum(map(len, tokens)), name)


def _place_short_names(clusters: Clusters, corpus: Corpus) -> dict[tuple[str, Key], Key]:
    """Join each short name to the fuller one it fits; where it fits several, say for each of its documents which one it is there."""
    moved: dict[tuple[str, Key], Key] = {}
    index = _index(corpus)
    present: dict[str, set[Key]] = defaultdict(set)
    for surface, counts in corpus.counts.items():
        for document in counts:
            present[document].add(surface)
    for surface in sorted(corpus.counts, key=_specificity):
        fits = _fits(surface, index, clusters)
        if len(fits) == 1:
            clusters.join(surface, fits.pop())
        elif fits and len(clusters.members(surface)) == len(_alike(clusters, surface)):
            giant = _giant(fits, clusters, corpus)
            for document in corpus.counts[surface]:
                here = {moved.get((document, other), clusters.root(other)) for other in present[document]} & fits
                if len(here) == 1 or (not here and giant):
                    moved[document, surface] = here.pop() if here else giant  # type: ignore[assignment]
    return moved


def _alike(clusters: Clusters, surface: Key) -> list[Key]:
    """The members of a set that are as short as `surface` itself, spelled otherwise: "Mr. Musk" beside "Musk"."""
    key = same_key(*surface)
    return [member for member in clusters.members(surface) if same_key(*member) == key]


def _index(corpus: Corpus) -> dict[tuple[str, str], list[Key]]:
    """Fuller names by each word or acronym that a shorter one may give."""
    index: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for surface in sorted(corpus.counts):
        name, side = surface
        if side == "person":
            parts = person_name(name)
            handles = {parts.given, parts.family} if parts.given else set()
        else:
            key = organisation_key(name)
            handles = {*key[:2], *initials(name)} if len(key) > 1 else set()
        for handle in handles:
            index[side, handle].append(surface)
    return index


def _fits(surface: Key, index: dict[tuple[str, str], list[Key]], clusters: Clusters) -> set[Key]:
    """The sets that hold a fuller name which `surface` may be short for; family names go before given names."""
    name, side = surface
    own = clusters.root(surface)
    if side == "person":
        short = person_name(name)
        candidates = {*index.get((side, short.family), ()), *index.get((side, short.given), ())}
        full = [other for other in candidates if person_fits(short, person_name(other[0]))]
        if not short.given:
            full = [other for other in full if person_name(other[0]).family == short.family] or full
    else:
        handle = acronym_letters(name)
        candidates = {*index.get((side, organisation_key(name)[0]), ()), *index.get((side, handle), ())}
        full = [other for other in candidates if organisation_fits(name, other[0])]
    roots = {clusters.root(other) for other in full}
    return set() if own in roots else {root for root in roots if clusters.may_join(surface, root)}


def _giant(fits: set[Key], clusters: Clusters, corpus: Corpus) -> Key | None:
    """The set that dwarfs all others by the number of documents it stands in."""
    sizes = {root: len({doc for member in clusters.members(root) for doc in corpus.counts[member]}) for root in fits}
    root = max(sorted(sizes), key=sizes.__getitem__)
    others = sum(sizes.values()) - sizes[root]
    return root if sizes[root] >= DWARFS_DOCUMENTS and sizes[root] >= DWARFS * others else None


def _actors(clusters: Clusters, corpus: Corpus, moved: dict[tuple[str, Key], Key]) -> list[Actor]:
    names: dict[Key, Counter[str]] = defaultdict(Counter)
    kinds: dict[Key, Counter[str]] = defaultdict(Counter)
    members: dict[Key, set[tuple[str, str]]] = defaultdict(set)
    for surface, counts in corpus.counts.items():
        for document, count in counts.items():
            root = clusters.root(moved.get((document, surface), surface))
            names[root][surface[0]] += count
            members[root].add((document, surface[0]))
            kinds[root].update(corpus.kinds[surface])
    found = []
    for root in sorted(names):
        ranked = sorted(kinds[root].items(), key=lambda item: (-item[1], KINDS.index(item[0]) if item[0] in KINDS else len(KINDS), item[0]))
        found.append((display_name(names[root], root[1]), ranked[0][0], root))
    ids = unique_ids((name, kind, "\x1f".join(min(members[root]))) for name, kind, root in found)
    actors = [
        Actor(id=actor_id, name=name, kind=kind, aliases=_aliases(names[root], name), members=tuple(sorted(members[root])))
        for actor_id, (name, kind, root) in zip(ids, found, strict=True)
    ]
    return sorted(actors, key=lambda actor: actor.id)


def _aliases(names: Counter[str], shown: str) -> tuple[str, ...]:
    """The other names, most used first, each once however it is spelled."""
    aliases: Counter[str] = Counter()
    for name, count in names.items():
        aliases[tidy(name)] += count
    aliases.pop(shown, None)
    return tuple(sorted(aliases, key=lambda alias: (-aliases[alias], alias)))
