"""The relaxation of a covering problem in HiGHS (Huangfu and Hall 2018): least weight of edges, in fractions.

Every obstruction that is known so far is a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from frenemy.analysis.network.certificate import Leaf, Obstruction
from frenemy.analysis.network.graph import Floats

if TYPE_CHECKING:
    import highspy


class Simplex:
    """A linear programme that grows by obstructions and is solved again from where it stood (dual simplex)."""

    def __init__(self, weight: Floats) -> None:
        import highspy

        self._solver: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, setting in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._solver.setOptionValue(option, setting)
        size = len(weight)
        self._solver.addVars(size, np.zeros(size), np.ones(size))
        self._solver.changeColsCost(size, np.arange(size, dtype=np.int32), weight)
        self._fixed: dict[int, int] = {}
        self.active: list[int] = []  # which obstruction each row is

    def add(self, numbers: Sequence[int], obstructions: Sequence[Obstruction]) -> None:
        """Take in obstructions; `numbers` are their places in the list of all."""
        starts = np.cumsum([0] + [len(one.edges) for one in obstructions])
        edges = np.array([edge for one in obstructions for edge in one.edges], np.int32)
        signs = np.array([sign for one in obstructions for sign in one.signs])
        least = np.array([float(one.least) for one in obstructions])
        most = np.full(len(obstructions), self._solver.inf)
        self._solver.addRows(len(obstructions), least, most, len(edges), starts[:-1].astype(np.int32), edges, signs)
        self.active.extend(numbers)

    def fix(self, fixed: Mapping[int, int]) -> None:
        """Hold these edges as satisfied (0) or frustrated (1), and let go of those held before."""
        for edge in self._fixed.keys() - fixed.keys():
            self._solver.changeColBounds(edge, 0.0, 1.0)
        for edge, value in fixed.items():
            if self._fixed.get(edge) != value:
                self._solver.changeColBounds(edge, float(value), float(value))
        self._fixed = dict(fixed)

    def solve(self, seconds: float) -> tuple[Floats, Leaf]:
        """The value of each edge, and what is packed of each obstruction. Both hold, if less tightly, when time runs out."""
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(seconds, 0.01))
        self._solver.run()
        solution = self._solver.getSolution()
        dual = np.array(solution.row_dual)
        packed = [(self.active[row], float(dual[row])) for row in np.flatnonzero(dual > 1e-9)]
        return np.clip(np.array(solution.col_value), 0, 1), Leaf(tuple(packed))

    def drop_slack(self) -> None:
        """Forget the rows that are met with room to spare."""
        value = np.array(self._solver.getSolution().row_value)
        least = np.array(self._solver.getLp().row_lower_)
        slack = np.flatnonzero(value > least + 1e-6).astype(np.int32)
        if len(slack):
            self._solver.deleteRows(len(slack), slack)
            gone = set(slack.tolist())
            self.active = [number for row, number in enumerate(self.active) if row not in gone]
