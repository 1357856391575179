"""Which events drove a change: those without which its evidence falls most."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente.analysis.occurrences import Occurrence

__all__ = ["MOST", "drivers"]

MOST = 5


def drivers(happened: Sequence[Occurrence], fall: Callable[[Occurrence], float]) -> tuple[str, ...]:
    """Return the ids of the events without which the evidence of a change falls most.

    Events of one week and kind weigh alike; among them counts the PLOVER score times the weight,
    with a letter that many report beside a bombing, then the earlier day.

    Args:
        happened: the events that may have driven the change.
        fall: by how much the log odds of the change fall without one.

    Returns:
        At most MOST, the strongest first.
    """
    ranked = sorted(
        (-round(fall(one), 6), -one.weight * (abs(one.score) + 5), one.day, one.id)
        for one in happened
    )
    return tuple(identifier for _, _, _, identifier in ranked[:MOST])
