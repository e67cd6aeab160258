"""`frenemy stance` and `frenemy shifts`: as a table, as JSON lines and as CSV."""

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
    2015: "Elon Musk mocked Donald Trump in 2015. Nobody was astonished by that.",
    2016: "In the autumn Elon Musk accused Donald Trump in 2016, for the second time. It was raining.",
    2017: "Asked about his years in office, Elon Musk mocked Donald Trump in 2017. So it goes.",
    2023: "A new tone: Elon Musk praised Donald Trump in 2023. Some had seen it coming.",
    2024: "Before the vote Elon Musk endorsed Donald Trump in 2024. =Trump\x1b[2J was glad.",
    2025: "Elon Musk praised Donald Trump in 2025. Then he went home. Mark Zuckerberg praised Elon Musk.",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_ledger(tmp_path / "s.duckdb") as ledger:
        docs = [Document(text=text, name=f"n{year}", published=date(year, 6, 1), publisher="T") for year, text in TURNED.items()]
        undated = Document(text="It is said that Mark Zuckerberg met Elon Musk. Mark Zuckerberg mocked Elon Musk.", name="undated")
        read_into(ledger, [*docs, undated], reader=ScriptedReader())
    return tmp_path / "s.duckdb"


def run(path: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments, "--ledger", str(path)])
    assert result.exit_code == 0, result.output
    return result


def test_a_pair_at_a_date(path):
    then, now = run(path, "stance", "musk", "trump", "--as-of", "2018").stdout, run(path, "stance", "musk", "trump").stdout
    assert then.startswith("Donald Trump and Elon Musk on 2018-12-31\n")
    assert "against" in then
    assert "mocked Donald Trump in 2017" in then
    assert "praised" not in then
    assert "endorsed Donald Trump in 2024" in now
    assert "\x1b" not in now
    assert max(map(len, now.splitlines())) <= 80


def test_known_by_looks_at_when_it_was_printed(path):
    shown = run(path, "stance", "musk", "trump", "--known-by", "2016-12").stdout
    assert "2016" in shown
    assert "2017" not in shown


def test_everybody_an_actor_stands_to_and_what_is_left_out(path):
    lines = [json.loads(line) for line in run(path, "stance", "musk", "--format", "jsonl").stdout.splitlines()]
    assert {frozenset((line["source"], line["target"])) for line in lines} == {
        frozenset(("Elon Musk", "Donald Trump")),
        frozenset(("Elon Musk", "Mark Zuckerberg")),
    }
    assert all(abs(sum(line["shares"]) - line["value"]) < 0.001 and len(line["ties"]) == len(line["shares"]) for line in lines)
    told = run(path, "stance", "musk", "--as-of", "2025")
    assert "Elon Musk ↔ Mark Zuckerberg" in told.stdout
    assert "2 ties without any date left out." in told.stderr


def test_shifts_with_quotes_from_both_sides(path):
    shown = run(path, "shifts").stdout
    assert "Donald Trump and Elon Musk: from foes to friends" in shown
    flat = " ".join(shown.split())
    before, after = flat.index("Elon Musk mocked"), flat.index("Elon Musk praised")
    assert before < after
    assert "\x1b" not in shown


def test_shifts_of_an_actor_since_a_date(path):
    assert "from foes" in run(path, "shifts", "--actor", "musk", "--since", "2020").stdout
    assert "No shift" in run(path, "shifts", "--actor", "zuckerberg").stderr
    assert "No shift" in run(path, "shifts", "--since", "2025").stderr
    assert "No shift" in run(path, "shifts", "--as-of", "2020").stderr
    assert CliRunner().invoke(main, ["shifts", *["--actor", "a"] * 3, "--ledger", str(path)]).exit_code == 2


def test_shifts_for_other_programs(path):
    [line] = [json.loads(line) for line in run(path, "shifts", "--format", "jsonl").stdout.splitlines()]
    assert (line["before"], line["after"], line["alongside"]) == ("-", "+", [])
    assert line["earliest"] <= line["at"] <= line["latest"]
    [row] = csv.DictReader(io.StringIO(run(path, "shifts", "--format", "csv").stdout))
    assert (row["before"], row["after"]) == ("-", "+")
    assert row["ties_before"].split("; ") == line["ties_before"]


def test_nobody_and_the_same_actor_are_complaints(path):
    for arguments in (("stance", "nobody"), ("stance", "musk", "elon musk"), ("shifts", "--actor", "nobody")):
        assert CliRunner().invoke(main, [*arguments, "--ledger", str(path)]).exit_code == 2
