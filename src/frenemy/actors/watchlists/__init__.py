"""Watchlist files to entries: FollowTheMoney and OpenSanctions exports, plain CSV, YAML and JSON lines. Nothing of a bad file is taken."""

from frenemy.actors.watchlists.files import load_watchlist

__all__ = ["load_watchlist"]
