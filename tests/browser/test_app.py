"""The web app in a real browser, on a real server, over the sample articles."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from frenemy.model import Document
from frenemy.pipeline import open_ledger, read_into
from tests.browser.conftest import PHONE, WIDE, Opener, serving, settle
from tests.readers import KINDS, ScriptedReader

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = os.environ.get("FRENEMY_SHOTS")
PAIR = "pair/donald-trump/elon-musk"
VIEWS = {
    "network": "Network",
    "actors": "Actors",
    "actor/elon-musk": "Elon Musk",
    PAIR: "Donald Trump and Elon Musk",
    "shifts": "Shifts",
    "claims": "Claims",
    "conflicts?near=1": "Conflicts of interest",
    "documents": "Documents",
    "review": "Review",
}


def ask(served: str, path: str) -> Any:
    """An answer of the interface, without the browser, once it is prepared."""
    for _ in range(600):
        with urlopen(served + path) as answer:
            if answer.status != 202:
                return json.load(answer)
        time.sleep(0.1)
    raise AssertionError(f"{path} is still being prepared")


def title(page: Any) -> str:
    """The view's heading."""
    return " ".join(page.inner_text("main h1").split())


def seen(page: Any) -> str:
    """What stands on the network's canvas of edges."""
    page.wait_for_timeout(400)
    return str(page.evaluate("document.querySelector('canvas.edges').toDataURL()"))


# --- views --------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_by_its_link(visit: Opener, served: str, view: str, size: dict[str, int]) -> None:
    page = visit(f"{served}#/{view}", size=size)
    assert title(page) == VIEWS[view]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    if SHOTS:
        page.wait_for_timeout(900)
        page.screenshot(path=Path(SHOTS) / f"{view.split('/')[0].split('?')[0]}-{'phone' if size is PHONE else 'wide'}.png")


def test_a_document_shows_its_ties_and_links_to_each(visit: Opener, served: str) -> None:
    doc = ask(served, "api/documents")["items"][0]
    page = visit(f"{served}#/document/{doc['id']}")
    assert title(page) == doc["title"]
    assert page.locator(".article mark").count() > 3
    page.locator(".doc-ties button").nth(1).click()
    page.wait_for_selector(".article mark.chosen")
    assert "tie=" in page.url
    again = visit(page.url)
    assert again.locator(".article mark.chosen").first.inner_text() == page.locator(".article mark.chosen").first.inner_text()


def test_an_address_that_leads_nowhere_says_so(visit: Opener, served: str) -> None:
    assert title(visit(f"{served}#/nowhere")) == "There is no such page"
    page = visit(f"{served}#/actor/nobody-at-all", expected="404")
    assert "no such actor" in page.inner_text("main")


# --- network ------------------------------------------------------------------------------------------------------------------------------


def test_the_slider_goes_through_the_history(visit: Opener, served: str) -> None:
    page = visit(f"{served}#/network")
    slider, date = page.locator(".slider input"), page.locator(".slider output")
    last, now = date.inner_text(), seen(page)
    slider.focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    assert date.inner_text() != last
    assert seen(page) != now
    assert "at=" in page.url
    assert visit(page.url).locator(".slider output").inner_text() == date.inner_text()
    page.get_by_role("button", name="Play the history").click()
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="Pause").click()
    assert date.inner_text() != last


def test_an_actor_and_a_tie_are_clicked_in_the_picture(visit: Opener, served: str) -> None:
    page = visit(f"{served}#/network")
    page.wait_for_selector(".picture[data-drawn]")
    network = ask(served, "api/network")
    box = page.locator(".picture").bounding_box()

    def spot(actor: dict[str, Any]) -> tuple[float, float]:
        return 40 + actor["x"] * (box["width"] - 80), 40 + actor["y"] * (box["height"] - 80)

    first = network["actors"][0]
    page.locator(".picture").click(position=dict(zip(("x", "y"), spot(first), strict=True)))
    assert page.inner_text(".chosen-box h2") == first["name"]
    page.locator(".chosen-box .row").first.click()
    page.wait_for_selector(".chosen-box .quoted blockquote")
    assert first["name"] in page.inner_text(".chosen-box h2")
    page.keyboard.press("Escape") if page.locator(".picture").evaluate("box => box === document.activeElement") else page.get_by_label(
        "Let go"
    ).click()
    assert page.locator(".chosen-box").count() == 0


def test_filters_take_lines_away(visit: Opener, served: str) -> None:
    page = visit(f"{served}#/network")
    whole = seen(page)
    against = page.locator(".network-filters").get_by_role("checkbox", name="against")
    against.uncheck()
    without = seen(page)
    against.check()
    assert without != whole
    assert seen(page) == whole


def test_the_network_is_moved_with_keys(visit: Opener, served: str) -> None:
    page = visit(f"{served}#/network")
    whole = seen(page)
    page.locator(".picture").focus()
    page.keyboard.press("+")
    assert seen(page) != whole
    page.keyboard.press("0")
    assert seen(page) == whole


# --- search and pair ----------------------------------------------------------------------------------------------------------------------


def test_search_by_keyboard_leads_to_an_actor(visit: Opener, served: str) -> None:
    page = visit(f"{served}#/claims")
    page.keyboard.press("/")
    page.keyboard.type("zucker", delay=20)
    page.wait_for_selector("[role=option]:not(.nothing)")
    page.keyboard.press("Enter")
    page.wait_for_selector(".view.actor h1")
    assert title(page) == "Mark Zuckerberg"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_forecast_opens_by_its_link_and_by_its_button(visit: Opener, served: str, size: dict[str, int]) -> None:
    told = ask(served, f"api/pairs/{PAIR.removeprefix('pair/')}/forecast")
    page = visit(f"{served}#/{PAIR}?view=forecast", size=size, bypass_csp=True)
    page.wait_for_selector(".forecast .outlooks")
    rows = page.locator(".outlooks tbody tr").all_inner_texts()
    assert len(rows) == len(told["outlooks"])
    assert all(f"{round(100 * look['friendly'])}%" in row for look, row in zip(told["outlooks"], rows, strict=True))
    assert page.locator(".scenarios tbody tr").count() == len(told["scenarios"])
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    if AXE.exists():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [one["id"] for one in violations if one["impact"] in ("serious", "critical")] == []
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"forecast-{'phone' if size is PHONE else 'wide'}.png")
    page.locator(".forecast button").click()
    assert page.locator(".forecast table").count() == 0
    assert "view=" not in page.url
    page.locator(".forecast button").click()
    page.wait_for_selector(".forecast .outlooks")
    assert "view=forecast" in page.url


def test_a_tie_of_a_pair_is_read_in_its_document(visit: Opener, served: str) -> None:
    page = visit(f"{served}#/{PAIR}")
    page.locator(".tie-list button").nth(2).click()
    page.wait_for_selector(".context mark")
    assert page.inner_text(".context mark") in page.locator(".tie-list > li").nth(2).inner_text()
    assert "tie=" in page.url
    page.locator(".curve .mark").last.dispatch_event("click")
    page.wait_for_selector(".curve .mark.chosen")
    page.wait_for_selector(".tie-list > li.chosen")
    assert visit(page.url).inner_text(".context mark")


def test_shifts_are_marked_on_the_curve(visit: Opener, served: str) -> None:
    page = visit(f"{served}#/{PAIR}")
    shifts = ask(served, f"api/pairs/{PAIR.removeprefix('pair/')}")["shifts"]
    assert page.locator(".curve .shift").count() == len(shifts) == page.locator(".pair-shifts li").count()


# --- decisions ----------------------------------------------------------------------------------------------------------------------------


def test_a_merge_and_its_undo(visit: Opener, served: str) -> None:
    before = ask(served, "api/actors?limit=200")
    page = visit(f"{served}#/actor/sam-altman")
    page.get_by_role("combobox", name="Is the same as another actor").fill("Bezos")
    page.get_by_role("option").first.click()
    page.wait_for_selector(".notice")
    assert "are the same actor" in page.inner_text(".notice")
    assert ask(served, "api/actors?limit=200")["total"] == before["total"] - 1
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector(".notice >> text=Taken back")
    assert ask(served, "api/actors?limit=200") == before


def test_a_tie_is_rejected_and_taken_back(visit: Opener, served: str) -> None:
    path = f"api/pairs/{PAIR.removeprefix('pair/')}/ties"
    before = ask(served, path)
    page = visit(f"{served}#/{PAIR}")
    page.locator(".tie-list button").first.click()
    page.get_by_role("button", name="The quote does not say this").click()
    page.wait_for_selector(".notice")
    assert ask(served, path)["total"] == before["total"] - 1
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector(".notice >> text=Taken back")
    assert ask(served, path) == before


def test_questions_are_answered_with_single_keys(visit: Opener, served: str) -> None:
    before = [question["id"] for question in ask(served, "api/review")["questions"]]
    page = visit(f"{served}#/review")
    page.keyboard.press("y")
    page.wait_for_selector(".made li")
    settle(page)
    assert before[0] not in [question["id"] for question in ask(served, "api/review")["questions"]]
    page.keyboard.press("u")
    page.wait_for_selector(".made li", state="detached")
    assert [question["id"] for question in ask(served, "api/review")["questions"]] == before
    left = page.inner_text(".card .kicker")
    page.keyboard.press("s")
    page.wait_for_timeout(200)
    assert page.inner_text(".card .kicker") != left


# --- states -------------------------------------------------------------------------------------------------------------------------------


def test_an_empty_ledger_says_what_to_do(visit: Opener, browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    open_ledger(path).close()
    with serving(path) as address:
        for view in ("network", "actors", "shifts", "claims", "conflicts", "documents", "review"):
            page = visit(f"{address}#/{view}")
            assert page.locator(".state.empty").count() == 1, view


def test_a_server_that_is_gone_is_said_to_be(visit: Opener, browser: Any, sample_ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.duckdb"
    path.write_bytes(sample_ledger.read_bytes())
    with serving(path) as address:
        page = visit(f"{address}#/actors", expected="ERR_CONNECTION_REFUSED")
    page.click("text=Claims")
    page.wait_for_selector(".state.failed")
    assert "frenemy serve" in page.inner_text(".state.failed")


NAMES = ("<script>alert(1)</script>", "\u202egro.live", '" onmouseover="alert(1)', "<img src=x onerror=alert(2)>", "W" * 3000)


def test_hostile_text_never_executes(visit: Opener, browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "hostile.duckdb"
    text = "\n".join(f"{one} {verb} {other}." for one in NAMES for other in NAMES for verb in ("sued", "praised") if one != other)
    called = "<svg onload=alert(4)>" + "\u202e" * 10_000_000
    doc = Document(text=text, name="javascript:alert(3)", title=called, url="javascript:alert(5)", publisher=NAMES[3])
    with open_ledger(path) as ledger:
        read_into(ledger, [doc], reader=ScriptedReader({**KINDS, **dict.fromkeys(NAMES, "person")}))
        actors = [actor.id for actor in ledger.actors()]
    with serving(path) as address:
        for view in ("network", "actors", "claims?all=1", "shifts", "conflicts?near=1", "documents", "review", f"document/{doc.id}"):
            page = visit(f"{address}#/{view}", size=PHONE)
            assert page.locator("script").count() == 1
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], view
            assert page.locator("[href^='javascript:'], [onmouseover], [onerror], [onload]").count() == 0
        for actor in actors[:3]:
            visit(f"{address}#/actor/{actor}", size=PHONE)
            visit(f"{address}#/pair/{actor}/{actors[-1]}", size=PHONE)


# --- accessibility ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not AXE.exists(), reason="axe is not installed: npm ci in web/")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Opener, served: str, scheme: str) -> None:
    doc = ask(served, "api/documents")["items"][0]["id"]
    found = {}
    for view in (*VIEWS, f"document/{doc}", "network?actor=elon-musk"):
        page = visit(f"{served}#/{view}", color_scheme=scheme, bypass_csp=True)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [one for one in result["violations"] if one["impact"] in ("serious", "critical")]
        if serious:
            found[view] = [(one["id"], one["nodes"][0]["html"][:200], one["nodes"][0].get("failureSummary", "")[:300]) for one in serious]
    assert found == {}


def test_the_page_is_walked_with_the_tab_key(visit: Opener, served: str) -> None:
    page = visit(f"{served}#/actors")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
