"""The signed network core: known values, certificates, and what they cost beside a plain model.

    OMP_NUM_THREADS=1 .venv/bin/python -m benchmarks.network --shared ../shared [--parts classics windows blocs large growth] [--out FILE]

- classics: frustration index of small networks whose value is published, and what all best partitions share.
- windows: the frustration index of 51 windows of interstate relations, beside a list of known values and the plain model.
- blocs: their best partitions into at most 2 to 6 parts and into any number.
- large: Bitcoin Alpha, Wikipedia elections and the Twitter referendum network.
- growth: cost by number of edges, of parts of the large networks and of random signs; drawn to docs/images/network-cost.svg.

The plain model is the AND model of Aref, Mason and Wilson (2020) with their rows for unbalanced triads: a variable a node, one an edge,
solved by HiGHS as it comes. Seconds are processor time of one thread (limits are by the clock); each certificate is checked afterwards,
outside of the time.
"""

from __future__ import annotations

import csv
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import highspy
import networkx
import numpy as np
from benchmarks.tables import Row, options, present, show

from frenemy.analysis.network.graph import SignedGraph
from frenemy.analysis.network.optima import optima
from frenemy.analysis.network.partition import Partition, partition
from frenemy.analysis.network.triads import triads

PARTS = ("classics", "windows", "blocs", "large", "growth")
LARGE = {"bitcoinalpha": "Bitcoin Alpha", "wikielections": "Wikipedia elections", "twitterreferendum": "Twitter referendum"}
SEED = 20261122


def solve(graph: SignedGraph, k: int | None = 2, *, time_limit: float | None = None, weighted: bool = False) -> tuple[Partition, float]:
    """The partition, its certificate checked, and the processor time it took."""
    begun = time.process_time()
    found = partition(graph, k, time_limit=time_limit, weighted=weighted)
    seconds = time.process_time() - begun
    if not found.verify():
        raise SystemExit("A certificate does not hold.")
    return found, seconds


def plain_model(graph: SignedGraph, time_limit: float) -> tuple[float, float, float]:
    """Value, bound and processor time of the AND model: x says the side of a node, a that both ends of an edge are on side one."""
    solver = highspy.Highs()
    for option, setting in (("output_flag", False), ("threads", 1), ("time_limit", time_limit)):
        solver.setOptionValue(option, setting)
    nodes, begun = len(graph.nodes), time.process_time()
    cost = np.zeros(nodes + len(graph))
    np.add.at(cost, graph.source, graph.sign)
    np.add.at(cost, graph.target, graph.sign)
    cost[nodes:] = -2 * graph.sign
    solver.addVars(len(cost), np.zeros(len(cost)), np.ones(len(cost)))
    solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
    solver.changeColsIntegrality(nodes, np.arange(nodes, dtype=np.int32), np.full(nodes, highspy.HighsVarType.kInteger))
    for edge, (a, b, sign) in enumerate(zip(graph.source.tolist(), graph.target.tolist(), graph.sign.tolist(), strict=True)):
        if sign > 0:
            for end in (a, b):
                solver.addRow(-solver.inf, 0.0, 2, np.array([nodes + edge, end], np.int32), np.array([1.0, -1.0]))
        else:
            solver.addRow(-1.0, solver.inf, 3, np.array([nodes + edge, a, b], np.int32), np.array([1.0, -1.0, -1.0]))
    closed = triads(graph)
    for corners, edges in zip(closed.corners[~closed.balanced()], closed.edges[~closed.balanced()], strict=True):
        row = np.zeros(3)
        for edge in edges:
            row[np.isin(corners, (graph.source[edge], graph.target[edge]))] += graph.sign[edge]
        least = 1.0 - float((graph.sign[edges] < 0).sum())
        solver.addRow(
            least, solver.inf, 6, np.concatenate([corners, nodes + edges]).astype(np.int32), np.concatenate([row, -2.0 * graph.sign[edges]])
        )
    solver.changeObjectiveOffset(float((graph.sign < 0).sum()))
    solver.run()
    info = solver.getInfo()
    return info.objective_function_value, info.mip_dual_bound, time.process_time() - begun


def pajek(path: Path) -> SignedGraph:
    """The edges of a Pajek file."""
    section, edges = "", []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        words = line.split()
        if line.startswith("*"):
            section = words[0].lower()
        elif section in ("*edges", "*arcs") and len(words) > 2:
            edges.append((words[0], words[1], float(words[2])))
    return SignedGraph.from_edges(edges, directed=False)


def windows(folder: Path) -> list[tuple[str, SignedGraph, int]]:
    """Each window with its graph and known frustration index."""
    edges: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    with (folder / "cow_signed/cow_windows_1946_1999.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            edges[row["window"]].append((row["u"], row["v"], float(row["sign"])))
    with (folder / "cow_signed/L_exact_highs_1thread.csv").open(encoding="utf-8") as file:
        known = {row["window"]: int(row["L"]) for row in csv.DictReader(file)}
    return [(name, SignedGraph.from_edges(edges[name], directed=False), known[name]) for name in known]


def snap(folder: Path, name: str) -> SignedGraph:
    return SignedGraph.from_csv(folder / f"snap_signed_static/{name}.csv").undirected()


def classics(folder: Path) -> Iterable[Row]:
    given = [
        ("Highland tribes", snap(folder, "highlandtribes"), "7", False),
        (
            "Monastery",
            SignedGraph.from_networkx(networkx.read_graphml(folder / "monastery_aref/monastery_interactions.graphml")),
            "5",
            False,
        ),
        ("Cloister", snap(folder, "cloister"), "34", False),
        ("Slovene parliament, signs", pajek(folder / "pajek_classics/sigdata/STRANKE.NET"), "2", False),
        ("Slovene parliament, weights", pajek(folder / "pajek_classics/sigdata/STRANKE.NET"), "", True),
        ("US Congress", snap(folder, "congress"), "18", False),
    ]
    for name, graph, known, weighted in given:
        two, seconds = solve(graph, weighted=weighted)
        three, free = (solve(graph, k, weighted=weighted)[0] for k in (3, None))
        shared = optima(two, time_limit=60)
        always, sometimes = int(shared.always.sum()), int((shared.ever & ~shared.always).sum())
        tells = f"{always} / {sometimes}" if shared.settled else "open"
        yield (name, len(two.graph.nodes), len(two.graph), known, _value(two), _value(three), _value(free), tells, seconds)


def _value(found: Partition) -> str:
    return f"{found.value:g}" if found.proven else f"{found.bound:g} to {found.value:g}"


def all_windows(folder: Path) -> Iterable[Row]:
    """Totals over the windows, of three runs the middle one."""
    given = windows(folder)
    runs = []
    for _ in range(3):
        found = [solve(graph) for _, graph, _ in given]
        runs.append(sum(seconds for _, seconds in found))
    right = sum(one.value == known and one.proven for (one, _), (_, _, known) in zip(found, given, strict=True))
    ours = sorted(runs)[1]
    plain = [plain_model(graph.undirected(), 600) for _, graph, _ in given]
    theirs = sum(seconds for _, _, seconds in plain)
    yield ("frenemy", right, ours, max(seconds for _, seconds in found), 1.0)
    right = sum(round(value) == known for (value, _, _), (_, _, known) in zip(plain, given, strict=True))
    yield ("plain model", right, theirs, max(seconds for _, _, seconds in plain), theirs / ours)


def all_blocs(folder: Path) -> Iterable[Row]:
    given = windows(folder)
    for k in (2, 3, 4, 5, 6, None):
        found = [solve(graph, k) for _, graph, _ in given]
        values = [one.value for one, _ in found]
        proven = sum(one.proven for one, _ in found)
        yield (k or "any", proven, sum(values), max(len(one.blocs) for one, _ in found), sum(seconds for _, seconds in found))


def large(folder: Path, names: Sequence[str], time_limit: float) -> Iterable[Row]:
    for name in names:
        title, graph = LARGE[name], snap(folder, name)
        found, seconds = solve(graph, time_limit=time_limit)
        begun = time.process_time()
        found.verify()
        checked = time.process_time() - begun
        size = len(found.certificate.obstructions)
        yield (title, len(graph.nodes), len(graph), found.value, found.bound, f"{found.gap:.2%}", seconds, size, checked)
    if "bitcoinalpha" not in names:
        return
    graph = snap(folder, "bitcoinalpha")
    value, bound, seconds = plain_model(graph, 300)
    gap = f"{(value - bound) / value:.2%}"
    yield ("Bitcoin Alpha, plain model", len(graph.nodes), len(graph), value, round(bound, 1), gap, seconds, "", "")


def growth(folder: Path, picture: Path) -> Iterable[Row]:
    """Cost by edges: a share of the nodes of a large network with the edges among them, and sparse graphs of random signs."""
    points: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for name in ("bitcoinalpha", "wikielections"):
        title, graph = LARGE[name], snap(folder, name)
        dice = np.random.default_rng(SEED)
        order = dice.permutation(len(graph.nodes))
        for share in (0.125, 0.25, 0.5, 0.75, 1.0):
            chosen = order < share * len(graph.nodes)
            part = graph.subgraph(chosen[graph.source] & chosen[graph.target])
            yield _grown(title, part, 600, points)
    for size in (20, 40, 60, 80, 100):
        dice = random.Random(SEED)
        pairs = [(a, b) for b in range(size) for a in range(b) if dice.random() < 6 / size]
        yield _grown("random, degree 6", SignedGraph.from_edges([(a, b, dice.choice((1, -1))) for a, b in pairs]), 60, points)
    _draw(points, picture)


def _grown(title: str, graph: SignedGraph, limit: float, points: dict[str, list[tuple[int, float]]]) -> Row:
    found, seconds = solve(graph, time_limit=limit)
    points[title].append((len(found.graph), seconds))
    return (title, len(found.graph), found.value, f"{found.gap:.2%}", seconds)


def _draw(points: dict[str, list[tuple[int, float]]], picture: Path) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "frenemy"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 3.6))
    for (title, line), marker in zip(points.items(), "osD", strict=False):
        axes.plot(*zip(*line, strict=True), marker=marker, label=title)
    axes.set(xscale="log", yscale="log", xlabel="edges", ylabel="seconds, one thread")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    figure.tight_layout()
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture, metadata={"Date": None})


HEADS: dict[str, tuple[str, Sequence[str]]] = {
    "classics": ("Classics", ("network", "nodes", "edges", "published L", "L", "k=3", "any", "frustrated in every / some", "seconds")),
    "windows": ("Interstate relations, 51 windows: frustration index", ("solver", "right", "seconds", "slowest", "times frenemy")),
    "blocs": ("The same windows: blocs", ("at most", "proven of 51", "sum of values", "most blocs", "seconds")),
    "large": ("Large networks", ("network", "nodes", "edges", "value", "bound", "gap", "seconds", "obstructions", "seconds to check")),
    "growth": ("Growth (docs/images/network-cost.svg)", ("network", "edges", "value", "gap", "seconds")),
}


def main() -> None:
    parser = options(__doc__, limit="nothing")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--picture", type=Path, default=Path("docs/images/network-cost.svg"))
    parser.add_argument("--large", nargs="+", choices=LARGE, default=list(LARGE), help="which large networks")
    parser.add_argument("--time-limit", type=float, default=1800, help="seconds for each large network")
    arguments = parser.parse_args()
    if not present(arguments):
        return
    folder = arguments.shared / "data/networks"
    runs: dict[str, Callable[[], Iterable[Row]]] = {
        "classics": lambda: classics(folder),
        "windows": lambda: all_windows(folder),
        "blocs": lambda: all_blocs(folder),
        "large": lambda: large(folder, arguments.large, arguments.time_limit),
        "growth": lambda: growth(folder, arguments.picture),
    }
    for part in arguments.parts:
        title, head = HEADS[part]
        show(title, head, list(runs[part]()), out=arguments.out)


if __name__ == "__main__":
    main()
