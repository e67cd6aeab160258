"""Sets of surface names that grow together, unless a person said that two of them are different."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Key = tuple[str, str]
"""One surface: the name as written and its side, "person" or "other"."""


class Clusters:
    """Disjoint sets of surfaces with pairs that must never meet.

    >>> a, b, c = ("Musk", "person"), ("Elon Musk", "person"), ("Kimbal Musk", "person")
    >>> clusters = Clusters({a: "musk", b: "elon musk", c: "kimbal musk"}, forbidden=[("musk", "kimbal musk")])
    >>> clusters.join(a, b), clusters.join(b, c)
    (True, False)
    """

    def __init__(self, folds: Mapping[Key, str], forbidden: Iterable[tuple[str, str]] = ()) -> None:
        self._parent = {key: key for key in folds}
        self._members: dict[Key, list[Key]] = {key: [key] for key in folds}
        self._folds = {key: {fold} for key, fold in folds.items()}
        self._enemies: dict[str, set[str]] = {}
        for one, other in forbidden:
            self._enemies.setdefault(one, set()).add(other)
            self._enemies.setdefault(other, set()).add(one)

    def root(self, key: Key) -> Key:
        """The surface that stands for the whole set."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def members(self, key: Key) -> list[Key]:
        """All surfaces of the set that holds `key`."""
        return self._members[self.root(key)]

    def may_join(self, one: Key, other: Key) -> bool:
        """Whether no judgement keeps the two sets apart."""
        if not self._enemies:
            return True
        folds = self._folds[self.root(other)]
        return not any(self._enemies.get(fold, set()) & folds for fold in self._folds[self.root(one)])

    def join(self, one: Key, other: Key) -> bool:
        """Make one set of two, unless a judgement forbids it; the smaller name becomes the root, so that order does not matter."""
        low, high = sorted((self.root(one), self.root(other)))
        if low == high:
            return True
        if not self.may_join(low, high):
            return False
        self._parent[high] = low
        self._members[low] += self._members.pop(high)
        self._folds[low] |= self._folds.pop(high)
        return True

    def roots(self) -> list[Key]:
        """The sets that are left, in order."""
        return sorted(self._members)
