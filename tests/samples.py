"""Documents that several tests read."""

from __future__ import annotations

from datetime import date

from frenemy.model import Document

TEXTS = {
    "2017": "Elon Musk mocked Donald Trump in 2017. Musk met Mark Zuckerberg. Nothing else happened.",
    "2019": "The EU fined Meta in 2019. Mark Zuckerberg founded Meta in 2004.",
    "2024": "Elon Musk endorsed Donald Trump in 2024. Trump praised Musk. Musk accused Jeff Bezos. "
    "Jeff Bezos denied that Bezos accused Musk.",
    "2025": "Mark Zuckerberg joined Elon Musk against OpenAI. Musk sued OpenAI in 2024. The European Union fined Meta in 2025.",
}


def samples() -> list[Document]:
    """Four short articles, each with its year for a name."""
    return [
        Document(
            text=text,
            name=year,
            published=date(int(year), 6, 1),
            publisher="The Daily Test",
            title=f"News of {year}",
            url=f"https://example.org/{year}",
        )
        for year, text in TEXTS.items()
    ]


def many(count: int) -> list[Document]:
    """As many short articles as asked for, all different."""
    return [Document(text=f"Elon Musk praised Donald Trump, item {number}.", name=f"doc{number}") for number in range(count)]
