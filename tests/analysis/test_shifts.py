"""Shifts: exact, sober, found where they were planted and not where they were not."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analysis.occurrences import occurrences
from detente.analysis.series import series_of
from detente.analysis.shifts import find_shifts
from detente.model import Direction, Dyad, Period, Series, ShiftKind
from making import event

PAIR = Dyad("TUR", "RUS")
TYPES = ("CONSULT", "AID", "ACCUSE", "ASSAULT")  # one of each quad class

COUNTS = st.tuples(*[st.integers(0, 12)] * 4)
SPARSE = st.one_of(st.just((0, 0, 0, 0)), COUNTS)


def month(index: int) -> date:
    return date(2014 + index // 12, index % 12 + 1, 1)


def periods(months):
    return tuple(
        Period(first=month(i), last=month(i).replace(day=28), counts=counts, documents=documents)
        for i, (counts, documents) in enumerate(months)
    )


def found(months):
    """Findings for months of (counts by quad class, documents), with the events to match."""
    events = []
    for i, (counts, _) in enumerate(months):
        # the kinds take turns, spread evenly over the month
        turns = [quad for n in range(max(counts)) for quad in range(4) if n < counts[quad]]
        for n, quad in enumerate(turns):
            day = month(i).replace(day=1 + n * 28 // len(turns))
            events.append(event(TYPES[quad], day, serial=n))
    corpus = {f"{month(i):%Y-%m}": documents for i, (_, documents) in enumerate(months)}
    last = month(len(months) - 1)
    happened = occurrences(events, PAIR)
    series = series_of(happened, PAIR, corpus, since=month(0), until=last.replace(day=28))
    return find_shifts(series, happened), {one.id: one for one in events}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SPARSE, st.integers(0, 40)), min_size=1, max_size=24))
def test_what_is_said_of_a_shift_is_sober_and_ordered(months):
    findings, events = found(months)
    assert findings.reason
    assert findings.enough or not findings.shifts
    for shift in findings.shifts:
        assert 0.0 < shift.probability < 1.0
        assert 0.0 < shift.before < 1.0 and 0.0 < shift.after < 1.0
        assert shift.first <= shift.last
        assert (shift.first - month(0)).days % 7 == 0  # months are looked at in weeks
        assert shift.drivers and set(shift.drivers) <= set(events)
        relation = shift.kind is ShiftKind.RELATION
        assert relation is (shift.direction in (Direction.WORSE, Direction.BETTER))
    for kind in ShiftKind:
        same = [shift for shift in findings.shifts if shift.kind is kind]
        for before, after in itertools.pairwise(same):
            assert before.last < after.first


def test_the_same_series_gives_the_same_findings():
    months = [((1, 0, 2, 1), 9), ((0, 1, 0, 3), 4), ((4, 2, 0, 0), 8), ((5, 1, 0, 0), 8)] * 2
    assert found(months)[0] == found(months)[0]


# --- planted changes -------------------------------------------------------------------------

FRIENDLY = (5, 2, 1, 0)
HOSTILE = (0, 0, 5, 3)


def within_a_week(shift, day):
    week = timedelta(days=6)
    return shift.first - week <= day <= shift.last + week and shift.last - shift.first <= 3 * week


@pytest.mark.parametrize("at", [5, 8, 13])
@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [(FRIENDLY, HOSTILE, Direction.WORSE), (HOSTILE, FRIENDLY, Direction.BETTER)],
)
def test_a_planted_change_of_the_mix_is_found(at, before, after, direction):
    months = [(before, 30)] * at + [(after, 30)] * (18 - at)
    findings, events = found(months)
    (shift,) = findings.shifts
    assert shift.kind is ShiftKind.RELATION
    assert shift.direction is direction
    assert shift.probability > 0.9
    assert within_a_week(shift, month(at))
    worse = direction is Direction.WORSE
    assert (shift.after > shift.before) is worse
    for driver in shift.drivers:
        assert events[driver].first >= month(at)
        assert (events[driver].quad >= 3) is worse


def test_two_planted_changes_are_both_found():
    months = [(FRIENDLY, 30)] * 7 + [(HOSTILE, 30)] * 7 + [(FRIENDLY, 30)] * 7
    shifts = found(months)[0].shifts
    assert [shift.direction for shift in shifts] == [Direction.WORSE, Direction.BETTER]
    assert [within_a_week(shift, month(at)) for shift, at in zip(shifts, (7, 14), strict=True)]


@pytest.mark.parametrize("seed", range(6))
def test_a_planted_change_is_found_in_noise(seed):
    draw = random.Random(seed)

    def noisy(mix):
        a, b, c, d = (max(0, count + draw.choice((-1, 0, 0, 1))) for count in mix)
        return (a, b, c, d), draw.randint(25, 35)

    months = [noisy((4, 2, 1, 0)) for _ in range(10)] + [noisy((1, 0, 5, 3)) for _ in range(10)]
    relation = [s for s in found(months)[0].shifts if s.kind is ShiftKind.RELATION]
    assert [shift.direction for shift in relation] == [Direction.WORSE]
    assert month(9) <= relation[0].last and relation[0].first <= month(11)


@pytest.mark.parametrize("factor", [2, 5, 10])
def test_a_corpus_that_grows_is_no_shift_of_the_relation(factor):
    months = [((2, 1, 2, 1), 30)] * 9 + [
        ((2 * factor, factor, 2 * factor, factor), 30 * factor)
    ] * 9
    findings, _ = found(months)
    assert findings.enough
    assert findings.shifts == ()


def test_more_reports_from_the_same_corpus_is_attention():
    months = [((1, 0, 1, 0), 30)] * 9 + [((8, 0, 8, 0), 30)] * 9
    (shift,) = found(months)[0].shifts
    assert (shift.kind, shift.direction) == (ShiftKind.ATTENTION, Direction.MORE)
    assert shift.first == month(9)


@pytest.mark.parametrize("turned", [False, True])
def test_where_the_corpus_begins_attention_does_not_change(turned):
    recalled, reported = [((1, 1, 2, 1), 0)] * 3, [((1, 1, 2, 1), 30)] * 9
    findings, _ = found(reported + recalled if turned else recalled + reported)
    assert findings.enough and findings.shifts == ()


def test_an_even_relation_has_no_shift():
    findings, _ = found([((2, 1, 2, 1), 30)] * 24)
    assert findings.enough and findings.shifts == ()


# --- too little ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "months",
    [
        pytest.param([], id="no month"),
        pytest.param([((0, 0, 0, 0), 30)] * 24, id="no event"),
        pytest.param([((9, 0, 0, 9), 30)] * 3, id="three months"),
        pytest.param([((0, 0, 0, 0), 3)] * 20 + [((1, 1, 1, 2), 3)], id="five events"),
    ],
)
def test_too_little_evidence_says_so(months):
    findings = find_shifts(Series(dyad=PAIR, periods=periods(months)), ())
    assert not findings.enough
    assert findings.shifts == ()
    assert "not enough evidence" in findings.reason


def test_a_corpus_without_any_date_counts_every_month_alike():
    months = [(FRIENDLY, 0)] * 8 + [(HOSTILE, 0)] * 8
    (shift,) = found(months)[0].shifts
    assert shift.direction is Direction.WORSE and within_a_week(shift, month(8))
