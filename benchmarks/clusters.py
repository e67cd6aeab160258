"""How well one clustering of mentions agrees with another: MUC, B-cubed, CEAF-e, LEA, and the mean that CoNLL reports.

A clustering is a collection of disjoint, non-empty sets of hashable mentions. Key and response need not hold the same mentions: one that
the other side lacks costs recall or precision, as in the reference scorer. To score many documents together, put the document into the
mention, `(document, start, end)`, and pool their clusters; to score actors across documents, pool likewise.

The doctests are the worked example of Pradhan et al., Scoring Coreference Partitions of Predicted Mentions, ACL 2014.

>>> key = [set("abc"), set("defg")]
>>> response = [set("ab"), set("cd"), set("fghi")]
>>> for name, score in scores(key, response).items():
...     print(name, *(round(v, 2) for v in score))
MUC 0.4 0.4 0.4
B3 0.5 0.42 0.45
CEAFe 0.43 0.65 0.52
LEA 0.33 0.24 0.28
CoNLL 0.44 0.49 0.46
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import NamedTuple

Cluster = Collection[Hashable]


class Score(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def harmonic(precision: float, recall: float) -> Score:
    """The score of a precision and a recall.

    >>> harmonic(0.5, 1.0).f1
    0.6666666666666666
    """
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def ratio(part: float, whole: float) -> float:
    """`part / whole`, 0 for an empty whole."""
    return part / whole if whole else 0.0


def places(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    """The index of the cluster that holds each mention."""
    return {mention: i for i, cluster in enumerate(clusters) for mention in cluster}


def overlaps(cluster: Cluster, place: dict[Hashable, int]) -> Counter[int]:
    """How many mentions of `cluster` each cluster of the other side holds.

    >>> overlaps("abz", {"a": 0, "b": 0, "c": 1})
    Counter({0: 2})
    """
    return Counter(place[mention] for mention in cluster if mention in place)


def muc(key: Sequence[Cluster], response: Sequence[Cluster]) -> Score:
    """Links kept, of those that a spanning tree of each cluster needs; singletons count nothing.

    recall = sum(|K| - parts of K in the response) / sum(|K| - 1). Vilain et al., A Model-Theoretic Coreference Scoring Scheme, MUC-6, 1995.

    >>> muc([set("abcd")], [set("ab"), set("cd")])
    Score(precision=1.0, recall=0.6666666666666666, f1=0.8)
    """

    def side(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> float:
        place = places(others)
        kept = 0
        for cluster in clusters:
            shares = overlaps(cluster, place)
            kept += shares.total() - len(shares)
        return ratio(kept, sum(len(c) - 1 for c in clusters))

    return harmonic(side(response, key), side(key, response))


def b_cubed(key: Sequence[Cluster], response: Sequence[Cluster]) -> Score:
    """The mean over mentions of how much of a mention's cluster the other side puts with it.

    recall = sum over pairs (K, R) of |K & R|^2 / |K|, over the key's mentions. Bagga and Baldwin, Algorithms for Scoring Coreference
    Chains, LREC 1998; unmatched mentions as in Pradhan et al. 2014.

    >>> b_cubed([set("abcd")], [set("ab"), set("cd")])
    Score(precision=1.0, recall=0.5, f1=0.6666666666666666)
    """

    def side(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> float:
        place = places(others)
        shared = sum(n * n / len(c) for c in clusters for n in overlaps(c, place).values())
        return ratio(shared, sum(len(c) for c in clusters))

    return harmonic(side(response, key), side(key, response))


def ceaf_e(key: Sequence[Cluster], response: Sequence[Cluster]) -> Score:
    """Similarity of clusters under the best one-to-one alignment of key and response, each cluster weighing the same.

    Similarity is 2 |K & R| / (|K| + |R|), phi-4 of Luo, On Coreference Resolution Performance Metrics, HLT-EMNLP 2005. The alignment is
    found apart in each connected part of the overlap graph, so that it stays small however many documents are pooled.

    >>> ceaf_e([set("abcd")], [set("ab"), set("cd")])
    Score(precision=0.3333333333333333, recall=0.6666666666666666, f1=0.4444444444444444)
    """
    from scipy.optimize import linear_sum_assignment

    total = 0.0
    for left, right in parts(key, response):
        weights = [[2 * len(set(key[i]) & set(response[j])) / (len(key[i]) + len(response[j])) for j in right] for i in left]
        total += sum(weights[i][j] for i, j in zip(*linear_sum_assignment(weights, maximize=True), strict=True))
    return harmonic(ratio(total, len(response)), ratio(total, len(key)))


def parts(key: Sequence[Cluster], response: Sequence[Cluster]) -> Iterator[tuple[list[int], list[int]]]:
    """Connected parts of the graph in which clusters that share a mention are neighbours, as indices of key and of response.

    >>> list(parts([set("ab"), set("c"), set("z")], [set("a"), set("bd"), set("c")]))
    [([0], [0, 1]), ([1], [2])]
    """
    in_key, in_response = places(key), places(response)
    seen: set[int] = set()
    for first in range(len(key)):
        left, right, waiting = {first}, set(), [first]
        while waiting and first not in seen:
            for j in overlaps(key[waiting.pop()], in_response):
                if j not in right:
                    right.add(j)
                    new = set(overlaps(response[j], in_key)) - left
                    left |= new
                    waiting += new
        if right:
            seen |= left
            yield sorted(left), sorted(right)


def lea(key: Sequence[Cluster], response: Sequence[Cluster]) -> Score:
    """Links of each cluster that the other side resolves, clusters weighing by their size.

    recall = sum(|K| * links of K within clusters of the response / links of K) / sum(|K|); a singleton has one link, to itself, resolved
    when the other side has it as a singleton too. Moosavi and Strube, Which Coreference Evaluation Metric Do You Trust?, ACL 2016.

    >>> round(lea([set("abcd"), set("e")], [set("ab"), set("cd"), set("e")]).recall, 3)
    0.467
    """

    def side(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> float:
        place = places(others)
        total = 0.0
        for cluster in clusters:
            shares = overlaps(cluster, place)
            if len(cluster) == 1:
                total += sum(len(others[j]) == 1 for j in shares)
            else:
                resolved = sum(n * (n - 1) / 2 for n in shares.values())
                total += len(cluster) * resolved / (len(cluster) * (len(cluster) - 1) / 2)
        return ratio(total, sum(len(c) for c in clusters))

    return harmonic(side(response, key), side(key, response))


def scores(key: Sequence[Cluster], response: Sequence[Cluster]) -> dict[str, Score]:
    """All of them by name. "CoNLL" is the mean of MUC, B3 and CEAFe, its precision and recall too (the shared task reports its F1 only).

    >>> scores([set("ab")], [set("ab")])["CoNLL"]
    Score(precision=1.0, recall=1.0, f1=1.0)
    """
    found = {"MUC": muc(key, response), "B3": b_cubed(key, response), "CEAFe": ceaf_e(key, response)}
    mean = Score(*(sum(values) / 3 for values in zip(*found.values(), strict=True)))
    return {**found, "LEA": lea(key, response), "CoNLL": mean}
