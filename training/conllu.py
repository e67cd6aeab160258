"""Articles of the GUM corpus from its CoNLL-U files: text, words and mentions with the entity that each stands for."""

from __future__ import annotations

import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word at its place in the text; `head` is the index of its syntactic head in the article, -1 for a root."""

    start: int
    end: int
    form: str
    tag: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """Words `first` to `last` (inclusive) stand for `entity`; `kind` and `link` are empty where the file does not give them."""

    first: int
    last: int
    entity: str
    kind: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One document; `sentences` are index ranges of `words`, end exclusive. A line break of `text` ends a paragraph."""

    name: str
    genre: str
    text: str
    words: tuple[Word, ...]
    sentences: tuple[Span, ...]
    mentions: tuple[Mentioned, ...]

    def span(self, first: int, last: int) -> Span:
        """Characters from word `first` to the end of word `last`."""
        return self.words[first].start, self.words[last].end


def locate(words: Sequence[str], text: str) -> list[Span]:
    """Where each word stands in `text`, one after another.

    >>> locate(["do", "n't", "go"], "don't  go")
    [(0, 2), (2, 5), (7, 9)]
    """
    spans, at = [], 0
    for word in words:
        while text[at : at + 1].isspace():
            at += 1
        if not text.startswith(word, at):
            raise ValueError(f"{word!r} does not stand at {at} of {text!r}")
        spans.append((at, at + len(word)))
        at += len(word)
    return spans


def marks(entity: str) -> Iterator[tuple[bool, str, bool]]:
    """The brackets of an Entity attribute: (opens, what stands in it, closes).

    >>> list(marks("(1-event(2-place)3)"))
    [(True, '1-event', False), (True, '2-place', True), (False, '3', True)]
    """
    for opens, inner, closes in re.findall(r"(\()?([^()]+)(\))?", entity):
        yield bool(opens), inner, bool(closes)


@dataclass(slots=True)
class _Growing:
    """An article under construction."""

    text: str = ""
    words: list[Word] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    mentions: list[Mentioned] = field(default_factory=list)
    opened: dict[str, list[tuple[int, list[str]]]] = field(default_factory=lambda: defaultdict(list))

    def sentence(self, text: str, rows: Sequence[Sequence[str]], gap: str) -> None:
        """Add a sentence and its words' rows, `gap` before it."""
        self.text += gap if self.text else ""
        low, base = len(self.text), len(self.words)
        self.text += text
        for row, (start, end) in zip(rows, locate([r[1] for r in rows], text), strict=True):
            head = base + int(row[6]) - 1 if row[6] != "0" else -1
            self.words.append(
                Word(start=low + start, end=low + end, form=row[1], tag=row[4], head=head, relation=row[7].split(":")[0]),
            )
            entity = next((x.removeprefix("Entity=") for x in row[9].split("|") if x.startswith("Entity=")), "")
            self.marked(entity, len(self.words) - 1)
        self.sentences.append((base, len(self.words)))

    def marked(self, entity: str, place: int) -> None:
        """Open and close mentions at word `place`."""
        for opens, inner, closes in marks(entity):
            fields = inner.split("-")
            if opens:
                self.opened[fields[0]].append((place, fields))
            if closes:
                first, fields = self.opened[fields[0]].pop()
                kind, link = (fields[1], fields[6]) if len(fields) > 6 else ("", "")
                self.mentions.append(Mentioned(first=first, last=place, entity=fields[0], kind=kind, link=link))


def parse(lines: Sequence[str], name: str) -> Article:
    """One file's article. `name` is GUM's, as GUM_news_afghan: its second part is the genre."""
    growing = _Growing()
    rows: list[list[str]] = []
    sentence, gap = "", ""
    for line in [*lines, ""]:
        if line.startswith("# newpar"):
            gap = "\n"
        elif line.startswith("# text = "):
            sentence = line.removeprefix("# text = ").strip()
        elif re.match(r"\d+\t", line):
            rows.append(line.rstrip("\n").split("\t"))
        elif not line.strip() and rows:
            growing.sentence(sentence, rows, gap)
            rows, gap = [], " "
    return Article(
        name=name,
        genre=name.split("_")[1],
        text=growing.text,
        words=tuple(growing.words),
        sentences=tuple(growing.sentences),
        mentions=tuple(sorted(growing.mentions, key=lambda m: (m.first, -m.last))),
    )


def articles(archive: Path) -> Iterator[Article]:
    """The articles of a tar.gz of CoNLL-U files, by name."""
    with tarfile.open(archive) as tar:
        for member in sorted((m for m in tar.getmembers() if m.name.endswith(".conllu")), key=lambda m: m.name):
            file = tar.extractfile(member)
            if file is not None:
                yield parse(file.read().decode("utf-8").splitlines(), Path(member.name).stem)
