"""Analysis of competing hypotheses: weighted inconsistency, diagnosticity, sensitivity.

The method is Heuer's (Psychology of Intelligence Analysis, 1999, ch. 8): hypotheses are tested by
what speaks against them, and consistency counts for nothing. The score is the weighted
inconsistency of PARC's ACH 2: I counts 1 and II counts 2, times a weight for credibility and one
for relevance (low 1/sqrt 2, medium 1, high sqrt 2), summed with a minus. Diagnosticity is the
population standard deviation of a row's ratings, as Open Synthesis has it, without the cells that
are not applicable.

Two things are ours. What one origin tells speaks against a hypothesis once: a row counts if an
origin vouches for it that vouches for no heavier row (the heaviest set of rows that can be matched
to origins, one each; by the greedy rule for transversal matroids, Edmonds and Fulkerson 1965). And
sensitivity leaves out origins, not rows.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from detente.model import (
    Assessment,
    Consistency,
    HypothesisScore,
    Matrix,
    MatrixRow,
    RowOrigin,
    RowWorth,
    Weight,
    WithoutOrigin,
)

__all__ = ["assess", "diagnosticity", "penalty"]

_VALUE = {
    Consistency.VERY_CONSISTENT: 2,
    Consistency.CONSISTENT: 1,
    Consistency.NEUTRAL: 0,
    Consistency.INCONSISTENT: -1,
    Consistency.VERY_INCONSISTENT: -2,
}
_WEIGHT = {Weight.LOW: 1 / math.sqrt(2), Weight.MEDIUM: 1.0, Weight.HIGH: math.sqrt(2)}
# Scores that differ by less are equal: weights are roots, and sums of them are not exact.
_EQUAL = 1e-9


def penalty(row: MatrixRow, hypothesis: str) -> float:
    """Return how much a row speaks against a hypothesis: 0, or more."""
    rating = row.rating(hypothesis)
    if rating not in (Consistency.INCONSISTENT, Consistency.VERY_INCONSISTENT):
        return 0.0
    return -_VALUE[rating] * _WEIGHT[row.credibility] * _WEIGHT[row.relevance]


def diagnosticity(row: MatrixRow) -> float | None:
    """Return the spread of a row's ratings; None where fewer than two apply."""
    values = [_VALUE[rating] for _, rating in row.ratings if rating in _VALUE]
    return statistics.pstdev(values) if len(values) > 1 else None


def assess(matrix: Matrix) -> Assessment:
    """Return what follows from a matrix; the order of its rows does not matter.

    Args:
        matrix: hypotheses and rated rows.
    """
    scores = tuple(_score(one.id, matrix.rows) for one in matrix.hypotheses)
    ranking = _ranking({one.id: one.score for one in scores})
    worth = tuple(RowWorth(id=row.id, diagnosticity=diagnosticity(row)) for row in matrix.rows)
    return Assessment(
        scores=scores,
        ranking=ranking,
        rows=worth,
        sensitivity=_sensitivity(matrix, ranking),
        notes=tuple(_notes(matrix, scores, ranking, worth)),
    )


def _origins(row: MatrixRow) -> tuple[RowOrigin, ...]:
    """Return what vouches for a row; the user's own argument is an origin of its own."""
    return tuple(sorted(set(row.origins))) or (RowOrigin(id=f"row {row.id}", name=row.id),)


def _score(hypothesis: str, rows: Sequence[MatrixRow]) -> HypothesisScore:
    weighed = [(penalty(row, hypothesis), row) for row in rows]
    heavy = sorted(
        ((weight, row) for weight, row in weighed if weight), key=lambda one: (-one[0], one[1].id)
    )
    counted = _counted([row for _, row in heavy])
    score = -math.fsum(weight for weight, row in heavy if row.id in counted)
    applying = sum(row.rating(hypothesis) in _VALUE for row in rows)
    return HypothesisScore(
        id=hypothesis,
        score=score + 0.0,  # no "-0"
        mean=score / applying + 0.0 if applying else None,
        against=tuple(row.id for _, row in heavy if row.id in counted),
        folded=tuple(row.id for _, row in heavy if row.id not in counted),
        unrated=_rated(None, hypothesis, rows),
        not_applicable=_rated(Consistency.NOT_APPLICABLE, hypothesis, rows),
    )


def _rated(
    wanted: Consistency | None, hypothesis: str, rows: Sequence[MatrixRow]
) -> tuple[str, ...]:
    return _in_order(row.id for row in rows if row.rating(hypothesis) is wanted)


_DIGITS = re.compile(r"(\d+)")


def _in_order(ids: Iterable[str]) -> tuple[str, ...]:
    """Return ids in order, E2 before E10."""
    return tuple(sorted(ids, key=lambda one: [(len(part), part) for part in _DIGITS.split(one)]))


def _counted(rows: Sequence[MatrixRow]) -> set[str]:
    """Return the ids of the rows that count, given the heaviest first."""
    vouching: dict[str, MatrixRow] = {}

    def vouched(row: MatrixRow, tried: set[str]) -> bool:
        for origin in _origins(row):
            if origin.id in tried:
                continue
            tried.add(origin.id)
            holder = vouching.get(origin.id)
            if holder is None or vouched(holder, tried):
                vouching[origin.id] = row
                return True
        return False

    return {row.id for row in rows if vouched(row, set())}


def _ranking(scores: Mapping[str, float]) -> tuple[tuple[str, ...], ...]:
    groups: list[list[str]] = []
    last = math.inf
    for name, score in sorted(scores.items(), key=lambda one: (-one[1], one[0])):
        if last - score > _EQUAL:
            groups.append([])
        groups[-1].append(name)
        last = score
    return tuple(tuple(sorted(group)) for group in groups)


def _sensitivity(matrix: Matrix, ranking: tuple[tuple[str, ...], ...]) -> tuple[WithoutOrigin, ...]:
    names: dict[str, RowOrigin] = {}
    for row in matrix.rows:
        for origin in _origins(row):
            names[origin.id] = max(origin, names.get(origin.id, origin))
    found = [_without(origin, matrix, ranking) for origin in names.values()]
    return tuple(sorted(found, key=lambda one: (not one.leads, not one.changes, one.origin)))


def _without(
    origin: RowOrigin, matrix: Matrix, ranking: tuple[tuple[str, ...], ...]
) -> WithoutOrigin:
    left, lost = [], []
    for row in matrix.rows:
        others = tuple(one for one in _origins(row) if one.id != origin.id)
        if others:
            left.append(replace(row, origins=others))
        else:
            lost.append(row.id)
    scores = {one.id: _score(one.id, left).score for one in matrix.hypotheses}
    changed = _ranking(scores)
    return WithoutOrigin(
        origin=origin,
        lost=_in_order(lost),
        scores=tuple(scores.items()),
        ranking=changed,
        leads=changed[:1] != ranking[:1],
        changes=changed != ranking,
    )


def _notes(
    matrix: Matrix,
    scores: Sequence[HypothesisScore],
    ranking: tuple[tuple[str, ...], ...],
    worth: Sequence[RowWorth],
) -> list[str]:
    rows = len(matrix.rows)
    notes = []
    unrated: dict[tuple[str, ...], list[str]] = {}
    for one in scores:
        if one.unrated:
            unrated.setdefault(one.unrated, []).append(one.id)
    for some, names in unrated.items():
        notes.append(f"{_of(some, rows)} not rated for {', '.join(names)}")
    absent = [one for one in scores if one.not_applicable]
    if absent:
        counts = ", ".join(f"{len(one.not_applicable)} to {one.id}" for one in absent)
        notes.append(f"not applicable of {rows} rows: {counts}; these scores sum fewer rows")
    by_mean = _ranking({one.id: one.mean for one in scores if one.mean is not None})
    if absent and by_mean != ranking:
        told = ", then ".join(" and ".join(group) for group in by_mean)
        notes.append(f"by the score per rated row the order is another: {told or 'none'}")
    if worth and not any(one.diagnosticity for one in worth):
        notes.append("no row tells the hypotheses apart: the scores say nothing")
    if len(ranking) and len(ranking[0]) > 1 and len(matrix.hypotheses) > 1:
        notes.append(f"{' and '.join(ranking[0])} have one score: none of them leads")
    return notes


def _of(some: Sequence[str], rows: int) -> str:
    return f"{len(some)} of {rows} rows {'is' if len(some) == 1 else 'are'}"
