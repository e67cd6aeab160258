"""On which side two actors will probably stand, and what one more tie would change."""

from __future__ import annotations

from typing import Any

from frenemy.analysis.forecast import forecast
from frenemy.model import TIE_TYPES, Outlook, Scenario
from frenemy.views.server.asked import Asked, BadQuestion
from frenemy.views.server.keeper import Keeper
from frenemy.views.server.parts import cast, standings
from frenemy.views.server.says import day
from frenemy.views.signs import WORDS


def pair(keeper: Keeper, asked: Asked, one: str, other: str) -> dict[str, Any]:
    """The forecast of a pair as of a day, the latest of the ledger without one."""
    who, standing = cast(keeper), standings(keeper)
    if one == other:
        raise BadQuestion("One actor alone is no pair.")
    who.find(one), who.find(other)
    at = asked.day("at") or standing.latest
    told = keeper.part("the forecast", lambda: forecast(standing.between(one, other), one, other, at), (one, other, at))
    return {
        "at": day(told.at),
        "ties": len(told.because),
        "outlooks": [_outlook(look) for look in (told.now, *told.outlooks)],
        "scenarios": [_scenario(case) for case in told.scenarios],
    }


def _outlook(look: Outlook) -> dict[str, Any]:
    return {"at": day(look.at), "friendly": round(look.friendly, 4), "divided": round(look.divided, 4), "hostile": round(look.hostile, 4)}


def _scenario(case: Scenario) -> dict[str, Any]:
    return {
        "type": case.type,
        "means": TIE_TYPES[case.type].means,
        "polarity": case.polarity,
        "word": WORDS[case.word],
        "outlooks": [_outlook(look) for look in (case.now, *case.outlooks)],
    }
