"""The corridor: the only place that wires the rooms together. Documents go in at one end, answers come out at the other."""

from frenemy.pipeline.opened import OpenLedger, login_name, open_ledger
from frenemy.pipeline.reading import BATCH, LONGEST, Progress, Summary, read_document, read_into
from frenemy.pipeline.rules import Rules, watcher

__all__ = [
    "BATCH",
    "LONGEST",
    "OpenLedger",
    "Progress",
    "Rules",
    "Summary",
    "login_name",
    "open_ledger",
    "read_document",
    "read_into",
    "watcher",
]
