"""What a surface name says: its words without titles, legal forms, articles, possessives, case and accents.

Everything here is a pure function of one name, so that resolution can be the same whatever the order of the documents.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rigour.names import remove_person_prefixes
from rigour.names.org_types import remove_org_types
from rigour.territories import get_territories, get_territory
from rigour.text import ascii_text
from rigour.text.normalize import Normalize, normalize

NAMES_KEPT = 1 << 18
"""Names whose analysis is kept at hand; some 100 MB when full."""
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")
BRACKETED = re.compile(r"(?<=\S)\s*\([^()]*\)\s*$")
LINKS = frozenset({"of", "and", "for", "the", "in", "on", "to", "a", "an", "de", "du", "des", "la"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The word lists of `words.toml`."""

    titles: tuple[tuple[str, ...], ...]
    roles: frozenset[str]
    suffixes: frozenset[str]
    legal_forms: tuple[tuple[str, ...], ...]
    descriptors: frozenset[str]
    generic: frozenset[str]
    formerly: frozenset[str]
    leaders: dict[str, str]
    demonyms: dict[str, str]
    common: frozenset[str]
    territories: dict[str, str]
    diminutives: dict[str, str]


@cache
def words() -> Words:
    """Read the word lists, once."""
    table = tomllib.loads((files("frenemy.actors") / "words.toml").read_text(encoding="utf-8"))
    return Words(
        titles=tuple(sorted((tuple(title.replace("-", " ").split()) for title in table["titles"]), key=len, reverse=True)),
        roles=frozenset(table["roles"]),
        suffixes=frozenset(table["suffixes"]),
        legal_forms=tuple(sorted(tuple(form.split()) for form in table["legal_forms"])),
        descriptors=frozenset(table["descriptors"]),
        generic=frozenset(table["generic"]),
        formerly=frozenset(table["formerly"]),
        leaders={word: kind for kind, listed in table["leaders"].items() for word in listed},
        demonyms=dict(table["demonyms"]),
        common=frozenset(table["common"]),
        territories=dict(table["territories"]),
        diminutives=dict(table["diminutives"]),
    )


@lru_cache(maxsize=NAMES_KEPT)
def fold(name: str) -> str:
    """The name in lower case, without accents, punctuation, possessive, a leading article or what stands in brackets behind.

    >>> fold("The U.S. Senate's"), fold("  Beyoncé  KNOWLES "), fold("X (formerly Twitter)")
    ('us senate', 'beyonce knowles', 'x')
    """
    plain = POSSESSIVE.sub("", BRACKETED.sub("", name.strip()))
    plain = DOTTED.sub(lambda dotted: dotted.group().replace(".", ""), plain)
    tokens = re.findall(r"[^\W_]+", ascii_text(plain.replace("&", " and ").replace("'", "").replace("’", "")).casefold())
    if len(tokens) > 1 and tokens[0] == "the":
        tokens = tokens[1:]
    return " ".join(tokens) or " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A person's name taken apart; `given` is empty when only one word is left."""

    given: str
    middle: tuple[str, ...]
    family: str
    suffix: str

    @property
    def tokens(self) -> tuple[str, ...]:
        """All its words but the suffix, in order."""
        return tuple(word for word in (self.given, *self.middle, self.family) if word)


@lru_cache(maxsize=NAMES_KEPT)
def person_name(name: str) -> PersonName:
    """Take a person's name apart, its titles dropped.

    >>> person_name("President Donald J. Trump Jr.")
    PersonName(given='donald', middle=('j',), family='trump', suffix='jr')
    >>> person_name("Mr. Musk").tokens, person_name("Meta CEO Mark Zuckerberg").tokens
    (('musk',), ('mark', 'zuckerberg'))
    >>> person_name("Trump Donald Trump").tokens, person_name("Obama President Obama").tokens
    (('donald', 'trump'), ('obama',))
    """
    name = _once(name)
    tokens = _without_titles(fold(remove_person_prefixes(POSSESSIVE.sub("", name)) or name).split())
    suffix = ""
    if len(tokens) > 1 and tokens[-1] in words().suffixes:
        *tokens, suffix = tokens
    if not tokens:
        return PersonName(given="", middle=(), family=fold(name), suffix="")
    if len(tokens) == 1:
        return PersonName(given="", middle=(), family=tokens[0], suffix=suffix)
    given = words().diminutives.get(tokens[0], tokens[0])
    return PersonName(given=given, middle=tuple(tokens[1:-1]), family=tokens[-1], suffix=suffix)


def _once(name: str) -> str:
    """A name without what it repeats: a caption and the sentence after it run together to "Donald Trump Donald Trump".

    >>> _once("Donald Trump Donald TrumpJan"), _once("Obama President Obama"), _once("Abdullah bin Abdullah")
    ('Donald Trump', 'President Obama', 'Abdullah bin Abdullah')
    """
    parts = name.split()
    first = parts[0].casefold() if len(parts) > 2 and parts[1].casefold() not in ("bin", "ibn", "ben", "al", "van", "von", "de") else ""
    for place, part in enumerate(parts[2:], 2):
        if len(first) > 2 and part.casefold().startswith(first):
            return " ".join(parts[1:] if place == len(parts) - 1 else parts[:place])
    return " ".join(parts)


def _without_titles(tokens: Sequence[str]) -> list[str]:
    """Drop known titles from the head, as long as a word is left, and what ends with a role, as long as a full name is."""
    role = max((place for place, token in enumerate(tokens[:-2]) if token in words().roles), default=-1)
    rest = list(tokens[role + 1 :])
    dropped = True
    while dropped:
        dropped = False
        for title in words().titles:
            if len(rest) > len(title) and tuple(rest[: len(title)]) == title:
                rest = rest[len(title) :]
                dropped = True
                break
    return rest


@lru_cache(maxsize=NAMES_KEPT)
def organisation_key(name: str) -> tuple[str, ...]:
    """The words of an organisation's name without its legal form; a leading "United States" is written "us".

    >>> organisation_key("Meta Platforms, Inc."), organisation_key("X Corp."), organisation_key("Chelsea F.C.")
    (('meta', 'platforms'), ('x',), ('chelsea',))
    >>> organisation_key("United States Department of Justice") == organisation_key("the U.S. Department of Justice")
    True
    """
    folded = fold(name)
    flags = Normalize.CASEFOLD | Normalize.NAME
    bare = remove_org_types(normalize(folded, flags) or folded, normalize_flags=flags).split()
    tokens = tuple(bare) or tuple(folded.split())
    tokens = _without_legal_form(tokens)
    return ("us", *tokens[2:]) if len(tokens) > 2 and tokens[:2] == ("united", "states") else tokens


def _without_legal_form(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Drop trailing legal forms as long as a word is left."""
    for form in words().legal_forms:
        if len(tokens) > len(form) and tokens[-len(form) :] == form:
            rest = tokens[: -len(form)]
            return _without_legal_form(rest[:-1] if rest[-1] == "and" and len(rest) > 1 else rest)
    return tokens


@lru_cache(maxsize=NAMES_KEPT)
def territory_code(name: str) -> str | None:
    """The code of the country (or the EU, the UN) that the name names; None for cities, provinces and anything else.

    >>> {territory_code(n) for n in ("US", "U.S.", "USA", "the United States", "United States of America")}
    {'us'}
    >>> territory_code("Brussels"), territory_code("AI"), territory_code("us"), territory_code("X")
    (None, None, None, None)
    """
    folded = fold(name)
    if len(folded) <= 3 and not acronym_letters(name):
        return None
    return territory_codes().get(folded)


@cache
def territory_codes() -> dict[str, str]:
    """Countries (and the EU, the UN) by folded English name; rigour's own look-up loads all languages for seconds and trusts every code."""
    codes = {}
    for territory in get_territories():
        if territory.is_country or territory.code in ("eu", "un"):
            codes.update({fold(name): str(territory.code) for name in (territory.full_name, territory.name)})
    return codes | words().territories


def territory_name(code: str) -> str:
    """What to call a territory of which the texts give only the short name.

    >>> territory_name("us")
    'United States'
    """
    territory = get_territory(code)
    return str(territory.name) if territory else code.upper()


@lru_cache(maxsize=NAMES_KEPT)
def acronym_letters(name: str) -> str:
    """The letters of a name that is written as an acronym, in lower case; else nothing.

    >>> acronym_letters("DOGE"), acronym_letters("F.B.I."), acronym_letters("the EU"), acronym_letters("Tesla")
    ('doge', 'fbi', 'eu', '')
    """
    letters = re.sub(r"^the\s+|[.\s]|['’]s$", "", name.strip(), flags=re.IGNORECASE)
    return letters.lower() if 2 <= len(letters) <= 7 and letters.isalpha() and letters.isupper() and letters.isascii() else ""


@lru_cache(maxsize=NAMES_KEPT)
def initials(name: str) -> frozenset[str]:
    """The acronyms that a longer name may go by.

    >>> sorted(initials("Department of Government Efficiency"))
    ['dge', 'doge']
    """
    tokens = organisation_key(name)
    if len(tokens) < 2:
        return frozenset()
    with_links = "".join(token[0] for token in tokens)
    without = "".join(token[0] for token in tokens if token not in LINKS)
    return frozenset({form for form in (with_links, without) if len(form) > 1})


def tidy(name: str) -> str:
    """A surface name fit to show: no possessive, no leading article, single spaces.

    >>> tidy("the  European Union’s")
    'European Union'
    """
    plain = " ".join((POSSESSIVE.sub("", BRACKETED.sub("", name.strip())) or name).split())
    head, _, rest = plain.partition(" ")
    return rest if head.lower() == "the" and rest else plain
