"""How well a stretch of time is told by one state of a relation: marginal likelihoods.

Three questions, each with a closed answer for every stretch at once:

- the **mix**, given how many events there are: multinomial under a Dirichlet prior. Growth of
  coverage leaves it alone, whatever it is;
- the **volume**: Poisson with an exposure under a gamma prior (negative binomial);
- the **level** of a net score where nothing else is known: normal with unknown mean and variance
  under a normal-inverse-gamma prior.

Counts of events vary more than these laws allow, since one crisis brings many events. They are
divided by their dispersion (quasi-likelihood: McCullagh and Nelder, "Generalized Linear Models",
1989, sections 4.5 and 5.5).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detente.analysis.segmentation import Floats, log_gamma

__all__ = [
    "PRIOR_EVENTS",
    "level_evidence",
    "level_noise",
    "mix_dispersion",
    "mix_evidence",
    "volume_dispersion",
    "volume_evidence",
]

# Jeffreys' prior of a mix, half an event of each class, and as much for a rate.
PRIOR_EVENTS = 0.5
# How many observations the prior of a level weighs: next to nothing.
PRIOR_WEIGHT = 0.05
# Degrees of freedom of the prior of a variance, halved: two values and a half.
PRIOR_SHAPE = 1.5
# The largest tenth of the differences between neighbours is left out: changes are there.
LEFT_OUT = 10
# Of the pools of a short series a change or two is a good part: a fifth is left out, and this is
# what is left of the mean of chi squared over its two to three degrees of freedom without it.
LEFT_OUT_OF_POOLS = 5
TRIMMED = 0.68
# Events in a pool.
POOLED = 6.0
# What the median of squared normal deviates is.
_MEDIAN_SQUARE = 0.4549


def mix_evidence(counts: Floats) -> Floats:
    """Return the log marginal likelihood of the mix of the periods i..j-1, in row i, column j.

    Args:
        counts: by period (rows) and class (columns).
    """
    classes = counts.shape[1]
    value = -_rising(_counted(counts.sum(axis=1)), PRIOR_EVENTS * classes)
    for column in range(classes):
        value += _rising(_counted(counts[:, column]), PRIOR_EVENTS)
    return _square(value, len(counts))


def volume_evidence(totals: Floats, exposure: Floats) -> Floats:
    """Return the log marginal likelihood of the volume of the periods i..j-1.

    Terms that do not depend on the segmentation are left out.

    Args:
        totals: events by period.
        exposure: what could have been told in each period, in any unit; where it is 0, nothing
            was seen, and nothing follows from it.
    """
    exposure = exposure / exposure.mean() if exposure.sum() > 0 else np.ones(len(totals))
    # the scale of the prior: the exposure that brings PRIOR_EVENTS events on the average
    scale = PRIOR_EVENTS * exposure.sum() / max(float(totals.sum()), 1.0)
    seen = _counted(totals)
    value = (
        _rising(seen, PRIOR_EVENTS)
        + PRIOR_EVENTS * np.log(scale)
        - (PRIOR_EVENTS + seen) * np.log(scale + _counted(exposure))
    )
    return _square(value, len(totals))


def level_evidence(values: Floats, noise: float) -> Floats:
    """Return the log marginal likelihood of a level over the periods i..j-1.

    Murphy, "Conjugate Bayesian analysis of the Gaussian distribution", 2007, section 3.

    Args:
        values: one a period.
        noise: the variance of a value around its level, from `level_noise`.
    """
    centre = float(np.median(values))
    number = np.maximum(_sums(np.ones(len(values))), 1.0)
    mean = _sums(values - centre) / number
    squares = np.maximum(_sums((values - centre) ** 2) - number * mean**2, 0.0)
    weight = PRIOR_WEIGHT + number
    shape = PRIOR_SHAPE + number / 2
    prior = PRIOR_SHAPE * noise
    spread = prior + 0.5 * squares + 0.5 * PRIOR_WEIGHT * number * mean**2 / weight
    value = (
        _rising(number / 2, PRIOR_SHAPE)
        - shape * np.log(spread)
        + PRIOR_SHAPE * np.log(prior)
        + 0.5 * np.log(PRIOR_WEIGHT / weight)
        - number / 2 * np.log(2 * np.pi)
    )
    return _square(value, len(values))


def level_noise(values: Floats) -> float:
    """Return the variance of a value around its level, from the differences of neighbours.

    The median leaves the changes of the level out.
    """
    differences = np.diff(values) ** 2
    noise = float(np.median(differences)) / 2 / _MEDIAN_SQUARE if len(differences) else 0.0
    # a series that mostly stands still has its noise in what moves
    return noise or max(float(np.mean(differences)) / 2 if len(differences) else 0.0, 1e-6)


def mix_dispersion(counts: Floats) -> float:
    """Return by how much the mixes of neighbouring times differ more than multinomial ones.

    Periods are pooled until they hold POOLED events, since a crisis brings several events of one
    kind at once and sparse periods would not show it. Of each two neighbouring pools Pearson's chi
    squared over its degrees of freedom is taken; the result is their mean, at least 1.
    """
    pools = []
    pool = np.zeros(counts.shape[1])
    for row in counts:
        pool = pool + row
        if pool.sum() >= POOLED:
            pools.append(pool)
            pool = np.zeros(counts.shape[1])
    found = []
    for one, other in pairwise(pools):
        both = one + other
        known = both > 0
        freedom = int(known.sum()) - 1
        if freedom < 1:
            found.append((0.0, 1))
            continue
        share = one.sum() / both.sum()
        expected = both[known] * share
        rest = both[known] * (1 - share)
        square = ((one[known] - expected) ** 2 * (1 / expected + 1 / rest)).sum()
        found.append((float(square), freedom))
    found.sort(key=lambda pair: pair[0] / pair[1])
    kept = found[: len(found) - -(-len(found) // LEFT_OUT_OF_POOLS)]
    degrees = sum(freedom for _, freedom in kept)
    return max(1.0, sum(square for square, _ in kept) / degrees / TRIMMED) if degrees else 1.0


def volume_dispersion(totals: Floats) -> float:
    """Return by how much the counts of neighbouring periods vary more than Poisson's, at least 1.

    Of two counts with one rate the squared difference is on average their sum, however small they
    are; the dispersion is the mean ratio over all neighbours.
    """
    ratios = sorted(
        float((one - other) ** 2 / (one + other)) for one, other in pairwise(totals) if one + other
    )
    kept = ratios[: len(ratios) - len(ratios) // LEFT_OUT]
    return max(1.0, sum(kept) / len(kept)) if kept else 1.0


@lru_cache(maxsize=4)
def _above(length: int) -> NDArray[np.bool_]:
    """Return where i < j in a square of so many periods and one: the stretches that there are."""
    return np.triu(np.ones((length + 1, length + 1), dtype=bool), 1)


def _sums(values: Floats) -> Floats:
    """Return the sum of the periods i..j-1 of each stretch, i < j, row by row."""
    sums = np.concatenate([[0.0], values.cumsum()])
    return np.asarray((sums[None, :] - sums[:, None])[_above(len(values))])


def _square(value: Floats, length: int) -> Floats:
    """Return what stretches have, row by row, in row i and column j; 0 where there is none."""
    square = np.zeros((length + 1, length + 1))
    square[_above(length)] = value
    return square


def _counted(values: Floats) -> Floats:
    """Return sums as `_sums` does, of what is never negative; rounding must not make them so."""
    return np.maximum(_sums(values), 0.0)


def _rising(count: Floats, prior: float) -> Floats:
    """Return log of gamma(prior + count) / gamma(prior)."""
    return log_gamma(prior + count) - log_gamma(np.array(prior))
