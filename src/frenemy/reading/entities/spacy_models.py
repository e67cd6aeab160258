"""spaCy pipelines that find the names: an installed one by its name, or a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from frenemy.errors import MissingExtra, UnusableModel
from frenemy.reading.entities.labels import Labels, labels_of
from frenemy.reading.entities.protocol import MentionFinder
from frenemy.reading.entities.stretches import Found, StretchFinder, short

LONGEST = 2000  # words given to a pipeline at a time
BATCH = 8
RULERS = ("entity_ruler", "span_ruler", "future_entity_ruler")  # their patterns may ask for tags and lemmas
NOT_NEEDED = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "trainable_lemmatizer", "textcat")


def spacy_finder(name: str, *, labels: Labels | None = None) -> MentionFinder:
    """A spaCy pipeline, by the name it is installed under or the path of its folder; needs the extra `frenemy[spacy]`.

    `labels` replaces the table of `labels.toml`, for a pipeline with labels of its own: `{"FIRM": ["company"]}`.
    """
    nlp = _load(name)
    labels = labels_of("spacy") if labels is None else labels
    given = sorted({label for component in nlp.pipe_labels.values() for label in component})
    if not set(given) & set(labels):
        raise UnusableModel(
            f"the spaCy pipeline {name!r} finds no actors: of its labels ({', '.join(given) or 'none'}) none is known. "
            "In Python, spacy_finder(name, labels={...}) says what they mean"
        )

    def predict(texts: Iterable[str]) -> Iterator[Sequence[Found]]:
        for doc in nlp.pipe(texts, batch_size=BATCH):
            yield [(entity.start_char, entity.end_char, entity.label_, 1.0) for entity in doc.ents]

    return StretchFinder(f"spacy:{short(name)}", predict, labels, LONGEST)


def _load(name: str) -> Any:
    """The pipeline, without the components that finding names does not need."""
    try:
        import spacy
    except ImportError:
        raise MissingExtra("a spaCy pipeline", "spacy") from None
    if not spacy.util.is_package(name) and not Path(name).exists():
        raise UnusableModel(absent(name))
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise UnusableModel(f"the spaCy pipeline {name!r} cannot be loaded: {' '.join(str(error).split())[:300]}") from error
    if not set(RULERS) & set(nlp.pipe_names):
        nlp.select_pipes(disable=[component for component in nlp.pipe_names if component in NOT_NEEDED])
    return nlp


def absent(name: str) -> str:
    """What to do about a pipeline that is not there.

    >>> absent("en_core_web_sm")
    "the spaCy pipeline 'en_core_web_sm' is not installed: python -m spacy download en_core_web_sm"
    """
    if "/" in name or "\\" in name:
        return f"there is no folder {name!r} with a spaCy pipeline. Give one that nlp.to_disk() wrote, or an installed name"
    return f"the spaCy pipeline {name!r} is not installed: python -m spacy download {name}"
