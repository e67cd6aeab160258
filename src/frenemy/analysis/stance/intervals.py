"""From weighted values to a mean with an interval, shrunk towards nothing where there is little."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from frenemy.analysis.stance.weights import Weights

Floats = NDArray[np.float64]


def posterior(weight: Floats, first: Floats, second: Floats, weights: Weights) -> tuple[Floats, Floats, Floats]:
    """The mean of each group's values and the ends of its interval, from the sums of w, w x and w x².

    Normal values with unknown mean and variance under the conjugate prior (A. Gelman et al., Bayesian Data Analysis, 3rd ed., 2013,
    section 3.3): the mean is 0 with the weight k of so many stories, the spread s with the weight v. With n = sum of w and m = the
    values' mean, the posterior mean is n m / (k + n), and its distance from the truth over sqrt(S / ((v + n) (k + n))) is Student's t with
    v + n degrees of freedom, where S = v s² + sum of w (x - m)² + m² k n / (k + n). Ends are cut at -1 and 1.

    >>> from frenemy.analysis.stance.weights import default_weights
    >>> one, many = posterior(np.array([1.0, 20.0]), np.array([-0.3, -6.0]), np.array([0.09, 1.8]), default_weights())[1:]
    >>> [(round(float(low), 2), round(float(high), 2)) for low, high in zip(one, many)]
    [(-0.39, 0.09), (-0.31, -0.26)]
    """
    k, v, spread = weights.prior_stories, weights.prior_spread_stories, weights.prior_spread
    own = np.divide(first, weight, out=np.zeros_like(first), where=weight > 0)
    within = np.maximum(second - first * own, 0)
    square = v * spread**2 + within + own**2 * k * weight / (k + weight)
    mean = first / (k + weight)
    half = student_quantile(0.5 + weights.level / 2, v + weight) * np.sqrt(square / ((v + weight) * (k + weight)))
    return mean, np.maximum(mean - half, -1.0), np.minimum(mean + half, 1.0)


def student_quantile(p: float, freedom: Floats) -> Floats:
    """The quantile of Student's t by the Cornish-Fisher expansion in 1 / freedom (M. Abramowitz and I. Stegun, Handbook of Mathematical
    Functions, 1964, 26.7.5); at two degrees of freedom and p = 0.95 it is 2% too small, from four on less than 0.2%.

    >>> [round(float(t), 3) for t in student_quantile(0.95, np.array([4.0, 10.0, 1e9]))]
    [2.132, 1.812, 1.645]
    """
    z = NormalDist().inv_cdf(p)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return np.asarray(z + sum(term / freedom**power for power, term in enumerate(terms, start=1)))
