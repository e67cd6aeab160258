"""Where the actors of a signed network stand in a picture: friends near each other, foes apart, nothing on top of anything else.

Pure functions on arrays. Friendly ties pull and hostile ones push through the distance that each pair should have; stress majorization
(Gansner, Koren and North 2005, "Graph drawing by stress majorization") finds the places that fit these distances best.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

FRIENDS, UNSURE, FOES = 1.0, 1.6, 2.4
"""How far apart pairs with a clear friendly, an unclear and a clear hostile stance should stand."""
STRANGERS = 1.5
"""No two actors without a tie should come nearer than this."""
STEPS = 300
TOLERANCE = 1e-5


def distances(values: Matrix, linked: NDArray[np.bool_]) -> Matrix:
    """How far apart each two actors should stand, from the stances in [-1, 1] of those that are linked, in units of a friendship.

    Actors without a tie stand as far apart as the shortest way between them; those between whom there is no way, one unit further than
    any others.

    >>> values = np.array([[0, 1, -1], [1, 0, 0], [-1, 0, 0]], dtype=float)
    >>> distances(values, values != 0).tolist()
    [[0.0, 1.0, 2.4], [1.0, 0.0, 3.4], [2.4, 3.4, 0.0]]
    """
    friendly = UNSURE + (FRIENDS - UNSURE) * np.clip(values, 0, 1)
    direct = np.where(values >= 0, friendly, UNSURE + (FOES - UNSURE) * np.clip(-values, 0, 1))
    ways = np.where(linked, direct, np.inf)
    np.fill_diagonal(ways, 0)
    for middle in range(len(ways)):
        ways = np.minimum(ways, ways[:, middle, None] + ways[None, middle, :])
    reached = ways[np.isfinite(ways)]
    ways = np.where(np.isfinite(ways), ways, (reached.max() if reached.size else 0) + 1)
    wanted: Matrix = np.where(linked, direct, np.maximum(ways, STRANGERS))
    np.fill_diagonal(wanted, 0)
    return wanted


def arrange(wanted: Matrix) -> Matrix:
    """Places (n × 2) whose distances fit the wanted ones best, the longer side lying; the same for the same input.

    >>> places = arrange(np.array([[0.0, 3.0], [3.0, 0.0]]))
    >>> round(float(np.hypot(*(places[0] - places[1]))), 3)
    3.0
    """
    count = len(wanted)
    if count < 2:
        return np.zeros((count, 2))
    places = _first_places(wanted)
    weights = 1 / np.where(wanted > 0, wanted, np.inf) ** 2
    pull = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(pull)
    before = np.inf
    for _ in range(STEPS):
        lengths = _lengths(places)
        ratio = np.divide(weights * wanted, lengths, out=np.zeros_like(lengths), where=lengths > 0)
        places = inverse @ ((np.diag(ratio.sum(axis=1)) - ratio) @ places)
        stress = float((weights * (_lengths(places) - wanted) ** 2).sum())
        if before - stress < TOLERANCE * before:
            break
        before = stress
    return _lying(places)


def _first_places(wanted: Matrix) -> Matrix:
    """Classical scaling (Torgerson 1952), and a spiral so small that it only parts actors that would fall on one point."""
    count = len(wanted)
    centring = np.eye(count) - 1 / count
    values, vectors = np.linalg.eigh(-0.5 * centring @ wanted**2 @ centring)
    places: Matrix = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0))
    turns = np.arange(count) * 2.399963
    return places + 0.01 * np.column_stack((np.cos(turns), np.sin(turns))) * np.sqrt(np.arange(count) + 1)[:, None]


def _lengths(places: Matrix) -> Matrix:
    steps = places[:, None, :] - places[None, :, :]
    lengths: Matrix = np.sqrt((steps**2).sum(axis=2))
    return lengths


def _lying(places: Matrix) -> Matrix:
    """Turned so that the longest side lies; which end is left and which is up is settled by the first actor, not by the library."""
    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned: Matrix = centred @ axes[:, ::-1]
    signs = np.where(turned[0] > 0, -1.0, 1.0)
    return turned * signs


def part(places: Matrix, sizes: Matrix, *, steps: int = 2_000) -> Matrix:
    """The places, moved apart until no two boxes of these sizes (n × 2: width and height, around their places) overlap.

    Each step pushes every overlapping pair apart along the side that needs the smaller move.

    >>> parted = part(np.zeros((2, 2)), np.array([[4.0, 2.0], [4.0, 2.0]]))
    >>> bool(abs(parted[0, 1] - parted[1, 1]) >= 2.0)
    True
    """
    places = places + np.arange(len(places))[:, None] * 1e-6
    reach = (sizes[:, None, :] + sizes[None, :, :]) / 2
    for _ in range(steps):
        apart = places[:, None, :] - places[None, :, :]
        overlap = reach - np.abs(apart)
        clash = np.asarray((overlap > 1e-9).all(axis=2))
        np.fill_diagonal(clash, False)
        if not clash.any():
            break
        flat = overlap[..., 0] <= overlap[..., 1]
        push = np.stack((np.where(flat, overlap[..., 0], 0), np.where(flat, 0, overlap[..., 1])), axis=2)
        moves = (push / 2 + 1e-3) * np.sign(apart) * clash[..., None] * np.stack((flat, ~flat), axis=2)
        places = places + moves.sum(axis=1)
    return places


def components(linked: NDArray[np.bool_]) -> list[list[int]]:
    """The parts that no link joins, the largest first.

    >>> components(np.array([[0, 0, 1], [0, 0, 0], [1, 0, 0]], dtype=bool))
    [[0, 2], [1]]
    """
    left, found = set(range(len(linked))), []
    while left:
        waiting, members = [min(left)], set()
        while waiting:
            members.add(one := waiting.pop())
            waiting.extend(int(other) for other in np.flatnonzero(linked[one]) if other not in members)
        left -= members
        found.append(sorted(members))
    return sorted(found, key=lambda members: (-len(members), members))


def pack(blocks: Sequence[tuple[float, float]], widest: float) -> tuple[list[tuple[float, float]], tuple[float, float]]:
    """The left upper corners of blocks (width, height) laid in rows no wider than `widest`, and the width and height of it all.

    >>> pack([(60, 50), (30, 20), (30, 20)], 100)
    ([(0.0, 0.0), (60.0, 0.0), (0.0, 50.0)], (90.0, 70.0))
    """
    corners, x, y, row = [], 0.0, 0.0, 0.0
    for across, down in blocks:
        if x and x + across > widest:
            x, y, row = 0.0, y + row, 0.0
        corners.append((x, y))
        x, row = x + across, max(row, float(down))
    return corners, (max((x + b[0] for (x, _), b in zip(corners, blocks, strict=True)), default=0.0), y + row)
