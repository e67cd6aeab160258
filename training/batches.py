"""Passages to tensors: word pieces, marker places, and labels with masks for what a source does not say."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from frenemy.model import TIE_TYPES
from frenemy.reading.pieces import shape
from training.passages import TAGS, Passage

TYPES = tuple(TIE_TYPES)
DIRECTIONS = ("p>q", "q>p", "mutual")
POLARITIES = ("+", "-", "0")
STATUSES = ("asserted", "denied", "speculated", "planned")
VOICES = ("author", "p", "q", "other")
LONGEST = 200  # word pieces
LOWERED, RAISED = 0.06, 0.03  # share of passages read as if printed in small or in capital letters
MOST_PAIRS = 36  # pairs of a passage in one batch row
FIRST_SHARE = 0.65  # of the target's mass, where a pair holds two ties


@dataclass(frozen=True, slots=True)
class Row:
    """One passage in numbers."""

    ids: list[int]
    shapes: list[int]
    tags: Tensor | None  # [n, tags] bool: the tags each piece may have
    spans: list[tuple[int, int, int, int]]  # token spans of p and q
    pairs: list  # the labelled Pair of each
    source: str


def token_span(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The pieces that cover characters start:end, None where they were cut off."""
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start and b > a]
    return (inside[0], inside[-1] + 1) if inside else None


def allowed_tags(passage: Passage, offsets: Sequence[tuple[int, int]]) -> Tensor | None:
    """Which tags each piece may have; an unsaid kind may hide behind O."""
    if passage.entities is None:
        return None
    index = {t: i for i, t in enumerate(TAGS)}
    out = torch.zeros(len(offsets), len(TAGS), dtype=torch.bool)
    out[:, [index["O"], *(index[f"{e}-{k}"] for k in passage.unsaid for e in "BI")]] = True
    for start, end, kinds in passage.entities:
        found = token_span(offsets, start, end)
        if found is None:
            continue
        low, high = found
        out[low:high] = not kinds  # an entity of a kind that has no counterpart here says nothing
        for kind in kinds:
            out[low, index[f"B-{kind}"]] = True
            out[low + 1 : high, index[f"I-{kind}"]] = True
    return out


def row(tokenizer: Tokenizer, passage: Passage, chance: random.Random, *, blur: float = 0.0) -> Row | None:
    """A passage in numbers, None where nothing of it can be learnt; `blur` is the share of pieces that are masked."""
    code = tokenizer.encode(passage.text)
    ids, offsets = code.ids[:LONGEST], code.offsets[:LONGEST]
    if blur:
        mask = tokenizer.token_to_id("[MASK]")
        ids = [mask if b > a and chance.random() < blur else i for i, (a, b) in zip(ids, offsets, strict=True)]
    roll = chance.random()
    text = passage.text.lower() if roll < LOWERED else passage.text.upper() if roll < LOWERED + RAISED else passage.text
    shapes = [shape(text[a:b]) for a, b in offsets] if len(text) == len(passage.text) else [0] * len(ids)
    spans, pairs = [], []
    chosen = list(passage.pairs)
    if len(chosen) > MOST_PAIRS:
        chosen = sorted(chosen, key=lambda x: (not x.ties, chance.random()))[:MOST_PAIRS]
    for pair in chosen:
        p, q = (token_span(offsets, *passage.spans[i]) for i in (pair.p, pair.q))
        if p and q and p != q:
            spans.append((*p, *q))
            pairs.append(pair)
    tags = allowed_tags(passage, offsets)
    return Row(ids, shapes, tags, spans, pairs, passage.source) if pairs or tags is not None else None


def batches(rows: Sequence[Row], budget: int, chance: random.Random) -> Iterator[list[Row]]:
    """Rows of similar length together, at most `budget` padded tokens and markers a batch, in random order."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids) + 2 * len(rows[i].spans) + chance.random() * 6)
    groups, group, widest = [], [], 0
    for i in order:
        size = max(len(rows[i].ids) + 2 * len(rows[i].spans), widest)
        if group and size * (len(group) + 1) > budget:
            groups.append(group)
            group, size = [], len(rows[i].ids) + 2 * len(rows[i].spans)
        group.append(rows[i])
        widest = size
    groups.append(group)
    chance.shuffle(groups)
    yield from groups


def tensors(group: Sequence[Row]) -> dict[str, Tensor]:
    """One batch."""
    n, most = max(len(r.ids) for r in group), max(1, max(len(r.spans) for r in group))
    b, k = len(group), len(TYPES) * 3
    out = {
        "ids": torch.zeros(b, n, dtype=torch.long),
        "shapes": torch.zeros(b, n, dtype=torch.long),
        "mask": torch.zeros(b, n),
        "spans": torch.zeros(b, most, 2, n),
        "starts": torch.zeros(b, most, 2, dtype=torch.long),
        "tags": torch.ones(b, n, len(TAGS), dtype=torch.bool),
        "tagged": torch.zeros(b, n),
        "tie": torch.zeros(b, most, k + 1),
        "tied": torch.zeros(b, most),
        "same": torch.zeros(b, most),
        "samed": torch.zeros(b, most),
        "stance": torch.full((b, most), -100),
        "kind": torch.zeros(b, most, dtype=torch.long),
        "polarity": torch.full((b, most), -100),
        "status": torch.full((b, most), -100),
        "voice": torch.full((b, most), -100),
    }
    for i, r in enumerate(group):
        out["ids"][i, : len(r.ids)] = torch.tensor(r.ids)
        out["shapes"][i, : len(r.ids)] = torch.tensor(r.shapes)
        out["mask"][i, : len(r.ids)] = 1
        if r.tags is not None:
            out["tags"][i, : len(r.ids)] = r.tags
            out["tagged"][i, 1 : len(r.ids) - 1] = 1
        for j, ((a, z, c, d), pair) in enumerate(zip(r.spans, r.pairs, strict=True)):
            out["spans"][i, j, 0, a:z], out["spans"][i, j, 1, c:d] = 1 / (z - a), 1 / (d - c)
            out["starts"][i, j, 0], out["starts"][i, j, 1] = a, c
            pair_targets(out, i, j, pair)
    return out


def pair_targets(out: dict[str, Tensor], i: int, j: int, pair: object) -> None:
    """Write one pair's labels into a batch."""
    if pair.same is not None:
        out["same"][i, j], out["samed"][i, j] = float(pair.same), 1
    if pair.stance is not None:
        out["stance"][i, j] = pair.stance
    if pair.ties is None:
        return
    out["tied"][i, j] = pair.weight
    if not pair.ties:
        out["tie"][i, j, 0] = 1
        return
    shares = [1.0] if len(pair.ties) == 1 else [FIRST_SHARE, *[(1 - FIRST_SHARE) / (len(pair.ties) - 1)] * (len(pair.ties) - 1)]
    for share, label in zip(shares, pair.ties, strict=True):
        out["tie"][i, j, 1 + TYPES.index(label.type) * 3 + DIRECTIONS.index(label.direction)] += share
    first = pair.ties[0]
    out["kind"][i, j] = TYPES.index(first.type)
    for name, values in (("polarity", POLARITIES), ("status", STATUSES), ("voice", VOICES)):
        value = getattr(first, name)
        if value is not None:
            out[name][i, j] = values.index(value)
