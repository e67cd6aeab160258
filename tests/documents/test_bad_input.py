"""Whatever is wrong with one document is one clear line, and the rest is read."""

import gzip
import io
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import zstandard

import frenemy.documents
from frenemy.documents import load, unpacking
from frenemy.errors import DocumentError, EmptyDocument, ForeignLanguage, UnreadableDocument
from frenemy.model import Document

GOOD = "The two companies said on Tuesday that they had ended their feud, and that they would withdraw all of their lawsuits."
FRENCH = "Le président a déclaré mardi que son parti voterait contre la loi, et que les deux entreprises resteraient des rivales."


def zip_bytes(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


BAD = {
    "empty.txt": (b"", EmptyDocument, "is empty"),
    "blank.txt": (b" \n\t\n ", EmptyDocument, "is empty"),
    "dots.txt": (b"... --- ...", EmptyDocument, "holds no words"),
    "binary.txt": (random.Random(1).randbytes(5000), UnreadableDocument, "is not text"),
    "zeros.txt": (b"GIF89a\x00\x01text\x00\x00", UnreadableDocument, "is not text"),
    "broken.pdf": (b"%PDF-1.4\nnothing more", UnreadableDocument, "is a broken PDF"),
    "text.pdf": (GOOD.encode(), UnreadableDocument, "is a broken PDF"),
    "broken.docx": (b"PK\x03\x04 nothing", UnreadableDocument, "is broken"),
    "other.docx": (zip_bytes(a=b"1"), UnreadableDocument, "is a broken Word document"),
    "old.docx": (b"\xd0\xcf\x11\xe0" + b"0" * 600, UnreadableDocument, "is encrypted or of Word before 2007"),
    "script.html": (
        b"<html><head><title>x</title></head><body><script>draw()</script></body></html>",
        EmptyDocument,
        "holds no article text",
    ),
    "blank.html": (b"  \n", EmptyDocument, "is empty"),
    "picture.eml": (b"Subject: x\nContent-Type: image/png\n\nabc", EmptyDocument, "is a mail without text"),
    "cut.txt.gz": (gzip.compress(GOOD.encode())[:-12], UnreadableDocument, "is not a whole compressed file"),
    "plain.txt.gz": (GOOD.encode(), UnreadableDocument, "is not a whole compressed file"),
    "plain.txt.zst": (GOOD.encode(), UnreadableDocument, "is not a whole compressed file"),
    "empty.jsonl": (b"\n\n", EmptyDocument, "is empty"),
    "half.json": (b'{"text": ', UnreadableDocument, "is not JSON"),
    "deep.json": (b"[" * 200_000, UnreadableDocument, "is not JSON"),
    "number.json": (b"7", UnreadableDocument, "holds neither"),
    "french.txt": (FRENCH.encode(), ForeignLanguage, "it is in French (fr); pass --any-language to read it all the same"),
}


def test_each_bad_file_is_one_error_and_the_rest_is_read(tmp_path: Path, pdf, encrypted_pdf: bytes) -> None:
    bad = BAD | {
        "locked.pdf": (encrypted_pdf, UnreadableDocument, "is encrypted"),
        "scan.pdf": (pdf(), EmptyDocument, "holds pictures of text but no text"),
    }
    for name, (data, _, _) in bad.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "zzz.txt").write_text(GOOD + " Again.")
    items = list(load([tmp_path]))
    errors = {Path(item.source).name: item for item in items if isinstance(item, DocumentError)}
    assert [item.name for item in items if isinstance(item, Document)] == ["good", "zzz"]
    assert set(errors) == set(bad)
    for name, (_, kind, reason) in bad.items():
        assert type(errors[name]) is kind, name
        assert errors[name].reason.startswith(reason), name


def test_bad_lines_are_named_by_number(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": GOOD}),
        "{",
        "",
        "[1]",
        json.dumps({"title": "no text"}),
        json.dumps({"text": 5}),
        json.dumps({"text": GOOD, "published": "soon"}),
        json.dumps({"text": GOOD, "author": 5}),
        json.dumps({"text": GOOD, "id": []}),
        json.dumps({"text": FRENCH}),
        json.dumps({"text": "", "id": "void"}),
        json.dumps({"text": GOOD, "id": "last"}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    items = list(load(tmp_path))
    assert [item.name for item in items if isinstance(item, Document)] == ["a#1", "last"]
    errors = [item for item in items if isinstance(item, DocumentError)]
    assert [error.source.partition("a.jsonl")[2] for error in errors] == [f", line {number}" for number in (2, 4, 5, 6, 7, 8, 9, 10, 11)]
    assert [type(error) for error in errors[-2:]] == [ForeignLanguage, EmptyDocument]


def test_a_foreign_text_is_read_when_asked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH)
    (doc,) = load(tmp_path, any_language=True)
    assert (doc.text, doc.language) == (FRENCH, "fr")


def test_missing_and_unfit_sources(tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    sources = [tmp_path / "none.txt", tmp_path / "void", str(tmp_path / "*.pdf"), "https://example.org/x", tmp_path / "broken.txt"]
    reasons = [item.reason for item in load(sources)]
    assert [reason.split(" (")[0] for reason in reasons] == [
        "no such file",
        "holds no document that frenemy reads",
        "no document matches the pattern",
        "is a web address; save the page as a file first",
        "no such file",
    ]


def test_folders_are_walked_in_order_without_hidden_and_unknown_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a/.hidden.txt", ".git/x.txt", "a/~$x.docx", "a/notes.xyz", "c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{GOOD} {name}")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert [item.name for item in load([tmp_path, tmp_path / "b.txt"])] == ["c", "b", "c"]
    assert [item.name for item in load([tmp_path / "a" / "notes.xyz"])] == ["notes.xyz"]
    assert [item.name for item in load(str(tmp_path / "**" / "*.txt"))] == ["c", "b"]


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read anything
        monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    (error,) = load(path)
    assert error.reason.startswith("may not be read: permission denied")


@pytest.mark.parametrize("ending", ["txt.gz", "txt.zst", "jsonl.gz", "docx"])
def test_what_unpacks_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    monkeypatch.setattr(unpacking, "LIMIT", 2**20)
    data = b"word " * 2**19
    pack = {
        "txt.gz": gzip.compress,
        "jsonl.gz": gzip.compress,
        "txt.zst": zstandard.compress,
        "docx": lambda data: zip_bytes(**{"word/document.xml": data}),
    }
    (tmp_path / f"a.{ending}").write_bytes(pack[ending](data))
    (error,) = load(tmp_path)
    assert "more than 1 MB" in error.reason


def test_a_large_text_of_one_line_takes_bounded_time(tmp_path: Path) -> None:
    """A tenth of the 50 MB of the acceptance test, to be quick; time and memory grow in proportion."""
    (tmp_path / "a.txt").write_text("Musk said “no” to Trump, and the two have not met since. " * 90_000)
    start = time.process_time()
    (doc,) = load(tmp_path)
    assert len(doc.text) > 5_000_000
    assert time.process_time() - start < 5


def test_the_room_is_callable_and_raises_at_the_end(tmp_path: Path) -> None:
    for name, text in (("a.txt", ""), ("b.txt", GOOD), ("c.txt", "")):
        (tmp_path / name).write_text(text)
    found = []
    with pytest.raises(EmptyDocument, match=r"a\.txt: is empty"):
        found.extend(doc.name for doc in frenemy.documents(tmp_path))
    assert found == ["b"]


def test_importing_the_room_loads_no_heavy_library() -> None:
    heavy = "{'trafilatura', 'pypdfium2', 'docx', 'dateparser', 'py3langid', 'lxml', 'numpy', 'zstandard', 'charset_normalizer'}"
    code = f"import sys, frenemy.documents; print(*{heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


@pytest.mark.parametrize("ending", ["txt", "md", "html", "pdf", "docx", "eml", "json", "jsonl", "txt.gz", "txt.zst"])
def test_noise_never_raises(tmp_path: Path, ending: str) -> None:
    noise = random.Random(ending)
    for number in range(8):
        (tmp_path / f"{number}.{ending}").write_bytes(noise.randbytes(noise.randrange(1, 3000)))
    assert len(list(load(tmp_path))) >= 8
