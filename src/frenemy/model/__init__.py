"""Frozen value types and the vocabulary that every room shares."""

from frenemy.model.values import Actor, Document, Figure, Judgement, Mention, Quote, Reading, Tie
from frenemy.model.vocabulary import FIGURE_KINDS, FORMS, KINDS, POLARITIES, STATUSES, TIE_TYPES, TieType

__all__ = [
    "FIGURE_KINDS",
    "FORMS",
    "KINDS",
    "POLARITIES",
    "STATUSES",
    "TIE_TYPES",
    "Actor",
    "Document",
    "Figure",
    "Judgement",
    "Mention",
    "Quote",
    "Reading",
    "Tie",
    "TieType",
]
