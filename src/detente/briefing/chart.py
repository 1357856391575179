"""The monthly counts as the geometry of a bar chart; the template draws it as SVG.

The brief and the pages have this one, since it needs nothing and follows their style; what
`detente relation --chart` draws is of `detente.briefing.vega`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.briefing.words import QUADS
from detente.model import Series, Shift

__all__ = ["Band", "Bar", "Chart", "chart_of"]

HEIGHT = 236
MIDDLE = 110
LEFT = 40
TOP = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the chart: one quad class in one month."""

    x: float
    y: float
    width: float
    height: float
    quad: int
    title: str


@dataclass(frozen=True, slots=True)
class Band:
    """The interval of a shift, behind the bars."""

    x: float
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars above the middle line are cooperation, below it conflict."""

    width: int
    height: int
    middle: int
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    labels: tuple[tuple[float, str], ...]
    most: int


def chart_of(series: Series, shifts: Sequence[Shift]) -> Chart | None:
    """Return the geometry of the chart, or None where there is nothing to draw."""
    periods = series.periods
    if not any(period.total for period in periods):
        return None
    step = max(7.0, min(40.0, 860 / len(periods)))
    most = max(max(sum(p.counts[:2]), sum(p.counts[2:])) for p in periods)
    unit = (MIDDLE - TOP) / most
    bars: list[Bar] = []
    for index, period in enumerate(periods):
        x = LEFT + index * step
        for quads, way in (((1, 2), -1), ((3, 4), 1)):
            base = float(MIDDLE)
            for quad in quads:
                count = period.counts[quad - 1]
                size = count * unit
                if not count:
                    continue
                y = base - size if way < 0 else base
                base += way * size
                title = f"{period.first:%B %Y}: {count} {QUADS[quad - 1]}"
                bars.append(
                    Bar(
                        round(x + 1, 1),
                        round(y, 1),
                        round(step - 2, 1),
                        round(size, 1),
                        quad,
                        title,
                    )
                )
    months = {(p.first.year, p.first.month): i for i, p in enumerate(periods)}
    bands = []
    for shift in shifts:
        first = months.get((shift.first.year, shift.first.month))
        last = months.get((shift.last.year, shift.last.month))
        if first is not None and last is not None:
            title = f"{shift.kind} shift, {shift.direction}"
            bands.append(Band(LEFT + first * step, round((last - first + 1) * step, 1), title))
    every = max(1, round(70 / step))
    labels = tuple(
        (round(LEFT + index * step, 1), f"{period.first:%Y-%m}")
        for index, period in enumerate(periods)
        if index % every == 0
    )
    width = int(LEFT + len(periods) * step + 12)
    return Chart(width, HEIGHT, MIDDLE, tuple(bars), tuple(bands), labels, most)
