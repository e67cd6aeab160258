"""A ledger with everything at hand: what `frenemy.open` gives. Its methods load the rooms that they need when they are called."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frenemy.errors import NotALedger
from frenemy.ledger import Ledger
from frenemy.model import Watchlist
from frenemy.pipeline.reading import Progress, Summary, read_into
from frenemy.pipeline.rules import Rules, watcher

if TYPE_CHECKING:
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


def open_ledger(path: str | Path = "frenemy.duckdb", *, read_only: bool = False, must_exist: bool = False) -> OpenLedger:
    """Open the ledger at `path`, or make it unless it `must_exist`."""
    if must_exist and not Path(path).exists():
        raise NotALedger(f"There is no ledger at {path}. Make one with `frenemy read SOURCE... --ledger {path}`.")
    return OpenLedger(path, resolver=Rules(), watcher=watcher, read_only=read_only)
