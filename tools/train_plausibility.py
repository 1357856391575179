"""Train the statistical helper: which claims of the rules are seldom right.

``python -m tools.train_plausibility --data FOLDER [--output FILE]``. FOLDER is current-events. The
reports of tests/gold/development and tests/gold/fresh are coded by the rules alone; each claim is
right or wrong as `benchmarks.reports` compares it, those that an optional one excuses are left out.
A logistic regression with an L2 penalty, fitted by Newton's method, weighs the features of
``detente.extraction.plausibility``. All that is printed comes from cross-validation by report: no
claim is judged by weights that its report helped to find. The threshold is the one with the largest
F1 among those that keep nearly all right claims. The same input gives the same file.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.reports import (
    documents_of,
    pairs_of,
    read_gold,
    read_texts,
    told_by_claim,
    told_by_gold,
)
from numpy.typing import NDArray

from detente import lexicon
from detente.extraction.claims import candidates
from detente.extraction.parse import language_model
from detente.extraction.plausibility import BETWEEN
from detente.lexicon.plausibility import PLAUSIBILITY

GOLD = tuple(Path("tests/gold") / name / "first_pass.jsonl" for name in ("development", "fresh"))
VERSION = "2026.11.0"
SEED = 20261126
FOLDS = 10
# Cross-validation with as many ways to part the reports; their mean is printed.
ROUNDS = 10
LEAST_CLAIMS = 5
# How strongly weights are held back: as by twenty claims that are as often right as wrong.
PENALTY = 5.0
# The share of the right claims that must be kept, and the F1 that precision may cost: whoever is
# blamed for a wrong claim misses a right one more easily.
KEPT = 0.86
COST = 0.01
THRESHOLDS = tuple(at / 100 for at in range(10, 51))
SHOWN = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
NO_COUNTRY = "no actor has a country"
NO_RECIPIENT = frozenset({"no recipient has a country", "there is no recipient"})
RESAMPLES = 2000

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One claim of the rules.

    Attributes:
        report: the report that it was drawn from.
        features: what is true of it.
        right: whether the annotators have it.
    """

    report: str
    features: frozenset[str]
    right: bool


@dataclass(frozen=True)
class Measured:
    """What a way to leave claims out comes to."""

    precision: float
    kept: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> None:
    """Print the measurements and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder current-events")
    parser.add_argument("--output", type=Path, default=PLAUSIBILITY)
    options = parser.parse_args()
    examples, wanted = read_examples(options.data)
    trained, lines = train(examples, wanted)
    print(*lines, sep="\n")
    options.output.write_text(trained, encoding="utf-8")
    print(f"{options.output}: {len(trained.encode())} bytes")


def read_examples(data: Path) -> tuple[list[Example], int]:
    """Return the claims of the annotated reports, and how many claims these should have."""
    gold = [entry for file in GOLD for entry in read_gold(file)]
    texts = read_texts(data, {entry["id"] for entry in gold})
    documents = documents_of(texts)
    drawn = candidates(documents, model=language_model(), lexicon=lexicon.load())
    by_report = {d.key: claims for d, claims in zip(documents, drawn, strict=True)}
    examples, wanted = [], 0
    for entry in gold:
        needed, found = told_by_gold(entry), by_report[entry["id"]]
        wanted += sum(not told.optional for told in needed)
        pairs = {f: g for g, f in pairs_of(needed, [told_by_claim(claim) for claim, _ in found])}
        for at, (_, features) in enumerate(found):
            if at not in pairs or not needed[pairs[at]].optional:
                examples.append(Example(entry["id"], features, at in pairs))
    return examples, wanted


def train(examples: Sequence[Example], wanted: int) -> tuple[str, list[str]]:
    """Return the content of the file, and the lines that tell how well it works.

    Args:
        examples: the claims of the rules.
        wanted: how many claims the annotators have.
    """
    right = np.array([example.right for example in examples], dtype=np.float64)
    scores = [_cross_validated(examples, right, seed) for seed in range(SEED, SEED + ROUNDS)]
    threshold = _threshold(scores, right, wanted)
    names = _names(examples)
    weights = _fit(_table(examples, names), right)
    rows = [("no helper", _measured(np.ones(len(right), dtype=bool), right, wanted))]
    between = _between(examples)
    rows.append(("between two countries, always kept", _measured(between, right, wanted)))
    some = np.array([not _is_without_country(example) for example in examples])
    rows.append(("claims with a country", _measured(some, right, wanted)))
    for at in sorted({*SHOWN, threshold}):
        chosen = "  <- chosen" if at == threshold else ""
        rows.append((f"score >= {at:.2f}{chosen}", _mean(scores, at, right, wanted)))
    nested = _nested(examples, right, wanted)
    rows.append(("threshold chosen without the fold", _measured(nested, right, wanted)))
    lines = [
        f"{len(examples)} claims in {len({e.report for e in examples})} reports, "
        f"{int(right.sum())} right; {wanted} wanted; {len(names)} features",
        f"{FOLDS} folds by report, mean of {ROUNDS} rounds; log loss "
        f"{np.mean([_log_loss(s, right) for s in scores]):.4f}, without features "
        f"{_log_loss(np.full(len(right), right.mean()), right):.4f}",
        f"{'':36}precision  right kept  recall  F1",
        *(
            f"{name:36}{m.precision:9.3f}{m.kept:12.3f}{m.recall:8.3f}  {m.f1:.3f}"
            for name, m in rows
        ),
        _uncertain(examples, nested, right, wanted),
    ]
    return _written(names, weights, threshold), lines


def _between(examples: Sequence[Example]) -> NDArray[np.bool_]:
    return np.array([BETWEEN in example.features for example in examples])


def _is_without_country(example: Example) -> bool:
    return NO_COUNTRY in example.features and bool(NO_RECIPIENT & example.features)


def _names(examples: Iterable[Example]) -> list[str]:
    counts = Counter(feature for example in examples for feature in example.features)
    return sorted(feature for feature, count in counts.items() if count >= LEAST_CLAIMS)


def _table(examples: Sequence[Example], names: Sequence[str]) -> Floats:
    """Return a row an example: whether each feature is true, and a one for the intercept."""
    return np.array(
        [[*(name in example.features for name in names), True] for example in examples],
        dtype=np.float64,
    )


def _fit(table: Floats, right: Floats) -> Floats:
    """Return the weights, the intercept last, which no penalty holds back."""
    weights = np.zeros(table.shape[1])
    penalty = np.full(len(weights), PENALTY)
    penalty[-1] = 1e-6
    for _ in range(50):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (likely - right) + penalty * weights
        bend = (table * (likely * (1 - likely))[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def _folds(examples: Sequence[Example], seed: int) -> NDArray[np.int64]:
    """Return the fold of each example; all of a report are in one."""
    reports = sorted({example.report for example in examples})
    shuffled = np.random.default_rng(seed).permutation(len(reports))
    of = {reports[at]: place % FOLDS for place, at in enumerate(shuffled)}
    return np.array([of[example.report] for example in examples])


def _parts(
    examples: Sequence[Example], seed: int
) -> Iterator[tuple[NDArray[np.bool_], list[Example], list[Example]]]:
    """Yield for each fold its place, the examples outside and those inside."""
    folds = _folds(examples, seed)
    for fold in range(FOLDS):
        inside = folds == fold
        yield (
            inside,
            [e for e, held in zip(examples, inside, strict=True) if not held],
            [e for e, held in zip(examples, inside, strict=True) if held],
        )


def _cross_validated(examples: Sequence[Example], right: Floats, seed: int) -> Floats:
    scores = np.zeros(len(examples))
    for inside, others, held in _parts(examples, seed):
        names = _names(others)
        weights = _fit(_table(others, names), right[~inside])
        scores[inside] = 1 / (1 + np.exp(-_table(held, names) @ weights))
    return np.where(_between(examples), 1.0, scores)


def _threshold(scores: Sequence[Floats], right: Floats, wanted: int) -> float:
    means = {at: _mean(scores, at, right, wanted) for at in THRESHOLDS}
    allowed = [at for at, mean in means.items() if mean.kept >= KEPT]
    best = max((means[at].f1 for at in allowed), default=0.0)
    return max((at for at in allowed if means[at].f1 >= best - COST), default=THRESHOLDS[0])


def _nested(examples: Sequence[Example], right: Floats, wanted: int) -> NDArray[np.bool_]:
    """Return which claims stay where neither weights nor threshold have seen their report."""
    stays = np.zeros(len(examples), dtype=bool)
    for inside, others, held in _parts(examples, SEED):
        known = right[~inside]
        inner = [_cross_validated(others, known, seed) for seed in (SEED, SEED + 1)]
        threshold = _threshold(inner, known, round(wanted * (1 - 1 / FOLDS)))
        names = _names(others)
        weights = _fit(_table(others, names), known)
        stays[inside] = 1 / (1 + np.exp(-_table(held, names) @ weights)) >= threshold
    return stays | _between(examples)


def _measured(stays: NDArray[np.bool_], right: Floats, wanted: float) -> Measured:
    good = right[stays].sum()
    return Measured(
        precision=float(good / max(1, stays.sum())),
        kept=float(good / right.sum()),
        recall=float(good / wanted),
    )


def _mean(scores: Sequence[Floats], threshold: float, right: Floats, wanted: int) -> Measured:
    each = [_measured(score >= threshold, right, wanted) for score in scores]
    return Measured(
        precision=float(np.mean([m.precision for m in each])),
        kept=float(np.mean([m.kept for m in each])),
        recall=float(np.mean([m.recall for m in each])),
    )


def _log_loss(scores: Floats, right: Floats) -> float:
    scores = np.clip(scores, 0.01, 0.99)
    return float(-np.mean(right * np.log(scores) + (1 - right) * np.log(1 - scores)))


def _uncertain(
    examples: Sequence[Example], stays: NDArray[np.bool_], right: Floats, wanted: int
) -> str:
    """Return the gain over no helper with its interval, reports drawn again and again."""
    reports = sorted({example.report for example in examples})
    number = {report: at for at, report in enumerate(reports)}
    rows = np.zeros((len(reports), 4))
    for example, kept, good in zip(examples, stays, right, strict=True):
        rows[number[example.report]] += (1, good, kept, kept * good)
    generator = np.random.default_rng(SEED)
    gains = []
    for _ in range(RESAMPLES):
        found, good, kept, kept_good = rows[
            generator.integers(len(reports), size=len(reports))
        ].sum(axis=0)
        gains.append(
            (
                kept_good / kept - good / found,
                2 * kept_good / (kept + wanted) - 2 * good / (found + wanted),
            )
        )
    low, high = np.quantile(gains, (0.025, 0.975), axis=0)
    return (
        f"gain of that last line, 95 % of resamples: precision {low[0]:+.3f} to {high[0]:+.3f}, "
        f"F1 {low[1]:+.3f} to {high[1]:+.3f}"
    )


def _written(names: Sequence[str], weights: Floats, threshold: float) -> str:
    *rounded, intercept = (round(float(weight), 3) + 0.0 for weight in weights)
    kept = [(name, weight) for name, weight in zip(names, rounded, strict=True) if weight]
    return "\n".join(
        (
            "# How often claims proved right, by what is true of them: log odds. A claim that",
            "# scores less than the threshold is left out. Made by tools/train_plausibility.py.",
            "name: plausibility",
            f"version: {VERSION}",
            "licence: Apache-2.0",
            "sources:",
            "  - detente's own annotation of 1,850 reports, tests/gold/development and fresh",
            f"threshold: {threshold:.2f}",
            f"intercept: {intercept:.3f}",
            "weights:",
            *(f"  {name}: {weight:.3f}" for name, weight in kept),
            "",
        )
    )


if __name__ == "__main__":
    main()
