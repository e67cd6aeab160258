"""On which side a pair will probably stand, as the rooms hand it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The probabilities that a pair stands `friendly`, `divided` or `hostile` on a day; they add up to 1."""

    at: date
    friendly: float
    divided: float
    hostile: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What the outlooks become if one more tie were told at the forecast's date: an asserted act of a type and sign, on somebody's word.

    `word` is one of those of `Evidence`: "author" where a text tells it as a fact, "other" where a third party says so. `now` and
    `outlooks` are of the same days as the forecast's.
    """

    type: str
    polarity: str
    word: str
    now: Outlook
    outlooks: tuple[Outlook, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """How two actors will probably stand, both ways taken together, from their own ties up to `at`; `source` is the id that comes first.

    `now` is the outlook at that date, `outlooks` those at the horizons. `because` holds the ties it rests on, those first that bear most
    on it. Without any the outlooks are the prior, the same for every pair.
    """

    source: str
    target: str
    at: date
    now: Outlook
    outlooks: tuple[Outlook, ...]
    because: tuple[str, ...]
    scenarios: tuple[Scenario, ...]

    @property
    def is_prior(self) -> bool:
        """Whether no tie of the pair says anything, so that the outlooks are what is believed of any pair.

        >>> unknown = Outlook(at=date(2024, 1, 1), friendly=0.475, divided=0.05, hostile=0.475)
        >>> Forecast(source="a", target="b", at=unknown.at, now=unknown, outlooks=(), because=(), scenarios=()).is_prior
        True
        """
        return not self.because
