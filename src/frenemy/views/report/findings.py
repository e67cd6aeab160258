"""What the report says first, each finding with the ties it rests on. Pure functions on pairs and ties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from frenemy.ledger.ties import TieRecord
from frenemy.views.standing import Pair, Turn

TIES_A_PAIR = 60
TIES_IN_ALL = 2_500
"""Keeps the file under 3 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnFinding:
    """A pair whose balance of signed ties changed, with a quote on each side."""

    pair: Pair
    turn: Turn
    before: TieRecord
    after: TieRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFinding:
    """A pair that stands out, with the quote that says it most surely."""

    pair: Pair
    tie: TieRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A pair as the report shows it: the surest ties when there are too many, and how many are left out."""

    pair: Pair
    ties: tuple[TieRecord, ...]
    left_out: int


def surest(ties: Iterable[TieRecord], sign: str, year: int | None = None) -> TieRecord | None:
    """The asserted tie of that sign (and year) that the reader is surest of; the earlier of two."""
    fitting = [t for t in ties if t.polarity == sign and t.status == "asserted" and (year is None or (t.date and t.date.year == year))]
    return max(fitting, key=lambda tie: tie.confidence, default=None)


def turned(pairs: Sequence[Pair], limit: int = 8) -> list[TurnFinding]:
    """The last turn of each pair that turned, the pairs with most ties first."""
    found = []
    for pair in pairs:
        for turn in pair.turns[-1:]:
            before = surest(pair.ties, turn.before, turn.year_before)
            after = surest(pair.ties, turn.after, turn.year_after)
            if before and after:
                found.append(TurnFinding(pair=pair, turn=turn, before=before, after=after))
    return found[:limit]


def friends_and_foes(pairs: Sequence[Pair], limit: int = 6) -> tuple[list[PairFinding], list[PairFinding]]:
    """The pairs whose ties with each other most outnumber those against, and the other way round."""

    def strongest(sign: str) -> list[PairFinding]:
        lead = {id(pair): (pair.balance.friendly - pair.balance.hostile) * (1 if sign == "+" else -1) for pair in pairs}
        ranked = sorted((pair for pair in pairs if lead[id(pair)] > 0), key=lambda pair: (-lead[id(pair)], pair.names))
        return [PairFinding(pair=pair, tie=tie) for pair in ranked[:limit] if (tie := surest(pair.ties, sign))]

    return strongest("+"), strongest("-")


def denied(ties: Iterable[TieRecord], limit: int = 8) -> list[TieRecord]:
    """The claims that somebody denies, the surest first."""
    claims = [tie for tie in ties if tie.status == "denied" and tie.source_id != tie.target_id]
    return sorted(claims, key=lambda tie: -tie.confidence)[:limit]


def sections(pairs: Sequence[Pair]) -> list[Section]:
    """A section a pair, within the size that the report may have."""
    left, found = TIES_IN_ALL, []
    for pair in pairs:
        room = min(TIES_A_PAIR, left)
        kept = set(sorted(range(len(pair.ties)), key=lambda i: (-pair.ties[i].confidence, i))[:room])
        ties = tuple(tie for i, tie in enumerate(pair.ties) if i in kept)
        left -= len(ties)
        if ties:
            found.append(Section(pair=pair, ties=ties, left_out=len(pair.ties) - len(ties)))
    return found


def link(url: str | None) -> str | None:
    """The address if it leads to the web, else None: a document must not smuggle in a script.

    >>> link("https://example.org/a"), link("javascript:alert(1)"), link("//x"), link(None)
    ('https://example.org/a', None, None, None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
