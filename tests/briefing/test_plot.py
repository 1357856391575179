"""The chart of plain characters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charted import CALM, COUNTS, FOUND, TURN, findings, shift
from detente.briefing.plot import MARGIN, NARROWEST, plotted

COUNT = st.tuples(*[st.integers(0, 30)] * 4)


def lines(found=FOUND, width=100):
    told = [one for one in found.shifts if one.likely]
    return list(plotted(found.series, told, width))


def rows(drawn):
    """The cells of each row by its name, those of the bars in order."""
    found = {}
    for line in drawn[1:-2]:
        name, cells = line[: MARGIN - 2].strip(), line[MARGIN:]
        found.setdefault(name, []).append(cells)
    return found


def test_a_chart_of_two_years():
    drawn = lines()
    assert drawn[0].startswith("a column is 1 month, a mark up to 2 events")
    assert drawn[1:-1] == [
        "       8 |OOOOOOOOOOOO",
        "       6 |oooooooooooo",
        "       4 |oooooooooooo",
        "       2 |oooooooooooo ooooooooooo",
        "       0 +------------------------",
        "       2 |xxxxxxxxxxxx xxxxxxxxxxx",
        "       4 |             xxxxxxxxxxx",
        "       6 |             XXXXXXXXXXX",
        "       8 |             XXXXXXXXXXX",
        "      10 |             XXXXXXXXXXX",
        "  shifts |     1      2=",
        "conflict |111111111111 99999999999",
        "  events |777777777777 99999999999",
        "  corpus |666777777788888889999999",
        "          2014        2015",
    ]
    assert drawn[-1].endswith("11 and 63")


@given(
    st.lists(COUNT, min_size=1, max_size=200).filter(lambda months: any(map(any, months))),
    st.integers(NARROWEST, 200),
    st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 90)), max_size=30),
)
def test_no_line_is_wider_than_the_terminal_and_the_bars_are_as_high_as_the_counts(
    months, width, intervals
):
    began = [(date(2014, 1, 1) + timedelta(days=first), last) for first, last in intervals]
    shifts = [shift(first, first + timedelta(days=last)) for first, last in began]
    found = findings(months, shifts)
    drawn = lines(found, width)
    assert all(len(line) <= width for line in drawn[1:-1])
    assert all(line.isascii() and line.isprintable() for line in drawn)
    size = -(-len(months) // (width - MARGIN))
    columns = [months[at : at + size] for at in range(0, len(months), size)]
    each = int(drawn[0].split(" up to ")[1].split()[0])
    named = rows(drawn)
    for marks, quads in (("oO", (0, 1)), ("xX", (2, 3))):
        for at, column in enumerate(columns):
            count = sum(month[quad] for month in column for quad in quads)
            cells = [cells for name in named if name.isdigit() for cells in named[name]]
            height = sum(row[at : at + 1] in tuple(marks) for row in cells)
            assert height == -(-count // each)


def test_each_shift_has_its_number_over_its_months():
    beside = shift(date(2015, 1, 25), date(2015, 3, 2))
    drawn = lines(findings(COUNTS, (CALM, TURN, beside)))
    assert [line for line in drawn if "|" in line and line[8:].strip("| 123=") == ""] == [
        "  shifts |     1      2=",
        "         |            3==",
    ]


@pytest.mark.parametrize("months", [50, 51, 100])
def test_labels_at_the_right_edge_stay_within_the_terminal(months):
    found = findings([(1, 0, 0, 0)] * months)
    last = found.series.periods[-1].last
    late = [shift(last, last)] * 12
    drawn = list(plotted(found.series, late, NARROWEST))
    assert all(len(line) <= NARROWEST for line in drawn[1:-1])
    numbers = [number for line in drawn if "=" not in line for number in line[MARGIN:].split()]
    assert {str(number) for number in range(1, 13)} <= set(numbers)


@pytest.mark.parametrize("width", [0, NARROWEST - 1])
def test_a_narrow_terminal_gets_none(width):
    assert lines(width=width) == []


def test_nothing_is_no_chart():
    assert lines(findings([])) == []
    assert lines(findings([(0, 0, 0, 0)] * 3)) == []
