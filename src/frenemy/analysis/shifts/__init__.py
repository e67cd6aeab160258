"""Shifts: when a pair changed sides, found in its dated ties."""

from frenemy.analysis.shifts.finding import find_shifts
from frenemy.analysis.shifts.sides import SIDES, Beliefs, Observations, believe, observe

__all__ = ["SIDES", "Beliefs", "Observations", "believe", "find_shifts", "observe"]
