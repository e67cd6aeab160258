"""Two persons of one name: told apart by their company, the other actors of their documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from frenemy.actors.names import person_name, words
from frenemy.actors.quarantine import nothing
from frenemy.actors.rules import same_key
from frenemy.model import Chain, Company

LEAST_COMPANY = 2
"""A document with fewer other actors than this says nothing about whom it means."""
DWARFS, DWARFS_DOCUMENTS = 10, 5
"""What stands in this many times the documents of all others together, and in at least so many, is meant where nothing else is said."""


def is_common(name: str) -> bool:
    """Whether so many people bear the name that it alone does not say who is meant.

    >>> is_common("John Smith"), is_common("Boris Johnson"), is_common("John Q. Smith")
    (True, False, False)
    """
    parts = person_name(name)
    return bool(parts.given) and not parts.middle and {parts.given, parts.family} <= words().common


def circle(chains: Iterable[Chain]) -> frozenset[str]:
    """The keys of the actors of one document that can tell namesakes apart: named, no places.

    >>> circle([Chain(document="d", name="Acme Corp.", kind="company"), Chain(document="d", name="Rome", kind="place")])
    frozenset({'acme'})
    """
    return frozenset(
        same_key(chain.name, "person" if chain.kind == "person" else "other")
        for chain in chains
        if chain.kind not in ("place", "country") and not chain.described and chain.name.strip() and nothing(chain.name) is None
    )


class Circles:
    """The circles of documents, each worked out once.

    >>> circles = Circles(lambda documents: {document: [] for document in documents})
    >>> circles(["d1"])
    {'d1': frozenset()}
    """

    def __init__(self, company: Company) -> None:
        self._company = company
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, documents: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The circle of each document."""
        wanted = list(documents)
        new = [document for document in wanted if document not in self._known]
        if new:
            self._known |= {document: circle(chains) for document, chains in self._company(new).items()}
        return {document: self._known[document] for document in wanted}


def parted(documents: Collection[str], circles: Mapping[str, frozenset[str]], own: Collection[str]) -> list[list[str]]:
    """The documents in groups that share company, the largest first; what has no company of its own goes with the largest.

    `own` are the keys of the name itself, which are nobody's company.

    >>> circles = {"1": frozenset({"acme", "ann"}), "2": frozenset({"acme", "bo"}), "3": frozenset({"labour", "keir"}), "4": frozenset()}
    >>> parted(["1", "2", "3", "4"], circles, own=[])
    [['1', '2', '4'], ['3']]
    """
    leader: dict[str, str] = {}

    def root(document: str) -> str:
        while leader[document] != document:
            leader[document] = leader[leader[document]]
            document = leader[document]
        return document

    first: dict[str, str] = {}
    loose = []
    for document in sorted(documents):
        company = circles.get(document, frozenset()) - frozenset(own)
        if len(company) < LEAST_COMPANY:
            loose.append(document)
            continue
        leader[document] = document
        for companion in company:
            low, high = sorted((root(first.setdefault(companion, document)), root(document)))
            leader[high] = low
    groups: dict[str, list[str]] = {}
    for document in sorted(leader):
        groups.setdefault(root(document), []).append(document)
    ranked = sorted(groups.values(), key=lambda group: (-len(group), group)) or [[]]
    ranked[0] = sorted([*ranked[0], *loose])
    return ranked


def dwarfs(sizes: Sequence[int]) -> bool:
    """Whether the first of the sizes, largest first, dwarfs all others.

    >>> dwarfs([12, 1]), dwarfs([12, 2]), dwarfs([3])
    (True, False, False)
    """
    return sizes[0] >= DWARFS_DOCUMENTS and sizes[0] >= DWARFS * sum(sizes[1:])
