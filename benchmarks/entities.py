"""Names found by the shipped reader, beside gold spans: UNER-EWT, CrossNER politics and WNUT-17, their test sets.

    .venv/bin/python -m benchmarks.entities --shared ../shared [--limit 200] [--out FILE]

Each sentence is read as a document of its own, from its raw text (UNER-EWT keeps it; the others have words only, put together as news would
print them). A span is right when it covers the same words as gold's; "typed" asks for the same of PER, ORG and LOC as well. What the reader
finds on purpose and these sets do not tag is left out before scoring: pronouns, descriptions ("the company") and groups ("Democrats",
"officials"). It finds no dates, events, products or works: gold spans of such kinds are left out too, and a found span that is exactly one
of them is neither right nor wrong. So the figures are near, not the same as, the published ones, which score a set's own kinds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.clusters import Score, harmonic, ratio
from benchmarks.tables import options, present, reader, show
from training.conllu import locate
from training.passages import join_tokens

from frenemy.model import Document, Reading

Span = tuple[int, int]

SETS = {
    "uner_ewt": "data/entities/uner_ewt/en_ewt-ud-test.iob2",
    "crossner politics": "data/entities/crossner/ner_data__politics__test.txt",
    "wnut17": "data/entities/wnut17/emerging.test.annotated",
}
COARSE = {
    "PER": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    "person": "PER",
    "politician": "PER",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "corporation": "ORG",
    "group": "ORG",
    "country": "LOC",
    "location": "LOC",
}
OURS = {"person": "PER", "company": "ORG", "organisation": "ORG", "government body": "ORG", "place": "LOC"}

# Typed F1 over each set's own kinds, from the named sources; a figure that could not be found in a source stands as None.
PUBLISHED: dict[str, tuple[tuple[str, float | None], ...]] = {
    # Mayhew et al., Universal NER, NAACL 2024: XLM-R large fine-tuned on UNER-EWT train.
    "uner_ewt": (("XLM-R large, fine-tuned", 0.860),),
    # Nine kinds, zero-shot: huggingface.co/numind/NuNER_Zero-span, NuZero_span_entity_token_metrics.txt (entity level), and
    # huggingface.co/knowledgator/gliner-multitask-large-v0.5, README. The figures of Liu et al., CrossNER, AAAI 2021: not found.
    "crossner politics": (("NuNER Zero-span, zero-shot", 0.727), ("GLiNER multitask large, zero-shot", 0.787), ("BERT, fine-tuned", None)),
    # Six kinds: Nguyen et al., BERTweet, EMNLP 2020 demonstrations.
    "wnut17": (("BERTweet, fine-tuned", 0.565),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A text, where its words stand in it, and gold: spans of words (end exclusive) with PER, ORG, LOC or None for a kind left out."""

    text: str
    words: tuple[Span, ...]
    gold: Mapping[Span, str | None]


def decode(tags: Sequence[str]) -> dict[Span, str]:
    """Spans of IOB tags: from B, or I where no span of that kind is open, to the last I.

    >>> decode(["B-PER", "I-PER", "O", "I-LOC", "B-LOC"])
    {(0, 2): 'PER', (3, 4): 'LOC', (4, 5): 'LOC'}
    """
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag[:1] == "I" and spans and spans[-1][1:] == (i, tag[2:]):
            spans[-1] = (spans[-1][0], i + 1, tag[2:])
        elif tag != "O":
            spans.append((i, i + 1, tag[2:]))
    return {(first, last): kind for first, last, kind in spans}


def sentence(words: Sequence[str], tags: Sequence[str], text: str | None) -> Sentence:
    """A sentence from its columns; `text` is how it was printed, where the file says.

    >>> sentence(["Ann", "'s", "win"], ["B-person", "O", "O"], None)
    Sentence(text="Ann's win", words=((0, 3), (3, 5), (6, 9)), gold={(0, 1): 'PER'})
    """
    if text is None:
        text, spans = join_tokens(words)
    else:
        spans = locate(words, text)
    return Sentence(text=text, words=tuple(spans), gold={span: COARSE.get(kind) for span, kind in decode(tags).items()})


def sentences(lines: Iterable[str]) -> Iterator[Sentence]:
    """The sentences of a column file: word and tag, or number, word and tag under a comment with the text."""
    words: list[str] = []
    tags: list[str] = []
    text = None
    for line in [*lines, ""]:
        if not line.strip():
            if words:
                yield sentence(words, tags, text)
            words, tags, text = [], [], None
        elif line.startswith("# ") and not words:
            text = line.removeprefix("# text = ").strip() if line.startswith("# text = ") else text
        else:
            cells = re.split(r"[\t ]", line.rstrip("\n"))
            word, tag = (cells[1], cells[2]) if len(cells) > 3 else (cells[0], cells[-1])
            words.append(word)
            tags.append(tag)


def found(reading: Reading, words: Sequence[Span]) -> dict[Span, str]:
    """The reader's names as spans of words with PER, ORG or LOC."""
    out = {}
    for mention in reading.mentions:
        inside = [i for i, (start, end) in enumerate(words) if start < mention.end and mention.start < end]
        if mention.form == "name" and mention.kind in OURS and inside:
            out[inside[0], inside[-1] + 1] = OURS[mention.kind]
    return out


def score(gold: Sequence[Mapping[Span, str | None]], guess: Sequence[Mapping[Span, str]]) -> dict[str, Score]:
    """Span scores, kind aside ("span") and with the kind ("typed"), over all sentences.

    >>> score([{(0, 2): "PER", (3, 4): None}], [{(0, 2): "ORG", (3, 4): "LOC"}])["span"]
    Score(precision=1.0, recall=1.0, f1=1.0)
    """
    wanted = [{s: k for s, k in g.items() if k is not None} for g in gold]
    kept = [{s: k for s, k in p.items() if g.get(s, k) is not None} for g, p in zip(gold, guess, strict=True)]
    spans = sum(len(g.keys() & p.keys()) for g, p in zip(wanted, kept, strict=True))
    typed = sum(g.get(s) == k for g, p in zip(wanted, kept, strict=True) for s, k in p.items())
    counted, asked = sum(map(len, kept)), sum(map(len, wanted))
    return {name: harmonic(ratio(right, counted), ratio(right, asked)) for name, right in (("span", spans), ("typed", typed))}


def main() -> int:
    """Print the table."""
    parser = options(__doc__, limit="sentences of each set")
    parser.add_argument("--set", choices=SETS, help="only this one")
    arguments = parser.parse_args()
    if not present(arguments):
        return 0
    ours = reader(arguments)
    rows: list[tuple[str | float, ...]] = []
    for name, path in SETS.items():
        if arguments.set not in (None, name):
            continue
        items = list(islice(sentences(Path(arguments.shared / path).read_text(encoding="utf-8").splitlines()), arguments.limit))
        readings = ours.read(Document(text=s.text, name=str(i)) for i, s in enumerate(items))
        guess = [found(r, s.words) for r, s in zip(readings, items, strict=True)]
        for level, (precision, recall, f1) in score([s.gold for s in items], guess).items():
            rows.append((f"{name} ({len(items)} sentences)", f"frenemy, {level}", precision, recall, f1))
        rows += [(name, f"published: {model}", "", "", f1 or "not found") for model, f1 in PUBLISHED[name]]
    show(
        "Entities",
        ("set", "who", "precision", "recall", "F1"),
        rows,
        note="Published figures are typed, over the kinds of each set; ours over PER, ORG and LOC.",
        out=arguments.out,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
