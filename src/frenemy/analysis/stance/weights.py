"""The parameters of stance, from `weights.toml`, as arrays by the places that an evidence table uses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frenemy.model import STATUSES, TIE_TYPES
from frenemy.model.evidence import SIGN_OF, TYPES, WORDS

DAYS = 365.25
"""Days of a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftWeights:
    """When a pair is held to have shifted.

    `rate` is in new draws of the side a year, `divided` the part of them that are divided, `error` how often a whole tie speaks against
    the side that holds, `clear` the intensity from which a tie is whole. A shift is told from `probability` on, where the ties before
    weigh `settled` and those after more than `confirmed`; those within `alongside` days are told together.
    """

    rate: float
    divided: float
    error: float
    clear: float
    probability: float
    settled: float
    confirmed: float
    alongside: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """What a tie counts: by status, word and type (arrays in the order of the vocabulary), and what is believed before any tie.

    `intensity` is in [0, 1]; half-lives are in days, for a standing tie from its end on.
    """

    status: NDArray[np.float64]
    word: NDArray[np.float64]
    intensity: NDArray[np.float64]
    half_life: NDArray[np.float64]
    legal_half_life: float
    standing: NDArray[np.bool_]
    neutral: NDArray[np.float64]
    confidence_power: float
    usual_sign: NDArray[np.int8]
    odd: float
    correlation: float
    undated: float
    prior_stories: float
    prior_spread: float
    prior_spread_stories: float
    level: float
    shift: ShiftWeights


def parse_weights(table: Mapping[str, Any]) -> Weights:
    """A parameter table as arrays; every status, word and type must be in it."""
    standing = np.array([not TIE_TYPES[name].is_act for name in TYPES])
    scores = {name: abs(kind.score) for name, kind in TIE_TYPES.items() if kind.score is not None} | table["intensity"]
    lives, neutral = table["half_life"], table["neutral"]
    return Weights(
        status=np.array([table["status"][name] for name in STATUSES]),
        word=np.array([table["word"][name] for name in WORDS]),
        intensity=np.array([scores[name] / 10 for name in TYPES]),
        half_life=np.array([lives[name if TIE_TYPES[name].is_act else "ended"] * DAYS for name in TYPES]),
        legal_half_life=lives["legal"] * DAYS,
        standing=standing,
        neutral=np.where(standing, neutral["standing"], neutral["act"]),
        confidence_power=table["confidence"]["power"],
        usual_sign=np.array([SIGN_OF[TIE_TYPES[name].polarity] for name in TYPES], dtype=np.int8),
        odd=table["odd"]["sign"],
        correlation=table["correlation"]["fact"],
        undated=table["undated"]["part"],
        prior_stories=table["prior"]["stories"],
        prior_spread=table["prior"]["spread"],
        prior_spread_stories=table["prior"]["spread_stories"],
        level=table["prior"]["level"],
        shift=ShiftWeights(**table["shift"]),
    )


@cache
def default_weights() -> Weights:
    """The parameters that ship.

    >>> weights = default_weights()
    >>> float(weights.intensity[TYPES.index("ASSAULT")]), float(weights.status[STATUSES.index("denied")])
    (0.9, 0.0)
    """
    return parse_weights(tomllib.loads((files("frenemy.analysis.stance") / "weights.toml").read_text(encoding="utf-8")))
