"""Shifts that were planted: ``python -m benchmarks.planted [--runs N] [--json]``.

Weekly events of a pair are drawn for three years in which the share of conflict changes once, at
five sizes and five densities; how often the change is found (a change of the relation whose
interval meets the three weeks on either side, in the right direction), how wide its interval is,
how often something else is found, and how well the stated probabilities match. Then series in which
nothing changes but the volume: the corpus grows with the pair, or the pair alone does.

Events come in bursts, as reports of one crisis do: each of a Poisson number of happenings is told
by one to three events of one kind.
"""

from __future__ import annotations

import argparse
import itertools
import json
from datetime import date, timedelta
from typing import Any

import numpy as np

from detente.analysis.occurrences import Occurrence
from detente.analysis.series import series_of
from detente.analysis.shifts import find_shifts
from detente.model import Direction, Dyad, EventType, Shift, ShiftKind, mode_score

PAIR = Dyad("AAA", "BBB")
START = date(2010, 1, 4)
WEEKS = 156
NEAR = timedelta(days=21)
# Events a week, and the share of conflict before and after.
DENSITIES = (0.25, 1.0, 4.0, 20.0, 100.0)
SIZES = ((0.2, 0.3), (0.2, 0.4), (0.2, 0.5), (0.2, 0.7), (0.1, 0.9))
COOPERATION = (EventType.CONSULT, EventType.AGREE, EventType.SUPPORT, EventType.AID)
CONFLICT = (EventType.ACCUSE, EventType.REJECT, EventType.SANCTION, EventType.ASSAULT)
BINS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=20, help="series for each cell")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = study(options.runs)
    if options.json:
        print(json.dumps(result, indent=1))
        return
    for name in ("found", "volume"):
        print(name)
        for row in result[name]:
            print("  ", row)
    print("calibration: stated, true, how many")
    for row in result["calibration"]:
        print("  ", row)


def study(runs: int) -> dict[str, Any]:
    """Return the three tables."""
    draw = np.random.default_rng(6)
    rows, stated = [], []
    for density in DENSITIES:
        for before, after in SIZES:
            found, widths, others = 0, [], 0
            for number in range(runs):
                turn = int(draw.integers(40, WEEKS - 40))
                worse = number % 2 == 0
                shares = (before, after) if worse else (after, before)
                rates = [density] * WEEKS
                mix = [shares[0]] * turn + [shares[1]] * (WEEKS - turn)
                shifts = relations(draw, rates, mix, [30.0] * WEEKS)
                day = START + timedelta(days=7 * turn)
                way = Direction.WORSE if worse else Direction.BETTER
                likely = [s for s in shifts if s.likely]
                right = [s for s in likely if hit(s, day, way)]
                found += bool(right)
                widths += [(s.last - s.first).days + 1 for s in right]
                others += len(likely) - len(right)
                stated += [(s.probability, hit(s, day, way)) for s in shifts]
            rows.append(
                {
                    "events a week": density,
                    "conflict": f"{before} to {after}",
                    "found": round(found / runs, 2),
                    "median interval, days": float(np.median(widths)) if widths else None,
                    "others a series": round(others / runs, 2),
                }
            )
    return {"found": rows, "calibration": calibration(stated), "volume": volume(draw, runs)}


def calibration(stated: list[tuple[float, bool]]) -> list[dict[str, Any]]:
    """Return for each range of stated probabilities how often a change was there."""
    rows = []
    for low, high in itertools.pairwise(BINS):
        inside = [right for p, right in stated if low <= p < high]
        if inside:
            rows.append(
                {
                    "stated": f"{low} to {high}",
                    "true": round(sum(inside) / len(inside), 2),
                    "changes": len(inside),
                }
            )
    return rows


def volume(draw: np.random.Generator, runs: int) -> list[dict[str, Any]]:
    """Return how many changes of the relation are seen where only the volume changes."""
    rows = []
    for growth in (2, 5, 10):
        for name, corpus in (("with the corpus", growth), ("of the pair alone", 1)):
            for density in DENSITIES[:-1]:
                seen = sure = 0
                for number in range(runs):
                    share = (0.2, 0.5, 0.8)[number % 3]
                    turn = WEEKS // 2
                    rates = [density] * turn + [density * growth] * (WEEKS - turn)
                    documents = [30.0] * turn + [30.0 * corpus] * (WEEKS - turn)
                    shifts = relations(draw, rates, [share] * WEEKS, documents)
                    seen += sum(shift.likely for shift in shifts)
                    sure += sum(shift.probability > 0.8 for shift in shifts)
                rows.append(
                    {
                        "grows": f"{growth} times, {name}",
                        "events a week": density,
                        "from even odds on, a series": round(seen / runs, 2),
                        "above 0.8": round(sure / runs, 2),
                    }
                )
    return rows


def hit(shift: Shift, day: date, way: Direction) -> bool:
    """Tell whether a change is the one that was planted."""
    return shift.direction is way and shift.first - NEAR <= day <= shift.last + NEAR


def relations(
    draw: np.random.Generator, rates: list[float], shares: list[float], documents: list[float]
) -> list[Shift]:
    """Draw a series and return the changes of the relation that are found in it."""
    happened = []
    months: dict[str, float] = {}
    for week, (rate, share, read) in enumerate(zip(rates, shares, documents, strict=True)):
        first = START + timedelta(days=7 * week)
        month = first.isoformat()[:7]
        months[month] = months.get(month, 0.0) + read
        for _ in range(draw.poisson(rate / 2)):  # a happening is told by two events on the average
            kinds = CONFLICT if draw.random() < share else COOPERATION
            kind = kinds[int(draw.integers(len(kinds)))]
            day = first + timedelta(days=int(draw.integers(7)))
            for _ in range(int(draw.integers(1, 4))):
                happened.append(
                    Occurrence(
                        day=day,
                        id=f"{len(happened):06d}",
                        event_type=kind,
                        score=mode_score(kind, None),
                    )
                )
    happened.sort()
    corpus = {month: round(read) for month, read in months.items()}
    series = series_of(happened, PAIR, corpus, whole=True)
    found = find_shifts(series, happened).shifts
    return [shift for shift in found if shift.kind is ShiftKind.RELATION]


if __name__ == "__main__":
    main()
