"""Ties that are supposed: which ones a forecast asks about, and how they are put beside those that were told."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from frenemy.analysis.stance.weighing import said
from frenemy.analysis.stance.weights import Weights
from frenemy.model import STATUSES, TIE_TYPES
from frenemy.model.evidence import COLUMNS, NO_DAY, SIGN_OF, TYPES, WORDS, EvidenceTable

ASKED_WORDS = ("author", "other")
"""On whose word the usual scenarios are told: as a fact, and by a third party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """A tie that a scenario supposes, named as in `Evidence`."""

    type: str
    polarity: str
    word: str = "author"


def scenarios_for(table: EvidenceTable, weights: Weights) -> tuple[Supposed, ...]:
    """One act of each sign, as a fact and on a third party's word: for each sign the act that weighs most in the pair's ties.

    Where the pair has none of a sign, the mildest act that tells its side in full. Other types would not differ: the chain sees a tie's
    sign, and from an intensity on its type makes no difference.

    >>> from frenemy.analysis.stance import default_weights
    >>> from frenemy.model.evidence import tabulate
    >>> [(one.type, one.polarity, one.word) for one in scenarios_for(tabulate([]), default_weights())]
    [('CONCEDE', '+', 'author'), ('CONCEDE', '+', 'other'), ('ACCUSE', '-', 'author'), ('ACCUSE', '-', 'other')]
    """
    return tuple(
        Supposed(type=_likeliest(table, sign, weights), polarity=sign, word=word) for sign in ("+", "-") for word in ASKED_WORDS
    )


def _likeliest(table: EvidenceTable, polarity: str, weights: Weights) -> str:
    """The act that weighs most in the ties of a sign, or else the mildest that is whole."""
    acts = [place for place, name in enumerate(TYPES) if TIE_TYPES[name].is_act and weights.usual_sign[place] == SIGN_OF[polarity]]
    whole = [place for place in acts if weights.intensity[place] >= weights.shift.clear]
    own = table.sign == SIGN_OF[polarity]
    heavy = np.bincount(table.type[own], said(table, weights)[own], minlength=len(TYPES)) if own.any() else np.zeros(len(TYPES))
    return TYPES[max(whole, key=lambda place: (heavy[place], -weights.intensity[place]))]


def suppose(table: EvidenceTable, tie: Supposed, day: int) -> EvidenceTable:
    """The evidence with one tie more: between the first two actors, asserted, sure, of a story of its own, on a day (number)."""
    row = {
        "tie": -1,
        "source": 0,
        "target": 1,
        "mutual": False,
        "type": TYPES.index(tie.type),
        "sign": SIGN_OF[tie.polarity],
        "status": STATUSES.index("asserted"),
        "word": WORDS.index(tie.word),
        "since": day,
        "until": NO_DAY,
        "published": day,
        "origin": int(table.origin.max(initial=-1)) + 1,
        "confidence": 1.0,
        "legal": False,
    }
    columns = {name: getattr(table, name) for name in COLUMNS}
    return replace(table, **{name: np.append(column, np.array(row[name], dtype=column.dtype)) for name, column in columns.items()})
