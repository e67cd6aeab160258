"""Places, curves and marks: nothing on top of anything else, friends near, foes far, the same each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frenemy.model import Shift, Stance
from frenemy.views.pictures.labels import lanes, width
from frenemy.views.pictures.layout import arrange, components, distances, pack, part
from frenemy.views.pictures.network import draw
from frenemy.views.pictures.timeline import HIGHEST, ticks, timeline

DAY = date(2024, 1, 1)


def stance(one, other, value, at=DAY):
    return Stance(source=one, target=other, mutual=True, at=at, value=value, low=max(-1, value - 0.1), high=min(1, value + 0.1))


def boxes(network):
    """Each actor's box: its dot and the lines of its name."""
    found = []
    for node in network.nodes:
        across = max(2 * node.radius, *(width(line, network.size) for line in node.lines))
        bottom = node.baseline + (len(node.lines) - 1) * network.size * 1.2
        found.append((node.x - across / 2, node.x + across / 2, node.y - node.radius, bottom))
    return found


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 40), st.integers(0, 10_000))
def test_no_actor_of_a_network_hides_another_and_all_are_inside(count, seed):
    dice = np.random.default_rng(seed)
    pairs = [pair for pair in combinations(range(count), 2) if dice.random() < 3 / count] or [(0, 1)]
    names = {f"a{i}": "Name " * int(dice.integers(1, 5)) + str(i) for i in range(count)}
    stances = [stance(f"a{i}", f"a{j}", float(dice.uniform(-1, 1)) or 0.5) for i, j in pairs]
    network = draw(stances, names, actors=count)
    if network is None:
        return
    for (l1, r1, t1, b1), (l2, r2, t2, b2) in combinations(boxes(network), 2):
        assert r1 <= l2 or r2 <= l1 or b1 <= t2 or b2 <= t1
    for left, right, top, bottom in boxes(network):
        assert left >= 0
        assert top >= 0
        assert right <= network.width
        assert bottom <= network.height
    assert draw(list(reversed(stances)), names, actors=count) == network


def test_friends_stand_near_and_foes_far():
    camps = {name: name < "e" for name in "abcdefgh"}
    stances = [stance(one, other, 0.8 if camps[one] == camps[other] else -0.8) for one, other in combinations(camps, 2)]
    network = draw(stances, {}, actors=8)
    spots = {node.id: np.array((node.x, node.y)) for node in network.nodes}
    near = [np.hypot(*(spots[one] - spots[other])) for one, other in combinations(camps, 2) if camps[one] == camps[other]]
    far = [np.hypot(*(spots[one] - spots[other])) for one, other in combinations(camps, 2) if camps[one] != camps[other]]
    assert max(near) < np.mean(far)
    assert np.mean(far) > 1.5 * np.mean(near)


def test_the_arrangement_fits_distances_that_a_plane_can_hold():
    places = np.random.default_rng(3).uniform(0, 5, (12, 2))
    wanted = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    found = arrange(wanted)
    assert np.allclose(np.sqrt(((found[:, None] - found[None]) ** 2).sum(axis=2)), wanted, atol=0.05)


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_each_bloc_has_a_frame_of_its_own(number):
    blocs = [[f"{bloc}{i}" for i in range(2 + bloc)] for bloc in range(number)]
    people = [actor for bloc in blocs for actor in bloc]
    stances = [stance(one, other, 0.4 if one[0] == other[0] else -0.3) for one, other in combinations(people, 2)]
    network = draw([*stances, stance("x", "00", 0.9)], {}, blocs=blocs, actors=40)
    assert [frame.name for frame in network.frames] == [f"Bloc {i}" for i in range(1, number + 1)]
    assert {node.id for node in network.nodes} == set(people)
    for one, other in combinations(network.frames, 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    for node, (left, right, top, bottom) in zip(network.nodes, boxes(network), strict=True):
        frame = network.frames[int(node.id[0])]
        assert frame.x <= left <= right <= frame.x + frame.width <= network.width
        assert frame.y <= top <= bottom <= frame.y + frame.height <= network.height


def test_there_is_no_network_where_nobody_leans():
    assert draw([], {}) is None
    assert draw([stance("a", "b", 0.01)], {}) is None


def test_a_line_bends_around_an_actor_in_its_way():
    from frenemy.views.pictures.network import Node, _bend

    nodes = [
        Node(id=name, name=name, lines=(name,), x=x, y=50.0, radius=8.0, baseline=70.0)
        for name, x in (("a", 0.0), ("b", 200.0), ("c", 90.0))
    ]
    x, y = _bend((0, 1), nodes)
    share = 90 / 200
    off = abs(2 * share * (1 - share) * (y - 50))
    assert off >= 8
    assert x == 100


def test_distances_go_round_by_the_shortest_way_and_strangers_are_apart():
    values = np.zeros((4, 4))
    values[0, 1] = values[1, 0] = 1
    values[1, 2] = values[2, 1] = 1
    wanted = distances(values, values != 0)
    assert wanted[0, 2] == 2
    assert wanted[0, 3] == wanted.max() == 3


def test_packing_keeps_blocks_apart():
    blocks = [(float(w), float(h)) for w, h in ((60, 50), (30, 20), (50, 20), (90, 10))]
    corners, (across, down) = pack(blocks, 100)
    for ((x1, y1), (w1, h1)), ((x2, y2), (w2, h2)) in combinations(list(zip(corners, blocks, strict=True)), 2):
        assert x1 + w1 <= x2 or x2 + w2 <= x1 or y1 + h1 <= y2 or y2 + h2 <= y1
    assert across <= 100
    assert down == 80


def test_components_are_found():
    linked = np.zeros((5, 5), dtype=bool)
    linked[0, 3] = linked[3, 0] = linked[3, 4] = linked[4, 3] = True
    assert components(linked) == [[0, 3, 4], [1], [2]]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.floats(1, 60), st.floats(1, 30)), min_size=1, max_size=25))
def test_parting_leaves_no_overlap(given_boxes):
    places, sizes = np.array([b[:2] for b in given_boxes]), np.array([b[2:] for b in given_boxes])
    parted = part(places, sizes)
    for (p1, s1), (p2, s2) in combinations(list(zip(parted, sizes, strict=True)), 2):
        assert (np.abs(p1 - p2) >= (s1 + s2) / 2 - 1e-6).any()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 50)), max_size=20))
def test_labels_of_a_row_do_not_meet(spans):
    ends = [(start, start + length) for start, length in spans]
    rows = lanes(ends)
    for (one, row), (other, other_row) in combinations(list(zip(ends, rows, strict=True)), 2):
        if row == other_row:
            assert one[1] < other[0] or other[1] < one[0]


def test_a_time_line_stacks_ties_and_holds_the_stance_until_it_jumps(ledger):
    tie = next(tie for tie in ledger.ties() if tie.polarity == "+")
    ties = [replace(tie, id=str(i), when="2024-03-01", status="denied" if i < 2 else "asserted") for i in range(8)]
    ties.append(replace(tie, id="old", when="2017", polarity="-"))
    curve = [stance("a", "b", -0.4, date(2017, 1, 1)), stance("a", "b", -0.38, date(2020, 1, 1)), stance("a", "b", 0.4, date(2024, 3, 1))]
    shift = Shift(
        source="a", target="b", before="-", after="+", at=date(2024, 3, 1), earliest=DAY, latest=DAY, size=0.8, probability=0.9,
        ties_before=(), ties_after=(),
    )  # fmt: skip
    line = timeline(curve, ties, [shift])
    assert [(mark.sign, mark.level, mark.hollow, mark.count) for mark in line.marks if mark.sign == "+"] == [
        ("+", 0, False, 1), ("+", 1, False, 1), ("+", 2, False, 1), ("+", 3, False, 1), ("+", HIGHEST - 1, False, 4)
    ]  # fmt: skip
    assert sum(mark.count for mark in line.marks) == len(ties)
    assert (line.curve[-2].at, line.curve[-2].value) == (date(2024, 2, 29), -0.38)
    assert [sign for sign, _ in line.stretches()] == ["-", "+"]
    assert line.turns[0].label == "Mar 2024: from foes to friends"
    assert line.first < date(2017, 1, 1) < date(2024, 3, 1) < line.last
    assert line.reach == pytest.approx(0.75)


def test_nothing_dated_has_no_time_line(ledger):
    assert timeline([], ledger.ties()) is None


@settings(max_examples=50, deadline=None)
@given(st.dates(date(1, 1, 1), date(9990, 1, 1)), st.integers(1, 100_000))
def test_there_are_never_too_many_years(first, days):
    try:
        last = first + timedelta(days=days)
    except OverflowError:
        return
    found = ticks(first, last)
    assert len(found) <= 8
    assert all(first <= day <= last for day, _ in found)
