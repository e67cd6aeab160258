"""Actors in the making: the chains that are one actor so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from frenemy.actors.clusters import Clusters, Key
from frenemy.actors.corpus import Corpus
from frenemy.actors.judged import MARK, Verdicts
from frenemy.actors.keys import short_key
from frenemy.actors.names import fold, person_name, tidy
from frenemy.actors.namesakes import Circles, dwarfs, is_common, parted
from frenemy.actors.naming import display_name, unique_ids
from frenemy.actors.rules import same_key
from frenemy.model import KINDS, Actor, Chain, Doubt, Reason

Place = tuple[str, Key]
"""A document and a surface."""


@dataclass(slots=True, eq=False)
class Group:
    """Chains that are one actor. `documents` are those that name it in full, `placed` the chains that came to it one by one."""

    root: Key
    chains: dict[Place, Chain] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    placed: set[tuple[str, str]] = field(default_factory=set)
    reasons: list[Reason] = field(default_factory=list)

    def add(self, place: Place, chain: Chain) -> None:
        """Take a chain in."""
        self.chains[place] = chain
        if short_key(place[1][0], place[1][1]) is None:
            self.documents.add(place[0])

    @property
    def mark(self) -> str:
        """What tells it from all other groups: its first chain."""
        document, key = min(self.chains)
        return "\x1f".join((document, *key))

    def labels(self) -> set[str]:
        """What judgements may call it."""
        folds = {(fold(chain.name), chain.document) for chain in self.chains.values()}
        return {name for name, _ in folds} | {f"{name}{MARK}{document}" for name, document in folds}


def group_clusters(clusters: Clusters, corpus: Corpus, verdicts: Verdicts, circles: Circles) -> tuple[list[Group], list[Doubt]]:
    """One group a cluster, or several where its documents mean namesakes; and what is doubtful in that."""
    groups: list[Group] = []
    doubts: list[Doubt] = []
    judged = verdicts.touched()
    circles(sorted({d for root in clusters.roots() for d in _unsure_documents(clusters.members(root), corpus)}))
    for root in clusters.roots():
        members = clusters.members(root)
        reasons = clusters.reasons(root)
        documents = {document for key in members for document in corpus.surfaces[key]}
        split = [documents]
        if _unsure_documents(members, corpus):
            split, open_questions = _namesakes(members, documents, circles, judged)
            doubts += open_questions
        for part in split:
            group = Group(root=root)
            for key in sorted(members):
                for document, chain in corpus.surfaces[key].items():
                    if document in part:
                        group.add((document, key), chain)
            names = {chain.name for chain in group.chains.values()}
            group.reasons = [reason for reason in reasons if len(split) == 1 or {reason.name, reason.to} <= names]
            groups.append(group)
    return groups, doubts


def _unsure_documents(members: Sequence[Key], corpus: Corpus) -> set[str]:
    """The documents of a common name that stands in several; none where the name says who is meant."""
    if not any(key[1] == "person" and is_common(key[0]) for key in members):
        return set()
    documents = {document for key in members for document in corpus.surfaces[key]}
    return documents if len(documents) > 1 else set()


def _namesakes(members: Sequence[Key], documents: set[str], circles: Circles, judged: set[str]) -> tuple[list[set[str]], list[Doubt]]:
    """The documents of a common name in parts that mean different persons."""
    if {fold(key[0]) for key in members} & judged:
        return [documents], []
    own = {same_key(key[0], key[1]) for key in members}
    parts = parted(documents, circles(sorted(documents)), own)
    if len(parts) == 1 or dwarfs([len(part) for part in parts]):
        return [documents], []
    name = min(key[0] for key in members)
    doubts = [
        Doubt(
            kind="merge",
            subjects=(f"{name}{MARK}{one[0]}", f"{name}{MARK}{other[0]}"),
            score=0.4,
            reason="one common name, no company shared",
        )
        for one, other in pairwise(parts[:6])
    ]
    return [set(part) for part in parts], doubts


def actors_of(groups: Iterable[Group]) -> list[Actor]:
    """The groups as actors, with names, kinds and ids of their own, sorted by id."""
    found = []
    for group in groups:
        if group.chains:
            names, kinds = _tally(group.chains)
            side = group.root[1]
            ranked = sorted(kinds, key=lambda kind: (-kinds[kind], KINDS.index(kind) if kind in KINDS else len(KINDS), kind))
            found.append(
                (display_name(names, side), ranked[0], sorted({(d, chain.name) for (d, _), chain in group.chains.items()}), names, group)
            )
    found.sort(key=lambda item: item[2][0])
    ids = unique_ids([(name, kind, "\x1f".join(members[0])) for name, kind, members, _, _ in found])
    actors = [
        Actor(
            id=actor_id,
            name=name,
            kind=kind,
            aliases=_aliases(names, name),
            members=tuple(members),
            placed=tuple(sorted(group.placed)),
            reasons=tuple(sorted(group.reasons, key=lambda r: (r.name, r.to, r.document or "", r.rule, r.score))),
        )
        for actor_id, (name, kind, members, names, group) in zip(ids, found, strict=True)
    ]
    return sorted(actors, key=lambda actor: actor.id)


def _tally(chains: Mapping[Place, Chain]) -> tuple[Counter[str], Counter[str]]:
    """How often each name and each kind is mentioned. A description is counted only where nothing else is there."""
    names: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for chain in chains.values():
        names[chain.name] += 0 if chain.described else chain.count
        kinds[chain.kind] += chain.count
    named = Counter({name: count for name, count in names.items() if count})
    return named or Counter({chain.name: chain.count for chain in chains.values()}), kinds


def _aliases(names: Mapping[str, int], shown: str) -> tuple[str, ...]:
    """The other names, most used first, each once however it is spelled."""
    aliases: Counter[str] = Counter()
    for name, count in names.items():
        aliases[tidy(name)] += count
    aliases.pop(shown, None)
    return tuple(sorted(aliases, key=lambda alias: (-aliases[alias], alias)))


def by_handle(groups: Iterable[Group]) -> dict[str, list[Group]]:
    """The groups by what short names may call them."""
    from frenemy.actors.keys import handles

    index: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for handle in {h for key in {key for _, key in group.chains} for h in handles(key[0], key[1])}:
            index[handle].append(group)
    return index


def family_of(group: Group) -> set[str]:
    """The family names that a person's full names end with."""
    parts = (person_name(key[0]) for _, key in group.chains)
    return {part.family for part in parts if part.given}
