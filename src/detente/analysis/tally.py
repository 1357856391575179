"""A pair's events by week and degree: what the search for shifts sees."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from detente.analysis.occurrences import Degree, Occurrence
from detente.analysis.segmentation import Floats
from detente.model import Series

__all__ = ["Tally", "tally"]

# Within a segment the likelihood depends on totals alone, so fine periods cost nothing but time;
# beyond this many weeks periods get longer, since the search is quadratic in their number.
WEEK = 7
MOST_PERIODS = 800
# The scores of a degree of which the pair has no event: those of PLOVER's commonest types.
USUAL = np.array([2.5, -3.0, -6.0, -9.0])


@dataclass(frozen=True, slots=True)
class Tally:
    """What the search for shifts sees of a pair.

    Attributes:
        starts: first day of each period.
        last: last day of the last one.
        counts: weights of the events by period (rows) and degree (columns).
        exposure: documents by period.
        scores: mean PLOVER score of the pair's events of each degree.
    """

    starts: tuple[date, ...]
    last: date
    counts: Floats
    exposure: Floats
    scores: Floats

    def period_of(self, day: date) -> int:
        """Return in which period a day lies."""
        return bisect_right(self.starts, day) - 1

    def days(self, first: int, last: int) -> tuple[date, date]:
        """Return the first day of one period and the last day of another."""
        after = self.starts[last + 1] if last + 1 < len(self.starts) else None
        return self.starts[first], after - timedelta(days=1) if after else self.last


def tally(happened: Sequence[Occurrence], series: Series) -> Tally:
    """Count the occurrences of a pair by week.

    Args:
        happened: the occurrences; those outside the series are left out.
        series: monthly counts, whose bounds and documents count; documents of a month are spread
            evenly over its days.

    Returns:
        Weeks, or longer periods where the series is over MOST_PERIODS weeks long.
    """
    first, last = series.periods[0].first, series.periods[-1].last
    days = (last - first).days + 1
    step = WEEK * -(-days // (WEEK * MOST_PERIODS))
    size = -(-days // step)
    counts = np.zeros((size, len(Degree)))
    sums, numbers = np.zeros(len(Degree)), np.zeros(len(Degree))
    for one in happened:
        if first <= one.day <= last:
            counts[(one.day - first).days // step, one.degree] += one.weight
            sums[one.degree] += one.score
            numbers[one.degree] += 1
    daily = np.concatenate(
        [
            np.full((period.last - period.first).days + 1, 0.0)
            + max(period.documents, 0) / ((period.last - period.first).days + 1)
            for period in series.periods
        ]
    )
    exposure = np.add.reduceat(daily, np.arange(0, days, step))
    return Tally(
        starts=tuple(first + timedelta(days=step * k) for k in range(size)),
        last=last,
        counts=counts,
        exposure=exposure,
        scores=np.where(numbers > 0, sums / np.maximum(numbers, 1), USUAL),
    )
