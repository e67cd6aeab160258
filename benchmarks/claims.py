"""Score disputed claims: precision and recall against the hand-labelled ties, from gold ties and end to end.

    .venv/bin/python benchmarks/claims.py --shared ../shared

A gold claim is disputed when a `denied` row stands on an actor's word, or when somebody else asserts the same of the same pair in
the same document (its twin). *From gold ties* tests the comparison alone: the labelled ties go in, without being told which belong
together. *End to end* reads the raw texts with the shipped reader and resolves the actors; only texts that it was not trained on
count there. A claim is found when document and both actors agree; "+type" asks for the type as well. "Every denied tie" is the
baseline: it calls each denied tie a disputed claim, without looking for who claims it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from gate import rows, scorer
from tables import present, show

from frenemy.analysis.claims import Claim, Statement, claims
from frenemy.documents import load
from frenemy.ledger import TieRecord
from frenemy.ledger.when import split_when
from frenemy.model import Document
from frenemy.pipeline import open_ledger

Key = tuple[str, str, str, str]
"""Document, the two actors in alphabetical order, and type ("" where it does not count)."""


def voice_of(row: Mapping) -> str:
    """On whose word a gold row stands."""
    return row["voice"] if "voice" in row else row["voices"][0]


def key(row: Mapping) -> Key:
    """What a gold row is matched by."""
    one, two = sorted((row["source"], row["target"]))
    return row["doc"], one, two, row["type"]


def truly_disputed(gold: Sequence[Mapping]) -> set[Key]:
    """The gold claims that are disputed.

    >>> row = dict(doc="d", source="a", target="b", type="FUNDS", status="asserted", voice="author")
    >>> truly_disputed([row, row | {"status": "denied", "voice": "b"}]), truly_disputed([row, row | {"status": "denied"}])
    ({('d', 'a', 'b', 'FUNDS')}, set())
    """
    claimed: dict[Key, set[str]] = {}
    for row in gold:
        if row["status"] in ("asserted", "speculated"):
            claimed.setdefault(key(row), set()).add(voice_of(row))
    return {
        key(row)
        for row in gold
        if row["status"] == "denied" and (voice_of(row) != "author" or claimed.get(key(row), set()) - {voice_of(row)})
    }


def twins(gold: Sequence[Mapping]) -> set[Key]:
    """Those of them whose claim is labelled, too."""
    claimed = {key(row) for row in gold if row["status"] in ("asserted", "speculated")}
    return truly_disputed(gold) & claimed


def statements(gold: Iterable[Mapping], texts: Mapping[str, Document]) -> Iterator[Statement]:
    """Gold rows as statements, in the documents they are of."""
    for number, row in enumerate(gold):
        doc = texts[row["doc"]]
        when = row["when"][0] if isinstance(row["when"], list) and row["when"] else row["when"] or None
        since, until = split_when(when)
        quote = row["quotes"][0] if "quotes" in row else row["quote"]
        yield Statement(
            tie=f"{number:06}",
            source=row["source"],
            source_name=row["source"],
            target=row["target"],
            target_name=row["target"],
            mutual=row["mutual"],
            type=row["type"],
            polarity=row["polarity"],
            status=row["status"],
            voice=voice_of(row),
            since=since,
            until=until,
            published=doc.published or date(2016, 1, 1),
            document=doc.id,
            doc=doc.name,
            publisher=doc.publisher,
            origin=doc.id,
            quote=quote,
            start=max(0, doc.text.find(quote)),
        )


def found_disputed(found: Iterable[Claim], find: Callable[[str, str], str]) -> set[Key]:
    """Disputed claims as keys: once for each document that disputes them."""
    keys = set()
    for claim in found:
        if claim.disputed:
            against = claim.denied + tuple(dispute.against for dispute in claim.disputes)
            for doc in {statement.doc for statement in against}:
                one, two = sorted((find(doc, claim.source_name), find(doc, claim.target_name)))
                keys.add((doc, one, two, claim.type))
    return keys


def paired(found: Iterable[Claim]) -> set[Key]:
    """The claims of which both sides were found."""
    return {
        (dispute.against.doc, *sorted((claim.source_name, claim.target_name)), claim.type) for claim in found for dispute in claim.disputes
    }


def scores(true: set[Key], found: set[Key]) -> list[float | int]:
    """Precision, recall, F1, right, found, true."""
    right = len(true & found)
    return [right / max(1, len(found)), right / max(1, len(true)), 2 * right / max(1, len(found) + len(true)), right, len(found), len(true)]


def untyped(keys: set[Key]) -> set[Key]:
    """Without their types."""
    return {(doc, one, two, "") for doc, one, two, _ in keys}


def matcher(gold_folder: Path, gold: Sequence[Mapping], shared: Path) -> Callable[[str, str], str]:
    """The gold actor that a name means in a document."""
    known: dict[str, dict[str, list[str]]] = {}
    for row in gold:
        for name in (row["source"], row["target"]):
            known.setdefault(row["doc"], {}).setdefault(name, [])
    for actor in rows(gold_folder / "actors.jsonl"):
        known.setdefault(actor["doc"], {})[actor["name"]] = actor["aliases"]
    names = {doc: scorer(shared).Names(aliases) for doc, aliases in known.items()}
    return lambda doc, name: names[doc].find(name) if doc in names else name


def end_to_end(docs: Sequence[Path]) -> tuple[list[Claim], list[TieRecord]]:
    """The claims and the ties that the shipped reader gives."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "claims.duckdb") as ledger:
        ledger.read(*docs)
        return ledger.claims(), list(ledger.ties())


def baseline(ties: Iterable[TieRecord], find: Callable[[str, str], str]) -> set[Key]:
    """Every denied tie."""
    return {(t.doc, *sorted((find(t.doc, t.source), find(t.doc, t.target))), t.type) for t in ties if t.status == "denied"}


def main() -> int:
    """Print and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of the evaluation data")
    parser.add_argument("--out", type=Path, help="Markdown file to append the tables to")
    arguments = parser.parse_args()
    shared = arguments.shared
    if not present(arguments):
        return 0
    seeds = sorted((shared / "seeds").glob("*.txt"))
    articles = shared / "data/ties/articles"
    sets = {
        "seeds": (seeds, shared / "gold"),
        "articles, dev": ([articles / "dev/articles.jsonl"], articles / "dev"),
        "articles, train": ([articles / "train/articles.jsonl"], articles / "train"),
    }
    head = ("set", "way", "precision", "recall", "F1", "right", "found", "gold")
    logic, raw, pairs = [], [], []
    for name, (sources, folder) in sets.items():
        gold = rows(folder / "ties.jsonl")
        texts = {doc.name: doc for doc in load([str(source) for source in sources], any_language=True) if isinstance(doc, Document)}
        true, same = truly_disputed(gold), lambda _, actor: actor
        found = claims(statements((row for row in gold if row["doc"] in texts), texts))
        every = {key(row) for row in gold if row["status"] == "denied"}
        logic.append([name, "claims", *scores(true, found_disputed(found, same))])
        logic.append([name, "every denied tie", *scores(true, every)])
        pairs.append([name, len(twins(gold)), len(twins(gold) & paired(found))])
        if "train" in name:
            continue
        find = matcher(folder, gold, shared)
        read, ties = end_to_end(sources)
        for way, keys in (("claims", found_disputed(read, find)), ("every denied tie", baseline(ties, find))):
            raw.append([name, f"{way}, pair", *scores(untyped(true), untyped(keys))])
            raw.append([name, f"{way}, pair+type", *scores(true, keys)])
    show("From gold ties", head, logic, out=arguments.out)
    show("Claims with their twins found, from gold ties", ("set", "twins in gold", "both sides found"), pairs, out=arguments.out)
    show("End to end", head, raw, out=arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
