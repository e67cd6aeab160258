"""The mentions of a passage where an entity model finds the names: its entities, and of ours what such models do not look for."""

from __future__ import annotations

from collections.abc import Sequence

from frenemy.reading.countries import country
from frenemy.reading.entities.protocol import Entity
from frenemy.reading.mentions import Spot, spot_at


def inside(entities: Sequence[Entity], low: int, high: int) -> list[Entity]:
    """The entities of a text that lie wholly between two offsets, with offsets counted from the first.

    >>> inside([Entity(start=5, end=8, kinds=("place",)), Entity(start=8, end=12, kinds=("place",))], 5, 10)
    [Entity(start=0, end=3, kinds=('place',), sure=1.0)]
    """
    within = (e for e in entities if low <= e.start and e.end <= high)
    return [Entity(start=e.start - low, end=e.end - low, kinds=e.kinds, sure=e.sure) for e in within]


def merge(text: str, entities: Sequence[Entity], ours: Sequence[Spot]) -> list[Spot]:
    """The mentions of a passage in text order, none overlapping another.

    Named are the model's entities alone, of two that overlap the surer, then the longer. Of `ours`, what our tagger found, stay the
    pronouns, descriptions ("the company") and groups ("protesters") that no entity overlaps: entity models do not find them, and without
    them nobody could be followed through a document. The one entity that gives way is a people's adjective that begins a longer name of
    ours: "Turkish" in "Turkish government". Where a label leaves several kinds open, ours decides.
    """
    names: list[Spot] = []
    stay = [spot for spot in ours if spot.form != "name" or spot.kind == "group"]
    for entity in sorted(entities, key=lambda e: (-e.sure, e.start - e.end, e.start)):
        whole = _begun(entity, ours)
        if whole is not None:
            stay.append(whole)
            continue
        spot = spot_at(text, entity.start, entity.end, kind_of(text, entity, ours), entity.sure)
        if spot is not None and not _meets(spot, names):
            names.append(spot)
    kept = {(spot.start, spot.end): spot for spot in stay if not _meets(spot, names)}
    return sorted([*names, *kept.values()], key=lambda spot: spot.start)


def kind_of(text: str, entity: Entity, ours: Sequence[Spot]) -> str:
    """The likeliest kind that the label leaves open: a place for a country's adjective, else what our tagger says of the same words.

    >>> label = ("group", "place", "organisation")
    >>> kind_of("Iraqi", Entity(start=0, end=5, kinds=label), []), kind_of("Sunnis", Entity(start=0, end=6, kinds=label), [])
    ('place', 'group')
    """
    if "place" in entity.kinds and country(text[entity.start : entity.end]):
        return "place"
    shared = {s.kind: min(entity.end, s.end) - max(entity.start, s.start) for s in ours if s.kind in entity.kinds}
    best = max(shared, key=lambda kind: shared[kind], default="")
    return best if best and shared[best] > 0 else entity.kinds[0]


def _begun(entity: Entity, ours: Sequence[Spot]) -> Spot | None:
    """The mention of ours that an adjective ("Syrian") begins ("Syrian refugees"), None where it stands for itself."""
    if "group" not in entity.kinds:
        return None
    longer = (s for s in ours if s.kind and s.kind != "person" and s.start == entity.start and entity.end < s.end)
    return next(longer, None)


def _meets(spot: Spot, others: Sequence[Spot]) -> bool:
    return any(spot.start < other.end and other.start < spot.end for other in others)
