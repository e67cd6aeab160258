"""Entity models of spaCy and GLiNER that find the names, while our own network still reads who is meant and who is tied to whom."""

from frenemy.errors import UnusableModel
from frenemy.reading.entities.gliner_models import gliner_finder
from frenemy.reading.entities.protocol import Entity, MentionFinder
from frenemy.reading.entities.spacy_models import spacy_finder

__all__ = ["Entity", "MentionFinder", "finder", "gliner_finder", "spacy_finder"]


def finder(model: str) -> MentionFinder:
    """The entity model "spacy:NAME" or "gliner:NAME"; NAME may be the path of a folder.

    >>> finder("en_core_web_sm")
    Traceback (most recent call last):
    frenemy.errors.UnusableModel: 'en_core_web_sm' is no entity model. Write spacy:NAME or gliner:NAME, where NAME may be a folder
    """
    library, _, name = model.partition(":")
    if not name or library not in ("spacy", "gliner"):
        raise UnusableModel(f"{model!r} is no entity model. Write spacy:NAME or gliner:NAME, where NAME may be a folder")
    return spacy_finder(name) if library == "spacy" else gliner_finder(name)
