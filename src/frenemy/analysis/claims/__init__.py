"""Who claims what about whom, and who says otherwise. Pure functions on statements: ties with their speakers."""

from frenemy.analysis.claims.disputes import claims
from frenemy.analysis.claims.statements import Statement
from frenemy.analysis.claims.values import Claim, Dispute

__all__ = ["Claim", "Dispute", "Statement", "claims"]
