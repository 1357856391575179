"""Which files to read, and their bytes, within the limits on size."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from detente.errors import UnreadableError
from detente.model import Collected
from detente.reading.drafts import Draft, Problem
from detente.reading.limits import (
    LARGEST_DOCUMENT,
    LARGEST_IN_WORDS,
    MOST_SHRUNK,
    shrunk_too_much,
)
from detente.reading.pieces import Piece

__all__ = ["Source", "lines", "suffix_of", "walk", "whole"]

_CHUNK = 1024 * 1024

_DOCUMENTATION = ("readme", "license", "licence", "copying", "notice", "changelog")


@dataclass(frozen=True, slots=True)
class Source:
    """An open input.

    Attributes:
        where: its path as given, with "/" between folders.
        stream: its bytes; already unpacked, but for a reader that unpacks by itself.
    """

    where: str
    stream: IO[bytes]


class _Guarded(io.RawIOBase):
    """A decompressed stream that stops where it grows out of proportion to its file."""

    def __init__(self, inner: IO[bytes], where: str, compressed_size: int) -> None:
        self._inner = inner
        self._where = where
        self._packed = compressed_size
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(min(len(buffer), _CHUNK))
        self._given += len(data)
        if shrunk_too_much(self._given, self._packed):
            raise UnreadableError(
                self._where, f"unpacks to more than {MOST_SHRUNK} times its size; not read further"
            )
        buffer[: len(data)] = data
        return len(data)


def suffix_of(name: str) -> str:
    """Return the lower-case suffix that tells the format, without that of the compression."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix


def open_source(path: Path, where: str, *, unpack: bool = True) -> Source:
    """Open a file for reading.

    Args:
        path: the file.
        where: its path as given.
        unpack: whether to decompress it where its name ends in ``.gz``.

    Raises:
        UnreadableError: if it is no regular file or cannot be opened.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(where, "not a regular file")
        if unpack and path.suffix.lower() == ".gz":
            guarded = _Guarded(cast("IO[bytes]", gzip.open(path, "rb")), where, status.st_size)  # noqa: SIM115
            return Source(where, io.BufferedReader(guarded, _CHUNK))
        return Source(where, path.open("rb"))
    except (OSError, ValueError) as error:
        raise UnreadableError(where, reason_of(error)) from error


def reason_of(error: Exception) -> str:
    """Return what an error of the operating system or of a decompressor says, in one line."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"cannot be read: {' '.join(str(error).split())[:200]}"


def whole(source: Source, make: Callable[[Piece], Iterator[Draft | Problem]]) -> Iterator[Piece]:
    """Yield the file as one piece.

    Args:
        source: the file.
        make: from the piece to its drafts.

    Raises:
        UnreadableError: if there are more than LARGEST_DOCUMENT, or they cannot be read.
    """
    try:
        data = source.stream.read(LARGEST_DOCUMENT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(source.where, reason_of(error)) from error
    if len(data) > LARGEST_DOCUMENT:
        raise UnreadableError(
            source.where, f"larger than {LARGEST_IN_WORDS}, too large for a document"
        )
    yield Piece(where=source.where, data=data, collected=Collected(file=source.where), make=make)


def lines(source: Source) -> Iterator[tuple[int, int, bytes | None]]:
    """Yield each line's number, its first byte and its bytes; None for those of a too long one.

    Raises:
        UnreadableError: if the bytes cannot be read on.
    """
    number = offset = 0
    try:
        while line := source.stream.readline(LARGEST_DOCUMENT + 1):
            number += 1
            start, offset = offset, offset + len(line)
            if len(line) <= LARGEST_DOCUMENT:
                yield number, start, line
                continue
            while line and not line.endswith(b"\n"):
                line = source.stream.readline(_CHUNK)
                offset += len(line)
            yield number, start, None
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(f"{source.where}:{number + 1}", reason_of(error)) from error


def walk(folder: Path) -> tuple[list[Path], list[OSError]]:
    """Return the files below a folder in the order of their relative paths, hidden ones left out.

    Args:
        folder: the folder; links to other folders are not followed.

    Returns:
        The files, and the errors about folders that cannot be listed.
    """
    found: list[Path] = []
    errors: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in names if not name.startswith(".")]
    return sorted(found, key=lambda path: path.relative_to(folder).parts), errors


def is_documentation(path: Path) -> bool:
    """Tell whether a file is about its folder (README, LICENSE) rather than reporting."""
    return path.name.lower().split(".")[0] in _DOCUMENTATION and path.suffix.lower() in (
        "",
        ".md",
        ".txt",
        ".html",
    )
