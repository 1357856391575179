"""Monthly counts of a pair of countries."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from detente.model import Dyad, Event, Period, Series

__all__ = ["MOST_MONTHS", "concerns", "countable", "counted_on", "monthly_series"]

# A single wrong date ("12 May 1453") must not make a series of thousands of empty months, over
# which the search for shifts takes quadratic time; fifty years outlast every corpus of reporting.
MOST_MONTHS = 600


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


def monthly_series(
    events: Iterable[Event],
    dyad: Dyad,
    documents_per_month: Mapping[str, int],
    *,
    since: date | None = None,
    until: date | None = None,
    whole: bool = False,
) -> Series:
    """Count the events of a pair by month and quad class.

    Counted are events that at least one claim affirms and that are not merely planned, once each,
    however many reports they have; an event with several possible days counts on the middle one,
    one without a date or with a range over 45 days does not count.

    Args:
        events: events; those of other pairs are left out.
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
    for event in events:
        day = counted_on(event)
        if day is None or not countable(event) or not concerns(event, dyad):
            continue
        if (since and day < since) or (until and day > until):
            continue
        months.setdefault(_number(day), [0, 0, 0, 0])[event.quad - 1] += 1
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
