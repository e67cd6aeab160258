"""The hand-written hard cases and which of them the shipped reader gets right.

python -m tests.reading.hard_cases             prints the score by grade and phenomenon
python -m tests.reading.hard_cases --freeze    writes the ids that are right to hard_cases.frozen.json, after a new model
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from frenemy.reading import Verdict, read_pairs

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One row of `hard_cases.tsv`; `ties` are (type, direction, polarity, status, voice)."""

    id: str
    grade: str
    phenomenon: str
    text: str
    p: tuple[int, int]
    q: tuple[int, int]
    ties: tuple[tuple[str, ...], ...]


def parse(line: str) -> Case:
    """A row; `[p …]` and `[q …]` mark the mentions.

    >>> case = parse("1\\t1\\tpassive\\t[q Orbis] was sued by [p Ferrum].\\tACCUSE p>q - asserted author")
    >>> case.text[slice(*case.p)], case.ties[0][0]
    ('Ferrum', 'ACCUSE')
    """
    number, grade, phenomenon, marked, ties = line.split("\t")
    spans, text, at = {}, "", 0
    for mark in re.finditer(r"\[([pq]) ([^\]]+)\]", marked):
        text += marked[at : mark.start()]
        spans[mark[1]] = (len(text), len(text) + len(mark[2]))
        text += mark[2]
        at = mark.end()
    parsed = tuple(tuple(tie.split()) for tie in ties.split("; ") if tie != "-")
    return Case(id=number, grade=grade, phenomenon=phenomenon, text=text + marked[at:], p=spans["p"], q=spans["q"], ties=parsed)


CASES = [parse(line) for line in (HERE / "hard_cases.tsv").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
FROZEN = HERE / "hard_cases.frozen.json"


def is_right(case: Case, ties: list[Verdict]) -> bool:
    """Whether the first tie has the type, direction, polarity and status of the first one in the table."""
    if not case.ties or not ties:
        return not case.ties and not ties
    return case.ties[0][:4] == (ties[0].type, ties[0].direction, ties[0].polarity, ties[0].status)


def right_ids() -> set[str]:
    """The cases that the shipped reader gets right."""
    found = read_pairs((case.text, case.p, case.q) for case in CASES)
    return {case.id for case, ties in zip(CASES, found, strict=True) if is_right(case, ties)}


def main() -> None:
    """Print the score, or freeze it."""
    right = right_ids()
    for field in ("grade", "phenomenon"):
        groups: dict[object, list[bool]] = defaultdict(list)
        for case in CASES:
            groups[getattr(case, field)].append(case.id in right)
        for group, marks in sorted(groups.items(), key=str):
            print(f"{field} {group!s:28} {sum(marks):3} of {len(marks):3}")
    print(f"{len(right)} of {len(CASES)}")
    if "--freeze" in sys.argv:
        FROZEN.write_text(json.dumps(sorted(right), indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
