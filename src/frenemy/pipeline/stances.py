"""Stance and shifts of a ledger: its evidence through the analysis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from frenemy.model import Shift, Stance
from frenemy.model.evidence import NO_DAY, EvidenceTable, day_number, day_of

if TYPE_CHECKING:
    from frenemy.ledger import EvidenceFilter, Ledger


def fold_ledger(
    ledger: Ledger,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    mutual: bool = False,
    actors: Iterable[str] | None = None,
    of: str | None = None,
    min_confidence: float = 0.0,
) -> list[Stance]:
    """Every pair's stance, or that of the pairs among some actors, or of one actor's pairs (ids)."""
    from frenemy.analysis.stance import seen, stances
    from frenemy.ledger import EvidenceFilter

    wanted = EvidenceFilter(among=None if actors is None else tuple(actors), touching=None if of is None else (of,))
    table = ledger.evidence_table(wanted)
    table = seen(table, as_of=as_of, known_by=known_by, min_confidence=min_confidence)
    return list(stances(table, as_of or latest_day(table, today=date.today()), mutual=mutual))


def stance_of(ledger: Ledger, one: str, other: str, *, as_of: date | None = None, known_by: date | None = None, mutual: bool) -> Stance:
    """How one actor stands to another (ids); around zero where no tie says."""
    from frenemy.analysis.stance import unknown

    found = fold_ledger(ledger, as_of=as_of, known_by=known_by, mutual=mutual, actors=(one, other))
    ends = (min(one, other), max(one, other)) if mutual else (one, other)
    at = found[0].at if found else as_of or date.today()
    return next((stance for stance in found if (stance.source, stance.target) == ends), unknown(*ends, mutual=mutual, at=at))


def curve_of(ledger: Ledger, one: str, other: str, *, known_by: date | None = None, mutual: bool) -> list[Stance]:
    """The stance of a pair (ids) at the end of every month that one of its ties is dated in."""
    from frenemy.analysis.stance import curve, seen
    from frenemy.ledger import EvidenceFilter

    table = seen(ledger.evidence_table(EvidenceFilter(among=(one, other))), known_by=known_by)
    ends = (min(one, other), max(one, other)) if mutual else (one, other)
    return [stance for stance in curve(table, mutual=mutual) if (stance.source, stance.target) == ends]


def shifts_of(
    ledger: Ledger,
    *,
    actors: tuple[str, ...] = (),
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
    known_by: date | None = None,
) -> list[Shift]:
    """The shifts of all pairs, of those with one actor, or of one pair (ids), dated `since` a day and `until` another."""
    from frenemy.analysis.stance import default_weights
    from frenemy.ledger import EvidenceFilter

    near = timedelta(days=default_weights().shift.alongside)  # what moved at the same time may lie just outside
    wanted = EvidenceFilter(
        touching=actors or None,
        divided=True,
        since=since and max(since, date.min + near) - near,
        until=until and min(until, date.max - near) + near,
    )
    clocks = {"as_of": as_of, "known_by": known_by}
    found = _find(ledger, wanted, **clocks)
    if actors and found:  # again with all pairs of their actors
        ends = {end for shift in found for end in (shift.source, shift.target)}
        found = _find(ledger, replace(wanted, touching=tuple(sorted(ends))), **clocks)
    kept = [shift for shift in found if set(actors) <= {shift.source, shift.target}]
    kept = [shift for shift in kept if (since is None or shift.at >= since) and (until is None or shift.at <= until)]
    ids = ledger.tie_ids([int(tie) for shift in kept for tie in (*shift.ties_before, *shift.ties_after)])
    return [_named(shift, ids) for shift in kept]


def undated(ledger: Ledger, actors: tuple[str, ...]) -> int:
    """How many ties of one actor, or between two (ids), bear no date and were printed on none."""
    from frenemy.ledger import EvidenceFilter

    wanted = EvidenceFilter(among=actors) if len(actors) > 1 else EvidenceFilter(touching=actors)
    return int((ledger.evidence_table(wanted, named=False).day == NO_DAY).sum())


def _find(ledger: Ledger, wanted: EvidenceFilter, *, as_of: date | None, known_by: date | None) -> list[Shift]:
    """The shifts in some of the evidence; their ties are row numbers."""
    from frenemy.analysis.shifts import find_shifts
    from frenemy.analysis.stance import seen

    return find_shifts(seen(ledger.evidence_table(wanted, named=False), as_of=as_of, known_by=known_by))


def _named(shift: Shift, ids: Mapping[Any, str]) -> Shift:
    before, after = (tuple(ids[tie] for tie in ties) for ties in (shift.ties_before, shift.ties_after))
    return replace(shift, ties_before=before, ties_after=after)


def latest_day(table: EvidenceTable, *, today: date) -> date:
    """The latest day that the evidence speaks of or was printed on, but no later than today; today where it bears no date."""
    now, latest = day_number(today), NO_DAY
    for days in (table.published, table.day):
        past = days[days <= now]
        latest = max(latest, int(past.max()) if len(past) else NO_DAY)
    return day_of(latest) or today
