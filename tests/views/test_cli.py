"""The commands as a user types them."""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from tests.readers import ScriptedReader

from frenemy.ledger.ties import TIES_FILE_FIELDS
from frenemy.model import Document
from frenemy.pipeline import open_ledger, read_into
from frenemy.views.cli import main

HEAVY = (
    "duckdb",
    "onnxruntime",
    "rich",
    "numpy",
    "trafilatura",
    "rigour",
    "jinja2",
    "polars",
    "pandas",
    "tokenizers",
    "spacy",
    "gliner",
    "matplotlib",
)


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--ledger", str(path)])


@pytest.fixture
def scripted(monkeypatch):
    """Reads with the scripted reader, since these tests are about the commands."""
    monkeypatch.setattr("frenemy.pipeline.reading._default_reader", ScriptedReader)


def test_help_is_quick_and_loads_nothing_heavy():
    script = (
        "import sys; from frenemy.views.cli import main; main(['--help'], standalone_mode=False); "
        f"print(sorted(set({HEAVY!r}) & {{name.partition('.')[0] for name in sys.modules}}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)  # time on the processor: a busy machine must not fail the test
        subprocess.run([sys.executable, "-c", "from frenemy.views.cli import main; main()", "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.3


@pytest.mark.parametrize("name", list(main.commands))
def test_every_command_has_help_with_an_example_and_every_option_is_explained(name):
    command = main.commands[name]
    assert command.help is not None
    assert f"frenemy {name}" in command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_version():
    assert CliRunner().invoke(main, ["--version"]).output.startswith("frenemy 0.")


def test_read_tells_what_it_did_and_goes_on_where_it_stopped(tmp_path, scripted):
    folder, path = tmp_path / "articles", tmp_path / "a.duckdb"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "Elon Musk mocked Donald Trump in 2017. It was a long and bitter year for the two of them and for the country."
    )
    (folder / "empty.txt").write_text("")
    first = run(path, "read", str(folder), "--publisher", "The Test", "--published", "2018-01-02")
    assert first.exit_code == 1
    assert "Read 1 document with 1 tie in" in first.stdout
    assert "1 failed" in first.stdout
    assert first.stderr.count("\n") == 1
    assert "empty.txt" in first.stderr
    assert "holds 1 document and 1 tie." in first.stdout
    second = run(path, "read", str(folder / "a.txt"))
    assert second.exit_code == 0
    assert "1 known already" in second.stdout
    told = json.loads(run(path, "ties", "--format", "jsonl").stdout)
    assert (told["doc"], told["publisher"], told["published"]) == ("a", "The Test", "2018-01-02")


def test_actors_and_actor(ledger_path):
    listed = run(ledger_path, "actors")
    assert listed.exit_code == 0
    assert "European Union" in listed.stdout
    assert "1 more" not in listed.stderr
    assert "more; --limit 7 shows all" in run(ledger_path, "actors", "--limit", "2").stderr
    shown = run(ledger_path, "actor", "musk")
    assert "Elon Musk (person)" in shown.stdout
    assert "2 with, 1 against" in shown.stdout


def test_between_shows_the_years_the_quotes_and_the_voices(ledger_path):
    shown = run(ledger_path, "between", "musk", "trump").stdout
    assert shown.startswith("Elon Musk and Donald Trump\n3 ties: 2 with, 1 against.")
    assert re.search(r"\nOn 2024-06-01: with \+0\.\d\d \(\+0\.\d\d to \+0\.\d\d\)\n2017 [▁-█]+ 2024  ▁ −0\.\d\d █ \+0\.\d\d\n", shown)
    assert shown.index("mocked") < shown.index("endorsed") < shown.index("praised")
    assert "The Daily Test, 2017-06-01" in shown
    denied = run(ledger_path, "between", "bezos", "musk").stdout
    assert "(denied, on the word of Jeff Bezos)" in " ".join(denied.split())
    assert "no tie between them" in run(ledger_path, "between", "openai", "trump").stdout
    assert "1 tie: 1 against" in run(ledger_path, "between", "musk", "trump", "--as-of", "2018").stdout


def test_the_ties_file_has_exactly_its_fields(ledger_path):
    lines = [json.loads(line) for line in run(ledger_path, "ties", "--format", "jsonl").stdout.splitlines()]
    assert len(lines) == 11
    assert all(tuple(line) == TIES_FILE_FIELDS for line in lines)
    rows = list(csv.DictReader(io.StringIO(run(ledger_path, "ties", "--format", "csv").stdout)))
    assert [row["quote"] for row in rows] == [line["quote"] for line in lines]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--status", "denied"), 1),
        (("--sign", "with"), 3),
        (("--sign", "-", "--actor", "openai"), 1),
        (("--actor", "musk", "--actor", "trump"), 3),
        (("--type", "accuse", "--type", "sanction"), 6),
        (("--since", "2025"), 2),
        (("--until", "2018-01"), 3),
        (("--known-by", "2017-12-31"), 2),
        (("--min-confidence", "0.95"), 0),
        (("--limit", "1"), 1),
    ],
)
def test_filters(ledger_path, options, count):
    assert len(run(ledger_path, "ties", "--format", "jsonl", *options).stdout.splitlines()) == count


def test_no_ties_is_said_and_no_failure(ledger_path):
    done = run(ledger_path, "ties", "--min-confidence", "1")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "No tie in the ledger fits.\n")


def test_tables_fit_eighty_columns(ledger_path):
    for arguments in (("actors",), ("actor", "musk"), ("between", "musk", "trump"), ("ties",)):
        output = run(ledger_path, *arguments).stdout
        assert max(map(len, output.splitlines())) <= 80


def test_check(ledger_path):
    done = run(ledger_path, "check")
    assert (done.exit_code, done.stdout) == (0, "4 documents, 23 mentions, 11 ties: 0 do not stand.\n")


def test_out_and_in_again(ledger_path, tmp_path):
    file = tmp_path / "ties.jsonl"
    file.write_text(run(ledger_path, "ties", "--format", "jsonl").stdout)
    assert "0 new ties; 11 known" in run(ledger_path, "import", str(file)).stdout
    assert run(ledger_path, "export", str(tmp_path / "out")).exit_code == 0
    assert "4 new documents" in run(tmp_path / "b.duckdb", "import", str(tmp_path / "out")).stdout
    file.write_text('{"doc": "nowhere", "start": 0, "end": 1, "quote": "a"}\n')
    assert run(ledger_path, "import", str(file)).exit_code == 1
    file.write_text("not json")
    broken = run(ledger_path, "import", str(file))
    assert (broken.exit_code, broken.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("actor", "nobody at all"), "Nobody in the ledger is called"),
        (("between", "musk", "elon musk"), "same actor"),
        (("ties", "--since", "soon"), "is no date"),
        (("ties", "--actor", "a", "--actor", "b", "--actor", "c"), "once or twice"),
        (("report", "-o", "/proc/none/report.html"), "Cannot write"),
    ],
)
def test_complaints_are_short_and_exit_with_2(ledger_path, arguments, complaint):
    done = run(ledger_path, *arguments)
    assert done.exit_code == 2
    assert complaint in done.stderr
    assert "Traceback" not in done.output


def test_a_wrong_ledger_is_one_line(tmp_path):
    (tmp_path / "x.duckdb").write_text("no")
    for path in (tmp_path, tmp_path / "x.duckdb", tmp_path / "none.duckdb"):
        done = run(path, "actors")
        assert done.exit_code == 2
        assert done.stderr.startswith("frenemy: ")
        assert done.stderr.count("\n") == 1


def test_a_document_cannot_drive_the_terminal(tmp_path):
    evil = "Elon Musk\x1b]0;owned\x07 praised [red]Donald Trump[/red] \u202eyadot :smile:."
    path = tmp_path / "evil.duckdb"
    with open_ledger(path) as ledger:
        read_into(ledger, [Document(text=evil, name="evil\x1b[2J", publisher="[bold]P\x9b")], reader=ScriptedReader())
    for arguments in (("between", "musk", "trump"), ("ties",), ("actors",), ("actor", "musk")):
        output = run(path, *arguments).stdout
        assert not set(output) & set("\x1b\x07\x9b\u202e")
    assert "[red]Donald Trump[/red]" in run(path, "between", "musk", "trump").stdout
    assert ":smile:" in run(path, "between", "musk", "trump").stdout
