"""The scores of the benchmark of what is seen on the day, on cases worked out by hand."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import numpy as np
import pytest
from benchmarks.online import Alarm, Watched, measure, new_of, rolling_alarms, seen_on, watch
from benchmarks.shifts import Turn, Weeks

from detente.model import Direction, Shift, ShiftKind

START = date(2012, 1, 2)
DAY = START + timedelta(weeks=30)
TURN = Turn(frozenset({"AAA", "BBB"}), ("AAA", "BBB"), DAY, "worse", "war")
STARTS = tuple(START + timedelta(days=7 * k) for k in range(60))
VALUES = np.concatenate([np.tile([4.0, 5.0, 6.0], 10), np.full(30, -5.0)])
WEEKS = Weeks(STARTS, STARTS[-1] + timedelta(days=6), VALUES)


def alarm(day, first, last, direction="worse"):
    return Alarm(
        DAY + timedelta(days=day),
        DAY + timedelta(days=first),
        DAY + timedelta(days=last),
        direction,
    )


@pytest.mark.parametrize(
    ("told", "delay"),
    [
        ([alarm(20, 0, 6), alarm(13, 0, 6)], 13),
        ([alarm(-1, -10, -1)], None),
        ([alarm(0, -14, -14)], 0),
        ([alarm(99, -60, -15)], None),
        ([alarm(99, 21, 40)], 99),
        ([alarm(20, 0, 6, "better")], None),
        ([], None),
    ],
)
def test_a_change_is_seen_on_the_first_day_from_its_own_on(told, delay):
    day = seen_on(TURN, told)
    assert (None if day is None else (day - DAY).days) == delay


def test_an_alarm_is_what_was_not_told_before():
    told = [
        alarm(6, 0, 6),
        alarm(13, 0, 9),
        alarm(13, -40, -15),
        alarm(20, 0, 6, "better"),
        alarm(90, 60, 80),
    ]
    assert new_of(told) == [told[0], told[2], told[3], told[4]]


def shift(first, last, probability=0.9, kind=ShiftKind.RELATION):
    return Shift(
        first=first,
        last=last,
        direction=Direction.WORSE,
        kind=kind,
        probability=probability,
        drivers=(),
        before=0.1,
        after=0.9,
    )


def test_who_looks_every_week_is_told_what_the_search_finds_by_then():
    asked = []

    def search(day):
        asked.append(day)
        late = day >= DAY + timedelta(days=20)
        doubt = shift(DAY, DAY, probability=0.4)
        attention = shift(DAY, DAY, kind=ShiftKind.ATTENTION)
        return [doubt, attention, *([shift(DAY, DAY + timedelta(days=6))] if late else [])]

    found = watch(WEEKS, search)
    assert len(asked) == len(set(asked)) + 1 and max(asked) == WEEKS.last
    assert all((day - START).days % 7 == 6 for day in asked)
    assert [one.day for one in found.alarms] == [DAY + timedelta(days=20)]
    assert {one.first for one in found.told} == {DAY} and len(found.whole) == 1
    result = measure([TURN], {TURN.pair: found})
    assert (result["n"], result["seen"], result["median delay in days"]) == (1, 1, 20)
    assert result["found with all data, from even odds on"] == 1
    assert result["false alarms per dyad and year"] == 0


def test_alarms_that_meet_no_dated_change_are_false():
    told = (alarm(6, 0, 6), alarm(80, 60, 70), alarm(80, 60, 70, "better"))
    found = Watched(told, told, (), WEEKS)
    result = measure([TURN], {TURN.pair: found})
    assert result["alarms"] == 3
    assert result["false alarms per dyad and year"] == round(2 / found.years, 2)
    assert result["the same of quiet pairs"] is None


def test_a_rolling_score_rings_in_the_week_of_a_fall_and_not_again_for_five():
    alarms = rolling_alarms(WEEKS, 5.0)
    assert (alarms[0].first, alarms[0].direction) == (DAY, "worse")
    assert all((b.first - a.first).days >= 35 for a, b in itertools.pairwise(alarms))
    assert rolling_alarms(WEEKS, 1000.0) == []
    result = measure([TURN], {TURN.pair: Watched((), (), (), WEEKS)})
    assert result["rolling z-score of 3: seen"] == 1
    assert result["rolling z-score of 3: median delay in days"] == 6


def test_a_score_knows_nothing_of_the_weeks_to_come():
    rung = rolling_alarms(WEEKS, 2.0)
    for k in range(10, 60):
        shorter = Weeks(STARTS[:k], STARTS[k] - timedelta(days=1), VALUES[:k])
        assert rolling_alarms(shorter, 2.0) == [one for one in rung if one.day <= shorter.last]
