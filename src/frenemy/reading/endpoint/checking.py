"""An endpoint's offer held against the passage: what stands there is kept with its place, the rest is turned down and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from frenemy.reading.countries import country
from frenemy.reading.endpoint.answers import Offer, OfferedActor, OfferedTie
from frenemy.reading.endpoint.quotes import Place, Span, locate, places_of
from frenemy.reading.endpoint.settings import Usage
from frenemy.reading.mentions import PRONOUNS, Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundActor:
    """An actor whose name stands in the passage, with the places of its names; offsets count from the document's start."""

    name: str
    kind: str
    forms: tuple[str, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTie:
    """A tie whose quote and actors stand in the passage."""

    source: FoundActor
    target: FoundActor
    source_spot: Spot
    target_spot: Spot
    voice: FoundActor | str
    place: Place
    offered: OfferedTie


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What of an offer stands, and how much of it does not."""

    actors: tuple[FoundActor, ...] = ()
    ties: tuple[FoundTie, ...] = ()
    usage: Usage = field(default_factory=Usage)


def check(offer: Offer, passage: str, shift: int = 0) -> Found:
    """The part of the offer that stands in the passage, which begins at `shift` of its document.

    >>> from frenemy.reading.endpoint.answers import parse
    >>> check(parse('{"actors": [{"name": "Ann Ruiz", "called": ["Ann"]}, {"name": "Bo"}], "ties": []}'), "Ann met him.").actors[0].name
    'Ann'
    """
    actors = tuple(_actors(offer.actors, passage, shift))
    known = {form: actor for actor in reversed(actors) for form in actor.forms}
    ties, counts = [], {"unquoted": 0, "unnamed": 0, "unfit": offer.unfit}
    for offered in offer.ties:
        found = _tie(offered, known, passage, shift)
        if isinstance(found, str):
            counts[found] += 1
        else:
            ties.append(found)
    return Found(actors=actors, ties=tuple(ties), usage=Usage(**counts))


def _actors(offered: Iterable[OfferedActor], passage: str, shift: int) -> Iterator[FoundActor]:
    """The actors of whom at least one name stands in the passage, longer names first served."""
    standing: list[tuple[OfferedActor, list[str]]] = []
    for actor in offered:
        forms = [bare(form) for form in (actor.name, *actor.called) if form.strip().lower() not in PRONOUNS]
        if forms := [form for form in dict.fromkeys(forms) if places_of(form, passage)]:
            standing.append((actor, forms))
    taken: set[int] = set()
    spots: dict[int, list[Spot]] = {i: [] for i in range(len(standing))}
    rows = [(form, i) for i, (_, forms) in enumerate(standing) for form in forms if is_name(form) or form == forms[0]]
    for form, i in sorted(rows, key=lambda row: -len(row[0])):
        for span in places_of(form, passage):
            if not taken & set(range(*span)):
                taken |= set(range(*span))
                spots[i].append(_spot(passage, span, shift, standing[i][0].kind))
    for i, (actor, forms) in enumerate(standing):
        name = _fullest(bare(actor.name), forms)
        yield FoundActor(name=name, kind=actor.kind, forms=(actor.name, *actor.called, *forms), spots=tuple(spots[i]))


def _fullest(name: str, forms: list[str]) -> str:
    """The name that was offered where it stands in the passage, or is the country that a form stands for; else the longest form."""
    if name in forms or any(country(form) == name for form in forms):
        return name
    return max(forms, key=lambda form: (is_name(form), len(form)))


def _tie(offered: OfferedTie, known: dict[str, FoundActor], passage: str, shift: int) -> FoundTie | str:
    """The tie with its places, or under which head it is turned down."""
    source, target = known.get(offered.source), known.get(offered.target)
    if source is None or target is None:
        return "unnamed"
    place = locate(offered.quote, passage)
    if place is None:
        return "unquoted"
    ends = [_nearest(places_of(words, passage), place) for words in (offered.source_words, offered.target_words)]
    if ends[0] is None or ends[1] is None:
        return "unnamed"
    if source is target or ends[0] == ends[1]:
        return "unfit"
    return FoundTie(
        source=source,
        target=target,
        source_spot=_spot(passage, ends[0], shift, source.kind),
        target_spot=_spot(passage, ends[1], shift, target.kind),
        voice=_voice(offered.voice, known, passage),
        place=replace(place, start=place.start + shift, end=place.end + shift),
        offered=offered,
    )


def _voice(voice: str, known: dict[str, FoundActor], passage: str) -> FoundActor | str:
    """The author, an actor, or words of the passage; "other" for somebody who is not in it."""
    if voice.casefold() == "author":
        return "author"
    return known.get(voice) or (voice if places_of(voice, passage) else "other")


def _nearest(spans: list[Span], place: Place) -> Span | None:
    """The span inside the quote or closest to it."""
    return min(spans, key=lambda span: max(0, place.start - span[0], span[1] - place.end), default=None)


def _spot(passage: str, span: Span, shift: int, kind: str) -> Spot:
    text = passage[slice(*span)]
    form = "pronoun" if text.lower() in PRONOUNS and text != "US" else "name" if is_name(text) else "description"
    return Spot(start=span[0] + shift, end=span[1] + shift, text=text, kind=kind, form=form, sure=1.0)


def is_name(form: str) -> bool:
    """Whether words are a name rather than a description.

    >>> is_name("the Fed"), is_name("The company"), is_name("critics")
    (True, False, False)
    """
    words = form[4:] if form[:4].lower() == "the " else form
    return any(character.isupper() or (character.isalpha() and not character.islower()) for character in words)


def bare(name: str) -> str:
    """The name without its article.

    >>> bare("the Fed"), bare("the company")
    ('Fed', 'the company')
    """
    name = name.strip()
    return name[4:].strip() if name[:4].lower() == "the " and is_name(name) else name
