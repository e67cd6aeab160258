"""Files opened, unpacked and read, never further than a limit: a small file may unpack to more than the machine holds."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from frenemy.errors import UnreadableDocument

LIMIT = 256 * 2**20
"""The most bytes that one document may unpack to."""

PACKINGS = (".gz", ".zst")


@contextmanager
def opened(path: Path, packing: str, source: str) -> Iterator[BinaryIO]:
    """The unpacked bytes of a file, as a stream."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise UnreadableDocument(source, _why(error)) from error
    with file:
        if packing == ".gz":
            yield cast(BinaryIO, io.BufferedReader(gzip.GzipFile(fileobj=file)))
        elif packing == ".zst":
            from zstandard import ZstdDecompressor

            yield io.BufferedReader(ZstdDecompressor().stream_reader(file, read_across_frames=True))
        else:
            yield file


def read_all(stream: BinaryIO, source: str) -> bytes:
    """All bytes of a stream, or an error if there are more than the limit.

    >>> read_all(io.BytesIO(b"Rome fell."), "rome.txt")
    b'Rome fell.'
    """
    chunks, size = [], 0
    while chunk := _read(stream, 2**20, source):
        chunks.append(chunk)
        size += len(chunk)
        if size > LIMIT:
            raise UnreadableDocument(source, too_large())
    return b"".join(chunks)


def read_lines(stream: BinaryIO, source: str) -> Iterator[bytes]:
    """The lines of a stream, each no longer than the limit."""
    while line := _read_line(stream, source):
        if len(line) > LIMIT:
            raise UnreadableDocument(source, f"has a line of more than {LIMIT // 2**20} MB")
        yield line


def check_zip(data: bytes, source: str) -> None:
    """Raise unless the members of a zip file (a .docx is one) stay within the limit together."""
    try:
        size = sum(member.file_size for member in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableDocument(source, "is broken: it is not a whole zip file inside; save it anew") from error
    if size > LIMIT:
        raise UnreadableDocument(source, too_large())


def too_large() -> str:
    """Why a document beyond the limit is not read.

    >>> too_large()
    'holds more than 256 MB, unpacked; split it'
    """
    return f"holds more than {LIMIT // 2**20} MB, unpacked; split it"


def _read(stream: BinaryIO, size: int, source: str) -> bytes:
    try:
        return stream.read(size)
    except _broken() as error:
        raise UnreadableDocument(source, _why(error)) from error


def _read_line(stream: BinaryIO, source: str) -> bytes:
    try:
        return stream.readline(LIMIT + 1)
    except _broken() as error:
        raise UnreadableDocument(source, _why(error)) from error


def _broken() -> tuple[type[Exception], ...]:
    """What reading or unpacking may raise; asked for only once something was raised."""
    from zstandard import ZstdError

    return (OSError, EOFError, zlib.error, ZstdError)


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "may not be read: permission denied; check its access rights"
    if isinstance(error, OSError) and error.errno is not None:
        return f"cannot be read: {error.strerror}"
    return f"is not a whole compressed file ({error}); pack it anew"
