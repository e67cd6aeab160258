"""From a name that a person typed to the one actor meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

from frenemy.errors import AmbiguousActor, UnknownActor
from frenemy.ledger.ties import KnownActor

FAR_MORE = 5
"""An alias that several actors bear means the one that is mentioned this many times more than the next."""


def folded(name: str) -> str:
    """Without case, accents and punctuation, for comparing what a person types.

    >>> folded("  Emmanuel MACRÓN "), folded("X Corp.")
    ('emmanuel macron', 'x corp')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.replace(".", "").replace("'s", "").replace("’s", "")))


def find_actor(name: str, actors: Sequence[KnownActor]) -> KnownActor:
    """The actor that `name` means, by id, name, alias or part of a name, in this order.

    >>> musk = KnownActor(id="elon-musk", name="Elon Musk", kind="person", aliases=("Musk",), mentions=9, documents=3, ties=4)
    >>> trump = KnownActor(id="donald-trump", name="Donald Trump", kind="person", aliases=(), mentions=7, documents=3, ties=4)
    >>> find_actor("MUSK", [musk, trump]).name, find_actor("trump", [musk, trump]).name
    ('Elon Musk', 'Donald Trump')
    >>> find_actor("Elon Mask", [musk, trump])
    Traceback (most recent call last):
    ...
    frenemy.errors.UnknownActor: Nobody in the ledger is called 'Elon Mask'. Did you mean Elon Musk?
    """
    wanted = folded(name)
    ranked = sorted(actors, key=lambda actor: (-actor.mentions, actor.name))
    for actor in ranked:
        if actor.id == name.strip():
            return actor
    named = [actor for actor in ranked if folded(actor.name) == wanted]
    if len(named) == 1:
        return named[0]
    exact = named or [actor for actor in ranked if wanted in _short_forms(actor)]
    if exact and (len(exact) == 1 or exact[0].mentions >= FAR_MORE * max(1, exact[1].mentions)):
        return exact[0]
    words = set(wanted.split())
    partial = exact or [a for a in ranked if words and any(words <= set(folded(n).split()) for n in (a.name, *a.aliases))]
    if len(partial) == 1:
        return partial[0]
    if partial:
        raise AmbiguousActor(name, _tell_apart(partial))
    raise UnknownActor(f"Nobody in the ledger is called {name!r}.{_suggest(name, ranked)}")


def _short_forms(actor: KnownActor) -> set[str]:
    """Its aliases, and a person's family and given name, whether or not a document used them alone."""
    forms = {folded(alias) for alias in actor.aliases}
    words = folded(actor.name).split()
    return forms | {words[0], words[-1]} if actor.kind == "person" and words else forms


def _tell_apart(actors: Sequence[KnownActor]) -> list[str]:
    """Their names, with the id beside those that share one; ten at most."""
    names = [actor.name for actor in actors]
    return [actor.name if names.count(actor.name) == 1 else f"{actor.name} ({actor.id})" for actor in actors[:10]]


def _suggest(name: str, actors: Sequence[KnownActor]) -> str:
    from rapidfuzz import fuzz, process

    spellings = {alias: actor.name for actor in reversed(actors) for alias in (*actor.aliases, actor.name)}
    near = process.extract(name, list(spellings), scorer=fuzz.WRatio, processor=folded, score_cutoff=75, limit=12)
    names = list(islice(dict.fromkeys(spellings[spelling] for spelling, _, _ in near), 3))
    return f" Did you mean {' or '.join(names)}?" if names else " `frenemy actors` lists who is there."
