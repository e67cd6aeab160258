"""Cleaning: the one place where a text changes before quotes index it."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from html.entities import html5

PASSES = 4
"""Mark-up nested deeper than this (`&amp;amp;lt;b&amp;amp;gt;` is three deep) is an attack, not a text."""

_PARAGRAPH_TAG = re.compile(
    r"address|article|aside|blockquote|body|center|d[dlt]|details|div|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|main|nav|ol|p|"
    r"pre|section|table|tbody|tfoot|thead|title|ul",
    re.IGNORECASE,
)
_LINE_TAG = re.compile(r"br|caption|li|option|tr", re.IGNORECASE)
_CELL_TAG = re.compile(r"td|th", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"a|abbr|acronym|audio|b|base|bdi|bdo|big|button|canvas|cite|code|col|colgroup|data|del|dfn|em|embed|font|i|iframe|img|input|ins|kbd|label|link|"
    r"mark|meta|noscript|object|param|picture|q|s|samp|script|select|small|source|span|strike|strong|style|sub|summary|sup|svg|template|textarea|time|"
    r"track|tt|u|var|video|wbr",
    re.IGNORECASE,
)

# None of these can backtrack over more than one stretch without "<": fifty megabytes of "<a <a <a" are read once.
_CODE = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_DECLARATION = re.compile(r"<!(?:--|doctype\b)[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?([a-z][a-z0-9]*)(?:\s[^<>]*|/)?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AMPERSANDS = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+")

_NEWLINES = "\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
_SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING = (
    [chr(code) for code in range(0x20) if chr(code) not in "\t\n" + _NEWLINES]
    + [chr(code) for code in range(0x7F, 0xA0) if chr(code) not in _NEWLINES]
    + list("\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff\ufff9\ufffa\ufffb\ufffe\uffff")
    + [chr(code) for code in range(0x2060, 0x2070)]
    + [chr(code) for code in range(0xE0000, 0xE0080)]
)
_CHANGES = (
    {ord(char): "\n" for char in _NEWLINES}
    | {ord(char): " " for char in _SPACES}
    | {ord(char): None for char in _NOTHING}
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)
_CHANGED = frozenset(map(chr, _CHANGES))
_TRAILING_BLANKS = re.compile(r"(?<![ \t])[ \t]++(?=\n)")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    r"""Take out what readers of the text do not see, and change nothing else, since quotes are slices of what this returns.

    Unicode is composed (NFC); line ends are "\n"; control, zero-width and text-direction characters go; non-breaking and other odd
    spaces become spaces; blanks at line ends and all but one of neighbouring blank lines go; HTML tags and entities are resolved. A tidy
    text comes back as it is, and cleaning twice is cleaning once.

    >>> clean("“Never,” he\u00a0said\u200b –\r\n\r\n\r\n\r\nAT&amp;T <b>lost</b>.  ")
    '“Never,” he said –\n\nAT&T lost.'
    >>> clean("a < b > c, R&D; <3")
    'a < b > c, R&D; <3'
    """
    for _ in range(PASSES):
        cleaned = _tidy(_without_markup(text))
        if cleaned == text:
            return text
        text = cleaned
    return _settle(text)


def _settle(text: str) -> str:
    """End what will not come to rest, by taking out the characters that mark-up is made of.

    >>> _settle("<" * 20 + "b>" * 20)
    'b>b>b>b>b>b>b>b>b>b>b>b>b>b>b>b>b>b>b>b>'
    """
    text = text.replace("<", "").replace("&", "")
    while (tidied := _tidy(text)) != text:
        text = tidied
    return text


def _without_markup(text: str) -> str:
    """Resolve tags and entities, one level deep.

    >>> _without_markup("<p>Rome<br>fell</p><unk>")
    '\\n\\nRome\\nfell\\n\\n<unk>'
    """
    if "<" in text:
        text = _TAG.sub(_instead_of_tag, _DECLARATION.sub("", _CODE.sub("", text)))
    if "&" in text:
        text = _ENTITY.sub(_instead_of_entity, _AMPERSANDS.sub("&", text))
    return text


def _instead_of_tag(match: re.Match[str]) -> str:
    name = match[1]
    if _PARAGRAPH_TAG.fullmatch(name):
        return "\n\n"
    if _LINE_TAG.fullmatch(name):
        return "\n"
    if _CELL_TAG.fullmatch(name):
        return " "
    return "" if _INLINE_TAG.fullmatch(name) else match[0]


def _instead_of_entity(match: re.Match[str]) -> str:
    entity = match[0]
    return unescape(entity) if entity[1] == "#" or entity[1:] in html5 else entity


def _tidy(text: str) -> str:
    """Put characters, line ends and blanks in order."""
    text = text.replace("\r\n", "\n")
    if not _CHANGED.isdisjoint(text):
        text = text.translate(_CHANGES)
    text = unicodedata.normalize("NFC", text)
    if " \n" in text or "\t\n" in text:
        text = _TRAILING_BLANKS.sub("", text)
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip(" \t\n")
