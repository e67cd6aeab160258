"""The pairs of a report: how two actors stand, their ties, and their history as a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frenemy.ledger import TieRecord
from frenemy.model import Stance
from frenemy.views.report.drawings import History
from frenemy.views.signs import side
from frenemy.views.tally import Tally, by_pair, tally

TIES_A_PAIR = 60
TIES_IN_ALL = 2_500
"""Keeps the file under 3 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two actors by id and name, in the order of their ids, with all their ties, oldest first.

    `stance` is that of both ways taken together, `ways` those of the first to the second and back, as far as there are any.
    """

    ids: tuple[str, str]
    names: tuple[str, str]
    ties: tuple[TieRecord, ...]
    stance: Stance | None
    ways: tuple[Stance, ...] = ()

    @property
    def tally(self) -> Tally:
        """The ties counted."""
        return tally(self.ties)

    @property
    def sign(self) -> str:
        """ "+", "-" or "~", as the stance leans; "0" where there is none."""
        return side(self.stance.value) if self.stance else "0"

    @property
    def weight(self) -> float:
        """How far the stance is from zero."""
        return abs(self.stance.value) if self.stance else 0.0

    @property
    def telling(self) -> TieRecord | None:
        """The tie that weighs most on the side to which the pair leans."""
        shares = dict(self.stance.because) if self.stance else {}
        way = -1 if self.sign == "-" else 1
        fitting = [tie for tie in self.ties if way * shares.get(tie.id, 0.0) > 0]
        return max(fitting, key=lambda tie: (abs(shares[tie.id]), tie.id), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A pair as the report shows it: the surest ties when there are too many, and how many are left out."""

    pair: Pair
    ties: tuple[TieRecord, ...]
    left_out: int
    history: History | None = None


def pairs_of(ties: Iterable[TieRecord], stances: Iterable[Stance], ways: Iterable[Stance]) -> list[Pair]:
    """The ties by pair of actors with how they stand, the pairs with most ties first."""
    whole = {(stance.source, stance.target): stance for stance in stances}
    directed: Mapping[tuple[str, str], Stance] = {(stance.source, stance.target): stance for stance in ways}
    found = []
    for ids, together in by_pair(ties).items():
        names = {end: name for tie in together for end, name in ((tie.source_id, tie.source), (tie.target_id, tie.target))}
        both = (directed.get(ids), directed.get((ids[1], ids[0])))
        found.append(
            Pair(
                ids=ids,
                names=(names[ids[0]], names[ids[1]]),
                ties=tuple(together),
                stance=whole.get(ids),
                ways=tuple(stance for stance in both if stance),
            )
        )
    return found


def sections(pairs: Sequence[Pair], histories: Mapping[tuple[str, str], History]) -> list[Section]:
    """A section a pair, within the size that the report may have."""
    left, found = TIES_IN_ALL, []
    for pair in pairs:
        room = min(TIES_A_PAIR, left)
        kept = set(sorted(range(len(pair.ties)), key=lambda i: (-pair.ties[i].confidence, i))[:room])
        ties = tuple(tie for i, tie in enumerate(pair.ties) if i in kept)
        left -= len(ties)
        if ties:
            found.append(Section(pair=pair, ties=ties, left_out=len(pair.ties) - len(ties), history=histories.get(pair.ids)))
    return found
