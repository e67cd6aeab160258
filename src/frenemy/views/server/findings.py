"""What the analysis found: shifts, claims with both sides, potential conflicts of interest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frenemy.analysis.claims import Claim, Statement
from frenemy.model import Shift
from frenemy.pipeline.conflicts import PotentialConflict
from frenemy.views.server.asked import Asked, BadQuestion, TooMuch
from frenemy.views.server.keeper import FOREVER, Keeper
from frenemy.views.server.parts import cast, standings
from frenemy.views.server.says import QUOTE, day, short, tie_says

PAGE, SIDE, QUOTES = 20, 12, 2
MOST_TIES = 1_000_000
STANDINGS = ("denied", "retracted", "contradicted", "undisputed")


def claims(keeper: Keeper, asked: Asked) -> dict[str, Any]:
    """A page of the claims, the newest first: the disputed ones, or all, or those about one actor."""

    def work() -> list[Claim]:
        _not_too_many(keeper)
        with keeper.ledger(patience=FOREVER) as ledger:
            found = ledger.claims()
        return sorted(found, key=lambda claim: (claim.disputed, claim.date is not None, claim.date or 0), reverse=True)

    found = keeper.part("who claims what", work)
    standing, actor, everything = asked.text("standing"), asked.text("actor"), asked.text("all") == "1"
    if standing and standing not in STANDINGS:
        raise BadQuestion(f"{standing[:40]!r} is none of {', '.join(STANDINGS)}.")
    kept = [
        claim
        for claim in found
        if (everything or claim.disputed)
        and (not standing or claim.standing == standing)
        and (not actor or actor in (claim.source, claim.target))
    ]
    return _page(asked, kept, _claim)


def _not_too_many(keeper: Keeper) -> None:
    """Raise where comparing all ties would take more memory than a laptop has."""
    ties = len(standings(keeper, patience=FOREVER))
    if ties > MOST_TIES:
        raise TooMuch(f"{ties:,} ties are too many to compare at once. The command line does it on a machine with more memory.")


def _claim(claim: Claim) -> dict[str, Any]:
    against = tuple(dict.fromkeys((*claim.denied, *(dispute.against for dispute in claim.disputes))))
    return {
        "source": {"id": claim.source, "name": short(claim.source_name)},
        "target": {"id": claim.target, "name": short(claim.target_name)},
        "mutual": claim.mutual,
        "type": claim.type,
        "polarity": claim.polarity,
        "standing": claim.standing,
        "date": day(claim.date),
        "sources": claim.sources,
        "for": _side(claim.asserted),
        "against": _side(against),
    }


def _side(statements: Sequence[Statement]) -> dict[str, Any]:
    return {"total": len(statements), "items": [_statement(one) for one in statements[:SIDE]]}


def _statement(said: Statement) -> dict[str, Any]:
    return {
        "tie": said.tie,
        "speaker": short(said.speaker),
        "own_word": said.voice != "author",
        "type": said.type,
        "status": said.status,
        "quote": short(said.quote, QUOTE),
        "document": said.document,
        "doc": short(said.doc),
        "publisher": short(said.publisher) if said.publisher else None,
        "published": day(said.published),
        "start": said.start,
    }


def conflicts(keeper: Keeper, asked: Asked) -> dict[str, Any]:
    """A page of the potential conflicts of interest, the best founded first; with `near` also loops that lack one hop."""
    near = asked.text("near") == "1"

    def work() -> list[PotentialConflict]:
        _not_too_many(keeper)
        with keeper.ledger(patience=FOREVER) as ledger:
            return ledger.conflicts(near=near)

    found = keeper.part("conflicts of interest", work, near)
    actor = asked.text("actor")
    kept = [one for one in found if not actor or any(actor == played for _, played in one.conflict.roles)]
    return _page(asked, kept, _conflict)


def _conflict(found: PotentialConflict) -> dict[str, Any]:
    conflict = found.conflict
    hops = [
        {
            "hop": step.hop,
            "tie": tie_says(tie),
            "dated": tie.dated,
            "others": len(step.others),
            "denied": step.denied,
            "basis": step.basis,
        }
        for step, tie in zip(conflict.steps, found.ties, strict=True)
    ]
    return {
        "pattern": conflict.pattern.name,
        "says": short(found.headline, QUOTE),
        "held": found.held,
        "check": conflict.pattern.check,
        "roles": [{"role": role, "id": actor, "name": short(found.names[actor])} for role, actor in conflict.roles],
        "also": [short(line, QUOTE) for line in found.also],
        "hops": hops,
        "missing": {
            "hop": conflict.missing.hop,
            "ways": [{"source": source, "types": list(types), "target": target} for source, types, target in conflict.missing.ways],
        }
        if conflict.missing
        else None,
        "doubts": [short(doubt, QUOTE) for doubt in found.doubts],
        "confidence": round(conflict.confidence, 2),
    }


def _page(asked: Asked, found: Sequence[Any], says: Any) -> dict[str, Any]:
    offset, limit = asked.number("offset", 0, most=10**9), asked.number("limit", PAGE, most=100, least=1)
    return {"total": len(found), "offset": offset, "items": [says(one) for one in found[offset : offset + limit]]}


def shifts(keeper: Keeper, asked: Asked) -> dict[str, Any]:
    """A page of the shifts, the latest first, each with its weightiest quotes on both sides."""
    found = _shifts(keeper)
    turned, actor = asked.text("turned") == "1", asked.text("actor")
    since, until = asked.day("since"), asked.day("until")
    kept = [
        shift
        for shift in reversed(found)
        if (not turned or shift.turned)
        and (not actor or actor in (shift.source, shift.target))
        and (since is None or shift.at >= since)
        and (until is None or shift.at <= until)
    ]
    page = _page(asked, kept, _shift)
    who = cast(keeper)
    wanted = [tie for shift in page["items"] for side in ("before", "after") for tie in shift["quotes"][side]]
    with keeper.ledger() as ledger:
        said = {tie.id: tie_says(tie) for tie in ledger.ties_by_id(wanted)}
    for shift in page["items"]:
        shift["quotes"] = {side: [said[tie] for tie in ties if tie in said] for side, ties in shift["quotes"].items()}
        shift["names"] = [short(who.name(shift["source"])), short(who.name(shift["target"]))]
        shift["alongside"] = [{**other, "names": [short(who.name(actor)) for actor in other["pair"]]} for other in shift["alongside"]]
    return page


def shifts_of_pair(keeper: Keeper, one: str, other: str) -> list[dict[str, Any]]:
    """The shifts between two actors, oldest first."""
    return [_shift(shift) for shift in _shifts(keeper) if {shift.source, shift.target} == {one, other}]


def _shifts(keeper: Keeper) -> list[Shift]:
    def work() -> list[Shift]:
        with keeper.ledger(patience=FOREVER) as ledger:
            return ledger.shifts()

    return keeper.part("who changed sides", work)


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "source": shift.source,
        "target": shift.target,
        "before": shift.before,
        "after": shift.after,
        "at": day(shift.at),
        "earliest": day(shift.earliest),
        "latest": day(shift.latest),
        "size": round(shift.size, 2),
        "probability": round(shift.probability, 2),
        "turned": shift.turned,
        "ties": [len(shift.ties_before), len(shift.ties_after)],
        "quotes": {"before": list(shift.ties_before[:QUOTES]), "after": list(shift.ties_after[:QUOTES])},
        "alongside": [{"pair": [one, other], "at": day(at)} for one, other, at in shift.alongside[:SIDE]],
    }
