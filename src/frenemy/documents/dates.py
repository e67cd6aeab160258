"""English and ISO dates in a text, found by one set of patterns; nothing is guessed, so an ambiguous 03/04/2019 is no date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?:1[5-9]|20)[0-9][0-9]"

ISO = re.compile(rf"(?<![\w-])(?P<y>{_YEAR})(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>{_DAY})(?![\d-])(?:T[\d:.+Z-]+)?")
_PATTERNS = (
    ISO,
    re.compile(rf"\b(?P<month>{_MONTH})\.?\s{{1,3}}(?P<d>{_DAY}){_ORDINAL}(?:\s?,\s{{0,3}}|\s{{1,3}})(?P<y>{_YEAR})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<d>{_DAY}){_ORDINAL}(?:\s+of)?[\s-]{{1,3}}(?P<month>{_MONTH})\.?,?[\s-]{{1,3}}(?P<y>{_YEAR})\b", re.IGNORECASE),
    re.compile(r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d\d)(?![\d/])"),
)
_MONTH_DAY = re.compile(
    rf"^(?:(?P<month>{_MONTH})\.?\s(?P<d>{_DAY}){_ORDINAL}|(?P<d2>{_DAY}){_ORDINAL}\s(?P<month2>{_MONTH})\.?)$", re.IGNORECASE
)
_IN_URL = re.compile(rf"[/=_-](?P<y>(?:19|20)\d\d)(?P<sep>[/-])(?P<m>{_MONTH}|1[0-2]|0?[1-9])(?P=sep)(?P<d>{_DAY})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date as it stands in a text; `iso` when it is written in figures from year to day, as machines do."""

    start: int
    end: int
    date: date
    iso: bool = False


def find_dates(text: str) -> list[Dated]:
    """All full dates of a text, in order. A year or a month alone is none.

    >>> [str(dated.date) for dated in find_dates("Dec 15, 2024; 15th December 2024; 2024-12-15; since May 2019; 25/12/2024; 03/04/2024")]
    ['2024-12-15', '2024-12-15', '2024-12-15', '2024-12-25']
    """
    found = sorted(
        (dated for pattern in _PATTERNS for match in pattern.finditer(text) if (dated := _dated(match)) is not None),
        key=lambda dated: (dated.start, -dated.end),
    )
    return list(_apart(found))


def parse_date(value: str) -> date | None:
    """The date that a whole field gives, in ISO 8601, in words or as in mail; None if it gives none.

    >>> for value in ("2024-11-22T23:30:00-05:00", "June 3rd, 2017", "Fri, 02 Jun 2017 10:00:00 GMT", "soon"):
    ...     print(parse_date(value))
    2024-11-22
    2017-06-03
    2017-06-02
    None
    """
    value = value.strip()
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        pass
    found = find_dates(value)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(value)):
        return found[0].date
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def month_day(text: str, year: int) -> date | None:
    """A dateline's "June 3", in the given year.

    >>> month_day("June 3", 2017), month_day("3 June", 2017), month_day("Feb. 30", 2017)
    (datetime.date(2017, 6, 3), datetime.date(2017, 6, 3), None)
    """
    match = _MONTH_DAY.match(text.strip())
    if match is None:
        return None
    return _date(year, _month(match["month"] or match["month2"]), int(match["d"] or match["d2"]))


def date_in_url(url: str) -> date | None:
    """The day that news sites put into their addresses.

    >>> date_in_url("https://example.org/news/2015/mar/21/obama/"), date_in_url("https://example.org/2015/about")
    (datetime.date(2015, 3, 21), None)
    """
    match = _IN_URL.search(url)
    if match is None:
        return None
    month = int(match["m"]) if match["m"].isdigit() else _month(match["m"])
    return _date(int(match["y"]), month, int(match["d"]))


def _apart(found: list[Dated]) -> Iterator[Dated]:
    """Those that do not overlap one before them."""
    end = -1
    for dated in found:
        if dated.start >= end:
            end = dated.end
            yield dated


def _dated(match: re.Match[str]) -> Dated | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if "month" in parts:
        day = _date(year, _month(parts["month"]), int(parts["d"]))
    elif "a" in parts:
        day = _numeric(year, int(parts["a"]), int(parts["b"]))
    else:
        day = _date(year, int(parts["m"]), int(parts["d"]))
    return None if day is None else Dated(start=match.start(), end=match.end(), date=day, iso=match.re is ISO)


def _numeric(year: int, first: int, second: int) -> date | None:
    """American or British order, whichever is the only one possible."""
    if first == second or second > 12:
        return _date(year, first, second)
    return _date(year, second, first) if first > 12 else None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) // 4 + 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
