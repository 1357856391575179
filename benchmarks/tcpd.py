"""Change points of a single series against annotators: the Turing change point set.

``python -m benchmarks.tcpd --data FOLDER [--json]``. FOLDER is a clone of the set: a JSON file for
each series in ``datasets/NAME/NAME.json`` and ``annotations.json`` beside it (van den Burg and
Williams, "An evaluation of change point detection algorithms", 2020). Covering and F1 with a margin
of five are those of its sections 4.2 and 4.3.

detente's is the segmentation of a level with fixed settings (a change in fifty observations, told
from even odds on): nothing was tuned on the set. Series with several values or missing ones are
left out. Beside it: no change points, and as many random ones.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.baselines import BASELINES
from detente.analysis.changes import peaks
from detente.analysis.evidence import level_evidence, level_noise
from detente.analysis.segmentation import cut

MARGIN = 5
HAZARD = 1 / 50
EVEN_ODDS = 0.5
LONGEST = 3000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    annotated = options.data / "annotations.json"
    if not annotated.is_file():
        raise SystemExit(f"{annotated}: not there; --data wants a clone of the Turing set")
    annotations = json.loads(annotated.read_text("utf-8"))
    series = {
        name: values
        for name in sorted(annotations)
        if (values := read_series(options.data / "datasets" / name / f"{name}.json")) is not None
    }
    result = measure(series, annotations)
    if options.json:
        print(json.dumps(result, indent=1))
    else:
        for name, value in result.items():
            print(f"{name}: {value}")


def read_series(path: Path) -> NDArray[np.float64] | None:
    """Return the values of a series of one number a step, without gaps; None for others."""
    if not path.is_file():
        return None
    columns = json.loads(path.read_text("utf-8"))["series"]
    raw = columns[0]["raw"] if len(columns) == 1 else [None]
    if any(value is None for value in raw) or len(raw) > LONGEST:
        return None
    return np.array(raw, dtype=float)


def found_in(values: NDArray[np.float64]) -> list[int]:
    """Return the observations that begin something new."""
    spread = float(values.std()) or 1.0
    level = (values - values.mean()) / spread
    changes = cut(level_evidence(level, level_noise(level)), HAZARD).changes
    return [peak.mode for peak in peaks(changes, MARGIN) if peak.probability >= EVEN_ODDS]


def measure(
    series: Mapping[str, NDArray[np.float64]],
    annotations: Mapping[str, Mapping[str, Iterable[int]]],
) -> dict[str, Any]:
    """Return covering and F1, each the mean over the series, with the baselines'."""
    guesses: dict[str, Callable[[NDArray[np.float64], int], list[int]]] = {
        "detente": lambda values, _points: found_in(values),
        "zero": BASELINES["zero"],
        "random": BASELINES["random"],
    }
    result: dict[str, Any] = {"n": len(series)}
    points = {name: len(found_in(values)) for name, values in series.items()}
    for title, guess in guesses.items():
        scores = []
        for name, values in series.items():
            marks = {who: list(told) for who, told in annotations[name].items()}
            found = guess(values, points[name])
            scores.append((covering(marks, found, len(values)), f_measure(marks, found)))
        result[f"{title}: covering"] = round(mean(c for c, _ in scores), 3) if scores else None
        result[f"{title}: F1"] = round(mean(f for _, f in scores), 3) if scores else None
    return result


def f_measure(annotations: Mapping[Any, Collection[int]], found: Iterable[int]) -> float:
    """Return F1 with a margin: precision against all annotators, recall the mean over them.

    The begin of the series is a change point of everybody.
    """
    marks = {who: set(told) | {0} for who, told in annotations.items()}
    points = set(found) | {0}
    everybody = set().union(*marks.values())
    precision = len(_matched(everybody, points)) / len(points)
    recall = mean(len(_matched(told, points)) / len(told) for told in marks.values())
    return 2 * precision * recall / (precision + recall)


def _matched(told: Iterable[int], points: Iterable[int]) -> set[int]:
    """Return the told points that a found one lies near to, each found one used once."""
    left = set(points)
    matched = set()
    for true in sorted(told):
        near = [point for point in left if abs(point - true) <= MARGIN]
        if near:
            left.remove(min(near, key=lambda point: (abs(point - true), point)))
            matched.add(true)
    return matched


def covering(annotations: Mapping[Any, Iterable[int]], found: Iterable[int], length: int) -> float:
    """Return how well the found segments cover those of the annotators, the mean over them."""
    segments = _segments(found, length)
    return mean(
        sum(len(one) * max(_overlap(one, other) for other in segments) for one in told) / length
        for told in (_segments(points, length) for points in annotations.values())
    )


def _segments(points: Iterable[int], length: int) -> list[range]:
    ends = [*sorted({point for point in points if 0 < point < length}), length]
    return [range(a, b) for a, b in zip([0, *ends[:-1]], ends, strict=True)]


def _overlap(one: range, other: range) -> float:
    both = max(0, min(one.stop, other.stop) - max(one.start, other.start))
    return both / (len(one) + len(other) - both)


if __name__ == "__main__":
    main()
