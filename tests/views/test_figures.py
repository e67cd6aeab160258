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


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Three papers on one valuation: two disagree in a month, one is rounded; a year later there is a fourth."""
    said = (("a", "$50 billion", 5e10, 2), ("b", "$80 billion", 8e10, 9), ("c", "$49.8 billion", 4.98e10, 12))
    docs = [(name, f"xAI is worth {text}, says paper {name}.", amount, date(2024, 5, day)) for name, text, amount, day in said]
    docs.append(("d", "xAI is worth $90 billion now.", 9e10, date(2025, 5, 2)))
    with open_ledger(tmp_path / "f.duckdb") as ledger:
        for name, text, amount, day in docs:
            doc = Document(text=text, name=name, published=day, publisher=f"Paper {name}")
            quote = text[: text.index("billion") + 7]
            ledger.add(Reading(document=doc, figures=(figure(doc, quote, kind="valuation", amount=amount, unit="USD"),)))
    return tmp_path / "f.duckdb"


def test_contradictions_are_marked_and_later_values_are_none(papers):
    shown = run(papers)
    assert shown.stdout.count("contradicted by") == 4
    assert "contradicted by Paper b: 80 billion USD" in shown.stdout
    series = run(papers, "--over-time").stdout
    assert "xAI: valuation, USD (4 sources)" in series
    last = next(line for line in series.splitlines() if line.startswith("2025-05-02"))
    assert "but" not in last
    assert max(map(len, series.splitlines())) <= 80


def test_series_as_lines_and_rows(papers):
    [line] = [json.loads(line) for line in run(papers, "--over-time", "--format", "jsonl").stdout.splitlines()]
    assert [amount["amount"] for amount in line["amounts"]] == [5e10, 8e10, 4.98e10, 9e10]
    assert line["contradictions"] == [[0, 1], [1, 2]]
    rows = list(csv.DictReader(io.StringIO(run(papers, "--over-time", "--format", "csv").stdout)))
    assert [row["contradicted_by"] for row in rows] == [
        "Paper b: 80 billion USD",
        "Paper a: 50 billion USD; Paper c: 49.8 billion USD",
        "Paper b: 80 billion USD",
        "",
    ]
    assert run(papers, "--over-time", "--kind", "votes").stderr == "No figure in the ledger fits.\n"
