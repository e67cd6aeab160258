"""Stance and shifts of ten million made ties among 100,000 actors: time and memory, and how they grow from one million.

    python -m benchmarks.stance_scale --ties 1000000 10000000

The ties go into the ledger's evidence table in bulk, as reading and resolving would have left them: actors by Zipf's law, so that some
pairs have thousands of ties and most one; acts and standing ties of all types; dates over 25 years. Each size runs in a process of its
own, whose peak memory is told. The first pair is asked of a ledger just opened, the others after it. Seconds of the processor stand beside
those of the clock, since the machine may do other things.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from frenemy.model import STATUSES, TIE_TYPES
from frenemy.pipeline import open_ledger

ACTORS = 100_000
YEAR = 2019
MAKE = """
INSERT INTO evidence
WITH drawn AS (
    SELECT
        number,
        CAST(floor(exp(random() * ln($actors + 1))) AS BIGINT) % $actors AS one,
        CAST(floor(exp(random() * ln($actors + 1))) AS BIGINT) % $actors AS near,
        $types[1 + CAST(floor(random() * len($types)) AS INTEGER)] AS type,
        DATE '2000-01-01' + CAST(floor(random() * 9131) AS INTEGER) AS day,
        random() AS luck
    FROM range($first, $last) AS numbers(number)
),
paired AS (
    SELECT *, (one + 1 + near) % $actors AS other FROM drawn
)
SELECT
    md5(CAST(number AS VARCHAR)) AS tie,
    md5(CAST(number // 12 AS VARCHAR)) AS document,
    least(one, other) << 31 | greatest(one, other) AS pair,
    one AS source,
    other AS target,
    false AS mutual,
    type,
    CASE WHEN luck < 0.12 THEN '0' WHEN (hash(pair) % 2 = 0) = (luck < 0.85) THEN '+' ELSE '-' END AS polarity,
    $statuses[1 + CAST(floor(pow(random(), 4) * len($statuses)) AS INTEGER)] AS status,
    CASE WHEN random() < 0.9 THEN 'author' ELSE 'other' END AS word,
    CASE WHEN random() < 0.4 THEN day END AS since,
    NULL AS until,
    day AS published,
    md5(CAST(number // 15 AS VARCHAR)) AS origin,
    0.2 + 0.8 * random() AS confidence,
    random() < 0.05 AS legal
FROM paired
WHERE one <> other
ORDER BY pair
"""

PAIRS = """
WITH drawn AS (
    SELECT pair, count(*) AS ties
    FROM evidence
    WHERE pair IN (SELECT pair FROM evidence USING SAMPLE 20 ROWS (reservoir, 7))
    GROUP BY pair
)
SELECT one.id, other.id, ties
FROM drawn
JOIN actor_numbers AS one ON one.number = pair >> 31
JOIN actor_numbers AS other ON other.number = pair & 2147483647
ORDER BY ALL
"""


def fill(path: Path, ties: int) -> None:
    """A ledger of so many ties."""
    with open_ledger(path) as ledger:
        ledger.rows("SELECT setseed(0.5)")
        ledger.rows(
            "INSERT INTO actors SELECT format('actor-{:06d}', n), format('Actor {}', n), 'person', [] FROM range(?) AS made(n)", [ACTORS]
        )
        ledger.rows("INSERT INTO actor_numbers SELECT format('actor-{:06d}', n), n FROM range(?) AS made(n)", [ACTORS])
        step = 1_000_000
        for first in range(0, ties, step):
            bounds = {"first": first, "last": min(first + step, ties), "actors": ACTORS}
            ledger.rows(MAKE, {**bounds, "types": list(TIE_TYPES), "statuses": list(STATUSES)})
        ledger.rows("UPDATE meta SET value = ? WHERE key = 'resolved'", ["0-0-0-0"])


def timed(question: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and answer."""
    began = time.perf_counter()
    answer = question()
    return time.perf_counter() - began, answer


def ask(path: Path) -> dict[str, Any]:
    """Ask a filled ledger all questions."""
    with open_ledger(path, read_only=True) as ledger:
        [(ties,)] = ledger.rows("SELECT count(*) FROM evidence")
        pairs = ledger.rows(PAIRS)
    from frenemy.pipeline.stances import stance_of

    times = []
    with open_ledger(path, read_only=True) as ledger:
        for one, other, _ in pairs:
            seconds, _ = timed(lambda one=one, other=other: stance_of(ledger, one, other, as_of=date(YEAR, 6, 30), mutual=True))
            times.append(seconds)
        spent = time.process_time()
        whole, shifts = timed(lambda: len(ledger.shifts(since=date(YEAR, 1, 1), until=date(YEAR, 12, 31))))
        spent = time.process_time() - spent
        one_actor, own = timed(lambda: len(ledger.shifts("actor-000400", since=date(YEAR, 1, 1), until=date(YEAR, 12, 31))))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "ties": ties,
        "biggest pair": max(count for *_, count in pairs),
        "first pair, ms": 1000 * times[0],
        "pair, median ms": 1000 * statistics.median(times[1:]),
        "pair, slowest ms": 1000 * max(times[1:]),
        "shifts of a year, s": whole,
        "the same, s of the processor": spent,
        "shifts": shifts,
        "shifts of one actor, s": one_actor,
        "its shifts": own,
        "file, MB": path.stat().st_size / 1e6,
        "peak memory, GB": peak,
    }


def main() -> None:
    """Fill and ask, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ties", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.ask:
        print(json.dumps(ask(args.ask)))
        return
    found: list[dict[str, Any]] = []
    for ties in args.ties:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "scale.duckdb"
            fill(path, ties)
            command = [sys.executable, "-m", "benchmarks.stance_scale", "--ask", str(path)]
            found.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    print_table(found)


def print_table(found: Sequence[dict[str, Any]]) -> None:
    """One column a size, and how much larger the last is than the first."""
    print("| |" + "".join(f" {one['ties']:,} ties |" for one in found) + " times |\n|" + "---|" * (len(found) + 2))
    for name in found[0]:
        figures = [one[name] for one in found]
        times = f" {figures[-1] / figures[0]:.1f} |" if figures[0] else " |"
        print(f"| {name} |" + "".join(f" {value:,.4g} |" for value in figures) + times)


if __name__ == "__main__":
    main()
