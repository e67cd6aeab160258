"""The endpoint reader against a real server on loopback: what it keeps, mends, turns down, and how it fails."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from frenemy.errors import EndpointDown, EndpointNonsense, EndpointRefused, MissingExtra, NotRead
from frenemy.model import Document, Reading
from frenemy.pipeline import open_ledger, read_into
from frenemy.reading.endpoint import Endpoint, EndpointReader, Prices, Usage
from frenemy.reading.endpoint.reader import passages
from frenemy.views.cli import main
from tests.reading.endpoint_server import Reply, Server, refuses, says, serving

TEXT = (
    "Ana Ruiz, who runs Ferrum, said the steelmaker Orbis “isn’t honest” — and that it had bribed officials.\n"
    "Ruiz had praised Orbis in 2019. Turkish police raided Ferrum."
)
ACTORS = [
    {"name": "Ana Ruiz", "kind": "person", "called": ["Ruiz"]},
    {"name": "Ferrum", "kind": "company", "called": []},
    {"name": "Orbis", "kind": "company", "called": ["the steelmaker"]},
    {"name": "Turkey", "kind": "place", "called": ["Turkish"]},
]


def tie(**said: Any) -> dict[str, Any]:
    usual = {
        **{"source": "Ana Ruiz", "target": "Orbis", "source_words": "Ruiz", "target_words": "Orbis", "type": "SUPPORT", "polarity": "+"},
        **{"status": "asserted", "mutual": False, "voice": "author", "when": "2019", "quote": "Ruiz had praised Orbis in 2019."},
    }
    return {**usual, "confidence": 0.9, **said}


def offer(*ties: dict[str, Any]) -> dict[str, Any]:
    return {"actors": ACTORS, "ties": list(ties)}


def doc(name: str = "story", text: str = TEXT) -> Document:
    return Document(text=text, name=name, published=date(2024, 11, 22))


def reader_of(server: Server, waits: list[float] | None = None, **settings: Any) -> EndpointReader:
    pause = (lambda seconds: None) if waits is None else waits.append
    return EndpointReader(Endpoint(url=server.url, model="tiny", **settings), pause=pause)


def read(server: Server, document: Document | None = None, **settings: Any) -> tuple[Reading, EndpointReader]:
    reader = reader_of(server, **settings)
    (reading,) = reader.read([document or doc()])
    return reading, reader


def test_a_good_answer_becomes_ties_with_their_quotes(monkeypatch) -> None:
    monkeypatch.setenv("FRENEMY_ENDPOINT_KEY", "s3cret")
    good = offer(
        tie(),
        tie(source="Turkey", source_words="Turkish", target="Ferrum", target_words="Ferrum", type="COERCE", polarity="-", when=None)
        | {"quote": "Turkish police raided Ferrum", "voice": "Nobody Known"},
    )
    with serving(says(good)) as server:
        reading, reader = read(server)
        (asked,) = server.asked
    first, second = reading.ties
    assert (first.source.name, first.type, first.target.name, first.when, first.confidence) == ("Ana Ruiz", "SUPPORT", "Orbis", "2019", 0.9)
    assert (first.source.text, first.source.start) == ("Ruiz", TEXT.index("Ruiz had"))
    assert (second.source.name, second.source.text, second.voice) == ("Turkey", "Turkish", "other")
    for each in reading.ties:
        each.quote.check(reading.document)
        assert each.reader == "endpoint:tiny"
    assert {m.name for m in reading.mentions} == {"Ana Ruiz", "Ferrum", "Orbis", "Turkey"}
    assert all(TEXT[m.start : m.end] == m.text for m in reading.mentions)
    assert reader.usage == Usage(requests=1, tokens_in=1000, tokens_out=100, kept=2)
    assert reader.usage.cost(Prices(tokens_in=1.0, tokens_out=10.0)) == pytest.approx(0.002)
    assert asked["path"] == "/v1/chat/completions"
    assert asked["authorization"] == "Bearer s3cret"
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert "Published: 2024-11-22\n<passage>\nAna Ruiz" in asked["messages"][1]["content"]
    assert "s3cret" not in repr(vars(reader))


@pytest.mark.parametrize(
    ("wrong", "head"),
    [
        ({"quote": "Ruiz secretly adored Orbis for years."}, "unquoted"),
        ({"quote": "Ruiz had not praised Orbis in 2019."}, "unquoted"),
        ({"quote": "Ruiz had praised Orbis in 2018."}, "unquoted"),
        ({"quote": "Orbis"}, "unquoted"),
        ({"target": "Vesta Steel", "target_words": "Vesta Steel"}, "unnamed"),
        ({"target_words": "Orbis Holding"}, "unnamed"),
        ({"type": "LOVES"}, "unfit"),
        ({"polarity": "++"}, "unfit"),
        ({"status": "likely"}, "unfit"),
        ({"quote": None}, "unfit"),
        ({"target": "Ana Ruiz", "target_words": "Ruiz"}, "unfit"),
    ],
)
def test_what_the_text_does_not_say_is_turned_down_and_counted(wrong: dict[str, Any], head: str) -> None:
    with serving(says(offer(tie(**wrong), tie()))) as server:
        reading, reader = read(server)
    assert [t.quote.text for t in reading.ties] == ["Ruiz had praised Orbis in 2019."]
    assert (reader.usage.kept, reader.usage.rejected, getattr(reader.usage, head)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ('the steelmaker Orbis "isn\'t honest" - and', "the steelmaker Orbis “isn’t honest” — and"),
        ("bribed  officials.\nRuiz had\tpraised Orbis", "bribed officials.\nRuiz had praised Orbis"),
        ('"Ruiz had praised Orbis..."', "Ruiz had praised Orbis"),
        ("had bribed officals. Ruiz had praised Orbis", "had bribed officials.\nRuiz had praised Orbis"),
        ("uiz had praised Orbi", "Ruiz had praised Orbis"),
    ],
)
def test_a_quote_that_strayed_a_little_is_mended_to_what_stands(quote: str, stands: str) -> None:
    with serving(says(offer(tie(quote=quote)))) as server:
        reading, reader = read(server)
    assert [t.quote.text for t in reading.ties] == [stands]
    assert (reader.usage.kept, reader.usage.repaired) == (1, 1)


def test_a_misspelt_quote_that_fits_two_places_is_turned_down() -> None:
    text = "Ruiz had criticised Orbis in public. Later Ruiz had criticized Orbis in public."
    with serving(says(offer(tie(quote="Ruiz had criticiced Orbis in public")))) as server:
        reading, reader = read(server, doc(text=text))
    assert (reading.ties, reader.usage.unquoted) == ((), 1)


def test_too_many_questions_are_asked_again_when_the_endpoint_says() -> None:
    waits: list[float] = []
    with serving(refuses(429, "slow down", Retry_After="7"), refuses(503), says(offer(tie()))) as server:
        (reading,) = reader_of(server, waits).read([doc()])
    assert len(reading.ties) == 1
    assert waits == [7.0, 2.0]
    with serving(refuses(429, "no credit", Retry_After="86400")) as server, pytest.raises(NotRead, match="asks to wait 86400 s"):
        read(server)


def test_a_broken_endpoint_is_given_up_and_then_asked_once_a_document() -> None:
    waits: list[float] = []
    with serving(refuses(500, "out of memory")) as server:
        readings = reader_of(server, waits, retries=2, concurrency=1).read([doc("a"), doc("b", TEXT + " More.")])
        with pytest.raises(NotRead, match=r"^a: .*answers 500: out of memory \(asked 3 times\)$") as failed:
            next(readings)
        assert isinstance(failed.value.__cause__, EndpointDown)
        with pytest.raises(NotRead, match=r"^b: .*\(asked 1 time\)$"):
            next(readings)
        assert next(readings, None) is None
        assert len(server.asked) == 4
    assert waits == [1.0, 2.0]


def test_an_answer_that_is_no_json_is_asked_for_once_more() -> None:
    fenced = "<think>{hm}</think>Here it is:\n```json\n" + str(offer()).replace("'", '"') + "\n```"
    with serving(says("I found one tie."), says(fenced)) as server:
        reading, reader = read(server)
        assert [m["role"] for m in server.asked[1]["messages"]] == ["system", "user", "assistant", "user"]
        assert "no JSON object" in server.asked[1]["messages"][3]["content"]
    assert (reading.ties, reader.usage.requests) == ((), 2)
    with serving(says("I found one tie.")) as server:
        with pytest.raises(NotRead, match="does not answer in the form asked for, asked twice") as failed:
            read(server)
        assert len(server.asked) == 2
    assert isinstance(failed.value.__cause__, EndpointNonsense)


@pytest.mark.parametrize(
    "content", ["[1, 2]", '{"ties": 3}', '{"actors": [], "ties": [', "{" * 5000 + "}" * 5000, "", "null", '{"a": NaN}']
)
def test_nonsense_of_every_kind_is_a_failed_document(content: str) -> None:
    with serving(says(content)) as server, pytest.raises(NotRead):
        read(server)


@pytest.mark.parametrize("body", [b"", b"<html>hello</html>", b"[]", b'{"choices": []}', b"\xff\xfe", b'{"choices": [{"message": null}]}'])
def test_what_is_no_chat_completion_is_a_failed_document(body: bytes) -> None:
    with serving(Reply(body=body)) as server, pytest.raises(NotRead, match="no chat completion"):
        read(server)


def test_rows_of_the_wrong_shape_do_no_harm() -> None:
    odd = {
        "actors": [3, {"name": 4}, {"name": "Ana Ruiz", "kind": "boss", "called": "Ruiz"}, *ACTORS],
        "ties": [None, [], {}, tie(confidence=9)],
    }
    with serving(says(odd)) as server:
        reading, reader = read(server)
    assert [(t.source.name, t.confidence) for t in reading.ties] == [("Ana Ruiz", 1.0)]
    assert reader.usage.unfit == 3


def test_a_refused_schema_gives_way_to_plain_json_for_good() -> None:
    with serving(refuses(400, "response_format json_schema is not supported"), says(offer(tie()))) as server:
        reader = reader_of(server, concurrency=1)
        assert [len(r.ties) for r in reader.read([doc("a"), doc("b", TEXT + " More.")])] == [1, 1]
        assert ["response_format" in asked for asked in server.asked] == [True, False, False]
    with serving(refuses(400, "use max_completion_tokens"), refuses(400, "temperature must be 1"), says(offer(tie()))) as server:
        read(server)
        assert {"max_completion_tokens", "response_format"} <= set(server.asked[2])
        assert not {"temperature", "max_tokens"} & set(server.asked[2])


def test_a_refusal_is_not_asked_again() -> None:
    with serving(refuses(401)) as server:
        with pytest.raises(NotRead, match="the key is missing or wrong") as failed:
            read(server)
        assert len(server.asked) == 1
    assert isinstance(failed.value.__cause__, EndpointRefused)


def test_a_huge_answer_is_dropped() -> None:
    with serving(says("x" * 3_000_000)) as server, pytest.raises(NotRead, match="more than 2,000,000 bytes"):
        read(server)


@pytest.mark.parametrize("slow", [{"delay": 0.6}, {"drip": True}])
def test_a_slow_answer_is_not_waited_for(slow: dict[str, Any]) -> None:
    with (
        serving(says(offer(tie()), **slow)) as server,
        pytest.raises(NotRead, match=r"gives no whole answer within 0.2 s \(asked 2 times\)"),
    ):
        read(server, timeout=0.2, retries=1)


def test_nobody_there() -> None:
    with serving(says("")) as server:
        url = server.url
    reader = EndpointReader(Endpoint(url=url, model="tiny", retries=1), pause=lambda _: None)
    with pytest.raises(NotRead, match="cannot be reached"):
        list(reader.read([doc()]))


def test_an_answer_cut_off_is_asked_for_in_halves() -> None:
    long = "\n".join(["Ruiz had praised Orbis in 2019.", *[f"Line {n} says nothing." for n in range(60)], "Ruiz had sued Orbis."])
    with serving(
        says('{"actors": [', cut=True), says(offer(tie())), says(offer(tie(quote="Ruiz had sued Orbis", type="ACCUSE")))
    ) as server:
        reading, reader = read(server, doc(text=long))
    assert [t.type for t in reading.ties] == ["SUPPORT", "ACCUSE"]
    assert reader.usage.requests == 3
    with serving(says("{", cut=True)) as server, pytest.raises(NotRead, match="cut off at 4096 tokens"):
        read(server)


def test_actors_of_several_passages_share_their_fullest_name() -> None:
    text = "Ana Ruiz praised Orbis.\nRuiz sued Orbis."
    first = {"actors": [ACTORS[0], ACTORS[2]], "ties": [tie(source_words="Ana Ruiz", quote="Ana Ruiz praised Orbis")]}
    second = {"actors": [{"name": "Ruiz", "kind": "person", "called": []}, ACTORS[2]]}
    second["ties"] = [tie(source="Ruiz", type="ACCUSE", polarity="-", quote="Ruiz sued Orbis.")]
    with serving(says(first), says(second)) as server:
        reading, _ = read(server, doc(text=text), passage=30, concurrency=1)
    assert [(t.source.name, t.type, t.source.start) for t in reading.ties] == [("Ana Ruiz", "SUPPORT", 0), ("Ana Ruiz", "ACCUSE", 24)]


def test_passages_end_at_paragraphs_and_hold_everything() -> None:
    text = ("A sentence of some length. " * 20 + "\n\n") * 10 + "x" * 3000
    spans = list(passages(text, 1500))
    assert all(b - a <= 1500 for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(text[a:b].endswith(".") for a, b in spans[:5])


def test_without_httpx_the_command_to_install_it_is_told(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingExtra, match=r"pip install 'frenemy\[endpoint\]'"):
        EndpointReader(Endpoint(url="http://127.0.0.1:1/v1", model="m"))


@pytest.mark.parametrize("url", ["localhost:8080", "ftp://host/v1", "http://", "http://[bad", "http://host:99999/v1", "http://ho st/"])
def test_an_address_that_is_none_is_said_at_once(url: str) -> None:
    with pytest.raises(EndpointRefused, match="no address of an endpoint"):
        EndpointReader(Endpoint(url=url, model="m"))


def test_documents_that_fail_are_not_stored_and_the_others_are(tmp_path: Path) -> None:
    docs = [doc("a"), doc("b", TEXT + " More."), doc("a", TEXT + " And more.")]
    script = (says(offer(tie())), says("no"), says("no"), says(offer(tie(confidence=0.2))))
    with serving(*script) as server, open_ledger(tmp_path / "a.duckdb") as ledger:
        summary = read_into(ledger, docs, reader=reader_of(server, concurrency=1), min_confidence=0.5)
        assert (summary.read, summary.ties, [name for name, _ in summary.failed]) == (2, 1, ["b"])
        assert ledger.counts()["documents"] == 2


def test_what_was_read_before_an_interruption_is_kept(tmp_path: Path) -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    docs = [doc("a"), doc("b", TEXT + " More.")]
    with serving(says(offer(tie())), refuses(503)) as server, open_ledger(tmp_path / "a.duckdb") as ledger:
        reader = EndpointReader(Endpoint(url=server.url, model="tiny", concurrency=1), pause=stop)
        with pytest.raises(KeyboardInterrupt):
            read_into(ledger, docs, reader=reader)
        assert ledger.counts()["documents"] == 1


def run(server: Server, folder: Path, *options: str) -> Result:
    where = ("--ledger", str(folder / "t.duckdb"), "--reader", "endpoint", "--endpoint-url", server.url, "--model", "tiny")
    return CliRunner().invoke(main, ["read", str(folder / "docs"), *where, *options])


def test_the_command_tells_what_it_cost_and_exits_1_for_what_failed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("a", "b"):
        (tmp_path / "docs" / f"{name}.txt").write_text(TEXT + f" This is the story called {name}, told to the end.")
    with serving(says("no")) as server:
        done = run(server, tmp_path)
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 2
    assert "holds 0 documents" in done.stdout
    with serving(says(offer(tie(), tie(quote="invented by me")))) as server:
        done = run(server, tmp_path, "--price-in", "1", "--price-out", "10", "--min-confidence", "0.5")
    assert done.exit_code == 0
    assert "Read 2 documents with 2 ties" in done.stdout
    assert "Asked 2 times: 2,000 tokens sent, 200 answered, cost 0.0040." in done.stdout
    assert "Of 4 ties offered 2 kept, 2 rejected (2 misquoted)." in done.stdout


def test_the_command_wants_an_address_and_a_model(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["read", "x.txt", "--reader", "endpoint", "--ledger", str(tmp_path / "x.duckdb")])
    assert done.exit_code == 2
    assert "--reader endpoint needs --endpoint-url and --model." in done.stderr
    assert not (tmp_path / "x.duckdb").exists()
