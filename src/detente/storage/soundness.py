"""What a check of a store finds, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Flaw", "Remedy", "Soundness"]


class Remedy(StrEnum):
    """What mends a flaw."""

    REMOVE = "remove the file, which nobody reads"
    SET_ASIDE = "set the file aside"
    SALVAGE = "set the file aside and write its sound documents anew"
    MARK = "write the file anew"
    BY_HAND = "nothing but a person"


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """One thing that is wrong in one file of a store.

    Attributes:
        path: the file, relative to the store, with "/" between folders.
        what: what is wrong, in one line.
        remedy: what mends it.
    """

    path: str
    what: str
    remedy: Remedy

    def __str__(self) -> str:
        """Return the line for people."""
        return f"{self.path}: {self.what}"


@dataclass(frozen=True, slots=True)
class Soundness:
    """What a check found.

    Attributes:
        flaws: what is wrong, by file.
        documents: how many documents were read.
        claims: how many claims, of all runs.
        spans: how many spans were held against the text of their document.
        events: how many events.
        unknown: how many files another version wrote, of which this one can tell nothing.
    """

    flaws: tuple[Flaw, ...]
    documents: int
    claims: int
    spans: int
    events: int
    unknown: int
