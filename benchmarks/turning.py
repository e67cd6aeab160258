"""Ways to say when a pair changed sides: ours, and those it is measured against. Each is strict by one number.

A way takes the pairs' ties and a strictness and gives, for each pair, the days on which it is said to have turned, each with the new side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from frenemy.analysis.shifts import find_shifts
from frenemy.analysis.stance import default_weights
from frenemy.model.evidence import EvidenceTable, day_number

Turns = list[list[tuple[int, int]]]
"""For each pair the days of its turns, and the side it turned to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The signed ties of one pair by day, with their weights."""

    days: npt.NDArray[np.int32]
    signs: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float64]


def ours(table: EvidenceTable, pairs: Sequence[tuple[str, str]], strictness: Sequence[float]) -> dict[float, Turns]:
    """frenemy's shifts between friends and foes, from so many probabilities on."""
    weights = default_weights()
    found = find_shifts(table, weights=replace(weights, shift=replace(weights.shift, probability=min(strictness))))
    place = {pair: number for number, pair in enumerate(pairs)}
    turns: dict[float, Turns] = {least: [[] for _ in pairs] for least in strictness}
    for shift in found:
        for least in strictness:
            if shift.turned and shift.probability >= least:
                turns[least][place[shift.source, shift.target]].append((day_number(shift.at), 1 if shift.after == "+" else -1))
    return turns


def last_sign(series: Series, run: float) -> Iterator[tuple[int, int]]:
    """A turn where so many ties in a row bear the other sign; one in a row is the last sign itself."""
    side, row = 0, 0
    for number, sign in enumerate(series.signs.tolist()):
        row = row + 1 if number and sign == series.signs[number - 1] else 1
        if sign != side and row >= run:
            if side:
                yield int(series.days[number - int(run) + 1]), sign
            side = sign


def moving_average(series: Series, level: float, *, ties: int = 5) -> Iterator[tuple[int, int]]:
    """A turn where the weighted mean sign of the last five ties comes to lie beyond a level on the other side."""
    side = 0
    for stop in range(1, len(series.signs) + 1):
        window = slice(max(0, stop - ties), stop)
        mean = float(np.average(series.signs[window], weights=series.weights[window]))
        if abs(mean) >= level and np.sign(mean) != side:
            if side:
                yield int(series.days[stop - 1]), int(np.sign(mean))
            side = int(np.sign(mean))


def pelt(series: Series, penalty: float) -> Iterator[tuple[int, int]]:
    """A turn where the mean sign changes between the segments of the optimal partition with a penalty a segment (R. Killick, P. Fearnhead
    and I. Eckley, Optimal detection of changepoints with a linear computational cost, 2012), by the library ruptures.
    """
    import ruptures

    if len(series.signs) < 2:
        return
    ends = ruptures.KernelCPD(kernel="linear", min_size=1).fit(series.signs.astype(float)[:, None]).predict(pen=penalty)
    side = 0
    for start, stop in zip([0, *ends[:-1]], ends, strict=True):
        mean = float(np.average(series.signs[start:stop], weights=series.weights[start:stop]))
        if mean and np.sign(mean) != side:
            if side:
                yield int(series.days[start]), int(np.sign(mean))
            side = int(np.sign(mean))


BASELINES: Mapping[str, tuple[Callable[[Series, float], Iterator[tuple[int, int]]], Sequence[float]]] = {
    "last sign, so many in a row": (last_sign, (1, 2, 3, 4, 5, 6, 8, 10)),
    "moving average of 5 ties": (moving_average, (0.05, 0.2, 0.4, 0.6, 0.8, 0.99)),
    "PELT (ruptures)": (pelt, (0.5, 1, 2, 3, 4, 6, 8, 10, 14, 20, 30)),
}
PROBABILITIES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
OURS = "frenemy, from a probability on"


def all_ways(table: EvidenceTable, pairs: Sequence[tuple[str, str]], series: Sequence[Series]) -> dict[str, dict[float, Turns]]:
    """What each way says, by its strictness."""
    found = {OURS: ours(table, pairs, PROBABILITIES)}
    for name, (way, strictness) in BASELINES.items():
        found[name] = {level: [list(way(one, level)) for one in series] for level in strictness}
    return found
