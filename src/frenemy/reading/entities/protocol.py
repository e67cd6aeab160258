"""What finds the names for the reader in place of its own tagger: one method from texts to entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from frenemy.model import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A stretch of a text that names an actor. `kinds` are those it may be, likeliest first: a label such as ORG leaves several open.

    >>> Entity(start=0, end=6, kinds=("organisation", "company")).sure
    1.0
    """

    start: int
    end: int
    kinds: tuple[str, ...]
    sure: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"an entity from {self.start} to {self.end} is no stretch of a text")
        if not self.kinds or not set(self.kinds) <= set(KINDS):
            raise ValueError(f"{self.kinds} are no kinds of actors; there are {', '.join(KINDS)}")


class MentionFinder(Protocol):
    """Finds who is named in texts. Who is meant by "she" and "the company" is no business of its own."""

    name: str

    def find(self, texts: Iterable[str]) -> Iterator[Sequence[Entity]]:
        """The entities of each text, in the order given; offsets are in characters of that text."""
        ...
