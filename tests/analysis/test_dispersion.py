"""Bursts of reports are no changes: the dispersion of neighbouring months is taken out."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest

from detente.analysis.shifts import dispersion, segment_evidence, shift_posterior
from detente.model import Period


def months(counts):
    return tuple(
        Period(
            first=date(2010 + i // 12, i % 12 + 1, 1),
            last=date(2010 + i // 12, i % 12 + 1, 28),
            counts=tuple(four),
            documents=30,
        )
        for i, four in enumerate(counts)
    )


def poisson(draw: random.Random, rate: float) -> int:
    """Count the arrivals within one unit of time."""
    count, left = 0, draw.expovariate(rate)
    while left < 1.0:
        count, left = count + 1, left + draw.expovariate(rate)
    return count


@pytest.mark.parametrize("rate", [0.2, 1.0, 8.0])
@pytest.mark.parametrize("seed", range(3))
def test_counts_of_one_rate_are_not_dispersed(rate, seed):
    draw = random.Random(seed)
    series = months([[poisson(draw, rate) for _ in range(4)] for _ in range(96)])
    assert 1.0 <= dispersion(series) < 1.3


@pytest.mark.parametrize("burst", [4, 10])
def test_events_that_come_in_bursts_are(burst):
    draw = random.Random(burst)
    series = months([[burst * poisson(draw, 1.0) for _ in range(4)] for _ in range(96)])
    assert 0.6 * burst < dispersion(series) < 1.2 * burst


def test_bursts_make_fewer_changes_than_they_seem():
    draw = random.Random(7)
    series = months([[8 * poisson(draw, 0.7) for _ in range(4)] for _ in range(60)])
    bare = shift_posterior(60, segment_evidence(series)).sum()
    counts = np.array([period.counts for period in series]) / dispersion(series)
    tempered = shift_posterior(60, segment_evidence(series, counts=counts)).sum()
    assert tempered < bare / 3


def test_no_events_no_dispersion():
    assert dispersion(months([[0, 0, 0, 0]] * 5)) == dispersion(()) == 1.0
