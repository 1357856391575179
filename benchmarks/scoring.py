"""Scores that several benchmarks share."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

__all__ = ["accuracy", "macro_f1", "ratio"]


def ratio(part: float, whole: float) -> float:
    """Return a share; 0 of nothing."""
    return part / whole if whole else 0.0


def accuracy(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """Return the share of equal labels."""
    return ratio(sum(g == f for g, f in zip(gold, found, strict=True)), len(gold))


def macro_f1(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """Return the mean F1 over the labels that the gold has; anything else found counts as wrong."""
    scores = []
    for label in sorted(set(gold), key=str):
        right = sum(g == f == label for g, f in zip(gold, found, strict=True))
        total = sum(g == label for g in gold) + sum(f == label for f in found)
        scores.append(2 * right / total)
    return sum(scores) / len(scores) if scores else 0.0
