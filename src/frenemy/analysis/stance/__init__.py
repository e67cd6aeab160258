"""Stance: how one actor stands to another at a date, folded from ties."""

from frenemy.analysis.stance.folding import curve, fold, seen, stances, unknown
from frenemy.analysis.stance.weights import Weights, default_weights

__all__ = ["Weights", "curve", "default_weights", "fold", "seen", "stances", "unknown"]
