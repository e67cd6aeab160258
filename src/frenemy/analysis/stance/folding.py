"""All ties of each pair folded into one stance: value, interval and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.stance.intervals import posterior
from frenemy.analysis.stance.weighing import aged, said, shared, values
from frenemy.analysis.stance.weights import Weights, default_weights
from frenemy.model import Stance
from frenemy.model.evidence import NO_DAY, EvidenceTable, day_number


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Folded:
    """Stances as arrays, one place a pair: `source` and `target` are places in the table's actors.

    `share` holds each tie's signed part of its pair's value, in the order of `pair` and `tie`; a pair's shares add up to its value.
    """

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    pair: NDArray[np.int64]
    tie: NDArray[Any]
    share: NDArray[np.float64]
    weight: NDArray[np.float64]


def seen(table: EvidenceTable, *, as_of: date | None = None, known_by: date | None = None, min_confidence: float = 0.0) -> EvidenceTable:
    """The evidence that had happened by a date and was printed by another; what lacks the date that is asked about is left out."""
    keep = table.confidence >= min_confidence
    if as_of is not None:
        day = table.day
        keep &= (day <= day_number(as_of)) & (day != day_number(None))
    if known_by is not None:
        keep &= (table.published <= day_number(known_by)) & (table.published != day_number(None))
    return table.take(keep)


def paired(table: EvidenceTable, *, mutual: bool) -> tuple[EvidenceTable, NDArray[np.int64]]:
    """The evidence by pair, and the row that each comes from: of both ways the smaller place first, or one way, the mutual ones both."""
    rows = np.arange(len(table))
    if mutual:
        return replace(table, source=np.minimum(table.source, table.target), target=np.maximum(table.source, table.target)), rows
    back = np.flatnonzero(table.mutual)
    rows = np.concatenate([rows, back])
    source, target = np.concatenate([table.source, table.target[back]]), np.concatenate([table.target, table.source[back]])
    return replace(table.take(rows), source=source, target=target), rows


def fold(table: EvidenceTable, at: date, *, mutual: bool = False, weights: Weights | None = None) -> Folded:
    """Every pair's stance at a date, from the evidence that is given."""
    weights = weights or default_weights()
    weight = said(table, weights) * aged(table, day_number(at), weights)
    counts = (weight > 0) & (table.source != table.target)
    table, weight = table.take(counts), weight[counts]
    one, other = np.minimum(table.source, table.target), np.maximum(table.source, table.target)
    weight = shared(table, weight, one.astype(np.int64) * len(table.actors) + other, weights)
    both, rows = paired(table, mutual=mutual)
    weight = weight[rows]
    key, pair = np.unique(both.source.astype(np.int64) * len(table.actors) + both.target, return_inverse=True)
    x = values(both, weights)
    total, first, second = (np.bincount(pair, part, minlength=len(key)).astype(np.float64) for part in (weight, weight * x, weight * x * x))
    value, low, high = posterior(total, first, second, weights)
    return Folded(
        source=key // max(len(table.actors), 1),
        target=key % max(len(table.actors), 1),
        value=value,
        low=low,
        high=high,
        pair=pair,
        tie=both.tie,
        share=weight * x / (weights.prior_stories + total[pair]),
        weight=weight,
    )


def stances(table: EvidenceTable, at: date, *, mutual: bool = False, weights: Weights | None = None) -> Iterator[Stance]:
    """Every pair's stance at a date as values, with its ties, weightiest first; by source and target.

    >>> from frenemy.model import Evidence
    >>> from frenemy.model.evidence import tabulate
    >>> row = dict(source="a", target="b", mutual=False, status="asserted", word="author", until=None, published=None, confidence=1.0)
    >>> table = tabulate([
    ...     Evidence(tie="old", type="ACCUSE", polarity="-", since=date(2017, 1, 1), origin="s1", **row),
    ...     Evidence(tie="new", type="SUPPORT", polarity="+", since=date(2024, 1, 1), origin="s2", **row),
    ... ])
    >>> [one] = stances(table, date(2024, 1, 1))
    >>> round(one.value, 2), [tie for tie, _ in one.because], round(sum(share for _, share in one.because), 2)
    (0.24, ['new', 'old'], 0.24)
    """
    folded = fold(table, at, mutual=mutual, weights=weights)
    order = np.lexsort((folded.tie, -folded.weight, -np.abs(folded.share), folded.pair))
    starts = np.searchsorted(folded.pair[order], np.arange(len(folded.value) + 1))
    for number in range(len(folded.value)):
        rows = order[starts[number] : starts[number + 1]]
        yield Stance(
            source=table.actors[folded.source[number]],
            target=table.actors[folded.target[number]],
            mutual=mutual,
            at=at,
            value=float(folded.value[number]),
            low=float(folded.low[number]),
            high=float(folded.high[number]),
            because=tuple(zip(map(str, folded.tie[rows]), map(float, folded.share[rows]), strict=True)),
        )


def unknown(source: str, target: str, *, mutual: bool, at: date, weights: Weights | None = None) -> Stance:
    """The stance of a pair that no tie speaks of: zero, and as wide as the prior leaves it."""
    nothing = np.zeros(1)
    value, low, high = posterior(nothing, nothing, nothing, weights or default_weights())
    return Stance(source=source, target=target, mutual=mutual, at=at, value=float(value[0]), low=float(low[0]), high=float(high[0]))


def curve(table: EvidenceTable, *, mutual: bool = False, weights: Weights | None = None) -> list[Stance]:
    """Every pair's stance as of the last day of each month that the evidence is dated in."""
    day = table.day
    months = np.unique(day[day != NO_DAY].astype("datetime64[D]").astype("datetime64[M]"))
    ends: list[date] = ((months + 1).astype("datetime64[D]") - 1).tolist()
    return [stance for end in ends for stance in stances(seen(table, as_of=end), end, mutual=mutual, weights=weights)]
