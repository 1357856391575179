"""A relation over time as a Vega-Lite specification: series with shifts, mix, volume.

The specification holds all its data, asks for no address, and is the same for the same findings.
`detente.briefing.drawing` draws it. The grammar: Satyanarayan and others, "Vega-Lite: A Grammar of
Interactive Graphics", IEEE TVCG 23 (2017).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from string import ascii_lowercase
from typing import Any

from detente.briefing.lanes import lanes
from detente.briefing.words import QUADS, clause, date_words, plural, printable, shift_words
from detente.model import Direction, Findings, Period, Series, Shift, ShiftKind

__all__ = ["Spec", "chart_title", "relation_spec"]

Spec = dict[str, Any]

WIDTH = 860
SERIES_HEIGHT, MIX_HEIGHT, VOLUME_HEIGHT = 200, 90, 50
LINE = 14
# Lines of the list below and characters in each; the text output has all drivers in full.
MOST_LINES = 48
MOST_DRIVERS = 5
WORDS = 118
# A letter of a label in the font below, in pixels.
LETTER = 6
# The font that the renderer brings along, so that a chart is the same on every machine.
FONT = "Liberation Sans, Arial, sans-serif"
# As on the pages: blue for cooperation, orange and red for conflict, also to the colour-blind.
PAINTS = ("#7fb2e5", "#2a6fb0", "#f0a868", "#b5432a")
BANDS = {Direction.WORSE: "#d1495b", Direction.BETTER: "#3a7ca5"}
ATTENTION = "#8a8a8a"
INK = "#222222"

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
    lines = list(_listed(told, drivers)) or [_Line(clause(f"no shift: {findings.reason}", WORDS))]
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
            _series_view(series, told),
            *_driver_views(series, lines),
            _mix_view(series),
            _volume_view(series, ["events"], [period.total for period in series.periods]),
            _volume_view(series, ["corpus", corpus], [one.documents for one in series.periods]),
            _list_view(lines),
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


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the list: a shift, or a driver with its label and its day."""

    text: str
    label: str = ""
    day: date | None = None


def _listed(shifts: Sequence[Shift], drivers: Told) -> Iterator[_Line]:
    """Yield the lines below the chart: each shift, and under it its drivers with their labels.

    There are MOST_LINES at most; where that is too few, changes of the relation keep more drivers.
    """
    for number, shift in enumerate(shifts[:MOST_LINES], start=1):
        yield _Line(f"{number}  {shift_words(shift).replace('  ', ', ')}")
        known = [drivers[one] for one in shift.drivers if one in drivers]
        shown = known[: _drivers_shown(shifts, shift.kind)]
        for letter, (day, words) in zip(ascii_lowercase, shown, strict=False):
            label = f"{number}{letter}"
            told = f"{label}  {day or 'undated'}  {clause(printable(words), WORDS)}"
            yield _Line(told, label, day)
    if len(shifts) > MOST_LINES:
        yield _Line(f"and {len(shifts) - MOST_LINES} more")


def _drivers_shown(shifts: Sequence[Shift], kind: ShiftKind) -> int:
    """Return how many drivers each shift of a kind may list."""
    relations = sum(shift.kind is ShiftKind.RELATION for shift in shifts)
    others = len(shifts) - relations
    left = max(0, MOST_LINES - len(shifts))
    first = min(MOST_DRIVERS, left // max(1, relations))
    if kind is ShiftKind.RELATION:
        return first
    return min(MOST_DRIVERS, (left - first * relations) // max(1, others))


def _moment(day: date) -> int:
    """Return a day as milliseconds since 1970 in UTC: no time zone of a machine moves it."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def _after(day: date) -> int:
    return _moment(day + timedelta(days=1))


def _time(series: Series, *, labelled: bool = False) -> Spec:
    return {
        "field": "first",
        "type": "temporal",
        "scale": {
            "type": "utc",
            "domainMin": {"signal": str(_moment(series.periods[0].first))},
            "domainMax": {"signal": str(_after(series.periods[-1].last))},
            "nice": False,
        },
        "axis": {"title": None, "labels": labelled, "ticks": labelled, "format": "%Y-%m"},
    }


def _height(title: str | list[str], axis: Spec, **scale: Any) -> Spec:
    return {
        "field": "low",
        "type": "quantitative",
        "title": title,
        "axis": axis,
        **({"scale": scale} if scale else {}),
    }


def _bars(values: Sequence[Spec], x: Spec, y: Spec, paint: Spec) -> Spec:
    """Return bars from low to high, each over its month and with words for who cannot see it."""
    return {
        "data": {"values": list(values)},
        "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.4},
        "encoding": {
            "x": x,
            "x2": {"field": "after"},
            "y": y,
            "y2": {"field": "high"},
            "color": paint,
            "description": {"field": "text"},
        },
    }


def _bar(period: Period, low: float, high: float, text: str, kind: str = "") -> Spec:
    return {
        "first": _moment(period.first),
        "after": _after(period.last),
        "low": low,
        "high": high,
        "kind": kind,
        "text": f"{period.first:%Y-%m}: {text}",
    }


BY_KIND: Spec = {
    "field": "kind",
    "type": "nominal",
    "scale": {"domain": list(QUADS), "range": list(PAINTS)},
    "legend": {
        "title": None,
        "orient": "top",
        "direction": "horizontal",
        "symbolType": "square",
        "symbolOpacity": 1,
    },
}
# Places in pixels, as they are.
AT: Spec = {"field": "at", "type": "quantitative", "scale": None, "axis": None}
DOWN: Spec = {"field": "down", "type": "quantitative", "scale": None, "axis": None}
OWN_PAINT: Spec = {"field": "paint", "type": "nominal", "scale": None}


def _series_view(series: Series, shifts: Sequence[Shift]) -> Spec:
    """Return the counts by month: cooperation upwards, conflict downwards, shifts behind them."""
    bars = []
    for period in series.periods:
        for quads, way in (((0, 1), 1), ((2, 3), -1)):
            base = 0
            for quad in quads:
                count = period.counts[quad]
                if count:
                    low, high = way * base, way * (base + count)
                    bars.append(_bar(period, low, high, f"{count} {QUADS[quad]}", QUADS[quad]))
                    base += count
    axis = {"format": "d", "tickMinStep": 1, "labelExpr": "abs(datum.value)"}
    x = _time(series, labelled=True)
    return {
        "width": WIDTH,
        "height": SERIES_HEIGHT,
        "layer": [
            {
                "data": {"values": [_band(series, shift) for shift in shifts]},
                "mark": {"type": "rect", "fillOpacity": 0.3},
                "encoding": {
                    "x": x,
                    "x2": {"field": "after"},
                    "color": OWN_PAINT,
                    "description": {"field": "text"},
                },
            },
            _bars(bars, x, _height("conflict | cooperation", axis), BY_KIND),
            {
                "data": {"values": [{"low": 0}]},
                "mark": {"type": "rule", "color": INK},
                "encoding": {"y": {"field": "low", "type": "quantitative"}},
            },
            _number_layer(series, shifts),
        ],
    }


def _band(series: Series, shift: Shift) -> Spec:
    """Return the interval of a shift, as far as the series shows it."""
    first, last = series.periods[0].first, series.periods[-1].last
    return {
        "first": _moment(min(max(shift.first, first), last)),
        "after": _after(max(min(shift.last, last), first)),
        "paint": ATTENTION if shift.kind is ShiftKind.ATTENTION else BANDS[shift.direction],
        "text": shift_words(shift),
    }


def _number_layer(series: Series, shifts: Sequence[Shift]) -> Spec:
    """Return the numbers of the shifts, at the upper edge."""
    numbers = [str(number + 1) for number in range(len(shifts))]
    middles = [(_pixel(series, s.first) + _pixel(series, s.last)) / 2 for s in shifts]
    values = [
        {"at": at, "down": 8 + row * 11, "number": number, "paint": _band(series, shift)["paint"]}
        for number, at, row, shift in zip(
            numbers, middles, _rows(numbers, middles), shifts, strict=True
        )
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "text", "fontSize": 10, "fontWeight": "bold"},
        "encoding": {"x": AT, "y": DOWN, "text": {"field": "number"}, "color": OWN_PAINT},
    }


def _pixel(series: Series, day: date) -> float:
    """Return where a day stands, in pixels from the left; what is outside stands at the edge."""
    first, last = series.periods[0].first, series.periods[-1].last
    share = (day - first).days / ((last - first).days + 1)
    return round(WIDTH * min(max(share, 0.0), 1.0), 1)


def _rows(labels: Sequence[str], middles: Sequence[float]) -> list[int]:
    halves = [len(label) * LETTER / 2 + 1 for label in labels]
    return lanes([(at - half, at + half) for at, half in zip(middles, halves, strict=True)])


def _driver_views(series: Series, lines: Sequence[_Line]) -> list[Spec]:
    """Return the labels of the drivers, each under its day, where any has one."""
    placed = [(one, _pixel(series, one.day)) for one in lines if one.day]
    if not placed:
        return []
    rows = _rows([one.label for one, _ in placed], [at for _, at in placed])
    values = [
        {"at": at, "down": 6 + row * 10, "label": one.label, "text": one.text}
        for (one, at), row in zip(placed, rows, strict=True)
    ]
    return [
        {
            "width": WIDTH,
            "height": 2 + 10 * (max(rows) + 1),
            "data": {"values": values},
            "view": {"stroke": None},
            "mark": {"type": "text", "fontSize": 9, "color": INK},
            "encoding": {
                "x": AT,
                "y": DOWN,
                "text": {"field": "label"},
                "description": {"field": "text"},
            },
        }
    ]


def _mix_view(series: Series) -> Spec:
    """Return the share of each quad class by month; months without events are left empty."""
    bars = []
    for period in series.periods:
        low = 0
        for quad, count in enumerate(period.counts):
            if count:
                ends = round(low / period.total, 4), round((low + count) / period.total, 4)
                told = f"{count} of {period.total} {QUADS[quad]}"
                bars.append(_bar(period, *ends, told, QUADS[quad]))
                low += count
    y = _height("mix", {"format": "%", "tickCount": 3}, domain=[0, 1])
    return {
        "width": WIDTH,
        "height": MIX_HEIGHT,
        **_bars(bars, _time(series), y, BY_KIND),
    }


def _volume_view(series: Series, title: list[str], counts: Sequence[int]) -> Spec:
    """Return how much there was of something by month."""
    bars = [
        _bar(period, 0, count, f"{count} {title[-1]}")
        for period, count in zip(series.periods, counts, strict=True)
    ]
    y = _height(title, {"format": ",d", "tickCount": 2, "tickMinStep": 1})
    grey = {"value": "#8a8a8a"}
    return {
        "width": WIDTH,
        "height": VOLUME_HEIGHT,
        **_bars(bars, _time(series, labelled=len(title) > 1), y, grey),
    }


def _list_view(lines: Sequence[_Line]) -> Spec:
    """Return the list of shifts and drivers, a line each."""
    values = [
        {"text": line.text, "at": 14 if line.label else 0, "down": 8 + LINE * number}
        for number, line in enumerate(lines)
    ]
    return {
        "width": WIDTH,
        "height": LINE * len(values) + 4,
        "data": {"values": values},
        "view": {"stroke": None},
        "mark": {"type": "text", "align": "left", "fontSize": 11, "limit": WIDTH, "color": INK},
        "encoding": {"x": AT, "y": DOWN, "text": {"field": "text"}},
    }
