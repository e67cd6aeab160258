"""Score the shipped reader on the development data against pinned floors.

    make gate                     or     .venv/bin/python benchmarks/gate.py --shared ../shared

Reads the seeds and the development articles end to end and scores them with the shared scorer; scores `read_pairs` on the project's
own labels (`ties/pairs.dev.jsonl`) and on the crowd's stance rows whose sentence is not in train. Exits 1 when a figure is below its
floor in `floors.toml`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from frenemy.documents import load
from frenemy.model import Document, Reading
from frenemy.reading import default_reader, read_pairs, read_stances

FLOORS = Path(__file__).with_name("floors.toml")
Span = tuple[int, int]


def scorer(shared: Path) -> ModuleType:
    """The shared scoring script as a module."""
    spec = importlib.util.spec_from_file_location("score_ties", shared / "tools/score_ties.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> list[dict]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def predicted(readings: Iterator[Reading]) -> list[dict]:
    """Readings as rows of a ties file."""
    return [
        {
            "doc": reading.document.name,
            "source": t.source.name,
            "target": t.target.name,
            "mutual": t.mutual,
            "type": t.type,
            "polarity": t.polarity,
            "status": t.status,
            "confidence": t.confidence,
            "quote": t.quote.text,
        }
        for reading in readings
        for t in reading.ties
    ]


def end_to_end(sources: list[str], gold: Path, shared: Path) -> dict[str, float]:
    """F1 of ties read from raw text, by level."""
    docs = [d for d in load(sources) if isinstance(d, Document)]
    truth = rows(gold / "ties.jsonl")
    aliases = {(a["doc"], a["name"]): a["aliases"] for a in rows(gold / "actors.jsonl")}
    result = scorer(shared).score(truth, predicted(default_reader().read(docs)), aliases)
    return {level: f for level, (_, _, f, _, _) in result.items()}


def signed(ties: list, polarity: str = "polarity") -> str:
    """Sign with direction of the first tie, "0" for none."""
    if not ties:
        return "0"
    first = ties[0]
    direction, sign = (first["direction"], first[polarity]) if isinstance(first, dict) else (first.direction, first.polarity)
    return "0" if sign == "0" else direction + sign


def macro_f1(gold: list[str], guess: list[str]) -> float:
    """Mean F1 over the classes that gold holds."""
    by_class = []
    for name in sorted(set(gold)):
        hits = sum(g == h == name for g, h in zip(gold, guess, strict=True))
        by_class.append(2 * hits / max(1, gold.count(name) + guess.count(name)))
    return sum(by_class) / len(by_class)


def own_pairs(shared: Path) -> dict[str, float]:
    """Type, sign with direction and status on the project's own development pairs; the first tie counts."""
    gold = rows(shared / "data/ties/pairs.dev.jsonl")
    found = read_pairs((r["text"], tuple(r["p"]), tuple(r["q"])) for r in gold)
    kinds = [(g["ties"][0]["type"] if g["ties"] else None) == (f[0].type if f else None) for g, f in zip(gold, found, strict=True)]
    signs = [signed(g["ties"]) == signed(f) for g, f in zip(gold, found, strict=True)]
    status = [(g["ties"][0]["status"], f[0].status if f else "none") for g, f in zip(gold, found, strict=True) if g["ties"]]
    return {
        "type": sum(kinds) / len(kinds),
        "sign+direction": sum(signs) / len(signs),
        "status macro F1": macro_f1([a for a, _ in status], [b for _, b in status]),
    }


def by_type(shared: Path) -> list[tuple[str, int, int, float]]:
    """(type, gold, found, F1) of the first tie on the development pairs, the most frequent type first."""
    gold = rows(shared / "data/ties/pairs.dev.jsonl")
    found = [f[0].type if f else "NONE" for f in read_pairs((r["text"], tuple(r["p"]), tuple(r["q"])) for r in gold)]
    want = [g["ties"][0]["type"] if g["ties"] else "NONE" for g in gold]
    out = []
    for kind, number in Counter(want).most_common():
        hits = sum(a == b == kind for a, b in zip(want, found, strict=True))
        out.append((kind, number, found.count(kind), 2 * hits / (number + found.count(kind))))
    return out


def crowd(path: Path) -> Iterator[tuple[str, Span, Span, str]]:
    """Rows of a stance file: text, spans of p and q, class."""
    for line in path.read_text(encoding="utf-8").splitlines():
        marked, p, q, label = line.split("\t")
        spans: dict[str, Span] = {}
        text = ""
        for part in re.split(r"(\[[^\[\]]*\])", marked):
            inner = part[1:-1] if part[:1] == "[" and part[-1:] == "]" else part
            bare = inner.replace('""', '"')
            if inner != part and {inner, bare} & {p, q}:
                name = "p" if p in (inner, bare) and "p" not in spans else "q"
                spans.setdefault(name, (len(text), len(text) + len(inner)))
                text += inner
            else:
                text += part
        if len(spans) == 2:
            yield text, spans["p"], spans["q"], label


CODES = {"0": "0", "p>q+": "1", "mutual+": "1", "q>p+": "2", "p>q-": "3", "mutual-": "3", "q>p-": "4"}


def crowd_stance(shared: Path, *, unseen: bool) -> dict[str, float]:
    """Macro and micro F1 of `read_stances` against the crowd's five classes, and of the first tie's sign and direction.

    `unseen` leaves out the rows whose sentence stands in train too, which flatter every figure.
    """
    seen = {text for text, *_ in crowd(shared / "data/stance/train.tsv")} if unseen else set()
    held = [r for r in crowd(shared / "data/stance/valid.tsv") if r[0] not in seen]
    items, gold = [(text, p, q) for text, p, q, _ in held], [label for *_, label in held]
    guesses = {"": [CODES[s] for s in read_stances(items)], " by ties": [CODES[signed(f)] for f in read_pairs(items)]}
    out = {}
    for way, guess in guesses.items():
        out["macro F1" + way] = macro_f1(gold, guess)
        out["micro F1" + way] = sum(a == b for a, b in zip(gold, guess, strict=True)) / len(gold)
    return out


def main() -> int:
    """Print the table; 1 when a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--types", action="store_true", help="print F1 by type on the development pairs and stop")
    args = parser.parse_args()
    shared = args.shared
    if not shared.exists():
        print(f"{shared} is not here: the gate needs the evaluation data. Nothing was scored.")
        return 0
    if args.types:
        print("| type | gold | found | F1 |\n|---|---|---|---|")
        for kind, number, found, f1 in by_type(shared):
            print(f"| {kind} | {number} | {found} | {f1:.2f} |")
        return 0
    articles = shared / "data/ties/articles/dev"
    figures = {
        "seeds": end_to_end([str(p) for p in sorted((shared / "seeds").glob("*.txt"))], shared / "gold", shared),
        "articles": end_to_end([str(articles / "articles.jsonl")], articles, shared),
        "pairs": own_pairs(shared),
        "stance": crowd_stance(shared, unseen=True),
        "stance all": crowd_stance(shared, unseen=False),
    }
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    broken = 0
    print(f"{'set':10} {'figure':18} {'now':>6} {'floor':>6}")
    for name, levels in figures.items():
        for level, value in levels.items():
            floor = floors.get(name, {}).get(level, 0.0)
            bad = value < floor - 1e-9
            broken += bad
            print(f"{name:10} {level:18} {value:6.3f} {floor:6.3f}{'  BELOW' if bad else ''}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
