"""A ledger with everything at hand: what `frenemy.open` gives. Its methods load the rooms that they need when they are called."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frenemy.errors import NotALedger
from frenemy.ledger import Ledger
from frenemy.model import Forecast, Shift, Stance, Watchlist
from frenemy.pipeline.reading import Progress, Summary, read_into
from frenemy.pipeline.rules import Rules, watcher

if TYPE_CHECKING:
    from frenemy.analysis.claims import Claim
    from frenemy.analysis.figures import Series
    from frenemy.analysis.network.balance import Balance, NodeBalance
    from frenemy.ledger import FigureFilter
    from frenemy.pipeline.centrality import Bridge, Centrality
    from frenemy.pipeline.conflicts import PotentialConflict
    from frenemy.pipeline.enemies import SharedEnemies, TiePressure
    from frenemy.pipeline.networks import Blocs
    from frenemy.reading import Reader


def login_name() -> str:
    """Who is at the keyboard, as judgements name them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class OpenLedger(Ledger):
    """A ledger with a reader and a resolver at hand: what `frenemy.open` gives."""

    def read(
        self,
        *sources: str | Path,
        reader: Reader | None = None,
        progress: Progress | None = None,
        any_language: bool = False,
        min_confidence: float = 0.0,
        said: Mapping[str, Any] | None = None,
    ) -> Summary:
        """Read files, folders or patterns into the ledger. `said` holds what you know better than the documents: `title`, `published`,
        `publisher`, `author`, `language`, `url`.
        """
        from frenemy.documents import Overrides, load

        docs = load(sources, overrides=Overrides(**(said or {})), any_language=any_language)
        return read_into(self, docs, reader=reader, progress=progress, min_confidence=min_confidence)

    def watch(self, path: str | Path, *, name: str | None = None, by: str | None = None) -> tuple[Watchlist, bool]:
        """Add the watchlist of a file under `name`, or the file's own; also whether it is new. A bad file adds nothing.

        The file holds FollowTheMoney entities (an OpenSanctions export, too), or names, aliases, kinds and ids as CSV, YAML or JSON lines.
        """
        from frenemy.actors.watchlists import load_watchlist

        watchlist = load_watchlist(path, name=name)
        return watchlist, self.add_watchlist(watchlist, by=by or login_name())

    # --- stance ---------------------------------------------------------------------------------------------------------------------------

    def stances(
        self,
        *,
        as_of: date | None = None,
        known_by: date | None = None,
        mutual: bool = False,
        actors: Iterable[str] | None = None,
        of: str | None = None,
        min_confidence: float = 0.0,
    ) -> list[Stance]:
        """How every actor stands to every other it has ties to, at a date: without one, the latest that the ledger knows of.

        One stance an ordered pair, or one for both ways where `mutual`. `actors` (ids) keeps the pairs among them, `of` (an id) those with
        one actor. With `as_of`, ties without any date are left out; `undated` counts them.
        """
        from frenemy.pipeline.stances import fold_ledger

        clocks = {"as_of": as_of, "known_by": known_by}
        return fold_ledger(self, **clocks, mutual=mutual, actors=actors, of=of, min_confidence=min_confidence)

    def undated(self, one: str, other: str | None = None) -> int:
        """How many ties of an actor, or between two (names), bear no date and were printed on none: as-of questions leave them out."""
        from frenemy.pipeline.stances import undated

        return undated(self, (self.find_actor(one).id,) if other is None else self.two_actors(one, other))

    def stance(self, one: str, other: str, *, as_of: date | None = None, known_by: date | None = None, mutual: bool = False) -> Stance:
        """How the actor `one` (a name) stands to `other`, or both to each other where `mutual`; around zero where no tie says."""
        from frenemy.pipeline.stances import stance_of

        ids = self.two_actors(one, other)
        return stance_of(self, *ids, as_of=as_of, known_by=known_by, mutual=mutual)

    def stance_curve(self, one: str, other: str, *, known_by: date | None = None, mutual: bool = True) -> list[Stance]:
        """How two actors (names) stood at the end of every month that one of their ties is dated in."""
        from frenemy.pipeline.stances import curve_of

        return curve_of(self, *self.two_actors(one, other), known_by=known_by, mutual=mutual)

    def shifts(
        self,
        actor: str | None = None,
        other: str | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        known_by: date | None = None,
    ) -> list[Shift]:
        """When pairs changed sides, oldest first: all pairs, those with one actor (a name), or one pair."""
        from frenemy.pipeline.stances import shifts_of

        actors = tuple(self.find_actor(name).id for name in (actor, other) if name is not None)
        return shifts_of(self, actors=actors, since=since, until=until, as_of=as_of, known_by=known_by)

    def forecast(
        self,
        one: str,
        other: str,
        *,
        as_of: date | None = None,
        known_by: date | None = None,
        horizons: Iterable[int] = (1, 3, 6, 12),
    ) -> Forecast:
        """On which side two actors (names) will probably stand so many months after a date: without one, the latest the ledger knows of.

        It knows their own dated ties and nothing else; scenarios say what one more would change.
        """
        from frenemy.pipeline.forecasts import forecast_of

        return forecast_of(self, *self.two_actors(one, other), as_of=as_of, known_by=known_by, horizons=tuple(horizons))

    def claims(
        self,
        *,
        actor: str | None = None,
        disputed: bool = False,
        as_of: date | None = None,
        known_by: date | None = None,
        min_confidence: float = 0.0,
    ) -> list[Claim]:
        """Who claims what about whom and who says otherwise, oldest first; of one actor (a name), or only what is disputed."""
        from frenemy.pipeline.claims import claims_of

        return claims_of(self, actor=actor, disputed=disputed, as_of=as_of, known_by=known_by, min_confidence=min_confidence)

    def figures_over_time(self, wanted: FigureFilter | None = None, *, as_of: date | None = None) -> list[Series]:
        """The figures that a filter keeps as series by actor, kind and unit, with the amounts that contradict each other."""
        from frenemy.pipeline.figures import figures_over_time

        return figures_over_time(self, wanted, as_of=as_of)

    def conflicts(
        self,
        actor: str | None = None,
        *,
        near: bool = False,
        patterns: Iterable[str | Path] = (),
        as_of: date | None = None,
        known_by: date | None = None,
        min_confidence: float = 0.4,
    ) -> list[PotentialConflict]:
        """Potential conflicts of interest, or those with one actor (a name), the best founded first; `near` adds loops that lack one hop.

        `patterns` are YAML files of your own patterns, which come to the shipped ones (docs/conflicts.md); `min_confidence` is asked of
        every hop.
        """
        from frenemy.pipeline.conflicts import conflicts_of

        return conflicts_of(self, actor=actor, near=near, patterns=patterns, as_of=as_of, known_by=known_by, min_confidence=min_confidence)

    # --- the signed network ---------------------------------------------------------------------------------------------------------------

    def common_enemies(
        self,
        one: str | None = None,
        other: str | None = None,
        *,
        friends: bool = False,
        as_of: date | None = None,
        known_by: date | None = None,
        least: int = 1,
    ) -> list[SharedEnemies]:
        """The pairs that share at least so many enemies, those with an actor, or one pair (names), the most remarkable first.

        Pairs that are friends are left out unless `friends`, or unless the pair is asked for.
        """
        from frenemy.pipeline.enemies import enemies_of

        return enemies_of(self, one, other, friends=friends, as_of=as_of, known_by=known_by, least=least)

    def pressure(
        self,
        actor: str | None = None,
        *,
        as_of: date | None = None,
        known_by: date | None = None,
        most: int | None = None,
        frustration: bool = False,
    ) -> list[TiePressure]:
        """The ties that sit in unbalanced triads, or those of one actor (a name), those first whose turn would settle most.

        With `frustration` each says by how much the frustration index would fall; that solves the network anew for each tie.
        """
        from frenemy.pipeline.enemies import pressure_of

        return pressure_of(self, actor, as_of=as_of, known_by=known_by, most=most, frustration=frustration)

    def centrality(self, *, as_of: date | None = None, known_by: date | None = None) -> list[Centrality]:
        """Every actor with a friendly or hostile tie, the best standing first."""
        from frenemy.pipeline.centrality import centrality_of

        return centrality_of(self, as_of=as_of, known_by=known_by)

    def brokers(self, *, k: int | None = None, as_of: date | None = None, known_by: date | None = None) -> list[Bridge]:
        """Who connects the blocs, at most `k` of them or any number, those who connect most pairs first."""
        from frenemy.pipeline.centrality import brokers_of

        return brokers_of(self, k=k, as_of=as_of, known_by=known_by)

    def blocs(
        self,
        *,
        k: int | None = None,
        as_of: date | None = None,
        known_by: date | None = None,
        since: date | None = None,
        draws: int = 30,
        time_limit: float = 30.0,
    ) -> Blocs:
        """Who is with whom: the best partition into at most `k` blocs, or any number, what does not fit, and who moved since a date.

        Stances count by their strength. Membership is tested with so many `draws` of the stances from their intervals; after `time_limit`
        seconds the best found is given with its bound.
        """
        from frenemy.pipeline.networks import blocs_of

        return blocs_of(self, k=k, as_of=as_of, known_by=known_by, since=since, draws=draws, time_limit=time_limit)

    def balance(
        self, *, as_of: date | None = None, known_by: date | None = None, time_limit: float = 30.0
    ) -> tuple[date, Balance, list[tuple[str, NodeBalance]]]:
        """The date, how balanced the network is by all measures, and by actor (its name first), the least balanced first."""
        from frenemy.pipeline.networks import balance_of

        return balance_of(self, as_of=as_of, known_by=known_by, time_limit=time_limit)

    # --- to be looked at ------------------------------------------------------------------------------------------------------------------

    @property
    def plot(self) -> Any:
        """Plots for print: `ledger.plot.network()`, `.pair(one, other)`, `.shifts()` and `.blocs()` give matplotlib figures.

        Found by name when it is asked for, since the corridor knows no view.
        """
        return import_module("frenemy.views.plots").Plots(self)


def open_ledger(path: str | Path = "frenemy.duckdb", *, read_only: bool = False, must_exist: bool = False) -> OpenLedger:
    """Open the ledger at `path`, or make it unless it `must_exist`."""
    if must_exist and not Path(path).exists():
        raise NotALedger(f"There is no ledger at {path}. Make one with `frenemy read SOURCE... --ledger {path}`.")
    return OpenLedger(path, resolver=Rules(), watcher=watcher, read_only=read_only)
