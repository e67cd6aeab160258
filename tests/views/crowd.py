"""A crowd of made-up actors with many ties, and documents that try to break out of a page."""

from __future__ import annotations

import random
from datetime import date

from tests.readers import KINDS, ScriptedReader

from frenemy.model import Document

SYLLABLES = ("ba", "ce", "do", "fu", "gi", "ka", "lo", "mu", "ne", "po", "ru", "so", "ti", "va", "zo")
FILLER = "after a long week of talks that had begun in the spring and that nobody in the capital had thought would come to an end"

SCRIPT = "<script>alert(1)</script>"
HOSTILE_NAMES = (
    "Elon <b onmouseover=alert(1)>Musk",
    'Donald "><script>alert(2)</script> Trump',
    "Jeff $\\frac{1}{0}$ Bezos",
    "Mark \u202egnikcah\u2066 Zuckerberg",
    "Anna\x1b[31m\x07 Bauer",
)


def names(count: int) -> list[str]:
    """As many full names, no two alike."""
    picked: dict[str, None] = {}
    dice = random.Random(7)
    while len(picked) < count:
        first, last = ("".join(dice.choices(SYLLABLES, k=k)).title() for k in (2, 4))
        picked[f"{first} {last}"] = None
    return list(picked)


def crowd(actors: int, ties: int) -> tuple[list[Document], ScriptedReader]:
    """Documents on so many actors with about so many ties, and the reader that knows them."""
    dice = random.Random(11)
    known = names(actors)
    sides = {name: dice.random() < 0.5 for name in known}
    docs = []
    for number in range(ties // 40):
        year = 2015 + number % 10
        sentences = []
        for _ in range(40):
            one, other = dice.sample(known[: 10 + actors * (number % 10) // 10] if number % 10 < 9 else known, 2)
            verb = "praised" if (sides[one] == sides[other]) != (dice.random() < 0.15) else "accused"
            sentences.append(f"{one} {verb} {other} in {year} {FILLER}.")
        published = date(year, 1 + number % 12, 1 + number % 28)
        docs.append(
            Document(text=" ".join(sentences), name=f"crowd{number}", title=f"News {number}", publisher="Post", published=published)
        )
    return docs, ScriptedReader(dict.fromkeys(known, "person"))


def hostile() -> tuple[list[Document], ScriptedReader]:
    """Documents whose names, quotes, titles, publishers and addresses try to become markup, formulas or terminal codes."""
    text = " ".join(
        f"{one} {verb} {other} {SCRIPT} <img src=x onerror=alert(3)> ]]> \u202e in {year}."
        for year, verb in ((2017, "accused"), (2020, "praised"), (2024, "praised"))
        for one, other in zip(HOSTILE_NAMES, HOSTILE_NAMES[1:] + HOSTILE_NAMES[:1], strict=True)
    )
    titled = {"title": "</title><svg onload=alert(4)>", "publisher": '"><iframe src=//x>\x1b[2J'}
    docs = [
        Document(text=text, name=f"1</title>{SCRIPT}", url="javascript:alert(5)", published=date(2024, 1, 1), **titled),
        Document(text=f"{text} Again.", name="2", url="https://example.org/<script>", published=date(2025, 1, 1), **titled),
        Document(text="Meta praised OpenAI in 2024.", name="long", title="M" * 10_000_000, url="data:text/html,x"),
    ]
    return docs, ScriptedReader({**KINDS, **dict.fromkeys(HOSTILE_NAMES, "person")})
