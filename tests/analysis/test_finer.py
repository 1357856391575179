"""Months cut into parts, and how much an event weighs."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.series import monthly_series
from detente.analysis.shifts import finer, weight, weighted
from detente.model import Dyad
from making import event

PAIR = Dyad("TUR", "RUS")
DAYS = st.dates(date(2015, 1, 1), date(2016, 12, 31))


@given(st.lists(st.tuples(DAYS, st.integers(0, 40)), min_size=1, max_size=20), st.integers(1, 4))
def test_parts_tile_the_months_and_lose_no_event_and_no_document(dated, parts):
    events = [
        event("ASSAULT", day, day + timedelta(days=length), serial=n)
        for n, (day, length) in enumerate(dated)
    ]
    corpus = {f"2015-{month:02}": 7 * month for month in range(1, 13)}
    series = monthly_series(events, PAIR, corpus, whole=True)
    cut = finer(series.periods, events, parts)
    assert sum(part.total for part in cut) == sum(p.total for p in series.periods) == len(events)
    assert sum(part.documents for part in cut) == sum(p.documents for p in series.periods)
    assert (cut[0].first, cut[-1].last) == (series.periods[0].first, series.periods[-1].last)
    for part, following in pairwise(cut):
        assert following.first == part.last + timedelta(days=1)
    assert weighted(cut, events).sum() == pytest.approx(len(events))


def test_an_event_weighs_by_its_origins_and_by_how_it_is_held():
    day = date(2015, 11, 24)
    plain = event("ASSAULT", day)
    assert weight(plain) == 1.0
    assert weight(event("ASSAULT", day, alleged=True)) == 0.5
    assert weight(plain) < weight(event("ASSAULT", day, origins=4)) < 4.0
