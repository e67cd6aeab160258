"""Speed and memory of reading: the whole pipeline into a ledger, beside the bound of one encoder pass and two slower ways in the same run.

    make bench                     or     .venv/bin/python benchmarks/reading.py --articles 200
    python -m training.export --fp32 --out training/work/fp32      once, for `--fp32 training/work/fp32`

Articles of 400 words are put together from the sentences of `examples/`, each one different, so that nothing is recognised as read before.
Prints articles an hour for the whole pipeline; for the encoder alone on the same passages (the bound); for one pass a pair, the usual way
with entity markers, where every pair of mentions has its passage read anew; and, with `--fp32`, for the same network before it was
brought to int8.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from frenemy.documents import load
from frenemy.model import Document
from frenemy.pipeline import open_ledger, read_into
from frenemy.reading import default_reader
from frenemy.reading.passages import Passage, neighbours, read_passages, spans_of
from frenemy.reading.reader import LONGEST_PASSAGE, NeuralReader
from frenemy.reading.sentences import chunks, sentences

WORDS = 400
EXAMPLES = Path(__file__).parent.parent / "examples"


def articles(number: int, seed: int = 7) -> list[Document]:
    """Articles of about 400 words from shuffled paragraphs of the samples."""
    pool = [
        d.text[a:b]
        for d in load([str(EXAMPLES / s) for s in ("tech", "football", "trade")])
        if isinstance(d, Document)
        for a, b in sentences(d.text)
    ]
    chance, out = random.Random(seed), []
    for i in range(number):
        text = ""
        while len(text.split()) < WORDS:
            start = chance.randrange(len(pool) - 4)
            text += " ".join(pool[start : start + 4]) + "\n\n"
        out.append(Document(text=f"Article {i}.\n{text}", name=str(i)))
    return out


def encoder_alone(docs: list[Document]) -> float:
    """Seconds for one encoder pass over the passages, sorted by length."""
    network = default_reader().network
    passages = sorted((d.text[run[0][0] : run[-1][1]] for d in docs for run in chunks(d.text, LONGEST_PASSAGE)), key=len)
    network.encode(passages[:4])
    began = time.perf_counter()
    for low in range(0, len(passages), 24):
        network.encode(passages[low : low + 24])
    return time.perf_counter() - began


def one_pass_a_pair(docs: list[Document]) -> float:
    """Seconds for reading the passages of some articles anew for each pair that the reader asks about, 24 passages a batch."""
    network, passages = default_reader().network, []
    for doc in docs:
        for run in chunks(doc.text, LONGEST_PASSAGE):
            low, high = run[0][0], run[-1][1]
            passages.append(Passage(doc.text[low:high], [(a - low, b - low) for a, b in run]))
    list(read_passages(network, passages, 0.5))
    pairs = [(p.text, span) for p in passages for span in spans_of(p, neighbours(p))]
    pairs.sort(key=lambda pair: len(pair[0]))
    began = time.perf_counter()
    for low in range(0, len(pairs), 24):
        batch = pairs[low : low + 24]
        network.score(network.encode([text for text, _ in batch]), [[span] for _, span in batch])
    return time.perf_counter() - began


def whole_pipeline(docs: list[Document], reader: NeuralReader | None = None) -> tuple[float, int]:
    """Seconds and ties of reading into a fresh ledger."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        summary = read_into(open_ledger(Path(folder) / "bench.duckdb"), docs, reader=reader)
        return time.perf_counter() - began, summary.ties


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--fp32", type=str, help="folder of the same network in fp32")
    args = parser.parse_args()
    docs = articles(args.articles)
    bound = encoder_alone(docs)
    whole, ties = whole_pipeline(docs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    few = docs[: max(1, len(docs) // 10)]
    slow = one_pass_a_pair(few) * len(docs) / len(few)
    print(f"{len(docs)} articles of {WORDS} words, {ties} ties; peak memory {peak:,.0f} MB")
    told = {"encoder alone (the bound)": bound, "whole pipeline into a ledger": whole, "network alone, one pass a pair": slow}
    if args.fp32:
        told["whole pipeline, fp32"] = whole_pipeline(docs, NeuralReader(args.fp32))[0]
    for name, seconds in told.items():
        print(f"{name:32} {3600 * len(docs) / seconds:10,.0f} articles an hour {whole / seconds:8.2f} of the pipeline's speed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
