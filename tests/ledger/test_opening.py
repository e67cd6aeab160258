"""What can be wrong with a ledger's path, and what a cut-off read leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from tests.readers import ScriptedReader
from tests.samples import many

from frenemy.errors import LedgerLocked, NotALedger
from frenemy.pipeline import open_ledger, read_into

ROOT = Path(__file__).parents[2]
SLOW_READ = """
import sys
from frenemy.pipeline import open_ledger, read_into
from tests.readers import ScriptedReader
from tests.samples import many
with open_ledger(sys.argv[1]) as ledger:
    read_into(ledger, many(400), reader=ScriptedReader(delay=0.005), progress=lambda summary: print(summary.read, flush=True))
"""


def start(script: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_a_folder_a_stranger_and_an_empty_file_are_no_ledgers(tmp_path):
    stranger, empty, foreign = tmp_path / "notes.txt", tmp_path / "empty.duckdb", tmp_path / "foreign.duckdb"
    stranger.write_text("I am not a ledger. " * 2000)
    empty.touch()
    duckdb.connect(str(foreign)).close()
    for path, reason in (
        (tmp_path, "is a folder"),
        (stranger, "not a ledger"),
        (empty, "empty file"),
        (foreign, "not a ledger of frenemy"),
    ):
        with pytest.raises(NotALedger, match=reason):
            open_ledger(path)
    assert stranger.read_text().startswith("I am not")


def test_another_schema_is_refused(tmp_path):
    path = tmp_path / "old.duckdb"
    open_ledger(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    with pytest.raises(NotALedger, match="schema 0"):
        open_ledger(path)


def test_asking_does_not_make_a_ledger(tmp_path):
    with pytest.raises(NotALedger, match="There is no ledger"):
        open_ledger(tmp_path / "none.duckdb", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_folders_on_the_way_are_made_and_nothing_else_is_left(tmp_path):
    open_ledger(tmp_path / "a" / "b" / "c.duckdb").close()
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["c.duckdb"]


def test_several_may_ask_at_once(ledger_path):
    with open_ledger(ledger_path, read_only=True) as one:
        script = "import sys; from frenemy.pipeline import open_ledger; print(len(open_ledger(sys.argv[1], read_only=True).ties()))"
        output, _ = start(script, ledger_path).communicate(timeout=60)
        assert int(output) == len(one.ties())


def test_a_locked_ledger_names_the_process_that_holds_it(tmp_path):
    path = tmp_path / "held.duckdb"
    script = "import sys; from frenemy.pipeline import open_ledger; held = open_ledger(sys.argv[1]); print('held', flush=True); input()"
    holder = subprocess.Popen([sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LedgerLocked, match=f"in use by process {holder.pid}"):
            open_ledger(path)
    finally:
        holder.communicate("\n")


def test_kill_9_leaves_whole_documents_and_the_next_read_finishes(tmp_path):
    path = tmp_path / "cut.duckdb"
    process = start(SLOW_READ, path)
    assert process.stdout is not None
    while int(process.stdout.readline()) < 32:
        pass
    time.sleep(0.03)
    os.kill(process.pid, signal.SIGKILL)
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    with open_ledger(path) as ledger:
        counts = ledger.counts()
        assert 32 <= counts["documents"] < 400
        assert counts["documents"] % 16 == 0
        assert (counts["mentions"], counts["ties"]) == (2 * counts["documents"], counts["documents"])
        assert ledger.false_quotes() == []
        assert [actor.name for actor in ledger.actors()] == ["Donald Trump", "Elon Musk"]
        summary = read_into(ledger, many(400), reader=ScriptedReader())
        assert (summary.known, summary.read) == (counts["documents"], 400 - counts["documents"])
        assert ledger.counts()["ties"] == 400


def test_a_question_after_a_cut_off_read_sees_all_that_was_kept(tmp_path):
    path = tmp_path / "stale.duckdb"
    with open_ledger(path) as ledger:
        ledger.add(*ScriptedReader().read(many(3)))
    with open_ledger(path, read_only=True) as ledger:
        assert len(ledger.ties()) == 3
        assert len(ledger.ties()) == 3
