"""The views of the chart of a relation, one under the other, each as a Vega-Lite view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from detente.briefing.lanes import lanes
from detente.briefing.words import QUADS, shift_words
from detente.model import Direction, Period, Series, Shift, ShiftKind

__all__ = [
    "Line",
    "Spec",
    "driver_views",
    "list_view",
    "mix_view",
    "series_view",
    "volume_view",
]

Spec = dict[str, Any]

WIDTH = 860
SERIES_HEIGHT, MIX_HEIGHT, VOLUME_HEIGHT = 200, 90, 50
# A line of the list, and a letter of a label, in pixels.
LINE, LETTER = 14, 6
# As on the pages: blue for cooperation, orange and red for conflict, also to the colour-blind.
PAINTS = ("#7fb2e5", "#2a6fb0", "#f0a868", "#b5432a")
BANDS = {Direction.WORSE: "#d1495b", Direction.BETTER: "#3a7ca5"}
GREY, INK = "#8a8a8a", "#222222"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: a shift, or a driver with its label and its day."""

    text: str
    label: str = ""
    day: date | None = None


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


def series_view(series: Series, shifts: Sequence[Shift]) -> Spec:
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
        "paint": GREY if shift.kind is ShiftKind.ATTENTION else BANDS[shift.direction],
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


def driver_views(series: Series, lines: Sequence[Line]) -> list[Spec]:
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


def mix_view(series: Series) -> Spec:
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


def volume_view(series: Series, title: list[str], counts: Sequence[int]) -> Spec:
    """Return how much there was of something by month."""
    bars = [
        _bar(period, 0, count, f"{count} {title[-1]}")
        for period, count in zip(series.periods, counts, strict=True)
    ]
    y = _height(title, {"format": ",d", "tickCount": 2, "tickMinStep": 1})
    grey = {"value": GREY}
    return {
        "width": WIDTH,
        "height": VOLUME_HEIGHT,
        **_bars(bars, _time(series, labelled=len(title) > 1), y, grey),
    }


def list_view(lines: Sequence[Line]) -> Spec:
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
