"""What each label of an entity model means in our kinds; the table is `labels.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

Labels = Mapping[str, Sequence[str]]


@cache
def labels_of(library: str) -> Labels:
    """The labels of "spacy" or "gliner" with the kinds they may be, likeliest first.

    >>> labels_of("spacy")["PERSON"], labels_of("gliner")["group of people"]
    (['person'], ['group'])
    """
    table: dict[str, Labels] = tomllib.loads((files("frenemy.reading.entities") / "labels.toml").read_text(encoding="utf-8"))
    return table[library]
