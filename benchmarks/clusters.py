"""How like two ways of gathering the same items are: B-cubed and CEAF.

B-cubed: A. Bagga and B. Baldwin, "Algorithms for scoring coreference chains" (LREC workshop, 1998).
CEAF with the similarity phi4: X. Luo, "On coreference resolution performance metrics" (HLT 2005).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

__all__ = ["Score", "b_cubed", "ceaf"]

Gathering = Mapping[str, Hashable]


class Score(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(gold: Gathering, found: Gathering) -> Score:
    """Return the B-cubed score: the mean over the items of how pure and how whole its cluster is.

    Args:
        gold: the cluster of each item.
        found: likewise, of the same items.
    """
    if not gold:
        return Score(0.0, 0.0)
    sizes, others = Counter(gold.values()), Counter(found[item] for item in gold)
    both = Counter((gold[item], found[item]) for item in gold)
    pure = sum(both[gold[item], found[item]] / others[found[item]] for item in gold)
    whole = sum(both[gold[item], found[item]] / sizes[gold[item]] for item in gold)
    return Score(pure / len(gold), whole / len(gold))


def ceaf(gold: Gathering, found: Gathering) -> Score:
    """Return the CEAF score with phi4: the best pairing of clusters, each pair by its overlap.

    Args:
        gold: the cluster of each item.
        found: likewise, of the same items.
    """
    ours, theirs = _clusters(gold), _clusters({item: found[item] for item in gold})
    if not ours:
        return Score(0.0, 0.0)
    weights = [[2 * len(a & b) / (len(a) + len(b)) for b in theirs] for a in ours]
    best = _heaviest(weights)
    return Score(best / len(theirs), best / len(ours))


def _clusters(gathering: Gathering) -> list[frozenset[str]]:
    found: defaultdict[Hashable, set[str]] = defaultdict(set)
    for item, name in gathering.items():
        found[name].add(item)
    return [frozenset(items) for items in found.values()]


def _heaviest(weights: Sequence[Sequence[float]]) -> float:
    """Return the weight of the heaviest pairing of rows and columns (the Hungarian method)."""
    if len(weights) > len(weights[0]):
        weights = list(zip(*weights, strict=True))
    rows, columns = len(weights), len(weights[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    paired = [0] * (columns + 1)
    for row in range(1, rows + 1):
        paired[0] = row
        column = 0
        least = [float("inf")] * (columns + 1)
        before = [0] * (columns + 1)
        done = [False] * (columns + 1)
        while paired[column]:
            done[column] = True
            current, step, following = paired[column], float("inf"), 0
            for other in range(1, columns + 1):
                if done[other]:
                    continue
                cost = -weights[current - 1][other - 1] - row_price[current] - column_price[other]
                if cost < least[other]:
                    least[other], before[other] = cost, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(columns + 1):
                if done[other]:
                    row_price[paired[other]] += step
                    column_price[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            paired[column] = paired[before[column]]
            column = before[column]
    return sum(weights[paired[c] - 1][c - 1] for c in range(1, columns + 1) if paired[c])
