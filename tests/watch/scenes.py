"""A watch over a real site on loopback, for tests: the site, a bell that keeps what it is told, and rounds of one process each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.readers import ScriptedReader
from tests.site_server import Reply, Site, page, rss

from frenemy.documents.feeds import Patience
from frenemy.errors import NotDelivered
from frenemy.pipeline.newswatch import Round, State, Watch, parse_rule, watch_once

FEED, ONE, TWO = "/feed.xml", "/one.html", "/two.html"
SITE: dict[str, Reply | list[Reply]] = {
    FEED: rss((ONE, "First"), (TWO, "Second"), headers={"ETag": '"1"'}),
    ONE: page("Elon Musk praised Donald Trump. The day was long and the weather was fair in the town."),
    TWO: page("Elon Musk accused Jeff Bezos. The day was short and the weather was foul in the town."),
}


class ListBell:
    """Keeps what it is told; fails while told to."""

    name = "list"

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.broken = False

    def ring(self, line: Mapping[str, Any]) -> None:
        if self.broken:
            raise NotDelivered("broken")
        self.told.append(dict(line))

    def says(self) -> list[str]:
        return [line["says"] for line in self.told]


class Scene:
    """A watch with its files; `round` makes one round, as a process of its own would."""

    def __init__(self, folder: Path, sources: list[str], *rules: Mapping[str, Any]) -> None:
        self.bell, self.reader, self.state = ListBell(), ScriptedReader(), folder / "state"
        self.clock = 1_000_000.0
        self.watch = Watch(
            ledger=folder / "l.duckdb",
            sources=sources,
            rules=[parse_rule(rule) for rule in rules],
            bells=[self.bell],
            reader=self.reader,
            patience=Patience(timeout=2.0, retries=0, interval=0.0),
        )

    def round(self) -> Round:
        with State(self.state, clock=lambda: self.clock) as state:
            return watch_once(self.watch, state, pause=lambda _: None)


def scene(tmp_path: Path, site: Site, *rules: Mapping[str, Any], path: str = FEED) -> Scene:
    return Scene(tmp_path, [site.url + path], *(rules or ({"kind": "tie"},)))
