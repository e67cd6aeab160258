"""Potential conflicts of interest: patterns as data, matched to dated ties."""

from frenemy.analysis.conflicts.finding import Conflict, Missing, Step, find_conflicts
from frenemy.analysis.conflicts.loading import load_patterns, parse_patterns, shipped_patterns, with_own
from frenemy.analysis.conflicts.patterns import Hop, Pattern, Role, Way

__all__ = [
    "Conflict",
    "Hop",
    "Missing",
    "Pattern",
    "Role",
    "Step",
    "Way",
    "find_conflicts",
    "load_patterns",
    "parse_patterns",
    "shipped_patterns",
    "with_own",
]
