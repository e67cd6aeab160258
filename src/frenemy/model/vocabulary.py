"""The controlled words: tie types with their default signs, scores and mappings, and the closed value lists.

The types stand in `vocabulary.toml`, so that documentation, checks and exports are generated from one place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

POLARITIES = ("+", "-", "0")
STATUSES = ("asserted", "denied", "speculated", "planned")
KINDS = ("person", "company", "organisation", "government body", "place", "group")
FIGURE_KINDS = ("valuation", "funding", "stake", "price", "revenue", "budget", "debt", "staff", "casualties", "votes", "other")
FORMS = ("name", "description", "pronoun")


@dataclass(frozen=True, slots=True, kw_only=True)
class TieType:
    """One of the sixteen acts (PLOVER event types) or fourteen standing ties (FollowTheMoney link schemata)."""

    name: str
    means: str
    polarity: str
    mutual: bool = False
    score: float | None = None
    quad: str | None = None
    cameo: tuple[str, ...] = ()
    ftm: str | None = None

    @property
    def is_act(self) -> bool:
        """Whether it happened, rather than stood."""
        return self.quad is not None


def load_tie_types() -> Mapping[str, TieType]:
    """Read the vocabulary file, in its order.

    >>> load_tie_types()["ACCUSE"].polarity, len(load_tie_types())
    ('-', 30)
    """
    table = tomllib.loads((files("frenemy.model") / "vocabulary.toml").read_text(encoding="utf-8"))
    types = {
        name: TieType(
            name=name,
            means=row["means"],
            polarity=row["polarity"],
            mutual=row.get("mutual", False),
            score=row.get("score"),
            quad=row.get("quad"),
            cameo=tuple(row.get("cameo", ())),
            ftm=row.get("ftm"),
        )
        for name, row in table.items()
    }
    return MappingProxyType(types)


TIE_TYPES = load_tie_types()
