"""What each tie counts at a date: its status, on whose word it stands, its age, and how many others tell the same."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.stance.weights import Weights
from frenemy.model.evidence import NO_DAY, EvidenceTable

Floats = NDArray[np.float64]
MIXER = np.uint64(0xBF58476D1CE4E5B9)
"""The multiplier of splitmix64 (G. Steele, D. Lea and C. Flood, Fast splittable pseudorandom number generators, 2014)."""


def values(table: EvidenceTable, weights: Weights) -> Floats:
    """What each tie says alone, in [-1, 1]: its own sign times the intensity of its type."""
    return table.sign * weights.intensity[table.type]


def said(table: EvidenceTable, weights: Weights) -> Floats:
    """What each tie counts whatever its age: confidence, status, word; less where its sign is odd for its type or neutral."""
    weight = table.confidence**weights.confidence_power * weights.status[table.status] * weights.word[table.word]
    odd = table.sign * weights.usual_sign[table.type] < 0
    return np.where(table.sign == 0, weights.neutral[table.type], np.where(odd, weights.odd, 1.0)) * weight


def aged(table: EvidenceTable, at: int, weights: Weights) -> Floats:
    """What part of each tie is left at a day: halved every half-life since it happened or ended.

    A standing tie that is not said to have ended holds. A tie without any date keeps a fixed part.
    """
    day = table.day
    over = np.where(table.until != NO_DAY, np.maximum(table.until, day), day)
    age = np.maximum(at - over.astype(np.int64), 0)
    holds = weights.standing[table.type] & (table.until == NO_DAY)
    half_life = weights.half_life[table.type]
    half_life = np.where(table.legal, np.maximum(half_life, weights.legal_half_life), half_life)
    left = np.where(holds, 1.0, np.exp2(-age / half_life))
    return np.where(day == NO_DAY, weights.undated, left)


def shared(table: EvidenceTable, weight: Floats, pair: NDArray[np.int64], weights: Weights, *, standing_holds: bool = True) -> Floats:
    """The weights lowered where several ties tell one thing, so that many reports of it do not count as many things.

    One *fact* is a standing tie of a type and sign, or acts of a type and sign in one month; unless `standing_holds`, a standing tie is a
    new fact every month, too. A story tells a fact once: its ties on it share the weight of the best. Independent stories on a fact
    correlate, so together they count by Kish's design effect: weights that sum to S and are m at most count S / (1 + (S / m - 1) r), with
    the correlation r (L. Kish, Survey Sampling, 1965, section 8.2).
    """
    if not len(weight):
        return weight
    month = _month(table.day)
    fact = _numbered(pair, _what(table), np.where(weights.standing[table.type], -1, month) if standing_holds else month)
    once = weight / _excess(weight, weight, _numbered(fact, table.origin))
    return once / (1 + weights.correlation * (_excess(once, weight, fact) - 1))


def _excess(weight: Floats, alone: Floats, group: NDArray[np.int64]) -> Floats:
    """For each tie how many times the best of its group all of the group weigh, at least 1; `alone` is what each would weigh alone."""
    best = np.zeros(int(group.max()) + 1)
    np.maximum.at(best, group, alone)
    times = np.divide(np.bincount(group, weight), best, out=np.ones_like(best), where=best > 0)
    return np.asarray(np.maximum(times, 1.0)[group])


def _what(table: EvidenceTable) -> NDArray[np.int64]:
    """Type, sign and direction as one number."""
    forward = table.mutual * 2 + (table.source < table.target)
    return (table.type.astype(np.int64) * 3 + table.sign + 1) * 4 + forward


def _month(day: NDArray[np.int32]) -> NDArray[np.int64]:
    """The month of each day as a number; what has no day is a month of its own."""
    dated = np.where(day == NO_DAY, 0, day).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.where(day == NO_DAY, -(2**20), dated)


def _numbered(*keys: NDArray[Any]) -> NDArray[np.int64]:
    """One number for each combination of the keys, from 0 up; keys are mixed into 64 bits, where two rarely fall together."""
    mixed = np.zeros(len(keys[0]), dtype=np.uint64)
    for key in keys:
        mixed = (mixed ^ key.astype(np.int64).view(np.uint64)) * MIXER
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed, return_inverse=True)[1].astype(np.int64)
