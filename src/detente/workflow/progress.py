"""How a stage tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Progress", "silent"]


# Called with a stage's name, how much is done, and how much there is (None while unknown).
Progress = Callable[[str, int, int | None], None]


def silent(_stage: str, _done: int, _total: int | None) -> None:
    """Tell nobody."""
