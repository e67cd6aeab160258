"""The report: one HTML file that needs nothing beside it, not even a script, and says nothing without its quote."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from frenemy.views.pictures.labels import shortened
from frenemy.views.report import drawings
from frenemy.views.report.contents import Contents, Wanted, gather
from frenemy.views.signs import LOOKS, side, signed, stands
from frenemy.views.terminal import plain

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["Contents", "Wanted", "gather", "render"]

LEVEL = 0.9
LEAST = 700
"""A small network is not blown up to the page's width."""
SHAPES = {"+": "up", "-": "down", "0": "dot", "~": "dot"}


def render(contents: Contents, *, today: date | None = None) -> str:
    """The report as text.

    >>> import tempfile
    >>> from frenemy.pipeline import open_ledger
    >>> with tempfile.TemporaryDirectory() as folder, open_ledger(f"{folder}/new.duckdb") as ledger:
    ...     page = render(gather(ledger, Wanted(title="<b>Nobody</b>")), today=date(2025, 1, 1))
    >>> "&lt;b&gt;Nobody" in page, "<script" in page
    (True, False)
    """
    template, style = _template()
    return template.render(
        **{field.name: getattr(contents, field.name) for field in fields(contents)},
        title=shortened(contents.wanted.title, 200),
        known_by=contents.wanted.known_by,
        style=style,
        style_hash=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        today=today or date.today(),
    )


@cache
def _template() -> tuple[Template, str]:
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    folder = files("frenemy.views.report")
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    environment.globals.update(
        looks=LOOKS,
        shapes=SHAPES,
        side=side,
        stands=stands,
        signed=signed,
        clip=shortened,
        link=link,
        anchor=anchor,
        level=LEVEL,
        least=LEAST,
        size=(drawings.WIDTH, drawings.HEIGHT),
        edges=drawings.EDGES,
    )
    style = " ".join((folder / "report.css").read_text(encoding="utf-8").split())
    return environment.get_template("report.html.j2"), style


def anchor(ids: Sequence[str]) -> str:
    """The fragment of a pair's section, from its two actors' ids.

    >>> anchor(("elon-musk", "donald-trump"))
    'pair-donald-trump--elon-musk'
    """
    return "pair-" + "--".join(sorted(ids))


def link(url: str | None) -> str | None:
    """The address if it leads to the web, else None: a document must not smuggle in a script.

    >>> link("https://example.org/a"), link("javascript:alert(1)"), link("//x"), link(None)
    ('https://example.org/a', None, None, None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if url and len(url) <= 2_000 and parts.scheme in ("http", "https") and parts.netloc else None
