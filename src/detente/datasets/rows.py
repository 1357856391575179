"""Rows of event data files: plain, gzipped or zipped, line by line, whatever they hold."""

from __future__ import annotations

import csv
import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from detente.model import CodedEvent, Notice

__all__ = ["LONGEST_LINE", "bad", "each", "lines", "table"]

R = TypeVar("R")

# Bytes; the longest real row seen (a GDELT row with its address) has a few thousand.
LONGEST_LINE = 1_000_000


def bad(where: str, reason: str) -> Notice:
    """Return what is reported of a row that was skipped."""
    return Notice(where=where, reason=reason, skipped=True)


def each(
    rows: Iterable[tuple[str, R] | Notice], make: Callable[[R], Iterable[CodedEvent]]
) -> Iterator[CodedEvent | Notice]:
    """Yield the events of rows; of what cannot be made into one, a notice that says why.

    Args:
        rows: each with its place, or what was wrong with it.
        make: row to events; raises ValueError with one line for what is no event.
    """
    for found in rows:
        if isinstance(found, Notice):
            yield found
            continue
        where, row = found
        try:
            yield from make(row)
        except (ValueError, RecursionError) as error:
            yield bad(where, str(error) or "nested too deeply")


def lines(path: Path) -> Iterator[tuple[str, str] | Notice]:
    """Yield each line of a file with its place ("file:12"), without its end.

    Bytes that are no UTF-8 are read as replacement characters. A line longer than LONGEST_LINE,
    a file that cannot be read and one that ends in the middle are noticed; the lines before stay.
    """
    number = 0
    try:
        with _opened(path) as file:
            while raw := file.readline(LONGEST_LINE + 1):
                number += 1
                where = f"{path}:{number}"
                if len(raw) > LONGEST_LINE:
                    while raw and not raw.endswith(b"\n"):
                        raw = file.readline(LONGEST_LINE)
                    yield bad(where, f"line of over {LONGEST_LINE} bytes; not event data")
                elif b"\0" in raw:
                    yield bad(where, "holds NUL bytes; not text")
                else:
                    text = raw.decode("utf-8", "replace").rstrip("\r\n")
                    yield where, text.removeprefix("\ufeff") if number == 1 else text
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield bad(f"{path}:{number + 1}" if number else str(path), f"cannot be read: {reason}")


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start[:2] == b"\x1f\x8b":
            with gzip.open(file) as unpacked:
                yield cast(BinaryIO, unpacked)
        elif start == b"PK\x03\x04":
            with zipfile.ZipFile(file) as archive:
                members = [one for one in archive.infolist() if not one.is_dir()]
                if len(members) != 1:
                    raise OSError(0, f"zip of {len(members)} files; unpack it and name them")
                with archive.open(members[0]) as unpacked:
                    yield cast(BinaryIO, unpacked)
        else:
            yield file


def table(
    path: Path, needed: Sequence[str], *, whose: str
) -> Iterator[tuple[str, dict[str, str]] | Notice]:
    """Yield the rows of a table with a header line, by column name.

    Args:
        path: the file; tabs or commas part its columns, whichever the header has more of.
        needed: columns without which it is not the format.
        whose: the name of the format, for people.
    """
    header: list[str] = []
    delimiter = "\t"
    for found in lines(path):
        if isinstance(found, Notice):
            yield found
            continue
        where, text = found
        if not header:
            delimiter = "\t" if text.count("\t") >= text.count(",") else ","
            header = [name.strip() for name in _split(text, delimiter)]
            missing = [name for name in needed if name not in header]
            if missing:
                yield bad(where, f"no {whose} file: its header has no column {missing[0]!r}")
                return
            continue
        if not text.strip():
            continue
        cells = _split(text, delimiter)
        if len(cells) != len(header):
            yield bad(where, f"{len(cells)} columns where the header has {len(header)}")
            continue
        yield where, dict(zip(header, cells, strict=True))


def _split(text: str, delimiter: str) -> list[str]:
    if '"' not in text:
        return text.split(delimiter)
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return text.split(delimiter)
