"""Good manners: what a site's robots.txt allows, and how long to wait between two requests to a host."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from frenemy.documents.feeds.addresses import host_of, site_of
from frenemy.errors import MissingExtra

if TYPE_CHECKING:
    from protego import Protego

AGENT = "frenemy"
"""The name that robots.txt files can call us by."""
LONGEST_DELAY = 30.0
"""Seconds: a site that asks for more between two requests gets this."""
LARGEST_ROBOTS = 512 * 1024
"""Bytes of a robots.txt that are read, as RFC 9309 has it."""


class Manners:
    """Remembers, for one run, what each site allows and when each host was asked last."""

    def __init__(self, fetch: Callable[[str], tuple[int, bytes]], *, interval: float, pause: Callable[[float], object]) -> None:
        self._fetch, self._interval, self._pause = fetch, interval, pause
        self._robots: dict[str, Protego] = {}
        self._asked: dict[str, float] = {}
        self._mute: set[str] = set()

    def allows(self, url: str) -> bool:
        """Whether the site's robots.txt lets us fetch an address."""
        return bool(self._rules(site_of(url)).can_fetch(url, AGENT))

    def is_mute(self, url: str) -> bool:
        """Whether the site's robots.txt could not be had, so that nothing is fetched there for now."""
        return site_of(url) in self._mute

    def _rules(self, site: str) -> Protego:
        """The site's robots.txt: without one all is allowed, while it cannot be had nothing is (RFC 9309, 2.3.1)."""
        if site not in self._robots:
            try:
                from protego import Protego
            except ImportError:
                raise MissingExtra("frenemy watch", "watch") from None
            status, body = self._fetch(f"{site}/robots.txt")
            if status >= 500:
                self._mute.add(site)
            text = (
                body[:LARGEST_ROBOTS].decode("utf-8", "replace") if status < 300 else "" if status < 500 else "User-agent: *\nDisallow: /"
            )
            self._robots[site] = Protego.parse(text)
        return self._robots[site]

    def wait(self, url: str) -> None:
        """Wait until the host may be asked again."""
        host, known = host_of(url), self._robots.get(site_of(url))
        delay = max(self._interval, min(float(known.crawl_delay(AGENT) or 0), LONGEST_DELAY) if known else 0.0)
        if host in self._asked and (left := self._asked[host] + delay - time.monotonic()) > 0:
            self._pause(left)
        self._asked[host] = time.monotonic()
