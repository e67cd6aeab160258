"""`frenemy review`, `judge`, `judgements`, `watchlist`: as a person types them, in a pipe and at a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from tests.readers import ScriptedReader

from frenemy.model import Document
from frenemy.pipeline import login_name, open_ledger, read_into
from frenemy.views.cli import main


def run(path: Path, *arguments: str, keys: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--ledger", str(path)], input=keys)


def review(path: Path, keys: str, *options: str) -> Result:
    return run(path, "review", "--kind", "tie", "--weak", "0.95", *options, keys=keys)


def judged(path: Path) -> list[tuple[str, str]]:
    with open_ledger(path, read_only=True) as ledger:
        return [(judgement.kind, judgement.by) for judgement in ledger.judgements()]


def groups() -> list[tuple[str, str, click.Command]]:
    found = [(name, group) for name, group in main.commands.items() if isinstance(group, click.Group)]
    return [(name, inner, command) for name, group in found for inner, command in group.commands.items()]


@pytest.mark.parametrize(("group", "name", "command"), groups(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_inner_command_has_help_with_an_example(group, name, command):
    assert f"frenemy {group} {name}" in (command.help or "")
    assert all(option.help for option in command.params if isinstance(option, click.Option))
    assert CliRunner().invoke(main, [group, name, "--help"]).exit_code == 0


def test_a_session_in_a_pipe_takes_a_line_for_a_key(ledger_path):
    done = review(ledger_path, "y\nno\nskip\nwhat\nq\n", "--by", "ann")
    assert done.exit_code == 0
    assert judged(ledger_path) == [("right", "ann"), ("wrong", "ann")]
    assert "1 of 8 · tie" in done.stdout
    assert "“" in done.stdout
    assert "y yes, n no, s skip, u undo, q quit\n" in done.stdout
    assert "2 judgements made" in done.stdout
    assert "5 questions left" in done.stdout


def test_undo_goes_back_to_the_question_and_takes_the_answer_back(ledger_path):
    done = review(ledger_path, "u\ny\nu\nn\ns\nu\nu\nq\n", "--by", "ann")
    assert "Nothing was answered in this sitting" in done.stdout
    assert done.stdout.count("1 of 8") == 3
    assert "0 judgements made" in done.stdout
    assert [kind for kind, _ in judged(ledger_path)] == ["right", "right", "wrong", "wrong"]
    assert run(ledger_path, "judgements").stderr == "There is no judgement.\n"
    assert review(ledger_path, "q\n").stdout.count("1 of 8") == 1


def test_the_end_of_the_input_loses_nothing(ledger_path):
    done = review(ledger_path, "y\n")
    assert (done.exit_code, judged(ledger_path)) == (0, [("right", login_name())])
    assert "1 judgement made" in done.stdout


def test_when_nothing_waits_that_is_said(ledger_path):
    assert run(ledger_path, "review", "--kind", "tie", "--weak", "0.1", keys="").stdout == "Nothing waits for a person.\n"


def test_the_queue_as_json_lines_and_back(ledger_path, tmp_path):
    written = run(ledger_path, "review", "--weak", "0.95", "--format", "jsonl").stdout
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["value"] for line in lines] == sorted((line["value"] for line in lines), reverse=True)
    assert all(line["answer"] is None and line["evidence"] for line in lines)
    lines[0]["answer"], lines[1]["answer"] = "n", "y"
    file = tmp_path / "answers.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    done = run(ledger_path, "review", "--apply", str(file), "--by", "ann")
    assert done.stdout == f"Applied 2 answers; 0 known already; {len(lines) - 2} left open.\n"
    assert judged(ledger_path) == [("wrong", "ann"), ("right", "ann")]
    assert "0 answers; 2 known" in run(ledger_path, "review", "--apply", "-", keys=file.read_text()).stdout


def test_a_broken_file_of_answers_is_refused_with_its_line(ledger_path, tmp_path):
    file = tmp_path / "answers.jsonl"
    file.write_text('{"kind": "same", "subjects": ["OpenAI", "Meta"]}\nnot json\n')
    done = run(ledger_path, "review", "--apply", str(file))
    assert (done.exit_code, judged(ledger_path)) == (2, [])
    assert "line 2: not a JSON object. Nothing was applied." in done.stderr
    file.write_text('{"kind": "same", "subjects": ["OpenAI", "Nobody Knows"]}\n')
    assert f"{file}, line 1: Nobody in the ledger" in run(ledger_path, "review", "--apply", str(file)).stderr
    assert "No such file" in run(ledger_path, "review", "--apply", str(tmp_path / "none")).stderr


class Terminal:
    """A session at a terminal of its own."""

    def __init__(self, path: Path, *arguments: str) -> None:
        self.screen = ""
        self._terminal, inner = pty.openpty()
        script = "from frenemy.views.cli import main; main()"
        environment = {**os.environ, "COLUMNS": "80", "TERM": "dumb"}
        command = [sys.executable, "-c", script, *arguments, "--ledger", str(path)]
        self.process = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, env=environment, start_new_session=True)
        os.close(inner)

    def until(self, text: str, seconds: float = 30) -> None:
        ends = time.monotonic() + seconds
        seen = len(self.screen)
        while text not in self.screen[seen:]:
            assert time.monotonic() < ends, self.screen
            if not select.select([self._terminal], [], [], 0.2)[0]:
                continue
            try:
                self.screen += os.read(self._terminal, 4096).decode(errors="replace")
            except OSError:  # the session is over
                break

    def press(self, key: str) -> None:
        while termios.tcgetattr(self._terminal)[3] & termios.ICANON:  # it still prints: what is typed now would be thrown away
            time.sleep(0.01)
        os.write(self._terminal, key.encode())

    def end(self) -> int:
        self.until("\0never")
        os.close(self._terminal)
        return self.process.wait(30)


@pytest.mark.parametrize("last", ["\x03", "\x04", "q"])
def test_keys_at_a_terminal_and_a_way_out_that_loses_nothing(ledger_path, last):
    terminal = Terminal(ledger_path, "review", "--kind", "tie", "--weak", "0.95", "--by", "ann")
    for key in ("y", "n", "u", "s"):
        terminal.until("q quit: ")
        terminal.press(key)
    terminal.until("q quit: ")
    terminal.press(last)
    assert terminal.end() == 0
    assert "1 judgement made" in terminal.screen
    assert [kind for kind, _ in judged(ledger_path)] == ["right", "wrong", "wrong"]
    assert max(len(line) for line in terminal.screen.replace("\r", "").split("\n")) <= 80


def test_a_kill_in_the_middle_loses_nothing(ledger_path):
    terminal = Terminal(ledger_path, "review", "--kind", "tie", "--weak", "0.95", "--by", "ann")
    terminal.until("q quit: ")
    terminal.press("n")
    terminal.until("2 of 8")
    terminal.process.kill()
    assert terminal.end() == -signal.SIGKILL
    assert judged(ledger_path) == [("wrong", "ann")]


def test_others_may_ask_while_a_person_thinks(ledger_path):
    terminal = Terminal(ledger_path, "review", "--kind", "tie", "--weak", "0.95")
    terminal.until("q quit: ")
    with open_ledger(ledger_path) as ledger:
        ledger.decide("promote", "Elon Musk", by="bob")
        script = "from frenemy.views.cli import main; main()"
        other = [sys.executable, "-c", script, "judge", "wrong", ledger.ties()[0].id, "--ledger", str(ledger_path)]
        assert "in use by process" in subprocess.run(other, capture_output=True, text=True, check=False).stderr
        terminal.press("y")  # the ledger is held by us: the answer waits
        terminal.until("Not written")
    terminal.press("y")
    terminal.until("q quit: ")
    terminal.press("q")
    assert terminal.end() == 0
    assert [kind for kind, _ in judged(ledger_path)] == ["promote", "right"]


def test_a_document_and_a_watchlist_cannot_drive_the_terminal(tmp_path):
    evil, path = "Elon Musk\x1b]0;owned\x07 praised [red]Donald Trump[/red] \u202eyadot :smile:.", tmp_path / "evil.duckdb"
    with open_ledger(path) as ledger:
        read_into(ledger, [Document(text=evil, name="evil\x1b[2J", publisher="[bold]P\x9b")], reader=ScriptedReader())
    (tmp_path / "l.jsonl").write_text(json.dumps({"name": "Evil\x1b[2J\u202e", "aliases": ["E. Musk"], "id": "\x07[b]", "kind": "person"}))
    shown = run(path, "watchlist", "add", str(tmp_path / "l.jsonl"), "--name", "l\x1b]0;").stdout
    for arguments in (("review", "--weak", "1"), ("actor", "musk"), ("actors",), ("watchlist", "list")):
        shown += run(path, *arguments, keys="y\ny\n").stdout
    shown += run(path, "judgements").stdout
    assert "is Evil�[2J� of the watchlist l�]0;, entry �[b]" in " ".join(shown.split())
    assert "[red]Donald Trump[/red]" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e")


def test_single_judgements_and_their_list(ledger_path):
    done = run(ledger_path, "judge", "same", "openai", "meta", "--by", "ann", "--reason", "a merger", "--confidence", "0.8")
    assert done.stdout.startswith("“OpenAI” and “Meta” are the same actor. Judged by ann (")
    assert "OpenAI" not in run(ledger_path, "actors").stdout.split("also called")[1].split("Meta")[0]
    tie = json.loads(run(ledger_path, "review", "--kind", "tie", "--weak", "1", "--format", "jsonl").stdout.splitlines()[0])["subjects"][0]
    assert tie[:8] in run(ledger_path, "ties", "--ids").stdout
    assert f"tie {tie[:8]} is wrong" in run(ledger_path, "judge", "wrong", tie[:8]).stdout
    assert run(ledger_path, "judge", "dismiss", "EU").exit_code == 0
    assert run(ledger_path, "judge", "promote", "EU").exit_code == 0
    listed = run(ledger_path, "judgements").stdout
    assert "sure to 80%" in " ".join(listed.split())
    assert "a merger" in listed
    assert max(map(len, listed.splitlines())) <= 80
    lines = [json.loads(line) for line in run(ledger_path, "judgements", "--format", "jsonl").stdout.splitlines()]
    assert [line["kind"] for line in lines] == ["same", "wrong", "dismiss", "promote"]
    assert f"Took back {lines[0]['id']}" in run(ledger_path, "judge", "undo", lines[0]["id"]).stdout
    assert "Took back" in run(ledger_path, "judge", "undo").stdout
    assert [json.loads(line)["kind"] for line in run(ledger_path, "judgements", "--format", "jsonl").stdout.splitlines()] == [
        "wrong",
        "dismiss",
    ]
    assert "lifted" in run(ledger_path, "judgements", "--all").stdout


def test_judgements_travel_to_another_ledger(ledger_path, tmp_path):
    run(ledger_path, "judge", "same", "OpenAI", "Meta", "--by", "ann")
    written = run(ledger_path, "judgements", "--format", "jsonl").stdout
    run(ledger_path, "judge", "undo")
    assert "Applied 1 answers" in run(ledger_path, "review", "--apply", "-", "--by", "bob", keys=written).stdout
    assert judged(ledger_path)[-1] == ("same", "ann")


@pytest.mark.parametrize(
    "arguments",
    [("judge", "same", "a", "b"), ("judge", "undo"), ("review",), ("judgements",), ("watchlist", "list"), ("watchlist", "remove", "a")],
)
def test_no_ledger_is_made_where_there_is_none(tmp_path, arguments):
    done = run(tmp_path / "none.duckdb", *arguments)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "There is no ledger" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def watchlist(tmp_path) -> Path:
    file = tmp_path / "tech.csv"
    file.write_text("name,kind,wikidata,lei,note\nElon Musk,person,Q317521,,x\nMeta Platforms,company,Q380,,\nM. Zuckerberg,person,,,\n")
    return file


def test_watchlists_from_file_to_answers(ledger_path, watchlist):
    added = run(ledger_path, "watchlist", "add", str(watchlist), "--by", "ann")
    assert added.stdout.splitlines()[0] == "Added tech: 3 actors, 2 of them in the ledger, 1 in doubt."
    assert added.stderr == "frenemy: left out column 'note' (not used)\n"
    assert run(ledger_path, "watchlist", "add", str(watchlist)).stdout.startswith("Known already: tech")
    listed = run(ledger_path, "watchlist", "list").stdout
    assert "tech.csv" in listed
    assert "ann" in listed
    assert "wikidata:Q317521" in run(ledger_path, "actors").stdout
    only = run(ledger_path, "actors", "--only-watchlist", "--format", "csv").stdout
    assert [row["name"] for row in csv.DictReader(io.StringIO(only))] == ["Elon Musk", "Meta"]
    assert "may be M. Zuckerberg of the watchlist tech" in " ".join(run(ledger_path, "actor", "zuckerberg").stdout.split())
    done = run(ledger_path, "review", "--kind", "listing", "--by", "bob", keys="y\n")
    assert "“M. Zuckerberg” of the watchlist tech" in " ".join(done.stdout.split())
    assert "is M. Zuckerberg of the watchlist tech" in " ".join(run(ledger_path, "actor", "zuckerberg").stdout.split())
    assert "says bob" in run(ledger_path, "actor", "zuckerberg").stdout
    assert run(ledger_path, "watchlist", "remove", "tech").stdout == "Removed tech.\n"
    assert "wikidata" not in run(ledger_path, "actors").stdout


def test_only_watchlist_on_ties_between_and_report(ledger_path, watchlist, tmp_path):
    refused = run(ledger_path, "ties", "--only-watchlist")
    assert (refused.exit_code, "There is no watchlist in" in refused.stderr) == (2, True)
    watchlist.write_text("name,kind\nEuropean Union,organisation\n")
    run(ledger_path, "watchlist", "add", str(watchlist))
    assert len(run(ledger_path, "ties", "--only-watchlist", "--format", "jsonl").stdout.splitlines()) == 2
    assert "No tie between them is of an actor on a watchlist." in run(ledger_path, "between", "musk", "trump", "--only-watchlist").stdout
    assert "2 ties" in run(ledger_path, "between", "eu", "meta", "--watchlist", "tech").stdout
    assert "no watchlist 'none'" in run(ledger_path, "ties", "--watchlist", "none").stderr
    run(ledger_path, "report", "--only-watchlist", "-o", str(tmp_path / "r.html"))
    page = (tmp_path / "r.html").read_text()
    assert "European Union" in page
    assert "OpenAI" not in page


def test_a_bad_watchlist_adds_nothing(ledger_path, watchlist):
    watchlist.write_text("name,kind\nElon Musk,person\nMeta,horse\n")
    done = run(ledger_path, "watchlist", "add", str(watchlist))
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "line 3: the kind 'horse'" in done.stderr
    assert "There is no watchlist" in run(ledger_path, "watchlist", "list").stderr


def test_actors_and_actor_for_other_programs(ledger_path, watchlist):
    run(ledger_path, "watchlist", "add", str(watchlist))
    lines = [json.loads(line) for line in run(ledger_path, "actors", "--format", "jsonl").stdout.splitlines()]
    assert len(lines) == 7
    musk = next(line for line in lines if line["id"] == "elon-musk")
    assert (musk["aliases"], musk["ids"], musk["mentions"]) == (["Musk"], ["wikidata:Q317521"], 8)
    assert len(run(ledger_path, "actors", "--format", "jsonl", "--limit", "2").stdout.splitlines()) == 2
    told = json.loads(run(ledger_path, "actor", "zuckerberg", "--format", "jsonl").stdout)
    assert told["roles"] == [
        {
            "type": "FOUNDED",
            "says": "founded",
            "other": "Meta",
            "other_id": "meta",
            "since": "2004",
            "until": "2004",
            "published": ["2019-06-01", "2019-06-01"],
            "ties": 1,
        }
    ]
    assert told["mentioned"][0]["quote"] == "Musk met Mark Zuckerberg."
    assert {why["name"] for why in json.loads(run(ledger_path, "actor", "musk", "--format", "jsonl").stdout)["reasons"]} == {"Musk"}
    [row] = csv.DictReader(io.StringIO(run(ledger_path, "actor", "musk", "--format", "csv").stdout))
    assert (row["id"], row["aliases"]) == ("elon-musk", "Musk")


def test_the_page_of_an_actor_says_what_is_behind_it(ledger_path):
    shown = run(ledger_path, "actor", "zuckerberg", "--quotes", "1").stdout
    for piece in ("Roles", "founded  Meta", "2004", "How it stands to others", "Named in", "“Musk met Mark Zuckerberg.”"):
        assert piece in shown
    assert "joined Elon Musk" not in shown
    assert "Why its names are one actor" in run(ledger_path, "actor", "musk").stdout
    assert "founded" not in run(ledger_path, "actor", "zuckerberg", "--known-by", "2018").stdout
    assert max(map(len, shown.splitlines())) <= 80


def test_an_actor_in_a_notebook(ledger_path):
    with open_ledger(ledger_path, read_only=True) as ledger:
        page = ledger.actor("zuckerberg")._repr_html_()
    assert "<h3>Mark Zuckerberg <small>(person)</small></h3>" in page
    assert "<td>founded</td><td>Meta</td><td>2004</td>" in page
    assert "Musk met Mark Zuckerberg." in page
