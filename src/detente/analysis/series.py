"""Monthly counts of a pair of countries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from detente.model import Dyad, Event, Period, Series

__all__ = ["concerns", "month_of", "monthly_series", "next_month"]


def concerns(event: Event, dyad: Dyad) -> bool:
    """Tell whether an event is between the two countries, in either direction."""
    return bool({dyad, dyad.reversed()} & set(event.dyads()))


def month_of(day: date) -> date:
    """Return the first day of the day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


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
    however many reports they have; an event whose possible days lie in two months counts in the
    first, one without a date or with a range over 45 days does not count.

    Args:
        events: events; those of other pairs are left out.
        dyad: the pair; both directions count.
        documents_per_month: the corpus, by "YYYY-MM".
        since: first day; default the month of the first counted event.
        until: last day, inclusive; default the month of the last.
        whole: begin and end with the corpus: months before the first event are evidence, too.

    Returns:
        One period a month without gaps; none where nothing is counted and no dates are given.
    """
    months: dict[date, list[int]] = {}
    for event in events:
        if not countable(event) or not concerns(event, dyad) or event.first is None:
            continue
        if (since and event.first < since) or (until and event.first > until):
            continue
        months.setdefault(month_of(event.first), [0, 0, 0, 0])[event.quad - 1] += 1
    bounds = [*months, *(month_of(day) for day in (since, until) if day)]
    if whole and months:
        corpus = sorted(documents_per_month)
        bounds += [date.fromisoformat(f"{month}-01") for month in (*corpus[:1], *corpus[-1:])]
    if not bounds:
        return Series(dyad=dyad, periods=())
    periods = []
    month = min(bounds)
    while month <= max(bounds):
        a, b, c, d = months.get(month, (0, 0, 0, 0))
        periods.append(
            Period(
                first=month,
                last=next_month(month) - timedelta(days=1),
                counts=(a, b, c, d),
                documents=documents_per_month.get(f"{month:%Y-%m}", 0),
            )
        )
        month = next_month(month)
    return Series(dyad=dyad, periods=tuple(periods))


def countable(event: Event) -> bool:
    """Tell whether an event is affirmed, not merely planned, and dated to within 45 days."""
    if event.planned or not event.claim_ids or event.first is None or event.last is None:
        return False
    return (event.last - event.first).days <= 45
