"""From the network's probabilities for a pair of mentions to the ties it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frenemy.reading.network import PairScores

SECOND = 0.3  # share of the ties' mass from which a second tie of a pair is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One tie between mentions p and q, p first in the text."""

    type: str
    direction: str
    polarity: str
    status: str
    voice: str
    confidence: float

    def turned(self) -> Verdict:
        """The same tie with the names p and q swapped."""
        swap = {"p>q": "q>p", "q>p": "p>q", "p": "q", "q": "p"}
        return Verdict(
            type=self.type,
            direction=swap.get(self.direction, self.direction),
            polarity=self.polarity,
            status=self.status,
            voice=swap.get(self.voice, self.voice),
            confidence=self.confidence,
        )


def verdicts(scores: PairScores, classes: Mapping[str, Sequence[str]], threshold: float | None) -> list[Verdict]:
    """The ties of a pair, most prominent first; none where their probability together is below `threshold`.

    Without a threshold the likeliest single answer counts: none where "no tie" is likelier than any one tie.
    """
    tied = 1 - float(scores.tie[0])
    if scores.tie.argmax() == 0 if threshold is None else tied < threshold:
        return []
    by_tie = scores.tie[1:] / max(tied, 1e-9)
    ways = len(classes["directions"])
    by_type = by_tie.reshape(-1, ways).sum(-1)
    chosen = [int(by_tie.argmax())]
    for other in by_type.argsort()[::-1][:3]:
        if other != chosen[0] // ways and by_type[other] >= SECOND:
            chosen.append(int(other * ways + by_tie[other * ways : (other + 1) * ways].argmax()))
    return [_verdict(k, scores, classes, tied * float(by_type[k // ways])) for k in chosen]


def _verdict(joint: int, scores: PairScores, classes: Mapping[str, Sequence[Any]], confidence: float) -> Verdict:
    kind, direction = divmod(joint, len(classes["directions"]))
    return Verdict(
        type=classes["types"][kind],
        direction=classes["directions"][direction],
        polarity=classes["polarities"][int(scores.polarity[kind].argmax())],
        status=classes["statuses"][int(scores.status[kind].argmax())],
        voice=classes["voices"][int(scores.voice.argmax())],
        confidence=round(confidence, 4),
    )
