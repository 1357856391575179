"""A loss of power, as hard as a file system may take it.

A kill leaves what was written in the cache of the system; a loss of power does not. From then on,
what was not flushed with ``fsync`` may be gone: the content of a file (it is then short or empty,
under its final name, too), and what became of the names in a folder since that was flushed last (a
file that was renamed is back under its old name, a folder that was made is not there). An `Outage`
takes notes of all that in the process that it is armed in, and at the chosen operation lets happen
what may happen, by lot, and ends the process.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["Outage"]

_WATCHED = ("fsync", "replace", "mkdir", "unlink")


class Outage:
    """A loss of power at one operation on the files of a folder.

    Args:
        folder: the folder; what lies outside is not touched.
        attic: an empty folder on the same disk for what may have to come back.
        at: the operation before which power is lost, counted from 1; None for never.
        lot: what decides what is lost.

    Attributes:
        operations: how many there were so far.
    """

    def __init__(self, folder: Path, attic: Path, at: int | None, lot: random.Random) -> None:
        self.operations = 0
        self._folder, self._attic = str(folder), attic
        self._at, self._lot = at, lot
        self._real = {name: getattr(os, name) for name in _WATCHED}
        self._undo: dict[str, list[Callable[[], None]]] = defaultdict(list)
        self._safe = {path.stat().st_ino for path in folder.rglob("*")}

    def arm(self) -> None:
        """Watch the operations of this process from now on."""
        for name in _WATCHED:
            setattr(os, name, self._watched(name))

    def _watched(self, name: str) -> Callable[..., Any]:
        real, note = self._real[name], getattr(self, f"_{name}")

        def call(*arguments: Any, **named: Any) -> Any:
            where = arguments[0]
            path = os.readlink(f"/proc/self/fd/{where}") if name == "fsync" else os.fspath(where)
            if not (str(path).startswith(self._folder) or path == os.path.dirname(self._folder)):
                return real(*arguments, **named)
            self.operations += 1
            if self.operations == self._at:
                self._lose_power()
            return note(real, path, *arguments, **named)

        return call

    # --- what each operation makes safe or puts at risk --------------------------------------

    def _fsync(self, real: Callable[..., Any], path: str, handle: int) -> None:
        real(handle)
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            self._undo[path].clear()
        else:
            self._safe.add(found.st_ino)

    def _replace(self, real: Callable[..., Any], path: str, _source: Any, target: Any) -> None:
        target = os.fspath(target)
        kept = self._keep(target)
        real(path, target)

        def undo() -> None:
            self._real["replace"](target, path)
            if kept is not None:
                self._real["replace"](kept, target)

        self._undo[os.path.dirname(target)].append(undo)

    def _mkdir(self, real: Callable[..., Any], path: str, *arguments: Any, **named: Any) -> None:
        real(*arguments, **named)
        self._undo[os.path.dirname(path)].append(lambda: shutil.rmtree(path, ignore_errors=True))

    def _unlink(self, real: Callable[..., Any], path: str, *arguments: Any, **named: Any) -> None:
        kept = self._keep(path)
        real(*arguments, **named)
        if kept is not None:
            undo = lambda: self._real["replace"](kept, path)  # noqa: E731
            self._undo[os.path.dirname(path)].append(undo)

    def _keep(self, path: str) -> str | None:
        """Keep a second name of a file that is about to lose its only one."""
        if not os.path.exists(path):
            return None
        kept = str(self._attic / str(self.operations))
        os.link(path, kept)
        return kept

    # --- the end -----------------------------------------------------------------------------

    def _lose_power(self) -> None:
        for name, real in self._real.items():
            setattr(os, name, real)
        for path in Path(self._folder).rglob("*"):
            found = path.stat()
            if stat.S_ISREG(found.st_mode) and found.st_ino not in self._safe:
                os.truncate(path, self._lot.choice((0, self._lot.randint(0, found.st_size))))
        for undone in self._undo.values():
            # names come back in the order in which they were changed: the last first
            for undo in undone[::-1][: self._lot.randint(0, len(undone))]:
                if self._still(undone):
                    undo()
        os.kill(os.getpid(), signal.SIGKILL)

    def _still(self, undone: list[Callable[[], None]]) -> bool:
        """Tell whether the folder of these changes was not itself lost with one above it."""
        return any(kept is undone and os.path.isdir(path) for path, kept in self._undo.items())
