"""What every reader is: one method from documents to readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from frenemy.model import Document, Reading


class Reader(Protocol):
    """Reads documents; what it returns is checked at the ledger's door like any other reader's."""

    name: str

    def read(self, docs: Iterable[Document]) -> Iterator[Reading]:
        """One reading a document, in the order given."""
        ...
