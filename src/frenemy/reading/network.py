"""The trained network at run time: two int8 ONNX graphs and a tokenizer, no torch.

`Network.encode` reads passages once; `Network.score` lets markers for any number of mention pairs read the cache.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt

from frenemy.reading.pieces import shape

LONGEST = 256  # word pieces of a passage; what is beyond is not read
KEPT = [f"{part}{layer}" for layer in range(12) for part in ("key", "value")]  # names of the cache's inputs
SLAB = 16  # pairs of a passage that are scored in one run
Array = npt.NDArray[Any]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A batch of passages as the network sees them; `offsets` are the pieces' spans in each passage's characters."""

    offsets: list[list[Span]]
    mask: Array
    tags: Array
    words: Array
    last: Array
    kept: list[Array]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScores:
    """What the network says of one pair of mentions p and q (p first in the text).

    `tie` [1 + types * 3]: probability of no tie, then of each (type, direction); `polarity` and `status` [types, classes]: given the type;
    `voice` [4]; `same`: probability that both mean the same actor; `stance` [5]: the crowd's looser classes.
    """

    tie: Array
    polarity: Array
    status: Array
    voice: Array
    same: float
    stance: Array


def softmax(x: Array) -> Array:
    """Along the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True))


class Network:
    """The shipped weights, or those of a folder in the same layout."""

    def __init__(self, folder: str | None = None, threads: int | None = None) -> None:
        from tokenizers import Tokenizer

        source = files("frenemy.reading") / "weights" if folder is None else None
        self._folder, self._source = folder, source
        self._threads = threads or min(os.cpu_count() or 1, 8)
        with self._path("tokenizer.json") as path:
            self.tokenizer = Tokenizer.from_file(str(path))
        with self._path("model.json") as path:
            self.classes: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))

    def _path(self, name: str) -> Any:
        from contextlib import nullcontext
        from pathlib import Path

        return as_file(self._source / name) if self._source is not None else nullcontext(Path(self._folder or ".") / name)

    def _session(self, name: str) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # spinning threads starve each other on a busy machine
        with self._path(name) as path:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _encoder(self) -> Any:
        return self._session("encoder.onnx")

    @cached_property
    def _pairs(self) -> Any:
        return self._session("pairs.onnx")

    def encode(self, texts: Sequence[str]) -> Encoded:
        """Encode passages; similar lengths in one call waste least."""
        codes = self.tokenizer.encode_batch(list(texts))
        offsets = [c.offsets[:LONGEST] for c in codes]
        n = max(len(o) for o in offsets)
        ids, shapes, mask = (np.zeros((len(codes), n), dtype=t) for t in (np.int64, np.int64, np.float32))
        for i, (code, text) in enumerate(zip(codes, texts, strict=True)):
            m = len(offsets[i])
            ids[i, :m] = code.ids[:m]
            shapes[i, :m] = [shape(text[a:b]) for a, b in offsets[i]]
            mask[i, :m] = 1
        tags, words, last, *kept = self._encoder.run(None, {"ids": ids, "shapes": shapes, "mask": mask})
        return Encoded(offsets=offsets, mask=mask, tags=softmax(tags), words=words, last=last, kept=kept)

    @cached_property
    def _hints(self) -> Any:
        return self._session("hints.onnx")

    def hints(self, encoded: Encoded, pairs: Sequence[Sequence[tuple[Span, Span]]]) -> list[list[float]]:
        """A cheap guess at the probability that each pair of character spans is tied at all; 0 where a span was not read."""
        found = [(i, j, pieces_of(encoded.offsets[i], p, q)) for i, row in enumerate(pairs) for j, (p, q) in enumerate(row)]
        read = [(i, j, pieces) for i, j, pieces in found if pieces]
        out = [[0.0] * len(row) for row in pairs]
        if read:
            first, second = (np.stack([encoded.last[i, slice(*pieces[k])].mean(0) for i, _, pieces in read]) for k in (0, 1))
            (guess,) = self._hints.run(None, {"first": first, "second": second})
            for (i, j, _), value in zip(read, guess, strict=True):
                out[i][j] = float(value)
        return out

    def score(self, encoded: Encoded, pairs: Sequence[Sequence[tuple[Span, Span]]]) -> list[list[PairScores | None]]:
        """Score pairs of character spans for each passage; None where a span was not read."""
        found = [[pieces_of(encoded.offsets[i], p, q) for p, q in row] for i, row in enumerate(pairs)]
        out: list[list[PairScores | None]] = [[None] * len(row) for row in found]
        asked = [[j for j, pieces in enumerate(row) if pieces] for row in found]
        for low in range(0, max(map(len, asked), default=0), SLAB):
            self._score_slab(encoded, {i: row[low : low + SLAB] for i, row in enumerate(asked) if len(row) > low}, found, out)
        return out

    def _score_slab(
        self,
        encoded: Encoded,
        asked: Mapping[int, list[int]],
        pieces: list[list[tuple[Span, Span] | None]],
        out: list[list[PairScores | None]],
    ) -> None:
        """Score some pairs of some passages into `out`; passages with few pairs do not wait for those with many."""
        rows, most = list(asked), max(map(len, asked.values()))
        starts, ends = np.zeros((len(rows), most, 2), dtype=np.int64), np.ones((len(rows), most, 2), dtype=np.int64)
        for i, row in enumerate(rows):
            for k, j in enumerate(asked[row]):
                p, q = pieces[row][j] or ((0, 1), (0, 1))
                starts[i, k], ends[i, k] = (p[0], q[0]), (p[1], q[1])
        whole = len(rows) == len(encoded.offsets)
        n = max(len(encoded.offsets[row]) for row in rows)
        mask, words, last = (x if whole else x[rows, :n] for x in (encoded.mask, encoded.words, encoded.last))
        kept = encoded.kept if whole else [x[rows, :, :n] for x in encoded.kept]
        cache = dict(zip(KEPT[: len(kept)], kept, strict=True))
        tie, polarity, status, voice, same, stance = self._pairs.run(
            None, {"mask": mask, "words": words, "last": last, "starts": starts, "ends": ends, **cache}
        )
        tie, polarity, status, voice, stance = (softmax(x) for x in (tie, polarity, status, voice, stance))
        same = (1 / (1 + np.exp(-same))).astype(float)
        for i, row in enumerate(rows):
            for k, j in enumerate(asked[row]):
                out[row][j] = PairScores(
                    tie=tie[i, k], polarity=polarity[i, k], status=status[i, k], voice=voice[i, k], same=same[i, k], stance=stance[i, k]
                )


def pieces_of(offsets: Sequence[Span], p: Span, q: Span) -> tuple[Span, Span] | None:
    """The word pieces that cover two character spans, None where either was cut off.

    >>> pieces_of([(0, 0), (0, 4), (5, 8), (0, 0)], (0, 4), (5, 8))
    ((1, 2), (2, 3))
    """
    first, second = piece_span(offsets, p), piece_span(offsets, q)
    return (first, second) if first and second else None


def piece_span(offsets: Sequence[Span], span: Span) -> Span | None:
    """The word pieces that cover one character span; the first piece and the last cover nothing."""
    last = len(offsets) - 1 if offsets[-1] == (0, 0) else len(offsets)
    low = bisect_right(offsets, span[0], 1, last, key=lambda piece: piece[1])
    high = bisect_left(offsets, span[1], low, last, key=lambda piece: piece[0])
    return (low, high) if high > low else None
