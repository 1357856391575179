"""Intervals of days: how precise they are, and how EDTF writes them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

__all__ = [
    "Granularity",
    "Interval",
    "add_months",
    "century",
    "day",
    "decade",
    "month",
    "season",
    "span_of_days",
    "unit_around",
    "unknown",
    "year",
]

# First month of each season of the northern hemisphere, and its EDTF level 1 code.
SEASONS = {
    "spring": (3, 21),
    "summer": (6, 22),
    "autumn": (9, 23),
    "fall": (9, 23),
    "winter": (12, 24),
}


class Granularity(StrEnum):
    """How precise an interval is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"
    DURATION = "duration"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The days ``first <= day <= last``; None on an open or unknown side.

    Attributes:
        first: first possible day.
        last: last possible day.
        granularity: how precise the words are.
        approximate: whether the bounds are only about right.
        reason: why a bound is missing or only about right, or None.
    """

    first: date | None = None
    last: date | None = None
    granularity: Granularity = Granularity.INTERVAL
    approximate: bool = False
    reason: str | None = None

    @property
    def edtf(self) -> str | None:
        """The interval as an EDTF string of level 0 or 1 (ISO 8601-2:2019); None if unknown."""
        if self.first is None and self.last is None:
            return None
        about = "~" if self.approximate else ""
        single = self._single()
        if single is not None:
            return single + about
        first, last = _bounds(self.first, self.last)
        return f"{first + about if first else '..'}/{last + about if last else '..'}"

    def _single(self) -> str | None:
        """Return the one EDTF date that is the whole interval, or None."""
        first, last = self.first, self.last
        if first is None or last is None:
            return None
        if self.granularity is Granularity.SEASON:
            codes = dict(SEASONS.values())
            return f"{first.year:04d}-{codes[first.month]}"
        if first == last or (self.approximate and self.granularity is Granularity.DAY):
            return (first + (last - first) // 2).isoformat()
        if self.granularity is Granularity.MONTH:
            return f"{first.year:04d}-{first.month:02d}"
        if self.granularity is Granularity.YEAR:
            return f"{first.year:04d}"
        if self.granularity is Granularity.DECADE:
            return f"{first.year // 10:03d}X"
        return None


def _bounds(first: date | None, last: date | None) -> tuple[str | None, str | None]:
    """Write both bounds, as years or months where both are whole years or months."""
    form = 10
    if first and last and first.day == 1 and last.day == _month_length(last.year, last.month):
        form = 4 if (first.month, last.month) == (1, 12) else 7
    left = first.isoformat()[:form] if first else None
    return left, last.isoformat()[:form] if last else None


def _month_length(year_number: int, month_number: int) -> int:
    return calendar.monthrange(year_number, month_number)[1]


def day(when: date, *, about: int = 0) -> Interval:
    """Return one day, or the days within ``about`` days of it as an approximate day."""
    margin = timedelta(days=about)
    return Interval(
        first=when - margin,
        last=when + margin,
        granularity=Granularity.DAY,
        approximate=about > 0,
    )


def month(year_number: int, month_number: int, *, approximate: bool = False) -> Interval:
    """Return a calendar month."""
    return Interval(
        first=date(year_number, month_number, 1),
        last=date(year_number, month_number, _month_length(year_number, month_number)),
        granularity=Granularity.MONTH,
        approximate=approximate,
    )


def year(number: int, *, approximate: bool = False) -> Interval:
    """Return a calendar year."""
    return Interval(
        first=date(number, 1, 1),
        last=date(number, 12, 31),
        granularity=Granularity.YEAR,
        approximate=approximate,
    )


def season(year_number: int, name: str) -> Interval:
    """Return a season of the northern hemisphere; a winter counts in the year it begins in."""
    start, _ = SEASONS[name]
    first = date(year_number, start, 1)
    last = add_months(first, 3) - timedelta(days=1)
    return Interval(first=first, last=last, granularity=Granularity.SEASON)


def span_of_days(
    first: date | None, last: date | None, *, approximate: bool = False, reason: str | None = None
) -> Interval:
    """Return the interval from first to last.

    Raises:
        ValueError: if it would end before it begins.
    """
    if first is not None and last is not None and first > last:
        raise ValueError(f"{first} is after {last}")
    return Interval(first=first, last=last, approximate=approximate, reason=reason)


def unknown(reason: str) -> Interval:
    """Return the interval of which nothing is known, and why."""
    return Interval(granularity=Granularity.UNKNOWN, reason=reason)


def add_months(when: date, months: int) -> date:
    """Return the same day some months later (or earlier), or the last day of that month."""
    total = when.year * 12 + when.month - 1 + months
    year_number, month_number = divmod(total, 12)
    length = _month_length(year_number, month_number + 1)
    return date(year_number, month_number + 1, min(when.day, length))


def unit_around(when: date, unit: str, steps: int) -> Interval:
    """Return the calendar unit that holds a day, moved by some units.

    Args:
        when: the day.
        unit: day, week, weekend, month, quarter, year, decade or century.
        steps: how many units later; negative for earlier.
    """
    if unit == "day":
        return day(when + timedelta(days=steps))
    if unit in ("week", "weekend"):
        monday = when - timedelta(days=when.weekday()) + timedelta(weeks=steps)
        first = monday + timedelta(days=5 if unit == "weekend" else 0)
        return Interval(first=first, last=monday + timedelta(days=6), granularity=Granularity.WEEK)
    if unit == "month":
        moved = add_months(when.replace(day=1), steps)
        return month(moved.year, moved.month)
    if unit == "quarter":
        start = add_months(when.replace(day=1), -((when.month - 1) % 3) + 3 * steps)
        last = add_months(start, 3) - timedelta(days=1)
        return Interval(first=start, last=last, granularity=Granularity.QUARTER)
    if unit == "year":
        return year(when.year + steps)
    if unit == "decade":
        return decade(when.year // 10 * 10 + 10 * steps)
    return century((when.year - 1) // 100 + 1 + steps)


def decade(first_year: int) -> Interval:
    """Return the ten years from a year that ends in 0."""
    return Interval(
        first=date(first_year, 1, 1),
        last=date(first_year + 9, 12, 31),
        granularity=Granularity.DECADE,
    )


def century(number: int) -> Interval:
    """Return a century: the 19th is 1801 to 1900."""
    return Interval(
        first=date(number * 100 - 99, 1, 1),
        last=date(number * 100, 12, 31),
        granularity=Granularity.CENTURY,
    )
