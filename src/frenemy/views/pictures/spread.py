"""Actors' boxes over the room of a picture: each part by itself, the parts side by side or, where they are blocs, as they stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from frenemy.views.pictures.layout import Matrix, arrange, components, pack, part

WIDEST, TALLEST = 800.0, 560.0
"""How large a picture is, in its units, where the names leave room."""
MARGIN, ASIDE = 14.0, 24.0
"""Free room at the edges, and between parts that nothing links."""
FRIENDSHIP = 120.0
"""How far apart friends stand, where there is room."""
FLATNESS = 1.5
"""Pictures are this much wider than high, as far as the names allow."""
FRAME, HEADING = 10.0, 18.0
"""Free room inside the frame of a bloc, and above it for its name."""

Block = tuple[float, float, float, float]
"""Left, top, width and height of a bloc's frame."""


def side_by_side(wanted: Matrix, linked: NDArray[np.bool_], sizes: Matrix) -> tuple[Matrix, tuple[float, float]]:
    """The boxes' centres and the picture's width and height, actors that nothing links side by side."""
    parts = components(linked)
    centres, extents = _arranged(wanted, sizes, parts)
    corners, extent = pack([(across + ASIDE, down + 3) for across, down in extents], WIDEST - 2 * MARGIN)
    for members, corner in zip(parts, corners, strict=True):
        centres[members] += np.array(corner) + MARGIN
    return centres, (extent[0] + 2 * MARGIN, extent[1] + 2 * MARGIN)


def in_blocs(wanted: Matrix, blocs: Sequence[Sequence[int]], sizes: Matrix) -> tuple[Matrix, tuple[float, float], list[Block]]:
    """The same with a frame around each bloc; the blocs stand as far apart as their members on the whole should."""
    centres, extents = _arranged(wanted, sizes, blocs, share=1 / np.sqrt(len(blocs)))
    between = np.array([[wanted[np.ix_(one, other)].mean() if one is not other else 0.0 for other in blocs] for one in blocs])
    frames = np.array(extents) + np.array((2 * FRAME, 2 * FRAME + HEADING))
    middles = part(_scaled(arrange(between)) * 0.6, frames + ASIDE)
    corner = (middles - frames / 2).min(axis=0) - MARGIN
    found = []
    for members, middle, frame in zip(blocs, middles, frames, strict=True):
        left, top = middle - frame / 2 - corner
        centres[list(members)] += (left + FRAME, top + FRAME + HEADING)
        found.append((float(left), float(top), float(frame[0]), float(frame[1])))
    far = (middles + frames / 2).max(axis=0) + MARGIN - corner
    return centres, (float(far[0]), float(far[1])), found


def _arranged(
    wanted: Matrix, sizes: Matrix, parts: Sequence[Sequence[int]], *, share: float = 1.0
) -> tuple[Matrix, list[tuple[float, float]]]:
    """The boxes' centres, each part's from its own left upper corner, and the parts' widths and heights."""
    centres, extents = np.zeros((len(wanted), 2)), []
    for members in parts:
        rows = list(members)
        boxes = part(_scaled(arrange(wanted[np.ix_(rows, rows)])) * share, sizes[rows])
        half = sizes[rows] / 2
        centres[rows] = boxes - (boxes - half).min(axis=0)
        across, down = (boxes + half).max(axis=0) - (boxes - half).min(axis=0)
        extents.append((float(across), float(down)))
    return centres, extents


def _scaled(places: Matrix) -> Matrix:
    """In units of the picture: friends at their distance, unless all would not fit; a little wider where names need it."""
    spread = np.maximum(np.ptp(places, axis=0), 1e-9)
    stretch = float(np.clip(np.sqrt(FLATNESS * spread[1] / spread[0]), 0.8, 1.3))
    room = min(FRIENDSHIP, (WIDEST - 2 * MARGIN - 100) / (spread[0] * stretch), TALLEST * stretch / spread[1])
    scaled: Matrix = places * np.array((room * stretch, room / stretch))
    return scaled
