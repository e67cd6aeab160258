"""Forecast: on which side a pair will probably stand, from its own ties alone."""

from frenemy.analysis.forecast.chain import HORIZONS, forecast
from frenemy.analysis.forecast.supposing import Supposed

__all__ = ["HORIZONS", "Supposed", "forecast"]
