"""A watch over news sources: rounds that fetch what is new, read it into the ledger and ring on rules.

Not to be mixed up with watchlists, which are lists of actors (`frenemy.actors.watchlists`).
"""

from frenemy.pipeline.newswatch.ringing import Bell
from frenemy.pipeline.newswatch.rounds import Round, Watch, watch_once
from frenemy.pipeline.newswatch.rules import Settings, load_rules, parse_rule
from frenemy.pipeline.newswatch.state import State

__all__ = ["Bell", "Round", "Settings", "State", "Watch", "load_rules", "parse_rule", "watch_once"]
