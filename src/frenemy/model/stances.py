"""How actors stand to one another, as the rooms hand it on: what the ledger gives to be weighed, and what the weighing gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A tie as stance weighs it: actors by id, without its words.

    `word` is on whose word it stands: "author" (the document's own), "source" or "target" (one of the two), "other" (a third party).
    `since` and `until` are when it happened or held, None where the passage does not say; `published` is when it was printed. `origin`
    names the story it comes from: copies of one story share it, and count once. `legal` is true where the passage speaks of the law.
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
    legal: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A dated change of how two actors stand to each other, both ways taken together; `source` is the id that comes first in the alphabet.

    `before` and `after` are "+", "-" or "~" (divided). `at` is the first day whose ties show the new side; the change itself came between
    `earliest` and `latest`. `size` is the difference of the mean values after and before, in [-2, 2], `probability` how sure it is that
    both sides held. `ties_before` and `ties_after` speak for each side, the weightiest first. `alongside` are shifts of pairs
    that share an actor with this one, at about the same time: their two actors and day.
    """

    source: str
    target: str
    before: str
    after: str
    at: date
    earliest: date
    latest: date
    size: float
    probability: float
    ties_before: tuple[str, ...]
    ties_after: tuple[str, ...]
    alongside: tuple[tuple[str, str, date], ...] = ()

    @property
    def turned(self) -> bool:
        """Whether friends became foes or foes friends; else they fell into or out of division.

        >>> day = date(2024, 7, 13)
        >>> rest = dict(at=day, earliest=day, latest=day, size=0.8, probability=0.9, ties_before=("a",), ties_after=("b",))
        >>> Shift(source="x", target="y", before="-", after="+", **rest).turned
        True
        """
        return "~" not in (self.before, self.after)
