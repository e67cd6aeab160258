"""The first lines of a plain text, read for its title, date, publisher and author."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from frenemy.documents.clues import Clue, is_name, read_line, role_of_name

HEAD_LINES = 8
HEAD_CHARS = 600
_WINDOW = 4_000
_LONGEST_TITLE = 160
_MOST_WORDS = 28
_BOILERPLATE = re.compile(
    r"(?:top|bottom) of page|skip to (?:main )?content|menu|search|home|advertisement|sign in|log in|subscribe|"
    r"share(?: this(?: article)?)?|"
    r"print|back|"
    r"save|listen|follow us|news|world|politics|business|tech(?:nology)?|opinion|analysis|breaking news|exclusive",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|No|etc|vs))\.?$")
_SUFFIX = re.compile(r"\s[|–—-]\s(?P<publisher>[^|–—]{2,40})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the first lines say."""

    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    author: str | None = None


def read_head(text: str, *, latest: date, year: int | None = None) -> Head:
    r"""Read the first eight lines, or 600 characters, of a cleaned text.

    A date counts when it stands alone or among names and labels, in a dateline, or before the first word of a paragraph; one in a sentence
    does not, nor does one after `latest`. `year` completes datelines, which mostly name month and day only.

    >>> head = read_head("Rivals at peace\nCrisp Ledger | 17 June 2017\n\nThe two said that they had met.", latest=date(2025, 1, 1))
    >>> head.title, str(head.published), head.publisher
    ('Rivals at peace', '2017-06-17', 'Crisp Ledger')
    """
    lines = _lines(text)
    clues = [read_line(line, year=year) for line in lines]
    if year is None and (known := next((clue.published.year for clue in clues if clue is not None and clue.published is not None), None)):
        clues = [read_line(line, year=known) for line in lines]
    at = _title_line(lines, clues, whole=len(text) <= _WINDOW)
    named = [clue for clue in clues if clue is not None]
    named += _beside_date(lines, clues, title_line=at)
    title, suffix = _split_title(lines[at].strip()) if at is not None else (None, None)
    return Head(
        title=next((clue.title for clue in named if clue.title), title),
        published=_published(named, latest),
        publisher=next((clue.publisher for clue in named if clue.publisher), suffix),
        author=next((clue.author for clue in named if clue.author), None),
    )


def _lines(text: str) -> list[str]:
    """The lines that begin within the head, without blank ones and those of the page around the article."""
    lines: list[str] = []
    start = 0
    for line in text[:_WINDOW].split("\n"):
        if start > HEAD_CHARS or len(lines) >= HEAD_LINES:
            break
        if line.strip() and not _BOILERPLATE.fullmatch(line.strip()):
            lines.append(line)
        start += len(line) + 1
    return lines


def _published(clues: list[Clue], latest: date) -> date | None:
    """The surest date, the first of equals."""
    dated = [(clue.rank, clue.published) for clue in clues if clue.published is not None and clue.published <= latest]
    return min(dated, key=lambda one: one[0])[1] if dated else None


def _title_line(lines: list[str], clues: list[Clue | None], *, whole: bool) -> int | None:
    """The first line that is no clue, if it looks like a title and a text follows it."""
    for at, (line, clue) in enumerate(zip(lines, clues, strict=True)):
        if clue is not None:
            if not clue.alone:
                return None
            continue
        after = lines[at + 1] if at + 1 < len(lines) else None
        if after is None and whole:
            return None
        return at if _is_title(line.strip(), after) else None
    return None


def _is_title(line: str, after: str | None) -> bool:
    if len(line) > _LONGEST_TITLE or len(line.split()) > _MOST_WORDS or sum(map(str.isalpha, line)) < 3:
        return False
    if after is not None and after[:1].islower() and read_line(after, year=None) is None:
        return False
    return line[-1] not in ".,;:…-–—" or _ABBREVIATION.search(line) is not None


def _split_title(title: str) -> tuple[str, str | None]:
    """A page's title often ends in the publisher's name.

    >>> _split_title("Rivals at peace | The Crisp Ledger"), _split_title("Musk - the early years")
    (('Rivals at peace', 'The Crisp Ledger'), ('Musk - the early years', None))
    """
    match = _SUFFIX.search(title)
    if match is None or not (" | " in match[0] or is_name(match["publisher"])) or len(title[: match.start()].split()) < 3:
        return title, None
    clue = role_of_name(match["publisher"])
    if " | " in match[0] or (clue is not None and clue.publisher is not None):
        return title[: match.start()], match["publisher"].strip()
    return title, None


def _beside_date(lines: list[str], clues: list[Clue | None], *, title_line: int | None) -> list[Clue]:
    """Names that stand on a line of their own right above or below a date line, the title aside."""
    found = []
    for at, clue in enumerate(clues):
        if clue is None or clue.published is None or not clue.alone:
            continue
        for near in (at - 1, at + 1):
            if 0 <= near < len(lines) and near != title_line and clues[near] is None and (named := role_of_name(lines[near])) is not None:
                found.append(named)
    return found
