"""Make the reader's confidence mean what it says: Platt scaling on the development articles and the seeds.

    python -m training.calibrate --shared ../shared            prints the reliability table
    python -m training.calibrate --shared ../shared --write    and writes the scale into model.json

A tie counts as right where the gold of its document ties the same two actors by the same type. Platt 1999, "Probabilistic outputs for
support vector machines"; the table is cross-validated by document, so no tie is judged by a scale that saw its document.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from benchmarks.gate import predicted, rows, scorer

from frenemy.documents import load
from frenemy.model import Document
from frenemy.reading.reader import NeuralReader

MODEL = Path(__file__).parent.parent / "src/frenemy/reading/weights/model.json"
BINS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.01)
FOLDS = 5
Array = npt.NDArray[np.float64]


def judged(shared: Path, reader: NeuralReader) -> list[tuple[str, float, bool]]:
    """(document, raw confidence, whether right) of every tie read from the seeds and the development articles."""
    out, score = [], scorer(shared)
    articles = shared / "data/ties/articles/dev"
    for sources, gold in (
        ([str(p) for p in sorted((shared / "seeds").glob("*.txt"))], shared / "gold"),
        ([str(articles / "articles.jsonl")], articles),
    ):
        truth = rows(gold / "ties.jsonl")
        names: dict[str, dict[str, list[str]]] = {}
        for actor in rows(gold / "actors.jsonl"):
            names.setdefault(actor["doc"], {})[actor["name"]] = actor["aliases"]
        known = {doc: score.Names(actors) for doc, actors in names.items()}
        right = {(t["doc"], *sorted((t["source"], t["target"])), t["type"]) for t in truth}
        for tie in predicted(reader.read(d for d in load(sources) if isinstance(d, Document))):
            ends = sorted(known[tie["doc"]].find(tie[end]) for end in ("source", "target"))
            out.append((tie["doc"], tie["confidence"], (tie["doc"], *ends, tie["type"]) in right))
    return out


def logit(p: Array) -> Array:
    """Log-odds."""
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def platt(raw: Array, right: Array, steps: int = 50) -> tuple[float, float]:
    """Slope and offset on the log-odds, by Newton's method.

    >>> slope, offset = platt(np.array([0.2, 0.2, 0.8, 0.8] * 50), np.array([0.0, 0.0, 1.0, 0.0] * 50))
    >>> bool(0 < slope < 8), offset < 0
    (True, True)
    """
    x = np.stack([logit(raw), np.ones_like(raw)], -1)
    w = np.array([1.0, 0.0])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(2)
        w = w - np.linalg.solve(hessian, x.T @ (p - right) + 1e-3 * (w - np.array([1.0, 0.0])))
    return float(w[0]), float(w[1])


def scaled(raw: Array, scale: tuple[float, float]) -> Array:
    """Calibrated probabilities."""
    return np.asarray(1 / (1 + np.exp(-(scale[0] * logit(raw) + scale[1]))))


def cross_validated(docs: Sequence[str], raw: Array, right: Array) -> Array:
    """Each tie's probability on a scale fitted without its document."""
    order = {doc: k % FOLDS for k, doc in enumerate(sorted(set(docs)))}
    fold = np.array([order[d] for d in docs])
    out = np.zeros_like(raw)
    for k in range(FOLDS):
        out[fold == k] = scaled(raw[fold == k], platt(raw[fold != k], right[fold != k]))
    return out


def table(told: Array, right: Array) -> list[tuple[str, int, float, float]]:
    """(bin, ties, mean confidence, share right) of the bins that are not empty."""
    out = []
    for low, high in itertools.pairwise(BINS):
        inside = (told >= low) & (told < high)
        if inside.any():
            out.append((f"{low:.1f} to {min(high, 1):.1f}", int(inside.sum()), float(told[inside].mean()), float(right[inside].mean())))
    return out


def main() -> None:
    """Print the reliability table; `--write` keeps the scale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    reader = NeuralReader()
    reader.network.classes["calibration"] = [1.0, 0.0]
    found = judged(args.shared, reader)
    docs, raw, right = [d for d, _, _ in found], np.array([c for _, c, _ in found]), np.array([float(r) for *_, r in found])
    told, scale = cross_validated(docs, raw, right), platt(raw, right)
    print(f"{len(raw)} ties, {right.mean():.3f} right; scale {scale[0]:.3f} {scale[1]:.3f}")
    for name, values in (("raw", raw), ("cross-validated", told)):
        gaps = sum(n * abs(mean - share) for _, n, mean, share in table(values, right)) / len(raw)
        print(f"{name}: Brier {np.mean((values - right) ** 2):.3f}, expected calibration error {gaps:.3f}")
    print("| confidence | ties | mean | right |\n|---|---|---|---|")
    for name, number, mean, share in table(told, right):
        print(f"| {name} | {number} | {mean:.2f} | {share:.2f} |")
    if args.write:
        model = json.loads(MODEL.read_text(encoding="utf-8")) | {"calibration": [round(s, 4) for s in scale]}
        MODEL.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
