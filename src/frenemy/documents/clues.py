"""What one line at the top of an article says of it: a byline, a date line, a dateline, a label, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from frenemy.documents.dates import Dated, find_dates, month_day

LABELLED, LINE, RUNNING, UPDATED = range(4)
"""How sure a date is that of publication, best first: "Published: …", a line of its own, the start of a paragraph, "Updated …"."""

_LABEL = re.compile(r"(?P<key>title|headline|author|publisher|publication|source)\s?:\s?(?P<value>\S.{0,150})$", re.IGNORECASE)
_PUBLISHED_WORDS = (
    r"(?:(?:first|originally)\s)?(?:date\spublished|publi(?:sh|cation)\sdate|pub\s?date|published(?:\sonline)?|posted|issued|dated?)"
    r"(?:\s(?:on|at))?"
)
_UPDATED_WORDS = r"(?:last\s)?(?:updated|modified|revised|edited)(?:\s(?:on|at))?"
_PUBLISHED = re.compile(rf"\b{_PUBLISHED_WORDS}\b", re.IGNORECASE)
_UPDATED = re.compile(rf"\b{_UPDATED_WORDS}\b", re.IGNORECASE)
_LEADING = re.compile(rf"[\[(]?(?:(?:{_PUBLISHED_WORDS}|{_UPDATED_WORDS})\s?:?\s?)?(?:\w{{3,9}}day,?\s)?", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:at\s)?[0-2]?[0-9][:.h][0-5][0-9](?::[0-5][0-9])?(?:\s?[ap]\.?m\b\.?)?(?:\s?\(?(?:[A-Z]{2,4}|[+-]\d{2}:?\d{2})\)?(?![a-z]))?|\b\d{1,2}\s?[ap]\.?m\b\.?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?", re.IGNORECASE)
_READING_TIME = re.compile(r"\b\d{1,3}[\s-]min(?:ute)?s?(?:\sread)?\b", re.IGNORECASE)
_BARS = re.compile(r"\s*[|·•–—]+\s*|\s-+\s")
_PUNCTUATION = " ,.:;()[]/"
_OTHER_DAY = re.compile(r"\b(?:born|died|since|until|founded|established|deadline|expires|copyright|when)\b|©", re.IGNORECASE)
_BYLINE = re.compile(r"(?:(?:written|reported|posted)\s)?by:?\s(?P<names>\S.{0,100})$", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?P<place>[A-Z][\w.'’ -]{1,40}(?:,\s[A-Z][\w.'’ -]{1,30})??)"
    r"(?:,\s(?P<date>\w{1,9}\.?\s\w{1,9})(?:,\s(?P<year>[12]\d{3}))?)?\s?(?:\((?P<agency>[^()]{2,40})\)\s?)?(?:--|[–—-])(?=\s|$)"
)
_AGENCY = re.compile(r"\((?P<agency>Reuters|AP|AFP|UPI|dpa|Xinhua|Bloomberg|CNN|VOA|TASS)\)\s?(?:--|[–—-])(?=\s|$)")
_SMALL_WORD = re.compile(r"a|an|and|at|by|de|del|der|di|for|from|in|la|le|of|on|the|to|van|von|with|bin|al|&", re.IGNORECASE)
_NEWS_WORD = re.compile(
    r"\b(?:news\w*|times|post|journal|press|herald|daily|tribune|today|weekly|monthly|magazine|review|gazette|chronicle|guardian|telegraph|mirror|"
    r"observer|standard|express|courier|ledger|bulletin|globe|sun|star|sentinel|inquirer|record|report|reports|insider|wire|media|radio|tv|"
    r"television|broadcasting|network|agency|online|\w+\.(?:com|org|net|co\.uk)|reuters|bbc|cnn|npr|afp|ap|voa|bloomberg|economist|wikinews|politico|"
    r"axios|forbes|fortune|wired|verge|techcrunch|cnbc|nbc|abc|cbs|aljazeera|jazeera|digest|sample)\b",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"(?P<publisher>\S.{1,40}?)\s(?:editorial\s(?:team|board|staff)|editors?|staff(?:\s(?:writers?|reporters?))?|newsroom|news\sdesk)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """What a line tells; `rank` says how sure its date is, `alone` whether the line is nothing but such matter."""

    published: date | None = None
    rank: int = LINE
    publisher: str | None = None
    author: str | None = None
    title: str | None = None
    alone: bool = True


def read_line(line: str, *, year: int | None) -> Clue | None:
    """The clue that a line holds, None for a title or a line of the body. `year` completes a dateline without one.

    >>> clue = read_line("The Crisp Ledger | By Jane Roe | 17 June 2017", year=None)
    >>> clue.publisher, clue.author, str(clue.published)
    ('The Crisp Ledger', 'Jane Roe', '2017-06-17')
    >>> read_line("On June 3, 2017 the two met in Rome.", year=None) is None
    True
    """
    line = line.strip()
    return (
        _labelled(line)
        or _dateline(line, year)
        or _date_line(line)
        or _byline(line)
        or _several_names(line)
        or _team(line)
        or _running_date(line)
    )


def role_of_name(line: str) -> Clue | None:
    """What a line beside the date line may be: a publisher, by its words, else a person by the shape of the name.

    >>> role_of_name("Digital Worldwide News").publisher, role_of_name("Jane Q. Roe").author, role_of_name("Trade war looms") is None
    ('Digital Worldwide News', 'Jane Q. Roe', True)
    """
    line = line.strip()
    if not is_name(line):
        return None
    words = line.split()
    if _NEWS_WORD.search(line) or len(words) not in (2, 3) or words[0] == "The" or not all(word[0].isupper() for word in words):
        return Clue(publisher=line)
    return Clue(author=line)


def is_name(text: str) -> bool:
    """Whether a stretch is short, capitalised throughout and no sentence.

    >>> is_name("University of Rome"), is_name("Rome fell"), is_name("What now?")
    (True, False, False)
    """
    words = text.split()
    return (
        0 < len(words) <= 6
        and len(text) <= 60
        and text[-1] not in "?!:;,"
        and ": " not in text
        and not _SMALL_WORD.fullmatch(words[-1])
        and not (text[-1] == "." and len(words[-1]) > 4)
        and all(word[0].isupper() or _SMALL_WORD.fullmatch(word) for word in words)
        and any(word[0].isupper() for word in words)
    )


def _labelled(line: str) -> Clue | None:
    match = _LABEL.match(line)
    if match is None:
        return None
    key, value = match["key"].lower(), match["value"].strip()
    if key in ("title", "headline"):
        return Clue(title=value)
    if len(value.split()) > 8:
        return None
    return Clue(author=value) if key == "author" else Clue(publisher=value)


def _date_line(line: str) -> Clue | None:
    """A line that holds a date and, beside it, nothing but names, times and labels."""
    if len(line) > 160 or _OTHER_DAY.search(line) or not (found := find_dates(line)):
        return None
    rank, dated = _best(line, found)
    rest = line
    for other in reversed(found):
        rest = rest[: other.start] + "|" + rest[other.end :]
    for pattern in (_TIME, _READING_TIME, _WEEKDAY, _PUBLISHED, _UPDATED):
        rest = pattern.sub(" ", rest)
    clues = _pieces(rest, barred=re.search(r"[|·•]", line) is not None)
    if clues is None:
        return None
    publisher = next((clue.publisher for clue in clues if clue.publisher), None)
    author = next((clue.author for clue in clues if clue.author), None)
    return Clue(published=dated.date, rank=rank, publisher=publisher, author=author)


def _pieces(rest: str, *, barred: bool) -> list[Clue] | None:
    """What stands beside the date, None if that is more than names. Between bars a name may be spelled in any way."""
    clues: list[Clue] = []
    pieces = [piece for piece in _BARS.split(rest) if piece.strip(_PUNCTUATION)]
    for raw in pieces:
        piece = re.sub(r"\son$", "", raw.strip(_PUNCTUATION))
        if (byline := _byline(piece)) is not None:
            clues.append(byline)
        elif barred and len(piece.split()) <= 5 and len(piece) <= 50 and not _SMALL_WORD.fullmatch(piece.split()[-1]):
            clues.append((role_of_name(piece) if len(pieces) > 1 else None) or Clue(publisher=piece))
        elif piece.startswith("The ") and raw.rstrip().endswith(",") and len(piece.split()) <= 5:
            clues.append(Clue(publisher=piece))
        elif not all(is_name(part.strip()) for part in piece.split(",") if part.strip()):
            return None
        elif _NEWS_WORD.search(piece):
            clues.append(Clue(publisher=piece))
    return clues


def _best(line: str, found: list[Dated]) -> tuple[int, Dated]:
    """The date of a line that most likely is that of publication, by the words before each."""
    ranked = []
    end = 0
    for dated in found:
        before = line[end : dated.start]
        rank = UPDATED if _UPDATED.search(before) else LABELLED if _PUBLISHED.search(before) else LINE
        ranked.append((rank, dated.start, dated))
        end = dated.end
    rank, _, dated = min(ranked, key=lambda one: one[:2])
    return rank, dated


def _byline(line: str) -> Clue | None:
    """ "By Jane Roe", "By Jane Roe and John Doe, Reuters"."""
    match = _BYLINE.match(line)
    if match is None:
        return None
    names, _, after = match["names"].rstrip(" ,.|").partition(", ")
    barred, *more = _BARS.split(names, maxsplit=1)
    publisher = after or (more[0] if more else "")
    people = re.split(r"\s(?:and|&)\s", barred)
    if not all(is_name(person) or person.startswith("The ") for person in people) or len(barred.split()) > 8:
        return None
    if match["names"].endswith(".") and len(names.split()) > 3:
        return None
    return Clue(author=barred, publisher=publisher if publisher and is_name(publisher) and _NEWS_WORD.search(publisher) else None)


def _several_names(line: str) -> Clue | None:
    """ "Jane Roe, John Doe and Mary Major" under a headline are those who wrote it."""
    people = re.split(r",\s(?:and\s)?|\sand\s", line)
    if not 2 <= len(people) <= 6 or not all(2 <= len(person.split()) <= 3 for person in people):
        return None
    roles = [role_of_name(person) for person in people]
    return Clue(author=line) if all(role is not None and role.author for role in roles) else None


def _team(line: str) -> Clue | None:
    """ "RealFacts Editorial Team" names who prints it."""
    match = _TEAM.match(line)
    return Clue(publisher=match["publisher"]) if match is not None and is_name(line) else None


def _running_date(line: str) -> Clue | None:
    """A date at the very start of a paragraph, which the text then follows."""
    leading = _LEADING.match(line)
    start = leading.end() if leading is not None else 0
    found = find_dates(line[start : start + 40])
    if not found or found[0].start != 0:
        return None
    after = line[start + found[0].end :]
    labelled = start > 0 and (_PUBLISHED.match(line.lstrip("[(")) or _UPDATED.match(line.lstrip("[(")))
    if not (labelled or re.match(r"[\])]?\s?(?:[–—|:-]|\s?[\"“‘'(]?[A-Z])", after)):
        return None
    rank = UPDATED if _UPDATED.search(line[:start]) else RUNNING
    return Clue(published=found[0].date, rank=rank, alone=False)


def _dateline(line: str, year: int | None) -> Clue | None:
    """ "WASHINGTON, June 3 (Reuters) -" before the first sentence."""
    match = _AGENCY.match(line) or _DATELINE.match(line)
    if match is None:
        return None
    parts = match.groupdict()
    if parts["agency"] is None and parts.get("date") is None:
        return None
    full = parts.get("year")
    known = int(full) if full is not None else year
    published = month_day(parts["date"], known) if parts.get("date") is not None and known is not None else None
    agency = parts["agency"] if parts["agency"] and parts["agency"][0].isupper() and is_name(parts["agency"]) else None
    if published is None and agency is None:
        return None
    return Clue(published=published, rank=RUNNING, publisher=agency, alone=False)
