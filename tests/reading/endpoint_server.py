"""A scripted OpenAI-compatible server on loopback: each request takes the next answer of the script, the last one for good."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One scripted answer."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: bool = False


def says(content: Any, *, cut: bool = False, **rest: Any) -> Reply:
    """A chat completion; what is no string is sent as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "length" if cut else "stop"}
    usage = {"prompt_tokens": 1000, "completion_tokens": 100}
    return Reply(body=json.dumps({"choices": [choice], "usage": usage}).encode(), **rest)


def refuses(status: int, message: str = "", **headers: str) -> Reply:
    """An error as OpenAI words it."""
    return Reply(status=status, body=json.dumps({"error": {"message": message}}).encode() if message else b"", headers=headers)


class Handler(BaseHTTPRequestHandler):
    """Plays the script of its server."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server: Any = self.server
        with server.lock:
            server.asked.append(asked | {"path": self.path, "authorization": self.headers.get("Authorization")})
            reply = server.script.pop(0) if len(server.script) > 1 else server.script[0]
        time.sleep(reply.delay)
        try:
            self.send_response(reply.status)
            for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            if reply.drip:
                for byte in reply.body:
                    self.wfile.write(bytes((byte,)))
                    time.sleep(0.02)
            self.wfile.write(reply.body if not reply.drip else b"")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    """Holds the script and what was asked."""

    daemon_threads = True

    def __init__(self, script: Sequence[Reply]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock, self.script, self.asked = threading.Lock(), list(script), list[dict[str, Any]]()

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: Any) -> None:
        """A client that went away is part of the script."""


@contextmanager
def serving(*script: Reply) -> Iterator[Server]:
    """The server, running in a thread."""
    with Server(script) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
