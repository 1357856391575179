"""Reading a posterior of changes: where it peaks, and what stands on either side."""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, sqrt

from detente.analysis.segmentation import Floats

__all__ = ["LEAST_PROBABLE", "REACH", "Peak", "State", "mixture", "moved", "peaks"]

# Neighbouring periods within two months share one change.
REACH = 60
# The interval of a shift holds this share of the probability in reach.
INTERVAL = 0.9
# What is less probable than this is not told at all; below even odds it is told as possible.
LEAST_PROBABLE = 0.1


@dataclass(frozen=True, slots=True)
class Peak:
    """Neighbouring periods that share the probability of one change."""

    first: int
    last: int
    mode: int
    probability: float


def peaks(changes: Floats, reach: int) -> list[Peak]:
    """Return the runs of periods that hold a change, where it is as probable as LEAST_PROBABLE.

    Around each local maximum the run grows to the more probable neighbour until it holds most of
    the mass in reach; runs do not overlap.
    """
    left = changes.copy()
    found = []
    while left.max(initial=0.0) > LEAST_PROBABLE / (2 * reach + 1):
        mode = int(left.argmax())
        first = last = mode
        mass = left[max(0, mode - reach) : mode + reach + 1].sum()
        while left[first : last + 1].sum() < INTERVAL * min(mass, 1.0):
            before = left[first - 1] if first > 1 else -1.0
            after = left[last + 1] if last + 1 < len(left) else -1.0
            if max(before, after) <= 0.0:
                break
            first, last = (first - 1, last) if before >= after else (first, last + 1)
        probability = float(left[first : last + 1].sum())
        if probability >= LEAST_PROBABLE:
            found.append(Peak(first, last, mode, min(probability, 0.99)))
        left[max(0, first - 1) : last + 2] = 0.0
    return sorted(found, key=lambda peak: peak.mode)


@dataclass(frozen=True, slots=True)
class State:
    """Mean and variance of what stands on one side of a change."""

    mean: float
    variance: float


def mixture(weights: Floats, means: Floats, variances: Floats) -> State:
    """Return the state that several make, each as probable as its weight says."""
    mean = float(weights @ means)
    return State(mean, float(weights @ (variances + (means - mean) ** 2)))


def _normal(x: float) -> float:
    return 0.5 * (1.0 + erf(x / sqrt(2.0)))


def moved(before: State, after: State, by: float) -> tuple[float, float]:
    """Return the probabilities that the state fell, and that it rose, by more than so much."""
    spread = sqrt(before.variance + after.variance) or 1e-9
    change = after.mean - before.mean
    return _normal((-by - change) / spread), _normal((change - by) / spread)
