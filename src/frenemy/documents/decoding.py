"""Bytes to text, whatever wrote them."""

from __future__ import annotations

import codecs
import re

from frenemy.errors import UnreadableDocument

_SAMPLE = 100_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WESTERN_SHARE = 0.04
"""Up to this share of bytes above ASCII is English with typographic quotes and a few accents, which no statistics tells from Polish."""
_CONTROL_SHARE = 0.02


def decode(data: bytes, source: str, *, declared: str | None = None) -> str:
    r"""The text of the bytes: by byte order mark, as UTF-8, as declared, else by what the bytes look like.

    A text that is UTF-8 but for some bytes (two encodings pasted together) is read as UTF-8 with those bytes as Windows-1252.

    >>> decode("naïve".encode("utf-16"), "a.txt"), decode("“naïve” ".encode() + "“naïve”".encode("cp1252"), "a.txt")
    ('naïve', '“naïve” “naïve”')
    >>> decode(b"\x00\x01\x02\xff", "a.txt")
    Traceback (most recent call last):
    ...
    frenemy.errors.UnreadableDocument: a.txt: is not text
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    if b"\x00" in data[:_SAMPLE]:
        return _decode_wide(data, source)
    sample = data[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample):
        raise UnreadableDocument(source, "is not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return data.decode(_guess(sample, source, declared), "frenemy.western")


def _decode_wide(data: bytes, source: str) -> str:
    """UTF-16 that lost its mark shows as ASCII with a zero at every other byte; any other zero byte is not text."""
    sample = data[:_SAMPLE]
    for encoding, low, high in (("utf-16-le", sample[0::2], sample[1::2]), ("utf-16-be", sample[1::2], sample[0::2])):
        if high.count(0) > 0.6 * len(high) and low.count(0) == 0:
            return data.decode(encoding, "replace")
    raise UnreadableDocument(source, "is not text")


def _guess(sample: bytes, source: str, declared: str | None) -> str:
    """The encoding of bytes that are not clean UTF-8."""
    if declared is not None and _is_codec(declared) and codecs.lookup(declared).name not in ("utf-8", "ascii", "iso8859-1"):
        return declared
    high = len(_HIGH.findall(sample))
    if 2 * len(_MULTIBYTE.findall(sample)) >= 0.5 * high and _mends(sample):
        return "utf-8"
    if high <= _WESTERN_SHARE * len(sample) or declared is not None:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None or best.percent_chaos > 20:
        raise UnreadableDocument(source, "is not text")
    return best.encoding


def _mends(sample: bytes) -> bool:
    """Whether most bytes above ASCII decode as UTF-8, so that only the rest is of another encoding."""
    text = sample.decode("utf-8", "replace")
    whole = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return whole >= text.count("\ufffd")


def _is_codec(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        return False


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that the encoding at hand cannot, as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("frenemy.western", _as_western)
