"""Documents to mentions and ties, each with its quote: the trained reader and the protocol that others follow."""

from frenemy.reading.protocol import Reader
from frenemy.reading.reader import NeuralReader, default_reader, read_pairs, read_stances
from frenemy.reading.verdicts import Verdict

__all__ = ["NeuralReader", "Reader", "Verdict", "default_reader", "read_pairs", "read_stances"]
