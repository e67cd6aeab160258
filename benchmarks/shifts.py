"""Shifts found, beside "last sign", a moving average and PELT: on made pairs, on states and their rivalries, and on the seeds.

    python -m benchmarks.shifts --shared ../shared

*Made pairs* (`benchmarks/planted.py`): the strictness of each way is set on one half of the pairs so that at most one in twenty pairs
without a change gets a false turn; told is how many changes the other half's turns hit within a year, with the right side.

*States*: the evidence are militarised disputes (hostile) and alliances in force (friendly), one tie a dispute and year, or alliance and
year. The truth is another data set's list of rivalries with the years in which they began and ended. A turn to hostile hits a rivalry that
began within five years of it, a turn to friendly one that ended; a turn to hostile of a pair that was never a rival is false. Ways are
compared where they make as many false turns per pair. Beside that, how well the stance of a pair, every five years from 1850, tells rivals
from others: the area under the curve of true and false positives.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.planted import Made, as_table, make_pairs
from benchmarks.turning import OURS, Series, Turns, all_ways

from frenemy.model import Evidence
from frenemy.model.evidence import EvidenceTable, tabulate

ALARMS = 0.05
YEAR = 365
Pair = tuple[str, str]


# --- made pairs ---------------------------------------------------------------------------------------------------------------------------


def planted(noise: float) -> list[tuple[str, float, float, float, float]]:
    """For each way its strictness, false alarms, hits and median days off on the second half of the pairs."""
    halves = []
    for seed in (1, 2):
        made = make_pairs(2000, noise=noise, seed=seed)
        series = [Series(days=one.days, signs=one.signs, weights=np.sqrt(one.confidence)) for one in made]
        names = [(f"{2 * number:08d}", f"{2 * number + 1:08d}") for number in range(len(made))]
        halves.append((made, all_ways(as_table(made), names, series)))
    rows = []
    for way in halves[0][1]:
        tuned = {level: _planted_score(halves[0][0], turns) for level, turns in halves[0][1][way].items()}
        allowed = {level: score for level, score in tuned.items() if score[0] <= ALARMS}
        level = max(allowed, key=lambda level: allowed[level][1]) if allowed else min(tuned, key=lambda level: tuned[level][0])
        rows.append((way, level, *_planted_score(halves[1][0], halves[1][1][way][level])))
    return rows


def _planted_score(made: Sequence[Made], turns: Turns) -> tuple[float, float, float]:
    """Pairs without a change that turn, changes that are hit within a year, and how many days off the hits are in the median."""
    still = [bool(found) for one, found in zip(made, turns, strict=True) if one.change is None]
    off = [
        min((abs(day - one.change) for day, side in found if side == -one.side), default=10**6)
        for one, found in zip(made, turns, strict=True)
        if one.change is not None
    ]
    hits = [days for days in off if days <= YEAR]
    return float(np.mean(still)), len(hits) / len(off), float(np.median(hits)) if hits else float("nan")


# --- states -------------------------------------------------------------------------------------------------------------------------------

HOSTILE = {2: "THREATEN", 3: "MOBILIZE", 4: "ASSAULT", 5: "ASSAULT"}
REACH = 5


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _pair(row: dict[str, str]) -> Pair:
    one, other = sorted((f"{int(row['ccode1']):03d}", f"{int(row['ccode2']):03d}"))
    return one, other


def state_evidence(folder: Path) -> list[Evidence]:
    """Disputes and alliances as ties, each pair and year once; disputes whose months are known in theirs."""
    ties: dict[tuple[Any, ...], Evidence] = {}

    def add(row: dict[str, str], kind: str, sign: str, month: int, what: str) -> None:
        one, other = _pair(row)
        day = date(int(row["year"]), month, 1)
        until = date(int(row["year"]), 12, 31) if kind == "ALLIED_WITH" else None
        name = f"{what}-{one}-{other}-{row['year']}"
        said = {"mutual": True, "type": kind, "polarity": sign, "status": "asserted", "word": "author", "confidence": 1.0}
        dated = {"since": day, "until": until, "published": day, "origin": name}
        ties[name, kind] = Evidence(tie=name, source=one, target=other, **said, **dated)

    for row in _read(folder / "gml_mid_ddydisps.csv"):
        kind = HOSTILE.get(int(float(row["hostlev"] or 0)))
        if kind:
            began = int(float(row["stmon"] or 0)) if row["gmlmidonset"] == "1" else 0
            add(row, kind, "-", began if 1 <= began <= 12 else 1, f"dispute-{row['dispnum']}")
    for row in _read(folder / "cow_alliance.csv"):
        if row["cow_defense"] == "1" or row["cow_entente"] == "1" or row["cow_nonagg"] == "1":
            add(row, "ALLIED_WITH", "+", 1, "alliance")
    return list(ties.values())


def rivalries(folder: Path) -> dict[Pair, list[tuple[int, int]]]:
    """The years in which each pair's rivalries began and ended."""
    found: dict[Pair, list[tuple[int, int]]] = defaultdict(list)
    for row in _read(folder / "tss_rivalries.csv"):
        end = row["end"].strip()
        found[_pair(row)].append((int(float(row["start"])), int(float(end)) if end and end != "NA" else 9999))
    return found


def as_series(table: EvidenceTable) -> tuple[list[Pair], list[Series]]:
    """The pairs with ties of both signs, and their ties by day."""
    pairs, series = [], []
    key = np.minimum(table.source, table.target).astype(np.int64) * len(table.actors) + np.maximum(table.source, table.target)
    order = np.lexsort((table.day, key))
    for rows in np.split(order, np.flatnonzero(np.diff(key[order])) + 1):
        if len(set(table.sign[rows].tolist())) == 2:
            one, other = divmod(int(key[rows[0]]), len(table.actors))
            pairs.append((table.actors[one], table.actors[other]))
            series.append(Series(days=table.day[rows], signs=table.sign[rows], weights=np.ones(len(rows))))
    return pairs, series


def states(folder: Path) -> list[tuple[str, float, float, float, float, int]]:
    """For each way and strictness: false turns a pair, recall of beginnings and of ends, precision of turns of rivals, and turns."""
    table, truth = tabulate(state_evidence(folder)), rivalries(folder)
    pairs, series = as_series(table)
    changes = {pair: list(_changes(one, truth.get(pair, []))) for pair, one in zip(pairs, series, strict=True)}
    rows = []
    for way, by_level in all_ways(_only(table, pairs), pairs, series).items():
        for level, turns in by_level.items():
            rows.append((way, level, *_state_score(pairs, truth, changes, turns)))
    return rows


def _only(table: EvidenceTable, pairs: Sequence[Pair]) -> EvidenceTable:
    wanted = set(pairs)
    ends = zip(table.source.tolist(), table.target.tolist(), strict=True)
    return table.take(np.array([(min(table.actors[s], table.actors[t]), max(table.actors[s], table.actors[t])) in wanted for s, t in ends]))


def _changes(series: Series, spells: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The beginnings and ends of rivalries that the ties can show: friendly and hostile ones stand on either side, within twenty years."""
    years = series.days / 365.25 + 1970
    found = []
    for start, end in spells:
        for year, side in ((start, -1), (end, 1)):
            before = series.signs[(years >= year - 20) & (years < year)]
            after = series.signs[(years >= year) & (years < year + 20)]
            if (before == -side).any() and (after == side).any():
                found.append((year, side))
    return found


def _state_score(
    pairs: Sequence[Pair], truth: dict[Pair, list[tuple[int, int]]], changes: dict[Pair, list[tuple[int, int]]], turns: Turns
) -> tuple[float, float, float, float, int]:
    hit: dict[int, list[bool]] = {-1: [], 1: []}
    right: list[bool] = []
    false = strangers = 0
    for pair, found in zip(pairs, turns, strict=True):
        dated = [(day / 365.25 + 1970, side) for day, side in found]
        for year, side in changes[pair]:
            hit[side].append(any(sign == side and abs(at - year) <= REACH for at, sign in dated))
        spells = truth.get(pair, [])
        known = [(start, -1) for start, _ in spells] + [(end, 1) for _, end in spells]
        right += [any(sign == side and abs(at - year) <= REACH for year, side in known) for at, sign in dated if spells]
        if not spells:
            strangers += 1
            false += sum(side < 0 for _, side in dated)
    return (
        false / strangers,
        float(np.mean(hit[-1])),
        float(np.mean(hit[1])),
        float(np.mean(right)) if right else 0.0,
        len(hit[-1]) + len(hit[1]),
    )


def tells_rivals(folder: Path) -> dict[str, float]:
    """For each way the chance that a pair of rivals stands lower than another pair, over pairs with ties so far, every five years."""
    from scipy.stats import rankdata

    from frenemy.analysis.stance import fold, seen

    table, truth = tabulate(state_evidence(folder)), rivalries(folder)
    table = table.take(np.argsort(table.day, kind="stable"))
    values: dict[str, list[Any]] = defaultdict(list)
    rivals: list[bool] = []
    for year in range(1850, 2011, 5):
        day = date(year, 12, 31)
        so_far = seen(table, as_of=day)
        folded = fold(so_far, day, mutual=True)
        low, high = np.minimum(so_far.source, so_far.target), np.maximum(so_far.source, so_far.target)
        signs: dict[Pair, list[int]] = defaultdict(list)
        for one, other, sign in zip(low.tolist(), high.tolist(), so_far.sign.tolist(), strict=True):
            signs[table.actors[one], table.actors[other]].append(sign)
        for one, other, value in zip(folded.source, folded.target, folded.value, strict=True):
            pair = table.actors[one], table.actors[other]
            values["frenemy's stance"].append(value)
            values["last sign"].append(signs[pair][-1])
            values["mean of the last 5 signs"].append(np.mean(signs[pair][-5:]))
            rivals.append(any(start <= year <= end for start, end in truth.get(pair, [])))
    is_rival = np.array(rivals)
    found = {"pairs and years": float(len(rivals)), "of rivals": float(is_rival.sum())}
    for name, value in values.items():
        rank = rankdata(-np.array(value))
        found[name] = float((rank[is_rival].mean() - (is_rival.sum() + 1) / 2) / (~is_rival).sum())
    return found


def at_alarms(rows: Sequence[tuple[Any, ...]], way: str, alarms: float) -> tuple[float, ...]:
    """A way's figures at so many false turns a pair, between its two nearest strictnesses."""
    own = sorted((row[2:6] for row in rows if row[0] == way), key=lambda row: row[0])
    x = [row[0] for row in own]
    return tuple(float(np.interp(alarms, x, [row[column] for row in own])) for column in (1, 2, 3))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    print("| noise | way | strictness | false alarms | hits within a year | days off, median |\n|---|---|---|---|---|---|")
    for noise in (0.1, 0.2, 0.3):
        for way, level, alarms, hits, off in planted(noise):
            print(f"| {noise} | {way} | {level:g} | {alarms:.3f} | {hits:.3f} | {off:.0f} |")
    rows = states(args.shared / "data/networks/cow_peacesciencer")
    alarms = next(row[2] for row in rows if row[:2] == (OURS, 0.5))
    print(f"\nstates: {rows[0][6]} beginnings and ends of rivalries; {alarms:.2f} false turns a pair\n")
    print("| way | beginnings found | ends found | turns of rivals that are right |\n|---|---|---|---|")
    for way in dict.fromkeys(row[0] for row in rows):
        print(f"| {way} |" + "".join(f" {value:.3f} |" for value in at_alarms(rows, way, alarms)))
    print("\n| rivals told from others | |\n|---|---|")
    for name, figure in tells_rivals(args.shared / "data/networks/cow_peacesciencer").items():
        print(f"| {name} | {figure:,.4g} |")
    print("\n| way | strictness | false turns a pair | beginnings | ends | right |\n|---|---|---|---|---|---|")
    for row in rows:
        print(f"| {row[0]} | {row[1]:g} |" + "".join(f" {value:.3f} |" for value in row[2:6]))


if __name__ == "__main__":
    main()
