"""What a name has in common with the names it may have to be compared with, so that only those are compared.

Every rule of `frenemy.actors.rules` joins only names that share a bond, or a short name to a name that has its handle. That makes it
enough to resolve again, when a document arrives, the names that share a key with its names.
"""

from __future__ import annotations

from collections.abc import Iterable

from frenemy.actors.names import acronym_letters, fold, initials, organisation_key, person_name, territory_code, tidy
from frenemy.actors.naming import slug, untitled
from frenemy.actors.renames import other_names
from frenemy.actors.roles import led_in, led_key, role_of
from frenemy.actors.rules import near_blocks, person_blocks, stem
from frenemy.model import Chain, NameKey


def short_key(name: str, side: str) -> str | None:
    """The handle that a short name calls an actor by; None for a name that is not short.

    >>> short_key("Mr. Musk", "person"), short_key("FBI", "other"), short_key("Elon Musk", "person"), short_key("Tesla", "other")
    ('p:musk', 'a:fbi', None, None)
    """
    if side == "person":
        parts = person_name(name)
        return None if parts.given else f"p:{parts.family}"
    letters = acronym_letters(name)
    return f"a:{letters}" if letters and not territory_code(name) else None


def handles(name: str, side: str) -> set[str]:
    """What short names may call this one.

    >>> sorted(handles("Elon Musk", "person")), sorted(handles("Federal Trade Commission", "other"))
    (['p:elon', 'p:musk'], ['a:ftc'])
    """
    if side == "person":
        parts = person_name(name)
        return {f"p:{parts.given}", f"p:{parts.family}"} if parts.given else set()
    return {f"a:{letters}" for letters in initials(name)}


def bonds(name: str, kind: str) -> set[str]:
    """What names that may be one actor's, or need telling apart, share.

    >>> bonds("D. Trump", "person") & bonds("Donald Trump", "person"), bonds("Elon Musk", "person") & bonds("Kimbal Musk", "person")
    ({'b:d trump'}, set())
    """
    found = {f"n:{slug(tidy(name))}", f"n:{slug(untitled(name))}", f"o:{''.join(organisation_key(name))}", f"f:{fold(name)}"}
    if code := territory_code(name):
        found.add(f"t:{code}")
    side = "person" if kind == "person" else "other"
    if side == "person":
        found |= {f"b:{' '.join(block)}" for block in person_blocks(name)} or {f"s:{' '.join(person_name(name).tokens) or fold(name)}"}
    else:
        found.add(f"m:{stem(name)}")
    return found | {f"near {side} {' '.join(block)}" for block in near_blocks(name, side)}


def name_keys(name: str, kind: str, also: Iterable[str] = (), *, described: bool = False) -> list[NameKey]:
    """All keys of a name that a document gives, with what it is called there beside.

    >>> [key for key in name_keys("the French president", "person", described=True) if key.role == "short"]
    [NameKey(key='r:territory fr', role='short')]
    """
    if described:
        role = role_of(name)
        own = [NameKey(key=f"f:{fold(name)}", role="bond")]
        return own + ([NameKey(key=f"r:{role.led or '*'}", role="short")] if role else [])
    side = "person" if kind == "person" else "other"
    told = other_names(Chain(document="", name=name, kind=kind, also=tuple(also)))
    shared = bonds(name, kind) | {f"f:{fold(other)}" for other in told}
    keys = [NameKey(key=key, role="bond") for key in sorted(shared)]
    keys += [NameKey(key=key, role="handle") for key in sorted(handles(name, side))]
    if side == "person" and (told_role := led_in(name)) is not None:
        keys += [NameKey(key=handle, role="handle") for handle in lead_handles(told_role[0])]
    short = short_key(name, side)
    return [*keys, NameKey(key=short, role="short")] if short else keys


def lead_handles(led: str) -> list[str]:
    """What roles may call who leads `led`.

    >>> lead_handles("France")
    ['r:territory fr', 'r:*']
    """
    key = led_key(led)
    return [f"r:{key}", "r:*"] if key.startswith("territory ") else [f"r:{key}"]
