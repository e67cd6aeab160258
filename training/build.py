"""Rebuild everything that ships: train all stages, export to int8 ONNX.

python -m training.build --shared ../shared        (about 150 minutes on two cores; then `make gate`)
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.export import describe, export, load
from training.train import BROAD, DENSE, FINE, HERE, LAST, train


def main() -> None:
    """All four stages, then export."""
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
    train(args.shared / "data", work, LAST, start=work / "dense.pt")
    export(load(work / "last.pt"), args.out)
    describe(args.out)


if __name__ == "__main__":
    main()
