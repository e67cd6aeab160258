"""Check the project's own training data, sentences and lexicon of frames, and count what they hold.

`python -m training.check_data` reads every file under `training/data`, prints each fault with its place, then the counts by type; it fails
when there is a fault. With `--write` it puts the counts into `training/data/README.md`, where the formats stand too.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from frenemy.model import TIE_TYPES
from frenemy.model.vocabulary import STATUSES

DATA = Path(__file__).parent / "data"

MENTION = re.compile(r"\{(\d+)[PCOGLN] [^{}]+\}")
LINK = re.compile(r"(\d+)=(\d+)")
TIE = re.compile(rf"(\d+)([>~])(\d+) ([A-Z_]+) [+\-0](?: ({'|'.join(STATUSES)}))?(?: (\d+|other|author))?")

SIGN = re.compile(r"[+\-0]~?")
KINDS = re.compile(r"(\*|[PCOGLN]+)>(\*|[PCOGLN]+)")
VERB = re.compile(r"\{[a-z\-]+\}")
PASSIVE = re.compile(r"\}\* Y\b")
SLOTS = "TDQMV"

COUNTS = "<!-- counts: written by python -m training.check_data --write -->\n"


@dataclass(slots=True)
class Report:
    """What was found: faults in order, and counts of items, types and statuses."""

    faults: list[str] = field(default_factory=list)
    items: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that say something, with their numbers."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def notes_of(line: str) -> tuple[str, list[str]]:
    """The marked text of an item and the notes behind its bars.

    >>> notes_of("{1P Holt} praised {2C Ferrum}. || 1>2 SUPPORT +")
    ('{1P Holt} praised {2C Ferrum}. ', ['1>2 SUPPORT +'])
    """
    text, _, notes = line.partition("||")
    return text, [note.strip() for note in notes.split(";") if note.strip()]


def sentence_faults(line: str) -> Iterator[str]:
    """What is wrong with one item of `sentences/*.txt`.

    >>> list(sentence_faults("{1P Holt} sued {2C Ferrum}. || 1>2 ACCUSE -"))
    []
    >>> list(sentence_faults("{1P Holt} sued {2C Ferrum}. || 1>3 ACUSE -"))
    ["unknown type 'ACUSE'", "no such mention in '1>3 ACUSE -'"]
    """
    if "||" not in line:
        yield "no || behind the text"
        return
    text, notes = notes_of(line)
    numbers = [int(m[1]) for m in MENTION.finditer(text)]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"mentions are numbered {numbers}"
    if re.search(r"[{}]", MENTION.sub("", text)):
        yield "a brace that marks no mention"
    for note in notes:
        yield from note_faults(note, len(numbers))


def note_faults(note: str, mentions: int) -> Iterator[str]:
    """What is wrong with one link or tie of an item that has so many mentions.

    >>> list(note_faults("2=1", 2)), list(note_faults("1=2", 2))
    ([], ["'1=2' does not point back"])
    """
    if link := LINK.fullmatch(note):
        if not 0 < int(link[2]) < int(link[1]) <= mentions:
            yield f"'{note}' does not point back"
        return
    tie = TIE.fullmatch(note)
    if tie is None:
        yield f"'{note}' is no tie"
        return
    if tie[4] not in TIE_TYPES:
        yield f"unknown type '{tie[4]}'"
    named = [int(tie[1]), int(tie[3]), *([int(tie[6])] if tie[6] and tie[6].isdigit() else [])]
    if not all(0 < number <= mentions for number in named):
        yield f"no such mention in '{note}'"
    if tie[1] == tie[3]:
        yield f"'{note}' ties a mention to itself"


def frame_faults(line: str) -> Iterator[str]:
    """What is wrong with one line of `lexicon/*.tsv`, taken by itself.

    >>> list(frame_faults("ACCUSE\\t-\\t*>*\\tX {accuse}* Y of %D"))
    []
    >>> list(frame_faults("ACCUSE\\t-\\t*>*\\tX {lash}* out at Y over %Z"))
    ['a passive star needs Y next to the verb', 'unknown slot %Z']
    """
    cells = line.split("\t")
    if len(cells) != 4:
        yield f"{len(cells)} fields, not 4"
        return
    kind, sign, kinds, pattern = cells
    if kind not in TIE_TYPES and kind != "NONE":
        yield f"unknown type '{kind}'"
    if not SIGN.fullmatch(sign):
        yield f"sign '{sign}'"
    if not KINDS.fullmatch(kinds):
        yield f"kinds '{kinds}'"
    if any(len(re.findall(rf"\b{role}\b", pattern)) != 1 for role in "XY"):
        yield "X and Y have to stand once each"
    if pattern.count("{") > 1 or ("{" in pattern and not VERB.search(pattern)):
        yield "one verb in braces at most, in its base form"
    if "}*" in pattern and not PASSIVE.search(pattern):
        yield "a passive star needs Y next to the verb"
    yield from (f"unknown slot {slot}" for slot in re.findall("%.", pattern) if slot[1] not in SLOTS)


def check_sentences(paths: Iterable[Path]) -> Report:
    """Check files of sentences; ties are counted once for each time they are written."""
    report = Report()
    for path in paths:
        for number, line in lines(path):
            report.faults += [f"{path.name}:{number}: {fault}" for fault in sentence_faults(line)]
            report.items[path.name] += 1
            for tie in filter(None, (TIE.fullmatch(note) for note in notes_of(line)[1])):
                report.types[tie[4]] += 1
                report.statuses[tie[5] or "asserted"] += 1
    return report


def check_lexicon(paths: Iterable[Path]) -> Report:
    """Check files of frames; a frame may stand only once in a file."""
    report = Report()
    for path in paths:
        seen: set[tuple[str, str]] = set()
        for number, line in lines(path):
            report.faults += [f"{path.name}:{number}: {fault}" for fault in frame_faults(line)]
            frame = (line.split("\t")[0], line.split("\t")[-1])
            if frame in seen:
                report.faults.append(f"{path.name}:{number}: stands twice")
            seen.add(frame)
            report.items[path.name] += 1
            report.types[frame[0]] += 1
    return report


def table(sentences: Report, lexicon: Report) -> str:
    """Ties of the sentences and frames of the lexicon by type, as a Markdown table.

    >>> print(table(Report(types=Counter(AID=2)), Report(types=Counter(AID=1, NONE=3))).splitlines()[-1])
    | all | 2 | 4 |
    """
    names = [*TIE_TYPES, *sorted({*sentences.types, *lexicon.types} - {*TIE_TYPES})]
    rows = [f"| {name} | {sentences.types[name]:,} | {lexicon.types[name]:,} |" for name in names]
    total = f"| all | {sentences.types.total():,} | {lexicon.types.total():,} |"
    return "\n".join(["| type | ties in sentences | frames |", "|---|---|---|", *rows, total])


def listed(counts: Counter[str]) -> str:
    """Counts in one line, the largest first.

    >>> listed(Counter(asserted=3000, denied=1))
    'asserted 3,000, denied 1'
    """
    return ", ".join(f"{name} {count:,}" for name, count in counts.most_common())


def counts(sentences: Report, lexicon: Report) -> str:
    """All counts, as the README shows them."""
    return "\n".join(
        [
            f"- Items: {listed(sentences.items)}; {sentences.items.total():,} in all.",
            f"- Statuses of their ties: {listed(sentences.statuses)}.",
            f"- Frames: {listed(lexicon.items)}; {lexicon.items.total():,} in all.",
            "",
            table(sentences, lexicon),
        ]
    )


def with_counts(page: str, said: str) -> str:
    """The page with what follows its counts mark replaced.

    >>> with_counts("Formats." + COUNTS + "old", "new").endswith("-->\\nnew\\n")
    True
    """
    return page.partition(COUNTS)[0] + COUNTS + said + "\n"


def main() -> int:
    """Check the folder and print faults and counts; 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with sentences/ and lexicon/")
    parser.add_argument("--write", action="store_true", help="put the counts into the folder's README.md")
    args = parser.parse_args()
    sentences = check_sentences(sorted(args.data.glob("sentences/*.txt")))
    lexicon = check_lexicon(sorted(args.data.glob("lexicon/*.tsv")))
    faults = sentences.faults + lexicon.faults
    if not sentences.items or not lexicon.items:
        faults.append(f"{args.data}: no sentences/*.txt or no lexicon/*.tsv in it")
    said = counts(sentences, lexicon)
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    print(said)
    if args.write and not faults:
        page = args.data / "README.md"
        page.write_text(with_counts(page.read_text(encoding="utf-8"), said), encoding="utf-8")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
