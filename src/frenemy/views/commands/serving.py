"""The web app: `serve` and `demo`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from frenemy.views.commands.options import by_option, ledger_option

if TYPE_CHECKING:
    from collections.abc import Callable

PORT = click.option(
    "--port", type=click.IntRange(0, 65535), help="Listen on this port (0: any free one); without it on the first free one from 8600."
)
SAMPLES = "samples"


@click.command()
@ledger_option
@PORT
@click.option("--open/--no-open", "opens", default=False, help="Open the page in the browser.")
@by_option
def serve(path: str, port: int | None, opens: bool, by: str | None) -> None:
    """Look at a ledger in the browser: network, pairs, shifts, claims, conflicts, documents and what waits for a person.

    The page and the server are on this machine alone; nothing is fetched from anywhere, nothing is sent. Stop it with Ctrl+C.

    \b
    Example:
      frenemy serve --open
      frenemy serve --ledger tech.duckdb --port 9000
    """
    _serve(path, port, opens, by)


@click.command()
@PORT
@click.option("--open/--no-open", "opens", default=True, show_default=True, help="Open the page in the browser.")
def demo(port: int | None, opens: bool) -> None:
    """Read the sample articles that come with frenemy, and look at them in the browser.

    The ledger is a temporary one and goes when the demo is stopped.

    \b
    Example:
      frenemy demo
    """
    _needs_web()
    from frenemy.pipeline import open_ledger

    with TemporaryDirectory(prefix="frenemy-demo-") as folder:
        path = Path(folder) / "demo.duckdb"
        click.echo("Reading the sample articles…", err=True)
        with open_ledger(path) as ledger:
            summary = ledger.read(*samples())
        click.echo(f"Read {summary.read} documents with {summary.ties} ties.", err=True)
        _serve(str(path), port, opens, None)


def samples() -> list[Path]:
    """The folders of the sample articles: in the installed package, or in the sources beside it."""
    import frenemy

    package = Path(frenemy.__file__).parent
    shipped = package / SAMPLES
    home = shipped if shipped.is_dir() else package.parents[1] / "examples"
    return sorted(folder for folder in home.iterdir() if folder.is_dir())


def _serve(path: str, port: int | None, opens: bool, by: str | None) -> None:
    _needs_web()
    from frenemy.views.server import serve as serve_app

    serve_app(path, port=port, by=by, told=_telling(opens))


def _telling(opens: bool) -> Callable[[str], None]:
    def told(address: str) -> None:
        click.echo(f"frenemy is at {address}  (Ctrl+C stops it)")
        if opens:
            import webbrowser

            webbrowser.open(address)

    return told


def _needs_web() -> None:
    from importlib.util import find_spec

    from frenemy.errors import MissingExtra

    if not all(find_spec(name) for name in ("starlette", "uvicorn")):
        raise MissingExtra("The web app", "web")


COMMANDS = (serve, demo)
