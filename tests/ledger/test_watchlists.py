"""Watchlists in the ledger: append-only, kept up as documents come, the same as if looked up anew."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers import ScriptedReader
from tests.samples import samples

from frenemy.errors import LedgerError
from frenemy.ledger import TieFilter
from frenemy.ledger.subjects import subjects_of
from frenemy.model import Document, WatchEntry, Watchlist
from frenemy.pipeline import open_ledger, read_into

TECH = Watchlist(
    name="tech",
    source="tech.csv",
    entries=(
        WatchEntry(id="1", name="Elon Reeve Musk", aliases=("Elon Musk",), kind="person", ids=("wikidata:Q317521",)),
        WatchEntry(id="2", name="Meta Platforms, Inc.", kind="company", ids=("own:M-1", "wikidata:Q380")),
        WatchEntry(id="3", name="Kimbal Musk", kind="person"),
        WatchEntry(id="4", name="The European Union", kind="government body"),
    ),
)


def shown(ledger):
    return [(one.actor, one.entry, one.standing, one.ids) for one in ledger.listings()]


def test_actors_carry_the_ids_of_the_entries_they_are(ledger):
    assert ledger.listings() == []
    assert ledger.add_watchlist(TECH, by="ann")
    assert shown(ledger) == [
        ("elon-musk", "1", "listed", ("wikidata:Q317521",)),
        ("european-union", "4", "listed", ()),
        ("meta", "2", "listed", ("own:M-1", "wikidata:Q380")),
    ]
    assert ledger.actor("musk").ids == ("wikidata:Q317521",)
    [known] = ledger.watchlists()
    assert (known.name, known.source, known.added_by, known.entries, known.listed, known.doubts) == ("tech", "tech.csv", "ann", 4, 3, 0)


def test_nothing_is_ever_taken_out_of_the_file(ledger):
    ledger.add_watchlist(TECH, by="ann")
    ledger.remove_watchlist("tech", by="bob")
    assert (ledger.watchlists(), ledger.listings()) == ([], [])
    assert ledger.rows("SELECT version IS NULL, changed_by FROM watchlists ORDER BY recorded") == [(False, "ann"), (True, "bob")]
    assert ledger.rows("SELECT count(*) FROM watchlist_entries") == [(4,)]
    with pytest.raises(LedgerError, match="no watchlist 'tech'"):
        ledger.remove_watchlist("tech", by="bob")
    ledger.add_watchlist(TECH, by="cyd")
    assert len(ledger.listings()) == 3
    assert ledger.rows("SELECT count(*) FROM watchlist_entries") == [(4,)]


def test_the_same_list_again_changes_nothing_and_another_takes_its_place(ledger):
    assert ledger.add_watchlist(TECH, by="ann")
    assert not ledger.add_watchlist(TECH, by="ann")
    less = Watchlist(name="tech", source="new.csv", entries=TECH.entries[1:2])
    assert ledger.add_watchlist(less, by="bob")
    assert [actor for actor, *_ in shown(ledger)] == ["meta"]
    assert [known.source for known in ledger.watchlists()] == ["new.csv"]


def test_two_actors_of_one_name_wait_for_a_person_and_an_undo_makes_them_wait_again(tmp_path):
    reader = ScriptedReader({"John Smith": "person", "Acme": "company", "Orbis": "company", "Elon Musk": "person"})
    texts = ("John Smith founded Acme. John Smith sued Elon Musk.", "John Smith praised Orbis. Orbis sued John Smith.")
    entry = WatchEntry(id="s", name="John Smith", kind="person", ids=("wikidata:Q1",))
    with open_ledger(tmp_path / "a.duckdb") as ledger:
        read_into(ledger, [Document(text=text, name=f"d{i}") for i, text in enumerate(texts)], reader=reader)
        ids = [doc.id for doc in ledger.documents()]
        ledger.decide("different", *(f"John Smith @ {doc}" for doc in ids), by="ann")
        smiths = [actor for actor in ledger.actors() if actor.name == "John Smith"]
        assert len(smiths) == 2
        ledger.add_watchlist(Watchlist(name="w", source="f", entries=(entry,)), by="ann")
        assert {standing for _, _, standing, _ in shown(ledger)} == {"doubt"}
        questions = ledger.questions(kinds=("listing",))
        assert len(questions) == 2
        assert all(question.subjects[0].startswith("John Smith @ ") for question in questions)
        ledger.decide("listed", *questions[0].subjects, by="ann")
        assert [(standing, one_ids) for _, _, standing, one_ids in shown(ledger)] == [("listed", ("wikidata:Q1",))]
        assert ledger.questions(kinds=("listing",)) == []
        ledger.undo(by="ann")
        assert ledger.questions(kinds=("listing",)) == questions


def test_what_is_typed_for_a_listing_is_one_actor_whatever_others_are_called(tmp_path):
    reader = ScriptedReader({"Donald Trump": "person", "Melania Trump": "person", "Trump": "person"})
    texts = ("Donald Trump praised Melania Trump.", "Donald Trump mocked Trump.", "Melania Trump met Trump.")
    entries = (WatchEntry(id="m", name="The First Lady"), WatchEntry(id="d", name="The President"))
    with open_ledger(tmp_path / "a.duckdb") as ledger:
        read_into(ledger, [Document(text=text, name=f"d{i}") for i, text in enumerate(texts)], reader=reader)
        ledger.add_watchlist(Watchlist(name="w", source="f", entries=entries), by="ann")
        for typed, entry in (("melania", "m"), ("donald trump", "d")):
            ledger.decide("listed", *subjects_of(ledger, "listed", [typed, "w", entry]), by="ann")
        assert [one[:2] for one in shown(ledger)] == [("donald-trump", "d"), ("melania-trump", "m")]


def test_a_person_may_list_an_actor_that_no_rule_would(ledger):
    ledger.add_watchlist(TECH, by="ann")
    ledger.decide("listed", "Jeff Bezos", "tech", "3", by="ann")
    assert ("jeff-bezos", "3", "listed", ()) in shown(ledger)
    ledger.decide("unlisted", "Elon Musk", "tech", "1", by="ann")
    assert ("elon-musk", "1", "unlisted", ("wikidata:Q317521",)) in shown(ledger)
    assert ledger.actor("musk").ids == ()


def test_ties_and_actors_of_watchlists_only(ledger):
    ledger.add_watchlist(Watchlist(name="eu", source="f", entries=TECH.entries[3:]), by="ann")
    ledger.add_watchlist(TECH, by="ann")
    assert [tie.quote for tie in ledger.ties(TieFilter(watchlists=("eu",)))] == [
        "The EU fined Meta in 2019.",
        "The European Union fined Meta in 2025.",
    ]
    ledger.decide("unlisted", "Elon Musk", "tech", "1", by="ann")
    others = {"meta", "european-union"}
    assert list(ledger.ties(TieFilter(watchlists=()))) == [tie for tie in ledger.ties() if {tie.source_id, tie.target_id} & others]
    assert [actor.id for actor in ledger.actors(watchlists=("eu",))] == ["european-union"]
    assert len(ledger.between("musk", "trump", watchlists=())) == 0
    assert len(ledger.between("EU", "Meta", watchlists=())) == 2


def test_lists_travel_with_an_export(ledger, tmp_path):
    ledger.add_watchlist(TECH, by="ann")
    ledger.decide("unlisted", "Elon Musk", "tech", "1", by="ann")
    ledger.export_parquet(tmp_path / "out")
    with open_ledger(tmp_path / "b.duckdb") as other:
        other.import_parquet(tmp_path / "out")
        assert other.listings() == ledger.listings()
        other.import_parquet(tmp_path / "out")
        assert other.rows("SELECT count(*) FROM watchlist_entries") == [(4,)]


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(order=st.permutations(["list", 0, 1, 2, 3, "unlisted", "listed"]))
def test_whatever_the_order_the_listings_are_the_same(tmp_path_factory, order):
    """Looked up as things come in, after every step, or all at the end."""
    docs = samples()
    folder = tmp_path_factory.mktemp("order")
    with open_ledger(folder / "a.duckdb") as stepwise, open_ledger(folder / "b.duckdb") as at_once:
        for ledger in (stepwise, at_once):
            for step in order:
                if step == "list":
                    ledger.add_watchlist(TECH, by="ann")
                elif step == "unlisted":
                    ledger.decide("unlisted", "Meta", "tech", "2", by="ann")
                elif step == "listed":
                    ledger.decide("listed", "Jeff Bezos", "tech", "3", by="ann")
                else:
                    read_into(ledger, [docs[step]], reader=ScriptedReader())
                if ledger is stepwise:
                    ledger.listings()
        assert stepwise.listings() == at_once.listings()
        assert [one[:3] for one in shown(stepwise)] == [
            ("elon-musk", "1", "listed"),
            ("european-union", "4", "listed"),
            ("jeff-bezos", "3", "listed"),
            ("meta", "2", "unlisted"),
        ]


def test_only_actors_that_are_new_or_changed_are_looked_up(ledger, monkeypatch):
    from frenemy.actors import watching

    looked_up = []
    keys = watching.keys
    monkeypatch.setattr(watching, "keys", lambda name, kind, listed=False: looked_up.append(name) or keys(name, kind, listed=listed))
    ledger.add_watchlist(TECH, by="ann")
    ledger.listings()
    assert len(looked_up) > len(ledger.actors())
    looked_up.clear()
    reader = ScriptedReader({"Elon Musk": "person", "Nimbus": "company"})
    read_into(ledger, [Document(text="Elon Musk praised Nimbus.", name="new")], reader=reader)
    ledger.listings()
    assert looked_up == ["Nimbus"]


def test_an_actor_that_gains_a_name_is_looked_up_by_it(tmp_path):
    reader = ScriptedReader({"Orbis": "company", "Nimbus": "company"})
    with open_ledger(tmp_path / "a.duckdb") as ledger:
        read_into(ledger, [Document(text="Orbis sued Nimbus. Orbis met Nimbus. Orbis fell.", name="d")], reader=reader)
        ledger.add_watchlist(Watchlist(name="w", source="f", entries=(WatchEntry(id="n", name="Nimbus"),)), by="ann")
        assert [one[0] for one in shown(ledger)] == ["nimbus"]
        ledger.decide("same", "Orbis", "Nimbus", by="ann")
        assert [one[0] for one in shown(ledger)] == ["orbis"]
        ledger.undo(by="ann")
        assert [one[0] for one in shown(ledger)] == ["nimbus"]


def test_a_question_of_a_read_only_ledger_brings_the_listings_up_to_date(ledger_path):
    with open_ledger(ledger_path) as ledger:
        ledger.add_watchlist(TECH, by="ann")
    with open_ledger(ledger_path, read_only=True) as ledger:
        assert len(ledger.listings()) == 3
