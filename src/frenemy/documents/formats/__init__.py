"""One file a kind of document, each with a function from bytes to a draft; the libraries are imported inside them, when first needed."""

from frenemy.documents.formats.mail import read_mail
from frenemy.documents.formats.markdown import read_markdown
from frenemy.documents.formats.pdf import read_pdf
from frenemy.documents.formats.plain import read_plain
from frenemy.documents.formats.records import read_json, read_record_lines
from frenemy.documents.formats.web import read_web
from frenemy.documents.formats.word import read_word

READERS = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".html": read_web,
    ".htm": read_web,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".eml": read_mail,
}
RECORD_LINES = (".jsonl", ".ndjson")
RECORDS = ".json"
KINDS = (*READERS, *RECORD_LINES, RECORDS)

__all__ = ["KINDS", "READERS", "RECORDS", "RECORD_LINES", "read_json", "read_record_lines"]
