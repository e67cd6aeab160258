"""Score the figures that the shipped reader finds on the development articles and the seeds, from raw text.

    .venv/bin/python benchmarks/figures.py --shared ../shared

A figure is right when its amount and unit agree with gold and the quotes overlap; the stricter levels ask for the kind, the subject, or
both as well. Gold's counted nouns are free text ("troops killed"): they agree when they share a word, singular or plural, or
gold counts people whatever the text calls them ("37 nationals" are 37 people killed). Gold kinds that
`Figure` does not have are taken for the nearest it has. Founding dates and figures without an amount are left out, losses lose their minus.
Subjects are matched by name as the shared scorer matches those of ties.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gate import rows, scorer

from frenemy.documents import load
from frenemy.model import Document, Figure
from frenemy.reading import default_reader

KINDS = {
    "contract": ("price", "other"),
    "investment": ("funding",),
    "fine": ("price", "other"),
    "market share": ("other",),
    "share": ("other",),
}
PERSONS = {"people", "person", "death", "bodie", "live", "killed", "arrest", "arrested"}
ADJUSTED = 70  # training articles on which weights and windows were tried
LEVELS = ("amount", "+kind", "+subject", "+kind+subject", "+status")


def words(text: str) -> set[str]:
    """Lower-case words without a plural s."""
    return {w.lower().removesuffix("s") for w in re.findall(r"[^\W\d_]+", text)}


def same_unit(gold: str, unit: str) -> bool:
    """Whether gold's free text means this unit.

    >>> same_unit("troops killed", "troops"), same_unit("USD per share", "USD"), same_unit("% of GDP", "%"), same_unit("USD", "EUR")
    (True, True, True, False)
    """
    if "%" in gold or unit == "%":
        return unit == "%" and ("%" in gold or "percent" in gold)
    if unit.isupper() or gold[:3].isupper():
        return gold.split()[0] == unit
    return bool(words(gold) & words(unit)) or (bool(words(gold) & PERSONS) and not unit.isupper())


def overlaps(text: str, gold_quote: str, figure: Figure) -> bool:
    """Whether a figure's quote overlaps gold's wherever it stands."""
    at = [m.start() for m in re.finditer(re.escape(gold_quote), text)]
    return any(a < figure.quote.end and figure.quote.start < a + len(gold_quote) for a in at) or (
        not at and figure.quote.text in gold_quote
    )


def agreements(gold: Mapping, figure: Figure, text: str, subject: bool) -> set[str]:
    """The levels at which a figure agrees with one of gold, given whether the subject does; empty when it is another figure."""
    if abs(abs(gold["amount"]) - figure.amount) > 1e-6 * max(1.0, abs(gold["amount"])) or not same_unit(gold["unit"], figure.unit):
        return set()
    if not overlaps(text, gold["quote"], figure):
        return set()
    kind = figure.kind in KINDS.get(gold["kind"], (gold["kind"],))
    held = {
        "amount": True,
        "+kind": kind,
        "+subject": subject,
        "+kind+subject": kind and subject,
        "+status": gold["status"] == figure.status,
    }
    return {level for level, holds in held.items() if holds}


def score(gold: Sequence[Mapping], found: Sequence[tuple[str, str, Figure]], find: Callable[[str, str], str]) -> dict:
    """Precision, recall, F1 and counts by level; `found` holds document name, its text and figure, `find` maps a name onto gold's."""
    right = dict.fromkeys(LEVELS, 0)
    open_gold = dict(enumerate(gold))
    pairs = []
    for j, (doc, text, figure) in enumerate(found):
        for i, row in open_gold.items():
            if row["doc"] == doc and (held := agreements(row, figure, text, find(doc, figure.subject.name) == row["subject"])):
                pairs.append((len(held), -i, -j, held))
    taken: set[tuple[str, int]] = set()
    for _, i, j, held in sorted(pairs, key=lambda p: p[:3], reverse=True):
        if {("gold", i), ("found", j)} & taken:
            continue
        taken |= {("gold", i), ("found", j)}
        for level in held:
            right[level] += 1
    return {
        level: (hits / max(1, len(found)), hits / max(1, len(gold)), 2 * hits / max(1, len(found) + len(gold)), hits, len(found), len(gold))
        for level, hits in right.items()
    }


def names(gold: Sequence[Mapping], actors: Sequence[Mapping], shared: Path) -> Callable[[str, str], str]:
    """The gold actor that a name means in a document, found as the shared scorer of ties finds it."""
    known: dict[str, dict[str, list[str]]] = {}
    for row in gold:
        known.setdefault(row["doc"], {}).setdefault(row["subject"], [])
    for actor in actors:
        known.setdefault(actor["doc"], {})[actor["name"]] = actor["aliases"]
    matcher = {doc: scorer(shared).Names(aliases) for doc, aliases in known.items()}
    return lambda doc, name: matcher[doc].find(name) if doc in matcher else name


def scored(name: str, sources: list[str], gold_folder: Path, shared: Path, *, first: int = 0) -> None:
    """Read, score and print one set, from its article number `first` on."""
    docs = [d for d in load(sources) if isinstance(d, Document)][first:]
    here = {doc.name for doc in docs}
    gold = [g for g in rows(gold_folder / "figures.jsonl") if g["doc"] in here and g["amount"] is not None and g["kind"] != "date founded"]
    find = names(gold, rows(gold_folder / "actors.jsonl"), shared)
    found = [(r.document.name, r.document.text, f) for r in default_reader().read(docs) for f in r.figures]
    for level, (precision, recall, f1, hits, count, wanted) in score(gold, found, find).items():
        print(f"{name:10} {level:15} {precision:6.3f} {recall:6.3f} {f1:6.3f}   {hits} right of {count}, {wanted} in gold")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--more", action="store_true", help="also the training articles that the rules were not adjusted on")
    parser.add_argument(
        "--strict", action="store_true", help="a unit must share a word with gold's, a contract is a price and nothing else"
    )
    arguments = parser.parse_args()
    if arguments.strict:
        PERSONS.clear()
        KINDS.update({name: kinds[:1] for name, kinds in KINDS.items()})
    shared = arguments.shared
    if not shared.exists():
        print(f"{shared} is not here: the evaluation data is needed. Nothing was scored.")
        return 0
    print(f"{'set':10} {'level':15} {'prec.':>6} {'recall':>6} {'F1':>6}")
    scored("seeds", [str(p) for p in sorted((shared / "seeds").glob("*.txt"))], shared / "gold", shared)
    articles = shared / "data/ties/articles/dev"
    scored("articles", [str(articles / "articles.jsonl")], articles, shared)
    if arguments.more:
        train = shared / "data/ties/articles/train"
        scored("more", [str(train / "articles.jsonl")], train, shared, first=ADJUSTED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
