"""`frenemy watch`, and files of rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from tests.readers import ScriptedReader

from frenemy.errors import RuleError
from frenemy.pipeline import newswatch
from frenemy.pipeline.newswatch import Round, load_rules
from frenemy.views.cli import main
from frenemy.views.commands import watch as command

YAML = """
alarms:
  - kind: shift
    actors: [Elon Musk, "watchlist:rich"]
  - name: Musk turns
    kind: tie
    between: [Elon Musk, Donald Trump]
    types: [accuse, SANCTION]
    signs: ["-"]
    min_confidence: 0.6
bells:
  - kind: file
    path: alarms.jsonl
"""
TOML = """
[[alarms]]
kind = "shift"
actors = ["Elon Musk", "watchlist:rich"]
[[alarms]]
name = "Musk turns"
kind = "tie"
between = ["Elon Musk", "Donald Trump"]
types = ["accuse", "SANCTION"]
signs = ["against"]
min_confidence = 0.6
[[bells]]
kind = "file"
path = "alarms.jsonl"
"""


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two stories; the shipped reader gives way to the scripted one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "choose_reader", lambda _: ScriptedReader())
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "one.txt").write_text("Elon Musk praised Donald Trump on that long day.", encoding="utf-8")
    (folder / "two.txt").write_text("Elon Musk accused Jeff Bezos on that short day.", encoding="utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["watch", "inbox", "--ledger", "l.duckdb", *arguments])


def test_a_round_prints_its_alarms_and_remembers_them(inbox):
    first = run("--once", "--on", "tie", "--jsonl", "alarms.jsonl")
    assert first.exit_code == 0, first.output
    assert "Elon Musk → Donald Trump: + SUPPORT (any tie)" in first.stdout
    assert "Read 2 documents with 2 ties; 2 alarms" in first.stderr
    second = run("--once", "--on", "tie", "--jsonl", "alarms.jsonl")
    assert (second.exit_code, second.stdout) == (0, "")
    lines = [json.loads(line) for line in Path("alarms.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(line["says"] for line in lines) == ["Elon Musk → Donald Trump: + SUPPORT", "Elon Musk → Jeff Bezos: - ACCUSE"]
    assert Path("l.duckdb.watch").exists()


def test_options_narrow_and_quiet_is_quiet(inbox):
    done = run("--once", "--on", "tie", "--between", "trump", "musk", "--quiet", "--jsonl", "alarms.jsonl", "--state", "s")
    assert (done.exit_code, done.stdout) == (0, "")
    assert len(Path("alarms.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_a_failure_is_a_line_and_status_1(inbox):
    (inbox / "bad\x1b[2J.pdf").write_bytes(b"%PDF-1.4 not really")
    done = run("--once")
    assert done.exit_code == 1
    assert "\x1b" not in done.stderr
    assert "Read 2 documents with 2 ties; 1 failed" in done.stderr


def test_rounds_go_on_until_stopped(inbox, monkeypatch):
    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.extend([seconds] if seconds else [])
        if len(waits) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", pause)
    done = run("--every", "2h", "--on", "tie")
    assert done.exit_code == 2
    assert "stopped" in done.stderr
    assert done.stderr.count("Read ") == 2
    assert all(7000 < wait <= 7200 for wait in waits)


@pytest.mark.parametrize("text", ["soon", "0m", "15", "-1h"])
def test_a_span_of_time_that_is_none(text):
    with pytest.raises(click.BadParameter, match="no span of time"):
        command.Span().convert(text, None, None)


def test_without_the_extra_the_answer_is_how_to_get_it(inbox, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    done = CliRunner().invoke(main, ["watch", "https://news.example/feed", "--once", "--ledger", "l.duckdb"])
    assert done.exit_code == 2
    assert "pip install 'frenemy[watch]'" in done.stderr


def test_a_folder_alone_needs_no_extra(inbox, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    assert run("--once").exit_code == 0


@pytest.mark.parametrize(("name", "text"), [("r.yaml", YAML), ("r.toml", TOML)])
def test_a_file_of_rules(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = load_rules(tmp_path / name)
    shift, tie = found.rules
    assert (shift.name, shift.actors) == ("shift of Elon Musk, watchlist:rich", ("Elon Musk", "watchlist:rich"))
    assert (tie.name, tie.types, tie.signs, tie.min_confidence) == ("Musk turns", ("ACCUSE", "SANCTION"), ("-",), 0.6)
    assert found.bells == ({"kind": "file", "path": "alarms.jsonl"},)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("alarms: [", "r.yaml: "),
        ("- a", "holds no table"),
        ("rules: []", "'rules' means nothing"),
        ("alarms: {kind: tie}", "`alarms` must be a list of tables"),
        ("alarms: [{kind: quarrel}]", "alarm 1: `kind` is 'quarrel'"),
        ("alarms: [{kind: tie}, {kind: tie, between: [a]}]", "alarm 2: `between` must name two"),
        ("alarms: [{kind: tie, colour: red}]", "'colour' means nothing"),
        ("alarms: [{kind: shift, types: [ACCUSE]}]", "`types` is for rules on ties"),
        ("alarms: [{kind: tie, types: [HUGS]}]", "'HUGS' in `types` is none of"),
        ("alarms: [{kind: tie, signs: [-1]}]", "`signs` must be a list of words"),
        ("alarms: [{kind: tie, min_confidence: 2}]", "between 0 and 1"),
        ("alarms: [{kind: tie, actors: [1]}]", "`actors` must be a list of words"),
        ("bells: [{kind: gong}]", "`kind` is 'gong'"),
    ],
)
def test_a_bad_file_of_rules_is_said(inbox, text, reason):
    Path("r.yaml").write_text(text, encoding="utf-8")
    done = run("--once", "--rules", "r.yaml")
    assert done.exit_code == 2
    assert reason in done.stderr


def test_a_missing_file_of_rules(tmp_path):
    with pytest.raises(RuleError, match="No such file"):
        load_rules(tmp_path / "none.yaml")


def test_a_rounds_line():
    assert command.describe(Round(read=1, failures=[("a", "b")], waiting=2)) == (
        "Read 1 document with 0 ties; 1 failed; 0 alarms, 2 wait to be delivered, 0.0 s."
    )


def test_the_public_names():
    names: Any = newswatch.__all__
    assert names == sorted(names)
