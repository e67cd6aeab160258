"""A real server on the sample articles, and the machine's Chromium. Skips, saying so, where either is missing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from frenemy.pipeline import open_ledger
from frenemy.views.commands.serving import samples

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The address of the app over a ledger, served as a user serves it."""
    command = [
        sys.executable,
        "-c",
        "from frenemy.views.cli import main; main()",
        "serve",
        "--ledger",
        str(path),
        "--port",
        "0",
        "--by",
        "ann",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        try:
            assert "http://127.0.0.1:" in line, line + server.stdout.read()
            yield line.split()[3]
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright: pip install playwright")
    if CHROMIUM is None:
        pytest.skip("the browser tests need Chromium")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sample_ledger(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles, read by the reader that ships."""
    path: Path = tmp_path_factory.mktemp("browser") / "samples.duckdb"
    with open_ledger(path) as ledger:
        ledger.read(*samples())
    return path


@pytest.fixture(scope="session")
def served(sample_ledger: Path) -> Iterator[str]:
    """The app over the samples; what a test decides it takes back."""
    with serving(sample_ledger) as address:
        yield address


Opener = Callable[..., Any]


@pytest.fixture
def visit(browser: Any) -> Iterator[Opener]:
    """Opens pages, and fails when one complains on its console, throws, asks for anything from elsewhere or opens a dialog."""
    contexts, wrong = [], []

    def opened(address: str, *, size: dict[str, int] = WIDE, expected: str = "", **options: Any) -> Any:
        context = browser.new_context(viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        origin = address.split("#")[0]
        page.on(
            "console",
            lambda said: wrong.append(said.text) if said.type == "error" and (not expected or expected not in said.text) else None,
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith((origin, "data:")) else None)
        page.goto(address)
        settle(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def settle(page: Any) -> None:
    """Wait until the view is there."""
    page.wait_for_selector("main *")
    page.wait_for_selector(".turning", state="detached")
