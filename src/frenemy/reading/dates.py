"""Expressions of time in a sentence, resolved against the day the document was published."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
SHORT = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {word: number for number, word in enumerate(COUNTS, 1)} | {"a": 1, "an": 1, "a couple of": 2, "several": 3}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of|several)"
PATTERNS = tuple(
    (name, re.compile(pattern, flags))
    for name, pattern, flags in (
        ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<mm>\d\d)-(?P<day>\d\d)\b", 0),
        ("day", rf"\b{_MONTH} {_DAY},? {_YEAR}\b", 0),
        ("day", rf"\b{_DAY} {_MONTH},? {_YEAR}\b", 0),
        ("month", rf"\b{_MONTH},?(?: of)? {_YEAR}\b", 0),
        ("years", r"\b(?:from|between) (?P<year>(?:19|20)\d\d) (?:to|and|until) (?P<last>(?:19|20)\d\d)\b", re.I),
        ("years", r"\b(?P<year>(?:19|20)\d\d)[-–](?P<last>(?:19|20)\d\d)\b", 0),
        ("day", rf"\b{_MONTH} {_DAY}\b(?!,? (?:19|20)\d\d)", 0),
        ("day", rf"\b{_DAY} {_MONTH}\b(?! (?:19|20)\d\d)", 0),
        ("ago", rf"\b{_COUNT} (?P<unit>day|week|month|year|decade)s? (?:ago|earlier)\b", re.I),
        (
            "near",
            r"\b(?P<which>last|this|next|earlier this|later this|past) (?P<unit>week|month|year|spring|summer|autumn|fall|winter)\b",
            re.I,
        ),
        ("weekday", r"\b(?:(?P<which>last|this|next) )?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b", 0),
        ("deictic", r"\b(?P<word>yesterday|today|tonight|tomorrow)\b", re.I),
        ("since", rf"\bsince (?:last )?{_MONTH}\b", 0),
        ("bare", rf"\b(?:in|by|until|during|last|this|next|of|since) {_MONTH}\b", 0),
        (
            "year",
            rf"\b(?:(?P<since>since)|in|by|of|during|from|until|through|late|early|mid|the|for) (?:late |early |mid-)?{_YEAR}\b(?![-–]\d)",
            re.I,
        ),
        ("year", rf"^{_YEAR}\b(?=[ ,])", 0),
        ("year", rf"(?<=\(){_YEAR}(?=\))", 0),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A stretch of text and the ISO 8601 date, month, year or interval that it means."""

    start: int
    end: int
    when: str


def moments(text: str, published: date | None) -> Iterator[Moment]:
    """The expressions of time in `text`; those that lean on the day of publication are left out where it is unknown.

    >>> [m.when for m in moments("In 2017 and since September, then last Friday", date(2024, 12, 15))]
    ['2017', '2024-09/..', '2024-12-13']
    """
    taken: list[tuple[int, int]] = []
    found = []
    for name, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < e and match.end() > s for s, e in taken):
                continue
            when = resolve(name, match.groupdict(), published)
            if when is not None:
                taken.append(match.span())
                found.append(Moment(start=match.start(), end=match.end(), when=when))
    yield from sorted(found, key=lambda m: m.start)


def nearest(times: Sequence[Moment], low: int, high: int) -> str | None:
    """The time said inside the quote, else the one closest to it in the sentence."""
    if not times:
        return None
    return min(times, key=lambda m: max(0, low - m.end, m.start - high)).when


def resolve(name: str, part: dict[str, str | None], published: date | None) -> str | None:
    """The ISO form of one match, None where it cannot be known or is no date.

    >>> resolve("ago", {"count": "two", "unit": "decade"}, date(2024, 11, 22))
    '2004'
    """
    if name in ("iso", "day", "month", "years", "year") and part.get("year"):
        return _absolute(name, part)
    return _relative(name, part, published) if published else None


def _absolute(name: str, part: dict[str, str | None]) -> str | None:
    year = str(part["year"])
    if name == "years":
        return f"{year}/{part['last']}"
    if name == "year":
        return f"{year}/.." if part.get("since") else year
    month = int(part["mm"] or 0) if part.get("mm") else _month(part["month"])
    if name == "month":
        return f"{year}-{month:02}"
    return _day(int(year), month, int(part["day"] or 0))


def _relative(name: str, part: dict[str, str | None], published: date) -> str | None:
    if name in ("day", "bare", "since"):
        month = _month(part["month"])
        year = published.year if month <= published.month else published.year - 1
        if name == "day":
            return _day(year, month, int(part["day"] or 0))
        return f"{year}-{month:02}" + ("/.." if name == "since" else "")
    if name == "ago":
        return _ago(str(part["count"]).lower(), str(part["unit"]).lower(), published)
    if name == "weekday":
        behind = (published.weekday() - DAYS[str(part["weekday"]).lower()]) % 7
        if part.get("which") == "next":
            return (published + timedelta(days=(7 - behind) or 7)).isoformat()
        return (published - timedelta(days=behind or (7 if part.get("which") == "last" else 0))).isoformat()
    if name == "deictic":
        shift = {"yesterday": -1, "tomorrow": 1}.get(str(part["word"]).lower(), 0)
        return (published + timedelta(days=shift)).isoformat()
    return _near(str(part["which"]).lower(), str(part["unit"]).lower(), published) if name == "near" else None


def _ago(count: str, unit: str, published: date) -> str:
    number = int(count) if count.isdigit() else NUMBERS[count]
    if unit == "decade":
        number, unit = number * 10, "year"
    if number > 1000:
        number = 1000
    then: date = published - relativedelta(**{unit + "s": number})
    return {"year": f"{then:%Y}", "month": f"{then:%Y-%m}"}.get(unit) or then.isoformat()


def _near(which: str, unit: str, published: date) -> str:
    shift = {"last": -1, "past": -1, "next": 1}.get(which, 0)
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if unit == "month":
        return f"{published + relativedelta(months=shift):%Y-%m}"
    if unit == "year":
        return str(published.year + shift)
    start = date(published.year, SEASONS[unit], 1)
    if (shift < 0 and start + relativedelta(months=3) > published) or (shift == 0 and start > published):
        start -= relativedelta(years=1)
    if shift > 0 and start <= published:
        start += relativedelta(years=1)
    return f"{start:%Y-%m}/{start + relativedelta(months=2):%Y-%m}"


def _month(word: str | None) -> int:
    plain = (word or "").lower().rstrip(".")
    return MONTHS.get(plain) or SHORT[plain]


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
