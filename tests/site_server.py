"""A real web site on loopback for tests: each path plays its script, the last answer for good; all requests are noted."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer. With an ETag, whoever names it gets 304. `drip` is how many seconds to wait before each byte of the body."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0


def page(text: str, **rest: Any) -> Reply:
    """A web page with an article."""
    return Reply(body=f"<html><body><article><p>{text}</p></article></body></html>".encode(), headers={"Content-Type": "text/html"}, **rest)


def rss(*items: tuple[str, str], title: str = "The Test", extra: str = "", **rest: Any) -> Reply:
    """An RSS feed of (link, title) pairs."""
    rows = "".join(f"<item><link>{link}</link><title>{name}</title></item>" for link, name in items)
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{rows}{extra}</channel></rss>'
    return Reply(body=text.encode(), **rest)


class Handler(BaseHTTPRequestHandler):
    """Plays the script of its site."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, asked: bytes) -> None:
        site: Any = self.server
        reply = site.take(self.path, dict(self.headers), asked)
        time.sleep(reply.delay)
        etag = reply.headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            reply = Reply(status=304, headers={"ETag": etag})
        try:
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.drip:
                for byte in reply.body:
                    time.sleep(reply.drip)
                    self.wfile.write(bytes((byte,)))
                    self.wfile.flush()
            else:
                self.wfile.write(reply.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class Site(ThreadingHTTPServer):
    """Holds the scripts, and what was asked: path, headers in small letters, body."""

    daemon_threads = True

    def __init__(self, script: Mapping[str, Reply | list[Reply]]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self._lock = threading.Lock()
        self.script = {path: list(replies) if isinstance(replies, list) else [replies] for path, replies in script.items()}
        self.asked: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        """The site's address, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_port}"

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for path, *_ in self.asked if path != "/robots.txt"]

    def take(self, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """The next answer at a path."""
        with self._lock:
            self.asked.append((path, {name.lower(): value for name, value in headers.items()}, body))
            replies = self.script.get(path, [Reply(status=404)])
            return replies.pop(0) if len(replies) > 1 else replies[0]

    def handle_error(self, *_: Any) -> None:
        """A client that went away is part of the script."""


@contextmanager
def serving(script: Mapping[str, Reply | list[Reply]]) -> Iterator[Site]:
    """The site, running in a thread. The script may be changed while it runs."""
    with Site(script) as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()
            thread.join()
