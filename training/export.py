"""Checkpoint to what ships: two int8 ONNX graphs, the tokenizer and a small description."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training import batches, minilm
from training.encoder import LAYERS, WIDTH, Encoder, PairReader, load_weights
from training.passages import TAGS
from training.train import SIZES

SHIPPED = Path(__file__).parent.parent / "src/frenemy/reading/weights"


class TextGraph(nn.Module):
    """The encoder, its keys and values one output each: a stack would be copied apart again for every run over pairs."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Tag logits, word vectors, last states, then each layer's keys and values [b, heads, n, w / heads]."""
        tags, words, last, kept = self.encoder(ids, shapes, mask)
        return tags, words, last, *(x for pair in kept for x in pair)


class PairGraph(nn.Module):
    """The markers on the encoder's cache; a mention is given by its first and last piece, so that no dense map of spans travels."""

    def __init__(self, net: PairReader) -> None:
        super().__init__()
        self.net = net

    def forward(self, mask: Tensor, words: Tensor, last: Tensor, starts: Tensor, ends: Tensor, *kept: Tensor) -> tuple[Tensor, ...]:
        """Logits: tie, polarity, status, voice, same, stance."""
        places = torch.arange(mask.shape[1], device=mask.device)
        inside = (places >= starts.unsqueeze(-1)) & (places < ends.unsqueeze(-1))
        spans = inside.to(words.dtype) / (ends - starts).clamp(min=1).unsqueeze(-1).to(words.dtype)
        out = self.net(mask, words, last, list(zip(kept[::2], kept[1::2], strict=True)), spans, starts)
        return out["tie"], out["polarity"], out["status"], out["voice"], out["same"], out["stance"]


def examples(encoder: Encoder) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """Inputs of both graphs, for tracing and for the check."""
    ids = torch.randint(1000, 20000, (3, 17))
    mask = torch.ones(3, 17)
    mask[1, 11:] = 0
    text = (ids, torch.randint(0, 3, (3, 17)), mask)
    starts = torch.randint(1, 9, (3, 5, 2))
    with torch.no_grad():
        _, words, last, *kept = TextGraph(encoder)(*text)
    return text, (mask, words, last, starts, starts + 2, *kept)


def to_onnx(module: nn.Module, inputs: tuple[Tensor, ...], path: Path, names: tuple[list[str], list[str]], axes: dict) -> None:
    """Trace one graph with free batch, token and pair numbers."""
    torch.onnx.export(
        module, inputs, str(path), input_names=names[0], output_names=names[1], dynamic_axes=axes, opset_version=17, dynamo=False
    )


class HintGraph(nn.Module):
    """The hint from the averages of two mentions' last states, [n, w] each."""

    def __init__(self, net: PairReader) -> None:
        super().__init__()
        self.hint = net.hint

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """Probability [n] of being tied at all."""
        return self.hint(torch.cat([first, second, first * second], -1)).squeeze(-1).sigmoid()


def export(net: PairReader, folder: Path, *, int8: bool = True) -> None:
    """Write `encoder.onnx`, `hints.onnx` and `pairs.onnx` into `folder`."""
    net.eval()
    text, pairs = examples(net.encoder)
    n, p, cache = {0: "b", 1: "n"}, {0: "b", 1: "p"}, {0: "b", 2: "n"}
    kept = [f"{part}{layer}" for layer in range(LAYERS) for part in ("key", "value")]
    with tempfile.TemporaryDirectory() as temporary:
        raw = Path(temporary)
        to_onnx(
            TextGraph(net.encoder),
            text,
            raw / "encoder.onnx",
            (["ids", "shapes", "mask"], ["tags", "words", "last", *kept]),
            {**dict.fromkeys(("ids", "shapes", "mask", "tags", "words", "last"), n), **dict.fromkeys(kept, cache)},
        )
        to_onnx(
            PairGraph(net),
            pairs,
            raw / "pairs.onnx",
            (["mask", "words", "last", "starts", "ends", *kept], ["tie", "polarity", "status", "voice", "same", "stance"]),
            {
                **dict.fromkeys(("mask", "words", "last"), n),
                **dict.fromkeys(kept, cache),
                **dict.fromkeys(("starts", "ends", "tie", "polarity", "status", "voice", "same", "stance"), p),
            },
        )
        to_onnx(
            HintGraph(net),
            (torch.randn(4, WIDTH), torch.randn(4, WIDTH)),
            folder / "hints.onnx",
            (["first", "second"], ["hint"]),
            {name: {0: "n"} for name in ("first", "second", "hint")},
        )
        for name in ("encoder.onnx", "pairs.onnx"):
            onnx.checker.check_model(str(raw / name))
            if int8:
                quantize_dynamic(
                    raw / name,
                    folder / name,
                    weight_type=QuantType.QInt8,
                    per_channel=True,
                    op_types_to_quantize=["MatMul", "Gemm", "Gather"],
                    extra_options={"MatMulConstBOnly": True},
                )
            else:
                shutil.copy(raw / name, folder / name)
    check(net, folder, text, pairs)


def check(net: PairReader, folder: Path, text: tuple[Tensor, ...], pairs: tuple[Tensor, ...]) -> None:
    """Print how far the written graphs are from the network."""
    net.eval()  # the exporter leaves a graph's parts in training mode, in which dropout would be compared
    with torch.no_grad():
        wants = (TextGraph(net.encoder)(*text), PairGraph(net)(*pairs))
    for name, inputs, want in (("encoder.onnx", text, wants[0]), ("pairs.onnx", pairs, wants[1])):
        session = onnxruntime.InferenceSession(str(folder / name), providers=["CPUExecutionProvider"])
        got = session.run(None, {i.name: v.numpy() for i, v in zip(session.get_inputs(), inputs, strict=True)})
        gaps = [float(np.abs(g - w.numpy()).max()) for g, w in zip(got, want, strict=True)]
        print(name, f"{(folder / name).stat().st_size / 1e6:.1f} MB", "largest gaps", [round(g, 3) for g in gaps])


def describe(folder: Path) -> None:
    """The names of all classes and what the runtime must know; what was calibrated before stays."""
    path = folder / "model.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    before = {
        "threshold": 0.34,
        "surely_tied": 0.65,
        "hint": 0.2,
        "stance_weight": 1.0,
        "calibration": [1.0, 0.0],
        "version": "0.2",
    } | before
    classes = {
        "tags": TAGS,
        "types": batches.TYPES,
        "directions": batches.DIRECTIONS,
        "polarities": batches.POLARITIES,
        "statuses": batches.STATUSES,
        "voices": batches.VOICES,
    }
    path.write_text(json.dumps(before | classes, indent=1) + "\n", encoding="utf-8")
    minilm.tokenizer().save(str(folder / "tokenizer.json"), pretty=False)


def load(checkpoint: Path) -> PairReader:
    """A network with the weights of a checkpoint."""
    net = PairReader(Encoder(SIZES), SIZES)
    load_weights(net, torch.load(checkpoint, weights_only=True))
    return net


def main() -> None:
    """`python -m training.export --checkpoint training/work/shipped.pt`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=Path(__file__).parent / "work/shipped.pt")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--fp32", action="store_true", help="leave the weights as they are, to measure what int8 costs")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    export(load(args.checkpoint), args.out, int8=not args.fp32)
    describe(args.out)


if __name__ == "__main__":
    main()
