"""`frenemy blocs` and `frenemy balance`, and what the ledger answers them with."""

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

CAMPS = (("Ada", "Ben", "Cleo"), ("Xan", "Yve", "Zed"))
KINDS = {name: "person" for camp in CAMPS for name in camp} | {"Cleo\u202e": "person"}


def story(day: date, pairs: dict[tuple[str, str], str]) -> Document:
    text = " ".join(f"{one} {verb} {other} at the fair." for (one, other), verb in pairs.items())
    return Document(text=text, name=f"story-{day}", published=day, publisher="Post")


def camps(one: tuple[str, ...], other: tuple[str, ...]) -> dict[tuple[str, str], str]:
    within = {(a, b): "praised" for camp in (one, other) for a in camp for b in camp if a < b}
    return within | {(a, b): "accused" for a in one for b in other}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two camps; Cleo leaves hers for the other between 2020 and 2024, and Ada and Ben fall out."""
    early = camps(*CAMPS)
    late = camps(("Ada", "Ben"), ("Cleo", "Xan", "Yve", "Zed")) | {("Ada", "Ben"): "praised", ("Ada", "Zed"): "praised"}
    path = tmp_path_factory.mktemp("network") / "n.duckdb"
    with open_ledger(path) as ledger:
        read_into(ledger, [story(date(2020, 5, 1), early), story(date(2024, 5, 1), late)], reader=ScriptedReader(KINDS))
    return path


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--ledger", str(path)])


def test_the_ledger_gives_the_camps_of_each_date(path):
    with open_ledger(path, read_only=True) as ledger:
        early, late = ledger.blocs(as_of=date(2020, 6, 1)), ledger.blocs(k=2, as_of=date(2024, 6, 1), since=date(2020, 6, 1))
    assert [{member.name for member in bloc} for bloc in early.blocs] == [set(camp) for camp in CAMPS]
    assert (early.misfits, early.unique, early.moved, early.partition.proven) == ((), True, (), True)
    assert {member.name for member in late.blocs[0]} == {"Cleo", "Xan", "Yve", "Zed"}
    (misfit,) = late.misfits
    assert {misfit.one, misfit.other} == {"Ada", "Zed"}
    assert misfit.tie is not None
    assert misfit.tie.quote == "Ada praised Zed at the fair."
    (moved,) = late.moved
    assert (moved.name, moved.left, moved.joined) == ("Cleo", ("Ada", "Ben"), ("Xan", "Yve", "Zed"))


def test_blocs_are_printed_with_what_does_not_fit_and_why(path):
    shown = run(path, "blocs", "--k", "2", "--as-of", "2024-06", "--since", "2020-06")
    assert shown.exit_code == 0
    assert "proven least" in shown.stdout
    assert "Bloc 1 (4)\nCleo, Xan" in shown.stdout
    assert "friends in two blocs" in shown.stdout
    assert "“Ada praised Zed at the fair.”" in shown.stdout
    assert "Cleo left Ada, Ben and joined Xan, Yve, Zed" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_nobody_moved_is_said(path):
    shown = run(path, "blocs", "--as-of", "2020-07", "--since", "2020-06", "--draws", "0")
    assert "nobody who was there has changed sides" in shown.stdout


def test_lines_hold_members_misfits_and_moves(path):
    arguments = ("blocs", "--k", "2", "--as-of", "2024-06", "--since", "2020-06", "--format")
    lines = [json.loads(line) for line in run(path, *arguments, "jsonl").stdout.splitlines()]
    assert [line["kind"] for line in lines] == ["member"] * 6 + ["misfit", "moved"]
    assert lines[-2]["quote"] == "Ada praised Zed at the fair."
    rows = list(csv.DictReader(io.StringIO(run(path, *arguments, "csv").stdout)))
    assert [row["actor"] for row in rows] == [line["actor"] for line in lines]
    assert rows[-1]["joined"] == "Xan; Yve; Zed"


def test_balance_is_measured_and_the_least_balanced_named(path):
    shown = run(path, "balance", "--as-of", "2020-06")
    assert shown.exit_code == 0
    measures = dict(line.rsplit(maxsplit=1) for line in shown.stdout.splitlines() if line.strip())
    assert (measures["actors"], measures["ties"], measures["triads +++"], measures["triads +--"]) == ("6", "15", "2", "18")
    assert (measures["balanced triads"], measures["frustration index"]) == ("1", "0")
    late = json.loads(run(path, "balance", "--as-of", "2024-06", "--format", "jsonl").stdout)
    assert late["frustration index"] == late["at least"] == 1
    assert "Ada" in run(path, "balance", "--as-of", "2024-06").stdout.split("unbalanced  triads")[1]


def test_an_empty_ledger_says_so(tmp_path):
    with open_ledger(tmp_path / "e.duckdb"):
        pass
    shown = run(tmp_path / "e.duckdb", "blocs")
    assert shown.exit_code == 0
    assert "No actor has a friendly or hostile tie." in shown.stderr
    assert run(tmp_path / "e.duckdb", "balance").exit_code == 0
