"""The derived actor tables are the same whether documents come at once, one by one, or in another order, and an undo restores them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.ledger import Ledger
from frenemy.model import Document, Judgement, Mention, Quote, Reading, Tie
from frenemy.pipeline import Rules

KINDS = ("person", "company", "place", "country")
THEMES = [
    ["Elon Musk", "Kimbal Musk", "Musk", "Mr. Musk", "E. Musk", "Elon", "elon musk", "Tesla"],
    ["Donald Trump", "Donald J. Trump", "Trump", "Trump Jr.", "Donald", "Ivanka Trump", "Donald Tusk", "Tesla"],
    ["John Smith", "John A. Smith", "Jane Smith", "Smith", "John", "Acme", "Glee Club", "Ann Low", "Bo High"],
    ["George H. W. Bush", "George W. Bush", "George Bush", "Bush", "Paul Ryan", "Ryan Gosling", "Ryan", "George"],
    ["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelenskyy", "EU", "European Union", "US", "the United States", "Washington"],
    ["Federal Trade Commission", "Foreign Trade Club", "FTC", "Meta", "Meta Platforms", "Facebook", "X", "X (formerly Twitter)", "Twitter"],
    [
        "France",
        "French president",
        "the president",
        "Ann Berg",
        "Bo Dahl",
        "Germany",
        "critics",
        "President",
        "(broken",
        "Berg",
        "French president Bo Dahl",
    ],
]
NAMES = sorted({name for theme in THEMES for name in theme})
DESCRIBED = ("French president", "the president", "critics")
TABLES = {
    "actors": "SELECT id, name, kind, aliases FROM actors ORDER BY ALL",
    "actor_members": "SELECT * FROM actor_members ORDER BY ALL",
    "actor_reasons": "SELECT * FROM actor_reasons ORDER BY ALL",
    "quarantined": "SELECT * FROM quarantined ORDER BY ALL",
    "doubts": "SELECT kind, subjects, score, reason FROM doubts ORDER BY ALL",
}


def reading(number, named, leads):
    """A document whose text is its names, one a line, some of them chained to the one before."""
    text, mentions, place = f"Document {number}.\n", [], len(f"Document {number}.\n")
    placed = []
    for name, kind, chained in named:
        placed.append((name, kind, chained, place))
        text += name + "\n"
        place += len(name) + 1
    doc = Document(text=text, name=str(number), published=date(2000 + number, 1, 1))
    for i, (name, kind, chained, start) in enumerate(placed):
        called = placed[i - 1][0] if chained and i else name
        form = "description" if name in DESCRIBED else "name"
        mentions.append(Mention(document=doc.id, start=start, end=start + len(name), text=name, name=called, kind=kind, form=form))
    quote = Quote(document=doc.id, start=0, end=len(text), text=text)
    ties = [Tie(source=mentions[0], target=mentions[-1], type="LEADS", polarity="0", quote=quote)] if leads and len(mentions) > 1 else []
    return Reading(document=doc, mentions=tuple(mentions), ties=tuple(ties))


def readings_of(names):
    named = st.lists(
        st.tuples(st.sampled_from(names), st.sampled_from(KINDS), st.booleans()), min_size=1, max_size=6, unique_by=lambda n: n[0]
    )
    return st.lists(st.tuples(named, st.booleans()), min_size=1, max_size=7).map(
        lambda documents: [reading(number, mentioned, leads) for number, (mentioned, leads) in enumerate(documents)]
    )


def judged_of(names):
    subject = st.sampled_from(names)
    return st.one_of(
        st.tuples(st.sampled_from(("same", "different")), st.tuples(subject, subject)),
        st.tuples(st.sampled_from(("promote", "dismiss")), st.tuples(subject)),
    )


PILES = st.sampled_from(THEMES).flatmap(lambda names: st.tuples(readings_of(names), st.lists(judged_of(names), max_size=3)))


def judgement(number, decision, confidence=1.0):
    kind, subjects = decision
    at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=number)
    return Judgement(kind=kind, subjects=subjects, by="ann", at=at, confidence=confidence)


def derived(ledger):
    ledger.resolve()
    return {table: ledger.rows(sql) for table, sql in TABLES.items()}


@pytest.fixture(scope="module")
def new_ledger(tmp_path_factory):
    def make():
        return Ledger(tmp_path_factory.mktemp("ledger") / "new.duckdb", resolver=Rules())

    return make


@settings(max_examples=10, deadline=None)
@given(data=st.data(), pile=PILES)
def test_one_by_one_is_what_all_at_once_is(new_ledger, data, pile):
    readings, decisions = pile
    with new_ledger() as whole, new_ledger() as grown:
        whole.add(*readings)
        whole.judge(*(judgement(i, decision) for i, decision in enumerate(decisions)))
        steps = [("read", r) for r in readings] + [("judge", judgement(i, d)) for i, d in enumerate(decisions)]
        for what, value in data.draw(st.permutations(steps)):
            grown.add(value) if what == "read" else grown.judge(value)
            grown.resolve()
        assert derived(grown) == derived(whole)


@settings(max_examples=10, deadline=None)
@given(pile=PILES)
def test_an_undo_restores_exactly(new_ledger, pile):
    readings, decisions = pile
    with new_ledger() as ledger:
        ledger.add(*readings)
        history = [derived(ledger)]
        for decision in decisions:
            ledger.decide(decision[0], decision[1], by="ann") if hasattr(ledger, "decide") else ledger.judge(
                judgement(len(history), decision)
            )
            history.append(derived(ledger))
        for before in reversed(history[:-1]):
            ledger.undo(by="ann")
            assert derived(ledger) == before


def test_every_name_is_an_actors_or_kept_out(new_ledger):
    with new_ledger() as ledger:
        ledger.add(reading(1, [(name, "person", False) for name in NAMES], leads=False))
        found = derived(ledger)
        places = [(document, name) for _, document, name, _ in found["actor_members"]] + [row[:2] for row in found["quarantined"]]
        assert sorted(name for _, name in places) == sorted(NAMES)
        assert {row[1] for row in found["quarantined"]} >= {"critics", "President", "(broken"}


def test_a_tie_on_a_kept_out_name_stays_in_the_ledger_and_comes_back(new_ledger):
    with new_ledger() as ledger:
        ledger.add(reading(1, [("Elon Musk", "person", False), ("President", "person", False)], leads=True))
        assert (len(ledger.ties()), ledger.counts()["ties"]) == (0, 1)
        ledger.judge(judgement(1, ("promote", ("President",))))
        assert len(ledger.ties()) == 1


def test_only_what_shares_a_key_is_resolved_again(new_ledger):
    seen = []

    class Watched(Rules):
        def decide(self, chains, judgements, settled, company, leads):
            chains = list(chains)
            seen.append(({chain.name for chain in chains}, {chain.name for one in settled for chain in one.chains}))
            return super().decide(chains, judgements, settled, company, leads)

    with new_ledger() as ledger:
        ledger._resolver = Watched()
        ledger.add(reading(1, [("Elon Musk", "person", False), ("Tesla", "company", False), ("Paul Ryan", "person", False)], leads=False))
        ledger.resolve()
        ledger.add(reading(2, [("Musk", "person", False)], leads=False))
        ledger.resolve()
    assert seen[1] == ({"Musk"}, {"Elon Musk"})


def test_a_former_name_reaches_names_that_come_later(new_ledger):
    with new_ledger() as ledger:
        for number, name in enumerate(("X (formerly Twitter)", "Twitter")):
            ledger.add(reading(number, [(name, "company", False)], leads=False))
            ledger.resolve()
        assert len(derived(ledger)["actors"]) == 1
