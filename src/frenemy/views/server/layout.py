"""Where the actors stand in the app's network. Pure functions on arrays.

Few are placed as the report and the plots place them; a crowd by forces, since stress majorization takes the cube of the number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from frenemy.views.pictures.layout import arrange, distances

Floats = NDArray[np.float64]

CROWD = 160
ROUNDS, OTHERS = 220, 24


def places(count: int, edges: NDArray[np.int64], values: Floats) -> Floats:
    """Places (count × 2) in the unit square, the same for the same input; `edges` (m × 2) are places of actors, `values` their stances.

    >>> found = places(3, np.array([[0, 1], [1, 2]]), np.array([0.8, -0.5]))
    >>> found.shape, float(found.min()) >= 0, float(found.max()) <= 1
    ((3, 2), True, True)
    """
    if count <= CROWD:
        matrix, linked = np.zeros((count, count)), np.zeros((count, count), dtype=bool)
        one, other = edges.reshape(-1, 2).T
        matrix[one, other] = matrix[other, one] = values
        linked[one, other] = linked[other, one] = True
        return _square(arrange(distances(matrix, linked)))
    return _square(_crowd(count, edges, values))


def _crowd(count: int, edges: NDArray[np.int64], values: Floats) -> Floats:
    """Forces as T. Fruchterman and E. Reingold have them ("Graph drawing by force-directed placement", 1991), with ties that pull by how
    friendly they are; each actor is pushed by as many others as `OTHERS`, drawn anew each round, in place of all.
    """
    random = np.random.default_rng(0)
    turns = np.arange(count) * 2.399963
    spots = np.column_stack((np.cos(turns), np.sin(turns))) * np.sqrt((np.arange(count) + 0.5) / count)[:, None]
    near = 1 / np.sqrt(count)
    one, other = edges.T
    pull = 0.15 + np.clip(values, 0, 1)
    degree = np.maximum(np.bincount(edges.ravel(), minlength=count), 1)
    for turn in range(ROUNDS):
        moved = np.zeros_like(spots)
        for _ in range(OTHERS):
            apart = spots - spots[random.permutation(count)]
            moved += apart * (near**2 * count / OTHERS / np.maximum((apart**2).sum(axis=1), near**2 / 25))[:, None]
        apart = spots[one] - spots[other]
        force = apart * (np.hypot(*apart.T) / near * pull)[:, None]
        for axis in (0, 1):
            moved[:, axis] -= np.bincount(one, force[:, axis], minlength=count) / np.sqrt(degree)
            moved[:, axis] += np.bincount(other, force[:, axis], minlength=count) / np.sqrt(degree)
        moved -= spots * near * 2  # what is tied to nothing must not drift away
        length = np.maximum(np.hypot(*moved.T), 1e-9)
        spots += moved * (np.minimum(length, 0.12 * (1 - turn / ROUNDS)) / length)[:, None]
    return spots


def _square(spots: Floats) -> Floats:
    """Stretched to the unit square; in a crowd the few that lie far out are drawn in, so that they do not squeeze the rest."""
    if not len(spots):
        return spots
    if len(spots) > CROWD:
        spread = np.maximum(spots.std(axis=0), 1e-9)
        spots = np.tanh((spots - np.median(spots, axis=0)) / (1.8 * spread))
    low, high = spots.min(axis=0), spots.max(axis=0)
    fitted: Floats = (spots - low) / np.where(high > low, high - low, 1)
    return np.where(high > low, fitted, 0.5)
