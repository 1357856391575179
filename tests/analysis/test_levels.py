"""Changes of a net score: found where planted, silent where only the size changes a little."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from detente.analysis.levels import find_level_shifts

START = date(2018, 1, 1)


def found(values):
    starts = [START + timedelta(days=7 * k) for k in range(len(values))]
    last = START + timedelta(days=7 * len(values) - 1)
    return [s for s in find_level_shifts(starts, last, values) if s.likely]


def noisy(levels, seed=1, spread=20.0):
    draw = np.random.default_rng(seed)
    return [level + float(draw.normal(0, spread)) for level in levels]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("before", "after", "way"), [(60, -300, "worse"), (-40, 200, "better")])
def test_a_planted_change_is_found_where_it_is(seed, before, after, way):
    shifts = found(noisy([before] * 60 + [after] * 60, seed))
    day = START + timedelta(days=7 * 60)
    (shift,) = [
        s
        for s in shifts
        if s.first <= day + timedelta(days=7) and s.last >= day - timedelta(days=7)
    ]
    assert shift.direction == way and shift.probability > 0.9


@pytest.mark.parametrize("seed", range(4))
def test_half_as_much_again_of_the_same_sign_is_no_change_of_the_relation(seed):
    assert found(noisy([60] * 60 + [90] * 60, seed)) == []


def test_nothing_and_zeros_have_no_shift():
    assert found([]) == found([1.0]) == found([0.0] * 50) == []
