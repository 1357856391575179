"""Seen on the day: nothing of what came later counts, and the day found is the first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analysis.occurrences import Occurrence, occurrences, weight
from detente.analysis.online import NEAR, cut_at, known_of, same_change, seen_of
from detente.analysis.series import series_of
from detente.analysis.shifts import find_shifts
from detente.model import Direction, Dyad, EventType, Report, Shift, ShiftKind
from making import event

PAIR = Dyad("TUR", "RUS")
START = date(2014, 1, 6)


def at(number, kind="CONSULT", serial=0):
    day = START + timedelta(days=number)
    score = 1.0 if kind == "CONSULT" else -9.0
    return Occurrence(day=day, id=f"{number}-{serial}", event_type=EventType(kind), score=score)


def planted(weeks=60, turn=36, every=3):
    """Talks every few days, and from one week on fights."""
    return [
        at(number, "CONSULT" if number < turn * 7 else "ASSAULT")
        for number in range(0, weeks * 7, every)
    ]


def months(happened, documents=30):
    first, last = happened[0].day, happened[-1].day
    return {
        f"{year}-{month:02}": documents
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if f"{first:%Y-%m}" <= f"{year}-{month:02}" <= f"{last:%Y-%m}"
    }


def whole(happened):
    series = series_of(happened, PAIR, months(happened), whole=True)
    return series, find_shifts(series, happened).shifts


def likely(shifts):
    return [one for one in shifts if one.likely]


def test_a_planted_change_is_seen_soon_after_it_began():
    happened = planted()
    series, shifts = whole(happened)
    (shift,) = likely(shifts)
    (seen,) = [one for one in seen_of(shifts, series, happened, {}) if one]
    turned = START + timedelta(weeks=36)
    assert turned <= seen.day <= turned + timedelta(days=28)
    assert seen.delay == (seen.day - shift.first).days


@pytest.mark.parametrize("turn", [20, 36, 50])
def test_the_day_is_the_first_of_all_days(turn):
    happened = planted(turn=turn)
    series, shifts = whole(happened)
    (shift,) = likely(shifts)
    (seen,) = [one for one in seen_of(shifts, series, happened, {}) if one]
    day = shift.first
    while True:
        told = find_shifts(*cut_at(day, series, happened, {})).shifts
        if any(same_change(shift, one) for one in likely(told)):
            break
        day += timedelta(days=1)
    assert seen.day == day


def test_what_is_reported_late_is_seen_late():
    happened = planted()
    series, shifts = whole(happened)
    late = timedelta(days=50)
    known = {one.id: ((one.day + late, one.weight),) for one in happened}
    (soon,) = [one for one in seen_of(shifts, series, happened, {}) if one]
    (later,) = [one for one in seen_of(shifts, series, happened, known) if one]
    assert later.day >= soon.day + late - timedelta(days=7)


def test_what_nobody_dated_is_never_known():
    happened = planted()
    series, shifts = whole(happened)
    known = {one.id: () for one in happened}
    found = seen_of(shifts, series, happened, known)
    assert {(one.day, one.delay) for one in found if one} == {(None, None)}


def test_a_shift_that_no_day_tells_is_not_seen_and_a_possible_one_not_asked():
    happened = planted()
    series, (shift, *_) = whole(happened)
    other = Shift(
        first=shift.first,
        last=shift.last,
        direction=Direction.BETTER,
        kind=ShiftKind.RELATION,
        probability=0.9,
        drivers=(),
        before=0.1,
        after=0.9,
    )
    doubt = Shift(**{**{n: getattr(other, n) for n in other.__slots__}, "probability": 0.4})
    not_seen, not_asked = seen_of((other, doubt), series, happened, {})
    assert (not_seen.day, not_seen.delay) == (None, None)
    assert not_asked is None


KINDS = st.sampled_from(["CONSULT", "AID", "ACCUSE", "ASSAULT"])
DAYS = st.lists(st.tuples(st.integers(0, 400), KINDS), min_size=1, max_size=60)


@settings(max_examples=80, deadline=None)
@given(DAYS, st.integers(0, 400), st.lists(st.integers(0, 60), min_size=60, max_size=60))
def test_nothing_that_came_later_changes_what_was_known(days, number, delays):
    happened = sorted(at(day, kind, n) for n, (day, kind) in enumerate(days))
    known = {
        one.id: ((one.day + timedelta(days=late), one.weight),)
        for one, late in zip(happened, delays, strict=False)
    }
    series = series_of(happened, PAIR, months(happened), whole=True)
    day = series.periods[0].first + timedelta(days=number)
    by_then = [one for one in happened if known[one.id][0][0] <= day]
    cut, told = cut_at(day, series, happened, known)
    assert told == by_then
    assert cut.periods[-1].last == day
    assert sum(period.total for period in cut.periods) == len(by_then)
    # the same, had there been no later event and no later document at all
    shorter = [one for one in series.periods if one.first <= day]
    before = type(series)(dyad=PAIR, periods=tuple(shorter)) if shorter else series
    assert cut_at(day, before, by_then, known) == (cut, told)


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_on_the_last_day_all_is_known(days):
    happened = sorted(at(day, kind, n) for n, (day, kind) in enumerate(days))
    series = series_of(happened, PAIR, months(happened), whole=True)
    assert cut_at(series.periods[-1].last, series, happened, {}) == (series, happened)


def test_documents_of_a_month_count_by_its_share_of_days():
    happened = planted()
    series = series_of(happened, PAIR, months(happened), whole=True)
    cut, _ = cut_at(date(2014, 6, 10), series, happened, {})
    assert [one.documents for one in cut.periods] == [30] * 5 + [10]


def test_a_shift_that_is_left_out_is_still_the_one_before():
    turns = [20, 40, 60]
    happened = [
        at(day, ("CONSULT", "ASSAULT")[sum(day >= 7 * turn for turn in turns) % 2])
        for day in range(0, 80 * 7, 2)
    ]
    series, shifts = whole(happened)
    found = likely(shifts)
    assert [one.direction for one in found] == [Direction.WORSE, Direction.BETTER, Direction.WORSE]
    every = seen_of(found, series, happened, {})
    assert seen_of(found[2:], series, happened, {}, among=found) == every[2:]
    assert [one.day for one in every] == sorted(one.day for one in every)


# --- reports ---------------------------------------------------------------------------------


def report(of, document, day, origin, claims=None):
    return Report(
        id=f"{of.id}-{document}",
        event_id=of.id,
        document_id=document,
        outlets=("Courier",),
        published=day,
        claim_ids=of.claim_ids if claims is None else claims,
        origin=origin,
    )


def test_an_event_grows_with_the_origins_that_are_known():
    one = event("ASSAULT", date(2014, 3, 1), origins=2)
    days = [date(2014, 3, 2), date(2014, 3, 5), date(2014, 3, 9)]
    reports = [
        report(one, "c", days[2], "other"),
        report(one, "a", days[0], "first"),
        report(one, "b", days[1], "first"),
        report(one, "d", date(2014, 2, 1), "third", claims=("somebody's denial",)),
    ]
    single = weight(event("ASSAULT", date(2014, 3, 1), origins=1))
    steps = known_of([one], reports)[one.id]
    assert steps == ((days[0], single), (days[1], single), (days[2], weight(one)))
    (happened,) = occurrences([one], PAIR)
    series = series_of([happened], PAIR, {})
    assert cut_at(date(2014, 3, 1), series, [happened], {one.id: steps})[1] == []
    assert [
        found.weight
        for day in days
        for found in cut_at(day, series, [happened], {one.id: steps})[1]
    ] == [single, single, weight(one)]


def test_a_report_without_a_day_makes_nothing_known():
    one = event("ASSAULT", date(2014, 3, 1))
    assert known_of([one], [report(one, "a", None, "first")]) == {one.id: ()}


# --- which change it is ----------------------------------------------------------------------


def change(first, last, kind=ShiftKind.RELATION, direction=Direction.WORSE):
    begins = START + timedelta(days=first)
    return Shift(
        first=begins,
        last=START + timedelta(days=last),
        direction=direction,
        kind=kind,
        probability=0.9,
        drivers=(),
        before=0.1,
        after=0.9,
    )


@pytest.mark.parametrize(
    ("told", "before", "same"),
    [
        (change(100, 120), None, True),
        (change(60, 100), None, True),
        (change(60, 99), None, False),
        (change(120 + NEAR.days, 200), None, True),
        (change(121 + NEAR.days, 200), None, False),
        (change(100, 120, direction=Direction.BETTER), None, False),
        (change(100, 120, kind=ShiftKind.ATTENTION), None, False),
        (change(60, 100), change(50, 70), False),
        (change(71, 100), change(50, 70), True),
    ],
)
def test_a_change_is_told_by_kind_direction_and_time(told, before, same):
    assert same_change(change(100, 120), told, before) is same
