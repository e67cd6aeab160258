"""From the network's probabilities for a pair of mentions to the ties it holds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

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


def verdicts(scores: PairScores, classes: Mapping[str, Any], threshold: float | None) -> list[Verdict]:
    """The ties of a pair, most prominent first, each with a probability of at least `threshold`.

    A pair that is surely tied has its likeliest tie in any case, even where several types share the probability.
    Without a threshold the likeliest single answer counts: none where "no tie" is likelier than any one tie; the stance head is heard too.
    """
    if threshold is None:
        scores = weighed(scores, classes["stance_weight"])
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
    found = [(k, tied * float(by_type[k // ways])) for k in chosen]
    sure = tied >= classes["surely_tied"]
    return [_verdict(k, scores, classes, p) for k, p in found if threshold is None or p >= threshold or (sure and k == chosen[0])]


# The stance class (neutral, then + and - each way) that a tie of a direction (p>q, q>p, mutual) and a polarity (+ - 0) falls into.
STANCE_OF = np.array([[1, 3, 0], [2, 4, 0], [1, 3, 0]])


def weighed(scores: PairScores, weight: float) -> PairScores:
    """Scores of ties moved towards what the stance head says of friend or foe; a weight of 1 gives it the word on the sign.

    The ties' own masses by stance class, m, and the head's, s, are brought together as m to the power of 1 - weight times s to the power of
    weight, a product of experts (Hinton 2002); within a class the ties keep their proportions. `polarity` becomes the one of the pair's
    direction that is likeliest.
    """
    ways = STANCE_OF.shape[0]
    ties = scores.tie[1:].reshape(-1, ways)[:, :, None] * scores.polarity[:, None, :]
    masses = np.bincount(STANCE_OF.ravel(), ties.sum(0).ravel(), minlength=5)
    masses[0] += scores.tie[0]
    factors = (np.maximum(scores.stance, 1e-4) / np.maximum(masses, 1e-4)) ** weight
    moved = ties * factors[STANCE_OF]
    none = scores.tie[0] * factors[0]
    total = none + moved.sum()
    joint = moved.sum(-1)
    best = moved[np.arange(len(moved)), joint.argmax(-1)]
    return replace(
        scores,
        tie=np.concatenate([[none], joint.ravel()]) / total,
        polarity=best / np.maximum(best.sum(-1, keepdims=True), 1e-9),
    )


def calibrated(raw: float, scale: Sequence[float]) -> float:
    """A raw probability on the scale that was fitted on development data: slope and offset on the log-odds.

    >>> calibrated(0.5, (1.0, 0.0)), round(calibrated(0.9, (0.5, -0.5)), 2)
    (0.5, 0.65)
    """
    raw = min(max(raw, 1e-4), 1 - 1e-4)
    return 1 / (1 + math.exp(-(scale[0] * math.log(raw / (1 - raw)) + scale[1])))


def _verdict(joint: int, scores: PairScores, classes: Mapping[str, Sequence[Any]], confidence: float) -> Verdict:
    kind, direction = divmod(joint, len(classes["directions"]))
    return Verdict(
        type=classes["types"][kind],
        direction=classes["directions"][direction],
        polarity=classes["polarities"][int(scores.polarity[kind].argmax())],
        status=classes["statuses"][int(scores.status[kind].argmax())],
        voice=classes["voices"][int(scores.voice.argmax())],
        confidence=round(calibrated(confidence, classes["calibration"]), 4),
    )
