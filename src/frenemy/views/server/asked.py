"""What the address of a question says, checked: numbers within bounds, days that are days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from frenemy.errors import FrenemyError

LONGEST = 500


class BadQuestion(FrenemyError):
    """The address asks for what cannot be."""


class NotThere(FrenemyError):
    """The ledger does not hold what the address names."""


class TooMuch(FrenemyError):
    """What is asked for is too much for this server."""


class Asked:
    """The parameters of a question.

    >>> asked = Asked({"offset": "20", "limit": "9999", "at": "2024-05-01"})
    >>> asked.number("offset", 0, most=10**9), asked.number("limit", 50, most=200), str(asked.day("at")), asked.text("q")
    (20, 200, '2024-05-01', '')
    """

    def __init__(self, said: Mapping[str, str]) -> None:
        self._said = said

    def text(self, name: str) -> str:
        """A text, empty where there is none."""
        return self._said.get(name, "")[:LONGEST]

    def number(self, name: str, default: int, *, most: int, least: int = 0) -> int:
        """A whole number; what lies outside the bounds becomes the nearer one."""
        said = self.text(name)
        if not said:
            return default
        if not said.lstrip("-").isdecimal():
            raise BadQuestion(f"{name} must be a number.")
        return max(least, min(most, int(said)))

    def day(self, name: str) -> date | None:
        """A day, None where there is none."""
        said = self.text(name)
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            raise BadQuestion(f"{name} must be a day such as 2024-05-31.") from None
