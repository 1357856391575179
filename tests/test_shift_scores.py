"""The scores of the shift benchmarks, on published examples and cases worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from benchmarks.baselines import BASELINES, direction_at
from benchmarks.planted import relations
from benchmarks.shifts import Pair, Turn, Weeks, hits_of, measure
from benchmarks.tcpd import covering, f_measure, found_in

from detente.model import Direction, Shift, ShiftKind

# The worked examples of the functions by which the Turing set was scored.
THREE = {1: [10, 20], 2: [11, 20], 3: [10], 4: [0, 5]}


def test_f1_with_a_margin_is_that_of_the_turing_set():
    assert f_measure(THREE, [10, 20]) == pytest.approx(1.0)
    assert f_measure({1: [], 2: [10], 3: [50]}, [10]) == pytest.approx(0.90909, abs=1e-5)
    assert f_measure({1: [], 2: [10], 3: [50]}, []) == pytest.approx(0.8)


def test_covering_is_that_of_the_turing_set():
    told = {1: [10, 20], 2: [10], 3: [0, 5]}
    assert covering(told, [10, 20], 45) == pytest.approx(0.79630, abs=1e-5)
    assert covering({1: [], 2: [10], 3: [40]}, [], 45) == pytest.approx(0.81893, abs=1e-5)


def test_a_plain_step_is_found_and_noise_is_not():
    draw = np.random.default_rng(3)
    noise = draw.normal(0, 1, 200)
    assert found_in(noise) == []
    (step,) = found_in(noise + np.repeat([0.0, 6.0], 100))
    assert abs(step - 100) <= 2


DAY = date(2012, 4, 10)
TURN = Turn(frozenset({"AAA", "BBB"}), ("AAA", "BBB"), DAY, "worse", "war")


def pair(first, last, direction=Direction.WORSE, kind=ShiftKind.RELATION):
    shift = Shift(
        first=first,
        last=last,
        direction=direction,
        kind=kind,
        probability=0.9,
        drivers=("x",),
        before=0.1,
        after=0.9,
    )
    starts = tuple(date(2012, 1, 2) + timedelta(days=7 * k) for k in range(40))
    weeks = Weeks(starts, starts[-1] + timedelta(days=6), np.repeat([5.0, -5.0], [14, 26]))
    return Pair((shift,), weeks, 99)


@pytest.mark.parametrize(
    ("first", "last", "hit"),
    [(-14, -14, True), (21, 30, True), (-40, -15, False), (22, 30, False), (-99, 99, True)],
)
def test_a_hit_meets_two_weeks_before_to_three_weeks_after(first, last, hit):
    found = pair(DAY + timedelta(days=first), DAY + timedelta(days=last))
    assert bool(hits_of(TURN, found)) is hit


def test_the_wrong_direction_and_attention_are_no_hits():
    assert not hits_of(TURN, pair(DAY, DAY, Direction.BETTER))
    assert not hits_of(TURN, pair(DAY, DAY, Direction.MORE, ShiftKind.ATTENTION))


def test_the_baselines_get_as_many_points_as_we_have():
    result = measure([TURN], {TURN.pair: pair(DAY, DAY)})
    assert (result["n"], result["hits"], result["hit_rate"]) == (1, 1, 1.0)
    assert result["zero: hits"] == 0
    assert result["rolling z-score: hits"] == 1
    values = np.repeat([5.0, -5.0], [14, 26])
    for name in ("zero", "random", "rolling z-score", "rolling z-score, four weeks"):
        assert len(BASELINES[name](values, 3)) <= 3
    assert direction_at(values, 14) == "worse"


def test_volume_alone_is_no_change_of_the_relation():
    draw = np.random.default_rng(5)
    sure = 0
    for growth in (1, 3, 9):
        rates = [3.0] * 78 + [3.0 * growth] * 78
        shifts = relations(draw, rates, [0.3] * 156, [30.0] * 156)
        sure += sum(shift.probability > 0.8 for shift in shifts)
    assert sure == 0
