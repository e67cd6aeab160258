"""What an actor is or was to others, from columns: `frenemy.ledger.profile` says the same from ties, which may be too many."""

from __future__ import annotations

from typing import Any

import numpy as np

from frenemy.ledger.profile import ROLE_WORDS
from frenemy.model import STATUSES
from frenemy.model.evidence import NO_DAY, TYPES, EvidenceTable, day_of
from frenemy.views.server.says import day

ASSERTED = STATUSES.index("asserted")
KINDS = [TYPES.index(kind) for kind in ROLE_WORDS]


def roles(table: EvidenceTable, place: int, most: int) -> list[dict[str, Any]]:
    """The roles of the actor at a place of the table's actors, those with most ties first, from evidence of the types `KINDS`.

    What is not asserted is left out.
    """
    table = table.take(table.status == ASSERTED)
    mine = table.source == place
    others = np.where(mine, table.target, table.source)
    keys = (table.type.astype(np.int64) * 2 + mine) * len(table.actors) + others
    known, ties = np.unique(keys, return_counts=True)
    found = []
    for number in np.argsort(-ties, kind="stable")[:most]:
        way, other = divmod(int(known[number]), len(table.actors))
        says = ROLE_WORDS[TYPES[way // 2]][0 if way % 2 else 1]
        own = table.take(keys == known[number])
        found.append({"says": says, "other": table.actors[other], "ties": int(ties[number]), **_dates(own)})
    return found


def _dates(table: EvidenceTable) -> dict[str, str | None]:
    """Since and until when, where a passage says so; and when it was printed."""
    starts, ends, printed = (days[days != NO_DAY] for days in (table.since, table.until, table.published))
    return {
        "since": day(day_of(starts.min())) if len(starts) else None,
        "until": day(day_of(ends.max())) if len(ends) == len(table) else None,  # where one passage leaves the end open, it is open
        "first": day(day_of(printed.min())) if len(printed) else None,
        "last": day(day_of(printed.max())) if len(printed) else None,
    }
