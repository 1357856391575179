"""Monthly counts: every countable event once, in its month, without gaps."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.occurrences import occurrences
from detente.analysis.series import MOST_MONTHS, concerns, countable, series_of
from detente.model import Dyad
from making import event

PAIR = Dyad("TUR", "RUS")
DAYS = st.dates(date(2014, 1, 1), date(2017, 12, 31))


def series(*events, corpus=None, **bounds):
    return series_of(occurrences(events, PAIR), PAIR, corpus or {}, **bounds)


def test_both_directions_and_reciprocal_events_count():
    day = date(2015, 11, 24)
    found = series(
        event("ASSAULT", day),
        event("SANCTION", day, sides=("RUS", "TUR")),
        event("CONSULT", day, reciprocal=True),
        event("ASSAULT", day, sides=("RUS", "SYR")),
    )
    assert [period.counts for period in found.periods] == [(1, 0, 0, 2)]


def test_an_event_concerns_a_pair_in_any_direction_only():
    day = date(2015, 11, 24)
    assert concerns(event("ASSAULT", day), PAIR)
    assert concerns(event("ASSAULT", day), PAIR.reversed())
    assert not concerns(event("ASSAULT", day, sides=("TUR", "SYR")), PAIR)
    assert not concerns(event("PROTEST", day, sides=("TUR", "TUR")), PAIR)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(event("ASSAULT", date(2015, 11, 24), planned=True), id="planned"),
        pytest.param(event("ASSAULT", date(2015, 11, 24), affirmed=False), id="denied only"),
        pytest.param(event("ASSAULT", None), id="without a date"),
        pytest.param(event("ASSAULT", date(2015, 1, 1), date(2015, 12, 31)), id="a year"),
    ],
)
def test_what_is_not_counted(other):
    assert not countable(other)
    assert series(other).periods == ()


def test_months_without_events_are_kept_and_know_their_documents():
    found = series(
        event("ASSAULT", date(2015, 11, 24)),
        event("CONSULT", date(2016, 2, 1)),
        corpus={"2015-11": 7, "2015-12": 5, "2016-07": 9},
    )
    months = [(period.first, period.last, period.total) for period in found.periods]
    assert months == [
        (date(2015, 11, 1), date(2015, 11, 30), 1),
        (date(2015, 12, 1), date(2015, 12, 31), 0),
        (date(2016, 1, 1), date(2016, 1, 31), 0),
        (date(2016, 2, 1), date(2016, 2, 29), 1),
    ]
    assert [period.documents for period in found.periods] == [7, 5, 0, 0]


def test_the_whole_corpus_is_the_baseline_where_asked_for():
    found = series(
        event("ASSAULT", date(2015, 11, 24)), corpus={"2015-09": 1, "2016-01": 2}, whole=True
    )
    assert (found.periods[0].first, found.periods[-1].last) == (
        date(2015, 9, 1),
        date(2016, 1, 31),
    )
    assert series(corpus={"2015-09": 1}, whole=True).periods == ()


def test_a_period_leaves_out_what_lies_outside():
    events = [event("ASSAULT", date(2015, month, 10)) for month in range(1, 13)]
    found = series(*events, since=date(2015, 3, 11), until=date(2015, 5, 10))
    assert [(period.first.month, period.total) for period in found.periods] == [
        (3, 0),
        (4, 1),
        (5, 1),
    ]


@given(st.lists(st.tuples(DAYS, st.sampled_from(["ASSAULT", "AID", "CONSULT", "ACCUSE"]))))
def test_the_periods_join_and_hold_every_event_once(listed):
    events = [event(kind, day, serial=i) for i, (day, kind) in enumerate(listed)]
    found = series(*events)
    assert sum(period.total for period in found.periods) == len(events)
    for before, after in zip(found.periods, found.periods[1:], strict=False):
        assert (after.first - before.last).days == 1
    assert all(period.first.day == 1 for period in found.periods)
    assert series(*reversed(events)) == found


def test_a_wrong_date_does_not_make_an_endless_series():
    found = series(event("ASSAULT", date(1453, 5, 29)), event("ASSAULT", date(2015, 11, 24)))
    assert len(found.periods) == MOST_MONTHS
    assert found.periods[-1].first == date(2015, 11, 1)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar(day):
    (period,) = series(event("ASSAULT", day), corpus={f"{day.year:04}-{day.month:02}": 3}).periods
    assert period.first <= day <= period.last
    assert period.documents == 3
