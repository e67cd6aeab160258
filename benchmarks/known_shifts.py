"""Shifts on the seeds and the sample articles against a list made by hand: which are found, with the right signs and years, which false.

    python -m benchmarks.known_shifts --shared ../shared

Four ledgers: the seeds' gold ties (no reader), the seeds read, the sample articles read, and both together. A shift of a pair that is not
on the list, or with other signs or years, is false; pairs with friendly and hostile ties that are not on the list are those that did not
change and could have been told as changed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frenemy.analysis.shifts import find_shifts
from frenemy.ledger import EvidenceFilter
from frenemy.ledger.when import split_when
from frenemy.model import TIE_TYPES, Evidence
from frenemy.model.evidence import EvidenceTable, tabulate
from frenemy.pipeline import open_ledger

EXAMPLES = Path(__file__).parent.parent / "examples"
PRINTED = {"000": date(2024, 11, 22), "001": date(2024, 12, 15), "002": date(2024, 11, 22)}
"""When the seeds were printed; the first does not say, so it is taken to be of the time of the others."""


@dataclass(frozen=True, slots=True)
class Known:
    """A shift that happened: the pair, the sides, and the years in which it may be dated."""

    pair: frozenset[str]
    before: str
    after: str
    first: int
    last: int


def known(one: str, other: str, before: str, after: str, first: int, last: int) -> Known:
    """A line of the list."""
    return Known(frozenset((one, other)), before, after, first, last)


TOLD = (
    known("Elon Musk", "Donald Trump", "-", "+", 2023, 2024),
    known("Elon Musk", "Donald Trump", "+", "-", 2025, 2025),
    known("Elon Musk", "Mark Zuckerberg", "-", "+", 2024, 2024),
    known("Elon Musk", "Sam Altman", "+", "-", 2018, 2024),
    known("Elon Musk", "OpenAI", "+", "-", 2018, 2024),
)
IN_SEEDS = (TOLD[0], TOLD[2])
"""Those whose both sides the seeds tell."""


def gold(shared: Path) -> EvidenceTable:
    """The seeds' gold ties as evidence."""
    found = []
    for number, line in enumerate((shared / "gold/ties.jsonl").read_text(encoding="utf-8").splitlines()):
        tie = json.loads(line)
        when = tie["when"][0] if tie["when"] else None
        since, until = split_when(when)
        ends = TIE_TYPES[tie["type"]].is_act or "/" in (when or "")
        words = {"author": "author", tie["source"]: "source", tie["target"]: "target"}
        said = {name: tie[name] for name in ("source", "target", "mutual", "type", "polarity", "status")}
        rest = {"published": PRINTED[tie["doc"][:3]], "origin": tie["doc"], "confidence": 1.0, "tie": f"{number:04d}"}
        found.append(Evidence(**said, **rest, word=words.get(tie["voices"][0], "other"), since=since, until=until if ends else None))
    return tabulate(found)


def read(sources: Sequence[Path]) -> EvidenceTable:
    """What the shipped reader reads, with the actors' names."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "read.duckdb") as ledger:
        ledger.read(*sources)
        names = {actor.id: actor.name for actor in ledger.actors()}
        table = ledger.evidence_table(EvidenceFilter())
        return EvidenceTable(
            actors=[names[actor] for actor in table.actors], **{c: getattr(table, c) for c in table.__slots__ if c != "actors"}
        )


def compare(table: EvidenceTable, expected: Sequence[Known]) -> tuple[list[str], list[str], list[str], int]:
    """What is right, missed and false, and how many pairs had both signs and did not change."""
    right, false, left = [], [], list(expected)
    for shift in find_shifts(table):
        pair = frozenset((shift.source, shift.target))
        said = f"{shift.source} and {shift.target} {shift.before} to {shift.after}, {shift.at} ({shift.probability:.2f})"
        fits = [k for k in TOLD if (k.pair, k.before, k.after) == (pair, shift.before, shift.after) and k.first <= shift.at.year <= k.last]
        (right if fits else false).append(said)
        left = [one for one in left if one not in fits]
    both: dict[frozenset[str], set[int]] = {}
    for source, target, sign in zip(table.source.tolist(), table.target.tolist(), table.sign.tolist(), strict=True):
        both.setdefault(frozenset((table.actors[source], table.actors[target])), set()).add(sign)
    still = [pair for pair, signs in both.items() if {1, -1} <= signs and pair not in {one.pair for one in TOLD}]
    missed = [f"{' and '.join(sorted(one.pair))} {one.before} to {one.after}, {one.first}-{one.last}" for one in left]
    return right, missed, false, len(still)


def main() -> None:
    """Print what was found of each ledger."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    seeds, examples = sorted((args.shared / "seeds").glob("*.txt")), [EXAMPLES / name for name in ("tech", "trade", "football")]
    ledgers = {
        "seeds, gold ties": (gold(args.shared), IN_SEEDS),
        "seeds, read": (read(seeds), IN_SEEDS),
        "sample articles, read": (read(examples), TOLD),
        "both, read": (read([*seeds, *examples]), TOLD),
    }
    for name, (table, expected) in ledgers.items():
        right, missed, false, still = compare(table, expected)
        print(f"\n{name}: {len(right)} right, {len(missed)} missed, {len(false)} false; {still} pairs with both signs did not change")
        for word, lines in (("right", right), ("missed", missed), ("false", false)):
            for line in lines:
                print(f"  {word}: {line}")


if __name__ == "__main__":
    main()
