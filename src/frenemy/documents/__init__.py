"""Documents: files, folders, patterns and standard input, each text cleaned and dated.

The room is callable: `frenemy.documents("articles/")` yields documents, which is what most users of the library want.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from frenemy.documents.cleaning import clean
from frenemy.documents.draft import Overrides
from frenemy.documents.loading import load
from frenemy.errors import DocumentError
from frenemy.model import Document

__all__ = ["Overrides", "clean", "documents", "load"]

_NO_OVERRIDES = Overrides()


def documents(
    sources: str | Path | Iterable[str | Path], *, overrides: Overrides = _NO_OVERRIDES, any_language: bool = False
) -> Iterator[Document]:
    """Yield the documents of the sources; if some could not be read, raise the first error once all others were yielded.

    >>> list(documents("no/such/file.txt"))
    Traceback (most recent call last):
    ...
    frenemy.errors.UnreadableDocument: no/such/file.txt: no such file
    """
    first: DocumentError | None = None
    for item in load(sources, overrides=overrides, any_language=any_language):
        if isinstance(item, Document):
            yield item
        elif first is None:
            first = item
    if first is not None:
        raise first


class _Room(ModuleType):
    """The class of this very module.

    A module and a function cannot both be `frenemy.documents`: whichever is imported last would win. Python allows a module's class to be
    replaced, and looks `__call__` up on the class, so the room itself answers the call.
    """

    def __call__(
        self, sources: str | Path | Iterable[str | Path], *, overrides: Overrides = _NO_OVERRIDES, any_language: bool = False
    ) -> Iterator[Document]:
        return documents(sources, overrides=overrides, any_language=any_language)


sys.modules[__name__].__class__ = _Room
