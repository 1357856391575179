"""Which events drove a change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from detente.analysis.occurrences import Occurrence

__all__ = ["drivers"]

MOST = 5


def drivers(happened: Sequence[Occurrence], first: date) -> tuple[str, ...]:
    """Return the weightiest of the events, with a letter that many report beside a bombing.

    Weight: that of the event in the search, times its PLOVER score and five more, falling by half
    in two months from the change on.
    """
    ranked = sorted(
        (-one.weight * (abs(one.score) + 5) * 0.5 ** ((one.day - first).days / 60), one.day, one.id)
        for one in happened
    )
    return tuple(identifier for _, _, identifier in ranked[:MOST])
