"""The cluster metrics: worked examples from their papers, and what holds for any two clusterings."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training import conllu
from training import coreference as training_coreference

from benchmarks import clusters, coreference, entities, seesaw, tables

KEY = [set("abc"), set("defg")]
RESPONSE = [set("ab"), set("cd"), set("fghi")]


@pytest.mark.parametrize("module", [clusters, coreference, entities, seesaw, tables, conllu, training_coreference])
def test_doctests(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("metric", "precision", "recall"),
    [
        # Pradhan et al., ACL 2014, table 1 and text
        (clusters.muc, 2 / 5, 2 / 5),
        (clusters.b_cubed, 1 / 8 * (4 / 2 + 1 / 2 + 1 / 2 + 4 / 4), 1 / 7 * (4 / 3 + 1 / 3 + 1 / 4 + 4 / 4)),
        (clusters.ceaf_e, 1.3 / 3, 1.3 / 2),
        # Moosavi and Strube, ACL 2016, section 4.1
        (clusters.lea, (2 * 1 + 2 * 0 + 4 * 1 / 6) / 8, (3 * 1 / 3 + 4 * 1 / 6) / 7),
    ],
)
def test_worked_example(metric, precision, recall):
    score = metric(KEY, RESPONSE)
    assert score.precision == pytest.approx(precision)
    assert score.recall == pytest.approx(recall)


@pytest.mark.parametrize("metric", [clusters.muc, clusters.b_cubed, clusters.ceaf_e, clusters.lea])
def test_nothing_found_scores_nothing(metric):
    assert metric(KEY, []) == (0.0, 0.0, 0.0)
    assert metric([], []) == (0.0, 0.0, 0.0)


clusterings = st.lists(st.integers(0, 5), min_size=1, max_size=14).map(
    lambda labels: [{i for i, label in enumerate(labels) if label == c} for c in sorted(set(labels))]
)


@given(clusterings, clusterings)
def test_between_nought_and_one_and_turned_with_the_sides(key, response):
    turned = clusters.scores(response, key)
    for name, score in clusters.scores(key, response).items():
        assert all(-1e-9 <= value <= 1 + 1e-9 for value in score)
        assert score.precision == pytest.approx(turned[name].recall)


@given(clusterings)
def test_itself_is_perfect(key):
    found = clusters.scores(key, key)
    assert found["B3"].f1 == found["LEA"].f1 == pytest.approx(1.0)
    assert found["CEAFe"].f1 == pytest.approx(1.0)


@given(clusterings, clusterings)
def test_alignment_in_parts_is_the_best_of_the_whole(key, response):
    from scipy.optimize import linear_sum_assignment

    weights = [[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key]
    whole = sum(weights[i][j] for i, j in zip(*linear_sum_assignment(weights, maximize=True), strict=True))
    assert clusters.ceaf_e(key, response).recall == pytest.approx(whole / len(key))
