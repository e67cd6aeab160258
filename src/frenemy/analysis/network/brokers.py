"""Who connects the blocs of a partition: friendly ties across them, and the roles of those through whom they run.

Only friendly ties are looked at; `blocs` gives each node's bloc, and nodes without one are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from frenemy.analysis.network.graph import Label, SignedGraph

ROLES = ("coordinator", "gatekeeper", "representative", "consultant", "liaison")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """How a node stands between blocs.

    `within` and `across` count friends in its own bloc and in others. `roles` counts the pairs (a, c) that it connects, a being friendly to
    it and it to c, with no friendly tie from a to c.
    """

    within: int
    across: int
    participation: float
    roles: Mapping[str, int]

    @property
    def ei_index(self) -> float:
        """From -1 (friends in its own bloc only) to 1 (in others only); 0 where there are none."""
        total = self.within + self.across
        return (self.across - self.within) / total if total else 0.0

    @property
    def brokered(self) -> int:
        """The pairs it connects in which at least one is of another bloc."""
        return sum(count for role, count in self.roles.items() if role != "coordinator")


def brokers(graph: SignedGraph, blocs: Mapping[Label, Hashable]) -> dict[Label, Broker]:
    """How each node of a partition stands between its blocs.

    The participation coefficient is 1 less the sum of the squared shares of a node's friends in each bloc (Guimerà and Amaral 2005,
    Nature 433: 895-900), the E-I index that of Krackhardt and Stern 1988 (Social Psychology Quarterly 51: 123-140). The roles are those of
    Gould and Fernandez 1989 (Sociological Methodology 19: 89-126), for the blocs of a, the node and c: coordinator (all three the same),
    gatekeeper (a differs), representative (c differs), consultant (a and c the same, the node another) and liaison (all three differ).

    >>> edges = [("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("a", "d", -1)]
    >>> found = brokers(SignedGraph.from_edges(edges), {"a": 1, "b": 1, "c": 2, "d": 2})
    >>> {label: (one.ei_index, one.participation, one.brokered) for label, one in found.items()}
    {'a': (-1.0, 0.0, 0), 'b': (0.0, 0.5, 1), 'c': (0.0, 0.5, 1), 'd': (-1.0, 0.0, 0)}
    >>> {role: count for role, count in found["b"].roles.items() if count}
    {'representative': 1}
    """
    given, taken, friends = _friendly(graph, blocs)
    found = {}
    for node in graph.nodes:
        if node not in blocs:
            continue
        parts = Counter(blocs[friend] for friend in friends[node])
        total = sum(parts.values())
        found[node] = Broker(
            within=parts[blocs[node]],
            across=total - parts[blocs[node]],
            participation=1 - sum((count / total) ** 2 for count in parts.values()) if total else 0.0,
            roles=_roles(node, given, taken, blocs),
        )
    return found


Ties = Mapping[Label, set[Label]]


def _friendly(graph: SignedGraph, blocs: Mapping[Label, Hashable]) -> tuple[Ties, Ties, Ties]:
    """To whom each node is friendly, who is friendly to it, and both together."""
    given: dict[Label, set[Label]] = defaultdict(set)
    taken: dict[Label, set[Label]] = defaultdict(set)
    friends: dict[Label, set[Label]] = defaultdict(set)
    for one, other, weight in graph.directed_view():
        if weight > 0 and one in blocs and other in blocs:
            given[one].add(other)
            taken[other].add(one)
            friends[one].add(other)
            friends[other].add(one)
    return given, taken, friends


def _roles(node: Label, given: Ties, taken: Ties, blocs: Mapping[Label, Hashable]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for first in taken.get(node, ()):
        reached: Iterable[Label] = given.get(node, set()) - given.get(first, set()) - {first}
        counts.update(_role(blocs[first], blocs[node], blocs[last]) for last in reached)
    return {role: counts[role] for role in ROLES}


def _role(first: Hashable, middle: Hashable, last: Hashable) -> str:
    if first == middle == last:
        return "coordinator"
    if first == last:
        return "consultant"
    if middle == last:
        return "gatekeeper"
    return "representative" if first == middle else "liaison"
