"""Which names, in which documents, are the same real-world actor: rules from rigour and rapidfuzz, and a person's judgements above them."""

from frenemy.actors.names import Chain, fold
from frenemy.actors.resolve import resolve

__all__ = ["Chain", "fold", "resolve"]
