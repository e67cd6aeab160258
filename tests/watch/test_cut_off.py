"""A watch that is cut off, killed or kept waiting loses nothing and repeats nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from subprocess import PIPE
from typing import Any

import pytest
from tests.site_server import Reply, page, rss, serving
from tests.watch.scenes import FEED, ONE, SITE, TWO, scene

from frenemy.errors import LedgerError
from frenemy.pipeline.newswatch import State
from frenemy.pipeline.newswatch import rounds as rounds_module


@pytest.mark.parametrize("step", ["begin", "_read", "ring", "deliver"])
def test_a_watch_that_is_cut_off_loses_nothing_and_repeats_nothing(tmp_path, monkeypatch, step):
    def cut_off(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    with serving(SITE) as site:
        watched = scene(tmp_path, site)
        with monkeypatch.context() as patched:
            patched.setattr(rounds_module, step, cut_off)
            with pytest.raises(KeyboardInterrupt):
                watched.round()
        watched.round()
        watched.round()
    assert sorted(watched.bell.says()) == ["Elon Musk → Donald Trump: + SUPPORT", "Elon Musk → Jeff Bezos: - ACCUSE"]
    assert site.paths().count(ONE) == site.paths().count(TWO) == 1


def test_a_watch_that_is_cut_off_amid_a_feed_fetches_each_page_once(tmp_path, monkeypatch):
    with serving(SITE) as site:
        watched = scene(tmp_path, site)
        keep, count = State.keep, []

        def cut_off(self: State, *arguments: Any, **rest: Any) -> None:
            keep(self, *arguments, **rest)
            count.append(1)
            if len(count) == 1:
                raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(State, "keep", cut_off)
            with pytest.raises(KeyboardInterrupt):
                watched.round()
        done = watched.round()
    assert (done.read, len(watched.bell.told)) == (2, 2)
    assert site.paths() == [FEED, ONE, FEED, TWO]


def test_an_alarm_waits_for_its_bell_and_keeps_its_id(tmp_path):
    with serving(SITE) as site:
        watched = scene(tmp_path, site)
        watched.bell.broken = True
        first = watched.round()
        watched.bell.broken = False
        assert (len(first.alarms), first.waiting, first.failures) == (2, 2, [("list", "broken")])
        watched.clock += 31
        assert watched.round().waiting == 0
    assert [line["id"] for line in watched.bell.told] == [alarm.id for alarm in first.alarms]


def test_a_bell_that_failed_is_left_alone_for_a_while(tmp_path):
    with serving(SITE) as site:
        watched = scene(tmp_path, site, {"kind": "tie", "signs": ["-"]})
        watched.bell.broken = True
        watched.round()
        watched.bell.broken = False
        assert watched.round().waiting == 1
        watched.clock += 31
        assert watched.round().waiting == 0


def test_a_ledger_in_use_is_waited_for(tmp_path):
    with serving(SITE) as site:
        watched = scene(tmp_path, site)
        holds = "import frenemy, sys; held = frenemy.open(sys.argv[1]); print(flush=True); sys.stdin.read()"
        with subprocess.Popen([sys.executable, "-c", holds, str(watched.watch.ledger)], stdin=PIPE, stdout=PIPE) as other:
            assert other.stdout is not None
            other.stdout.readline()
            done = watched.round()
            other.communicate()
        assert any("in use" in reason for _, reason in done.failures)
        assert watched.round().read == 2
    assert site.paths().count(ONE) == 1


def test_two_watches_on_one_state_are_refused(tmp_path):
    with State(tmp_path / "s"), pytest.raises(LedgerError, match="another watch"):
        State(tmp_path / "s")


def test_another_file_is_no_state(tmp_path):
    (tmp_path / "s").write_bytes(b"not a database at all, but words" * 100)
    with pytest.raises(LedgerError, match="not the state"):
        State(tmp_path / "s")


ROUND = """
import sys
import time
from pathlib import Path
from frenemy.documents.feeds import Patience
from frenemy.pipeline.newswatch import State, Watch, parse_rule, watch_once
from frenemy.views.alarms import LinesBell, WebhookBell
from tests.readers import ScriptedReader
folder, url = Path(sys.argv[1]), sys.argv[2]
watch = Watch(ledger=folder / "l.duckdb", sources=[url + "/feed.xml"], rules=[parse_rule({"kind": "tie"})], reader=ScriptedReader(),
              bells=[LinesBell(folder / "alarms.jsonl"), WebhookBell(url + "/hook")], patience=Patience(interval=0.0))
with State(folder / "state") as state:
    print("up", flush=True)
    watch_once(watch, state)
"""


def test_a_watch_that_is_killed_at_any_moment_tells_each_alarm(tmp_path):
    people = ("Donald Trump", "Mark Zuckerberg", "Jeff Bezos", "OpenAI", "Meta")
    texts = {f"/{n}.html": page(f"Elon Musk praised {who}. It was day {n} of the year in town.") for n, who in enumerate(people)}
    script: dict[str, Reply | list[Reply]] = {FEED: rss(*((path, path) for path in texts)), "/hook": Reply(status=204), **texts}
    command = [sys.executable, "-c", ROUND, str(tmp_path)]
    with serving({path: replace(reply, delay=0.02) if isinstance(reply, Reply) else reply for path, reply in script.items()}) as site:
        for moment in (0.05, 0.15, 0.3, 0.6):
            with subprocess.Popen([*command, site.url], stdout=PIPE, stderr=PIPE) as process:
                assert process.stdout is not None
                process.stdout.readline()
                time.sleep(moment)
                process.kill()
        subprocess.run([*command, site.url], check=True, capture_output=True)
        posted = [json.loads(body) for path, _, body in site.asked if path == "/hook"]
    written = [json.loads(line) for line in (tmp_path / "alarms.jsonl").read_text(encoding="utf-8").splitlines()]
    says = sorted(f"Elon Musk → {who}: + SUPPORT" for who in people)
    assert sorted(line["says"] for line in written) == says  # once each
    assert sorted({line["id"]: line["says"] for line in posted}.values()) == says  # at least once each, known by their ids
