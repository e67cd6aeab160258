"""Which entry of a watchlist an actor is: the rules of resolution on names and kinds, and a person's judgements above them.

An actor and an entry that share no key are never compared, so that a list of a million entries costs what its few hits cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from frenemy.actors.names import acronym_letters, initials, organisation_key, person_name, territory_code, words
from frenemy.actors.rules import near, near_blocks, organisation_fits, person_fits, same_key
from frenemy.model import Candidate, Judgement, Listing

SURE = 0.8
"""A candidate at least so good, and better than any other by `CLEAR`, is listed without asking."""
CLEAR = 0.08
WEAK, KIND_DIFFERS = 0.5, 0.55
"""The most that a name marked weak, or a place's name on something that is no place, can score."""


def sides(kind: str | None) -> tuple[str, ...]:
    """On which sides an actor or an entry of that kind is compared: both where the kind is unknown.

    >>> sides("person"), sides(None)
    (('person',), ('person', 'other'))
    """
    return ("person", "other") if kind is None else ("person",) if kind == "person" else ("other",)


def telling(names: Sequence[str], kind: str) -> list[str]:
    """The names that say who an actor is: not a person's family name or initial alone where a fuller name is there.

    >>> telling(["Kimbal Musk", "Musk", "K. Musk"], "person"), telling(["Musk"], "person"), telling(["EU", "U. N."], "organisation")
    (['Kimbal Musk'], ['Musk'], ['EU', 'U. N.'])
    """
    full = [name for name in names if kind != "person" or len(person_name(name).given) > 1]
    return full or list(names)


def keys(name: str, kind: str | None, *, listed: bool = False) -> frozenset[str]:
    """The keys of a name; an actor's and an entry's (`listed`) that fit by any rule have one in common.

    >>> bool(keys("E. Musk", "person") & keys("Elon Musk", "person", listed=True))
    True
    >>> bool(keys("Kimbal Musk", "person") & keys("Elon Musk", "person", listed=True))
    False
    """
    return frozenset(key for side in sides(kind) for key in (_person_keys(name, listed) if side == "person" else _other_keys(name)))


def _person_keys(name: str, listed: bool) -> Iterator[str]:
    parts, side = person_name(name), "person"
    yield f"p={same_key(name, side)}"
    yield from (f"p~{' '.join(block)}" for block in near_blocks(name, side))
    if parts.given:
        yield f"p.{parts.given[0]} {parts.family}"
    # A short name stands at the end of the full one: the full one, which the list gives, bears all its ends.
    yield from (f"p-{' '.join(parts.tokens[start:])}" for start in (range(len(parts.tokens)) if listed else (0,)))


def _other_keys(name: str) -> Iterator[str]:
    tokens, side = organisation_key(name), "other"
    yield f"o={same_key(name, side)}"
    yield from (f"o~{' '.join(block)}" for block in near_blocks(name, side))
    yield from (f"o.{letters}" for letters in {acronym_letters(name), *initials(name)} - {""})
    core = list(tokens[1:] if len(tokens) > 1 and tokens[0] == "us" else tokens)
    while len(core) > 1 and core[-1] in words().descriptors:
        core.pop()
    yield f"o-{' '.join(core)}"


def compare(name: str, entry_name: str, side: str) -> tuple[float, str]:
    """How well an actor's name fits an entry's, and by which rule; 0.0 where it does not.

    >>> compare("President Trump", "Donald Trump", "person"), compare("Donald J. Trump", "Donald Trump", "person")
    ((0.45, 'only part of the name'), (0.85, 'a shorter form'))
    >>> compare("Meta", "Meta Platforms, Inc.", "other"), compare("Volodymyr Zelenskyy", "Volodymyr Zelensky", "person")
    ((0.85, 'a shorter form'), (0.82, 'another spelling'))
    >>> compare("John Smith", "Jane Smith", "person")
    (0.0, '')
    """
    if same_key(name, side) == same_key(entry_name, side):
        return (0.97, "the same name") if side != "person" or len(person_name(name).given) > 1 else (0.6, "the same short name")
    closeness = near(name, entry_name, side)
    if closeness:
        return (0.82, "another spelling") if closeness == "sound" else (0.65, "a letter differs")
    if side == "person":
        return _compare_persons(name, entry_name)
    if organisation_fits(name, entry_name) or organisation_fits(entry_name, name):
        shorter = acronym_letters(name) or acronym_letters(entry_name)
        return (0.7, "an acronym") if shorter else (0.85, "a shorter form")
    return 0.0, ""


def _compare_persons(name: str, entry_name: str) -> tuple[float, str]:
    one, other = person_name(name), person_name(entry_name)
    if person_fits(one, other):
        short = one
    elif person_fits(other, one):
        short = other
    else:
        return 0.0, ""
    if len(short.given) > 1 and short.given in (one.given, other.given) and one.given == other.given:
        return 0.85, "a shorter form"
    return (0.6, "an initial") if len(short.given) == 1 else (0.45, "only part of the name")


def candidate(
    actor: tuple[str, Sequence[str], str], listed: tuple[str, str], entry: tuple[Sequence[str], Sequence[str], str | None]
) -> Candidate | None:
    """What speaks for an actor (id, names, kind) being an entry (list, id) with these names, weak names and kind; None if nothing does.

    >>> musk = ("elon-musk", ["Elon Musk", "Musk"], "person")
    >>> found = candidate(musk, ("tech", "Q317521"), (["Elon Reeve Musk", "Elon Musk"], [], "person"))
    >>> found.score, found.reason
    (0.97, '“Elon Musk” is “Elon Musk” on the list (the same name)')
    """
    actor_id, actor_names, actor_kind = actor
    names, weak, kind = entry
    best = (0.0, "")
    for side in set(sides(actor_kind)) & set(sides(kind)):
        for (mine, theirs), most in [
            *((pair, 1.0) for pair in product(telling(actor_names, actor_kind), names)),
            *((pair, WEAK) for pair in product(telling(actor_names, actor_kind), weak)),
        ]:
            score, rule = compare(mine, theirs, side)
            if side == "other" and kind and "place" in (kind, actor_kind) and kind != actor_kind and not territory_code(mine):
                most = min(most, KIND_DIFFERS)
            score = min(score, most)
            if score > best[0]:
                best = (score, f"“{mine}” is “{theirs}” on the list ({rule})")
    watchlist, entry_id = listed
    return Candidate(actor=actor_id, watchlist=watchlist, entry=entry_id, score=best[0], reason=best[1]) if best[0] else None


def decide(candidates: Iterable[Candidate], judged: Mapping[tuple[str, str, str], Judgement]) -> list[Listing]:
    """What becomes of each candidate: listed, unlisted or a doubt that waits for a person.

    `judged` holds what a person said of (actor, list, entry). Without that, a candidate is listed when it is good enough and clearly better
    than whatever else the actor may be on that list, and than whoever else the entry may be; two actors of one name are a doubt, never
    both listed.

    >>> twins = [Candidate(actor=a, watchlist="w", entry="e", score=0.97, reason="") for a in ("john-smith-1", "john-smith-2")]
    >>> [listing.standing for listing in decide(twins, {})], [listing.standing for listing in decide(twins[:1], {})]
    (['doubt', 'doubt'], ['listed'])
    """
    found = sorted(set(candidates), key=lambda c: (c.watchlist, c.entry, c.actor))
    listings = [
        Listing(candidate=one, standing=judgement.kind, by=judgement.by)
        for one in found
        if (judgement := judged.get((one.actor, one.watchlist, one.entry)))
    ]
    settled = _ends(listing.candidate for listing in listings if listing.standing == "listed")
    fixed = {listing.candidate for listing in listings}
    unsettled = [one for one in found if one not in fixed and not _ends([one]) & settled]
    sure = _clear(unsettled)
    settled = _ends(sure)
    listings += [Listing(candidate=one, standing="listed") for one in unsettled if one in sure]
    listings += [Listing(candidate=one, standing="doubt") for one in unsettled if one not in sure and not _ends([one]) & settled]
    return sorted(listings, key=lambda listing: (listing.candidate.watchlist, listing.candidate.entry, listing.candidate.actor))


def _ends(candidates: Iterable[Candidate]) -> set[tuple[str, str, str]]:
    """Actors and entries that candidates join, each with its list."""
    return {end for one in candidates for end in (("actor", one.watchlist, one.actor), ("entry", one.watchlist, one.entry))}


def _clear(candidates: Sequence[Candidate]) -> set[Candidate]:
    """Those good enough that no rival of the same actor or the same entry comes near."""
    scores: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for one in candidates:
        for end in _ends([one]):
            scores[end].append(one.score)
    # its own score is the only one in reach
    return {
        one for one in candidates if one.score >= SURE and all(sum(s > one.score - CLEAR for s in scores[end]) == 1 for end in _ends([one]))
    }
