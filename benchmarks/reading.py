"""Speed and memory of reading: the whole pipeline into a ledger, beside the bound of one encoder pass in the same run.

    make bench                     or     .venv/bin/python benchmarks/reading.py --articles 200

Articles of 400 words are put together from the sentences of `examples/`, each one different, so that nothing is recognised as read before.
Prints articles an hour for the whole pipeline, for the encoder alone on the same passages (the bound), and their ratio.
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
from frenemy.reading.reader import LONGEST_PASSAGE
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


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    docs = articles(parser.parse_args().articles)
    bound = encoder_alone(docs)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        summary = read_into(open_ledger(Path(folder) / "bench.duckdb"), docs)
        whole = time.perf_counter() - began
    per_hour = 3600 * len(docs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(docs)} articles of {WORDS} words, {summary.ties} ties")
    print(f"{'encoder alone (the bound)':30} {per_hour / bound:10,.0f} articles an hour")
    print(f"{'whole pipeline into a ledger':30} {per_hour / whole:10,.0f} articles an hour")
    print(f"{'ratio':30} {bound / whole:10.2f}")
    print(f"{'peak memory':30} {peak:10,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
