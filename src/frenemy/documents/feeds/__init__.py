"""Feeds over the network: fetched politely, taken apart, and their entries made documents."""

from frenemy.documents.feeds.addresses import host_of
from frenemy.documents.feeds.articles import read_entry
from frenemy.documents.feeds.entries import Entry, Listing
from frenemy.documents.feeds.fetching import Fetched, Fetcher, Patience, Validators
from frenemy.documents.feeds.parsing import parse

__all__ = ["Entry", "Fetched", "Fetcher", "Listing", "Patience", "Validators", "host_of", "parse", "read_entry"]
