"""Two actors: how they stand, how they came to stand so, and every tie between them with its quote."""

from __future__ import annotations

from typing import Any

import numpy as np

from frenemy.model import POLARITIES, STATUSES, TIE_TYPES
from frenemy.model.evidence import NO_DAY, SIGN_OF, EvidenceTable, day_of
from frenemy.model.evidence import TYPES as TYPE_NAMES
from frenemy.pipeline.standings import Standings
from frenemy.views.server.asked import Asked, BadQuestion
from frenemy.views.server.documents import passage
from frenemy.views.server.findings import shifts_of_pair
from frenemy.views.server.keeper import Keeper
from frenemy.views.server.parts import cast, standings
from frenemy.views.server.says import actor_says, day, stance_says, tie_says

PAGE, POINTS = 25, 800
POLARITY_OF = {sign: polarity for polarity, sign in SIGN_OF.items()}


def pair(keeper: Keeper, asked: Asked, one: str, other: str) -> dict[str, Any]:
    """How two actors stand, at a day and through the years, and where on the time line their ties lie."""
    who, standing = cast(keeper), standings(keeper)
    if one == other:
        raise BadQuestion("One actor alone is no pair.")
    first, second = who.find(one), who.find(other)
    at = asked.day("at") or standing.latest
    both, forth, back = standing.pair(one, other, at)
    table = standing.between(one, other)
    return {
        "one": actor_says(first),
        "other": actor_says(second),
        "at": day(at),
        "both": stance_says(both) if both else None,
        "forth": stance_says(forth) if forth else None,
        "back": stance_says(back) if back else None,
        "curve": _curve(standing, one, other),
        "shifts": shifts_of_pair(keeper, one, other),
        "points": _points(table),
        "ties": len(table),
    }


def _curve(standing: Standings, one: str, other: str) -> list[dict[str, Any]]:
    return [
        {"at": day(stance.at), "value": round(stance.value, 3), "low": round(stance.low, 3), "high": round(stance.high, 3)}
        for stance in standing.curve(one, other)
    ]


def _points(table: EvidenceTable) -> list[dict[str, Any]]:
    """The dated ties as marks on the time line, thinned out evenly where there are very many."""
    days = table.day
    dated = np.flatnonzero(days != NO_DAY).tolist()
    stride = max(1, -(-len(dated) // POINTS))
    return [
        {
            "row": row,
            "at": day(day_of(days[row])),
            "polarity": POLARITY_OF[int(table.sign[row])],
            "status": STATUSES[table.status[row]],
            "type": TYPE_NAMES[table.type[row]],
        }
        for row in dated[::stride]
    ]


def ties(keeper: Keeper, asked: Asked, one: str, other: str) -> dict[str, Any]:
    """A page of the ties between two actors, oldest first, each with its share in their stance."""
    standing = standings(keeper)
    table = standing.between(one, other)
    keep = _filter(table, asked)
    offset, limit = asked.number("offset", 0, most=10**9), asked.number("limit", PAGE, most=100, least=1)
    rows = keep[::-1] if asked.text("order") == "newest" else keep
    at = asked.day("at") or standing.latest
    shares = standing.shares(one, other, at)
    shown = [int(table.tie[row]) for row in rows[offset : offset + limit]]
    with keeper.ledger() as ledger:
        ids = ledger.tie_ids(shown)
        found = ledger.ties_by_number(shown)
    known = {ids[number]: shares[number] for number in shown if number in ids and number in shares}
    return {"total": len(rows), "offset": offset, "items": [tie_says(tie, known) for tie in found]}


def _filter(table: EvidenceTable, asked: Asked) -> list[int]:
    """The rows of one sign, status or type, where one is asked for."""
    sign, status, kind = asked.text("sign"), asked.text("status"), asked.text("type")
    for said, known in ((sign, POLARITIES), (status, STATUSES), (kind, TIE_TYPES)):
        if said and said not in known:
            raise BadQuestion(f"{said[:40]!r} is none of {', '.join(known)}.")
    keep = np.ones(len(table), dtype=bool)
    if sign:
        keep &= table.sign == SIGN_OF[sign]
    if status:
        keep &= table.status == STATUSES.index(status)
    if kind:
        keep &= table.type == TYPE_NAMES.index(kind)
    rows: list[int] = np.flatnonzero(keep).tolist()
    return rows


def tie(keeper: Keeper, asked: Asked, tie_id: str) -> dict[str, Any]:
    """One tie, and its quote among the words around it."""
    with keeper.ledger() as ledger:
        return passage(ledger, tie_id)
