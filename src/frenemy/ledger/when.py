"""The `when` of a tie as two days, so that it can be filtered."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

PART = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def split_when(when: str | None) -> tuple[date | None, date | None]:
    """First and last day of an ISO 8601 date, month, year or interval; an open side is None.

    >>> split_when("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> split_when("2019-01/2020")
    (datetime.date(2019, 1, 1), datetime.date(2020, 12, 31))
    >>> split_when("2015/.."), split_when("soon"), split_when(None)
    ((datetime.date(2015, 1, 1), None), (None, None), (None, None))
    """
    if not when:
        return None, None
    start, slash, end = when.partition("/")
    first = _days(start)
    if not slash:
        return first or (None, None)
    last = _days(end)
    return (first[0] if first else None), (last[1] if last else None)


def _days(text: str) -> tuple[date, date] | None:
    """First and last day that a date, a month or a year covers."""
    match = PART.match(text.strip())
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None
