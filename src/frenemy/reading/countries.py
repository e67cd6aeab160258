"""Adjectives, peoples and other names that stand for a country."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _names() -> Mapping[str, str]:
    table: dict[str, dict[str, str]] = tomllib.loads((files("frenemy.reading") / "countries.toml").read_text(encoding="utf-8"))
    known = {country.lower(): country for part in ("adjectives", "people", "others") for country in table[part].values()}
    return {**known, **table["people"], **table["adjectives"], **table["others"]}


def country(name: str) -> str | None:
    """The country that a name, adjective or people's name stands for; seats of government are left to context.

    >>> country("Iraqi"), country("U.S."), country("the Netherlands"), country("us"), country("AI"), country("Washington")
    ('Iraq', 'United States', 'Netherlands', None, None, None)
    """
    plain = name.replace(".", "").removeprefix("the ").removeprefix("The ").strip()
    if (len(plain) <= 3 and not plain.isupper()) or (plain == plain.lower() and len(plain) > 3):
        return None
    return _names().get(plain.lower())
