"""Frozen value types and the vocabulary that every room shares."""

from frenemy.model.forecasts import Forecast, Outlook, Scenario
from frenemy.model.identity import Chain, Company, Doubt, Lead, NameKey, Quarantined, Reason, Resolution, Settled
from frenemy.model.stances import Evidence, Shift, Stance
from frenemy.model.values import Actor, Document, Figure, Judgement, Mention, Quote, Reading, Tie
from frenemy.model.vocabulary import FIGURE_KINDS, FORMS, KINDS, POLARITIES, STATUSES, TIE_TYPES, TieType
from frenemy.model.watchlists import Candidate, Listing, WatchEntry, Watchlist

__all__ = [
    "FIGURE_KINDS",
    "FORMS",
    "KINDS",
    "POLARITIES",
    "STATUSES",
    "TIE_TYPES",
    "Actor",
    "Candidate",
    "Chain",
    "Company",
    "Document",
    "Doubt",
    "Evidence",
    "Figure",
    "Forecast",
    "Judgement",
    "Lead",
    "Listing",
    "Mention",
    "NameKey",
    "Outlook",
    "Quarantined",
    "Quote",
    "Reading",
    "Reason",
    "Resolution",
    "Scenario",
    "Settled",
    "Shift",
    "Stance",
    "Tie",
    "TieType",
    "WatchEntry",
    "Watchlist",
]
