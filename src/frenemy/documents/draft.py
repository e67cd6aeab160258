"""What is known of a document while it is being read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What the user knows better than the documents: each value given here stands for every document of the load.

    >>> Overrides(publisher="The Crisp Ledger").publisher
    'The Crisp Ledger'
    """

    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A cleaned text with what its file says of itself (mark-up, header, fields), before its first lines are read for the rest.

    `name` and `source` are set for one of several in a file: what it is called, and where it stands ("a.jsonl, line 3").
    """

    text: str
    name: str | None = None
    source: str | None = None
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    url: str | None = None
