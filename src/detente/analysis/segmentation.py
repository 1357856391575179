"""Exact Bayesian segmentation: where a series may change, summed over all ways to cut it.

The recursions are those of Fearnhead, "Exact and efficient Bayesian inference for multiple
changepoint problems", Statistics and Computing 16 (2006), section 2, with a hazard that may differ
from period to period. No sampling: the same series gives the same answer twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Segmentation", "cut", "log_gamma"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The posterior over all segmentations of a series of n periods.

    Attributes:
        changes: for each period k the probability that a segment begins with it; the first is 0,
            since the series begins there anyway.
        forward: log weight of all ways to cut the first j periods, for j from 0 to n.
        backward: log weight of all ways to cut the periods from i on.
        segments: log weight of a segment of the periods i..j-1, n + 1 rows and columns.
    """

    changes: Floats
    forward: Floats
    backward: Floats
    segments: Floats

    def begins(self, k: int) -> Floats:
        """Return with which probability the segment that ends before k begins with 0, 1, ... k-1.

        Given that a segment begins with k; the sum is 1.
        """
        return _normalised(self.forward[:k] + self.segments[:k, k])

    def ends(self, k: int) -> Floats:
        """Return with which probability the segment from k on ends before k+1, k+2, ... n."""
        return _normalised(self.segments[k, k + 1 :] + self.backward[k + 1 :])


def cut(evidence: Floats, hazard: float | Floats) -> Segmentation:
    """Sum over all segmentations of a series.

    Args:
        evidence: log marginal likelihood of a segment of the periods i..j-1, in row i and column j;
            n + 1 rows and columns; what stands on and below the diagonal is not read.
        hazard: prior probability that a period begins a new segment, one for all or one for each.
    """
    length = len(evidence) - 1
    rates = np.broadcast_to(np.asarray(hazard, dtype=float), (length,))
    # the change at the begin of a segment; none is needed at the begin of the series
    begin = np.concatenate([np.log(rates), [0.0]])
    begin[0] = 0.0
    begin[length] = 0.0
    stay = np.concatenate([[0.0], np.log1p(-rates).cumsum()])
    index = np.arange(length + 1)
    inside = stay[None, :] - stay[np.minimum(index + 1, length)][:, None]
    segments = np.where(index[None, :] > index[:, None], evidence + inside, -np.inf)
    forward = np.full(length + 1, -np.inf)
    backward = np.full(length + 1, -np.inf)
    forward[0] = backward[length] = 0.0
    # `begin` is part of what follows a change, so that both sides of a change hold it once
    for j in range(1, length + 1):
        forward[j] = _sum(forward[:j] + segments[:j, j]) + begin[j]
    for i in range(length - 1, -1, -1):
        backward[i] = _sum(segments[i, i + 1 :] + backward[i + 1 :]) + begin[i]
    changes = np.zeros(length)
    if length > 1:
        logs = forward[1:length] + backward[1:length] - begin[1:length] - forward[length]
        # sums of logarithms may end a rounding error above certainty
        changes[1:] = np.minimum(1.0, np.exp(logs))
    return Segmentation(changes, forward, backward, segments)


def log_gamma(x: Floats) -> Floats:
    """Return the logarithm of the gamma function of positive numbers, each.

    Stirling's series after seven steps of the recurrence (Abramowitz and Stegun, "Handbook of
    Mathematical Functions", 1964, 6.1.15 and 6.1.41); exact to 1e-10.
    """
    product = x * (x + 1) * (x + 2) * (x + 3) * (x + 4) * (x + 5) * (x + 6)
    y = x + 7
    z = 1.0 / (y * y)
    series = (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z / 1680))) / y
    whole = (y - 0.5) * np.log(y) - y + 0.5 * np.log(2 * np.pi) + series
    return np.asarray(whole - np.log(product))


def _sum(logs: Floats) -> float:
    most = logs.max()
    return float(most + np.log(np.exp(logs - most).sum()))


def _normalised(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())
