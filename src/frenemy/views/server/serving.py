"""Starting the server: on this machine alone, on a free port, and the page in the browser."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from starlette.applications import Starlette

from frenemy.errors import FrenemyError

HOST, PORT, TRIES = "127.0.0.1", 8600, 20


class PortTaken(FrenemyError):
    """Something else listens there."""


def bind(port: int | None) -> socket.socket:
    """A socket that listens on this machine alone: on the port that is asked for, or on the first free one from `PORT` on."""
    for number in [port] if port is not None else range(PORT, PORT + TRIES):
        with suppress(OSError):
            return socket.create_server((HOST, number))
    raise PortTaken(f"Port {port or PORT} is taken. Give another with --port.")


def serve(path: Path | str, *, port: int | None = None, by: str | None = None, told: Callable[[str], None] = lambda address: None) -> None:
    """Serve the app over a ledger until it is stopped; `told` is called with its address as soon as it answers."""
    import uvicorn

    from frenemy.views.server.app import create_app

    app: Starlette = create_app(path, by=by)
    bound = bind(port)
    address = f"http://{HOST}:{bound.getsockname()[1]}/"
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, server_header=False, date_header=False))

    Thread(target=_prepare, args=(app,), daemon=True).start()
    told(address)
    try:
        server.run(sockets=[bound])
    finally:
        bound.close()
        app.state.keeper.close()


def _prepare(app: Starlette) -> None:
    """Work out what the first page asks for, so that it is there when the browser is."""
    from frenemy.views.server.keeper import FOREVER, Keeper, Preparing
    from frenemy.views.server.network import ACTORS, network
    from frenemy.views.server.parts import standings

    keeper: Keeper = app.state.keeper
    try:
        network(keeper, ACTORS, patience=FOREVER)
        standing = standings(keeper, patience=FOREVER)
        keeper.part("how all pairs stand", lambda: standing.pairs, patience=FOREVER)
    except (FrenemyError, Preparing, RuntimeError):
        return  # the page asks again, and is told what is wrong
