"""Rebuild everything that ships: train both stages, export to int8 ONNX.

python -m training.build --shared ../shared        (about 75 minutes on two cores; then `make gate`)
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.export import describe, export, load
from training.train import BROAD, FINE, HERE, train


def main() -> None:
    """Broad training, fine training, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=HERE.parent / "src/frenemy/reading/weights")
    args = parser.parse_args()
    work = HERE / "work"
    work.mkdir(exist_ok=True)
    torch.set_num_threads(2)
    train(args.shared / "data", work, BROAD)
    train(args.shared / "data", work, FINE, start=work / "broad.pt")
    export(load(work / "fine.pt"), args.out)
    describe(args.out)


if __name__ == "__main__":
    main()
