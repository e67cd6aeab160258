"""`frenemy claims`, and what the ledger answers it with."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.readers import ScriptedReader

from frenemy.model import Document
from frenemy.pipeline import open_ledger, read_into
from frenemy.views.cli import main
from frenemy.views.commands.claims import FIELDS

TEXTS = {
    "one": "Musk accused Jeff Bezos. It was a dull day\x1b[2J in town. Trump praised Musk.",
    "two": "Musk denied that Musk accused Jeff Bezos. The rest of the day was spent on other things.",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    docs = [Document(text=text, name=name, published=date(2024, 11, 22), publisher=f"Paper {name}") for name, text in TEXTS.items()]
    with open_ledger(tmp_path / "c.duckdb") as ledger:
        read_into(ledger, docs, reader=ScriptedReader())
    return tmp_path / "c.duckdb"


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["claims", *arguments, "--ledger", str(path)])


def test_the_quotes_stand_side_by_side(path):
    shown = run(path, "--disputed")
    assert shown.exit_code == 0
    assert "2024-11-22  - ACCUSE  Musk → Jeff Bezos  denied" in shown.stdout
    assert "claimed by Paper one; against it Musk" in shown.stdout
    line = next(line for line in shown.stdout.splitlines() if "“Musk accused" in line)
    assert "“Musk denied that" in line
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert "\x1b" not in shown.stdout


def test_the_documents_own_word_is_left_out_unless_asked_for(path):
    lines = [json.loads(line) for line in run(path, "--format", "jsonl").stdout.splitlines()]
    assert [(line["type"], line["standing"], line["denied_by"]) for line in lines] == [("ACCUSE", "denied", ["Musk"])]
    assert [side["quote"] for side in (lines[0]["disputes"][0]["claim"], lines[0]["disputes"][0]["against"])] == [
        "Musk accused Jeff Bezos.",
        "Musk denied that Musk accused Jeff Bezos.",
    ]
    assert len(run(path, "--format", "jsonl", "--all").stdout.splitlines()) == 2


def test_csv_has_its_fields(path):
    [row] = csv.DictReader(io.StringIO(run(path, "--format", "csv").stdout))
    assert tuple(row) == FIELDS
    assert (row["asserted_by"], row["against_quote"]) == ("Paper one", "Musk denied that Musk accused Jeff Bezos.")


@pytest.mark.parametrize(("options", "count"), [(("--actor", "bezos"), 1), (("--actor", "trump"), 0), (("--known-by", "2023"), 0)])
def test_filters(path, options, count):
    done = run(path, "--format", "jsonl", *options)
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, count)


def test_none_is_said(path):
    assert run(path, "--known-by", "2023").stderr == "No claim in the ledger fits.\n"
