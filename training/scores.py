"""Development scores of a network: the project's pairs, the crowd's stance on unseen sentences, entities."""

from __future__ import annotations

import collections
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

from frenemy.reading.pieces import shape
from training import batches, sources
from training.encoder import PairReader
from training.passages import TAGS, Pair, Passage

UNREAD = Passage(text="a b", spans=((0, 1), (2, 3)), pairs=(Pair(p=0, q=1),))  # stands in where a mention was cut off


@torch.no_grad()
def predict(net: PairReader, tokenizer: Tokenizer, passages: list[Passage]) -> list[dict[str, torch.Tensor]]:
    """Probabilities of the first pair of each passage."""
    out: list[dict[str, torch.Tensor]] = []
    for low in range(0, len(passages), 32):
        rows = [
            batches.row(tokenizer, p, random.Random(1)) or batches.row(tokenizer, UNREAD, random.Random(1))
            for p in passages[low : low + 32]
        ]
        y = batches.tensors(rows)
        _tags, words, last, kept = net.encoder(y["ids"], y["shapes"], y["mask"])
        scored = net(y["mask"], words, last, kept, y["spans"], y["starts"])
        tie = scored["tie"].softmax(-1)
        for i in range(len(rows)):
            best = int(tie[i, 0, 1:].argmax()) // 3
            out.append(
                {
                    "tie": tie[i, 0],
                    "polarity": scored["polarity"][i, 0, best],
                    "status": scored["status"][i, 0, best],
                    "voice": scored["voice"][i, 0],
                    "stance": scored["stance"][i, 0].softmax(-1),
                }
            )
    return out


def first_tie(p: dict[str, torch.Tensor]) -> tuple[str, str, str, str] | None:
    """(type, direction, polarity, status) of the likeliest tie, None for none."""
    best = int(p["tie"].argmax())
    if best == 0:
        return None
    return (
        batches.TYPES[(best - 1) // 3],
        batches.DIRECTIONS[(best - 1) % 3],
        batches.POLARITIES[int(p["polarity"].argmax())],
        batches.STATUSES[int(p["status"].argmax())],
    )


def signed(direction: str, polarity: str) -> str:
    """Sign with direction, "0" where there is none."""
    return "0" if polarity == "0" else direction + polarity


def macro_f1(gold: list, guess: list) -> float:
    """Mean F1 over the classes of gold."""
    total = []
    for c in set(gold):
        hit = sum(g == c and h == c for g, h in zip(gold, guess, strict=True))
        total.append(2 * hit / max(1, gold.count(c) + guess.count(c)))
    return sum(total) / len(total)


def development(net: PairReader, tokenizer: Tokenizer, data: Path) -> dict[str, float]:
    """All development figures."""
    return {**pair_scores(net, tokenizer, data), **stance_scores(net, tokenizer, data), **entity_scores(net, tokenizer, data)}


def pair_scores(net: PairReader, tokenizer: Tokenizer, data: Path) -> dict[str, float]:
    """Type accuracy, sign with direction, status macro F1 on pairs.dev."""
    passages = list(sources.sentence_pairs(data, "dev"))
    kinds, signs, statuses = [], [], []
    for passage, p in zip(passages, predict(net, tokenizer, passages), strict=True):
        gold = passage.pairs[0].ties
        tie = first_tie(p)
        want = (gold[0].type, gold[0].direction, gold[0].polarity, gold[0].status) if gold else None
        kinds.append((want and want[0]) == (tie and tie[0]))
        signs.append((signed(want[1], want[2]) if want else "0") == (signed(tie[1], tie[2]) if tie else "0"))
        if want:
            statuses.append((want[3], tie[3] if tie else "none"))
    return {
        "type": sum(kinds) / len(kinds),
        "sign": sum(signs) / len(signs),
        "status": macro_f1([a for a, _ in statuses], [b for _, b in statuses]),
    }


def stance_scores(net: PairReader, tokenizer: Tokenizer, data: Path) -> dict[str, float]:
    """Macro and micro F1 of the first tie's sign, and of the stance head, on crowd rows not in train."""
    train = {text for text, *_ in sources.crowd(data / "stance/train.tsv")}
    rows = [r for r in sources.crowd(data / "stance/valid.tsv") if r[0] not in train]
    passages, gold, flipped = [], [], []
    for text, p, q, label in rows:
        draft = sources.Draft(text, "valid")
        draft.pair(sources.whole_words(text, *p), sources.whole_words(text, *q), stance=label)
        passages.append(draft.finish())
        gold.append(label)
        flipped.append(p[0] > q[0])
    by_tie, by_head = [], []
    turn = {0: 0, 1: 2, 2: 1, 3: 4, 4: 3}
    for p, turned in zip(predict(net, tokenizer, passages), flipped, strict=True):
        tie = first_tie(p)
        code = {"0": 0, "p>q+": 1, "mutual+": 1, "q>p+": 2, "p>q-": 3, "mutual-": 3, "q>p-": 4}[signed(tie[1], tie[2]) if tie else "0"]
        head = int(p["stance"].argmax())
        by_tie.append(turn[code] if turned else code)
        by_head.append(turn[head] if turned else head)
    micro = lambda guess: sum(a == b for a, b in zip(gold, guess, strict=True)) / len(gold)  # noqa: E731
    return {
        "stance_macro": macro_f1(gold, by_tie),
        "stance_micro": micro(by_tie),
        "head_macro": macro_f1(gold, by_head),
        "head_micro": micro(by_head),
    }


@torch.no_grad()
def entity_scores(net: PairReader, tokenizer: Tokenizer, data: Path) -> dict[str, float]:
    """Span F1 (kind aside, and with the kind) on the first 400 sentences of CrossNER politics test and on articles.dev."""
    out = {}
    sets = {"ner_politics": list(sources.conll(data / "entities/crossner/ner_data__politics__test.txt"))[:400]}
    passages = {"ner_articles": list(sources.articles(data, "dev"))}
    for name, items in sets.items():
        passages[name] = []
        for words, tags in items:
            text, at = sources.join_tokens(words)
            ents: list[tuple[int, int, tuple[str, ...]]] = []
            for (s, e), t in zip(at, tags, strict=True):
                if t.startswith("I-") and ents:
                    ents[-1] = (ents[-1][0], e, ents[-1][2])
                elif t != "O":
                    ents.append((s, e, sources.NAMED.get(t[2:], ())))
            passages[name].append(Passage(text=text, entities=tuple(ents)))
    for name, items in passages.items():
        count: collections.Counter = collections.Counter()
        for p in items:
            code = tokenizer.encode(p.text)
            ids = torch.tensor([code.ids[:500]])
            shapes = torch.tensor([[shape(p.text[a:b]) for a, b in code.offsets[:500]]])
            tags = net.encoder(ids, shapes, torch.ones_like(ids, dtype=torch.float))[0][0].argmax(-1).tolist()
            found = decode_tags([TAGS[t] for t in tags], code.offsets)
            skip = ("group", "description") if name == "ner_politics" else ()
            found = {(s, e): k for (s, e), k in found.items() if k not in skip}
            gold = {(s, e): kinds for s, e, kinds in p.entities or () if kinds}
            count["found"] += sum((s, e) not in {(x, y) for x, y, k in p.entities or () if not k} for s, e in found)
            count["gold"] += len(gold)
            count["right"] += sum(span in gold for span in found)
            count["kind"] += sum(span in gold and kind in gold[span] for span, kind in found.items())
        out[name] = 2 * count["right"] / max(1, count["found"] + count["gold"])
        out[name + "_kind"] = 2 * count["kind"] / max(1, count["found"] + count["gold"])
    return out


def decode_tags(tags: list[str], offsets: list[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Spans of BIO tags over pieces, in characters."""
    found: dict[tuple[int, int], str] = {}
    start = end = 0
    kind = ""
    for tag, (a, b) in [*zip(tags, offsets, strict=False), ("O", (0, 0))]:
        if kind and (tag == "O" or (tag[0] == "B" and a > end) or (tag[0] == "B" and tag[2:] != kind) or (a == b)):
            found[start, end] = kind
            kind = ""
        if tag != "O" and b > a:
            if not kind:
                kind, start = tag[2:], a
            end = b
    return found
