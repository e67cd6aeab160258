"""The web app under load: how fast the network is painted and stepped through, and how fast the server answers with ten million ties.

    python -m benchmarks.web --folder FOLDER

Two made ledgers are filled in bulk in FOLDER, as reading and resolving would have left them, with real quotes at real offsets, and used
again by the next run: one of 2,000 actors and 20,000 ties for the browser (Playwright on the machine's Chromium, without a graphics card),
one of 100,000 actors and ten million ties for the server. What the server works out once a state of the ledger (preparing) is told apart
from its answers. Each question is asked of `--rounds` actors, pairs or documents, one after the other, with nothing cached by the asker;
the wall clock is told beside the time that the server's process had a processor, since the machine may be shared.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from frenemy.ledger import evidence
from frenemy.model import STATUSES, TIE_TYPES
from frenemy.pipeline import open_ledger

A_DOCUMENT = 12
"""Ties of a document."""
STEP = 1_200_000
SENTENCE = "format('Actor {:06d} spoke of Actor {:06d}, as item {:09d} has it. ', one, other, number)"
LENGTH = len("Actor 000000 spoke of Actor 000000, as item 000000000 has it. ")
OTHER = LENGTH - len("Actor 000000, as item 000000000 has it. ")
NAME = len("Actor 000000")
CHUNK = f"""
CREATE OR REPLACE TEMP TABLE drawn AS
WITH numbered AS (
    SELECT
        number,
        number // {A_DOCUMENT} AS doc,
        number % {A_DOCUMENT} AS place,
        CAST(floor(exp(random() * ln($actors + 1))) AS BIGINT) % $actors AS one,
        CAST(floor(exp(random() * ln($actors + 1))) AS BIGINT) % $actors AS near,
        $types[1 + CAST(floor(random() * len($types)) AS INTEGER)] AS type,
        $statuses[1 + CAST(floor(pow(random(), 4) * len($statuses)) AS INTEGER)] AS status,
        random() AS luck,
        0.2 + 0.8 * random() AS confidence
    FROM range($first, $last) AS numbers(number)
)
SELECT
    *,
    (one + 1 + near) % $actors AS other,
    DATE '2000-01-01' + CAST(hash(doc) % 9131 AS INTEGER) AS day,
    md5(CAST(number AS VARCHAR)) AS id,
    CASE WHEN luck < 0.12 THEN '0' WHEN (one % 8 = ((one + 1 + near) % $actors) % 8) = (luck < 0.85) THEN '+' ELSE '-' END AS polarity
FROM numbered
WHERE near + 1 < $actors;
"""
RANKED = "CREATE OR REPLACE TEMP TABLE ranked AS SELECT *, row_number() OVER (PARTITION BY doc ORDER BY number) - 1 AS rank FROM drawn"
TEXTS = (
    f"CREATE OR REPLACE TEMP TABLE texts AS SELECT doc, any_value(day) AS day, string_agg({SENTENCE}, '' ORDER BY rank) AS text "
    "FROM ranked GROUP BY doc"
)
DRAWN = "CREATE OR REPLACE TEMP TABLE drawn AS SELECT ranked.*, sha256(text) AS document FROM ranked JOIN texts USING (doc)"
FILL = (
    "INSERT INTO documents SELECT sha256(text), 'doc-' || doc, text, 'News item ' || doc, day, NULL, 'The Bench', NULL, 'en', NULL, "
    "TIMESTAMP '2025-01-01' FROM texts",
    "INSERT INTO ties SELECT id, document, {at}, {at} + {name}, {source}, {source}, 'person', 'name', {at} + {other}, "
    "{at} + {other} + {name}, {target}, {target}, 'person', 'name', type, polarity, status, false, 'author', NULL, NULL, NULL, {at}, "
    "{at} + {length} - 1, rtrim({sentence}), confidence, 'bench', TIMESTAMP '2025-01-01' FROM drawn",
    "INSERT INTO mentions SELECT document, {at}, {at} + {name}, {source}, {source}, 'person', 'name' FROM drawn UNION ALL "
    "SELECT document, {at} + {other}, {at} + {other} + {name}, {target}, {target}, 'person', 'name' FROM drawn",
    "INSERT INTO actor_members SELECT DISTINCT format('actor-{{:06d}}', actor), document, format('Actor {{:06d}}', actor), false "
    "FROM (SELECT unnest([one, other]) AS actor, document FROM drawn)",
    "INSERT INTO stories SELECT sha256(text), sha256(text), [] FROM texts",
    "CREATE OR REPLACE TEMP TABLE stale AS SELECT sha256(text) AS document FROM texts",
)


def fill(path: Path, ties: int, actors: int) -> None:
    """A ledger of about so many ties among so many actors: each document has up to `A_DOCUMENT`, each a sentence of it.

    A tie that an actor would have to itself is left out, and the sentences after it close up, so that every quote stands at its offsets.
    """
    at = f"(rank * {LENGTH})"
    names = {"source": "format('Actor {:06d}', one)", "target": "format('Actor {:06d}', other)"}
    said = {**names, "at": at, "name": NAME, "other": OTHER, "length": LENGTH, "sentence": SENTENCE}
    with open_ledger(path) as ledger:
        ledger.rows("SELECT setseed(0.5)")
        made = "SELECT format('actor-{:06d}', n), format('Actor {:06d}', n), 'person', [] FROM range(?) AS numbers(n)"
        ledger.rows(f"INSERT INTO actors {made}", [actors])
        ledger.rows(evidence.NUMBER)
        for first in range(0, ties, STEP):
            bounds = {"first": first, "last": min(first + STEP, ties), "actors": actors}
            ledger.rows(CHUNK, {**bounds, "types": list(TIE_TYPES), "statuses": list(STATUSES)})
            for sql in (RANKED, TEXTS, DRAWN, *(sql.format(**said) for sql in FILL)):
                ledger.rows(sql)
            ledger.rows(evidence.MAKE, {"standing": [name for name, kind in TIE_TYPES.items() if not kind.is_act], "law": evidence.LAW})
        counts = ledger.counts()
        state = "-".join(str(counts[table]) for table in ("documents", "mentions", "judgements", "ties"))
        ledger.rows("UPDATE meta SET value = ? WHERE key = 'resolved'", [state])
        false = ledger.false_quotes() if ties <= 100_000 else []
        if false:
            raise SystemExit(f"The made quotes are false: {false[0]}")


# --- asking -------------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the wall clock, the server's processor time, the bytes, and how long it had been prepared before."""

    wall: float
    processor: float
    size: int
    prepared: float
    says: Any


class Asker:
    """Asks a served ledger, and reads the clocks of its process (Linux)."""

    def __init__(self, address: str, process: int) -> None:
        self.address, self.process = address, process

    def processor(self) -> float:
        """Seconds that the server had a processor so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """The most memory that the server had so far, in GB."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        return int(status.split("VmHWM:")[1].split()[0]) / 1e6

    def ask(self, path: str) -> Answer:
        """One answer, asked for until it is prepared; only the last asking is timed."""
        first = time.perf_counter()
        while True:
            began, had = time.perf_counter(), self.processor()
            with urlopen(self.address + path) as answer:
                body, status = answer.read(), answer.status
            if status != 202:
                break
            time.sleep(0.2)
        now = time.perf_counter()
        says = json.loads(body) if body[:1] == b"{" else None
        return Answer(wall=now - began, processor=self.processor() - had, size=len(body), prepared=began - first, says=says)


@contextmanager
def served(path: Path) -> Iterator[Asker]:
    """The app over a ledger, in a process of its own."""
    command = [sys.executable, "-c", "from frenemy.views.cli import main; main()", "serve", "--ledger", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield Asker(server.stdout.readline().split()[3], server.pid)
        finally:
            server.terminate()


def questions(asker: Asker, rounds: int) -> dict[str, list[str]]:
    """Addresses by the kind of question, over actors from the most to the least tied that the list shows, and their pairs and documents."""
    actors = [asker.ask(f"api/actors?offset={offset}&limit=1").says["items"][0]["id"] for offset in (4**n for n in range(rounds))]
    pairs = [f"{one}/{other}" for one, other in zip(actors, actors[1:] + actors[:1], strict=True)]
    ties = [tie for pair in pairs for tie in asker.ask(f"api/pairs/{pair}/ties").says["items"][:2]]
    return {
        "ledger": ["api/ledger"] * rounds,
        "search": [f"api/search?q={actor.replace('-', '%20')}" for actor in actors],
        "list of actors": [f"api/actors?offset={1000 * n}" for n in range(rounds)],
        "actor": [f"api/actors/{actor}" for actor in actors],
        "network": ["api/network"] * rounds,
        "network, all steps": ["api/network/frames"] * rounds,
        "pair": [f"api/pairs/{pair}" for pair in pairs],
        "ties of a pair": [f"api/pairs/{pair}/ties" for pair in pairs],
        "quote in its document": [f"api/ties/{tie['id']}" for tie in ties],
        "list of documents": [f"api/documents?offset={50_000 * n}" for n in range(rounds)],
        "documents by words": [f"api/documents?q=item%20{n}77" for n in range(rounds)],
        "document": [f"api/documents/{tie['document']}" for tie in ties],
    }


def answers(path: Path, rounds: int) -> None:
    """Print how long each kind of answer takes."""
    with served(path) as asker:
        began, had = time.perf_counter(), asker.processor()
        for part in ("api/actors", "api/network", "api/actors/actor-000001"):
            asker.ask(part)
        took, worked = time.perf_counter() - began, asker.processor() - had
        print(f"Prepared in {took:.0f} s ({worked:.0f} s of processor time), {asker.memory():.1f} GB at most.")
        print("\n| answer | median, ms | slowest, ms | processor, median ms | processor, slowest ms | kB |\n|---|---|---|---|---|---|")
        for kind, paths in questions(asker, rounds).items():
            found = [asker.ask(one) for one in paths]
            wall, processor = ([1000 * getattr(one, clock) for one in found] for clock in ("wall", "processor"))
            figures = (statistics.median(wall), max(wall), statistics.median(processor), max(processor))
            size = statistics.median(one.size for one in found) / 1000
            print(f"| {kind} | " + " | ".join(f"{figure:,.0f}" for figure in figures) + f" | {size:,.1f} |", flush=True)


# --- painting -----------------------------------------------------------------------------------------------------------------------------

STEP_THROUGH = """async (steps) => {
  const slider = document.querySelector('.slider input'), edges = document.querySelector('canvas.edges').getContext('2d');
  const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set, taken = [];
  for (let step = 0; step < steps; step++) {
    const began = performance.now();
    put.call(slider, String(5 + 2 * step));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
    edges.getImageData(0, 0, 1, 1); // waits until it is painted
    taken.push(performance.now() - began);
    await new Promise((rest) => setTimeout(rest, 50));
  }
  return taken;
}"""
FIRST_EDGES = "performance.getEntriesByName('edges-painted')[0]?.startTime ?? null"


def paints(path: Path, actors: int, runs: int) -> None:
    """Print how long the first paint and the steps of the slider take in the browser."""
    from playwright.sync_api import sync_playwright

    chromium = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    view = f"#/network?actors={actors}"
    with served(path) as asker, sync_playwright() as playwright:
        ready = asker.ask(f"api/network?actors={actors}")
        drawn = len(ready.says["actors"]), len(ready.says["edges"]), len(ready.says["steps"])
        print("{:,} actors, {:,} pairs, {} steps of the slider.".format(*drawn))
        browser = playwright.chromium.launch(executable_path=chromium)
        first, whole, steps = [], [], []
        for _ in range(runs):
            page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
            page.goto(asker.address + view)
            page.wait_for_selector(".picture[data-drawn]")
            first.append(page.evaluate(FIRST_EDGES))
            whole.append(float(page.get_attribute(".picture", "data-drawn") or 0))
            page.wait_for_timeout(500)
            steps += page.evaluate(STEP_THROUGH, 12)
            page.context.close()
        browser.close()
    print("\n| | median, ms | slowest, ms |\n|---|---|---|")
    for name, taken in (
        ("first paint of the network, from the click on its link", first),
        ("all of its edges", whole),
        ("step of the slider", steps),
    ):
        print(f"| {name} | {statistics.median(taken):,.0f} | {max(taken):,.0f} |")


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill what is missing, then paint and ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="where the made ledgers are kept")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--only", choices=("browser", "server"), action="append")
    args = parser.parse_args(arguments)
    for what, name, ties, actors in (("browser", "small", 20_000, 2_000), ("server", "big", 10_000_000, 100_000)):
        if args.only and what not in args.only:
            continue
        path = args.folder / f"{name}.duckdb"
        if not path.exists():
            fill(path, ties, actors)
        print(f"\n## {what}: {ties:,} ties, {actors:,} actors, {path.stat().st_size / 1e6:,.0f} MB; load {os.getloadavg()[0]:.1f}\n")
        if what == "browser":
            paints(path, actors, 5)
        else:
            answers(path, args.rounds)


if __name__ == "__main__":
    main()
