"""Words that stand for an actor: adjectives, peoples and seats of government for a country, members for a party."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Table = Mapping[str, str]
LOCATIVE = frozenset(
    ("in", "at", "near", "outside", "inside", "around", "across", "from", "to", "of", "through", "throughout", "towards", "into", "via")
)


@cache
def _tables() -> Mapping[str, Table]:
    return tomllib.loads((files("frenemy.reading") / "countries.toml").read_text(encoding="utf-8"))


@cache
def _names() -> Table:
    table = _tables()
    known = {country.lower(): country for part in ("adjectives", "people", "others") for country in table[part].values()}
    return {**known, **table["people"], **table["adjectives"], **table["others"]}


def country(name: str) -> str | None:
    """The country that a name, adjective or people's name stands for; seats of government are left to `seat`.

    >>> country("Iraqi"), country("U.S."), country("the Netherlands"), country("us"), country("AI"), country("Washington")
    ('Iraq', 'United States', 'Netherlands', None, None, None)
    """
    plain = _plain(name)
    if (len(plain) <= 3 and not plain.isupper()) or (plain == plain.lower() and len(plain) > 3):
        return None
    return _names().get(plain.lower())


def party(name: str) -> str | None:
    """The party that its members' word or its short name stands for.

    >>> party("the Tories"), party("GOP"), party("tory"), party("Swedish Democrats")
    ('Conservative Party', 'Republican Party', None, None)
    """
    plain = _plain(name)
    return _tables()["parties"].get(plain.lower()) if plain[:1].isupper() else None


def seat(name: str) -> str | None:
    """The country whose government sits in a city.

    >>> seat("Moscow"), seat("Osaka")
    ('Russia', None)
    """
    found = _tables()["seats"].get(name.lower())
    return None if name.lower() in ("white house", "kremlin") else found


def acts(text: str, start: int, end: int) -> bool:
    """Whether a city at start:end may act for its government: no place where something happens, no dateline, no address.

    >>> texts = ("Moscow warned Kyiv", "he fled to Moscow", "Moscow, Russia", "Moscow — He")
    >>> [acts(t, t.index("Moscow"), t.index("Moscow") + 6) for t in texts]
    [True, False, False, False]
    """
    before = re.search(r"(\w+)\W*$", text[max(0, start - 20) : start])
    return not (
        (before and before[1].lower() in LOCATIVE) or text[start:end].isupper() or re.match(r"\s*[—–(]|\s+-|, [A-Z]", text[end : end + 4])
    )


def _plain(name: str) -> str:
    return name.replace(".", "").removeprefix("the ").removeprefix("The ").strip()
