"""What stands in a report: the ledger's answers, chosen and cut to what a reader can take in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from frenemy.ledger import KnownActor, TieFilter, TieRecord
from frenemy.model import Shift, Stance
from frenemy.views.clocks import Clocks
from frenemy.views.pictures.network import Network, draw
from frenemy.views.pictures.timeline import shifts_by_pair, timeline
from frenemy.views.report.drawings import History, history
from frenemy.views.report.pairs import Pair, Section, pairs_of, sections
from frenemy.views.signs import shift_words, side

if TYPE_CHECKING:
    from frenemy.analysis.claims import Statement
    from frenemy.pipeline import OpenLedger
    from frenemy.pipeline.conflicts import PotentialConflict
    from frenemy.pipeline.networks import Blocs

ACTORS_SHOWN = 100
PAIRS_SHOWN = 400
CURVES = 100
BLOC_ACTORS = 48
PATIENCE = 10.0
"""Seconds for the blocs; after them the best found is shown."""
ENOUGH = 3
"""A pair with fewer dated ties has no curve worth drawing."""
STRONGEST, SHIFTS, CONFLICTS, CLAIMS, SOURCES = 6, 8, 6, 6, 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a report is asked for."""

    title: str
    as_of: date | None = None
    known_by: date | None = None
    watchlists: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """A pair that changed sides: what changed in words, and a tie that speaks for each side, with its sign."""

    ids: tuple[str, str]
    names: tuple[str, str]
    says: str
    sides: tuple[tuple[str, TieRecord], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A statement in a dispute: who says it, and its tie."""

    speaker: str
    tie: TieRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What somebody says and somebody says is not so, with the words of both; `said` is empty where the ledger holds the denial alone."""

    headline: str
    standing: str
    said: tuple[Side, ...]
    against: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor with those to whom it stands best and worst."""

    actor: KnownActor
    friends: tuple[str, ...]
    foes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that ties rest on, and how many."""

    tie: TieRecord
    ties: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All that the template writes down."""

    wanted: Wanted
    at: date | None
    span: tuple[date, date] | None
    documents: int
    ties: int
    pairs: int
    alliances: Sequence[Pair]
    rivalries: Sequence[Pair]
    shifts: Sequence[Shifted]
    conflicts: Sequence[PotentialConflict]
    disputed: Sequence[Disputed]
    blocs: Blocs | None
    bloc_picture: Network | None
    network: Network | None
    actors: Sequence[ActorRow]
    actors_in_all: int
    sections: Sequence[Section]
    left_out: int
    sources: Sequence[Source]
    sources_in_all: int
    readers: Sequence[str]


def gather(ledger: OpenLedger, wanted: Wanted) -> Contents:
    """Ask the ledger for all that a report needs."""
    clocks: Clocks = {"as_of": wanted.as_of, "known_by": wanted.known_by}
    ties = ledger.ties(TieFilter(watchlists=wanted.watchlists, **clocks))
    actors = ledger.actors(watchlists=wanted.watchlists)
    names = {actor.id: actor.name for actor in ledger.actors()}
    pairs = pairs_of(ties, ledger.stances(mutual=True, **clocks), ledger.stances(**clocks))
    shown = pairs[:PAIRS_SHOWN]
    stances = [pair.stance for pair in pairs if pair.stance]
    days = sorted(tie.date for tie in ties if tie.date)
    sources = Counter(tie.document for tie in ties)
    records = {tie.id: tie for tie in ties}
    shifts = ledger.shifts(**clocks)
    blocs = ledger.blocs(**clocks, draws=0, time_limit=PATIENCE) if wanted.watchlists is None else None
    blocs = blocs if blocs and blocs.blocs else None
    return Contents(
        wanted=wanted,
        at=stances[0].at if stances else None,
        span=(days[0], days[-1]) if days else None,
        documents=ledger.counts()["documents"],
        ties=len(ties),
        pairs=len(pairs),
        alliances=strongest(pairs, "+"),
        rivalries=strongest(pairs, "-"),
        shifts=shifted(shifts, records, names)[:SHIFTS],
        conflicts=[found for found in ledger.conflicts(**clocks) if all(tie.id in records for tie in found.ties)][:CONFLICTS],
        disputed=list(disputes(ledger, records, clocks))[:CLAIMS],
        blocs=blocs,
        bloc_picture=draw(stances, names, blocs=[{member.actor for member in bloc} for bloc in blocs.blocs], actors=BLOC_ACTORS)
        if blocs
        else None,
        network=draw(stances, names),
        actors=actor_rows([actor for actor in actors if actor.ties][:ACTORS_SHOWN], stances, names),
        actors_in_all=len(actors),
        sections=sections(shown, histories(ledger, shown, shifts, clocks)),
        left_out=len(pairs) - len(shown),
        sources=[Source(tie=tie, ties=sources[tie.document]) for tie in _one_a_document(ties)][:SOURCES],
        sources_in_all=len(sources),
        readers=sorted({tie.reader for tie in ties}),
    )


def strongest(pairs: Iterable[Pair], sign: str) -> list[Pair]:
    """The pairs that stand on one side most surely, by the end of the interval that lies nearest to the other side."""
    fitting = [(pair, pair.stance) for pair in pairs if pair.stance and pair.sign == sign and pair.telling]
    ranked = sorted(fitting, key=lambda item: (-item[1].low if sign == "+" else item[1].high, item[0].names))
    return [pair for pair, _ in ranked[:STRONGEST]]


def shifted(shifts: Iterable[Shift], records: Mapping[str, TieRecord], names: Mapping[str, str]) -> list[Shifted]:
    """The shifts with quotes on both sides: changes from friends to foes or back first, the surest of them first."""
    found = []
    for shift in sorted(shifts, key=lambda shift: (not shift.turned, -shift.probability, shift.at)):
        ties = [next((records[tie] for tie in side if tie in records), None) for side in (shift.ties_before, shift.ties_after)]
        if all(ties):
            found.append(
                Shifted(
                    ids=(shift.source, shift.target),
                    names=(names.get(shift.source, shift.source), names.get(shift.target, shift.target)),
                    says=f"Turned {shift_words(shift)} between {shift.earliest} and {shift.latest} (probability {shift.probability:.0%}).",
                    sides=tuple((tie.polarity, tie) for tie in ties if tie),
                )
            )
    return found


def actor_rows(actors: Sequence[KnownActor], stances: Iterable[Stance], names: Mapping[str, str], most: int = 3) -> list[ActorRow]:
    """The actors with their closest friends and foes."""
    near: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for stance in stances:
        for one, other in ((stance.source, stance.target), (stance.target, stance.source)):
            near.setdefault((one, side(stance.value)), []).append((-abs(stance.value), names.get(other, other)))

    def others(actor: str, sign: str) -> tuple[str, ...]:
        return tuple(name for _, name in sorted(near.get((actor, sign), []))[:most])

    return [ActorRow(actor=actor, friends=others(actor.id, "+"), foes=others(actor.id, "-")) for actor in actors]


def disputes(ledger: OpenLedger, records: Mapping[str, TieRecord], clocks: Clocks) -> Iterator[Disputed]:
    """What is disputed, the best told first: with both sides in the ledger, then with most independent sources."""

    def sides(statements: Iterable[Statement]) -> tuple[Side, ...]:
        return tuple(Side(speaker=one.speaker, tie=records[one.tie]) for one in statements if one.tie in records)

    told: set[str] = set()
    claims = ledger.claims(disputed=True, **clocks)
    for claim in sorted(claims, key=lambda claim: (not (claim.asserted and claim.denied_by), -claim.sources)):
        against = dict.fromkeys((*claim.denied, *(dispute.against for dispute in claim.disputes)))
        said, denied = sides(claim.asserted[:1]), sides(list(against)[:1])
        quotes = {one.tie.quote for one in denied or said}
        if quotes - told:  # one sentence may deny several ties at once
            told |= quotes
            arrow = "↔" if claim.mutual else "→"
            headline = f"{claim.source_name} {arrow} {claim.target_name}: {claim.type}, {claim.standing}"
            yield Disputed(headline=headline, standing=claim.standing, said=said, against=denied)


def histories(ledger: OpenLedger, pairs: Iterable[Pair], shifts: Iterable[Shift], clocks: Clocks) -> dict[tuple[str, str], History]:
    """The drawings of the pairs with enough ties to have one."""
    from frenemy.pipeline.standings import stand

    standings = stand(ledger, **clocks)
    shifted_pairs = shifts_by_pair(shifts)
    found: dict[tuple[str, str], History] = {}
    for pair in pairs:
        if len(found) < CURVES and sum(tie.date is not None and tie.polarity != "0" for tie in pair.ties) >= ENOUGH:
            line = timeline(standings.curve(*pair.ids), pair.ties, shifted_pairs.get(pair.ids, ()))
            if line:
                found[pair.ids] = history(line)
    return found


def _one_a_document(ties: Iterable[TieRecord]) -> list[TieRecord]:
    """The first tie of each document, the newest document first."""
    first: dict[str, TieRecord] = {}
    for tie in ties:
        first.setdefault(tie.document, tie)
    return sorted(first.values(), key=lambda tie: (tie.published or date.min, tie.doc), reverse=True)
