"""What the comparison gives: claims, and the disputes about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from frenemy.analysis.claims.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two statements that cannot both be right, the earlier claim first.

    `kind` is "denied" (somebody else says that it is not so), "retracted" (the speaker took it back later) or "contradicted" (somebody else
    says the opposite, or the speaker said the opposite before: then `own` is true, as it is for what was retracted).
    """

    kind: str
    claim: Statement
    against: Statement
    own: bool = False

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        return {"kind": self.kind, "own": self.own, "claim": self.claim.as_line(), "against": self.against.as_line()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is claimed about a pair of actors: one type and sign in one stretch of time, with all who say so and all who say it is not so.

    `asserted` holds the statements for it (hedged ones, too), `denied` those against it, each oldest first. A denial of what nobody in the
    ledger claims makes a claim of its own, with nothing in `asserted`.
    """

    source: str
    source_name: str
    target: str
    target_name: str
    mutual: bool
    type: str
    polarity: str
    asserted: tuple[Statement, ...] = ()
    denied: tuple[Statement, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All of them: for, against, and those that a dispute brings in."""
        against = (dispute.against for dispute in self.disputes)
        return tuple(dict.fromkeys((*self.asserted, *self.denied, *against)))

    @property
    def disputed(self) -> bool:
        """Whether anybody says otherwise. An actor's denial counts by itself: nobody denies what nobody claims."""
        return bool(self.disputes) or any(statement.voice != "author" for statement in self.denied)

    @property
    def reported(self) -> bool:
        """Whether it stands on the word of somebody other than the documents themselves."""
        return any(statement.voice != "author" for statement in self.statements)

    @property
    def sources(self) -> int:
        """Independent stories that say so; copies of one story count once."""
        return len({statement.origin for statement in self.asserted})

    @property
    def standing(self) -> str:
        """ "retracted", "denied" or "contradicted" by its weightiest dispute, "undisputed" where there is none."""
        kinds = {dispute.kind for dispute in self.disputes} or ({"denied"} if self.disputed else set())
        return next((kind for kind in ("retracted", "denied", "contradicted") if kind in kinds), "undisputed")

    @property
    def asserted_by(self) -> tuple[str, ...]:
        """Who says so."""
        return tuple(dict.fromkeys(statement.speaker for statement in self.asserted))

    @property
    def denied_by(self) -> tuple[str, ...]:
        """Who says that it is not so, takes it back or says the opposite."""
        return tuple(dict.fromkeys(s.speaker for s in (*self.denied, *(dispute.against for dispute in self.disputes))))

    @property
    def because(self) -> tuple[str, ...]:
        """The ids of the ties it rests on."""
        return tuple(statement.tie for statement in self.statements)

    @property
    def date(self) -> date | None:
        """The first day it speaks of, or else when it was first printed."""
        days = [day for s in self.asserted or self.denied if (day := s.since or s.until or s.published)]
        return min(days, default=None)

    def as_line(self) -> dict[str, Any]:
        """The object that a JSON line holds for it."""
        return {
            "source": self.source_name,
            "target": self.target_name,
            "mutual": self.mutual,
            "type": self.type,
            "polarity": self.polarity,
            "standing": self.standing,
            "date": self.date.isoformat() if self.date else None,
            "sources": self.sources,
            "asserted_by": list(self.asserted_by),
            "denied_by": list(self.denied_by),
            "asserted": [statement.as_line() for statement in self.asserted],
            "denied": [statement.as_line() for statement in self.denied],
            "disputes": [dispute.as_line() for dispute in self.disputes],
            "source_id": self.source,
            "target_id": self.target,
            "because": list(self.because),
        }
