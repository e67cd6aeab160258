"""Forecast: on which side a pair will probably stand, from its own ties alone."""

from frenemy.analysis.forecast.chain import HORIZONS, Supposed, forecast
from frenemy.analysis.forecast.supposing import scenarios_for, suppose

__all__ = ["HORIZONS", "Supposed", "forecast", "scenarios_for", "suppose"]
