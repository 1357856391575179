"""Monthly counts of a pair of countries."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from detente.model import Dyad, Event, Period, Series

__all__ = ["MOST_MONTHS", "Counted", "concerns", "countable", "counted_on", "series_of"]

# A single wrong date ("12 May 1453") must not make a series of thousands of empty months, over
# which the search for shifts takes quadratic time; fifty years outlast every corpus of reporting.
MOST_MONTHS = 600


class Counted(Protocol):
    """What can be counted: it has a day and a quad class."""

    @property
    def day(self) -> date:
        """The day on which it counts."""

    @property
    def quad(self) -> int:
        """Its quad class, 1 to 4."""


def concerns(event: Event, dyad: Dyad) -> bool:
    """Tell whether an event is between the two countries, in either direction."""
    return bool({dyad, dyad.reversed()} & set(event.dyads()))


def counted_on(event: Event) -> date | None:
    """Return the day on which a countable event counts: the middle of its possible days."""
    if event.first is None or event.last is None:
        return None
    return event.last - (event.last - event.first) // 2


def _number(day: date) -> int:
    """Return the number of the day's month, counted from the year 0."""
    return day.year * 12 + day.month - 1


def series_of(
    happened: Iterable[Counted],
    dyad: Dyad,
    documents_per_month: Mapping[str, int],
    *,
    since: date | None = None,
    until: date | None = None,
    whole: bool = False,
) -> Series:
    """Count what happened between a pair by month and quad class.

    Args:
        happened: each with the day on which it counts and its quad class.
        dyad: the pair; both directions count.
        documents_per_month: the corpus, by "YYYY-MM".
        since: first day; default the month of the first counted event.
        until: last day, inclusive; default the month of the last.
        whole: begin and end with the corpus: months before the first event are evidence, too.

    Returns:
        One period a month without gaps, the last MOST_MONTHS at most; none where nothing is
        counted and no dates are given.
    """
    months: dict[int, list[int]] = {}
    for one in happened:
        if (since and one.day < since) or (until and one.day > until):
            continue
        months.setdefault(_number(one.day), [0, 0, 0, 0])[one.quad - 1] += 1
    bounds = [*months, *(_number(day) for day in (since, until) if day)]
    if whole and months:
        corpus = sorted(documents_per_month)
        ends = (*corpus[:1], *corpus[-1:])
        bounds += [_number(date.fromisoformat(f"{month}-01")) for month in ends]
    if not bounds:
        return Series(dyad=dyad, periods=())
    end = max(bounds)
    periods = []
    for number in range(max(min(bounds), end - MOST_MONTHS + 1), end + 1):
        a, b, c, d = months.get(number, (0, 0, 0, 0))
        first = date(number // 12, number % 12 + 1, 1)
        periods.append(
            Period(
                first=first,
                last=first.replace(day=monthrange(first.year, first.month)[1]),
                counts=(a, b, c, d),
                documents=documents_per_month.get(first.isoformat()[:7], 0),
            )
        )
    return Series(dyad=dyad, periods=tuple(periods))


def countable(event: Event) -> bool:
    """Tell whether an event is affirmed, not merely planned, and dated to within 45 days."""
    if event.planned or event.withdrawn or not event.claim_ids:
        return False
    if event.first is None or event.last is None:
        return False
    return (event.last - event.first).days <= 45
