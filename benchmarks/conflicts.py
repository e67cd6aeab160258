"""Potential conflicts of interest: what is found in the seeds (gold ties, and read end to end), in other text, and what matching costs.

    .venv/bin/python -m benchmarks.conflicts --shared ../shared [--near] [--growth 10000 100000 1000000] [--ledger FILE ...] [--out FILE]

- Seeds: the patterns over the gold ties (confidence 1) and over what the shipped reader reads in the same articles, at the default floor
  for every hop and at none. Findings are named by pattern, actors and the hops' types; no quote is kept.
- Common enemies of `--pair` as of `--as-of`, from both: gold ties by their signs (asserted, added up by pair), end to end by stances.
- `--ledger` files that were read before (`frenemy read`) are matched, too; whether what is found is right, somebody has to look.
- `--growth`: generated ties between a twentieth as many actors, some of them hubs (a tenth of the ties ends in one actor of a thousand),
  all types alike, dates over twenty years. Seconds are processor time. "naive" is a nested loop over the ties of each hop's types, without
  an index, on one pattern, where it can end.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.tables import options, present, reader, show

from frenemy.analysis.conflicts import Conflict, Pattern, find_conflicts, shipped_patterns
from frenemy.analysis.network.enemies import CommonEnemies, common_enemies
from frenemy.analysis.network.graph import SignedGraph
from frenemy.documents import load
from frenemy.ledger.when import split_when
from frenemy.model import TIE_TYPES, Evidence
from frenemy.pipeline import OpenLedger, open_ledger, read_into
from frenemy.pipeline.conflicts import SURE_ENOUGH

KINDS = {"media": "organisation", "country": "place"}
"""Kinds that gold tells finer than the ledger does."""
SEED = 20241231


def gold(shared: Path, published: dict[str, date | None]) -> tuple[list[Evidence], dict[str, str], dict[str, set[str]]]:
    """The gold ties as evidence, each actor's kind, and its names."""
    kinds: dict[str, str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for line in (shared / "gold/actors.jsonl").read_text(encoding="utf-8").splitlines():
        actor = json.loads(line)
        kinds.setdefault(actor["name"], KINDS.get(actor["kind"], actor["kind"]))
        names[actor["name"]] |= {actor["name"], *actor["aliases"]}
    ties = []
    for number, line in enumerate((shared / "gold/ties.jsonl").read_text(encoding="utf-8").splitlines()):
        tie = json.loads(line)
        when = tie["when"][0] if tie["when"] else None
        since, until = split_when(when)
        stands = not TIE_TYPES[tie["type"]].is_act
        ties.append(
            Evidence(
                tie=str(number),
                source=tie["source"],
                target=tie["target"],
                mutual=tie["mutual"],
                type=tie["type"],
                polarity=tie["polarity"],
                status=tie["status"],
                word="author" if tie["voices"][0] == "author" else "other",
                since=since,
                until=None if stands and "/" not in (when or "") else until,
                published=published.get(tie["doc"]),
                origin=tie["doc"],
                confidence=1.0,
            )
        )
    return ties, kinds, names


def described(conflict: Conflict, name: dict[str, str] | None = None) -> tuple[str, str, str, str]:
    """A finding without its quotes: pattern, actor, the hops, and the weakest hop."""
    called = name or {}
    hops = [
        f"{called.get(step.tie.source, step.tie.source)} {step.tie.type} {called.get(step.tie.target, step.tie.target)}"
        + (f" ({step.tie.status})" if step.tie.status != "asserted" else "")
        for step in conflict.steps
    ]
    lacks = ""
    if conflict.missing:
        source, types, target = conflict.missing.ways[0]
        lacks = f"; lacks {conflict.missing.hop}: {called.get(source, source)} {'|'.join(types)} {called.get(target, target)}"
    first = conflict.roles[0][1]
    return conflict.pattern.name, called.get(first, first), "; ".join(hops) + lacks, f"{conflict.confidence:.2f}"


def read_articles(sources: Sequence[Path], folder: Path, arguments: object) -> OpenLedger:
    """A new ledger with what the reader finds in the sources."""
    ledger = open_ledger(folder / "articles.duckdb")
    read_into(ledger, load(sources), reader=reader(arguments))  # type: ignore[arg-type]
    return ledger


def signs(ties: Iterable[Evidence], as_of: date) -> SignedGraph:
    """The signed ties of each pair added up, both ways together; what is only planned, hedged or denied is left out."""
    value = {"+": 1, "-": -1, "0": 0}
    held = [t for t in ties if t.status == "asserted" and (t.since or t.published or as_of) <= as_of]
    return SignedGraph.from_edges([(t.source, t.target, value[t.polarity]) for t in held], directed=False)


def enemies_row(who: str, found: Sequence[CommonEnemies], pair: tuple[str, str], name: dict[str, str]) -> list[tuple[str, ...]]:
    """The shared enemies of a pair, and where it ranks among all pairs."""
    for rank, one in enumerate(found, start=1):
        if {str(one.one), str(one.other)} == set(pair):
            foes = ", ".join(name.get(str(foe), str(foe)) for foe in one.enemies)
            return [(who, foes, f"{one.tie:+.2f}", f"{one.expected:.2f}", f"{one.p:.3f}", f"{rank} of {len(found)}")]
    return [(who, "none", "", "", "", f"of {len(found)}")]


def seeds(arguments: object) -> None:
    """Findings in the seeds, from gold and end to end."""
    shared, out = arguments.shared, arguments.out  # type: ignore[attr-defined]
    rules, head = shipped_patterns(), ["pattern", "actor", "hops", "weakest"]
    published = {doc.name: doc.published for doc in load([shared / "seeds"]) if not isinstance(doc, Exception)}
    ties, kinds, names = gold(shared, published)
    near = arguments.near  # type: ignore[attr-defined]
    rows = [described(one) for one in find_conflicts(ties, rules, kinds, names={a: tuple(n) for a, n in names.items()}, near=near)]
    show("Seeds, gold ties", head, rows, out=out)
    as_of, pair = arguments.as_of, arguments.pair  # type: ignore[attr-defined]
    shared_foes = enemies_row("gold ties", common_enemies(signs(ties, as_of), friends=True), tuple(pair), {})
    with tempfile.TemporaryDirectory() as folder, read_articles([shared / "seeds"], Path(folder), arguments) as ledger:
        name = {actor.id: actor.name for actor in ledger.actors()}
        for floor in (SURE_ENOUGH, 0.0):
            found = ledger.conflicts(near=True, min_confidence=floor)
            note = f"every hop at least {floor}" if floor else "no floor"
            show(f"Seeds, read end to end, {note}, near-loops too", head, [described(one.conflict, name) for one in found], out=out)
        ids = [ledger.find_actor(each).id for each in pair]
        all_pairs = [one.found for one in ledger.common_enemies(friends=True, as_of=as_of)]
        shared_foes += enemies_row("end to end", all_pairs, (ids[0], ids[1]), name)
    show(
        f"Common enemies of {' and '.join(pair)} as of {as_of}",
        ["from", "shared enemies", "their own tie", "expected", "p", "rank"],
        shared_foes,
        out=out,
    )


def counts(paths: Sequence[Path], out: Path | None) -> None:
    """How much is found in ledgers that were read before."""
    rows = []
    for path in paths:
        with open_ledger(path, read_only=True, must_exist=True) as ledger:
            held = ledger.counts()
            closed = [Counter(one.conflict.pattern.name for one in ledger.conflicts(min_confidence=floor)) for floor in (SURE_ENOUGH, 0.0)]
            near = ledger.conflicts(near=True)
            rows.append((path.stem, held["documents"], held["ties"], sum(closed[0].values()), sum(closed[1].values()), len(near)))
    show(
        "Other text",
        ["ledger", "documents", "ties", f"found (hops at least {SURE_ENOUGH})", "found (no floor)", "with near-loops"],
        rows,
        out=out,
    )


def generated(size: int) -> tuple[list[Evidence], dict[str, str]]:
    """Ties between a twentieth as many actors; a tenth of the ties ends in a hub."""
    chance = random.Random(SEED)
    actors = [f"a{number}" for number in range(max(10, size // 20))]
    hubs = actors[: max(1, len(actors) // 1000)]
    kinds = dict(
        zip(actors, chance.choices(("person", "company", "organisation", "government body"), (5, 3, 1, 1), k=len(actors)), strict=True)
    )
    types = sorted(TIE_TYPES)
    begin = date(2000, 1, 1)
    ties = []
    for number in range(size):
        source, target = chance.choice(actors), chance.choice(hubs if chance.random() < 0.1 else actors)
        kind = chance.choice(types)
        since = begin + timedelta(days=chance.randrange(7300))
        ties.append(
            Evidence(
                tie=str(number),
                source=source,
                target=target,
                mutual=TIE_TYPES[kind].mutual,
                type=kind,
                polarity=TIE_TYPES[kind].polarity,
                status="asserted",
                word="author",
                since=since,
                until=since if TIE_TYPES[kind].is_act else None,
                published=since,
                origin=str(number // 20),
                confidence=0.5 + chance.random() / 2,
            )
        )
    return ties, kinds


def naive(ties: Sequence[Evidence], pattern: Pattern, kinds: dict[str, str]) -> int:
    """How many castings of a pattern a nested loop over the ties of each hop finds."""
    hops = [
        [(way, tie) for way in hop.ways for tie in ties if tie.type in way.types and tie.status in hop.statuses] for hop in pattern.hops
    ]
    roles = {role.name: role.kinds for role in pattern.roles}

    def extend(place: int, bound: dict[str, str]) -> Iterable[dict[str, str]]:
        if place == len(hops):
            yield bound
            return
        for way, tie in hops[place]:
            ends = [(tie.source, tie.target), *([(tie.target, tie.source)] if tie.mutual else [])]
            for one, other in ends:
                wanted = {way.source: one, way.target: other}
                fits = all(
                    bound.get(role, actor) == actor and (not roles[role] or kinds[actor] in roles[role]) for role, actor in wanted.items()
                )
                merged = {**bound, **wanted}
                if fits and len(set(merged.values())) == len(merged):
                    yield from extend(place + 1, merged)

    return len({tuple(sorted(each.items())) for each in extend(0, {})})


TRIANGLE = "own-company-is-overseen"


def measure(size: int) -> None:
    """One size, in this process: seconds, memory, findings."""
    ties, kinds = generated(size)
    rules = shipped_patterns()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    found = find_conflicts(ties, rules, kinds)
    whole = time.process_time() - began
    began = time.process_time()
    find_conflicts(ties, rules, kinds, actor="a0")
    hub = time.process_time() - began
    [triangle] = [rule for rule in rules if rule.name == TRIANGLE]
    began = time.process_time()
    find_conflicts(ties, [triangle], kinds)
    one = time.process_time() - began
    slow = None
    if size <= 10_000:
        began = time.process_time()
        naive(ties, triangle, kinds)
        slow = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([size, len(found), whole, hub, one, slow, held / 1024, peak / 1024]))


def growth(sizes: Sequence[int], out: Path | None) -> None:
    """Each size in a process of its own."""
    rows = []
    for size in sizes:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.conflicts", "--measure", str(size)], capture_output=True, text=True, check=True
        )
        _, found, whole, hub, one, slow, held, peak = json.loads(done.stdout)
        per = 1e6 * whole / size
        rows.append(
            (
                f"{size:,}",
                found,
                f"{whole:.2f}",
                f"{per:.1f}",
                f"{hub:.2f}",
                f"{one:.3f}",
                f"{slow:.2f} ({slow / one:.0f} times)" if slow else "not run",
                f"{peak - held:.0f}",
            )
        )
    head = [
        "ties",
        "findings",
        "all patterns (s)",
        "µs a tie",
        "of one hub (s)",
        f"{TRIANGLE} (s)",
        "naive (s)",
        "peak beside the ties (MB)",
    ]
    show("Growth of matching, generated ties", head, rows, out=out)


def run(words: list[str]) -> int:
    """Measure what the options ask for."""
    parser = options(__doc__, limit="articles")
    parser.add_argument("--near", action="store_true", help="near-loops of the gold ties, too")
    parser.add_argument("--pair", nargs=2, default=("Elon Musk", "Mark Zuckerberg"), metavar="NAME")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2024, 12, 31))
    parser.add_argument("--ledger", type=Path, nargs="+", default=[], help="ledgers that were read before")
    parser.add_argument("--growth", type=int, nargs="+", default=[], help="sizes to generate")
    parser.add_argument("--measure", type=int, help="one size, as JSON")
    arguments = parser.parse_args(words)
    if arguments.measure:
        measure(arguments.measure)
        return 0
    if present(arguments):
        seeds(arguments)
    if arguments.ledger:
        counts(arguments.ledger, arguments.out)
    if arguments.growth:
        growth(arguments.growth, arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
