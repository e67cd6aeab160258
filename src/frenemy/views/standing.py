"""How two actors stand, counted: ties with, against and neither, by year. Pure functions on lists of ties.

Only asserted ties carry a sign here; denied, speculated and planned ones are counted beside them and never mixed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from frenemy.ledger.ties import TieRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Ties of one stretch of time, counted by sign and status."""

    friendly: int = 0
    hostile: int = 0
    neutral: int = 0
    denied: int = 0
    hedged: int = 0

    @property
    def sign(self) -> str:
        """ "+" when friendly ties outnumber hostile ones, "-" the other way, "~" when they are even, "" when there are none.

        >>> Balance(friendly=2, hostile=1).sign, Balance(friendly=1, hostile=1).sign, Balance(neutral=3).sign
        ('+', '~', '')
        """
        if not self.friendly and not self.hostile:
            return ""
        return "~" if self.friendly == self.hostile else "+" if self.friendly > self.hostile else "-"

    @property
    def total(self) -> int:
        """All ties, whatever their sign and status."""
        return self.friendly + self.hostile + self.neutral + self.denied + self.hedged

    def __str__(self) -> str:
        """
        >>> str(Balance(friendly=2, hostile=1, denied=1))
        '2 with, 1 against, 1 denied'
        """
        words = {"with": self.friendly, "against": self.hostile, "neutral": self.neutral, "denied": self.denied, "hedged": self.hedged}
        return ", ".join(f"{count} {word}" for word, count in words.items() if count) or "nothing"


STANDS = {"+": "with each other", "-": "against each other", "~": "divided", "": "neither with nor against each other"}


def count(ties: Iterable[TieRecord]) -> Balance:
    """The ties by sign and status."""
    tally: dict[str, int] = defaultdict(int)
    signs = {"+": "friendly", "-": "hostile", "0": "neutral"}
    for tie in ties:
        tally["denied" if tie.status == "denied" else signs[tie.polarity] if tie.status == "asserted" else "hedged"] += 1
    return Balance(**tally)


def by_year(ties: Iterable[TieRecord]) -> Mapping[int | None, Balance]:
    """The ties of each year, oldest first; those without any date last, under None."""
    years: dict[int | None, list[TieRecord]] = defaultdict(list)
    for tie in ties:
        years[tie.date.year if tie.date else None].append(tie)
    return {year: count(years[year]) for year in sorted(years, key=lambda y: (y is None, y))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A change of sign from one year that has one to the next that has the other, with the ties on both sides."""

    year_before: int
    year_after: int
    before: str
    after: str


def turns(years: Mapping[int | None, Balance]) -> list[Turn]:
    """The years between which the balance of signed ties changed its sign.

    >>> years = {2017: Balance(hostile=2), 2019: Balance(neutral=1), 2024: Balance(friendly=3)}
    >>> [(turn.year_before, turn.before, turn.year_after, turn.after) for turn in turns(years)]
    [(2017, '-', 2024, '+')]
    """
    signed = [(year, balance.sign) for year, balance in years.items() if year is not None and balance.sign in ("+", "-")]
    return [Turn(year_before=y1, before=s1, year_after=y2, after=s2) for (y1, s1), (y2, s2) in pairwise(signed) if s1 != s2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two actors and all ties between them, oldest first; the names stand in alphabetical order."""

    names: tuple[str, str]
    ids: tuple[str, str]
    ties: tuple[TieRecord, ...]
    balance: Balance
    years: Mapping[int | None, Balance]
    turns: tuple[Turn, ...]


def pairs(ties: Iterable[TieRecord]) -> list[Pair]:
    """The ties by pair of actors, pairs with most signed ties first."""
    grouped: dict[tuple[tuple[str, str], tuple[str, str]], list[TieRecord]] = defaultdict(list)
    for tie in ties:
        if tie.source_id != tie.target_id:
            one, two = sorted(((tie.source, tie.source_id), (tie.target, tie.target_id)))
            grouped[one, two].append(tie)
    found = []
    for (one, two), together in grouped.items():
        years = by_year(together)
        found.append(
            Pair(
                names=(one[0], two[0]),
                ids=(one[1], two[1]),
                ties=tuple(together),
                balance=count(together),
                years=years,
                turns=tuple(turns(years)),
            )
        )
    return sorted(found, key=lambda pair: (-pair.balance.friendly - pair.balance.hostile, -len(pair.ties), pair.names))
