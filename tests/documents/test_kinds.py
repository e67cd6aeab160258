"""Each kind of file, read from a real one."""

import gzip
import io
import json
import sys
from datetime import date
from pathlib import Path

import docx
import pytest
import zstandard

from frenemy.documents import Overrides, load
from frenemy.model import Document

BODY = "The two companies said on Tuesday that they had ended their feud, and that they would withdraw all of their lawsuits."
PAGE = f"""<!DOCTYPE html><html><head><title>Rivals at peace</title><meta charset="utf-8">
<meta property="og:site_name" content="the crisp ledger"><meta property="article:published_time" content="2019-05-03T08:00:00Z">
<meta name="author" content="Jane Roe"></head><body><nav><a href="/">Home</a></nav><article><h1>Rivals at peace</h1>
<p>{BODY}</p><p>{BODY}</p></article><footer>Copyright 2001</footer></body></html>"""


def one(path: Path | str, **options) -> Document:
    (item,) = load([path], **options)
    if not isinstance(item, Document):
        raise item
    return item


@pytest.fixture
def write(tmp_path: Path):
    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


def facts(doc: Document) -> tuple:
    return doc.title, doc.published, doc.publisher, doc.author, doc.language


def test_text(write) -> None:
    doc = one(write("peace.txt", f"Rivals at peace\nThe Crisp Ledger | 3 May 2019\n\n{BODY}\n"))
    assert facts(doc) == ("Rivals at peace", date(2019, 5, 3), "The Crisp Ledger", None, "en")
    assert (doc.name, doc.text.split("\n")[0], doc.text.split("\n")[-1]) == ("peace", "Rivals at peace", BODY)
    assert doc.retrieved is not None


def test_file_time_is_no_publication_date(write) -> None:
    assert one(write("a.txt", BODY)).published is None


def test_markdown(write) -> None:
    front = '---\ntitle: "Rivals: peace"\ndate: 2019-05-03\nauthor: Jane Roe\nsource: Crisp Ledger\nurl: https://example.org/x\n---\n'
    doc = one(
        write(
            "a.md",
            f"{front}\n# Rivals\n\n*Both* **sides** met [in Rome](https://example.org), snake_case_word `code`.\n\n- {BODY}\n> quoted\n",
        )
    )
    assert facts(doc) == ("Rivals: peace", date(2019, 5, 3), "Crisp Ledger", "Jane Roe", "en")
    assert doc.url == "https://example.org/x"
    assert doc.text == f"Rivals\n\nBoth sides met in Rome, snake_case_word code.\n\n{BODY}\nquoted"


def test_markdown_without_front_matter(write) -> None:
    doc = one(write("a.md", f"# Rivals at peace\n\nCrisp Ledger | 3 May 2019\n\n{BODY}"))
    assert facts(doc)[:3] == ("Rivals at peace", date(2019, 5, 3), "Crisp Ledger")


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.txt"])
def test_web_page(write, name: str) -> None:
    doc = one(write(name, PAGE))
    assert facts(doc) == ("Rivals at peace", date(2019, 5, 3), "the crisp ledger", "Jane Roe", "en")
    assert doc.text.startswith("Rivals at peace")
    assert BODY in doc.text
    assert "Home" not in doc.text
    assert "<" not in doc.text


def test_web_page_in_its_declared_encoding(write) -> None:
    page = PAGE.replace("utf-8", "windows-1252").replace("The two companies", "The “naïve” companies")
    assert "The “naïve” companies" in one(write("a.html", page.encode("cp1252"))).text


def test_pdf(write, pdf) -> None:
    lines = ["Rivals at peace", "The Crisp Ledger | 3 May 2019", *BODY.replace("feud, and", "feud, \nand").split("\n")]
    doc = one(write("a.pdf", pdf(*lines)))
    assert facts(doc) == ("Rivals at peace", date(2019, 5, 3), "The Crisp Ledger", "Jane Roe", "en")
    assert "ended their feud" in doc.text


def test_word(write, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Rivals at peace", 0)
    document.add_paragraph("The Crisp Ledger | 3 May 2019")
    document.add_paragraph(BODY)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Rome", "won"
    document.save(str(tmp_path / "a.docx"))
    doc = one(tmp_path / "a.docx")
    assert facts(doc) == ("Rivals at peace", date(2019, 5, 3), "The Crisp Ledger", None, "en")
    assert doc.text.endswith("Rome | won")


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_mail(write, kind: str) -> None:
    header = (
        "From: =?utf-8?q?J=C3=A4ne_Roe?= <jane@example.org>\nSubject: Rivals at peace\n"
        "Date: Fri, 03 May 2019 23:30:00 -0500\nMIME-Version: 1.0\n"
    )
    parts = "".join(
        f"--x\nContent-Type: text/{part}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{content}\n"
        for part, content in (("html", PAGE), ("plain", BODY if kind == "plain" else ""))
    )
    doc = one(write("a.eml", f"{header}Content-Type: multipart/alternative; boundary=x\n\n{parts}--x--\n"))
    assert facts(doc) == ("Rivals at peace", date(2019, 5, 3), None, "Jäne Roe", "en")
    assert BODY in doc.text
    assert "<" not in doc.text


RECORD = {
    "id": 7,
    "text": BODY + "\n“Curly” – dashes—stay.",
    "title": "Rivals at peace",
    "published": "2019-05-03T10:00:00Z",
    "publisher": "Crisp Ledger",
    "author": "Jane Roe",
    "url": "https://example.org/x",
    "lang": "en-GB",
}


@pytest.mark.parametrize("ending", ["jsonl", "ndjson", "jsonl.gz", "jsonl.zst", "json", "json.gz"])
def test_records(write, ending: str) -> None:
    data = json.dumps([RECORD]).encode() if ending.startswith("json.") or ending == "json" else json.dumps(RECORD).encode() + b"\n"
    packed = gzip.compress(data) if ending.endswith("gz") else zstandard.compress(data) if ending.endswith("zst") else data
    doc = one(write(f"a.{ending}", packed))
    assert facts(doc) == ("Rivals at peace", date(2019, 5, 3), "Crisp Ledger", "Jane Roe", "en")
    assert (doc.name, doc.text, doc.url) == ("7", RECORD["text"], "https://example.org/x")


def test_a_record_needs_only_text_and_may_be_dated_by_its_address(write) -> None:
    lines = [{"text": BODY}, {"text": BODY, "published": None, "url": "https://example.org/2015/mar/21/x"}]
    first, second = load([write("news.jsonl", "\n".join(map(json.dumps, lines)))])
    assert (first.name, first.published, second.name, second.published) == ("news#1", None, "news#2", date(2015, 3, 21))


@pytest.mark.parametrize(("ending", "pack"), [(".txt.gz", gzip.compress), (".html.zst", zstandard.compress)])
def test_packed_files(write, ending: str, pack) -> None:
    doc = one(write("a" + ending, pack((BODY if "txt" in ending else PAGE).encode())))
    assert BODY in doc.text
    assert doc.name == "a"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_encodings(write, encoding: str) -> None:
    text = f"“Naïve,” she said – {BODY}"
    assert one(write("a.txt", text.encode(encoding))).text == text


def test_mixed_and_other_encodings(write) -> None:
    mixed = f"“Naïve” {BODY} ".encode() + "“naïve”".encode("cp1252")
    assert one(write("a.txt", mixed)).text == f"“Naïve” {BODY} “naïve”"
    russian = "Президент заявил во вторник, что его партия проголосует против нового закона о выборах. " * 3
    doc = one(write("b.txt", russian.encode("cp1251")), any_language=True)
    assert (doc.text, doc.language) == (russian.strip(), "ru")


def test_overrides_stand_before_everything(write) -> None:
    overrides = Overrides(title="T", published=date(2001, 2, 3), publisher="P", author="A", language="en", url="https://example.org")
    doc = one(write("a.html", PAGE), overrides=overrides)
    assert facts(doc) == ("T", date(2001, 2, 3), "P", "A", "en")
    assert doc.url == "https://example.org"


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (BODY.encode(), ["stdin"]),
        (json.dumps(RECORD).encode() + b"\n\n" + json.dumps({"text": BODY}).encode(), ["7", "stdin#3"]),
        (json.dumps([RECORD], indent=1).encode(), ["7"]),
        (PAGE.encode(), ["stdin"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, names: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    docs = list(load("-"))
    assert [doc.name for doc in docs] == names
    assert all(BODY in doc.text for doc in docs)
