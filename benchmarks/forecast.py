"""Forecasts of the sign of the next tie, 1 and 5 years ahead, beside "the last sign stays" and the base rate of signs.

    python -m benchmarks.forecast --shared ../shared

At the end of every year, for every pair with a signed tie so far: the sign of its first signed tie from 1 or 5 years later on, if one
comes within a year of that. A forecast is the probability that it is friendly; where that day has ties of both signs, their share is what
came. The chain's is friendly (1 - e) + divided / 2 + hostile e, with the error e of `weights.toml`. "The last sign stays" has two numbers,
the rates of friendly ties after a last tie that was friendly, or hostile, and "base rate" one; both are taken from earlier years (states:
up to 1945; later ones are tested) or other pairs (made ones), while nothing of the shipped chain is. "Chain, fitted" has its rate and
error from the same data by log loss on a grid, to tell what is the parameters' fault and what the chain's.

States: militarised disputes (hostile) and alliances in force (friendly), as in `benchmarks/shifts.py`, each alliance anew on the first
day of each year. *Contested* are pairs with ties of both signs up to the date of the forecast. Made pairs: `benchmarks/planted.py`, where
the sign of a tie is wrong with a probability of `noise`.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from benchmarks.planted import YEARS, as_table, make_pairs
from benchmarks.shifts import state_evidence

from frenemy.analysis.forecast.chain import carried
from frenemy.analysis.shifts import Observations, believe, observe
from frenemy.analysis.stance import default_weights
from frenemy.analysis.stance.weights import DAYS, ShiftWeights
from frenemy.model.evidence import day_number, day_of, tabulate

Floats = npt.NDArray[np.float64]
HORIZONS = (1, 5)
RATES, ERRORS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5), (0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3)
LAST_TRAINED = 1945
SURE = 1e-6
"""A forecast is at least this far from 0 and 1."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cases:
    """What there was to be forecast: `at` and `target` are days, `seen` the place of the last observation, `came` the share of friendly."""

    at: npt.NDArray[np.int64]
    target: npt.NDArray[np.int64]
    seen: npt.NDArray[np.int64]
    last: npt.NDArray[np.int8]
    contested: npt.NDArray[np.bool_]
    came: Floats

    def take(self, keep: npt.NDArray[np.bool_]) -> Cases:
        """Some of them."""
        return Cases(**{name: getattr(self, name)[keep] for name in self.__slots__})


def cases(observed: Observations, ends: list[int], horizon: int) -> Cases:
    """All cases of one horizon, the forecasts made on the days `ends`."""
    columns: dict[str, list[Any]] = {name: [] for name in Cases.__slots__}
    starts = np.flatnonzero(np.diff(observed.pair, prepend=-1))
    for start, stop in zip(starts.tolist(), np.append(starts[1:], len(observed.pair)).tolist(), strict=True):
        days, signs = observed.day[start:stop].astype(np.int64), observed.sign[start:stop]
        for at in ends:
            before = int(np.searchsorted(days, at, side="right"))
            target = round(at + horizon * DAYS)
            first = int(np.searchsorted(days, target, side="right"))
            if not before or first == len(days) or days[first] > target + DAYS:
                continue
            same = signs[first : int(np.searchsorted(days, days[first], side="right"))]
            row = (at, target, start + before - 1, signs[before - 1], len(set(signs[:before].tolist())) > 1, float((same > 0).mean()))
            for name, value in zip(Cases.__slots__, row, strict=True):
                columns[name].append(value)
    return Cases(**{name: np.array(values) for name, values in columns.items()})


def chain(observed: Observations, found: Cases, weights: ShiftWeights) -> Floats:
    """The probability that the tie is friendly, by the chain."""
    beliefs = believe(observed, weights)
    years = (found.target - observed.day[found.seen]) / DAYS
    sides = carried(beliefs.so_far[found.seen], years, beliefs.usual, weights.rate)
    return np.asarray(sides @ np.array([1 - weights.error, 0.5, weights.error]))


def fitted(observed: Observations, found: Cases, weights: ShiftWeights) -> ShiftWeights:
    """The rate and error of the grid with the least log loss."""
    grid = [replace(weights, rate=rate, error=error) for rate in RATES for error in ERRORS]
    return min(grid, key=lambda one: log_loss(chain(observed, found, one), found.came))


def brier(said: Floats, came: Floats) -> float:
    """The mean squared distance of forecasts from what came (G. Brier, Verification of forecasts, 1950)."""
    return float(np.mean((said - came) ** 2))


def log_loss(said: Floats, came: Floats) -> float:
    """The mean of minus the logarithm of the probability that was given to what came."""
    safe = np.clip(said, SURE, 1 - SURE)
    return float(-np.mean(came * np.log(safe) + (1 - came) * np.log(1 - safe)))


def compare(train: tuple[Observations, Cases], test: tuple[Observations, Cases]) -> dict[str, Floats]:
    """What each way forecasts for the cases of the test."""
    shipped, (observed, found) = default_weights().shift, test
    learnt = train[1]
    rates = {sign: float(learnt.came[learnt.last == sign].mean()) for sign in (-1, 1)}
    tuned = fitted(*train, shipped)
    return {
        "frenemy's chain": chain(observed, found, shipped),
        f"chain, fitted (rate {tuned.rate:g}, error {tuned.error:g})": chain(observed, found, tuned),
        f"last sign stays ({rates[1]:.3f}, {1 - rates[-1]:.3f})": np.where(found.last > 0, rates[1], rates[-1]),
        "base rate": np.full(len(found.came), learnt.came.mean()),
    }


def show(what: str, horizon: int, ways: dict[str, Floats], found: Cases) -> None:
    """Rows of the table: all cases, and the contested ones."""
    for name, keep in (("all", np.ones(len(found.came), bool)), ("contested", found.contested)):
        for way, said in ways.items():
            figures = f"{brier(said[keep], found.came[keep]):.4f} | {log_loss(said[keep], found.came[keep]):.4f}"
            print(f"| {what} | {horizon} | {name} | {int(keep.sum()):,} | {way} | {figures} |")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    print("| ties | years | pairs | cases | way | Brier | log loss |\n|---|---|---|---|---|---|---|")
    states = state_evidence(args.shared / "data/networks/cow_peacesciencer")
    observed = observe(tabulate([replace(tie, until=None) for tie in states]), default_weights())
    ends = [day_number(date(year, 12, 31)) for year in range(1820, 2015)]
    for horizon in HORIZONS:
        found = cases(observed, ends, horizon)
        early = np.array([(day_of(int(day)) or date.max).year <= LAST_TRAINED for day in found.target])
        late = np.array([(day_of(int(day)) or date.min).year > LAST_TRAINED for day in found.at])
        test = found.take(late)
        show("states", horizon, compare((observed, found.take(early)), (observed, test)), test)
    for noise in (0.1, 0.2, 0.3):
        halves = [observe(as_table(make_pairs(2000, noise=noise, seed=seed)), default_weights()) for seed in (1, 2)]
        ends = [round(year * DAYS) for year in range(1, YEARS)]
        for horizon in HORIZONS:
            train, test = ((half, cases(half, ends, horizon)) for half in halves)
            show(f"made, noise {noise}", horizon, compare(train, test), test[1])


if __name__ == "__main__":
    main()
