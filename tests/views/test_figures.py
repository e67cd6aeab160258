"""`frenemy figures`, and what the ledger answers it with."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from frenemy.ledger import FigureFilter
from frenemy.ledger.figures import FIGURES_FILE_FIELDS
from frenemy.model import Document, Figure, Mention, Quote, Reading
from frenemy.pipeline import open_ledger
from frenemy.views.cli import main

TEXT = "xAI is worth $50 billion. In 2023 xAI may have hired 300 engineers. =xAI\x1b[2J owns 4%."


def figure(doc: Document, quote: str, **said: object) -> Figure:
    start = doc.text.index("xAI", doc.text.index(quote))
    subject = Mention(document=doc.id, start=start, end=start + 3, text="xAI", name="xAI", kind="company")
    at = doc.text.index(quote)
    return Figure(subject=subject, quote=Quote(document=doc.id, start=at, end=at + len(quote), text=quote), **said)  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    doc = Document(text=TEXT, name="a", published=date(2024, 11, 22), publisher="The Test")
    found = (
        figure(doc, "xAI is worth $50 billion", kind="valuation", amount=5e10, unit="USD"),
        figure(doc, "xAI may have hired 300 engineers", kind="staff", amount=300.0, unit="engineers", status="speculated", when="2023"),
        figure(doc, "=xAI\x1b[2J owns 4%", kind="stake", amount=4.0, unit="%"),
    )
    with open_ledger(tmp_path / "f.duckdb") as ledger:
        ledger.add(Reading(document=doc, figures=found))
    return tmp_path / "f.duckdb"


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["figures", "xai", *arguments, "--ledger", str(path)])


def test_the_table_is_safe_and_oldest_first(path):
    shown = run(path)
    assert shown.exit_code == 0
    assert "printed 2024-11-22  valuation  50 billion USD\n" in shown.stdout
    assert "2023  staff  300 engineers  (speculated)\n" in shown.stdout
    assert shown.stdout.index("staff") < shown.stdout.index("valuation")
    assert "\x1b" not in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_jsonl_and_csv_have_exactly_their_fields(path):
    lines = [json.loads(line) for line in run(path, "--format", "jsonl").stdout.splitlines()]
    assert all(tuple(line) == FIGURES_FILE_FIELDS for line in lines)
    assert [(line["subject"], line["kind"], line["when"], line["published"]) for line in lines][:2] == [
        ("xAI", "staff", "2023", "2024-11-22"),
        ("xAI", "valuation", None, "2024-11-22"),
    ]
    assert all(TEXT[line["start"] : line["end"]] == line["quote"] for line in lines)
    rows = list(csv.DictReader(io.StringIO(run(path, "--format", "csv").stdout)))
    assert [row["amount"] for row in rows] == ["300.0", "50000000000.0", "4.0"]
    assert rows[2]["quote"].startswith("'=")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--kind", "valuation", "--kind", "staff"), 2),
        (("--unit", "%"), 1),
        (("--status", "speculated"), 1),
        (("--as-of", "2023-12-31"), 1),
        (("--known-by", "2024"), 3),
        (("--known-by", "2023"), 0),
    ],
)
def test_filters(path, options, count):
    done = run(path, "--format", "jsonl", *options)
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, count)


def test_none_is_said_and_a_stranger_is_complained_of(path):
    assert run(path, "--kind", "votes").stderr == "No figure in the ledger fits.\n"
    done = CliRunner().invoke(main, ["figures", "nobody", "--ledger", str(path)])
    assert done.exit_code == 2
    assert "Nobody in the ledger" in done.stderr


def test_the_ledger_answers_without_a_filter(path):
    with open_ledger(path) as ledger:
        assert len(ledger.figures()) == 3
        (one,) = ledger.figures(FigureFilter(units=("USD",)))
        assert (one.subject_id, one.said, one.dated) == ("xai", "50 billion USD", "printed 2024-11-22")
