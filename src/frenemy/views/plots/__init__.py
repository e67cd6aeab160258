"""Plots of a ledger for print: `ledger.plot` in Python, `frenemy plot` on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from frenemy.errors import PlotError
from frenemy.views.clocks import Clocks
from frenemy.views.pictures.timeline import Timeline, shifts_by_pair, timeline
from frenemy.views.plots.paper import check_target, save, style
from frenemy.views.signs import interval, signed, stands
from frenemy.views.tally import tally

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from frenemy.model import Shift
    from frenemy.pipeline import OpenLedger

__all__ = ["Plots", "check_target", "save"]

ACTORS = 24
PAIRS = 12
SURE = 0.8
UNIQUE = {True: "No other is as good.", False: "Others are as good.", None: ""}


class Plots:
    """The plots of a ledger, each a matplotlib figure that no global state holds: `figure.savefig(...)`, or `save(figure, path)`.

    All take `as_of` (what had happened by a date) and `known_by` (what was published by then).
    """

    def __init__(self, ledger: OpenLedger) -> None:
        self._ledger = ledger

    def network(self, *, actors: int = ACTORS, title: str = "Who stands how to whom", **clocks: Unpack[Clocks]) -> Figure:
        """The signed network of the actors with most at stake."""
        from frenemy.views.pictures.network import draw
        from frenemy.views.plots.network import network_figure

        with style():
            stances = self._ledger.stances(mutual=True, **clocks)
            network = draw(stances, self._names(), actors=actors)
            if network is None:
                raise PlotError("There is no pair that stands one way or the other. Read documents with ties first.")
            note = f"The {len(network.nodes)} actors with most at stake, as of {stances[0].at}. Wide lines are strong stances."
            return network_figure(network, title=title, note=note)

    def pair(self, one: str, other: str, **clocks: Unpack[Clocks]) -> Figure:
        """How two actors (names) stood to each other through time, with their ties and shifts."""
        from frenemy.views.plots.pair import pair_figure

        with style():
            found = self._ledger.find_actor(one), self._ledger.find_actor(other)
            ties = self._ledger.between(one, other, **clocks)
            line = self._timeline((found[0].id, found[1].id), self._ledger.shifts(one, other, **clocks), **clocks)
            if line is None:
                raise PlotError(f"No tie between {found[0].name} and {found[1].name} has a date.")
            stance = self._ledger.stance(one, other, mutual=True, **clocks)
            count = f"{len(ties)} tie{'s' * (len(ties) != 1)}: {tally(ties)}"
            note = f"{count}. On {stance.at}: {stands(stance)}, {signed(stance.value)} ({interval(stance)})."
            return pair_figure(line, title=f"{found[0].name} and {found[1].name}", note=note)

    def shifts(self, *actors: str, most: int = PAIRS, title: str = "Who changed sides", **clocks: Unpack[Clocks]) -> Figure:
        """The pairs that changed sides: all of them, those with one actor (a name), or one pair; the last to shift first."""
        from frenemy.views.plots.shifts import Row, shifts_figure

        with style():
            names, pairs = self._names(), shifts_by_pair(self._ledger.shifts(*actors, **clocks))
            rows = []
            for ids, shifts in sorted(pairs.items(), key=lambda item: (item[1][-1].at, item[0]), reverse=True)[:most]:
                line = self._timeline(ids, shifts, **clocks)
                if line is not None:
                    rows.append(Row(names=(names[ids[0]], names[ids[1]]), timeline=line))
            if not rows:
                raise PlotError("Nobody changed sides in what this ledger holds.")
            left = f"; the last {len(rows)} are shown" if len(pairs) > len(rows) else ""
            return shifts_figure(rows, title=title, note=f"{len(pairs)} pair{'s' * (len(pairs) != 1)} changed sides{left}.")

    def blocs(self, *, k: int | None = None, actors: int = 2 * ACTORS, title: str = "Who is with whom", **clocks: Unpack[Clocks]) -> Figure:
        """The blocs that leave the fewest friends apart and the fewest foes together, at most `k` or any number.

        Dots are hollow where an actor is in its bloc in less than `SURE` of the draws from the stances' intervals.
        """
        from frenemy.views.pictures.network import draw
        from frenemy.views.plots.network import network_figure

        with style():
            found = self._ledger.blocs(k=k, **clocks)
            stances = self._ledger.stances(mutual=True, **clocks)
            network = draw(stances, self._names(), actors=actors, blocs=[{member.actor for member in bloc} for bloc in found.blocs])
            if network is None:
                raise PlotError("There are no two actors that form a bloc. Read documents with friendly ties first.")
            unsure = {member.actor for bloc in found.blocs for member in bloc if member.stays is not None and member.stays < SURE}
            alone = f"; {len(found.alone)} more actors are in none" if found.alone else ""
            note = f"The best division of the actors as of {found.at}{alone}. {UNIQUE[found.unique]}"
            return network_figure(network, title=title, note=note, unsure=unsure & {node.id for node in network.nodes})

    def _names(self) -> dict[str, str]:
        return {actor.id: actor.name for actor in self._ledger.actors()}

    def _timeline(self, ids: tuple[str, str], shifts: Sequence[Shift], **clocks: Unpack[Clocks]) -> Timeline | None:
        from frenemy.ledger import TieFilter
        from frenemy.pipeline.standings import stand

        ties = self._ledger.ties(TieFilter(actors=ids, **clocks))
        curve = stand(self._ledger, actors=ids, **clocks).curve(*ids)
        return timeline(curve, ties, shifts)
