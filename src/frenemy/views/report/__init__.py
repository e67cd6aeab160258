"""The report: one HTML file that needs nothing beside it, not even a script, and says nothing without its quote."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from frenemy.ledger.ties import KnownActor, TieRecord, Ties
from frenemy.views.report.findings import Section, denied, friends_and_foes, link, sections, turned
from frenemy.views.report.network import draw
from frenemy.views.standing import STANDS, pairs
from frenemy.views.terminal import plain

if TYPE_CHECKING:
    from jinja2 import Template

ACTORS_SHOWN = 60
PAIRS_SHOWN = 400
SIGN_NAMES = {"+": "with", "-": "against", "~": "divided", "0": "neutral", "": "no sign"}
SIGN_CLASSES = {"+": "friend", "-": "foe", "~": "divided", "0": "neutral", "": "neutral"}
SIGN_MARKS = {"+": "+", "-": "−", "~": "±", "0": "·", "": "·"}


def render(ties: Ties, actors: Sequence[KnownActor], *, title: str, documents: int, today: date | None = None) -> str:
    """The report as text.

    >>> page = render(Ties([]), [], title="<b>Nobody</b>", documents=0, today=date(2025, 1, 1))
    >>> "&lt;b&gt;Nobody" in page, "<script" in page
    (True, False)
    """
    template, style = _template()
    all_pairs = pairs(ties)
    shown = sections(all_pairs[:PAIRS_SHOWN])
    friends, foes = friends_and_foes(all_pairs)
    days = sorted(tie.date for tie in ties if tie.date)
    return template.render(
        title=plain(title),
        style=style,
        style_hash=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        today=today or date.today(),
        span=(days[0], days[-1]) if days else None,
        documents=documents,
        ties=len(ties),
        pairs=len(all_pairs),
        actors=[actor for actor in actors if actor.ties][:ACTORS_SHOWN],
        actors_in_all=len(actors),
        turned=turned(all_pairs),
        friends=friends,
        foes=foes,
        denied=denied(ties),
        network=draw(all_pairs),
        sections=shown,
        left_out=all_pairs[PAIRS_SHOWN:],
        readers=sorted({tie.reader for tie in ties}),
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
    environment.globals.update(marks=SIGN_MARKS, names=SIGN_NAMES, classes=SIGN_CLASSES, stands=STANDS, link=link, anchor=anchor)
    style = " ".join((folder / "report.css").read_text(encoding="utf-8").split())
    return environment.get_template("report.html.j2"), style


def anchor(pair: Section | object, ids: Sequence[str] | None = None) -> str:
    """The fragment of a pair's section, from its two actor ids.

    >>> anchor(None, ("elon-musk", "donald-trump"))
    'pair-donald-trump--elon-musk'
    """
    return "pair-" + "--".join(sorted(ids if ids is not None else getattr(pair, "ids", ())))


def anchor_of(tie: TieRecord) -> str:
    """The fragment of the section that holds a tie."""
    return anchor(None, (tie.source_id, tie.target_id))
