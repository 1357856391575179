"""What anybody would try first on a series: to find nothing, to guess, to look for odd weeks.

``ruptures`` (Truong and others, "Selective review of offline change point detection methods",
Signal Processing 167, 2020) is the yardstick where it is installed: KernelCPD with its default
kernel, the Gaussian one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

import numpy as np
from numpy.typing import NDArray

__all__ = ["BASELINES", "Guess", "direction_at"]

# Values by period, and how many points; returns the periods that begin something new.
Guess = Callable[[NDArray[np.float64], int], list[int]]
# Half a year of weeks before a week is what it is compared with.
WINDOW = 26
# Two points of one change lie at least so many periods apart.
APART = 5
# Over so many periods on either side a baseline's direction is read.
AROUND = 8


def nothing(_values: NDArray[np.float64], _points: int) -> list[int]:
    """Find nothing."""
    return []


def random_points(values: NDArray[np.float64], points: int) -> list[int]:
    """Guess periods, the same each time."""
    draw = Random(len(values) * 1009 + points)
    return sorted(draw.sample(range(1, len(values)), min(points, len(values) - 1)))


def rolling_z(values: NDArray[np.float64], points: int) -> list[int]:
    """Return the periods that differ most from the half year before, in its standard deviations."""
    scores = []
    for k in range(4, len(values)):
        before = values[max(0, k - WINDOW) : k]
        spread = float(before.std())
        scores.append((-abs(float(values[k] - before.mean())) / (spread + 1e-9), k))
    return _apart([k for _, k in sorted(scores)], points)


def rolling_mean_z(values: NDArray[np.float64], points: int) -> list[int]:
    """Return where the four periods from one on differ most from the half year before."""
    scores = []
    for k in range(WINDOW // 3, len(values) - 1):
        before = values[max(0, k - WINDOW) : k]
        after = float(values[k : k + 4].mean())
        scores.append((-abs(after - float(before.mean())) / (float(before.std()) + 0.1), k))
    return _apart([k for _, k in sorted(scores)], points)


def kernel_cpd(values: NDArray[np.float64], points: int) -> list[int]:
    """Return the points of ruptures' KernelCPD with a Gaussian kernel.

    Raises:
        ImportError: where ruptures is not installed.
    """
    import ruptures

    if points < 1 or len(values) < 2 * points + 2:
        return []
    found = ruptures.KernelCPD(kernel="rbf", min_size=1).fit(values.reshape(-1, 1))
    return [int(k) for k in found.predict(n_bkps=points)[:-1]]


def _apart(ranked: Sequence[int], points: int) -> list[int]:
    kept: list[int] = []
    for k in ranked:
        if len(kept) == points:
            break
        if all(abs(k - other) >= APART for other in kept):
            kept.append(k)
    return sorted(kept)


BASELINES: dict[str, Guess] = {
    "zero": nothing,
    "random": random_points,
    "rolling z-score": rolling_z,
    "rolling z-score, four weeks": rolling_mean_z,
    "ruptures KernelCPD": kernel_cpd,
}


def direction_at(values: NDArray[np.float64], k: int) -> str:
    """Return whether the values are worse or better from a period on, over eight on each side."""
    before, after = values[max(0, k - AROUND) : k], values[k : k + AROUND]
    return "worse" if float(after.mean()) < float(before.mean()) else "better"


def interval(starts: Sequence[date], last: date, k: int) -> tuple[date, date]:
    """Return the first and last day of a period."""
    return starts[k], starts[k + 1] - timedelta(days=1) if k + 1 < len(starts) else last
