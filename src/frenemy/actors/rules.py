"""When two names are one actor's: the predicates and the blocks that keep their use cheap.

Each rule speaks of names alone; whether a short name leads to one actor or to several is for `frenemy.actors.resolve` to find out.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein
from rigour.text import metaphone

from frenemy.actors.names import PersonName, acronym_letters, initials, organisation_key, person_name, territory_code, words

NEAR_LENGTH = 7
"""Words shorter than this are never taken for misspellings of one another: "Marta" is not "Maria"."""


def same_key(name: str, side: str) -> str:
    """Names with the same key are the same actor on the same side.

    >>> same_key("Mr. Elon Musk's", "person") == same_key("elon musk", "person")
    True
    >>> same_key("Open AI", "other") == same_key("OpenAI, Inc.", "other"), same_key("U.S.", "other")
    (True, 'territory us')
    >>> same_key("Justice Department", "other") == same_key("Department of Justice", "other")
    True
    """
    if side == "person":
        parts = person_name(name)
        return " ".join((*parts.tokens, parts.suffix)).strip()
    code = territory_code(name)
    return f"territory {code}" if code else "".join(_office_first(organisation_key(name)))


def _office_first(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """ "Justice Department" as "Department of Justice" is written; a country before it stays there."""
    country = 1 if tokens[0] == "us" else 0
    if len(tokens) - country > 1 and tokens[-1] in ("department", "ministry") and "of" not in tokens:
        return (*tokens[:country], tokens[-1], "of", *tokens[country:-1])
    return tokens


def _less_or_equal(short: str, full: str) -> bool:
    """Whether `short` is the word or its initial."""
    return short == full or (len(short) == 1 and full.startswith(short))


def person_fits(short: PersonName, full: PersonName) -> bool:
    """Whether a shorter way of naming a person may stand for the fuller one.

    >>> fits = lambda a, b: person_fits(person_name(a), person_name(b))
    >>> fits("Musk", "Elon Musk"), fits("E. Musk", "Elon Musk"), fits("Donald Trump", "Donald J. Trump")
    (True, True, True)
    >>> fits("bin Salman", "Mohammed bin Salman")
    True
    >>> fits("Donald Trump", "Donald Trump Jr."), fits("Jane Smith", "John Smith"), fits("Elon Musk", "Musk")
    (False, False, False)
    """
    if short.suffix != full.suffix or not full.given or short.tokens == full.tokens:
        return False
    if not short.given:
        return short.family in (full.family, full.given)
    size = len(short.tokens)
    if size < len(full.tokens) and short.tokens in (full.tokens[:size], full.tokens[-size:]):
        return True
    if short.family != full.family or not _less_or_equal(short.given, full.given) or len(short.middle) > len(full.middle):
        return False
    return not short.middle or all(map(_less_or_equal, short.middle, full.middle))


def organisation_fits(short: str, full: str) -> bool:
    """Whether a shorter way of naming an organisation may stand for the fuller one.

    >>> organisation_fits("Meta", "Meta Platforms, Inc."), organisation_fits("DOGE", "Department of Government Efficiency")
    (True, True)
    >>> organisation_fits("Senate", "U.S. Senate"), organisation_fits("Amazon", "Amazon Web Services")
    (True, False)
    """
    few, many = organisation_key(short), organisation_key(full)
    if acronym_letters(short) and acronym_letters(short) in initials(full):
        return True
    if len(few) >= len(many):
        return False
    if many == ("us", *few):
        return True
    return many[: len(few)] == few and all(word in words().descriptors for word in many[len(few) :])


def person_blocks(name: str) -> set[tuple[str, ...]]:
    """What a person's full name shares with every shorter or fuller form of it that has two words at least.

    >>> sorted(person_blocks("Mohammed bin Salman") & person_blocks("bin Salman"))
    [('bin', 'salman')]
    """
    tokens = person_name(name).tokens
    if len(tokens) < 2:
        return set()
    heads = {tokens[:size] for size in range(2, len(tokens) + 1)}
    tails = {tokens[-size:] for size in range(2, len(tokens) + 1)}
    return {(tokens[0][0], tokens[-1])} | heads | tails


def stem(name: str) -> str:
    """The words of an organisation's name without what a fuller name may add to it.

    >>> stem("Meta Platforms, Inc."), stem("U.S. Senate"), stem("Department of Justice")
    ('meta', 'senate', 'department of justice')
    """
    tokens = organisation_key(name)
    if len(tokens) > 1 and tokens[0] == "us":
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1] in words().descriptors:
        tokens = tokens[:-1]
    return " ".join(tokens)


def near_blocks(name: str, side: str) -> Iterator[tuple[str, ...]]:
    """Blocks within which near spellings are looked for: the name with one long word cut to its first three letters.

    >>> list(near_blocks("Volodymyr Zelensky", "person"))
    [('volodymyr', 'zel*')]
    """
    if side == "person":
        parts = person_name(name)
        tokens, places = (*parts.tokens, parts.suffix), [len(parts.tokens) - 1]
    elif territory_code(name):
        return
    else:
        tokens = organisation_key(name)
        places = list(range(len(tokens)))
        if len(tokens) > 1:
            yield ("plural", *(token.removesuffix("s") for token in tokens))
    for place in places:
        if len(tokens[place]) >= NEAR_LENGTH and tokens[place].isalpha():
            block = (*tokens[:place], f"{tokens[place][:3]}*", *tokens[place + 1 :])
            yield tuple(token for token in block if token)


def near(one: str, other: str, side: str) -> str | None:
    """How close two spellings of one block are: "sound" when they sound the same and are long, "letter" when a letter differs, or the
    plural of a word in an organisation's longer name, else None.

    >>> near("Volodymyr Zelensky", "Volodymyr Zelenskyy", "person"), near("John Smith", "Jane Smith", "person")
    ('sound', None)
    """
    left, right = (person_name(n).tokens if side == "person" else organisation_key(n) for n in (one, other))
    differing = [(a, b) for a, b in zip(left, right, strict=False) if a != b]
    if len(left) != len(right) or len(differing) != 1:
        return None
    a, b = differing[0]
    if side != "person" and len(left) > 1 and min(len(a), len(b)) > 4 and (a + "s" == b or b + "s" == a):
        return "letter"
    if min(len(a), len(b)) < NEAR_LENGTH or Levenshtein.distance(a, b) > 1 or a + "a" == b or b + "a" == a:
        return None
    return "sound" if min(len(a), len(b)) > NEAR_LENGTH and metaphone(a) == metaphone(b) else "letter"
