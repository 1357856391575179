"""Which pairs of documents are worth a comparison: an exact index of word runs, linear in its size.

Every run of words leads to the documents that have it, in the order in which the documents are
given. Each is paired with those that follow next, so that what a few share is compared in full, and
what hundreds share (a formula, or one report in a hundred papers) is compared with its neighbours
in time: n documents never make n squared pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from detente.resolution.texts import Hashes

__all__ = ["formulas", "pairs_that_share"]

# A document is paired with so many of those that follow it under one run of words.
NEXT = 8


def pairs_that_share(
    sets: Sequence[Hashes], fewest: int, *, share: float = 0.0
) -> list[tuple[int, int]]:
    """Return the pairs of indices, lower first, that share enough hashes.

    Args:
        sets: the hashes of each document.
        fewest: pairs that share fewer are left out.
        share: so are pairs that share less of the smaller set.
    """
    if not sets:
        return []
    sizes = np.array([len(one) for one in sets])
    holders = np.repeat(np.arange(len(sets), dtype=np.int64), sizes)
    hashes = np.concatenate(sets)
    order = np.argsort(hashes, kind="stable")
    hashes, holders = hashes[order], holders[order]
    codes = []
    for step in range(1, NEXT + 1):
        same = hashes[step:] == hashes[:-step]
        codes.append(holders[:-step][same] * len(sets) + holders[step:][same])
    found, counts = np.unique(np.concatenate(codes), return_counts=True)
    some, others = found // len(sets), found % len(sets)
    enough = counts >= np.maximum(fewest, share * np.minimum(sizes[some], sizes[others]))
    return list(zip(some[enough].tolist(), others[enough].tolist(), strict=True))


def formulas(
    sets: Sequence[Hashes], days: Sequence[date | None], *, most: int, within: int, undated: bool
) -> Hashes:
    """Return the hashes that are a way of speaking and no news, sorted.

    More than so many documents have them, and over a longer time than one report is copied in.

    Args:
        sets: the hashes of each document.
        days: when each was published.
        most: what no more documents have is no formula.
        within: neither is what all that have it published within so many days.
        undated: whether what is had by documents without a day may be a formula.
    """
    if not sets:
        return np.empty(0, dtype=np.uint64)
    sizes = [len(one) for one in sets]
    hashes = np.concatenate(sets)
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    first = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    if not len(hashes):
        return hashes
    lowest = np.repeat([day.toordinal() if day else 10**7 for day in days], sizes)[order]
    highest = np.repeat([day.toordinal() if day else 0 for day in days], sizes)[order]
    span = np.maximum.reduceat(highest, first) - np.minimum.reduceat(lowest, first)
    long = span > within
    if undated:
        long |= np.maximum.reduceat(lowest, first) == 10**7
    counts = np.diff(np.append(first, len(hashes)))
    return hashes[first][(counts > most) & long]
