"""What tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from frenemy.pipeline import OpenLedger, open_ledger, read_into
from tests.readers import ScriptedReader
from tests.samples import samples


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[OpenLedger]:
    """A ledger that holds the samples."""
    with open_ledger(tmp_path / "test.duckdb") as opened:
        read_into(opened, samples(), reader=ScriptedReader())
        yield opened


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    """The path of a ledger that holds the samples and is closed."""
    path = tmp_path / "test.duckdb"
    with open_ledger(path) as opened:
        read_into(opened, samples(), reader=ScriptedReader())
    return path
