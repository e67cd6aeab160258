"""Rebuild everything that ships: train all stages, export to int8 ONNX.

python -m training.build --shared ../shared        (about 170 minutes on two cores; then `make gate`)
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.export import describe, export, load
from training.train import BROAD, DENSE, EARLY, FINE, HERE, LATE, train


def mean(*checkpoints: Path) -> dict[str, torch.Tensor]:
    """The mean of the weights of several checkpoints that began as one (Wortsman et al. 2022, "Model soups")."""
    weights = [torch.load(path, weights_only=True) for path in checkpoints]
    return {name: torch.stack([w[name].float() for w in weights]).mean(0) for name in weights[0]}


def main() -> None:
    """All stages, the mean of the last two, then export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=HERE.parent / "src/frenemy/reading/weights")
    args = parser.parse_args()
    work = HERE / "work"
    work.mkdir(exist_ok=True)
    torch.set_num_threads(2)
    train(args.shared / "data", work, BROAD)
    train(args.shared / "data", work, FINE, start=work / "broad.pt")
    train(args.shared / "data", work, DENSE, start=work / "fine.pt")
    train(args.shared / "data", work, EARLY, start=work / "dense-1.pt")
    train(args.shared / "data", work, LATE, start=work / "dense-2.pt")
    torch.save(mean(work / "early.pt", work / "late.pt"), work / "shipped.pt")
    export(load(work / "shipped.pt"), args.out)
    describe(args.out)


if __name__ == "__main__":
    main()
