"""The server of the web app: what it answers, whom it turns away, and what becomes of hostile text."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.readers import KINDS, ScriptedReader

from frenemy.model import Document, Reading
from frenemy.pipeline import open_ledger, read_into
from frenemy.views.cli import main
from frenemy.views.server import create_app
from frenemy.views.server.app import ASSETS, QUESTIONS
from frenemy.views.server.documents import pieces
from frenemy.views.server.keeper import Keeper, Preparing

HOST = "http://127.0.0.1:8600"


class Page:
    """What a browser does: asks again while an answer is prepared, and holds the token."""

    def __init__(self, path: Path) -> None:
        self.app = create_app(path, by="ann")
        self.client = TestClient(self.app, base_url=HOST)

    def ask(self, path: str, status: int = 200) -> Any:
        for _ in range(200):
            answer = self.client.get(path)
            if answer.status_code != 202:
                break
            time.sleep(0.05)
        assert answer.status_code == status, answer.text
        return answer.json()

    def write(self, path: str, said: Any, status: int = 200, **headers: str) -> Any:
        sent = {"origin": HOST, "x-frenemy-token": self.ask("/api/ledger")["token"], **headers}
        answer = self.client.post(path, json=said, headers=sent)
        assert answer.status_code == status, answer.text
        return answer.json() if status == 200 else answer.text


@pytest.fixture
def page(ledger_path: Path) -> Iterator[Page]:
    """A browser's view of the samples."""
    opened = Page(ledger_path)
    yield opened
    opened.app.state.keeper.close()


def test_the_ledger_in_a_line(page: Page) -> None:
    said = page.ask("/api/ledger")
    assert (said["documents"], said["name"], said["by"]) == (4, "test.duckdb", "ann")


def test_search_finds_by_the_beginning_of_a_word(page: Page) -> None:
    assert [actor["name"] for actor in page.ask("/api/search?q=musk")["actors"]] == ["Elon Musk"]
    assert page.ask("/api/search?q=usk")["actors"] == []
    assert [doc["title"] for doc in page.ask("/api/search?q=of 2024")["documents"]] == ["News of 2024"]
    assert page.ask("/api/search?q=") == {"actors": [], "documents": []}


def test_the_network_stands_as_the_ledger_says(page: Page, ledger_path: Path) -> None:
    network = page.ask("/api/network")
    ids = [actor["id"] for actor in network["actors"]]
    assert all(0 <= actor[axis] <= 1 for actor in network["actors"] for axis in ("x", "y"))
    frames = page.client.get("/api/network/frames").content
    edges = [frozenset((ids[one], ids[other])) for one, other in network["edges"]]
    assert len(frames) == len(edges) * len(network["steps"])
    with open_ledger(ledger_path, read_only=True) as ledger:
        for step in (0, len(network["steps"]) - 1):
            at = date.fromisoformat(network["steps"][step])
            stands = {frozenset((one.source, one.target)): round(100 * one.value) for one in ledger.stances(as_of=at, mutual=True)}
            levels = memoryview(frames).cast("b")[step * len(edges) : (step + 1) * len(edges)]
            assert {edge: level for edge, level in zip(edges, levels, strict=True) if level != -128} == stands


def test_blocs_part_foes_and_keep_friends(page: Page) -> None:
    network = page.ask("/api/network")
    for at in network["steps"]:
        blocs = page.ask(f"/api/network/blocs?at={at}")["blocs"]
        assert all(len(bloc) > 1 for bloc in blocs)
        assert len({actor for bloc in blocs for actor in bloc}) == sum(map(len, blocs))
    assert any({"elon-musk", "mark-zuckerberg"} <= set(bloc) for bloc in blocs)


def test_a_forecast_says_what_python_says(page: Page, ledger_path: Path) -> None:
    said = page.ask("/api/pairs/donald-trump/elon-musk/forecast?at=2024-12-31")
    with open_ledger(ledger_path, read_only=True) as ledger:
        told = ledger.forecast("Donald Trump", "Elon Musk", as_of=date(2024, 12, 31))
    assert said["ties"] == len(told.because) > 0
    for looks, outlooks in (
        (said["outlooks"], (told.now, *told.outlooks)),
        *((line["outlooks"], (case.now, *case.outlooks)) for line, case in zip(said["scenarios"], told.scenarios, strict=True)),
    ):
        assert [(look["at"], look["friendly"]) for look in looks] == [(one.at.isoformat(), round(one.friendly, 4)) for one in outlooks]
    assert page.ask("/api/pairs/elon-musk/donald-trump/forecast?at=2024-12-31") == said
    assert page.ask("/api/pairs/donald-trump/elon-musk/forecast?at=1900-01-01")["ties"] == 0
    page.ask("/api/pairs/elon-musk/elon-musk/forecast", 400)
    page.ask("/api/pairs/elon-musk/donald-trump/forecast?at=soon", 400)
    page.ask("/api/pairs/elon-musk/nobody/forecast", 404)


def test_actors_come_by_page_and_kind(page: Page) -> None:
    first = page.ask("/api/actors?limit=2")
    rest = page.ask("/api/actors?limit=100&offset=2")
    assert len(first["items"]) == 2
    assert len(rest["items"]) == first["total"] - 2
    assert {actor["kind"] for actor in page.ask("/api/actors?kind=company")["items"]} == {"company"}


def test_an_actor_with_all_it_is_tied_to(page: Page, ledger_path: Path) -> None:
    said = page.ask("/api/actors/elon-musk")
    with open_ledger(ledger_path, read_only=True) as ledger:
        stands = {
            one.source if one.target == "elon-musk" else one.target: one
            for one in ledger.stances(mutual=True)
            if "elon-musk" in (one.source, one.target)
        }
    assert {partner["id"]: partner["stance"]["value"] for partner in said["partners"]} == {
        other: round(stance.value, 3) for other, stance in stands.items()
    }
    assert page.ask("/api/actors/nobody", 404)["error"].startswith("There is no such actor")


def test_a_pair_with_its_curve_and_every_tie(page: Page, ledger_path: Path) -> None:
    pair = page.ask("/api/pairs/elon-musk/donald-trump")
    with open_ledger(ledger_path, read_only=True) as ledger:
        known = ledger.between("Elon Musk", "Donald Trump")
        stance = ledger.stance("Elon Musk", "Donald Trump", mutual=True)
    ties = page.ask("/api/pairs/elon-musk/donald-trump/ties?limit=100")
    assert sorted(tie["id"] for tie in ties["items"]) == sorted(tie.id for tie in known)
    assert pair["ties"] == ties["total"] == len(known)
    assert pair["curve"][-1]["at"] == pair["at"]
    at = date.fromisoformat(pair["at"])
    with open_ledger(ledger_path, read_only=True) as ledger:
        stance = ledger.stance("Elon Musk", "Donald Trump", as_of=at, mutual=True)
    assert (pair["both"]["value"], pair["curve"][-1]["value"]) == (round(stance.value, 3), round(stance.value, 3))
    assert sum(tie["share"] or 0 for tie in ties["items"]) == pytest.approx(stance.value, abs=0.01)
    assert page.ask("/api/pairs/elon-musk/elon-musk", 400)
    assert [tie["polarity"] for tie in page.ask("/api/pairs/elon-musk/donald-trump/ties?sign=-")["items"]] == ["-"]


def test_a_quote_stands_in_its_document(page: Page, ledger_path: Path) -> None:
    for tie in page.ask("/api/pairs/elon-musk/donald-trump/ties")["items"]:
        passage = page.ask(f"/api/ties/{tie['id']}")
        with open_ledger(ledger_path, read_only=True) as ledger:
            doc = ledger.document(tie["document"])
        assert doc is not None
        assert passage["quoted"] == tie["quote"]
        assert passage["before"] + passage["quoted"] + passage["after"] in doc.text


def test_a_document_with_its_ties_marked(page: Page, ledger_path: Path) -> None:
    for listed in page.ask("/api/documents")["items"]:
        said = page.ask(f"/api/documents/{listed['id']}")
        with open_ledger(ledger_path, read_only=True) as ledger:
            doc = ledger.document(listed["id"])
        assert doc is not None
        assert "".join(piece["text"] for piece in said["pieces"]) == doc.text
        for number, tie in enumerate(said["ties"]):
            assert "".join(piece["text"] for piece in said["pieces"] if number in piece["ties"]) == tie["quote"]


def test_findings_answer_even_where_there_are_none(page: Page) -> None:
    for path in ("/api/shifts", "/api/claims", "/api/claims?all=1", "/api/conflicts", "/api/conflicts?near=1"):
        said = page.ask(path)
        assert len(said["items"]) == min(said["total"], 20)
    assert page.ask("/api/claims")["total"] == 1
    [claim] = page.ask("/api/claims?standing=denied")["items"]
    assert claim["against"]["items"][0]["quote"] == "Jeff Bezos denied that Bezos accused Musk."


def test_a_bad_question_is_told_what_is_wrong(page: Page) -> None:
    assert page.ask("/api/actors?offset=x", 400)["error"] == "offset must be a number."
    assert page.ask("/api/network/blocs?at=soon", 400)["error"].startswith("at must be a day")
    assert page.ask("/api/review?kind=<b>", 400)
    assert page.ask("/api/documents/none", 404)
    assert page.ask("/api/ties/none", 404)


# --- decisions ----------------------------------------------------------------------------------------------------------------------------


def test_a_tie_is_rejected_and_taken_back(page: Page) -> None:
    before = page.ask("/api/pairs/elon-musk/donald-trump/ties")
    made = page.write("/api/judgements", {"kind": "wrong", "subjects": [before["items"][0]["id"]]})
    assert page.ask("/api/pairs/elon-musk/donald-trump/ties")["total"] == before["total"] - 1
    assert page.ask("/api/review")["made"][0] == made
    assert made["by"] == "ann"
    page.write("/api/undo", {"id": made["id"]})
    assert page.ask("/api/pairs/elon-musk/donald-trump/ties") == before


def test_a_merge_and_its_undo(page: Page) -> None:
    before = page.ask("/api/actors?limit=100")
    made = page.write("/api/judgements", {"kind": "same", "subjects": ["Jeff Bezos", "Mark Zuckerberg"]})
    assert page.ask(f"/api/actors/{made['actor']}")["name"] == "Mark Zuckerberg"
    assert page.ask("/api/actors?limit=100")["total"] == before["total"] - 1
    page.write("/api/undo", {})
    assert page.ask("/api/actors?limit=100") == before


class UnsureReader(ScriptedReader):
    """Is not sure of any tie."""

    def read(self, docs: Iterable[Document]) -> Iterator[Reading]:
        for reading in super().read(docs):
            yield replace(reading, ties=tuple(replace(tie, confidence=0.3) for tie in reading.ties))


def test_an_answer_to_a_question_takes_it_off_the_queue(page: Page, ledger_path: Path) -> None:
    with open_ledger(ledger_path) as ledger:
        read_into(ledger, [Document(text="Meta sued OpenAI. Jeff Bezos praised Meta.", name="unsure")], reader=UnsureReader())
    queue = page.ask("/api/review?kind=tie")["questions"]
    assert {question["tie"]["type"] for question in queue} == {"ACCUSE", "SUPPORT"}
    page.write("/api/judgements", {"kind": queue[0]["yes"], "subjects": queue[0]["subjects"]})
    assert queue[0]["id"] not in {question["id"] for question in page.ask("/api/review")["questions"]}


@pytest.mark.parametrize(
    "said", [[], {"kind": "same"}, {"kind": 3, "subjects": []}, {"kind": "same", "subjects": "ab"}, {"kind": "same", "subjects": ["a", 1]}]
)
def test_a_malformed_decision_is_refused(page: Page, said: Any) -> None:
    page.write("/api/judgements", said, 400)
    assert page.ask("/api/ledger")["judgements"] == 0


def test_a_decision_on_what_is_not_there_is_refused(page: Page) -> None:
    assert "Nobody" in page.write("/api/judgements", {"kind": "same", "subjects": ["Jeff Bezos", "Nobody At All"]}, 409)
    assert "no kind of judgement" in page.write("/api/judgements", {"kind": "drop table", "subjects": []}, 409)
    page.write("/api/undo", {"id": "abcdef"}, 409)
    page.write("/api/judgements", {"kind": "same", "subjects": ["x" * 200_000]}, 400)


# --- who is let in ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8600", "127.0.0.1.evil.example", "", "[::2]"])
def test_only_loopback_names_are_answered(page: Page, host: str) -> None:
    assert page.client.get("/api/ledger", headers={"host": host}).status_code == 403


def test_other_sites_are_turned_away(page: Page) -> None:
    assert page.client.get("/api/ledger", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert page.client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"x-frenemy-token": "guess"}, {"x-frenemy-token": "é"}]
)
def test_a_forged_write_is_refused(page: Page, headers: dict[str, str]) -> None:
    tie = page.ask("/api/pairs/elon-musk/donald-trump/ties")["items"][0]["id"]
    sent = {"origin": HOST, "x-frenemy-token": page.ask("/api/ledger")["token"], **headers}
    encoded = {name: value.encode() for name, value in sent.items()}
    assert page.client.post("/api/judgements", json={"kind": "wrong", "subjects": [tie]}, headers=encoded).status_code == 403
    assert page.ask("/api/ledger")["judgements"] == 0


def test_other_methods_are_not_allowed(page: Page) -> None:
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        assert page.client.request(method, "/api/ledger").status_code == 405


def test_every_answer_carries_the_headers(page: Page) -> None:
    for path in ("/", "/app.js", "/api/ledger", "/api/none", "/../pyproject.toml"):
        headers = page.client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src")
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
        assert headers["referrer-policy"] == "no-referrer"


def test_an_answer_is_not_sent_twice_while_the_ledger_stands(page: Page) -> None:
    page.ask("/api/actors")
    tag = page.client.get("/api/actors").headers["etag"]
    assert page.client.get("/api/actors", headers={"if-none-match": tag}).status_code == 304
    page.write("/api/judgements", {"kind": "dismiss", "subjects": ["OpenAI"]})
    page.ask("/api/actors")
    assert page.client.get("/api/actors", headers={"if-none-match": tag}).status_code == 200


def test_the_built_page_needs_nothing_from_elsewhere() -> None:
    files = {file.name: file.read_bytes() for file in ASSETS.iterdir()}
    assert {"index.html", "app.js", "index.css"} <= set(files)
    assert all(len(body) < 2_000_000 for body in files.values())
    index = files["index.html"].decode()
    assert "<style" not in index
    assert "http" not in index
    assert index.count("<script") == 1
    assert 'src="./app.js"' in index
    assert b"@import" not in files["index.css"]
    assert b"url(" not in files["index.css"]


def test_others_may_write_while_it_is_served(page: Page, ledger_path: Path) -> None:
    page.ask("/api/actors")
    with open_ledger(ledger_path) as ledger:
        read_into(ledger, [Document(text="Meta sued OpenAI.", name="late")], reader=ScriptedReader())
    assert page.ask("/api/ledger")["documents"] == 5
    assert page.ask("/api/pairs/meta/openai/ties")["total"] == 1


def test_what_takes_long_is_said_to_be_prepared(ledger_path: Path) -> None:
    keeper = Keeper(ledger_path, by="ann")
    runs: list[int] = []

    def work() -> int:
        runs.append(1)
        time.sleep(0.3)
        return 7

    with pytest.raises(Preparing):
        keeper.part("sevens", work, patience=0.01)
    assert keeper.part("sevens", work, patience=5) == 7
    assert len(runs) == 1
    keeper.close()


# --- hostile text -------------------------------------------------------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"
HOSTILE = {SCRIPT: "person", "\u202egro.live": "company", '" onmouseover="alert(1)': "person", "A" * 5000: "company"}


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Page]:
    """A ledger of what nobody should ever read."""
    names = list(HOSTILE)
    text = f"{names[0]} sued {names[1]}. {names[2]} praised {names[3]}. {names[0]} mocked {names[2]}."
    title = "<img src=x onerror=alert(1)>" + "t" * 10_000_000
    printed = {"publisher": "\u202e" * 500, "published": date(2024, 1, 1), "url": "javascript:alert(1)"}
    doc = Document(text=text, name=SCRIPT, title=title, **printed)  # type: ignore[arg-type]
    with open_ledger(tmp_path / "hostile.duckdb") as ledger:
        read_into(ledger, [doc], reader=ScriptedReader({**KINDS, **HOSTILE}))
    opened = Page(tmp_path / "hostile.duckdb")
    yield opened
    opened.app.state.keeper.close()


def test_hostile_text_is_cut_short_and_leads_nowhere(hostile: Page) -> None:
    actors = hostile.ask("/api/actors")["items"]
    [listed] = hostile.ask("/api/documents")["items"]
    answers = [hostile.ask(path) for path in ("/api/network", "/api/review", "/api/search?q=script", f"/api/documents/{listed['id']}")]
    answers += [hostile.ask(f"/api/actors/{actor['id']}") for actor in actors]
    assert all(len(json.dumps(answer)) < 200_000 for answer in answers)
    assert all(len(actor["name"]) <= 160 for actor in actors)
    assert (listed["url"], len(listed["title"])) == (None, 300)


def test_answers_are_never_taken_for_a_page(hostile: Page) -> None:
    for path in QUESTIONS:
        if "{" not in path:
            hostile.ask(path)
            assert hostile.client.get(path).headers["content-type"] == "application/json"


@given(text=st.text(max_size=60), spans=st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=6), offset=st.integers(0, 20))
@settings(max_examples=60)
def test_pieces_are_the_text_again(text: str, spans: list[tuple[int, int]], offset: int) -> None:
    ties: Any = [SimpleNamespace(start=start, end=start + length) for start, length in sorted(spans)]
    found = pieces(text, offset, ties)
    assert "".join(piece["text"] for piece in found) == text.encode("utf-8", "replace").decode()
    place = offset
    for piece in found:
        end = place + len(piece["text"])
        if end > place:
            assert piece["ties"] == [n for n, tie in enumerate(ties) if tie.start < end and tie.end > place]
        place = end


# --- commands -----------------------------------------------------------------------------------------------------------------------------


def test_serving_no_ledger_says_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", "--ledger", str(tmp_path / "none.duckdb")])
    assert result.exit_code == 2
    assert "There is no ledger" in result.output


def test_without_the_extra_the_command_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch, ledger_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = CliRunner().invoke(main, ["serve", "--ledger", str(ledger_path)])
    assert result.exit_code == 2
    assert "pip install 'frenemy[web]'" in result.output


def test_the_demo_has_articles_to_read() -> None:
    from frenemy.views.commands.serving import samples

    assert sum(len(list(folder.glob("*.txt"))) for folder in samples()) > 10
