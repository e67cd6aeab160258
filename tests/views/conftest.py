"""Ledgers that tests of several views look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.views.crowd import HOSTILE_NAMES, crowd, hostile

from frenemy.pipeline import OpenLedger, open_ledger, read_into
from frenemy.views.report import Contents, Wanted, gather


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenLedger]:
    """A ledger of a hundred actors and thousands of ties."""
    docs, reader = crowd(100, 4_000)
    with open_ledger(tmp_path_factory.mktemp("crowd") / "crowd.duckdb") as opened:
        read_into(opened, docs, reader=reader)
        yield opened


@pytest.fixture(scope="session")
def crowded_contents(crowded: OpenLedger) -> Contents:
    """What stands in the crowd's report."""
    return gather(crowded, Wanted(title="Crowd"))


@pytest.fixture(scope="session")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of documents that try to break out of a page."""
    docs, reader = hostile()
    path = tmp_path_factory.mktemp("hostile") / "hostile.duckdb"
    with open_ledger(path) as opened:
        read_into(opened, docs, reader=reader)
        for name in HOSTILE_NAMES:  # kept out by themselves, but a person may let them in
            opened.decide("promote", name, by="tester")
    return path
