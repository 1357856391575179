"""The store as it stands: opened once, and again when another process has made new events."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from detente import workflow
from detente.errors import DetenteError, InputError, StoreError, UnknownRecordError
from detente.model import Assessment, Brief, Dyad, Findings, Matrix, SourceDescription
from detente.settings import Settings
from detente.storage.catalog import Store
from detente.storage.snapshot import Snapshot
from detente.workflow import Overview

__all__ = ["Opened", "Reader"]

T = TypeVar("T")
_Stamp = tuple[int, int, int] | None


def _stamp(path: Path) -> _Stamp:
    """Return what changes when a file is replaced."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


@dataclass(frozen=True, slots=True)
class Opened:
    """A snapshot with the answers that were given from it and are kept.

    Attributes:
        store: the snapshot.
        findings: from a pair, the first and the last day to its series and shifts.
        brief: likewise to the brief.
        matrix: likewise to the hypotheses to begin with.
        overview: to what is in the store.
        sources: to its outlets.
    """

    store: Snapshot
    findings: Callable[[Dyad, date | None, date | None], Findings]
    brief: Callable[[Dyad, date | None, date | None], Brief]
    matrix: Callable[[Dyad, date | None, date | None], Matrix]
    overview: Callable[[], Overview]
    sources: Callable[[], tuple[SourceDescription, ...]]


class Reader:
    """What the pages read from; safe to use from many threads at once.

    Args:
        folder: the store's folder.
        settings: which lexicons and which source register count.
        matrices: files of hypotheses; each is called by its name without the ending.

    Raises:
        InputError: when two of the files have one name.
    """

    def __init__(self, folder: Path, settings: Settings, matrices: Sequence[Path] = ()) -> None:
        self.folder = folder
        self.settings = settings
        self.matrices: dict[str, Path] = {}
        for path in matrices:
            other = self.matrices.setdefault(path.stem, path)
            if other is not path:
                raise InputError(f"{path}: {other} has the same name; give one of them another")
        self._opening = Lock()
        self._opened: tuple[tuple[_Stamp, ...], Opened] | None = None

    def opened(self) -> Opened:
        """Return the store as its last resolution left it.

        While a new one is being opened, others are answered from the one before.

        Raises:
            NotResolvedError: when the store has no events yet.
            StoreError: when it is damaged.
        """
        stamps = tuple(map(_stamp, self._watched()))
        before = self._opened
        if before is not None and before[0] == stamps:
            return before[1]
        if not self._opening.acquire(blocking=before is None):
            assert before is not None
            return before[1]
        try:
            if self._opened is None or self._opened[0] != stamps:
                self._opened = (stamps, self._open())
        except StoreError:
            if before is None:
                raise
            return before[1]  # another process is about to mend it
        finally:
            self._opening.release()
        return self._opened[1]

    def matrix(self, name: str) -> tuple[Matrix, Assessment]:
        """Return the hypotheses of a file as it is now, and what follows from them.

        Raises:
            UnknownRecordError: when no file of that name was given.
            InputError: when the file cannot be used.
        """
        if name not in self.matrices:
            raise UnknownRecordError("file of hypotheses", name)
        return workflow.show_hypotheses(self.matrices[name])

    def warm(self) -> None:
        """Read what every page needs, so that the first reader does not wait for it."""
        try:
            self.opened().overview()
        except DetenteError:
            return  # each page says it

    def standing(self) -> str:
        """Return in one line what the events lack, or ""."""
        return workflow.standing(Store(self.folder), settings=self.settings)

    def _watched(self) -> tuple[Path, ...]:
        """Return the files that answers which are kept depend on."""
        names = ("events.parquet", "reports.parquet", "sources.yaml")
        own = (self.settings.sources, *self.settings.lexicons)
        return (*(self.folder / name for name in names), *(path for path in own if path))

    def _open(self) -> Opened:
        store, settings = Snapshot(self.folder), self.settings

        @lru_cache(maxsize=256)
        def findings(dyad: Dyad, since: date | None, until: date | None) -> _Once[Findings]:
            return _Once(
                lambda: workflow.relation(store, dyad, since=since, until=until, settings=settings)
            )

        @lru_cache(maxsize=16)
        def brief(dyad: Dyad, since: date | None, until: date | None) -> _Once[Brief]:
            return _Once(
                lambda: workflow.brief(store, dyad, since=since, until=until, settings=settings)
            )

        @lru_cache(maxsize=16)
        def matrix(dyad: Dyad, since: date | None, until: date | None) -> _Once[Matrix]:
            return _Once(
                lambda: workflow.new_hypotheses(
                    store, dyad, since=since, until=until, settings=settings
                )
            )

        overview = _Once(lambda: workflow.overview(store, settings=settings))
        sources = _Once(lambda: workflow.sources(store, settings=settings))
        return Opened(
            store,
            findings=lambda *asked: findings(*asked).value(),
            brief=lambda *asked: brief(*asked).value(),
            matrix=lambda *asked: matrix(*asked).value(),
            overview=overview.value,
            sources=sources.value,
        )


class _Once(Generic[T]):
    """A value that is worked out when it is first asked for, once, however many ask."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._working = Lock()
        self._found: list[T] = []

    def value(self) -> T:
        with self._working:
            if not self._found:
                self._found.append(self._work())
            return self._found[0]
