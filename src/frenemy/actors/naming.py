"""What to call an actor: the name most used among the full ones, and an id that reads like it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from frenemy.actors.names import acronym_letters, fold, initials, organisation_key, person_name, territory_code, territory_name, tidy


def untitled(name: str) -> str:
    """A person's name as written, its titles dropped.

    >>> untitled("President Donald Trump's"), untitled("Robert F. Kennedy Jr.")
    ('Donald Trump', 'Robert F. Kennedy Jr.')
    """
    parts = person_name(name)
    length = len(parts.tokens) + bool(parts.suffix)
    return " ".join(tidy(name).split()[-length:])


def display_name(names: Mapping[str, int], side: str) -> str:
    """The name to show for an actor that goes by `names`, each with its number of mentions.

    >>> display_name({"Musk": 40, "Elon Musk": 9, "ELON MUSK": 1, "Mr. Musk": 3}, "person")
    'Elon Musk'
    >>> display_name({"EU": 40, "the European Union": 2}, "other"), display_name({"U.S.": 3, "US": 9}, "other")
    ('European Union', 'United States')
    >>> display_name({"FBI": 40, "FBI officials": 2}, "other")
    'FBI'
    >>> display_name({"Meta": 1, "Meta Platforms, Inc.": 1}, "other")
    'Meta'
    """
    shown: Counter[str] = Counter()
    for name, count in names.items():
        shown[untitled(name) if side == "person" else tidy(name)] += count
    codes = {code for name in shown if (code := territory_code(name))} if side != "person" else set()
    if len(codes) == 1:
        official = territory_name(codes.pop())
        shown = Counter({n: c for n, c in shown.items() if len(fold(n)) > 4 and not acronym_letters(n)}) or Counter({official: 1})
        return official if official in shown else _best(shown, side)
    full = {n: c for n, c in shown.items() if (_is_full_person(n) if side == "person" else _is_full_name(n, shown))}
    return _best(Counter(full) or shown, side)


def _is_full_name(name: str, shown: Mapping[str, int]) -> bool:
    """Whether a name is no acronym, and is what the acronyms beside it stand for where they are the more used."""
    acronyms = {letters: count for other, count in shown.items() if (letters := acronym_letters(other))}
    if acronym_letters(name):
        return False
    return max(acronyms.values(), default=0) <= shown[name] or bool(acronyms.keys() & initials(name))


def _is_full_person(name: str) -> bool:
    return len(person_name(name).given) > 1


def _best(shown: Counter[str], side: str) -> str:
    """The most used; then mixed case, no legal form, the shorter for a person and the longer for others, the alphabet."""

    def worth(name: str) -> tuple[int, bool, bool, int, str]:
        has_form = side != "person" and organisation_key(name) != tuple(fold(name).split())
        return (shown[name], not name.isupper() and not name.islower(), not has_form, -len(name) if side == "person" else len(name), name)

    return max(shown, key=worth)


def slug(name: str) -> str:
    """The name as an id.

    >>> slug("Department of Government Efficiency"), slug("谷歌")[:2]
    ('department-of-government-efficiency', 'gu')
    """
    return fold(name).replace(" ", "-") or hashlib.sha256(name.encode()).hexdigest()[:10]


def unique_ids(actors: Iterable[tuple[str, str, str]]) -> list[str]:
    """One id for each (name, kind, least member): the slug, with the kind or a short hash after it where several would share it.

    >>> unique_ids([("Washington", "place", "a"), ("Washington", "person", "b"), ("Elon Musk", "person", "c")])
    ['washington-place', 'washington-person', 'elon-musk']
    """
    actors = list(actors)
    plain = [slug(name) for name, _, _ in actors]
    seen = Counter(plain)
    kinded = [s if seen[s] == 1 else f"{s}-{kind.replace(' ', '-')}" for s, (_, kind, _) in zip(plain, actors, strict=True)]
    again = Counter(kinded)
    return [
        s if again[s] == 1 else f"{s}-{hashlib.sha256(least.encode()).hexdigest()[:6]}"
        for s, (_, _, least) in zip(kinded, actors, strict=True)
    ]
