"""Chains of all documents to actors, whatever the order they come in.

The work goes from sure to unsure: what a person judged, names with the same key, names that a text gives to one actor, near spellings,
names that are short for one fuller name; then namesakes are told apart, and last the shortest names ("Musk", "FBI") and roles ("the French
president") are placed document by document. Names of nothing are kept out. What is unsure is noted for a person.

A decision depends only on names that share a key (`frenemy.actors.keys`), on the documents of those names, and on judgements. So the
names that a new document touches can be resolved by themselves, beside actors that are `settled`, with the result of resolving all anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from frenemy.actors.clusters import Clusters, Key
from frenemy.actors.corpus import Corpus, gather
from frenemy.actors.groups import Group, actors_of, by_handle, group_clusters
from frenemy.actors.judged import MARK, Verdicts, standing
from frenemy.actors.keys import short_key
from frenemy.actors.names import fold, organisation_key, person_name
from frenemy.actors.namesakes import Circles, dwarfs, is_common
from frenemy.actors.quarantine import nothing
from frenemy.actors.renames import join_renamed
from frenemy.actors.roles import Role, holder, leads_in, led_key, role_of
from frenemy.actors.rules import near, near_blocks, organisation_fits, person_blocks, person_fits, same_key, stem
from frenemy.actors.shorts import Short, chains_by_document, place
from frenemy.model import Actor, Chain, Company, Doubt, Judgement, Lead, Quarantined, Reason, Resolution, Settled


def resolve(chains: Iterable[Chain], judgements: Iterable[Judgement] = ()) -> list[Actor]:
    """The actors that the chains name, sorted by id; each says in `reasons` why its names were joined.

    `judgements` stand above all rules; of two on the same names the later holds.

    >>> chains = [Chain(document="1", name="Elon Musk", kind="person"), Chain(document="2", name="Musk", kind="person"),
    ...           Chain(document="2", name="the EU", kind="organisation"), Chain(document="3", name="European Union", kind="organisation")]
    >>> [(actor.id, actor.aliases) for actor in resolve(chains)]
    [('elon-musk', ('Musk',)), ('european-union', ('EU',))]
    """
    return list(decide(chains, judgements).actors)


def uncertain(chains: Iterable[Chain], judgements: Iterable[Judgement] = ()) -> list[Doubt]:
    """What a person should look at, the most doubtful first.

    >>> chains = [Chain(document=d, name=n, kind="person") for d, n in (("1", "Elon Musk"), ("2", "Kimbal Musk"), ("3", "Musk"))]
    >>> [(doubt.kind, doubt.subjects) for doubt in uncertain(chains)]
    [('merge', ('Musk', 'Kimbal Musk'))]
    """
    return sorted(decide(chains, judgements).doubts, key=lambda doubt: (abs(doubt.score - 0.5), doubt.kind, doubt.subjects))


def decide(
    chains: Iterable[Chain],
    judgements: Iterable[Judgement] = (),
    *,
    settled: Sequence[Settled] = (),
    company: Company | None = None,
    leads: Sequence[Lead] = (),
) -> Resolution:
    """Who is who among the chains, and among the settled actors that they may be short for.

    `company` gives the chains of a document, where they are more than `chains`; `leads` are the ties that roles are resolved with.
    """
    chains = [chain for chain in chains if chain.name.strip()]
    company = company or chains_by_document(chains)
    circles = Circles(company)
    verdicts = standing(judgements)
    judged = verdicts.touched()
    described = [chain for chain in chains if chain.described and fold(chain.name) not in judged]
    dismissed = [chain for chain in chains if _labels(chain) & verdicts.dismissed]
    out = {(chain.document, chain.name) for chain in (*described, *dismissed)}
    corpus = gather((chain for chain in chains if (chain.document, chain.name) not in out), verdicts.scoped)
    clusters, doubts = _cluster(corpus, verdicts)
    quarantined = [_kept_out(chain, "dismissed") for chain in dismissed]
    for root in clusters.roots():
        if (reason := _nobody(clusters.members(root), verdicts)) is not None:
            for key in clusters.members(root):
                quarantined += [_kept_out(chain, reason) for chain in corpus.surfaces[key].values()]
            doubts += _quarantine_doubts(clusters.members(root), corpus, reason)
    lost = {(q.document, q.name) for q in quarantined}
    groups, namesakes = group_clusters(clusters, corpus, verdicts, circles)
    groups = [group for group in groups if not {(d, key[0]) for d, key in group.chains} & lost]
    settled_groups = _settle(settled)
    doubts += namesakes + _place_all(groups, settled_groups, corpus, verdicts, circles)
    told = leads_in([*chains, *(chain for one in settled for chain in one.chains)])
    quarantined += _place_roles(
        [c for c in described if (c.document, c.name) not in lost], [*groups, *settled_groups], [*leads, *told], company
    )
    return Resolution(
        actors=tuple(actors_of([*groups, *settled_groups])),
        quarantined=tuple(sorted(set(quarantined), key=lambda q: (q.document, q.name))),
        doubts=tuple(sorted(set(doubts), key=lambda d: (d.kind, d.subjects))),
    )


def _labels(chain: Chain) -> set[str]:
    return {fold(chain.name), f"{fold(chain.name)}{MARK}{chain.document}"}


def _kept_out(chain: Chain, reason: str) -> Quarantined:
    return Quarantined(document=chain.document, name=chain.name, kind=chain.kind, reason=reason)


def _nobody(members: Sequence[Key], verdicts: Verdicts) -> str | None:
    """Why a cluster is nobody: none of its names is one, and no person said otherwise."""
    if {fold(key[0]) for key in members} & verdicts.touched():
        return None
    reasons = [nothing(key[0]) for key in sorted(members)]
    return reasons[0] if all(reasons) else None


def _quarantine_doubts(members: Sequence[Key], corpus: Corpus, reason: str) -> list[Doubt]:
    """A question for each kept-out cluster that might be somebody: it only lacks a capital."""
    if reason != "no capital":
        return []
    return [Doubt(kind="quarantine", subjects=(min(members)[0],), score=0.3, reason=reason)]


def _cluster(corpus: Corpus, verdicts: Verdicts) -> tuple[Clusters, list[Doubt]]:
    """The surfaces joined by all rules that look at names as such."""
    labels = {key: {fold(key[0]), *([f"{fold(key[0])}{MARK}{key[2]}"] if key[2] else [])} for key in corpus.surfaces}
    clusters = Clusters(labels, forbidden=verdicts.different)
    _join_judged(clusters, labels, verdicts)
    _join_same_keys(clusters)
    doubts = join_renamed(clusters, corpus)
    doubts += _join_near(clusters, corpus)
    _join_fuller(clusters, corpus)
    return clusters, doubts


def _join_judged(clusters: Clusters, labels: dict[Key, set[str]], verdicts: Verdicts) -> None:
    surfaces: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(labels):
        for one in labels[key]:
            surfaces[one].append(key)
    for pair in verdicts.same:
        bearers = [surfaces.get(subject, []) for subject in pair]
        judgement = verdicts.by[pair]
        both = sorted({key for keys in bearers for key in keys}) if all(bearers) else []
        for key in both[1:]:
            clusters.join(key, both[0], f"judged by {judgement.by}", judgement.confidence)


def _join_same_keys(clusters: Clusters) -> None:
    first: dict[tuple[str, str], Key] = {}
    for key in sorted(member for root in clusters.roots() for member in clusters.members(root)):
        known = first.setdefault((key[1], same_key(key[0], key[1])), key)
        if known != key:
            clusters.join(key, known, "one name, spelled otherwise", 1.0)


def _join_near(clusters: Clusters, corpus: Corpus) -> list[Doubt]:
    """Join spellings a letter apart that never share a document, when one is rare beside the other or both sound alike."""
    blocks: dict[tuple[str, ...], set[Key]] = defaultdict(set)
    for surface in corpus.surfaces:
        for block in near_blocks(surface[0], surface[1]):
            blocks[surface[1], *block].add(surface)
    doubts = []
    for block in sorted(block for block, found in blocks.items() if len(found) > 1):
        for one, other in combinations(sorted(blocks[block]), 2):
            if clusters.root(one) == clusters.root(other):
                continue
            closeness = near(one[0], other[0], one[1])
            if not closeness or corpus.surfaces[one].keys() & corpus.surfaces[other].keys():
                continue
            few, many = sorted((one, other), key=lambda key: (corpus.mentions(key), key))
            rare = corpus.mentions(few) * 3 <= corpus.mentions(many)
            if closeness == "sound" or rare:
                clusters.join(few, many, "spelled alike", 0.9 if closeness == "sound" else 0.8)
            if not rare:
                kind, score = ("split", 0.9) if closeness == "sound" else ("merge", 0.5)
                doubts.append(Doubt(kind=kind, subjects=(few[0], many[0]), score=score, reason="a letter differs"))
    return doubts


def _specificity(surface: Key) -> tuple[int, int, Key]:
    """Sorts fuller names before shorter ones."""
    tokens = person_name(surface[0]).tokens if surface[1] == "person" else organisation_key(surface[0])
    return (-len(tokens), -sum(map(len, tokens)), surface)


def _join_fuller(clusters: Clusters, corpus: Corpus) -> None:
    """Join each name to the fuller one that it is short for, where it fits one only."""
    index = _fuller_index(corpus.surfaces)
    for surface in sorted(corpus.surfaces, key=_specificity):
        if surface[1] == "person" and short_key(surface[0], surface[1]):
            continue
        fits = {clusters.root(other): other for other in fuller(surface, index)}
        if clusters.root(surface) in fits:
            continue
        allowed = [other for other in fits.values() if clusters.may_join(surface, other)]
        if len(allowed) == 1:
            clusters.join(surface, min(clusters.members(allowed[0]), key=_specificity), "short for it", 0.95)
        elif surface[1] == "person":
            if (top := _outstanding(surface, allowed, clusters, corpus)) is not None:
                clusters.join(surface, min(clusters.members(top), key=_specificity), "dwarfs all others", 0.9)
        elif allowed and _never_together(allowed, clusters, corpus):
            for other in sorted(allowed):
                clusters.join(surface, other, "fuller forms of one name", 0.8)


def _outstanding(surface: Key, fuller_ones: Sequence[Key], clusters: Clusters, corpus: Corpus) -> Key | None:
    """The fuller name that, with the name itself, dwarfs all other fuller ones: "Donald J. Trump" beside a few slips of the pen.

    A name that many people bear says nothing so.
    """
    if not fuller_ones or is_common(surface[0]):
        return None

    def documents(one: Key) -> set[str]:
        return {document for member in clusters.members(clusters.root(one)) for document in corpus.surfaces[member]}

    ranked = sorted(fuller_ones, key=lambda one: (-len(documents(one)), one))
    rest = {document for one in ranked[1:] for document in documents(one)}
    return ranked[0] if dwarfs([len(documents(surface) | documents(ranked[0])), len(rest)]) else None


def _never_together(surfaces: Sequence[Key], clusters: Clusters, corpus: Corpus) -> bool:
    """Whether no document has two of the sets: "Ford Motor" and "Ford Motors" are ways to write one name."""
    seen: set[str] = set()
    for surface in surfaces:
        own = {document for member in clusters.members(surface) for document in corpus.surfaces[member]}
        if own & seen:
            return False
        seen |= own
    return True


def _fuller_index(surfaces: Iterable[Key]) -> dict[tuple[str, ...], list[Key]]:
    """Names by what a shorter form of them keeps."""
    index: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for surface in sorted(surfaces):
        for block in _blocks(surface):
            index[block].append(surface)
    return index


def _blocks(surface: Key) -> set[tuple[str, ...]]:
    return person_blocks(surface[0]) if surface[1] == "person" else {("stem", stem(surface[0]))}


def fuller(surface: Key, index: dict[tuple[str, ...], list[Key]]) -> list[Key]:
    """The names in the index that `surface` may be short for, in order."""
    name, side, _ = surface
    candidates = sorted({other for block in _blocks(surface) for other in index.get(block, ()) if other != surface})
    if side == "person":
        short = person_name(name)
        return [other for other in candidates if person_fits(short, person_name(other[0]))]
    return [other for other in candidates if organisation_fits(name, other[0])]


def _settle(settled: Sequence[Settled]) -> list[Group]:
    """Groups of the actors that stand."""
    full = [c for one in settled for c in one.chains if (c.document, c.name) not in one.placed and not c.described]
    keys = {(document, key[0]): key for key, found in gather(full).surfaces.items() for document in found}
    groups = []
    for one in settled:
        own = sorted({keys[place] for c in one.chains if (place := (c.document, c.name)) in keys and place not in one.placed})
        group = Group(root=own[0])
        for chain in one.chains:
            place_ = (chain.document, chain.name)
            key = keys.get(place_, (chain.name, own[0][1], "")) if place_ not in one.placed else (chain.name, own[0][1], "")
            group.add((chain.document, key), chain)
        group.placed |= one.placed
        group.reasons += one.reasons
        groups.append(group)
    return groups


def _place_all(groups: list[Group], settled: list[Group], corpus: Corpus, verdicts: Verdicts, circles: Circles) -> list[Doubt]:
    """Place the names that fit several, the fuller ones first, then the shortest."""
    doubts: list[Doubt] = []
    whole: dict[Key, list[Group]] = defaultdict(list)
    for group in groups:
        for key in {key for _, key in group.chains}:
            whole[key].append(group)
    index = _fuller_index(corpus.surfaces)
    shorts: list[Group] = []
    longs: list[Group] = []
    for group in groups:
        keys = {key for _, key in group.chains}
        (shorts if all(short_key(key[0], key[1]) for key in keys) else longs).append(group)

    def fitting(group: Group) -> list[Group]:
        top = min((key for _, key in group.chains), key=_specificity)
        found = {id(other): other for key in fuller(top, index) for other in whole[key] if other is not group}
        return list(found.values()) if fold(top[0]) not in verdicts.touched() else []

    _learn_circles(circles, [Short(group=group, candidates=fitting(group)) for group in longs])
    for group in sorted(longs, key=lambda g: (_specificity(min((key for _, key in g.chains), key=_specificity)), min(g.chains))):
        if candidates := fitting(group):
            doubts += place(Short(group=group, candidates=candidates), verdicts, circles)
    waiting = _short_names(shorts, by_handle(group for group in [*longs, *settled] if group.chains))
    _learn_circles(circles, waiting)
    for short in waiting:
        doubts += place(short, verdicts, circles)
    return doubts


def _learn_circles(circles: Circles, shorts: Iterable[Short]) -> None:
    """Look up at once the company of all documents that may decide."""
    unsure = [short for short in shorts if len(short.candidates) > 1]
    circles(sorted({document for short in unsure for group in (short.group, *short.candidates) for document, _ in group.chains}))


def _short_names(groups: Iterable[Group], index: Mapping[str, Sequence[Group]]) -> list[Short]:
    """The shortest names with the groups that have their handle."""
    found = []
    for group in sorted(groups, key=lambda g: (g.root, min(g.chains))):
        called = {handle for _, key in group.chains if (handle := short_key(key[0], key[1]))}
        fitting = {id(other): other for handle in sorted(called) for other in index.get(handle, ())}
        families = {handle.partition(":")[2] for handle in called if handle.startswith("p:")}
        found.append(Short(group=group, candidates=list(fitting.values()), words=families))
    return found


def _place_roles(described: Sequence[Chain], groups: Sequence[Group], leads: Sequence[Lead], company: Company) -> list[Quarantined]:
    """Give each role to who held it at its document's date; what is no role, or nobody's, is kept out."""
    out = []
    meant = {(chain.document, chain.name): group for group in groups for chain in group.chains.values()}
    by_led: dict[str, list[Lead]] = defaultdict(list)
    for lead in leads:
        by_led[led_key(lead.led)].append(lead)
    for chain in described:
        role = role_of(chain.name)
        if role is not None and not role.led:
            role = Role(kind=role.kind, led=_country(company([chain.document])[chain.document]))
        known = [lead for lead in by_led.get(role.led, ()) if (lead.document, lead.leader) in meant] if role and role.led else []
        group = _holding_group(role, known, meant, chain) if role and known else None
        if group is None:
            out.append(_kept_out(chain, "role that nobody is known to hold" if role else "description"))
            continue
        key = (chain.name, group.root[1], "")
        group.chains[chain.document, key] = chain
        group.placed.add((chain.document, chain.name))
        group.reasons.append(Reason(name=chain.name, to=group.root[0], rule="held the role then", score=0.8, document=chain.document))
    return out


def _holding_group(role: Role, leads: Sequence[Lead], meant: Mapping[tuple[str, str], Group], chain: Chain) -> Group | None:
    """The actor that held a role at the chain's date. Leaders are told apart by the actor their name means in the tie's document."""
    groups = {meant[lead.document, lead.leader].mark: meant[lead.document, lead.leader] for lead in leads}
    marked = [replace(lead, leader=meant[lead.document, lead.leader].mark) for lead in leads]
    mark = holder(role, marked, chain.published)
    return groups[mark] if mark else None


def _country(chains: Iterable[Chain]) -> str:
    """The key of the country that a document mentions most; nothing where two are mentioned as often."""
    counts: dict[str, int] = defaultdict(int)
    for chain in chains:
        if (key := same_key(chain.name, "other")).startswith("territory ") and chain.kind != "person":
            counts[key] += chain.count
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return ranked[0] if ranked and (len(ranked) == 1 or counts[ranked[0]] > counts[ranked[1]]) else ""
