"""GLiNER models that find the names: a folder, or one of the model hub that was downloaded before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from frenemy.errors import MissingExtra, UnusableModel
from frenemy.reading.entities.labels import Labels, labels_of
from frenemy.reading.entities.protocol import MentionFinder
from frenemy.reading.entities.stretches import Found, StretchFinder, short

LONGEST = 256  # words at a time: encoders that hold 512 word pieces must have room for the labels too
BATCH = 8


def gliner_finder(name_or_path: str, *, labels: Labels | None = None, threshold: float = 0.5, device: str = "cpu") -> MentionFinder:
    """A GLiNER model, by the path of its folder or its name on the model hub; needs the extra `frenemy[gliner]`.

    Nothing is downloaded: a model by name has to be in the hub's cache. The keys of `labels` are put to the model as its question, the
    values are the kinds they stand for; without it the table of `labels.toml` holds. Entities below `threshold` are left out.
    """
    model = _load(name_or_path, device)
    labels = labels_of("gliner") if labels is None else labels
    question = list(labels)

    def predict(texts: Iterable[str]) -> Iterator[Sequence[Found]]:
        stream = iter(texts)
        while batch := list(islice(stream, BATCH)):
            for entities in model.inference(batch, question, threshold=threshold, batch_size=BATCH):
                yield [(e["start"], e["end"], e["label"], float(e["score"])) for e in entities]

    return StretchFinder(f"gliner:{short(name_or_path)}", predict, labels, min(LONGEST, model.config.max_len))


def _load(name_or_path: str, device: str) -> Any:
    try:
        from gliner import GLiNER
    except ImportError:
        raise MissingExtra("a GLiNER model", "gliner") from None
    folder = _folder(name_or_path)
    if not (folder / "gliner_config.json").is_file():
        raise UnusableModel(f"there is no GLiNER model in the folder {name_or_path!r}: it has no gliner_config.json")
    try:
        return GLiNER.from_pretrained(str(folder), local_files_only=True, map_location=device)
    except (OSError, ValueError, RuntimeError) as error:
        raise UnusableModel(unloaded(name_or_path, error)) from error


def _folder(name_or_path: str) -> Path:
    """Where the model lies on this machine."""
    if Path(name_or_path).exists():
        return Path(name_or_path)
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name_or_path, local_files_only=True))
    except (OSError, ValueError) as error:
        raise UnusableModel(absent(name_or_path)) from error


def absent(name: str) -> str:
    """What to do about a model that is not on this machine.

    >>> print(absent("urchade/gliner_small-v2.1").partition(". ")[2])
    To download it: python -c "from gliner import GLiNER; GLiNER.from_pretrained('urchade/gliner_small-v2.1')"
    """
    return f"the GLiNER model {name!r} is neither a folder nor downloaded. To download it: {download(name)}"


def unloaded(name: str, error: Exception) -> str:
    """What to do about a model that is there and cannot be loaded, most often for want of its encoder's tokenizer and configuration."""
    reason = " ".join(str(error).split())[:300].rstrip(".")
    return f"the GLiNER model {name!r} cannot be loaded: {reason}. If a part of it was never downloaded: {download(name)}"


def download(name: str) -> str:
    """The command that fetches a model with all that it leans on."""
    return f'python -c "from gliner import GLiNER; GLiNER.from_pretrained({name!r})"'
