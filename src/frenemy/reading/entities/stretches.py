"""Texts of any length for models with a window: cut at sentence ends, asked as one stream, put together again."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from frenemy.reading.entities.labels import Labels
from frenemy.reading.entities.protocol import Entity
from frenemy.reading.sentences import sentences

Span = tuple[int, int]
Found = tuple[int, int, str, float]  # start, end, label, how sure
Predict = Callable[[Iterable[str]], Iterator[Sequence[Found]]]
"""What a model finds in each stretch, in order; it makes its own batches."""

_WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")  # as GLiNER counts words


class StretchFinder:
    """A model with a window of `longest` words as a `MentionFinder`; what it finds under a label that is not in `labels` is left out."""

    def __init__(self, name: str, predict: Predict, labels: Labels, longest: int) -> None:
        self.name = name
        self._predict, self._longest = predict, longest
        self._kinds = {label: tuple(kinds) for label, kinds in labels.items()}

    def find(self, texts: Iterable[str]) -> Iterator[Sequence[Entity]]:
        """The entities of each text; stretches of neighbouring texts share batches."""
        waiting: deque[tuple[deque[int], list[Entity]]] = deque()

        def asked() -> Iterator[str]:
            for text in texts:
                spans = stretches(text, self._longest)
                waiting.append((deque(low for low, _ in spans), []))
                yield from (text[low:high] for low, high in spans)

        for found in self._predict(asked()):
            while not waiting[0][0]:
                yield waiting.popleft()[1]
            lows, entities = waiting[0]
            low = lows.popleft()
            entities += [
                Entity(start=start + low, end=end + low, kinds=self._kinds[label], sure=sure)
                for start, end, label, sure in found
                if label in self._kinds
            ]
        while waiting:
            yield waiting.popleft()[1]


def stretches(text: str, longest: int) -> list[Span]:
    """The text in stretches of at most `longest` words that end with a sentence; only a longer sentence is cut inside.

    >>> text = "Rome fell. Who won? The Goths, said Mr. Gibbon."
    >>> [text[a:b] for a, b in stretches(text, 6)]
    ['Rome fell. Who won?', 'The Goths, said Mr.', 'Gibbon.']
    """
    out: list[Span] = []
    room = 0
    for start, end in sentences(text):
        words = [(m.start() + start, m.end() + start) for m in _WORD.finditer(text[start:end])]
        if len(words) <= room:
            out[-1] = (out[-1][0], end)
            room -= len(words)
            continue
        out += [(words[i][0], words[min(i + longest, len(words)) - 1][1]) for i in range(0, len(words), longest)]
        room = longest - ((len(words) - 1) % longest + 1)
    return out


def short(name_or_path: str) -> str:
    """The name that ties carry; of a folder on this machine the last part only, for a ledger need not tell where its owner's files lie.

    >>> short("en_core_web_sm"), short("no-such-owner/gliner_small")
    ('en_core_web_sm', 'no-such-owner/gliner_small')
    """
    path = Path(name_or_path)
    return path.resolve().name if path.exists() else name_or_path
