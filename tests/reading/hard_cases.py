"""The hand-written hard cases and which of them the shipped reader gets right.

python -m tests.reading.hard_cases             prints the score by grade and phenomenon
python -m tests.reading.hard_cases --freeze    writes the ids that are right to hard_cases.frozen.json, after a new model
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from frenemy.reading import Verdict, read_pairs

HERE = Path(__file__).parent
CASES = [json.loads(line) for line in (HERE / "hard_cases.jsonl").read_text(encoding="utf-8").splitlines()]
FROZEN = HERE / "hard_cases.frozen.json"


def is_right(case: dict, ties: list[Verdict]) -> bool:
    """Whether the first tie has the type, direction, polarity and status of the first one in the table."""
    if not case["ties"] or not ties:
        return not case["ties"] and not ties
    gold, first = case["ties"][0], ties[0]
    return (gold["type"], gold["direction"], gold["polarity"], gold["status"]) == (
        first.type,
        first.direction,
        first.polarity,
        first.status,
    )


def right_ids() -> set[str]:
    """The cases that the shipped reader gets right."""
    found = read_pairs((c["text"], tuple(c["p"]), tuple(c["q"])) for c in CASES)
    return {case["id"] for case, ties in zip(CASES, found, strict=True) if is_right(case, ties)}


def main() -> None:
    """Print the score, or freeze it."""
    right = right_ids()
    for field in ("grade", "phenomenon"):
        groups: dict[object, list[bool]] = defaultdict(list)
        for case in CASES:
            groups[case[field]].append(case["id"] in right)
        for group, marks in sorted(groups.items(), key=str):
            print(f"{field} {group!s:28} {sum(marks):3} of {len(marks):3}")
    print(f"{len(right)} of {len(CASES)}")
    if "--freeze" in sys.argv:
        FROZEN.write_text(json.dumps(sorted(right), indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
