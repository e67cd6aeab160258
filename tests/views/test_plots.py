"""Plots: files that open, are the same each time, and that no name can break."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from click.testing import CliRunner

from frenemy.errors import MissingExtra, PlotError
from frenemy.pipeline import open_ledger
from frenemy.views.cli import main
from frenemy.views.plots import save
from frenemy.views.signs import LOOKS

pytest.importorskip("matplotlib")

SVG = "{http://www.w3.org/2000/svg}"
PAIR = ("elon musk", "donald trump")


def draw(ledger, kind):
    return ledger.plot.pair(*PAIR) if kind == "pair" else getattr(ledger.plot, kind)()


def svg_of(figure, tmp_path, name="a.svg"):
    save(figure, tmp_path / name)
    return (tmp_path / name).read_text(encoding="utf-8")


def words(svg):
    """Each piece of text, the title and the note below it first."""
    found = [" ".join("".join(text.itertext()).split()) for text in ET.fromstring(svg).iter(f"{SVG}text")]
    return [*found[-2:], *found[:-2]]


@pytest.mark.parametrize("kind", ["network", "pair", "blocs"])
def test_the_same_ledger_gives_the_same_bytes(ledger, kind, tmp_path):
    for number in (1, 2):
        figure = draw(ledger, kind)
        for end in (".svg", ".pdf", ".png"):
            save(figure, tmp_path / f"{number}{end}")
    for end in (".svg", ".pdf", ".png"):
        first = (tmp_path / f"1{end}").read_bytes()
        assert first == (tmp_path / f"2{end}").read_bytes()
        assert len(first) > 5_000


def test_the_network_writes_names_and_tells_signs_apart_by_dashes(ledger, tmp_path):
    svg = svg_of(ledger.plot.network(), tmp_path)
    assert {"Elon Musk", "Donald Trump", "Meta"} <= set(words(svg))
    styles = [dict(part.split(": ", 1) for part in style.split("; ")) for style in re.findall(r'style="(fill: none[^"]*)"', svg)]
    dashed = {(style["stroke"], "stroke-dasharray" in style) for style in styles if "stroke" in style}
    assert {(LOOKS["-"].colour, True), (LOOKS["+"].colour, False)} <= dashed
    assert not {(LOOKS["-"].colour, False), (LOOKS["+"].colour, True)} & dashed


def test_a_pair_names_its_ties_by_shape(ledger, tmp_path):
    found = words(svg_of(ledger.plot.pair(*PAIR), tmp_path))
    assert found[0] == "Elon Musk and Donald Trump"
    assert found[1].startswith("3 ties: 2 with, 1 against. On 2024-06-01: with, +0.")
    assert {"friendly tie", "hostile tie", "90% interval of the stance"} <= set(found)
    assert len({LOOKS[sign].marker for sign in ("+", "-", "0")}) == 3


def test_blocs_have_frames_with_names(ledger, tmp_path):
    found = words(svg_of(ledger.plot.blocs(), tmp_path))
    assert found[0] == "Who is with whom"
    blocs = ledger.blocs().blocs
    assert blocs
    assert {f"Bloc {number}" for number in range(1, len(blocs) + 1)} <= set(found)
    assert {member.name for bloc in blocs for member in bloc} <= set(found)


def test_who_changed_sides_is_drawn_with_the_month(crowded, tmp_path):
    shifts = crowded.shifts()
    assert shifts
    last = max(shifts, key=lambda shift: shift.at)
    found = words(svg_of(crowded.plot.shifts(), tmp_path))
    assert f"{last.at:%b %Y}" in found
    names = {actor.id: actor.name for actor in crowded.actors()}
    assert names[last.source] in found
    assert f"and {names[last.target]}" in found
    few = words(svg_of(crowded.plot.shifts(names[last.source], names[last.target], title="One"), tmp_path))
    assert "1 pair changed sides." in few


@pytest.mark.parametrize("kind", ["network", "pair", "shifts", "blocs"])
def test_hostile_names_stay_text(hostile_path, kind, tmp_path):
    with open_ledger(hostile_path, read_only=True) as ledger:
        try:
            figure = ledger.plot.pair('Donald "><script>alert(2)', "Bezos") if kind == "pair" else getattr(ledger.plot, kind)()
        except PlotError:
            assert kind == "shifts"  # nobody may have shifted there
            return
        svg = svg_of(figure, tmp_path)
        for end in (".pdf", ".png"):
            save(figure, tmp_path / f"a{end}")
    tags = {element.tag.removeprefix(SVG) for element in ET.fromstring(svg).iter()}
    assert not {"script", "b", "img", "foreignObject", "a"} & tags
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", svg)
    assert not any(name.startswith("on") for element in ET.fromstring(svg).iter() for name in element.attrib)
    if kind in ("network", "pair"):
        assert any("$\\frac{1}{0}$" in word for word in words(svg))


def test_both_clocks_bound_what_is_drawn(ledger, tmp_path):
    found = words(svg_of(ledger.plot.pair(*PAIR, as_of=date(2018, 12, 31)), tmp_path))
    assert found[1].startswith("1 tie: 1 against.")
    with pytest.raises(PlotError, match="no pair"):
        ledger.plot.network(known_by=date(2000, 1, 1))


def test_what_cannot_be_drawn_says_why(tmp_path):
    with open_ledger(tmp_path / "empty.duckdb") as ledger:
        with pytest.raises(PlotError, match="Read documents"):
            ledger.plot.network()
        with pytest.raises(PlotError, match="Nobody changed sides"):
            ledger.plot.shifts()


@pytest.mark.parametrize(
    "arguments", [("network",), ("pair", "musk", "trump"), ("network", "--actors", "3", "--title", "Three", "--as-of", "2024")]
)
def test_the_command_writes_a_file(ledger_path, arguments, tmp_path):
    out = tmp_path / "new" / "plot.svg"
    done = CliRunner().invoke(main, ["plot", *arguments, "-o", str(out), "--ledger", str(ledger_path)])
    assert done.output == f"Wrote {out}.\n"
    assert ET.parse(out).getroot().tag == f"{SVG}svg"


def test_a_file_of_another_kind_is_refused_before_anything_is_read(tmp_path):
    done = CliRunner().invoke(main, ["plot", "network", "-o", "a.jpg", "--ledger", str(tmp_path / "none.duckdb")])
    assert done.exit_code == 2
    assert "end it in .svg, .pdf, .png" in done.output
    assert not (tmp_path / "none.duckdb").exists()


def test_without_matplotlib_the_extra_is_named(ledger, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"pip install 'frenemy\[plot\]'"):
        ledger.plot.network()


def test_report_and_commands_do_not_load_matplotlib(ledger_path, tmp_path):
    script = (
        "import sys; from frenemy.views.cli import main\n"
        f"main(['report', '-o', r'{tmp_path}/r.html', '--ledger', r'{ledger_path}'], standalone_mode=False)\n"
        "print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
