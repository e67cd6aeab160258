"""Evidence and stories are kept up with what is read, and are what making all of it anew would give."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from tests.readers import ScriptedReader
from tests.samples import samples

from frenemy.ledger import EvidenceFilter
from frenemy.ledger.stories import ALIKE, bands, resemblance, signatures
from frenemy.model import Document
from frenemy.pipeline import open_ledger, read_into

REPORT = (
    "Elon Musk mocked Donald Trump in 2017. The quarrel began over breakfast and went on through lunch, as people who were there told us. "
    "Nobody knows how it will end, but those close to both men expect that it will not be soon. The two had met at a dinner in spring."
)


def doc(text, name, day=date(2020, 1, 1)):
    return Document(text=text, name=name, published=day)


def test_an_edited_copy_is_the_same_story_and_another_text_is_not():
    copy = "(Wire) - " + REPORT.replace("breakfast", "supper")
    other = "Mark Zuckerberg praised Elon Musk over dinner. They had not spoken since the spring of the year before, said a friend of both."
    one, two, three = signatures([REPORT, copy, other])
    assert resemblance(one, two) > ALIKE > resemblance(one, three)
    assert set(bands(one)) & set(bands(two))
    assert not set(bands(one)) & set(bands(three))


def test_stories_do_not_depend_on_the_order_of_reading(tmp_path):
    chain = [REPORT]
    for old, new in (("breakfast", "supper and wine"), ("lunch", "tea and the night"), ("spring", "the old house by the sea")):
        chain.append(chain[-1].replace(old, new))
    docs = [doc(text, str(number)) for number, text in enumerate(chain)] + samples()
    origins = []
    for order in (docs, docs[::-1], [docs[2], docs[0], docs[5], docs[3], docs[1], docs[4], *docs[6:]]):
        with open_ledger(tmp_path / f"{len(origins)}.duckdb") as ledger:
            for each in order:
                read_into(ledger, [each], reader=ScriptedReader())
            origins.append(ledger.origins())
    assert origins[0] == origins[1] == origins[2]
    assert len({origins[0][each.id] for each in docs[:4]}) == 1
    assert len(set(origins[0].values())) == 1 + len(samples())


def test_a_copy_adds_nothing_and_a_second_source_does(tmp_path):
    with open_ledger(tmp_path / "l.duckdb") as ledger:
        values = []
        for each in (
            doc(REPORT, "one"),
            doc(REPORT + " More soon.", "copy"),
            doc("On Friday Elon Musk mocked Donald Trump in 2017. So says the diary of a waiter.", "own"),
        ):
            read_into(ledger, [each], reader=ScriptedReader())
            values.append(ledger.stance("musk", "trump").value)
    assert values[0] == pytest.approx(values[1])
    assert values[2] < values[1]


def test_evidence_says_who_speaks_and_of_what_time(ledger):
    found = {(one.source, one.target, one.type): one for one in ledger.evidence()}
    mocked = found["elon-musk", "donald-trump", "ACCUSE"]
    assert (mocked.since, mocked.until, mocked.published) == (date(2017, 1, 1), date(2017, 12, 31), date(2017, 6, 1))
    assert (mocked.word, mocked.legal) == ("author", False)
    assert found["elon-musk", "openai", "ACCUSE"].legal
    assert found["jeff-bezos", "elon-musk", "ACCUSE"].word == "source"
    assert found["mark-zuckerberg", "meta", "FOUNDED"].until is None


def test_filters_keep_pairs(ledger):
    def pairs(**kept):
        table = ledger.evidence_table(EvidenceFilter(**kept))
        return {tuple(sorted((table.actors[s], table.actors[t]))) for s, t in zip(table.source, table.target, strict=True)}

    assert pairs(among=("elon-musk", "donald-trump")) == {("donald-trump", "elon-musk")}
    assert pairs(touching=("openai",)) == {("elon-musk", "openai")}
    assert pairs(divided=True) == {("donald-trump", "elon-musk")}
    assert pairs(among=("elon-musk", "nobody")) == pairs(among=()) == set()


def test_row_numbers_turn_into_ids(ledger):
    named, numbered = (ledger.evidence_table(named=named) for named in (True, False))
    ids = ledger.tie_ids(numbered.tie.tolist())
    assert sorted(ids.values()) == named.tie.tolist() == [one.tie for one in ledger.evidence()]


def test_merging_actors_moves_their_evidence(ledger):
    assert "donald-trump" in {one.target for one in ledger.evidence(actors=("elon-musk", "donald-trump"))}
    ledger.decide("same", "Jeff Bezos", "Donald Trump", by="ann")
    merged = {frozenset((one.source, one.target)) for one in ledger.evidence()}
    assert len([pair for pair in merged if "elon-musk" in pair]) == 3
    ledger.undo(by="ann")
    assert len([one for one in ledger.evidence() if "donald-trump" in (one.source, one.target)]) == 3


def test_a_ledger_from_before_stance_is_completed(ledger_path):
    with open_ledger(ledger_path) as ledger:
        before = ledger.evidence()
    with duckdb.connect(str(ledger_path)) as connection:
        for table in ("evidence", "actor_numbers", "stories", "story_bands"):
            connection.execute(f"DROP TABLE {table}")
    with open_ledger(ledger_path, read_only=True) as ledger:
        assert ledger.evidence() == before
