"""A reader that asks any OpenAI-compatible endpoint and believes nothing that the text does not say."""

from frenemy.reading.endpoint.reader import EndpointReader
from frenemy.reading.endpoint.settings import Endpoint, Prices, Usage

__all__ = ["Endpoint", "EndpointReader", "Prices", "Usage"]
