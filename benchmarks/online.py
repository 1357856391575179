"""Dated changes seen on the day: every week searched anew with what was known by then.

``python -m benchmarks.online --data FILE --truth CSV [--format icews|net] [--json] [--all]``.
Data and truth are those of `benchmarks.shifts`. All numbers are development numbers: the search was
tuned on these changes, and nothing is held out.

At the end of each week the series so far is searched (`detente.analysis.online.cut_at`; of net
scores the weeks so far). A dated change is **seen** in the first week from its day on in which a
change of the relation is told at even odds or more, in the right direction and with an interval
that meets the days from two weeks before to three weeks after; its **delay** counts from the date
to the end of that week. What is seen after SOON was told as history, not as news.

An **alarm** is a change that no week before has told (another direction, or an interval that is not
near one told before); a **false** one meets no dated change of its pair. The list of dated changes
is short, so that many of these are no errors: the number is an upper bound, good for comparing.

Beside it stand: the changes found with all data, and a rolling z-score, which rings where a week
lies so many standard deviations off the half year before it; with a threshold of 2, of 3, and of
what rings as often as the search.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.baselines import APART, WINDOW
from benchmarks.shifts import (
    QUIET,
    WEEK,
    Turn,
    Weeks,
    icews_told,
    meets,
    net_weeks,
    read_turns,
    signed_log,
    weeks_of,
)
from detente.analysis.levels import find_level_shifts
from detente.analysis.occurrences import Occurrence
from detente.analysis.online import NEAR, cut_at
from detente.analysis.series import series_of
from detente.analysis.shifts import find_shifts
from detente.model import Dyad, Shift, ShiftKind

# Weeks before the first search.
FIRST = 16
# Days within which a change is seen as news.
SOON = 90
# Weeks that a mean is taken of before a z-score says anything.
FEWEST = 8


@dataclass(frozen=True, slots=True)
class Alarm:
    """A change that is told: at the end of which day, of which days, and in which direction."""

    day: date
    first: date
    last: date
    direction: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A pair as somebody saw it who looked every week.

    Attributes:
        told: all that was told, week by week.
        alarms: of it what was new.
        whole: what is told with all data.
        weeks: the series for the baseline.
    """

    told: tuple[Alarm, ...]
    alarms: tuple[Alarm, ...]
    whole: tuple[Alarm, ...]
    weeks: Weeks

    @property
    def years(self) -> float:
        """How long it was watched."""
        return len(self.weeks.starts) * WEEK / 365.25


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--format", choices=("icews", "net"), default="icews")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--all", action="store_true", help="print each dated change")
    options = parser.parse_args()
    turns = read_turns(options.truth)
    watched = WATCHES[options.format](options.data, turns)
    inside = [one for one in turns if one.pair in watched and _within(one, watched[one.pair])]
    if not inside:
        raise SystemExit(f"{options.data}: none of the dated changes lies in it")
    result = measure(inside, watched)
    if options.json:
        print(json.dumps(result, indent=1))
        return
    print("development numbers: the search was tuned on these changes")
    for name, value in result.items():
        print(f"{name}: {value}")
    if options.all:
        for turn in inside:
            day = seen_on(turn, watched[turn.pair].told)
            told = f"{day}, {(day - turn.day).days} days later" if day else "not seen"
            print(f"{'-'.join(turn.actors)} {turn.day} {turn.direction} ({turn.event}): {told}")


def _within(turn: Turn, pair: Watched) -> bool:
    return pair.weeks.starts[0] <= turn.day <= pair.weeks.last


# --- watching --------------------------------------------------------------------------------


def watch_icews(path: Path, turns: Iterable[Turn]) -> dict[frozenset[str], Watched]:
    """Watch the pairs of a file of ICEWS."""
    told = icews_told(path, turns)
    return {
        pair: _watch_events(Dyad(*sorted(pair)), happened, told.months)
        for pair, happened in told.happened.items()
    }


def _watch_events(dyad: Dyad, happened: list[Occurrence], months: dict[str, int]) -> Watched:
    series = series_of(happened, dyad, months, whole=True)

    def search(day: date) -> Sequence[Shift]:
        return find_shifts(*cut_at(day, series, happened, {}), driven=False).shifts

    return watch(weeks_of(series, happened), search)


def watch_net(path: Path, _turns: Iterable[Turn]) -> dict[frozenset[str], Watched]:
    """Watch the pairs of a file of net daily scores."""
    found = {}
    for pair, net in net_weeks(path).items():

        def search(day: date, net: Any = net) -> Sequence[Shift]:
            number = (day - net.starts[0]).days // WEEK + 1
            return find_level_shifts(net.starts[:number], day, net.means[:number])

        found[pair] = watch(Weeks(net.starts, net.last, signed_log(net.means)), search)
    return found


WATCHES: dict[str, Callable[[Path, Iterable[Turn]], dict[frozenset[str], Watched]]] = {
    "icews": watch_icews,
    "net": watch_net,
}


def watch(weeks: Weeks, search: Callable[[date], Sequence[Shift]]) -> Watched:
    """Search the series at the end of each week.

    Args:
        weeks: the weeks.
        search: what is found with all that was known at the end of a day.
    """
    ends = [*(start - timedelta(days=1) for start in weeks.starts[1:]), weeks.last]
    told = [alarm for day in ends[FIRST:] for alarm in _told(day, search(day))]
    return Watched(
        tuple(told), tuple(new_of(told)), tuple(_told(ends[-1], search(ends[-1]))), weeks
    )


def _told(day: date, shifts: Iterable[Shift]) -> Iterator[Alarm]:
    for one in shifts:
        if one.likely and one.kind is ShiftKind.RELATION:
            yield Alarm(day, one.first, one.last, one.direction.value)


def new_of(told: Iterable[Alarm]) -> list[Alarm]:
    """Return what no earlier day has told: another direction, or not near one told before."""
    known: list[Alarm] = []
    new = []
    for one in told:
        if not any(
            one.direction == other.direction
            and one.first <= other.last + NEAR
            and other.first <= one.last + NEAR
            for other in known
        ):
            new.append(one)
        known.append(one)
    return new


def rolling_alarms(weeks: Weeks, threshold: float) -> list[Alarm]:
    """Return the weeks that lie off the half year before; one change rings once in five weeks."""
    ends = [*(start - timedelta(days=1) for start in weeks.starts[1:]), weeks.last]
    alarms: list[Alarm] = []
    rung = {"worse": -APART, "better": -APART}
    for k, score in enumerate(_scores(weeks.values)):
        direction = "worse" if score < 0 else "better"
        if abs(score) >= threshold and k - rung[direction] >= APART:
            alarms.append(Alarm(ends[k], weeks.starts[k], ends[k], direction))
            rung[direction] = k
    return alarms


def _scores(values: NDArray[np.float64]) -> list[float]:
    scores = []
    for k in range(len(values)):
        before = values[max(0, k - WINDOW) : k]
        known = len(before) >= FEWEST
        spread = float(before.std()) + 0.1 if known else 1.0
        scores.append(float(values[k] - before.mean()) / spread if known else 0.0)
    return scores


# --- measuring -------------------------------------------------------------------------------


def seen_on(turn: Turn, told: Iterable[Alarm]) -> date | None:
    """Return the first day, from that of the change on, on which it is told."""
    return min(
        (
            one.day
            for one in told
            if one.day >= turn.day and meets(turn, one.first, one.last, one.direction)
        ),
        default=None,
    )


def _middle(alarm: Alarm) -> Alarm:
    """Return an alarm on the middle day of its interval: wide ones meet more by chance."""
    day = alarm.first + (alarm.last - alarm.first) // 2
    return replace(alarm, first=day, last=day)


def measure(turns: Sequence[Turn], watched: dict[frozenset[str], Watched]) -> dict[str, Any]:
    """Return the numbers, with the baseline's."""
    whole = sum(seen_on(turn, watched[turn.pair].whole) is not None for turn in turns)
    ours = {pair: one.alarms for pair, one in watched.items()}
    result: dict[str, Any] = {
        "n": len(turns),
        "found with all data, from even odds on": whole,
        **_scored(turns, watched, {p: one.told for p, one in watched.items()}, ours),
    }
    dated = {turn.pair for turn in turns}
    number = sum(len(ours[pair]) for pair in dated)
    levels = {"2": 2.0, "3": 3.0, "as often": _as_often([watched[p].weeks for p in dated], number)}
    for name, threshold in levels.items():
        rung = {pair: rolling_alarms(one.weeks, threshold) for pair, one in watched.items()}
        shown = f"{threshold:.1f}" if name == "as often" else name
        label = f"rolling z-score of {shown}{' (as often)' if name == 'as often' else ''}"
        result |= {f"{label}: {n}": v for n, v in _scored(turns, watched, rung, rung).items()}
    return result


def _as_often(weeks: Sequence[Weeks], number: int) -> float:
    """Return the lowest threshold in tenths at which a z-score rings no more than so often."""
    return next(
        tenths / 10
        for tenths in range(10, 1000)
        if sum(len(rolling_alarms(one, tenths / 10)) for one in weeks) <= number
    )


def _scored(
    turns: Sequence[Turn],
    watched: dict[frozenset[str], Watched],
    told: dict[frozenset[str], Any],
    alarms: dict[frozenset[str], Any],
) -> dict[str, Any]:
    days = [(seen_on(turn, told[turn.pair]), turn) for turn in turns]
    delays = [(day - turn.day).days for day, turn in days if day]
    dated = {turn.pair for turn in turns}
    quiet = {frozenset(pair) for pair in QUIET} & watched.keys()
    false = sum(
        not any(
            meets(turn, one.first, one.last, one.direction) for turn in turns if turn.pair == pair
        )
        for pair in dated
        for one in alarms[pair]
    )
    years = sum(watched[pair].years for pair in dated)
    calm = sum(watched[pair].years for pair in quiet)
    return {
        "seen": len(delays),
        f"seen within {SOON} days": sum(delay <= SOON for delay in delays),
        "the same by the middle day of the interval": sum(
            day is not None and (day - turn.day).days <= SOON
            for turn in turns
            for day in [seen_on(turn, map(_middle, told[turn.pair]))]
        ),
        "median delay in days": median(delays) if delays else None,
        "alarms": sum(len(alarms[pair]) for pair in dated),
        "false alarms per dyad and year": round(false / years, 2),
        "the same of quiet pairs": (
            round(sum(len(alarms[pair]) for pair in quiet) / calm, 2) if calm else None
        ),
    }


if __name__ == "__main__":
    main()
