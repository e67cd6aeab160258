"""Train the network on all sets at once and keep the average of its weights."""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training import batches, coreference, minilm, scores, sources
from training.encoder import Encoder, PairReader, Sizes, load_minilm, load_weights
from training.grammar import Grammar, load_lexicon
from training.passages import TAGS, Passage

HERE = Path(__file__).parent
SIZES = Sizes(tags=len(TAGS), types=len(batches.TYPES))
STATUS_WEIGHT = torch.tensor([1.0, 2.0, 2.0, 2.0])
BUDGET = 2400  # padded tokens and markers of a batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One run over the sets: `shares` of each that an epoch sees (2.0: twice), `rates` of learning of encoder and heads.

    `own` names the files of own sentences that it reads (all where empty), `blur` is the share of masked word pieces;
    `pair_weight` makes up for sentence pairs coming one a passage where whole passages bring dozens; `average` is the decay of
    the weights' running average; `apart` gives the markers layers of their own, which begin as the encoder's.
    """

    name: str
    epochs: int
    rates: tuple[float, float]
    shares: Mapping[str, float]
    own: tuple[str, ...] = ()
    blur: float = 0.0
    pair_weight: float = 1.0
    average: float = 0.998
    apart: bool = False
    seed: int = 17


BROAD = Stage(
    name="broad",
    epochs=4,
    rates=(1e-4, 5e-4),
    own=("business", "passages", "politics", "world"),
    shares={
        "pairs": 1.0,
        "articles": 1.0,
        "own": 2.0,
        "lexicon": 3.0,
        "crowd": 0.5,
        "core": 0.5,
        "knowledgenet": 0.4,
        "redocred": 1.0,
        "gap": 0.5,
        "entities": 0.4,
    },
)
FINE = Stage(
    name="fine",
    epochs=2,
    rates=(6e-5, 3e-4),
    own=("analysis", "business", "passages", "politics", "us_politics", "wire_business", "wire_world", "world"),
    blur=0.06,
    pair_weight=3.0,
    seed=18,
    shares={
        "pairs": 1.0,
        "articles": 2.0,
        "own": 2.0,
        "lexicon": 1.0,
        "core": 0.2,
        "knowledgenet": 0.1,
        "redocred": 0.5,
        "gap": 0.3,
        "entities": 0.3,
    },
)
DENSE = Stage(
    name="dense",
    epochs=2,
    apart=True,
    rates=(8e-5, 4e-4),
    blur=0.06,
    pair_weight=2.0,
    seed=21,
    shares={
        "pairs": 0.7,
        "articles": 1.0,
        "notes": 1.0,
        "noted": 1.0,
        "own": 1.0,
        "lexicon": 0.5,
        "crowd": 0.4,
        "core": 0.2,
        "knowledgenet": 0.1,
        "redocred": 0.3,
        "gap": 0.3,
        "gum": 0.6,
        "entities": 0.3,
    },
)
# What ships is the mean of two runs of one more epoch each, begun after the first and the second epoch of the dense stage.
EARLY = Stage(
    name="early",
    epochs=1,
    apart=True,
    rates=(7e-5, 3.5e-4),
    blur=0.06,
    pair_weight=2.0,
    average=0.996,
    seed=23,
    shares={
        "pairs": 1.0,
        "articles": 1.0,
        "notes": 1.0,
        "noted": 1.0,
        "more": 1.0,
        "later": 1.0,
        "own": 0.7,
        "lexicon": 0.3,
        "crowd": 0.4,
        "core": 0.1,
        "knowledgenet": 0.1,
        "redocred": 0.2,
        "gap": 0.3,
        "gum": 0.5,
        "entities": 0.3,
    },
)
LATE = Stage(
    name="late",
    epochs=1,
    apart=True,
    rates=(5e-5, 2.5e-4),
    blur=0.06,
    pair_weight=2.0,
    average=0.995,
    seed=23,
    shares={
        "pairs": 0.7,
        "articles": 1.0,
        "notes": 1.0,
        "noted": 0.6,
        "more": 1.0,
        "own": 0.5,
        "lexicon": 0.3,
        "crowd": 0.4,
        "core": 0.1,
        "knowledgenet": 0.1,
        "redocred": 0.2,
        "gap": 0.3,
        "gum": 0.5,
        "entities": 0.3,
    },
)
CURVE = Stage(
    name="curve",
    epochs=1,
    rates=(1.5e-4, 5e-4),
    pair_weight=2.0,
    average=0.99,
    seed=22,
    shares={"pairs": 0.6, "articles": 0.6, "notes": 0.6, "noted": 0.6, "more": 0.6, "own": 0.6, "entities": 0.2},
)
LABELLED = ("pairs", "articles", "notes", "noted", "more", "own")
STAGES = {stage.name: stage for stage in (BROAD, FINE, DENSE, EARLY, LATE, CURVE)}


def name_pool(passages: dict[str, list[Passage]]) -> dict[str, list[str]]:
    """Names by kind letter, from the tagged sets, for the grammar to draw from."""
    pool: dict[str, set[str]] = {k: set() for k in "PCOGLN"}
    letters = {"person": "P", "company": "C", "organisation": "O", "government body": "G", "place": "L", "group": "N"}
    for name in ("articles", "own", "entities"):
        for p in passages[name]:
            if p.source in ("wnut17", "btc"):
                continue
            for start, end, kinds in p.entities or ():
                if kinds and (len(kinds) == 1 or p.source == "crossner"):
                    words = p.text[start:end]
                    if 2 < len(words) < 40 and (words[0].isupper() or kinds[0] == "group"):
                        pool[letters.get(kinds[0], "N")].add(words)
    return {k: sorted(v) for k, v in pool.items()}


def gather(data: Path, own: tuple[str, ...], *, pair_weight: float = 1.0, share_alike: bool = True) -> dict[str, list[Passage]]:
    """Every set, by name; `own` names the files of the project's own sentences, all where it is empty."""
    return {
        "pairs": list(sources.sentence_pairs(data, weight=pair_weight)),
        "articles": list(sources.articles(data)),
        "notes": list(sources.noted_articles(data, HERE / "data/notes/articles.txt")),
        "own": list(sources.own_sentences(HERE / "data/sentences", own)),
        "noted": list(sources.noted_sentences(data, HERE / "data/notes/sentences.txt")),
        "more": list(sources.noted_sentences(data, HERE / "data/notes/more.txt")),
        "later": list(sources.noted_sentences(data, HERE / "data/notes/later.txt")),
        "crowd": list(sources.crowd_only(data)),
        "core": list(sources.core_company(data)),
        "knowledgenet": list(sources.knowledgenet(data)),
        "redocred": list(sources.redocred(data)),
        "gap": list(sources.gap(data)),
        "gum": list(coreference.gum(data, share_alike=share_alike)),
        "entities": list(sources.entity_sets(data, share_alike=share_alike)),
    }


def draw(passages: dict[str, list[Passage]], shares: Mapping[str, float], grammar: Grammar, chance: random.Random) -> list[Passage]:
    """One epoch's passages: each set by its share."""
    out = []
    for name, items in passages.items():
        whole, part = divmod(shares.get(name, 0.0), 1)
        out += items * int(whole) + chance.sample(items, int(part * len(items)))
    whole, part = divmod(shares.get("lexicon", 0.0), 1)
    made = list(grammar.passages(int(whole) + (part > 0)))
    return out + made[: int(len(grammar.frames) * shares.get("lexicon", 0.0))]


def losses(tags: Tensor, out: dict[str, Tensor], y: dict[str, Tensor]) -> dict[str, Tensor]:
    """One loss a head; what a source does not say costs nothing."""
    allowed = tags.float().log_softmax(-1).masked_fill(~y["tags"], float("-inf")).logsumexp(-1)
    tie = -(y["tie"] * out["tie"].float().log_softmax(-1)).sum(-1)
    same = F.binary_cross_entropy_with_logits(out["same"].float(), y["same"], reduction="none")
    hint = F.binary_cross_entropy_with_logits(out["hint"].float(), 1 - y["tie"][..., 0], reduction="none")
    weight = y["tied"].sum().clamp(min=1)
    pick = y["kind"][..., None, None]
    by_type = {
        name: out[name].float().gather(2, pick.expand(*y["kind"].shape, 1, out[name].shape[-1])).squeeze(2)
        for name in ("polarity", "status")
    }
    return {
        "tags": -(allowed * y["tagged"]).sum() / y["tagged"].sum().clamp(min=1),
        "tie": (tie * y["tied"]).sum() / weight,
        "same": 0.4 * (same * y["samed"]).sum() / y["samed"].sum().clamp(min=1),
        "hint": (hint * y["tied"]).sum() / weight,
        "stance": 0.3 * known(out["stance"], y["stance"]),
        "polarity": 0.5 * known(by_type["polarity"], y["polarity"]),
        "status": 0.5 * known(by_type["status"], y["status"], STATUS_WEIGHT),
        "voice": 0.4 * known(out["voice"], y["voice"]),
    }


def known(logits: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
    """Cross-entropy over the targets that are known, 0 where none is."""
    keep = target.flatten() >= 0
    if not keep.any():
        return logits.sum() * 0
    return F.cross_entropy(logits.float().flatten(0, -2)[keep], target.flatten()[keep], weight=weight)


def new_network() -> PairReader:
    """MiniLM's weights with fresh heads; the markers begin as two of its unused words."""
    pieces, encoder = minilm.tokenizer(), Encoder(SIZES)
    load_minilm(encoder, str(minilm.folder() / "model.safetensors"))
    net = PairReader(encoder, SIZES)
    load_weights(net, net.encoder.state_dict(prefix="encoder."))
    with torch.no_grad():
        net.roles.copy_(encoder.words.weight[[pieces.token_to_id("[unused1]"), pieces.token_to_id("[unused2]")]])
    return net


def learn(net: PairReader, best: torch.optim.Optimizer, group: list[batches.Row]) -> dict[str, float]:
    """One step on one batch; the losses by head."""
    y = batches.tensors(group)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tags, words, last, kept = net.encoder(y["ids"], y["shapes"], y["mask"])
        out = net(y["mask"], words, last, kept, y["spans"], y["starts"])
        out["hint"] = net.hints(last.detach(), y["spans"])
        parts = losses(tags, out, y)
    torch.stack(list(parts.values())).sum().backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    best.step()
    best.zero_grad(set_to_none=True)
    return {k: v.item() for k, v in parts.items()}


def fewer(passages: dict[str, list[Passage]], share: float, seed: int) -> dict[str, list[Passage]]:
    """The sets with a share of each labelled one, the same for the same seed."""
    return {
        name: random.Random(seed).sample(items, int(share * len(items))) if name in LABELLED and share < 1 else items
        for name, items in passages.items()
    }


def train(data: Path, out: Path, stage: Stage, *, start: Path | None = None, labels: float = 1.0) -> None:
    """Train through one stage; writes the averaged weights and prints their development scores after every epoch.

    `labels` is the share of the labelled sets that is read.
    """
    torch.manual_seed(stage.seed)
    chance, tokenizer = random.Random(stage.seed), minilm.tokenizer()
    passages = fewer(gather(data, stage.own, pair_weight=stage.pair_weight), labels, stage.seed)
    net = new_network()
    if not stage.apart:
        net.layers = net.encoder.layers
    if start is not None:
        load_weights(net, torch.load(start, weights_only=True))
    body = {id(p) for part in (net.encoder, net.layers) for p in part.parameters()}
    slow, fast = ([p for p in net.parameters() if (id(p) in body) is inside] for inside in (True, False))
    best = torch.optim.AdamW([{"params": slow}, {"params": fast}], lr=1.0, weight_decay=0.01, fused=True)
    grammar = Grammar(load_lexicon(HERE / "data/lexicon"), name_pool(passages), stage.seed)
    average, step, total, began = copy.deepcopy(net), 0, 0, time.time()
    for epoch in range(stage.epochs):
        drawn = [r for p in draw(passages, stage.shares, grammar, chance) if (r := batches.row(tokenizer, p, chance, blur=stage.blur))]
        groups = list(batches.batches(drawn, BUDGET, chance))
        total = total or len(groups) * stage.epochs
        net.train()
        for number, group in enumerate(groups):
            rate = min(1, (step + 1) / (0.06 * total)) * max(0.02, 1 - step / total)
            for part, base in zip(best.param_groups, stage.rates, strict=True):
                part["lr"] = base * rate
            parts = learn(net, best, group)
            step += 1
            decay = min(stage.average, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(net.parameters()), 1 - decay)
            if number % 200 == 199:
                torch.save(average.state_dict(), out / f"{stage.name}.pt")
            if number % 25 == 24:
                told = " ".join(f"{k} {v:.3f}" for k, v in parts.items())
                print(f"epoch {epoch} {number + 1}/{len(groups)} {time.time() - began:.0f}s {told}", flush=True)
        torch.save(average.state_dict(), out / f"{stage.name}.pt")
        torch.save(average.state_dict(), out / f"{stage.name}-{epoch + 1}.pt")
        average.eval()
        told = {"stage": stage.name, "epoch": epoch, "seconds": round(time.time() - began)}
        print(json.dumps(told | scores.development(average, tokenizer, data)), flush=True)


def main() -> None:
    """`python -m training.train broad --shared ../shared`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=sorted(STAGES))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=HERE / "work")
    parser.add_argument("--start", type=Path, help="weights to go on from, else MiniLM's")
    parser.add_argument("--labels", type=float, default=1.0, help="share of the labelled sets to train on, for a learning curve")
    parser.add_argument("--without", nargs="*", default=[], help="sets to leave out, for ablations")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    stage = STAGES[args.stage]
    kept = {k: v / (args.labels if k in LABELLED else 1) for k, v in stage.shares.items() if k not in args.without}
    train(args.shared / "data", args.out, replace(stage, shares=kept), start=args.start, labels=args.labels)


if __name__ == "__main__":
    main()
