"""Ties counted by sign and status. Only asserted ties carry a sign here; denied, speculated and planned ones are counted beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from frenemy.ledger import TieRecord

SIGN_FIELDS = {"+": "friendly", "-": "hostile", "0": "neutral"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many ties there are of each sign, and how many more are denied or hedged (speculated or planned)."""

    friendly: int = 0
    hostile: int = 0
    neutral: int = 0
    denied: int = 0
    hedged: int = 0

    def __str__(self) -> str:
        """
        >>> str(Tally(friendly=2, hostile=1, denied=1))
        '2 with, 1 against, 1 denied'
        """
        words = {"with": self.friendly, "against": self.hostile, "neutral": self.neutral, "denied": self.denied, "hedged": self.hedged}
        return ", ".join(f"{count} {word}" for word, count in words.items() if count) or "nothing"


def tally(ties: Iterable[TieRecord]) -> Tally:
    """The ties by sign and status."""
    counts: dict[str, int] = defaultdict(int)
    for tie in ties:
        counts["denied" if tie.status == "denied" else SIGN_FIELDS[tie.polarity] if tie.status == "asserted" else "hedged"] += 1
    return Tally(**counts)


def by_year(ties: Iterable[TieRecord]) -> Mapping[int | None, Tally]:
    """The ties of each year, oldest first; those without any date last, under None."""
    years: dict[int | None, list[TieRecord]] = defaultdict(list)
    for tie in ties:
        years[tie.date.year if tie.date else None].append(tie)
    return {year: tally(years[year]) for year in sorted(years, key=lambda y: (y is None, y))}


def by_pair(ties: Iterable[TieRecord]) -> dict[tuple[str, str], list[TieRecord]]:
    """The ties of each two actors, whichever way they go: by their ids in alphabetical order, the pairs with most ties first."""
    pairs: dict[tuple[str, str], list[TieRecord]] = defaultdict(list)
    for tie in ties:
        if tie.source_id != tie.target_id:
            pairs[min(tie.source_id, tie.target_id), max(tie.source_id, tie.target_id)].append(tie)
    return dict(sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0])))
