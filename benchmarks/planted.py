"""Pairs that are made, with a change of side planted in half of them: how often a method finds it, at a fixed rate of false alarms.

A pair has ties at random days over ten years (a Poisson process whose rate differs from pair to pair; half of the pairs in bursts), each
against the side that holds with a probability of `noise`, each with a confidence between 0.3 and 1. In half of the pairs the side changes
once, in the middle eight years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from frenemy.model import STATUSES
from frenemy.model.evidence import NO_DAY, TYPES, WORDS, EvidenceTable

YEARS = 10
DAYS = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A made pair: days and signs of its ties, their confidence, the side it began with, and the day it changed, if it did."""

    days: npt.NDArray[np.int32]
    signs: npt.NDArray[np.int8]
    confidence: npt.NDArray[np.float64]
    side: int
    change: int | None


def make_pairs(count: int, *, noise: float, seed: int, per_year: tuple[float, float] = (0.5, 8.0)) -> list[Made]:
    """So many pairs, every second one with a change."""
    rng = np.random.default_rng(seed)
    return [_make(rng, noise, per_year, changes=bool(number % 2)) for number in range(count)]


def _make(rng: np.random.Generator, noise: float, per_year: tuple[float, float], *, changes: bool) -> Made:
    low, high = np.log(per_year)
    count = max(4, rng.poisson(np.exp(rng.uniform(low, high)) * YEARS))
    days = rng.uniform(0, YEARS * DAYS, count)
    if rng.random() < 0.5:  # bursts: every tie falls near one of a few days
        days = rng.choice(rng.uniform(0, YEARS * DAYS, max(3, count // 3)), count) + rng.exponential(20, count)
    days = np.sort(days).astype(np.int32)
    side = int(rng.choice((-1, 1)))
    change = int(rng.uniform(0.1, 0.9) * YEARS * DAYS) if changes else None
    true = np.where((days >= change) if change is not None else np.zeros(count, bool), -side, side)
    signs = np.where(rng.random(count) < noise, -true, true).astype(np.int8)
    return Made(days=days, signs=signs, confidence=rng.uniform(0.3, 1.0, count), side=side, change=change)


def as_table(pairs: Sequence[Made]) -> EvidenceTable:
    """The pairs as evidence: number n is of the actors 2n and 2n + 1."""
    count = sum(len(pair.days) for pair in pairs)
    number = np.repeat(np.arange(len(pairs)), [len(pair.days) for pair in pairs])
    signs = np.concatenate([pair.signs for pair in pairs])
    rng = np.random.default_rng(0)
    friendly, hostile = (
        [TYPES.index(name) for name in names] for names in (("SUPPORT", "COOPERATE", "AGREE"), ("ACCUSE", "REJECT", "SANCTION"))
    )
    kinds = np.where(signs > 0, rng.choice(friendly, count), rng.choice(hostile, count))
    days = np.concatenate([pair.days for pair in pairs])
    return EvidenceTable(
        actors=[f"{place:08d}" for place in range(2 * len(pairs))],
        tie=np.arange(count),
        source=(2 * number).astype(np.int32),
        target=(2 * number + 1).astype(np.int32),
        mutual=np.zeros(count, bool),
        type=kinds.astype(np.int8),
        sign=signs,
        status=np.full(count, STATUSES.index("asserted"), np.int8),
        word=np.full(count, WORDS.index("author"), np.int8),
        since=days,
        until=np.full(count, NO_DAY, np.int32),
        published=days,
        origin=np.arange(count, dtype=np.int64),
        confidence=np.concatenate([pair.confidence for pair in pairs]),
        legal=np.zeros(count, bool),
    )
