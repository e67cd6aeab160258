"""The two clocks of a question, as views hand them on to the ledger."""

from __future__ import annotations

from datetime import date
from typing import TypedDict


class Clocks(TypedDict, total=False):
    """`as_of`: what had happened by a date; `known_by`: what was published by then."""

    as_of: date | None
    known_by: date | None
