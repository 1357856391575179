"""A relation over time as a chart of plain characters, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from detente.briefing.lanes import lanes
from detente.briefing.words import plural
from detente.model import Period, Series, Shift

__all__ = ["NARROWEST", "plotted"]

# Columns of a terminal below which a chart is no help.
NARROWEST = 60
# Columns before the chart, for its scale and the names of its rows.
MARGIN = 10
# Lines on either side of the middle line.
LINES = 6
# Verbal and material cooperation, verbal and material conflict.
MARKS = "oOxX"


def plotted(series: Series, shifts: Sequence[Shift], width: int) -> Iterator[str]:
    """Yield the lines of the chart: counts with the shifts, the mix, the volume.

    Args:
        series: the monthly counts.
        shifts: those to show; they bear their place in this order, from 1 on.
        width: columns of the terminal; nothing is drawn on fewer than NARROWEST.
    """
    months = series.periods
    if width < NARROWEST or not any(period.total for period in months):
        return
    room = width - MARGIN
    size = -(-len(months) // room)
    columns = [months[at : at + size] for at in range(0, len(months), size)]
    counts = [_counts(column) for column in columns]
    most = max(max(sum(one[:2]), sum(one[2:])) for one in counts)
    yield (
        f"a column is {plural(size, 'month')}, a mark up to {plural(-(-most // LINES), 'event')}; "
        "above o words and O deeds of cooperation, below x words and X deeds of conflict"
    )
    yield from _bars(counts, most)
    yield from _shift_rows(columns, shifts, room)
    totals = [sum(one) for one in counts]
    documents = [sum(period.documents for period in column) for column in columns]
    shares = [
        str(min(9, 10 * sum(one[2:]) // total)) if total else " "
        for one, total in zip(counts, totals, strict=True)
    ]
    yield _row("conflict", "".join(shares))
    yield _row("events", _digits(totals))
    yield _row("corpus", _digits(documents))
    yield _years(columns, room)
    yield (
        "conflict: tenths of the events; events and corpus: ninths of the most in a column, "
        f"{max(totals)} and {max(documents)}"
    )


def _counts(column: Sequence[Period]) -> tuple[int, int, int, int]:
    a, b, c, d = (sum(period.counts[quad] for period in column) for quad in range(4))
    return a, b, c, d


def _row(name: str, cells: str) -> str:
    return f"{name:>{MARGIN - 2}} |{cells}".rstrip()


def _bars(counts: Sequence[tuple[int, int, int, int]], most: int) -> Iterator[str]:
    each = -(-most // LINES)
    stacks = [
        (_stack(one[:2], MARKS[:2], each), _stack(one[2:], MARKS[2:], each)) for one in counts
    ]
    high = max(len(up) for up, _ in stacks)
    low = max(len(down) for _, down in stacks)
    for line in range(high, 0, -1):
        cells = "".join(up[line - 1 : line] or " " for up, _ in stacks)
        yield _row(str(line * each), cells)
    yield f"{'0':>{MARGIN - 2}} +{'-' * len(counts)}"
    for line in range(1, low + 1):
        cells = "".join(down[line - 1 : line] or " " for _, down in stacks)
        yield _row(str(line * each), cells)


def _stack(counts: Sequence[int], marks: str, each: int) -> str:
    """Return the marks of a bar from the middle line on; of a long one each kind has its part."""
    words, deeds = counts
    length = -(-(words + deeds) // each)
    if length < 2:
        return marks[words <= deeds] * length
    below = max(words > 0, min(round(length * words / (words + deeds)), length - (deeds > 0)))
    return marks[0] * below + marks[1] * (length - below)


def _shift_rows(
    columns: Sequence[Sequence[Period]], shifts: Sequence[Shift], room: int
) -> Iterator[str]:
    """Yield the rows in which the number of each shift stands over its interval."""
    places = []
    for number, shift in enumerate(shifts, start=1):
        first = min(_column_of(columns, shift.first), room - len(str(number)))
        last = _column_of(columns, shift.last)
        places.append((first, max(last + 1, first + len(str(number)))))
    rows = lanes([(first, end + 1) for first, end in places])
    for row in range(max(rows, default=-1) + 1):
        cells = ""
        named = (
            (*place, str(number))
            for number, (lane, place) in enumerate(zip(rows, places, strict=True), start=1)
            if lane == row
        )
        for first, end, name in sorted(named):
            cells = cells.ljust(first) + name.ljust(end - first, "=")
        yield _row("shifts" if row == 0 else "", cells)


def _column_of(columns: Sequence[Sequence[Period]], day: date) -> int:
    """Return the column of a day; what lies outside is put at the edge."""
    return max(0, sum(column[0].first <= day for column in columns) - 1)


def _digits(values: Sequence[int]) -> str:
    """Return values as ninths of the greatest, rounded up; nothing for 0."""
    most = max(values)
    return "".join(str(-(-9 * value // most)) if value else " " for value in values)


def _years(columns: Sequence[Sequence[Period]], room: int) -> str:
    """Return the line under the chart: each year at its first month, as far as there is room."""
    cells = ""
    for at, column in enumerate(columns):
        begins = at == 0 or any(period.first.month == 1 for period in column)
        if begins and (at == 0 or at > len(cells)):
            year = next((p.first for p in column if p.first.month == 1), column[0].first)
            label = f"{year:%Y}" if year.month == 1 else f"{year:%Y-%m}"
            cells = cells.ljust(at) + label if at + len(label) <= room else cells
    return f"{'':>{MARGIN - 2}}  {cells}"
