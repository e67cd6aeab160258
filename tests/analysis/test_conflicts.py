"""Patterns of conflict: how they are read, which ties close a loop, and what is said of time."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.analysis.conflicts import Pattern, find_conflicts, load_patterns, parse_patterns, shipped_patterns, with_own
from frenemy.errors import PatternError
from frenemy.model import Evidence

KINDS = {
    "ann": "person",
    "bob": "person",
    "cat": "person",
    "dredgers": "company",
    "paints": "company",
    "harbour": "government body",
    "pilots": "government body",
    "city": "government body",
    "town post": "company",
}


def tie(source: str, kind: str, target: str, when: str = "2020/", **other: object) -> Evidence:
    """A tie; `when` is "since/until" in years, either may be empty."""
    since, until = ((int(year) if year else None) for year in when.split("/"))
    values: dict[str, object] = {
        "tie": f"{source} {kind} {target} {when}",
        "polarity": "0",
        "status": "asserted",
        "mutual": False,
        "published": None,
        "confidence": 0.8,
        **other,
    }
    return Evidence(
        source=source,
        target=target,
        type=kind,
        word="author",
        origin="d",
        since=date(since, 1, 1) if since else None,
        until=date(until, 12, 31) if until else None,
        **values,
    )


def found(*ties: Evidence, only: str | None = None, **wanted: object) -> list[tuple[str, dict[str, str]]]:
    """Names of patterns and roles of what is found."""
    rules = [rule for rule in shipped_patterns() if only is None or rule.name == only]
    return [(one.pattern.name, dict(one.roles)) for one in find_conflicts(ties, rules, KINDS, names={a: [a] for a in KINDS}, **wanted)]


LOOPS = {
    "own-company-is-paid": [("ann", "ADVISES", "harbour"), ("ann", "OWNS", "dredgers"), ("dredgers", "SUPPLIES", "harbour")],
    "own-company-is-overseen": [("ann", "WORKS_FOR", "harbour"), ("ann", "INVESTS_IN", "dredgers"), ("harbour", "OVERSEES", "dredgers")],
    "official-is-supplier": [("ann", "MEMBER_OF", "harbour"), ("ann", "SUPPLIES", "harbour")],
    "office-used-for-own-company": [("ann", "LEADS", "harbour"), ("ann", "OWNS", "dredgers"), ("ann", "AID", "dredgers")],
    "office-against-rival": [
        ("ann", "LEADS", "harbour"),
        ("ann", "OWNS", "dredgers"),
        ("paints", "COMPETES_WITH", "dredgers"),
        ("harbour", "COERCE", "paints"),
    ],
    "close-company-is-paid": [
        ("ann", "LEADS", "harbour"),
        ("bob", "RELATED_TO", "ann"),
        ("bob", "FOUNDED", "dredgers"),
        ("harbour", "FUNDS", "dredgers"),
    ],
    "close-company-is-overseen": [
        ("ann", "LEADS", "harbour"),
        ("bob", "ADVISES", "ann"),
        ("bob", "OWNS", "dredgers"),
        ("harbour", "OVERSEES", "dredgers"),
    ],
    "relative-is-overseen": [("ann", "WORKS_FOR", "harbour"), ("ann", "RELATED_TO", "bob"), ("harbour", "OVERSEES", "bob")],
    "both-sides-of-a-deal": [("ann", "OWNS", "dredgers"), ("ann", "LEADS", "paints"), ("paints", "SUPPLIES", "dredgers")],
    "adviser-of-both-rivals": [("ann", "ADVISES", "dredgers"), ("ann", "ADVISES", "paints"), ("paints", "ACCUSE", "dredgers")],
    "outlet-on-owner-s-rival": [("ann", "OWNS", "town post"), ("bob", "COMPETES_WITH", "ann"), ("town post", "ACCUSE", "bob")],
    "outlet-on-owner-s-ally": [("ann", "OWNS", "town post"), ("ann", "ALLIED_WITH", "bob"), ("town post", "SUPPORT", "bob")],
    "outlet-on-own-company": [("ann", "OWNS", "town post"), ("ann", "OWNS", "paints"), ("town post", "SUPPORT", "paints")],
    "outlet-on-rival-of-own-company": [
        ("ann", "OWNS", "town post"),
        ("ann", "OWNS", "paints"),
        ("paints", "COMPETES_WITH", "dredgers"),
        ("town post", "ACCUSE", "dredgers"),
    ],
}
IN_ORDER = {
    "from-company-to-overseer": [("ann", "WORKS_FOR", "dredgers"), ("ann", "LEADS", "harbour"), ("harbour", "OVERSEES", "dredgers")],
    "from-overseer-to-company": [("ann", "LEADS", "harbour"), ("ann", "ADVISES", "dredgers"), ("dredgers", "SUPPLIES", "harbour")],
    "donor-is-paid": [("dredgers", "FUNDS", "bob"), ("harbour", "AID", "dredgers"), ("bob", "LEADS", "harbour")],
    "donor-company-is-paid": [
        ("ann", "FUNDS", "bob"),
        ("dredgers", "SUPPLIES", "harbour"),
        ("bob", "LEADS", "harbour"),
        ("ann", "OWNS", "dredgers"),
    ],
}


def test_every_shipped_pattern_has_a_case_here():
    assert set(LOOPS) | set(IN_ORDER) == {pattern.name for pattern in shipped_patterns()}


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_is_found_only_when_all_hops_hold_together(name):
    hops = LOOPS[name]
    whole = [tie(*hop) for hop in hops]
    assert [pattern for pattern, _ in found(*whole, only=name)] == [name]
    for place in range(len(hops)):
        rest = whole[:place] + whole[place + 1 :]
        assert found(*rest, only=name) == []
        long_ago = tie(*hops[place], when="1990/1991")
        assert found(*rest, long_ago, only=name) == []
        denied = tie(*hops[place], status="denied")
        assert found(*rest, denied, only=name) == []


@pytest.mark.parametrize("name", IN_ORDER)
def test_an_ordered_loop_is_found_only_in_its_order(name):
    first, second, *rest = IN_ORDER[name]
    others = [tie(*hop, when="2000/") for hop in rest]
    assert [pattern for pattern, _ in found(tie(*first, when="2010/2012"), tie(*second, when="2015/"), *others, only=name)] == [name]
    assert found(tie(*first, when="2015/"), tie(*second, when="2010/2012"), *others, only=name) == []
    assert found(tie(*first, when="/"), tie(*second, when="/"), *others, only=name) == []


def test_two_bodies_of_one_whole_close_a_loop_and_their_part_of_ties_are_told():
    ties = [tie("ann", "ADVISES", "pilots"), tie("ann", "OWNS", "dredgers"), tie("harbour", "FUNDS", "dredgers")]
    assert found(*ties) == []
    parts = [tie("pilots", "PART_OF", "city"), tie("harbour", "PART_OF", "city")]
    [conflict] = find_conflicts([*ties, *parts], shipped_patterns(), KINDS)
    assert dict(conflict.roles) == {"official": "ann", "office": "pilots", "company": "dredgers", "buyer": "harbour"}
    assert [step.hop for step in conflict.steps] == ["service", "interest", "payment", "part", "part"]
    as_places = {**KINDS, "city": "place"}
    assert find_conflicts([*ties, *parts], shipped_patterns(), as_places) == []


def test_quotes_of_the_same_loop_are_one_finding_that_rests_on_the_surest():
    hops = LOOPS["own-company-is-paid"]
    ties = [tie(*hop, tie=f"{hop}{number}", confidence=0.5 + number / 10) for hop in hops for number in range(3)]
    ties.append(tie(*hops[1], status="denied"))
    [conflict] = find_conflicts(ties, shipped_patterns(), KINDS)
    assert conflict.confidence == pytest.approx(0.7)
    assert [len(step.others) for step in conflict.steps] == [2, 2, 2]
    assert [step.denied for step in conflict.steps] == [0, 1, 0]


def test_the_window_is_the_time_that_all_hops_share_and_dates_of_printing_are_told():
    ties = [
        tie("ann", "ADVISES", "harbour", "2015/2021"),
        tie("ann", "OWNS", "dredgers", "2018/"),
        tie("dredgers", "SUPPLIES", "harbour", "/", published=date(2019, 5, 1)),
    ]
    [conflict] = find_conflicts(ties, shipped_patterns(), KINDS)
    assert (conflict.since, conflict.until) == (date(2019, 5, 1), date(2021, 12, 31))
    assert [step.basis for step in conflict.steps] == ["said", "said", "printed"]


def test_hedged_hops_rank_below_asserted_ones_and_near_loops_below_both():
    sure = [tie(*hop, confidence=0.3) for hop in LOOPS["own-company-is-paid"]]
    hedged = [tie("bob", "LEADS", "pilots"), tie("bob", "OWNS", "paints"), tie("paints", "SUPPLIES", "pilots", status="speculated")]
    close = [tie("cat", "LEADS", "city"), tie("cat", "OWNS", "town post")]
    assert [roles["official"] for _, roles in found(*close, *hedged, *sure)] == ["ann", "bob"]
    ranked = find_conflicts([*close, *hedged, *sure], shipped_patterns(), KINDS, near=True)
    assert [one.roles[0][1] for one in ranked] == ["ann", "bob", "cat"]
    assert ranked[2].missing is not None
    assert ranked[2].missing.ways[0] == ("town post", ("SUPPLIES",), "city")


def test_an_asked_actor_is_in_every_loop_whatever_its_role():
    ties = [tie(*hop) for hop in (*LOOPS["own-company-is-paid"], *LOOPS["relative-is-overseen"])]
    assert {name for name, _ in found(*ties, actor="dredgers")} == {"own-company-is-paid"}
    assert {name for name, _ in found(*ties, actor="bob")} == {"relative-is-overseen"}
    assert found(*ties, actor="cat") == []


def test_a_company_without_a_word_of_the_media_in_its_name_is_no_outlet():
    hops = [(a.replace("town post", "paints"), kind, b.replace("town post", "paints")) for a, kind, b in LOOPS["outlet-on-owner-s-rival"]]
    assert found(*[tie(*hop) for hop in hops], only="outlet-on-owner-s-rival") == []


TRIANGLE = parse_patterns(
    "triangle:\n  title: t\n  roles: {a: any, b: any, c: any}\n"
    "  hops:\n    x: a OWNS|LEADS b\n    y: [b SUPPLIES c, c FUNDS b]\n    z: a ADVISES c\n"
)
NAMES = "pqrstu"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.sampled_from(("OWNS", "LEADS", "SUPPLIES", "FUNDS", "ADVISES")),
            st.sampled_from(NAMES),
            st.integers(2000, 2004),
            st.integers(0, 2),
        ),
        max_size=40,
    )
)
def test_the_join_finds_what_trying_all_actors_and_ties_finds(rows):
    ties = [tie(a, kind, b, f"{year}/{year + length}", tie=str(n)) for n, (a, kind, b, year, length) in enumerate(rows)]
    said = [(one.source, one.type, one.target, one.since.year, one.until.year) for one in ties]

    def years(*ways):
        return {year for a, kind, b, since, until in said if (a, kind, b) in ways for year in range(since, until + 1)}

    expected = {
        (a, b, c)
        for a, b, c in permutations(NAMES, 3)
        if years((a, "OWNS", b), (a, "LEADS", b)) & years((b, "SUPPLIES", c), (c, "FUNDS", b)) & years((a, "ADVISES", c))
    }
    rule = [Pattern(name="triangle", title="t", roles=TRIANGLE[0].roles, hops=TRIANGLE[0].hops)]
    conflicts = find_conflicts(ties, rule, {})
    assert {frozenset(actor for _, actor in one.roles) for one in conflicts} == {frozenset(each) for each in expected}
    for one in conflicts:
        assert tuple(actor for _, actor in one.roles) in expected


HEAD = "loop:\n  title: t\n  roles: {a: any, b: [person], c: any}\n"
HOPS = "  hops:\n    x: a OWNS b\n    y: b LEADS c\n    z: a FUNDS c\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no pattern"),
        ("[1, 2]", "line 1: expected `key: value`"),
        ("loop: [\n", "line 2: not YAML"),
        ("[" * 5000, "nested too deeply|not YAML"),
        ("Loop!:\n  title: t\n", "line 2, pattern Loop!: a pattern's name"),
        ("loop:\n  title: t\n", "'roles' is missing"),
        (HEAD + HOPS + "  overlaps: required\n", "line 8, pattern loop: 'overlaps' is nothing.*Did you mean overlap"),
        (HEAD + HOPS + "  overlap: sometimes\n", "'sometimes' is no overlap. There are required, order"),
        (HEAD + HOPS.replace("OWNS", "OWN"), "line 5, pattern loop: 'OWN' is no tie type. Did you mean OWNS"),
        (HEAD + HOPS.replace("a OWNS b", "a OWNS d"), "line 5.*'d' is not among the roles"),
        (HEAD + HOPS.replace("a OWNS b", "a OWNS a"), "two different roles"),
        (HEAD + HOPS.replace("a OWNS b", "a really OWNS b"), "is no tie. Write it as"),
        (HEAD + HOPS.replace("a OWNS b", "[a OWNS b, a OWNS c]"), "must join the same two roles"),
        (HEAD + HOPS.replace("a OWNS b", "{ties: a OWNS b, statuses: [sure]}"), "'sure' is no status"),
        (HEAD + HOPS.replace("a OWNS b", "{statuses: [asserted]}"), "the hop 'x' has no ties"),
        (HEAD + "  hops:\n    x: a OWNS b\n", "2 to 8 hops"),
        (HEAD + "  hops:\n    x: a OWNS b\n    y: b LEADS a\n", "no hop leads to the role 'c'"),
        (HEAD.replace("[person]", "[persons]") + HOPS, "line 3.*'persons' is no kind of actor. Did you mean person"),
        (HEAD + HOPS + HOPS, "'hops' stands here twice"),
        (HEAD + HOPS + "  near: [w]\n", "'w' is no hop"),
        (HEAD + HOPS + "  overlap: order\n  near: [x]\n", "order of its first two hops"),
        (HEAD + "  hops:\n    x: a OWNS b\n    y: b LEADS c\n  near: [y]\n", "nothing leads to the role 'c'"),
        (HEAD + HOPS + "  wholes: [[a, a]]\n", "lists pairs of roles"),
        (HEAD + HOPS + "  about: [d]\n", "'d' is no role"),
    ],
)
def test_a_wrong_pattern_is_refused_with_its_line_and_what_to_write(text, says):
    with pytest.raises(PatternError, match=says):
        parse_patterns(text, "mine.yaml")


def test_own_patterns_come_beside_the_shipped_ones_or_in_their_place(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD + HOPS + (HEAD + HOPS).replace("loop:", "own-company-is-paid:"), encoding="utf-8")
    both = with_own(shipped_patterns(), load_patterns(path))
    assert len(both) == len(shipped_patterns()) + 1
    assert next(one for one in both if one.name == "own-company-is-paid").title == "t"
    with pytest.raises(PatternError, match="No such file"):
        load_patterns(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PatternError, match="UTF-8"):
        load_patterns(tmp_path / "bytes.yaml")


def test_the_pattern_in_the_docs_is_one():
    page = (Path(__file__).parents[2] / "docs/conflicts.md").read_text(encoding="utf-8")
    [example] = parse_patterns(page.partition("```yaml\n")[2].partition("```")[0])
    assert (example.name, example.near) == ("judge-owns-party", ("case",))
    assert all(pattern.name in page for pattern in shipped_patterns())
