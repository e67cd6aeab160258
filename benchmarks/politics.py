"""Blocs of US politics by year, from SEESAW's articles: read end to end, beside the stances that people marked in the same articles.

    .venv/bin/frenemy read ../shared/data/articles/seesaw/*/articles.jsonl --ledger seesaw.duckdb
    .venv/bin/python -m benchmarks.politics --shared ../shared --ledger seesaw.duckdb [--actors 24] [--out FILE]

For each year the network of the `--actors` actors with most signed ties in its articles is parted into two blocs and into any number.
Four networks: "gold" adds up the signs that people marked in the articles; "read" adds up those of the ties read in them, weighted
with the reader's confidence; "stance" is the ledger's stances at the end of the year, which remember earlier years; "stance, sure" weighs
each by how far its interval lies from zero. Actors of one name are taken as one: this is about the blocs, not about who is who.

"agreement" is over all pairs of actors whose party is in the list below: the share that is placed as their parties are, in one bloc or in
two (the Rand index). "one bloc" is what placing all together gives. SEESAW is for evaluation only: only counts and actors' names are kept.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path

from benchmarks.tables import options, present, show

from frenemy.analysis.network.graph import SignedGraph
from frenemy.analysis.network.partition import Partition, partition
from frenemy.ledger import TieFilter
from frenemy.pipeline import OpenLedger, open_ledger
from frenemy.pipeline.stance_network import stance_network

DEMOCRATS = (
    *(
        "Barack Obama",
        "Hillary Clinton",
        "Harry Reid",
        "Nancy Pelosi",
        "Joe Biden",
        "Charles E. Schumer",
        "Chuck Schumer",
        "Bernie Sanders",
    ),
    *(
        "Elizabeth Warren",
        "Democratic Party",
        "Bill Clinton",
        "Eric Holder",
        "John Kerry",
        "Dianne Feinstein",
        "Loretta Lynch",
        "Adam Schiff",
    ),
    *(
        "Maxine Waters",
        "Michelle Obama",
        "Susan Rice",
        "Obama administration",
        "Tulsi Gabbard",
        "Amy Klobuchar",
        "Cory Booker",
        "Bob Menendez",
    ),
)
REPUBLICANS = (
    *("Mitt Romney", "Donald Trump", "Trump", "Mitch McConnell", "Paul Ryan", "John Boehner", "John McCain", "Ted Cruz", "Marco Rubio"),
    *(
        "Lindsey Graham",
        "Republican Party",
        "Rand Paul",
        "Chris Christie",
        "Jeb Bush",
        "Scott Walker",
        "Mike Pence",
        "Jeff Sessions",
        "Tea Party",
    ),
    *("Ben Carson", "Trump administration", "John Kasich", "Steve King", "William Barr", "Susan Collins", "George W. Bush", "Scott Brown"),
)
PARTY = dict.fromkeys(DEMOCRATS, "D") | dict.fromkeys(REPUBLICANS, "R")
VALUE = {"+": 1.0, "-": -1.0, "0": 0.0}

Edges = list[tuple[str, str, float]]


def gold_edges(shared: Path) -> Mapping[int, Edges]:
    """Signs that people marked, by the year of the article."""
    years: dict[int, Edges] = defaultdict(list)
    for folder in sorted((shared / "data/articles/seesaw").glob("*/")):
        lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
        printed = {row["id"]: row.get("published") for row in map(json.loads, lines)}
        for row in map(json.loads, (folder / "ties.jsonl").read_text(encoding="utf-8").splitlines()):
            if printed.get(row["doc"]):
                years[int(printed[row["doc"]][:4])].append((row["source"], row["target"], VALUE[row["polarity"]]))
    return years


def read_edges(ledger: OpenLedger, year: int) -> Edges:
    """Signs of the asserted ties in the year's articles, weighted with the reader's confidence."""
    ties = ledger.ties(TieFilter(known_by=date(year, 12, 31), statuses=("asserted",)))
    return [(t.source, t.target, VALUE[t.polarity] * t.confidence) for t in ties if t.published and t.published.year == year]


def stance_edges(ledger: OpenLedger, year: int, *, sure: bool) -> Edges:
    """Stances at the end of the year; where `sure` matters, each over half the width of its interval."""
    network = stance_network(ledger, as_of=date(year, 12, 31), known_by=date(year, 12, 31))
    edges = []
    for one, other, value in network.graph:
        stance = network.stances[frozenset((str(one), str(other)))]
        edges.append((network.name(one), network.name(other), 2 * value / (stance.high - stance.low) if sure else value))
    return edges


def most_tied(edges: Edges, size: int) -> set[str]:
    """The actors with most signed ties."""
    count = Counter(end for one, other, value in edges if value and one != other for end in (one, other))
    return {name for name, _ in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))[:size]}


def agreement(blocs: Iterable[Iterable[object]]) -> tuple[float, float, int]:
    """The share of pairs of known party that are placed as their parties are, the same for one bloc of all, and the number of actors."""
    place = {str(name): number for number, bloc in enumerate(blocs) for name in bloc if str(name) in PARTY}
    pairs = list(combinations(place, 2))
    right = sum((place[a] == place[b]) == (PARTY[a] == PARTY[b]) for a, b in pairs)
    together = sum(PARTY[a] == PARTY[b] for a, b in pairs)
    return right / max(len(pairs), 1), together / max(len(pairs), 1), len(place)


def named(found: Partition, most: int = 9) -> str:
    """The blocs of two or more, each with its best-tied actors."""
    weight: Counter[object] = Counter()
    for one, other, value in found.graph:
        weight[one] += abs(value)
        weight[other] += abs(value)
    blocs = [sorted(bloc, key=lambda name: -weight[name])[:most] for bloc in found.blocs if len(bloc) > 1]
    return " / ".join(", ".join(map(str, bloc)) for bloc in blocs)


def run(words: list[str]) -> int:
    """Part each year's network and compare with the parties."""
    parser = options(__doc__, limit="years")
    parser.add_argument("--ledger", type=Path, required=True, help="SEESAW's articles, read before")
    parser.add_argument("--actors", type=int, default=24, help="actors a year")
    arguments = parser.parse_args(words)
    if not present(arguments):
        return 0
    gold = gold_edges(arguments.shared)
    scores, members = [], []
    with open_ledger(arguments.ledger, read_only=True, must_exist=True) as ledger:
        for year in sorted(gold)[: arguments.limit]:
            sources = {
                "gold": gold[year],
                "read": read_edges(ledger, year),
                "stance": stance_edges(ledger, year, sure=False),
                "stance, sure": stance_edges(ledger, year, sure=True),
            }
            cores = {name: most_tied(sources[name], arguments.actors) for name in ("gold", "read")}
            for source, edges in sources.items():
                kept = cores.get(source, cores["read"])
                graph = SignedGraph.from_edges([edge for edge in edges if kept.issuperset(edge[:2])], directed=False)
                two, free = (partition(graph, k, weighted=True, time_limit=30) for k in (2, None))
                right, together, known = agreement(two.blocs)
                right_free = agreement(free.blocs)[0]
                misfits = f"{len(two.frustrated)} of {len(two.graph)}"
                proven = "yes" if two.proven and free.proven else "no"
                scores.append((year, source, len(edges), known, right, right_free, together, misfits, len(free.blocs), proven))
                members.append((year, source, named(two)))
    head = ["year", "network", "edges", "known", "two blocs", "free", "one bloc", "misfits", "blocs", "proven"]
    show("Agreement of blocs with parties", head, scores, out=arguments.out)
    means = []
    for source in dict.fromkeys(row[1] for row in scores):
        rows = [row for row in scores if row[1] == source]
        means.append((source, *(sum(float(row[place]) for row in rows) / len(rows) for place in (4, 5, 6))))
    show("Mean over the years", ["network", "two blocs", "free", "one bloc"], means, out=arguments.out)
    show("The two blocs of each year", ["year", "network", "blocs"], members, out=arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
