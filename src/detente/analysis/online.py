"""Would a shift have been seen on the day? The search on what was reported by then.

For each shift that is found with all data the series is cut at one day after the other and searched
anew, as if nothing later were known: neither events, nor reports of earlier events, nor how the
counts vary. The first day on which the same change is told from even odds on is the day on which a
reader would have been told.

A search takes time with the square of the weeks, so days are tried with a step: once a week for a
year from the shift's first day on, then every fourth week; when it is told, the days since the last
trial are looked at one by one. A day that several shifts try is searched once, without drivers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial

from detente.analysis.occurrences import NOT_LINKED, Occurrence, weight_of
from detente.analysis.series import series_of
from detente.analysis.shifts import find_shifts
from detente.model import Event, Report, Seen, Series, Shift

__all__ = ["Steps", "cut_at", "known_of", "same_change", "seen_of"]

# From each of these days on, an event has this weight; before the first it is not known.
Steps = tuple[tuple[date, float], ...]

# The interval of a change may lie so much later while less is known.
NEAR = timedelta(days=14)
STEP = 7
# Weekly trials last a year, then every fourth week is tried.
DENSE = timedelta(days=364)
SPARSE = 4


def known_of(events: Iterable[Event], reports: Iterable[Report]) -> dict[str, Steps]:
    """Return from which day on each event weighs how much, by its reports that affirm it.

    An event is known from the day of its first report on; each further origin adds weight on the
    day of its own. A report without a day makes nothing known. What the reports say of the date,
    and whether all only allege, is as the last resolution has it.

    Args:
        events: the events.
        reports: their reports.
    """
    told: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        told[report.event_id].append(report)
    found = {}
    for event in events:
        affirming = [one for one in told[event.id] if set(one.claim_ids) & set(event.claim_ids)]
        found[event.id] = _steps(event, affirming)
    return found


def _steps(event: Event, reports: Sequence[Report]) -> Steps:
    dated = sorted((one.published, one.origin) for one in reports if one.published)
    origins: set[str] = set()
    steps: dict[date, float] = {}
    for number, (day, origin) in enumerate(dated, start=1):
        origins.add(origin)
        whole = number == len(reports)
        known = event.origins.max if whole else min(len(origins), event.origins.max)
        steps[day] = weight_of(known, alleged=event.alleged)
    return tuple(sorted(steps.items()))


def cut_at(
    day: date, series: Series, happened: Sequence[Occurrence], known: Mapping[str, Steps]
) -> tuple[Series, list[Occurrence]]:
    """Return series and occurrences as they were known at the end of a day.

    Args:
        day: the day; the series has begun by then.
        series: the whole series. Documents of the month that is cut count by its share of days.
        happened: all occurrences.
        known: from which day on each weighs how much; one that is not named, from its own day on.
    """
    told = []
    for one in happened:
        if one.day > day:
            continue
        steps = known.get(one.id)
        if steps is None:
            told.append(one)
            continue
        weights = [weight for begins, weight in steps if begins <= day]
        if weights:
            now = weights[-1] * (1.0 if one.linked else NOT_LINKED)
            told.append(one if now == one.weight else replace(one, weight=now))
    documents = {f"{one.first:%Y-%m}": one.documents for one in series.periods}
    begins = series.periods[0].first
    linked = (one for one in told if one.linked)
    cut = series_of(linked, series.dyad, documents, since=begins, until=day)
    *before, last = cut.periods
    if day < last.last:
        share = ((day - last.first).days + 1) / ((last.last - last.first).days + 1)
        last = replace(last, last=day, documents=round(last.documents * share))
    return Series(dyad=series.dyad, periods=(*before, last)), told


def same_change(shift: Shift, told: Shift, before: Shift | None = None) -> bool:
    """Tell whether a search of less tells a shift: its kind, its direction, and about its time.

    What is told may lie somewhat later, as the begin of a change shows late. What ended before the
    shift began is another one, and so is what reaches back to the one before it.

    Args:
        shift: the shift.
        told: what the search tells.
        before: the shift before, of the same kind and direction, if there is one.
    """
    return (
        shift.kind is told.kind
        and shift.direction is told.direction
        and told.last >= shift.first
        and told.first <= shift.last + NEAR
        and (before is None or told.first > before.last)
    )


@dataclass(slots=True)
class _Search:
    """The shifts that are told of each day; a day is searched once."""

    told: Callable[[date], Sequence[Shift]]
    done: dict[date, Sequence[Shift]] = field(default_factory=dict)

    def tells(self, day: date, shift: Shift, before: Shift | None) -> bool:
        if day not in self.done:
            self.done[day] = [one for one in self.told(day) if one.likely]
        return any(same_change(shift, one, before) for one in self.done[day])


def seen_of(
    shifts: Sequence[Shift],
    series: Series,
    happened: Sequence[Occurrence],
    known: Mapping[str, Steps],
    *,
    among: Sequence[Shift] = (),
) -> tuple[Seen | None, ...]:
    """Return for each shift whether it would have been told on the day, and when.

    Args:
        shifts: shifts that were found with all data; those that are only possible get None.
        series: the series that they were found in.
        happened: the occurrences that were counted.
        known: as in `cut_at`.
        among: all shifts that were found, where these are a part of them.
    """
    if not series.periods:
        return ()
    first, last = series.periods[0].first, series.periods[-1].last

    def told(day: date) -> Sequence[Shift]:
        return find_shifts(*cut_at(day, series, happened, known), driven=False).shifts

    search = _Search(told)
    found: list[Seen | None] = []
    for shift in shifts:
        alike = (
            one
            for one in among or shifts
            if one.likely
            and one.last < shift.first
            and (one.kind, one.direction) == (shift.kind, shift.direction)
        )
        before = max(alike, key=lambda one: one.last, default=None)
        tells = partial(search.tells, shift=shift, before=before)
        found.append(_seen(shift, tells, first, last) if shift.likely else None)
    return tuple(found)


def _seen(shift: Shift, tells: Callable[[date], bool], first: date, last: date) -> Seen:
    tried = max(shift.first, first) - timedelta(days=1)
    for day in _trials(shift.first, first, last):
        if tells(day):
            since = (tried + timedelta(days=n) for n in range(1, (day - tried).days + 1))
            found = next(one for one in since if tells(one))
            return Seen(day=found, delay=(found - shift.first).days)
        tried = day
    return Seen(day=None, delay=None)


def _trials(start: date, first: date, last: date) -> Iterator[date]:
    """Yield the days on which a shift is sought: ends of weeks of the series, and its last day."""
    number = max(0, (start - first).days // STEP)
    while (day := first + timedelta(days=STEP * (number + 1) - 1)) < last:
        if day >= start and (day - start <= DENSE or number % SPARSE == 0):
            yield day
        number += 1
    yield last
