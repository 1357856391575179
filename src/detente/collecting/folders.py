"""A watched folder: which files are new or have changed since the last round."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from detente.collecting.memory import Memory

__all__ = ["changed_files", "state_of"]

# A file that changed so shortly ago may still be written.
_SETTLED = 2.0


def changed_files(
    folder: Path, memory: Memory, now: float, *, apart: Path | None = None
) -> tuple[list[Path], int]:
    """Return the files below a folder that are new or changed, in order, and how many must wait.

    Hidden files and folders are left out; links to folders are not followed.

    Args:
        folder: the folder.
        memory: what was taken before.
        now: seconds since 1970.
        apart: a folder that is left out, wherever it lies.

    Raises:
        OSError: when the folder itself cannot be listed.
    """
    with os.scandir(folder):  # a folder that is gone is an error, not an empty one
        pass
    found: list[Path] = []
    unsettled = 0
    listed = list(_files(folder, apart.resolve() if apart else None))
    present = {str(path) for path in listed}
    for gone in [one for one in memory.files if folder in Path(one).parents and one not in present]:
        del memory.files[gone]
    for path in listed:
        state, changed = state_of(path)
        if not state or memory.files.get(str(path)) == state:
            continue
        if 0 <= now - changed < _SETTLED:
            unsettled += 1
        else:
            found.append(path)
    return found, unsettled


def _files(folder: Path, apart: Path | None) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        if apart is not None and Path(parent).resolve() == apart:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def state_of(path: Path) -> tuple[str, float]:
    """Return size and time of the last change of a file in one word, and that time in seconds.

    "" and 0 where it is gone.
    """
    try:
        status = path.stat()
    except OSError:
        return "", 0.0
    return f"{status.st_size}-{status.st_mtime_ns}", status.st_mtime
