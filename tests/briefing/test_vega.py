"""The specification of a chart: it shows what was counted, all of it, and nothing else."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charted import COUNTS, DRIVERS, FOUND, NAMES, findings, shift
from detente.briefing.lanes import lanes
from detente.briefing.vega import MOST_LINES, relation_spec
from detente.briefing.words import QUADS
from detente.model import ShiftKind

COUNT = st.tuples(*[st.integers(0, 30)] * 4)


def views(found=FOUND, drivers=DRIVERS):
    return relation_spec(found, drivers, NAMES)["vconcat"]


def values(view):
    return view["data"]["values"]


def day(moment):
    return datetime.fromtimestamp(moment / 1000, UTC).date()


def month_of(bar):
    assert day(bar["after"]) > day(bar["first"])
    return day(bar["first"])


@given(st.lists(COUNT, min_size=1, max_size=30).filter(lambda months: any(map(any, months))))
def test_every_event_is_drawn_once_and_on_its_side(months):
    found = findings(months)
    series, mix, events, corpus, _ = views(found)
    drawn = Counter()
    for bar in values(series["layer"][1]):
        assert (bar["high"] > 0) is (bar["kind"] in QUADS[:2])
        drawn[month_of(bar), bar["kind"]] += abs(bar["high"]) - abs(bar["low"])
    shares = Counter()
    for bar in values(mix):
        shares[month_of(bar), bar["kind"]] += bar["high"] - bar["low"]
    for period in found.series.periods:
        for quad, count in zip(QUADS, period.counts, strict=True):
            assert drawn[period.first, quad] == count
            share = count / period.total if period.total else 0
            assert shares[period.first, quad] == pytest.approx(share, abs=1e-3)
    assert [one["high"] for one in values(events)] == [p.total for p in found.series.periods]
    assert [one["high"] for one in values(corpus)] == [p.documents for p in found.series.periods]


def test_bars_of_one_month_do_not_hide_each_other():
    for view in (views()[0]["layer"][1], views()[2]):
        placed = [(b["first"], *sorted((b["low"], b["high"]))) for b in values(view)]
        for one in placed:
            others = [other for other in placed if other is not one and other[0] == one[0]]
            assert all(one[2] <= low or high <= one[1] for _, low, high in others)


def test_shifts_are_bands_from_their_first_day_to_their_last():
    bands = values(views()[0]["layer"][0])
    assert [(day(one["first"]), day(one["after"])) for one in bands] == [
        (one.first, one.last + timedelta(days=1)) for one in FOUND.shifts if one.likely
    ]
    assert len({one["paint"] for one in bands}) == 2
    assert "relation worse" in bands[1]["text"] and "0.90" in bands[1]["text"]


def test_a_shift_that_began_before_the_first_month_does_not_leave_the_chart():
    long = shift(date(2013, 11, 1), date(2014, 1, 9))
    (band,) = values(views(findings(COUNTS, (long,)))[0]["layer"][0])
    assert (day(band["first"]), day(band["after"])) == (date(2014, 1, 1), date(2014, 1, 10))


def test_drivers_have_a_label_under_their_day_and_a_line_with_their_words():
    _, drivers, *_, listed = views()
    assert [one["label"] for one in values(drivers)] == ["2a", "2b"]
    words = [one["text"] for one in values(listed)]
    assert len(words) == 5
    assert words[0].startswith("1  ") and "attention more" in words[0]
    assert words[1] == "1a  undated  The two held talks"
    assert words[3] == "2a  2015-02-03  Turkey shot down a Russian jet"
    assert all(word.isprintable() for word in words)
    first, second = values(drivers)
    assert first["at"] < second["at"] and first["down"] != second["down"]


def test_a_chart_without_shifts_says_why():
    spec = relation_spec(findings(COUNTS), {}, NAMES)
    assert values(spec["vconcat"][-1])[0]["text"] == "no shift: no change found"
    assert spec["description"].endswith("0 shifts.")


def test_where_there_are_too_many_shifts_those_of_the_relation_keep_their_drivers():
    many = [
        shift(
            date(2014, 1, 1) + timedelta(days=10 * n),
            date(2014, 1, 3) + timedelta(days=10 * n),
            drivers=("one", "two", "three"),
            kind=ShiftKind.ATTENTION if n % 3 else ShiftKind.RELATION,
        )
        for n in range(36)
    ]
    words = [one["text"] for one in values(views(findings(COUNTS, many))[-1])]
    assert len(words) <= MOST_LINES
    assert [word for word in words if word.startswith("1a")]
    assert not [word for word in words if word.startswith("2a")]
    words = [one["text"] for one in values(views(findings(COUNTS, many * 2))[-1])]
    assert len(words) == MOST_LINES + 1 and words[-1] == "and 24 more"


def test_a_dataset_is_named_and_counted_in_rows():
    spec = relation_spec(findings(COUNTS, dataset="icews"), {}, NAMES)
    assert "icews data" in spec["title"]["subtitle"]
    assert spec["vconcat"][-2]["encoding"]["y"]["title"] == ["corpus", "rows"]


def test_it_is_plain_data_without_addresses_and_the_same_in_every_time_zone(monkeypatch):
    texts = []
    for zone in ("UTC", "America/Los_Angeles", "Asia/Tokyo"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        texts.append(json.dumps(relation_spec(FOUND, DRIVERS, NAMES), allow_nan=False))
    monkeypatch.undo()
    time.tzset()
    assert len(set(texts)) == 1
    assert '"url"' not in texts[0]
    assert texts[0].count("://") == 1  # the name of the grammar


def test_nothing_is_no_chart():
    with pytest.raises(ValueError, match="no period"):
        relation_spec(findings([]), {}, NAMES)


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0.1, 90)), max_size=30))
def test_no_label_hides_another(sizes):
    places = [(left, left + size) for left, size in sizes]
    rows = lanes(places)
    assert len(rows) == len(places)
    for n, (row, (left, right)) in enumerate(zip(rows, places, strict=True)):
        before = list(zip(rows[:n], places[:n], strict=True))
        assert all(right <= other[0] or left >= other[1] for r, other in before if r == row)
        # every row above was taken
        for above in range(row):
            assert any(left < o[1] and o[0] < right for r, o in before if r == above)
