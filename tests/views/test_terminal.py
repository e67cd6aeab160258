"""The terminal: a stance on one line, and nothing wider than the window."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from tests.readers import ScriptedReader

from frenemy.model import Document, Stance
from frenemy.pipeline import open_ledger, read_into
from frenemy.views.cli import main
from frenemy.views.signs import interval, signed, stands
from frenemy.views.sparkline import MOST, sampled, sparkline

LONG = ("Maximiliana Hohenstaufen-Oberwittelsbach", "Bartholomew Featherstonehaugh-Cholmondeley", "Wilhelmina Quartermaine-Abernathy")


def stance(value, at, spread=0.1):
    return Stance(source="a", target="b", mutual=True, at=at, value=value, low=value - spread, high=value + spread)


@pytest.fixture(scope="module")
def long_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger whose actors have long names."""
    path = tmp_path_factory.mktemp("long") / "long.duckdb"
    one, two, three = LONG
    texts = [
        f"{one} mocked {two} in 2017. {two} accused {three} in 2018. {three} praised {one} in 2019.",
        f"{one} praised {two} in 2023. {two} praised {one} in 2024. {one} denied that {one} accused {three}.",
    ]
    name, publisher = "a-name-that-is-longer-than-the-window-is-wide-" * 3, "The " + "Long " * 20
    docs = [Document(text=text, name=f"{name}{i}", publisher=publisher, published=date(2024, 1, 1 + i)) for i, text in enumerate(texts)]
    with open_ledger(path) as opened:
        read_into(opened, docs, reader=ScriptedReader(dict.fromkeys(LONG, "person")))
    return path


@pytest.mark.parametrize(
    "command",
    [
        *("actors", "actor maximiliana", "between maximiliana bartholomew", "ties", "ties --ids", "stance maximiliana"),
        *("stance maximiliana bartholomew", "shifts", "claims --all", "figures maximiliana", "conflicts --near", "enemies", "pressure"),
        *("central", "blocs", "balance", "judgements", "watchlist list", "check"),
    ],
)
def test_tables_fit_the_window(long_path, command):
    done = CliRunner(env={"COLUMNS": "80"}).invoke(main, [*command.split(), "--ledger", str(long_path)])
    assert done.exit_code == 0, done.output
    if command != "check":  # a sentence
        assert max(map(cell_len, done.stdout.splitlines()), default=0) <= 80


def test_a_sparkline_shows_the_years_and_the_sides():
    days = [date(2017, 1, 1) + timedelta(days=300 * i) for i in range(10)]
    line = sparkline([stance(-0.4 if i < 5 else 0.4, day) for i, day in enumerate(days)])
    assert line is not None
    years, drawn, rest = line.plain.split(" ", 2)
    assert (years, rest) == ("2017", "2024  ▁ −0.40 █ +0.40")
    assert set(drawn) == {"▁", "█"}
    assert len(drawn) == MOST
    assert drawn == "".join(sorted(drawn))
    assert cell_len(line.plain) <= 80


def test_a_weak_stance_is_not_blown_up_and_few_days_are_few_blocks():
    line = sparkline([stance(0.01, date(2024, 1, 1)), stance(0.02, date(2024, 1, 3))])
    assert line is not None
    assert line.plain == "2024 ▅▅▅ 2024  ▁ −0.25 █ +0.25"
    assert sparkline([stance(0.3, date(2024, 1, 1))]) is None
    assert sampled([stance(0.3, date(2024, 1, 1)), stance(0.4, date(2024, 1, 1))]) == [0.4]


@pytest.mark.parametrize(
    ("value", "spread", "words", "figure"),
    [(0.4, 0.1, "with", "+0.40"), (-0.4, 0.5, "leans against", "−0.40"), (0.02, 0.5, "unclear", "+0.02"), (-0.001, 0.0, "unclear", "0.00")],
)
def test_a_stance_in_words_and_figures(value, spread, words, figure):
    one = stance(value, date(2024, 1, 1), spread)
    assert stands(one) == words
    assert signed(value) == figure
    assert interval(one) == f"{signed(one.low)} to {signed(one.high)}"
