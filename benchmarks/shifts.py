"""Shifts found against dated ruptures and rapprochements of public history.

``python -m benchmarks.shifts --data FILE --truth CSV [--format icews|net|store] [--json] [--all]``.
The truth has columns actor_a, actor_b, date, direction (rupture or rapprochement) and event.

- ``icews``: a file that ``detente import icews`` reads; only pairs with FEWEST rows or more.
- ``net``: CSV of date, actor_a, actor_b and a net daily score, as from matrices of GDELT.
- ``store``: a store of documents (extracted and resolved before), its events counted, and what only
  its sentence links to both sides, as `detente relation` does.

A hit is a reported change of the relation whose interval meets the days from two weeks before the
date to three weeks after it, in the right direction. ``attention_false_alarms`` counts changes of
the relation that are stated with more than 0.8 for pairs to whom nothing happened (QUIET).

Beside it stand baselines with the same number of points for each pair: nothing, guesses, the
rolling z-score, and KernelCPD of ruptures where that is installed; their points are weeks.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.baselines import BASELINES, direction_at, interval
from detente.analysis.levels import find_level_shifts
from detente.analysis.occurrences import Occurrence, occurrences
from detente.analysis.series import series_of
from detente.analysis.shifts import find_shifts
from detente.analysis.tally import tally
from detente.beside import acts_beside
from detente.datasets import Countries, read_events
from detente.lexicon.actors import load_actors
from detente.model import CodedEvent, Dyad, Series, Shift, ShiftKind
from detente.storage.catalog import Store

BEFORE, AFTER = timedelta(days=14), timedelta(days=21)
SURE = 0.8
# A pair with fewer events in nine years has no series to speak of.
FEWEST = 250
WEEK = 7
# Pairs whose relation was quiet in 2018-2021 and, save the last, before.
QUIET = (("FRA", "DEU"), ("NOR", "SWE"), ("BRA", "ARG"))
DIRECTIONS = {"rupture": "worse", "rapprochement": "better"}


@dataclass(frozen=True, slots=True)
class Turn:
    """A dated change of public history."""

    pair: frozenset[str]
    actors: tuple[str, str]
    day: date
    direction: str
    event: str


@dataclass(frozen=True, slots=True)
class Weeks:
    """A pair's series for the baselines: one value a week, higher is better."""

    starts: tuple[date, ...]
    last: date
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """What was found for a pair."""

    shifts: tuple[Shift, ...]
    weeks: Weeks
    events: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--format", choices=("icews", "net", "store"), default="icews")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--all", action="store_true", help="print each dated change")
    options = parser.parse_args()
    turns = read_turns(options.truth)
    first, last, found = READERS[options.format](options.data, turns)
    inside = [turn for turn in turns if first <= turn.day <= last and turn.pair in found]
    if not inside:
        raise SystemExit(f"{options.data}: none of the dated changes lies in it")
    result = measure(inside, found)
    if options.json:
        print(json.dumps(result, indent=1))
        return
    for name, value in result.items():
        print(f"{name}: {value}")
    if options.all:
        for turn in inside:
            print(line_of(turn, found[turn.pair]))


def read_turns(path: Path) -> list[Turn]:
    """Return the dated changes of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Turn(
                frozenset({row["actor_a"], row["actor_b"]}),
                (row["actor_a"], row["actor_b"]),
                date.fromisoformat(row["date"]),
                DIRECTIONS[row["direction"]],
                row["event"],
            )
            for row in csv.DictReader(file)
        ]


Found = tuple[date, date, dict[frozenset[str], Pair]]


@dataclass(frozen=True, slots=True)
class Told:
    """What a file of ICEWS tells of the pairs with FEWEST rows or more.

    Attributes:
        first: its first day.
        last: its last day.
        months: all its rows by month.
        happened: the events of each pair, in order.
    """

    first: date
    last: date
    months: dict[str, int]
    happened: dict[frozenset[str], list[Occurrence]]


def icews_told(path: Path, turns: Iterable[Turn]) -> Told:
    """Read the events of the pairs of the dated changes, and of the quiet ones."""
    actors = load_actors()
    countries = Countries(lambda name: actors.resolve(name).code, actors.codes)
    wanted = {turn.pair for turn in turns} | {frozenset(pair) for pair in QUIET}
    rows: dict[frozenset[str], list[CodedEvent]] = defaultdict(list)
    months: dict[str, int] = defaultdict(int)
    days = []
    for row in read_events("icews", [path], countries):
        if not isinstance(row, CodedEvent):
            continue
        months[row.day.isoformat()[:7]] += 1
        days.append(row.day)
        pair = frozenset({row.actor, row.recipient})
        if row.event_type and row.duplicate_of is None and pair in wanted:
            rows[pair].append(row)
    happened = {
        pair: sorted(_occurrence(row, Dyad(*sorted(pair))) for row in listed)
        for pair, listed in rows.items()
        if len(listed) >= FEWEST
    }
    return Told(min(days), max(days), months, happened)


def from_icews(path: Path, turns: Iterable[Turn]) -> Found:
    """Find the shifts of the pairs of a file of ICEWS."""
    told = icews_told(path, turns)
    found = {
        pair: _pair(Dyad(*sorted(pair)), happened, told.months)
        for pair, happened in told.happened.items()
    }
    return told.first, told.last, found


def _occurrence(row: CodedEvent, dyad: Dyad) -> Occurrence:
    assert row.event_type is not None and row.score is not None
    return Occurrence(
        day=row.day,
        id=row.id,
        event_type=row.event_type,
        score=row.score,
        forward=row.actor == dyad.actor,
    )


def _pair(
    dyad: Dyad,
    happened: list[Occurrence],
    months: dict[str, int],
    beside: Sequence[Occurrence] = (),
) -> Pair:
    series = series_of(happened, dyad, months, whole=True)
    found = find_shifts(series, sorted((*happened, *beside))).shifts
    return Pair(found, weeks_of(series, happened), len(happened))


def weeks_of(series: Series, happened: list[Occurrence]) -> Weeks:
    """Return the signed logarithm of the sum of scores of each week."""
    counted = tally(happened, series)
    sums = np.zeros(len(counted.starts))
    for one in happened:
        sums[counted.period_of(one.day)] += one.score
    return Weeks(counted.starts, counted.last, signed_log(sums))


@dataclass(frozen=True, slots=True)
class NetWeeks:
    """The mean net score of each week of a pair, and of how many days it is known."""

    starts: tuple[date, ...]
    last: date
    means: NDArray[np.float64]
    days: int


def net_weeks(path: Path) -> dict[frozenset[str], NetWeeks]:
    """Read the net daily scores of the pairs of a file, by week."""
    daily: dict[frozenset[str], dict[date, float]] = defaultdict(dict)
    with _text(path) as file:
        for row in csv.DictReader(file):
            pair = frozenset({row["actor_a"], row["actor_b"]})
            daily[pair][date.fromisoformat(row["date"])] = float(row["net"])
    found = {}
    for pair, listed in daily.items():
        first, last = min(listed), max(listed)
        size = -(-((last - first).days + 1) // WEEK)
        sums, counts = np.zeros(size), np.zeros(size)
        for day, net in listed.items():
            sums[(day - first).days // WEEK] += net
            counts[(day - first).days // WEEK] += 1
        starts = tuple(first + timedelta(days=WEEK * k) for k in range(size))
        found[pair] = NetWeeks(starts, last, sums / np.maximum(counts, 1), len(listed))
    return found


def from_net(path: Path, _turns: Iterable[Turn]) -> Found:
    """Find the shifts of the pairs of a file of net daily scores."""
    read = net_weeks(path)
    found = {}
    for pair, net in read.items():
        shifts = find_level_shifts(net.starts, net.last, net.means)
        weeks = Weeks(net.starts, net.last, signed_log(net.means))
        found[pair] = Pair(tuple(shifts), weeks, net.days)
    return min(n.starts[0] for n in read.values()), max(n.last for n in read.values()), found


def signed_log(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logarithms of sizes, with the signs of the values."""
    return np.asarray(np.sign(values) * np.log1p(np.abs(values)))


def _text(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def from_store(path: Path, turns: Iterable[Turn]) -> Found:
    """Find the shifts of the pairs in the events of a store of documents."""
    store = Store(path)
    months = store.documents_per_month()
    found = {}
    for pair in {turn.pair for turn in turns} | {frozenset(pair) for pair in QUIET}:
        dyad = Dyad(*sorted(pair))
        happened = list(occurrences(store.events_between(dyad), dyad))
        if happened:
            found[pair] = _pair(dyad, happened, months, acts_beside(store, dyad))
    first, last = min(months), max(months)
    return date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-28"), found


READERS: dict[str, Callable[[Path, Iterable[Turn]], Found]] = {
    "icews": from_icews,
    "net": from_net,
    "store": from_store,
}


def relations(pair: Pair) -> list[Shift]:
    """Return the changes of the relation."""
    return [shift for shift in pair.shifts if shift.kind is ShiftKind.RELATION]


def meets(turn: Turn, first: date, last: date, direction: str) -> bool:
    """Tell whether an interval is a hit."""
    near = first <= turn.day + AFTER and last >= turn.day - BEFORE
    return near and direction == turn.direction


def hits_of(turn: Turn, pair: Pair) -> list[Shift]:
    """Return the changes that hit a dated one."""
    return [s for s in relations(pair) if meets(turn, s.first, s.last, s.direction)]


def measure(turns: list[Turn], found: dict[frozenset[str], Pair]) -> dict[str, Any]:
    """Return the numbers, with the baselines'."""
    dated = {turn.pair for turn in turns}
    hits = sum(bool(hits_of(turn, found[turn.pair])) for turn in turns)
    points = {pair: len(relations(found[pair])) for pair in dated}
    years = {pair: len(found[pair].weeks.starts) * WEEK / 365.25 for pair in dated}
    widths = [(s.last - s.first).days + 1 for pair in dated for s in relations(found[pair])]
    quiet = [frozenset(pair) for pair in QUIET if frozenset(pair) in found]
    alarms = sum(s.probability > SURE for pair in quiet for s in relations(found[pair]))
    middles = sum(
        any(meets(turn, _middle(s), _middle(s), s.direction) for s in relations(found[turn.pair]))
        for turn in turns
    )
    result: dict[str, Any] = {
        "n": len(turns),
        "hits": hits,
        "hit_rate": round(hits / len(turns), 3),
        "shifts_per_dyad": round(sum(points.values()) / len(points), 2),
        "median_interval_days": median(widths) if widths else None,
        "attention_false_alarms": alarms,
        "quiet_pairs": len(quiet),
        "median_shifts_per_dyad_and_year": round(
            median(points[pair] / years[pair] for pair in dated), 2
        ),
        "hits_from_even_odds": sum(
            any(shift.likely for shift in hits_of(turn, found[turn.pair])) for turn in turns
        ),
        "hits_by_middle_day": middles,
    }
    for name, guess in BASELINES.items():
        try:
            result[f"{name}: hits"] = sum(
                _guessed(turn, found[turn.pair].weeks, guess, points[turn.pair]) for turn in turns
            )
        except ImportError:
            result[f"{name}: hits"] = "not installed"
    return result


def _middle(shift: Shift) -> date:
    return shift.first + (shift.last - shift.first) // 2


def _guessed(turn: Turn, weeks: Weeks, guess: Any, points: int) -> bool:
    return any(
        meets(turn, *interval(weeks.starts, weeks.last, k), direction_at(weeks.values, k))
        for k in guess(weeks.values, points)
    )


def line_of(turn: Turn, pair: Pair) -> str:
    """Return what was found near a dated change, in one line."""
    hits = hits_of(turn, pair)
    near = hits or [s for s in pair.shifts if abs((s.first - turn.day).days) < 120]
    told = "; ".join(
        f"{s.first}..{s.last} {s.kind} {s.direction} {s.probability:.2f}" for s in near
    )
    a, b = turn.actors
    mark = "hit " if hits else "miss"
    return (
        f"{mark} {a}-{b} {turn.day} {turn.direction} ({turn.event}), {pair.events} events: {told}"
    )


if __name__ == "__main__":
    main()
