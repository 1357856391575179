"""What a round of collecting brings: pages, files, and what could not be had."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.collecting.entries import Entry
from detente.collecting.fetching import Fetched

__all__ = ["Arrival", "Counts", "FoundFile", "Page", "Trouble"]


@dataclass(frozen=True, slots=True)
class Page:
    """An article that a source lists.

    Attributes:
        entry: as it is listed.
        fetched: its page; None where the entry's own text is all there is.
        reason: why its page could not be had, or "".
    """

    entry: Entry
    fetched: Fetched | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of a watched folder that is new or has changed, and how it stands."""

    path: Path
    state: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be had, and why, in one line; `skipped` is false where all was had anyway."""

    where: str
    reason: str
    skipped: bool = True


Arrival = Page | FoundFile | Trouble


@dataclass(slots=True)
class Counts:
    """What a round asked.

    Attributes:
        sources: feeds and other lists that were asked.
        failed: those that gave nothing.
        resting: those that were not asked, since they failed shortly before.
        unchanged: those that had nothing newer.
    """

    sources: int = 0
    failed: int = 0
    resting: int = 0
    unchanged: int = 0
