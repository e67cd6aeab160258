"""What the tests of this room share."""

from pathlib import Path

import pytest


@pytest.fixture
def shared() -> Path:
    """The folder beside the checkout that holds real inputs; it is not part of the project."""
    folder = Path(__file__).parents[3] / "shared"
    if not (folder / "seeds").is_dir():
        pytest.skip("needs ../shared, which is not there")
    return folder


def pdf_bytes(*lines: str) -> bytes:
    """A PDF of one page, written by hand."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown} ET".encode() if lines else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (Rivals at peace) /Author (Jane Roe) /CreationDate (D:20010101000000Z) >>",
    ]
    return _file(objects, b"/Root 1 0 R /Info 6 0 R")


def encrypted_pdf_bytes() -> bytes:
    """A PDF that asks for a password: the keys in it fit none."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"11" * 32, b"22" * 32),
    ]
    return _file(objects, b"/Root 1 0 R /Encrypt 3 0 R /ID [<%s> <%s>]" % (b"33" * 16, b"33" * 16))


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        trailer,
        len(data),
    )


@pytest.fixture
def pdf():
    return pdf_bytes


@pytest.fixture
def encrypted_pdf() -> bytes:
    return encrypted_pdf_bytes()
