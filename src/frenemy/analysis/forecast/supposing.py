"""Ties that are supposed: which ones a forecast asks about, and how they are put beside those that were told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

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


def likely_ties(table: EvidenceTable, weights: Weights) -> tuple[Supposed, ...]:
    """One act of each sign, as a fact and on a third party's word: for each sign the act that weighs most in the pair's ties.

    Where the pair has none of a sign, the clearest that is said and not done. Other types would not differ: the chain sees a tie's
    sign, and from an intensity on its type makes no difference.

    >>> from frenemy.analysis.stance import default_weights
    >>> from frenemy.model.evidence import tabulate
    >>> [(one.type, one.polarity, one.word) for one in likely_ties(tabulate([]), default_weights())]
    [('SUPPORT', '+', 'author'), ('SUPPORT', '+', 'other'), ('THREATEN', '-', 'author'), ('THREATEN', '-', 'other')]
    """
    return tuple(Supposed(type=_likeliest(table, sign, weights), polarity=sign, word=word) for sign in ("+", "-") for word in ASKED_WORDS)


def _likeliest(table: EvidenceTable, polarity: str, weights: Weights) -> str:
    """The act of a sign that weighs most in the ties, or else the clearest verbal one; what tells its side only in part is left out."""
    sign = SIGN_OF[polarity]
    acts = (
        np.array([kind.is_act for kind in TIE_TYPES.values()]) & (weights.usual_sign == sign) & (weights.intensity >= weights.shift.clear)
    )
    verbal = [kind.quad is not None and kind.quad.startswith("verbal") for kind in TIE_TYPES.values()]
    own = table.take(table.sign == sign)
    heavy = np.bincount(own.type, said(own, weights), minlength=len(TYPES))
    return TYPES[max(np.flatnonzero(acts).tolist(), key=lambda place: (heavy[place], verbal[place], weights.intensity[place]))]


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
    columns: dict[str, Any] = {name: getattr(table, name) for name in COLUMNS}
    longer: dict[str, Any] = {name: np.append(column, np.array(row[name], dtype=column.dtype)) for name, column in columns.items()}
    return replace(table, **longer)
