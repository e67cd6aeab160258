"""Filters, clocks, names, Parquet, the ties file."""

from __future__ import annotations

import sys
from datetime import date

import duckdb
import pytest
from tests.readers import ScriptedReader
from tests.samples import samples

from frenemy.errors import AmbiguousActor, LedgerError, MissingExtra, UnknownActor
from frenemy.ledger import TieFilter, Ties
from frenemy.ledger.incoming import import_lines
from frenemy.ledger.lookup import find_actor
from frenemy.model import Document
from frenemy.pipeline import open_ledger, read_into


def types(ties: Ties) -> list[str]:
    return [tie.type for tie in ties]


def test_between_lists_the_ties_oldest_first_with_their_quotes(ledger):
    ties = ledger.between("musk", "TRUMP")
    assert types(ties) == ["ACCUSE", "SUPPORT", "SUPPORT"]
    assert [tie.polarity for tie in ties] == ["-", "+", "+"]
    assert ties[0].quote == "Elon Musk mocked Donald Trump in 2017."
    assert ties[2].date == date(2024, 6, 1)


def test_as_of_looks_at_when_and_known_by_at_published(ledger):
    assert types(ledger.between("musk", "trump", as_of=date(2018, 1, 1))) == ["ACCUSE"]
    assert types(ledger.between("musk", "openai", as_of=date(2024, 12, 31))) == ["ACCUSE"]
    assert types(ledger.between("musk", "openai", known_by=date(2024, 12, 31))) == []
    assert types(ledger.between("musk", "zuckerberg", as_of=date(2018, 1, 1))) == ["CONSULT"]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (TieFilter(), 11),
        (TieFilter(signs=("+",)), 3),
        (TieFilter(statuses=("denied",)), 1),
        (TieFilter(types=("FOUNDED", "CONSULT")), 2),
        (TieFilter(since=date(2025, 1, 1)), 2),
        (TieFilter(until=date(2018, 1, 1)), 3),
        (TieFilter(min_confidence=0.95), 0),
        (TieFilter(limit=2), 2),
        (TieFilter(limit=0), 0),
        (TieFilter(actors=("elon-musk",)), 8),
        (TieFilter(actors=("elon-musk", "jeff-bezos")), 2),
        (TieFilter(types=("'; DROP TABLE ties; --",)), 0),
    ],
)
def test_filters(ledger, wanted, count):
    assert len(ledger.ties(wanted)) == count


def test_names_are_forgiving(ledger):
    assert ledger.find_actor("european union").name == ledger.find_actor("E.U.").name == "European Union"
    assert ledger.find_actor("zuckerberg").name == "Mark Zuckerberg"
    assert ledger.find_actor("MÚSK").name == "Elon Musk"
    with pytest.raises(UnknownActor, match="Did you mean Elon Musk"):
        ledger.find_actor("elon mask")
    with pytest.raises(LedgerError, match="same actor"):
        ledger.between("musk", "elon musk")


def test_an_ambiguous_name_lists_the_choices(ledger):
    reader = ScriptedReader({"Kimbal Musk": "person", "Errol Musk": "person"})
    read_into(ledger, [Document(text="Kimbal Musk met Errol Musk.", name="k")], reader=reader)
    assert ledger.find_actor("kimbal").name == "Kimbal Musk"
    assert ledger.find_actor("elon").name == "Elon Musk"
    with pytest.raises(AmbiguousActor) as caught:
        find_actor("musk", [actor for actor in ledger.actors() if actor.name != "Elon Musk"])
    assert caught.value.choices == ["Errol Musk", "Kimbal Musk"]


def test_check_finds_a_quote_that_was_tampered_with(ledger_path):
    with duckdb.connect(str(ledger_path)) as connection:
        connection.execute("UPDATE ties SET quote = 'Elon Musk adored Donald Trump.' WHERE quote_start = 0 AND type = 'ACCUSE'")
    with open_ledger(ledger_path) as ledger:
        (line,) = ledger.false_quotes()
        assert "'Elon Musk adored Donald Trump.' does not stand there" in line


def test_parquet_goes_out_and_comes_back(ledger, tmp_path):
    paths = ledger.export_parquet(tmp_path / "it's parquet")
    assert all(path.stat().st_size for path in paths)
    with open_ledger(tmp_path / "other.duckdb") as other:
        assert other.import_parquet(tmp_path / "it's parquet") == 4
        assert other.import_parquet(tmp_path / "it's parquet") == 0
        assert other.ties() == ledger.ties()
        assert other.false_quotes() == []
        with pytest.raises(LedgerError, match="not an export"):
            other.import_parquet(tmp_path)


def test_the_ties_file_comes_back_and_a_second_time_changes_nothing(ledger, tmp_path):
    lines = ledger.ties().as_lines()
    assert import_lines(ledger, lines) == (0, len(lines), [])
    with open_ledger(tmp_path / "texts.duckdb") as other:
        read_into(other, samples(), reader=ScriptedReader({"Nobody": "person"}))
        assert import_lines(other, lines) == (len(lines), 0, [])
        assert import_lines(other, lines) == (0, len(lines), [])
        assert [(t.source, t.type, t.target, t.quote) for t in other.ties()] == [
            (t.source, t.type, t.target, t.quote) for t in ledger.ties()
        ]
        assert other.false_quotes() == []


def test_a_bad_line_of_the_ties_file_is_told_and_the_rest_taken(ledger):
    good = ledger.ties().as_lines()[0] | {"type": "SUPPORT", "polarity": "+"}
    bad = [good | {"doc": "nowhere"}, good | {"start": 3}, good | {"type": "HUGGED"}, {"doc": "2017"}, good | {"start": None}]
    added, known, complaints = import_lines(ledger, [*bad, good])
    assert (added, known, len(complaints)) == (1, 0, 5)
    assert complaints[0] == "line 1: document 'nowhere' is not in the ledger. Read it first."


def test_ties_in_a_notebook_are_escaped(ledger):
    from dataclasses import replace

    html = Ties([replace(ledger.ties()[0], quote="<script>alert(1)</script>")])._repr_html_()
    assert "&lt;script&gt;" in html
    assert "<script" not in html


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_data_frames(ledger, library, monkeypatch):
    ties = ledger.ties()
    try:
        __import__(library)
    except ImportError:
        pass
    else:
        frame = getattr(ties, f"to_{library}")()
        assert frame.shape == (11, 19)
        assert getattr(Ties([]), f"to_{library}")().shape == (0, 19)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf"pip install 'frenemy\[{library}\]'"):
        getattr(ties, f"to_{library}")()


def test_slices_are_ties(ledger):
    assert isinstance(ledger.ties()[:2], Ties)
    assert repr(ledger.ties()[:1]) == "<1 tie>"
