"""The ledger: one DuckDB file of documents, mentions, ties, figures and judgements that only ever grows."""

from frenemy.ledger.evidence import EvidenceFilter
from frenemy.ledger.figures import FigureRecord
from frenemy.ledger.query import FigureFilter, TieFilter
from frenemy.ledger.rows import check_reading, tie_id
from frenemy.ledger.store import SCHEMA, SCHEMA_VERSION, Ledger
from frenemy.ledger.ties import KnownActor, TieRecord, Ties

__all__ = [
    "SCHEMA",
    "SCHEMA_VERSION",
    "EvidenceFilter",
    "FigureFilter",
    "FigureRecord",
    "KnownActor",
    "Ledger",
    "TieFilter",
    "TieRecord",
    "Ties",
    "check_reading",
    "tie_id",
]
