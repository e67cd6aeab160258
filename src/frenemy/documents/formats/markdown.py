"""Markdown, with the fields that static-site generators put on top."""

from __future__ import annotations

import re

from frenemy.documents.cleaning import clean
from frenemy.documents.dates import parse_date
from frenemy.documents.decoding import decode
from frenemy.documents.draft import Draft
from frenemy.documents.wrapping import unwrap

_FRONT = re.compile(r"---[ \t]*\n(?P<fields>(?:(?!---)[^\n]*\n){0,100}?)---[ \t]*(?:\n|$)")
_FIELD = re.compile(r"(?P<key>[A-Za-z_-]{2,30})[ \t]*:[ \t]*(?P<value>\S.{0,500})$")
_KEYS = {
    "title": "title",
    "headline": "title",
    "date": "published",
    "published": "published",
    "pubdate": "published",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "publisher": "publisher",
    "publication": "publisher",
    "source": "publisher",
    "site": "publisher",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "lang": "language",
    "language": "language",
}

_TITLE = re.compile(r"^#[ \t]+(?P<title>[^\n]{1,300})$", re.MULTILINE)
# The marks that only lead a line, then those around words. None looks further than its line or the next mark of its kind.
_CHANGES = (
    (re.compile(r"^[ \t]{0,3}(?:```|~~~)[^\n]{0,80}$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+([^\n]*?)[ \t]*#*$", re.MULTILINE), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:[-*_][ \t]?){3,80}$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}={3,80}$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}\[[^\[\]\n]{1,100}\]:[ \t][^\n]{1,500}$", re.MULTILINE), ""),
    (re.compile(r"^(?:[ \t]{0,3}>[ \t]?){1,5}", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,8}[-*+][ \t]+(?=\S)", re.MULTILINE), ""),
    (re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)"), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]+)\]\[[^\[\]\n]*\]"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]*)>"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\*\*([^*\n]+)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)__([^_\n]+)__(?!\w)"), r"\1"),
    (re.compile(r"\*(?=\S)([^*\n]+)(?<=\S)\*"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_\n]+)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])"), r"\1"),
)


def read_markdown(data: bytes, source: str) -> Draft:
    """Take the front matter off and the marks out.

    >>> draft = read_markdown(b"---\\ndate: 2019-05-03\\n---\\n# Rivals\\n\\n[Rome](x.md) **fell**.", "rome.md")
    >>> draft.text, draft.title, str(draft.published)
    ('Rivals\\n\\nRome fell.', 'Rivals', '2019-05-03')
    """
    text = decode(data, source).replace("\r\n", "\n").lstrip("\n")
    front = _FRONT.match(text)
    fields = _fields(front["fields"]) if front is not None else {}
    body = text[front.end() :] if front is not None else text
    published = fields.pop("published", None)
    heading = _TITLE.search(body[:2000])
    if "title" not in fields and heading is not None:
        fields["title"] = _without_marks(heading["title"]).strip()
    return Draft(text=unwrap(clean(_without_marks(body))), published=parse_date(published) if published else None, **fields)


def _fields(front: str) -> dict[str, str]:
    """The fields that are known here; the first of several spellings stands.

    >>> _fields('Title: "Rivals: a story"\\nauthors: [Jane Roe, John Doe]\\ntags: x\\n')
    {'title': 'Rivals: a story', 'author': 'Jane Roe, John Doe'}
    """
    fields: dict[str, str] = {}
    for match in filter(None, map(_FIELD.match, front.splitlines())):
        key, value = _KEYS.get(match["key"].lower()), match["value"].strip().strip("[]").strip("\"'")
        if key is not None and value:
            fields.setdefault(key, value)
    return fields


def _without_marks(text: str) -> str:
    for pattern, replacement in _CHANGES:
        text = pattern.sub(replacement, text)
    return text
