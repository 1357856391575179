"""Changes of a net score of which nothing else is known, such as a daily sum of other people's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from detente.analysis.changes import LEAST_PROBABLE, REACH, mixture, moved, peaks
from detente.analysis.evidence import level_evidence, level_noise
from detente.analysis.segmentation import cut
from detente.analysis.shifts import WITH_VOLUME
from detente.model import Direction, Shift, ShiftKind

__all__ = ["find_level_shifts"]

# A score is compared on the scale on which 1 is what the pair has in a usual week.
MOVED = 1.0
# Prior: a change in eight months; of 6, 8 and 12 that which finds most of the dated shifts of
# 2018-2021 without one in quiet pairs (benchmarks.shifts).
DAYS_BETWEEN = 243.5


def find_level_shifts(starts: Sequence[date], last: date, values: Iterable[float]) -> list[Shift]:
    """Find changes of a net score of which nothing else is known, such as a daily sum.

    The values are put on the scale asinh(value / usual size), on which a change by a factor counts
    alike wherever it happens and small values of either sign are near to each other. Changes by
    less than the usual size, or by less than a factor of e, are left out.

    Args:
        starts: first day of each period, of equal length.
        last: last day of the last one.
        values: the mean net score of each.

    Returns:
        The shifts in order of date, without drivers; `before` and `after` are levels on that scale.
    """
    raw = np.array(list(values), dtype=float)
    moving = np.abs(raw[raw != 0])
    if len(raw) < 2 or not len(moving):
        return []
    level = np.arcsinh(raw / np.median(moving))
    noise = level_noise(level)
    step = ((last - starts[0]).days + 1) / len(starts)
    found = cut(level_evidence(level, noise), min(step / DAYS_BETWEEN, WITH_VOLUME))
    sums = np.concatenate([[0.0], level.cumsum()])
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    shifts = []
    for peak in peaks(found.changes, max(1, round(REACH / step))):
        k = peak.mode
        before, after = (
            mixture(weights, total / size, noise / size)
            for weights, total, size in (
                (found.begins(k), sums[k] - sums[:k], k - np.arange(k)),
                (found.ends(k), sums[k + 1 :] - sums[k], np.arange(1, len(level) - k + 1)),
            )
        )
        fell, rose = moved(before, after, MOVED)
        probability = peak.probability * max(fell, rose)
        if probability >= LEAST_PROBABLE:
            shifts.append(
                Shift(
                    first=starts[peak.first],
                    last=ends[peak.last],
                    direction=Direction.WORSE if fell > rose else Direction.BETTER,
                    kind=ShiftKind.RELATION,
                    probability=round(probability, 2),
                    drivers=(),
                    before=round(before.mean, 2),
                    after=round(after.mean, 2),
                )
            )
    return shifts
