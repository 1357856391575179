"""Labels of a time line in rows, so that none hides another."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["lanes"]


def lanes(places: Sequence[tuple[float, float]]) -> list[int]:
    """Return for each label the first row in which it does not touch an earlier one.

    Args:
        places: left and right edge of each label, in any unit, with the gap that it needs; in the
            order in which they are to be placed.

    Returns:
        Rows from 0 on.
    """
    rows: list[list[tuple[float, float]]] = []
    chosen = []
    for left, right in places:
        free = (
            row
            for row, taken in enumerate(rows)
            if all(right <= begin or left >= end for begin, end in taken)
        )
        row = next(free, len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append((left, right))
        chosen.append(row)
    return chosen
