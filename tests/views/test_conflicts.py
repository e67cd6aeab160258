"""Potential conflicts, common enemies, pressure and standing, as a user types them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from frenemy.model import TIE_TYPES, Document, Mention, Quote, Reading, Tie
from frenemy.pipeline import open_ledger
from frenemy.views.cli import main

KINDS = {"Ann Weir": "person", "Bo Lund": "person", "Cy Marsh": "person", "Tidal Works": "company", "Harbour Board": "government body"}
STORIES = {
    "2019-03-01": (
        ("LEADS", "Ann Weir chairs the Harbour Board."),
        ("OWNS", "Ann Weir owns Tidal Works, a dredging company."),
        ("SUPPLIES", "Tidal Works dredges for the Harbour Board."),
        ("ACCUSE", "Ann Weir blamed Cy Marsh for the silt."),
        ("ACCUSE", "Bo Lund blamed Cy Marsh, too."),
        ("SUPPORT", "Bo Lund praised Tidal Works."),
    ),
    "2021-05-02": (
        ("LEADS", "Ann Weir still leads the Harbour Board."),
        ("ACCUSE", "Bo Lund sued Cy Marsh in May."),
        ("ACCUSE", "Ann Weir mocked Cy Marsh again."),
        ("SUPPORT", "Ann Weir thanked Bo Lund."),
        ("SUPPORT", "Tidal Works backed Cy Marsh."),
    ),
}


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--ledger", str(path)])


def unwrapped(result: Result) -> str:
    """What was printed, without the line breaks of the table."""
    return " ".join(result.stdout.split())


def reading(day: str, told: tuple[tuple[str, str], ...]) -> Reading:
    """A document of these sentences; each is a tie from the first name in it to the second."""
    doc = Document(text=" ".join(text for _, text in told), name=day, published=date.fromisoformat(day), publisher="The Tide")
    mentions, ties = [], []
    for kind, sentence in told:
        start = doc.text.index(sentence)
        ends = sorted((doc.text.index(name, start), name) for name in KINDS if name in sentence)
        source, target = (
            Mention(document=doc.id, start=at, end=at + len(name), text=name, name=name, kind=KINDS[name]) for at, name in ends
        )
        mentions += [source, target]
        quote = Quote(document=doc.id, start=start, end=start + len(sentence), text=sentence)
        ties.append(Tie(source=source, target=target, type=kind, polarity=TIE_TYPES[kind].polarity, quote=quote, confidence=0.9))
    return Reading(document=doc, mentions=tuple(mentions), ties=tuple(ties))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of two stories about a harbour."""
    with open_ledger(tmp_path / "harbour.duckdb") as ledger:
        ledger.add(*(reading(day, told) for day, told in STORIES.items()))
    return tmp_path / "harbour.duckdb"


def test_a_conflict_is_told_as_potential_with_a_quote_for_every_hop(path):
    done = run(path, "conflicts")
    assert done.exit_code == 0
    assert done.stdout.startswith("Potential conflict of interest: Ann Weir serves a body that buys from")
    for said in ("Ann Weir chairs the Harbour Board.", "owns Tidal Works, a dredging company", "Tidal Works dredges for the Harbour"):
        assert said in done.stdout
    assert "1 more quote" in unwrapped(done)
    assert "only the printing dates service, interest, payment" in unwrapped(done)
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_every_output_says_potential_and_holds_the_same_finding(path):
    [line] = [json.loads(line) for line in run(path, "conflicts", "ann", "--format", "jsonl").stdout.splitlines()]
    assert line["finding"] == "potential conflict of interest"
    assert (line["since"], line["until"], line["confidence"]) == ("2019-03-01", None, 0.9)
    assert [hop["type"] for hop in line["hops"]] == ["LEADS", "OWNS", "SUPPLIES"]
    rows = list(csv.DictReader(io.StringIO(run(path, "conflicts", "--format", "csv").stdout)))
    assert [row["hop"] for row in rows] == ["service", "interest", "payment"]
    assert {row["finding"] for row in rows} == {"potential conflict of interest"}
    assert {row["confidence"] for row in rows} == {"0.9"}
    with open_ledger(path, read_only=True) as ledger:
        [found] = ledger.conflicts("Tidal Works")
    assert found.as_line() == line


def test_none_is_no_proof_and_dates_bound_what_is_looked_at(path):
    early = run(path, "conflicts", "--as-of", "2018")
    assert (early.exit_code, early.stdout) == (0, "")
    assert "no proof" in early.stderr
    assert run(path, "conflicts", "--known-by", "2018").stdout == ""
    assert run(path, "conflicts", "--min-confidence", "0.95").stdout == ""
    assert run(path, "conflicts", "cy").stdout == ""


def test_a_near_loop_names_what_is_missing_and_never_claims_it(path):
    with open_ledger(path) as ledger:
        [tie] = [tie.id for tie in ledger.ties() if tie.type == "SUPPLIES"]
        ledger.decide("wrong", tie, by="test")
    assert run(path, "conflicts").stdout == ""
    near = run(path, "conflicts", "--near").stdout
    assert near.startswith("Would be a potential conflict of interest, but payment is not in the")
    assert "missing: Tidal Works SUPPLIES Harbour Board" in near
    [line] = [json.loads(line) for line in run(path, "conflicts", "--near", "--format", "jsonl").stdout.splitlines()]
    assert line["missing"] == "payment"
    assert "potential" in line["finding"]


def test_own_patterns_are_matched_and_wrong_ones_are_refused_with_their_line(path, tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "praised-by-accuser:\n  title: praises a firm whose owner shares an enemy\n"
        "  roles: {fan: [person], firm: any, owner: any, foe: any}\n"
        "  hops:\n    praise: fan SUPPORT firm\n    interest: owner OWNS firm\n    first: fan ACCUSE foe\n    second: owner ACCUSE foe\n"
    )
    done = run(path, "conflicts", "bo", "--patterns", str(own))
    assert "Bo Lund praises a firm whose owner shares an enemy" in unwrapped(done)
    own.write_text(own.read_text().replace("ACCUSE foe", "ACUSE foe", 1))
    wrong = run(path, "conflicts", "--patterns", str(own))
    assert wrong.exit_code == 2
    assert "line 7, pattern praised-by-accuser: 'ACUSE' is no tie type. Did you mean ACCUSE?" in wrong.stderr


def test_enemies_of_a_pair_come_with_a_quote_from_each_side(path):
    done = run(path, "enemies", "ann", "bo")
    assert "Ann Weir and Bo Lund (friends)" in done.stdout
    assert "against Cy Marsh" in done.stdout
    assert "Ann Weir blamed Cy Marsh" in done.stdout or "Ann Weir mocked Cy Marsh" in done.stdout
    assert "Bo Lund sued Cy Marsh" in done.stdout or "Bo Lund blamed Cy Marsh" in done.stdout
    assert "potential" not in done.stdout
    alone = run(path, "enemies")
    assert "Ann Weir and Bo Lund" not in alone.stdout
    before = run(path, "enemies", "--as-of", "2020")
    assert "Ann Weir and Bo Lund (no clear tie)" in before.stdout
    [line] = [json.loads(line) for line in run(path, "enemies", "--as-of", "2020", "--format", "jsonl").stdout.splitlines()]
    assert (line["enemies"], line["shared"]) == (["Cy Marsh"], 1)
    assert "Cy Marsh" in run(path, "enemies", "ann", "bo", "--format", "csv").stdout.splitlines()[1]


def test_pressure_ranks_the_tie_whose_turn_settles_most(path):
    lines = [json.loads(line) for line in run(path, "pressure", "--frustration", "--format", "jsonl").stdout.splitlines()]
    assert {(line["one"], line["other"]) for line in lines} == {
        ("Bo Lund", "Cy Marsh"),
        ("Bo Lund", "Tidal Works"),
        ("Cy Marsh", "Tidal Works"),
    }
    assert {(line["relief"], line["frustration"]) for line in lines if line["balanced"] == 0} == {(1, 1)}
    table = run(path, "pressure", "cy")
    assert "unbalanced" in table.stdout
    assert "frustration" not in table.stdout
    assert run(path, "pressure", "--as-of", "2010").stderr.strip() == "No tie sits in an unbalanced triad."


def test_standing_counts_foes_against_an_actor_and_brokers_connect_blocs(path):
    lines = [json.loads(line) for line in run(path, "central", "--format", "jsonl").stdout.splitlines()]
    assert lines[-1]["actor"] == "Cy Marsh"
    assert (lines[-1]["friends"], lines[-1]["foes"]) == (1, 2)
    assert "Cy Marsh" in run(path, "central").stdout
    brokers = [json.loads(line) for line in run(path, "central", "--brokers", "--k", "2", "--format", "jsonl").stdout.splitlines()]
    assert {line["actor"] for line in brokers} == {"Ann Weir", "Bo Lund", "Cy Marsh", "Tidal Works"}
    assert "participation" in run(path, "central", "--brokers").stdout
    assert run(path, "central", "--as-of", "2010").stderr.strip() == "No actor has a friendly or hostile tie."
