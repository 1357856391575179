"""The raw bytes that documents were made of, kept by their SHA-256; nothing is ever taken away.

::

    store/raw/
      bytes/ab/abcd....gz        the bytes with the SHA-256 abcd..., packed by gzip
      kept/DIGEST.parquet        which were taken in when, and where they stood before

The name of a file says what must be in it, so that anybody can check it years later without
detente: ``gunzip -c FILE | sha256sum``. The same bytes from two places are kept once, and both
places noted.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from detente.errors import StoreError
from detente.model import Collected, Kept, digest
from detente.storage.catalog import (
    Store,
    make_folder,
    read_records,
    write_bytes,
    write_records,
)

__all__ = ["RawBytes", "notes_name"]

# Packed a little better than 6 costs three times the time.
_LEVEL = 6


def notes_name(notes: Sequence[Kept]) -> str:
    """Return the name of the file of these notes."""
    return digest("kept", *notes)


class RawBytes:
    """The raw bytes of a store, which must be held for writing while they are added.

    Args:
        store: the store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = store.folder / "raw"
        self._new: list[Kept] = []
        self._noted: set[tuple[str, Collected]] | None = None

    def add(self, data: bytes, collected: Collected) -> None:
        """Keep bytes; the note of where they stood is written by `flush`.

        Args:
            data: the bytes.
            collected: where they stood.

        Raises:
            StoreError: when the disk refuses.
        """
        name = hashlib.sha256(data).hexdigest()
        if self._noted is None:
            self._noted = {(one.digest, one.collected) for one in self.kept()}
        path = self._path(name)
        if not path.exists():
            make_folder(path.parent)
            # without a time, so that the same bytes give the same file
            write_bytes(path, gzip.compress(data, _LEVEL, mtime=0))
        if (name, collected) not in self._noted:
            self._noted.add((name, collected))
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            self._new.append(Kept(digest=name, size=len(data), collected=collected, kept=now))

    def flush(self) -> None:
        """Write down where the bytes stood that were added since the last time.

        Raises:
            StoreError: when the disk refuses.
        """
        if self._new:
            self.write_notes(self._new)
            self._new = []

    def write_notes(self, notes: Sequence[Kept]) -> Path:
        """Write down in one file where bytes stood, and return it.

        Raises:
            StoreError: when the disk refuses.
        """
        path = self._folder / "kept" / f"{notes_name(notes)}.parquet"
        write_records(path, notes, Kept)
        return path

    def note_files(self) -> tuple[Path, ...]:
        """Return the files that tell where bytes stood, sorted."""
        return tuple(sorted((self._folder / "kept").glob("*.parquet")))

    def kept(self, name: str | None = None) -> tuple[Kept, ...]:
        """Return what was noted, of all bytes or of those with one SHA-256; the earliest first.

        Raises:
            StoreError: when a file is damaged.
        """
        among = None if name is None else ("digest", (name,))
        with self._store.reading():
            found = {
                one for path in self.note_files() for one in read_records(path, Kept, among=among)
            }
        return tuple(sorted(found, key=lambda one: (one.kept, one.digest, str(one.collected))))

    def files(self) -> tuple[Path, ...]:
        """Return the files of bytes, sorted; each is named by the SHA-256 of what is in it."""
        return tuple(sorted((self._folder / "bytes").glob("*/*.gz")))

    def get(self, name: str) -> bytes | None:
        """Return the bytes with this SHA-256; None where they are not kept.

        Raises:
            StoreError: when the file is damaged.
        """
        path = self._path(name)
        try:
            data = gzip.decompress(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, EOFError, zlib.error) as error:
            raise StoreError(f"{path}: damaged: {error}") from error
        if hashlib.sha256(data).hexdigest() != name:
            raise StoreError(f"{path}: damaged: its bytes do not have the SHA-256 of its name")
        return data

    def _path(self, name: str) -> Path:
        return self._folder / "bytes" / name[:2] / f"{name}.gz"
