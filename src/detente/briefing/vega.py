"""A relation over time as a Vega-Lite specification: series with shifts, mix, volume.

The specification holds all its data, asks for no address, and is the same for the same findings.
`detente.briefing.drawing` draws it. The grammar: Satyanarayan and others, "Vega-Lite: A Grammar of
Interactive Graphics", IEEE TVCG 23 (2017).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from string import ascii_lowercase

from detente.briefing.vega_views import (
    Line,
    Spec,
    driver_views,
    list_view,
    mix_view,
    series_view,
    volume_view,
)
from detente.briefing.words import clause, date_words, plural, printable, shift_words
from detente.model import Findings, Shift, ShiftKind

__all__ = ["chart_title", "relation_spec"]

# Lines of the list and characters in each; the text output has all drivers in full.
MOST_LINES = 48
MOST_DRIVERS = 5
WORDS = 118
# The font that the renderer brings along, so that a chart is the same on every machine.
FONT = "Liberation Sans, Arial, sans-serif"

Told = Mapping[str, tuple[date | None, str]]


def chart_title(findings: Findings, names: tuple[str, str]) -> str:
    """Return the title of a chart: the pair by its names, and the months."""
    periods = findings.series.periods
    return f"{names[0]} and {names[1]}, {date_words(periods[0].first, periods[-1].last)}"


def relation_spec(findings: Findings, drivers: Told, names: tuple[str, str]) -> Spec:
    """Return the specification of the chart of a pair.

    Args:
        findings: series and shifts; the series has a period at least.
        drivers: day and words of the events that drive the shifts, by id.
        names: of the two countries.

    Raises:
        ValueError: when there is no period to draw.
    """
    series = findings.series
    if not series.periods:
        raise ValueError("no period to draw")
    told = [shift for shift in findings.shifts if shift.likely]
    lines = list(_listed(told, drivers)) or [Line(clause(f"no shift: {findings.reason}", WORDS))]
    whose = f"{findings.dataset} data" if findings.dataset else "the reports read"
    corpus = "rows" if findings.dataset else "documents"
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "description": f"{chart_title(findings, names)}: {_summary(told)}",
        "background": "white",
        "padding": 12,
        "title": {
            "text": chart_title(findings, names),
            "subtitle": f"Events between them by month, from {whose}. Bands: shifts of the "
            "relation for the worse (red) or the better (blue), of the attention alone (grey).",
            "anchor": "start",
        },
        "spacing": 10,
        "vconcat": [
            series_view(series, told),
            *driver_views(series, lines),
            mix_view(series),
            volume_view(series, ["events"], [period.total for period in series.periods]),
            volume_view(series, ["corpus", corpus], [one.documents for one in series.periods]),
            list_view(lines),
        ],
        "config": {
            "font": FONT,
            "view": {"stroke": "#cccccc"},
            "axis": {"titleFontSize": 11, "labelFontSize": 10, "gridColor": "#eeeeee"},
            "title": {"fontSize": 15, "subtitleFontSize": 11, "subtitlePadding": 6},
        },
    }


def _summary(shifts: Sequence[Shift]) -> str:
    words = [f"{s.kind} {s.direction} {s.first} to {s.last}" for s in shifts]
    return f"{plural(len(shifts), 'shift')}{': ' if words else ''}{'; '.join(words)}."


def _listed(shifts: Sequence[Shift], drivers: Told) -> Iterator[Line]:
    """Yield the lines below the chart: each shift, and under it its drivers with their labels.

    There are MOST_LINES at most; where that is too few, changes of the relation keep more drivers.
    """
    for number, shift in enumerate(shifts[:MOST_LINES], start=1):
        yield Line(f"{number}  {shift_words(shift).replace('  ', ', ')}")
        known = [drivers[one] for one in shift.drivers if one in drivers]
        shown = known[: _drivers_shown(shifts, shift.kind)]
        for letter, (day, words) in zip(ascii_lowercase, shown, strict=False):
            label = f"{number}{letter}"
            told = f"{label}  {day or 'undated'}  {clause(printable(words), WORDS)}"
            yield Line(told, label, day)
    if len(shifts) > MOST_LINES:
        yield Line(f"and {len(shifts) - MOST_LINES} more")


def _drivers_shown(shifts: Sequence[Shift], kind: ShiftKind) -> int:
    """Return how many drivers each shift of a kind may list."""
    relations = sum(shift.kind is ShiftKind.RELATION for shift in shifts)
    others = len(shifts) - relations
    left = max(0, MOST_LINES - len(shifts))
    first = min(MOST_DRIVERS, left // max(1, relations))
    if kind is ShiftKind.RELATION:
        return first
    return min(MOST_DRIVERS, (left - first * relations) // max(1, others))
