"""Who is with whom, who is against whom, since when, and who says so.

>>> import frenemy
>>> sorted(name for name in frenemy.__all__ if name.islower())
['documents', 'open', 'read', 'read_pairs']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frenemy.documents import load as documents
    from frenemy.errors import FrenemyError
    from frenemy.ledger import TieFilter, TieRecord, Ties
    from frenemy.model import Actor, Document, Figure, Judgement, Mention, Quote, Reading, Tie
    from frenemy.pipeline import OpenLedger, Summary
    from frenemy.pipeline import open_ledger as open  # noqa: A004
    from frenemy.pipeline import read_document as read
    from frenemy.reading import read_pairs

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Document",
    "Figure",
    "FrenemyError",
    "Judgement",
    "Mention",
    "OpenLedger",
    "Quote",
    "Reading",
    "Summary",
    "Tie",
    "TieFilter",
    "TieRecord",
    "Ties",
    "documents",
    "open",
    "read",
    "read_pairs",
]

# Where each name lives; looked up on first use, so that `import frenemy` loads neither DuckDB nor the model's runtime.
_HOMES = {
    **dict.fromkeys(("Actor", "Document", "Figure", "Judgement", "Mention", "Quote", "Reading", "Tie"), "frenemy.model"),
    **dict.fromkeys(("TieFilter", "TieRecord", "Ties"), "frenemy.ledger"),
    **dict.fromkeys(("OpenLedger", "Summary"), "frenemy.pipeline"),
    "FrenemyError": "frenemy.errors",
    "read_pairs": "frenemy.reading",
}
_RENAMED = {"open": "open_ledger", "read": "read_document"}


def __getattr__(name: str) -> Any:
    if name == "documents":  # the room itself is callable
        return import_module("frenemy.documents")
    if name in _RENAMED:
        return getattr(import_module("frenemy.pipeline"), _RENAMED[name])
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'frenemy' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
