"""The network: a MiniLM encoder that reads a passage once, and marker tokens that read the passage for each pair of mentions.

A pair (p, q) is two extra tokens that attend to the text and to each other, while the text never attends to them: "levitated markers"
(Ye et al. 2022, Packed Levitated Marker, ACL; Zhong and Chen 2021, PURE, NAACL). So the text of a passage is encoded once whatever the
number of pairs, and at run time the markers read its cached keys and values.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

HEADS = 12
LAYERS, WIDTH, VOCABULARY, EPSILON = 6, 384, 30522, 1e-12  # of MiniLM-L6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many classes each head tells apart."""

    tags: int
    types: int
    stances: int = 5
    directions: int = 3
    polarities: int = 3
    statuses: int = 4
    voices: int = 4


Kept = list[tuple[Tensor, Tensor]]


class Layer(nn.Module):
    """One transformer layer, its keys and values handed in so that text and markers can share them."""

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.output = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, eps=EPSILON)

    def finish(self, x: Tensor, mixed: Tensor, drop: float) -> Tensor:
        """Residuals, norms and the feed-forward part after attention."""
        x = self.norm(x + self.output(mixed))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), drop, self.training))


def heads(x: Tensor) -> Tensor:
    """[batch, tokens, width] to [batch, heads, tokens, width / heads]."""
    b, n, w = x.shape
    return x.view(b, n, HEADS, w // HEADS).transpose(1, 2)


def unheads(x: Tensor) -> Tensor:
    """The inverse of `heads`."""
    b, h, n, w = x.shape
    return x.transpose(1, 2).reshape(b, n, h * w)


class Encoder(nn.Module):
    """MiniLM-L6 with a tag head over tokens."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(3, WIDTH)  # MiniLM is blind to case, names are not
        nn.init.zeros_(self.shapes.weight)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.tags = nn.Linear(WIDTH, sizes.tags)

    def embed(self, words: Tensor, places: Tensor) -> Tensor:
        """The first layer's input from word vectors and their places."""
        return self.norm(words + self.places(places) + self.segment)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Kept]:
        """Tag logits [b, n, tags], word vectors [b, n, w], last states [b, n, w], each layer's keys and values [b, heads, n, w / heads]."""
        words = self.words(ids) + self.shapes(shapes)
        places = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0).expand_as(ids)
        x = self.embed(words, places)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        kept = []
        for layer in self.layers:
            q, k, v = heads(layer.query(x)), heads(layer.key(x)), heads(layer.value(x))
            kept.append((k, v))
            weights = (q @ k.transpose(2, 3) / math.sqrt(q.shape[-1]) + bias).softmax(-1)
            x = layer.finish(x, unheads(weights @ v), self.drop)
        return self.tags(x), words, x, kept

    drop = 0.1


class PairReader(nn.Module):
    """Markers for pairs of mentions, reading the keys and values of an encoded passage layer by layer, and the heads on top.

    `hint` guesses from the two mentions alone whether a pair is worth the markers' reading.
    """

    def __init__(self, encoder: Encoder, sizes: Sizes) -> None:
        super().__init__()
        self.encoder = encoder
        self.sizes = sizes
        width = WIDTH
        self.layers = nn.ModuleList(Layer() for _ in encoder.layers)
        self.hint = nn.Sequential(nn.Linear(3 * width, 96), nn.GELU(), nn.Linear(96, 1))
        self.roles = nn.Parameter(torch.randn(2, width) * 0.02)
        self.mix = nn.Linear(4 * width, width)
        joint = sizes.types * sizes.directions
        self.none_of, self.type_of, self.direction_of, self.joint = (
            nn.Linear(width, 1),
            nn.Linear(width, sizes.types),
            nn.Linear(width, 3),
            nn.Linear(width, joint),
        )
        self.polarity, self.polarity_of = nn.Linear(width, 3), nn.Parameter(torch.zeros(sizes.types, 3))
        self.status, self.status_of = nn.Linear(width, 4), nn.Parameter(torch.zeros(sizes.types, 4))
        self.voice, self.same, self.stance = nn.Linear(width, sizes.voices), nn.Linear(width, 1), nn.Linear(width, sizes.stances)
        nn.init.zeros_(self.joint.weight)

    def states(self, mask: Tensor, words: Tensor, last: Tensor, kept: Kept, spans: Tensor, starts: Tensor) -> Tensor:
        """Pair states [b, pairs, w] of an encoded passage; `spans` [b, pairs, 2, n] averages tokens, `starts` are places."""
        b, p = starts.shape[:2]
        flat = spans.reshape(b, p * 2, -1)
        x = flat @ words + self.roles.repeat(p, 1)
        x = self.encoder.embed(x, starts.reshape(b, p * 2))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for number, layer in enumerate(self.layers):
            q, k, v = heads(layer.query(x)), heads(layer.key(x)), heads(layer.value(x))
            x = layer.finish(x, unheads(self._attend(q, k, v, kept[number], bias)), self.encoder.drop)
        pooled = flat @ last
        both = torch.cat([x.view(b, p, -1), pooled.view(b, p, -1)], -1)
        return F.dropout(F.gelu(self.mix(both)), self.encoder.drop, self.training)

    def _attend(self, q: Tensor, k: Tensor, v: Tensor, text: tuple[Tensor, Tensor], bias: Tensor) -> Tensor:
        """Each marker sees the text and the two markers of its own pair."""
        b, h, n, w = q.shape
        scale = 1 / math.sqrt(w)
        to_text = q @ text[0].transpose(2, 3) * scale + bias
        own_k, own_v = k.reshape(b, h, n // 2, 2, w), v.reshape(b, h, n // 2, 2, w)
        to_own = (q.reshape(b, h, n // 2, 2, w) @ own_k.transpose(3, 4) * scale).reshape(b, h, n, 2)
        weights = torch.cat([to_text, to_own], -1).softmax(-1)
        on_text, on_own = weights[..., :-2], weights[..., -2:]
        mixed_own = on_own.reshape(b, h, n // 2, 2, 2) @ own_v
        return on_text @ text[1] + mixed_own.reshape(b, h, n, w)

    def score(self, h: Tensor) -> dict[str, Tensor]:
        """Logits of all heads: `tie` [.., 1 + types * 3] over none and (type, direction), attributes by type, `same` and `stance`."""
        s = self.sizes
        shape = (*h.shape[:-1], s.types, s.directions)
        joint = self.joint(h).view(shape) + self.type_of(h).unsqueeze(-1) + self.direction_of(h).unsqueeze(-2)
        return {
            "tie": torch.cat([self.none_of(h), joint.flatten(-2)], -1),
            "polarity": self.polarity(h).unsqueeze(-2) + self.polarity_of,
            "status": self.status(h).unsqueeze(-2) + self.status_of,
            "voice": self.voice(h),
            "same": self.same(h).squeeze(-1),
            "stance": self.stance(h),
        }

    def hints(self, last: Tensor, spans: Tensor) -> Tensor:
        """Logits [b, pairs] of being tied at all, from the last states of the two mentions."""
        b, p = spans.shape[:2]
        first, second = (spans.reshape(b, p * 2, -1) @ last).view(b, p, 2, -1).unbind(2)
        return self.hint(torch.cat([first, second, first * second], -1)).squeeze(-1)

    def forward(self, mask: Tensor, words: Tensor, last: Tensor, kept: Kept, spans: Tensor, starts: Tensor) -> dict[str, Tensor]:
        """`score` of `states`."""
        return self.score(self.states(mask, words, last, kept, spans, starts))


def load_weights(net: PairReader, weights: dict[str, Tensor]) -> None:
    """Take a checkpoint's weights; layers of the markers' own that it lacks begin as the encoder's."""
    have = net.state_dict()
    for name in have:
        shared = name.replace("layers.", "encoder.layers.", 1) if name.startswith("layers.") else name
        have[name] = weights.get(name, weights.get(shared, have[name]))
    net.load_state_dict(have)


NAMES = {  # ours to theirs
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


def load_minilm(encoder: Encoder, path: str) -> None:
    """Take MiniLM's weights from its `model.safetensors`."""
    from safetensors.torch import load_file

    w = load_file(path)
    with torch.no_grad():
        encoder.words.weight.copy_(w["embeddings.word_embeddings.weight"])
        encoder.places.weight.copy_(w["embeddings.position_embeddings.weight"])
        encoder.segment.copy_(w["embeddings.token_type_embeddings.weight"][0])
        encoder.norm.weight.copy_(w["embeddings.LayerNorm.weight"])
        encoder.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(encoder.layers):
            for ours, theirs in NAMES.items():
                for part in ("weight", "bias"):
                    getattr(getattr(layer, ours), part).copy_(w[f"encoder.layer.{i}.{theirs}.{part}"])
