"""Who is meant inside one document: mentions of one actor joined into chains.

Names join by their words; pronouns and descriptions go to the antecedent that the network finds likeliest, else to the nearest that fits.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from frenemy.reading.countries import acts, country, party, seat
from frenemy.reading.mentions import HE, IT, SHE, SPEAKER, THEY, Spot

ORGANISED = frozenset(("company", "organisation", "government body"))
REACH = 700  # characters back in which a pronoun looks for its antecedent
SURE = 0.35  # the network's probability from which an antecedent is taken on its word
COUNTRY, PARTY = "country:", "party:"  # begin the keys of chains whose name is known from a table
HEADS = tomllib.loads((files("frenemy.reading") / "heads.toml").read_text(encoding="utf-8"))
DEFINITE = ("the", "this", "that", "these", "those", "his", "her", "its", "their")
COLLECTIVE = ("police", "military", "army", "media", "press", "opposition", "staff", "government", "congress", "parliament")
KIND_OF_HEAD: dict[str, str] = {head: kind for kind, heads in HEADS.items() for head in heads}


@dataclass(slots=True)
class Chain:
    """The mentions that stand for one actor in a document."""

    key: str
    spots: list[Spot] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The kind that most of its named mentions carry."""
        if self.key.startswith((COUNTRY, PARTY)):
            return "place" if self.key.startswith(COUNTRY) else "organisation"
        kinds = Counter(s.kind for s in self.spots if s.kind and s.kind != "description")
        described = (head_kind(s.text) for s in self.spots if s.form == "description")
        return kinds.most_common(1)[0][0] if kinds else next(filter(None, described), "group")

    @property
    def name(self) -> str:
        """The fullest name; the country or party for a word that stands for it."""
        names = [s.text for s in self.spots if s.form == "name"] or [s.text for s in self.spots if s.form != "pronoun"]
        if self.key.startswith((COUNTRY, PARTY)):
            return self.key.partition(":")[2]
        counts = Counter(n for n in names if not n.isupper() or len(n) < 6) or Counter(names)
        full = [n for n in counts if len(n.split()) > 1] if self.kind == "person" else spelt_out(counts)
        return max(full or list(counts), key=lambda n: (counts[n], len(n)))


def spelt_out(names: Iterable[str]) -> list[str]:
    """Those names that another one abbreviates.

    >>> spelt_out(["WTO", "World Trade Organization"]), spelt_out(["Ford", "Ford Motor"])
    (['World Trade Organization'], [])
    """
    short = {n.lower() for n in names if n.isupper()}
    return [n for n in names if {acronym(words_of(n)), "".join(w[0] for w in words_of(n))} & short and len(n.split()) > 1]


def words_of(name: str) -> tuple[str, ...]:
    """The words by which a name is compared.

    >>> words_of("the Reserve Bank's"), words_of("U.S.")
    (('reserve', 'bank'), ('us',))
    """
    plain = re.sub(r"['’]s\b", "", name.lower()).replace(".", "")
    words = [w for w in re.findall(r"[^\W_]+", plain) if w not in ("the", "a", "an")]
    return tuple(words)


def acronym(words: Sequence[str]) -> str:
    """Initials without the small words.

    >>> acronym(("department", "of", "government", "efficiency"))
    'dge'
    """
    return "".join(w[0] for w in words if w not in ("of", "the", "and", "for", "in", "on"))


def name_chains(spots: Sequence[Spot], text: str) -> dict[int, Chain]:
    """Chains of the named mentions and groups, by the index of each mention."""
    named = [i for i, s in enumerate(spots) if s.kind and s.kind != "description" and s.form != "couple"]
    kinds: dict[tuple[str, ...], Counter[str]] = {}
    stands: dict[tuple[str, ...], str] = {}
    cities: Counter[tuple[str, ...]] = Counter()
    for i in named:
        words, spot = words_of(spots[i].text), spots[i]
        kinds.setdefault(words, Counter())[spot.kind] += 1
        if found := country(spot.text):
            stands[words] = COUNTRY + found
        elif found := party(spot.text):
            stands[words] = PARTY + found
        elif found := seat(spot.text):  # a city is its government where it acts at least as often as it is a place
            cities[words] += 1 if acts(text, spot.start, spot.end) else -1
            stands[words] = COUNTRY + found
    stands = {words: key for words, key in stands.items() if cities[words] >= 0}
    keys = _keys({words: count.most_common(1)[0][0] for words, count in kinds.items()}, stands)
    for a, b in _renames(spots, named, text):
        old, new = keys[words_of(spots[b].text)], keys[words_of(spots[a].text)]
        keys = {w: new if k == old else k for w, k in keys.items()}
    chains: dict[str, Chain] = {}
    out = {}
    for i in named:
        key = keys[words_of(spots[i].text)]
        out[i] = chains.setdefault(key, Chain(key))
        out[i].spots.append(spots[i])
    return out


def _keys(kinds: Mapping[tuple[str, ...], str], stands: Mapping[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    """The chain that each name belongs to, given the kind of each; longer names first, so that short ones find them."""
    keys = dict(stands)
    index: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(kinds, key=lambda w: (-len(w), w)):
        if words in stands:
            continue
        longer = (other for word in words[:1] + words[-1:] for other in index.get(word, ()))
        match = next((other for other in longer if short_for(words, kinds[words], other, kinds[other])), None)
        keys[words] = keys[match] if match else " ".join(words)
        for word in {*words[:1], *words[-1:], acronym(words), "".join(w[0] for w in words)}:
            index.setdefault(word, []).append(words)
    return keys


def short_for(words: tuple[str, ...], kind: str, longer: tuple[str, ...], other: str) -> bool:
    """Whether a name of one kind is short for a longer one of another kind.

    >>> short_for(("ruiz",), "person", ("ana", "ruiz"), "person"), short_for(("eva", "ruiz"), "person", ("ana", "ruiz"), "person")
    (True, False)
    >>> short_for(("wto",), "organisation", ("world", "trade", "organization"), "organisation")
    True
    """
    if len(longer) <= len(words):
        return False
    if kind == other == "person":
        return words == longer[:1] or (words[-1] == longer[-1] and set(words) <= set(longer))
    if kind not in ORGANISED or other not in ORGANISED:
        return False
    if len(words) == 1 and len(words[0]) > 1 and words[0] in (acronym(longer), "".join(w[0] for w in longer)):
        return True
    return longer[: len(words)] == words and len(longer) - len(words) <= 2 and len("".join(words)) > 2


def _renames(spots: Sequence[Spot], named: Sequence[int], text: str) -> list[tuple[int, int]]:
    """Neighbouring names of which the second is the first's former name, or its short form in brackets."""
    out = []
    for a, b in itertools.pairwise(named):
        between = text[spots[a].end : spots[b].start]
        after = text[spots[b].end : spots[b].end + 1]
        if re.fullmatch(r",? ?\(?(?:formerly|previously|once)(?: known as| called)? ", between) or (
            re.fullmatch(r" \((?:the )?[\"“]?", between)
            and re.match(r"[\"”)]", after)
            and spots[b].kind == spots[a].kind
            and spots[b].text.isupper()
        ):
            out.append((a, b))
    return out


def fits(spot: Spot, chain: Chain) -> bool:
    """Whether a pronoun or description can stand for a chain's actor, by kind, gender and number."""
    if spot.form == "pronoun" and chain.genders:
        word = spot.text.lower()
        if (word in HE and "she" in chain.genders) or (word in SHE and "he" in chain.genders):
            return False
    return fits_kind(spot, chain.kind)


def fits_kind(spot: Spot, kind: str) -> bool:
    """Whether a pronoun or description can stand for an actor of a kind."""
    if spot.form == "pronoun":
        word = spot.text.lower()
        if word in HE | SHE:
            return kind == "person"
        return word in IT | THEY and kind != "person"
    head = head_kind(spot.text)
    if head is None:
        return False
    same_family = head in ORGANISED and kind in ORGANISED
    return head == kind or same_family or (head == "government body" and kind == "place")


@lru_cache(maxsize=20_000)
def head_kind(description: str) -> str | None:
    """The kind that a description's head noun names, None where it does not refer back.

    >>> head_kind("the company"), head_kind("the former president"), head_kind("a company")
    ('company', 'person', None)
    """
    words = description.lower().split()
    if not words or words[0] not in DEFINITE:
        return None
    for word in reversed(re.split(r" (?:of|for|in|from|to|who|which|that) ", " ".join(words))[0].split()):
        if word in KIND_OF_HEAD:
            return KIND_OF_HEAD[word]
    return None


@lru_cache(maxsize=20_000)
def stands_alone(description: str) -> bool:
    """Whether a description that means nobody who is named can be an actor itself: many, or one that the text takes for known.

    >>> [stands_alone(d) for d in ("police", "rebel leaders", "the authorities", "company", "a man", "the")]
    [True, True, True, False, False, False]
    """
    words = description.lower().split()
    if not words_of(description) or words[0] in ("a", "an"):
        return False
    return words[0] in DEFINITE or words[-1].endswith(("s", "people", "men", "women")) or words[-1] in COLLECTIVE


def resolve(spots: Sequence[Spot], text: str, same: Mapping[tuple[int, int], float]) -> dict[int, Chain]:
    """The chain of each mention that could be resolved, by its index in `spots` (in text order).

    `same` gives the network's probability that mentions i < j mean one actor, where it was asked.
    """
    chains = name_chains(spots, text)
    unnamed: dict[tuple[str, ...], Chain] = {}  # "police", "the authorities": actors of the text although it never names them
    for j, spot in enumerate(spots):
        if j in chains or spot.form == "couple" or spot.text.lower() in SPEAKER:
            continue
        best = _antecedent(j, spots, chains, same)
        if best is None and spot.form == "description" and stands_alone(spot.text):
            best = unnamed.setdefault(words_of(spot.text), Chain(" ".join(words_of(spot.text))))
        if best is not None:
            chains[j] = best
            best.spots.append(spot)
            if spot.form == "pronoun" and spot.text.lower() in HE | SHE:
                best.genders.add("he" if spot.text.lower() in HE else "she")
    return chains


def _antecedent(j: int, spots: Sequence[Spot], chains: Mapping[int, Chain], same: Mapping[tuple[int, int], float]) -> Chain | None:
    """The likeliest chain before mention j, None where none fits."""
    spot, nearest, asked = spots[j], None, False
    scored: dict[int, tuple[float, Chain]] = {}
    for i in range(j - 1, -1, -1):
        if spots[j].start - spots[i].end > REACH:
            break
        chain = chains.get(i)
        if chain is None or not fits(spot, chain):
            continue
        nearest = nearest or chain
        sure = same.get((i, j))
        asked = asked or sure is not None
        if sure is not None and sure > scored.get(id(chain), (0.0, chain))[0]:
            scored[id(chain)] = (sure, chain)
    if scored:
        sure, chain = max(scored.values(), key=lambda pair: pair[0])
        if sure >= SURE:
            return chain
    return nearest if spot.text.lower() in HE | SHE or (not asked and head_kind(spot.text) == "company") else None
