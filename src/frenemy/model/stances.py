"""How actors stand to one another, as the rooms hand it on: what the ledger gives to be weighed, and what the weighing gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A tie as stance weighs it: actors by id, without its words.

    `word` is on whose word it stands: "author" (the document's own), "source" or "target" (one of the two), "other" (a third party).
    `since` and `until` are when it happened or held, None where the passage does not say; `published` is when it was printed. `origin`
    names the story it comes from: copies of one story share it, and count once.
    """

    tie: str
    source: str
    target: str
    mutual: bool
    type: str
    polarity: str
    status: str
    word: str
    since: date | None
    until: date | None
    published: date | None
    origin: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """How `source` stands to `target` at a date: `value` in [-1, 1] within `low` and `high`.

    `because` holds the ties it is folded from with the share each has in it, signed, weightiest first. Of both ways taken together
    (`mutual`), `source` is the id that comes first in the alphabet.
    """

    source: str
    target: str
    mutual: bool
    at: date
    value: float
    low: float
    high: float
    because: tuple[tuple[str, float], ...] = ()

    @property
    def sign(self) -> str:
        """ "+" or "-" where the interval lies on one side of zero, "~" where it does not.

        >>> Stance(source="a", target="b", mutual=True, at=date(2024, 1, 1), value=0.4, low=-0.1, high=0.8).sign
        '~'
        """
        return "+" if self.low > 0 else "-" if self.high < 0 else "~"
