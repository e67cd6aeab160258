"""Word documents, through python-docx."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from frenemy.documents.cleaning import clean
from frenemy.documents.draft import Draft
from frenemy.documents.unpacking import check_zip
from frenemy.errors import UnreadableDocument

_OLE = b"\xd0\xcf\x11\xe0"


def read_word(data: bytes, source: str) -> Draft:
    """Paragraphs and tables in their order; title and author from the file's properties, but no date, as those there are of the file."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    if data.startswith(_OLE):
        raise UnreadableDocument(source, "is encrypted or of Word before 2007; save it as .docx without a password")
    check_zip(data, source)
    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_blocks(document))
        properties = document.core_properties
        title, author = clean(properties.title), clean(properties.author)
    except (zipfile.BadZipFile, zlib.error, PackageNotFoundError, SyntaxError, KeyError, ValueError, AttributeError, RuntimeError) as error:
        raise UnreadableDocument(source, "is a broken Word document; save it anew") from error
    return Draft(text=clean(text), title=title or None, author=author if " " in author else None)


def _blocks(container: Any) -> Iterator[str]:
    """The text of paragraphs, and of tables a row a line."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " | ".join(dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells))
        else:
            yield block.text
            yield ""
