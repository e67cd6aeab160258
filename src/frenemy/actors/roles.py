"""Roles without a name ("the French president", "the Tesla chief"): who held them when the document was printed.

The ledger's own LEADS ties say who led what, and when; nothing else is known about offices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from frenemy.actors.names import fold, tidy, words
from frenemy.actors.rules import same_key
from frenemy.model import Chain, Lead


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role taken apart: `kind` of leader, and the key of what is led, empty where the description does not say.

    >>> role_of("the French president")
    Role(kind='president', led='territory fr')
    >>> role_of("Tesla's CEO"), role_of("the president")
    (Role(kind='chief', led='tesla'), Role(kind='president', led=''))
    """

    kind: str
    led: str


@lru_cache(maxsize=65_536)
def role_of(description: str) -> Role | None:
    """The role that a description speaks of; None for any other description, and for what somebody formerly was.

    >>> role_of("the president of France"), role_of("critics"), role_of("the former president")
    (Role(kind='president', led='territory fr'), None, None)
    """
    plain = re.sub(r"['’]s\b", "", tidy(description))
    if {"former", "ex", "late", "next", "vice", "deputy"} & set(fold(plain).split()):
        return None
    head, _, led = plain.partition(" of ")
    tokens = fold(head).split()
    for size in range(min(3, len(tokens)), 0, -1):
        kind = words().leaders.get(" ".join(tokens[-size:]))
        if kind is not None:
            before = " ".join(head.split()[: len(tokens) - size])
            return Role(kind=kind, led=led_key(before or led)) if not (before and led) else None
    return None


def led_key(name: str) -> str:
    """The key of what is led: a country's for its demonym, an organisation's for its name, nothing for nothing.

    >>> led_key("German"), led_key("the U.S."), led_key("Meta Platforms, Inc."), led_key("")
    ('territory de', 'territory us', 'metaplatforms', '')
    """
    plain = tidy(name)
    code = words().demonyms.get(fold(plain))
    return f"territory {code}" if code else same_key(plain, "other") if fold(plain) else ""


@lru_cache(maxsize=65_536)
def led_in(name: str) -> tuple[str, str] | None:
    """What a person's name with a role before it says is led, and in what words; None for other names.

    >>> led_in("Meta CEO Mark Zuckerberg"), led_in("Mark Zuckerberg")
    (('Meta', 'Meta CEO'), None)
    """
    written = tidy(name).split()
    for place in range(len(written) - 2):
        if fold(written[place]) in words().leaders and place > 0:
            description = " ".join(written[: place + 1])
            return (" ".join(written[:place]), description) if role_of(description) else None
    return None


def leads_in(chains: Iterable[Chain]) -> list[Lead]:
    """Who leads what by the names alone: "Meta CEO Mark Zuckerberg".

    >>> [lead.led for lead in leads_in([Chain(document="d", name="Meta CEO Mark Zuckerberg", kind="person")])]
    ['Meta']
    """
    return [
        Lead(leader=chain.name, document=chain.document, led=told[0], quote=told[1], published=chain.published)
        for chain in chains
        if chain.kind == "person" and not chain.described and (told := led_in(chain.name)) is not None
    ]


def holder(role: Role, leads: Iterable[Lead], at: date | None) -> str | None:
    """Who held the role at a date, by name; None where the ties do not say, or name several.

    A tenure runs from its tie's first day, or from the day it was printed, to its last, or to the next holder's first.

    >>> from datetime import date
    >>> leads = [Lead(leader="Ann Berg", document="1", led="Freedonia", quote="President Berg", since=date(2001, 1, 1)),
    ...          Lead(leader="Bo Dahl", document="2", led="Freedonia", quote="President Dahl", since=date(2009, 1, 1))]
    >>> role = role_of("the president of Freedonia")
    >>> [holder(role, leads, date(year, 6, 1)) for year in (2000, 2004, 2010)]
    [None, 'Ann Berg', 'Bo Dahl']
    """
    held = [lead for lead in leads if led_key(lead.led) == role.led]
    told = [lead for lead in held if _tells(lead.quote, role.kind)]
    if not told and len({lead.leader for lead in held}) != 1:
        return None
    return _latest(told or held, at)


def _tells(quote: str, kind: str) -> bool:
    """Whether a quote uses a word for that kind of leader."""
    folded = f" {fold(quote)} "
    return any(f" {word} " in folded for word, of in words().leaders.items() if of == kind)


def _latest(leads: Sequence[Lead], at: date | None) -> str | None:
    names = {lead.leader for lead in leads}
    if at is None:
        return names.pop() if len(names) == 1 else None
    begun = [(start, lead) for lead in leads if (start := lead.since or lead.published) is not None and start <= at]
    if not begun:
        return None
    last = max(start for start, _ in begun)
    current = {lead.leader for start, lead in begun if start == last and (lead.until is None or lead.until >= at)}
    return current.pop() if len(current) == 1 else None
