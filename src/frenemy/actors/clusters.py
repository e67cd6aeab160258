"""Sets of surface names that grow together, unless a person said that two of them are different."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from frenemy.model import Reason

Key = tuple[str, str, str]
"""One surface: the name as written, its side ("person" or "other"), and the document where a person judged it by itself, else nothing."""


class Clusters:
    """Disjoint sets of surfaces with pairs that must never meet, and why each was joined.

    >>> a, b, c = (("Musk", "person", ""), ("Elon Musk", "person", ""), ("Kimbal Musk", "person", ""))
    >>> clusters = Clusters({a: {"musk"}, b: {"elon musk"}, c: {"kimbal musk"}}, forbidden=[("musk", "kimbal musk")])
    >>> clusters.join(a, b, "test", 1.0), clusters.join(b, c, "test", 1.0)
    (True, False)
    >>> [(reason.name, reason.to) for reason in clusters.reasons(b)]
    [('Musk', 'Elon Musk')]
    """

    def __init__(self, labels: Mapping[Key, set[str]], forbidden: Iterable[tuple[str, str]] = ()) -> None:
        self._parent = {key: key for key in labels}
        self._members: dict[Key, list[Key]] = {key: [key] for key in labels}
        self._reasons: dict[Key, list[Reason]] = {}
        self._enemies: dict[str, set[str]] = {}
        for one, other in forbidden:
            self._enemies.setdefault(one, set()).add(other)
            self._enemies.setdefault(other, set()).add(one)
        self._labels = {key: set(own) for key, own in labels.items()} if self._enemies else {}

    def root(self, key: Key) -> Key:
        """The surface that stands for the whole set."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def members(self, key: Key) -> list[Key]:
        """All surfaces of the set that holds `key`."""
        return self._members[self.root(key)]

    def reasons(self, key: Key) -> list[Reason]:
        """Why the surfaces of the set that holds `key` were joined."""
        return self._reasons.get(self.root(key), [])

    def may_join(self, one: Key, other: Key) -> bool:
        """Whether no judgement keeps the two sets apart."""
        if not self._enemies:
            return True
        labels = self._labels[self.root(other)]
        return not any(self._enemies.get(label, set()) & labels for label in self._labels[self.root(one)])

    def join(self, one: Key, other: Key, rule: str, score: float) -> bool:
        """Make one set of two, unless a judgement forbids it; the smaller name becomes the root, so that order does not matter."""
        low, high = sorted((self.root(one), self.root(other)))
        if low == high:
            return True
        if not self.may_join(low, high):
            return False
        self._parent[high] = low
        self._members[low] += self._members.pop(high)
        if self._enemies:
            self._labels[low] |= self._labels.pop(high)
        reasons = self._reasons.pop(high, [])
        if one[0] != other[0]:
            reasons.append(Reason(name=one[0], to=other[0], rule=rule, score=score))
        if reasons:
            self._reasons.setdefault(low, []).extend(reasons)
        return True

    def roots(self) -> list[Key]:
        """The sets that are left, in order."""
        return sorted(self._members)
