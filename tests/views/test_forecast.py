"""`frenemy forecast`: as a table, as JSON lines and as CSV."""

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

TURNED = {
    2016: "In the autumn Elon Musk accused Donald Trump in 2016, for the second time. It was raining.",
    2017: "Asked about his years in office, Elon Musk mocked Donald Trump in 2017. So it goes.",
    2024: "Before the vote Elon Musk endorsed Donald Trump in 2024. Then he went home.",
    2025: "Elon Musk praised Donald Trump in 2025. Some had seen it coming.",
    2026: "Mark Zuckerberg praised Jeff Bezos in 2026. Nobody was astonished by that.",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_ledger(tmp_path / "f.duckdb") as ledger:
        docs = [Document(text=text, name=f"n{year}", published=date(year, 6, 1), publisher="T") for year, text in TURNED.items()]
        undated = Document(text="It is said that Mark Zuckerberg mocked Elon Musk.", name="undated")
        read_into(ledger, [*docs, undated], reader=ScriptedReader())
    return tmp_path / "f.duckdb"


def run(path: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["forecast", *arguments, "--ledger", str(path)])
    assert result.exit_code == 0, result.output
    return result


def test_a_pair_with_its_scenarios(path):
    shown = run(path, "musk", "trump").stdout
    lines = shown.splitlines()
    assert lines[0] == "Donald Trump and Elon Musk as of 2026-06-01"
    assert lines[1] == "from 4 of their own ties and nothing else"
    assert [line.split()[0] for line in lines[3:8]] == ["2026-06-01", "2026-07-01", "2026-09-01", "2026-12-01", "2027-06-01"]
    assert "SUPPORT, as a fact" in shown
    assert "ACCUSE, as a claim" in shown
    assert max(map(len, lines)) <= 80


def test_the_clocks_are_the_ledgers(path):
    def friendly(*arguments: str) -> float:
        return float(json.loads(run(path, "musk", "trump", "--format", "jsonl", *arguments).stdout.splitlines()[0])["friendly"])

    assert friendly() > 0.7
    assert friendly("--as-of", "2018") < 0.3
    assert friendly("--known-by", "2018", "--as-of", "2025") < 0.5


def test_for_other_programs_it_is_what_python_gives(path):
    lines = [json.loads(line) for line in run(path, "musk", "trump", "--as-of", "2025", "--format", "jsonl").stdout.splitlines()]
    with open_ledger(path, read_only=True) as ledger:
        told = ledger.forecast("Elon Musk", "Donald Trump", as_of=date(2025, 12, 31))
    looks = [told.now, *told.outlooks, *(look for case in told.scenarios for look in (case.now, *case.outlooks))]
    assert [(line["at"], line["friendly"], line["hostile"]) for line in lines] == [
        (look.at.isoformat(), round(look.friendly, 4), round(look.hostile, 4)) for look in looks
    ]
    assert {tuple(line["ties"]) for line in lines} == {told.because}
    rows = list(csv.DictReader(io.StringIO(run(path, "musk", "trump", "--as-of", "2025", "--format", "csv").stdout)))
    assert [float(row["friendly"]) for row in rows] == [line["friendly"] for line in lines]
    assert rows[-1]["word"] == "other"


def test_a_pair_that_nothing_dated_is_told_of_gets_the_prior(path):
    told = run(path, "musk", "zuckerberg")
    assert "No dated tie says" in told.stdout
    assert told.stdout.count("48%") >= 10
    assert told.stderr == "1 tie without any date left out.\n"


def test_nobody_and_the_same_actor_are_complaints(path):
    for pair in (("nobody", "musk"), ("musk", "elon musk")):
        assert CliRunner().invoke(main, ["forecast", *pair, "--ledger", str(path)]).exit_code == 2


def test_no_day_is_too_late(path):
    assert "9999-12-31" in run(path, "musk", "trump", "--as-of", "9999").stdout
