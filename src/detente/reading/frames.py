"""The records of a WARC as bytes, with their offsets, around whatever is damaged between them.

fastwarc reads records but ends at the first byte that is out of place. So the file is cut here, by
gzip members and by the lengths that records state, and each record is then read by itself. One
whose member fails its checksum, or whose length does not lead to the next record, is reported, and
the search goes on for the next that is whole.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol

from detente.reading.drafts import Problem
from detente.reading.files import Source
from detente.reading.limits import (
    LARGEST_DOCUMENT,
    LARGEST_IN_WORDS,
    MOST_SHRUNK,
    shrunk_too_much,
)

__all__ = ["Frame", "frames"]

_MAGIC = b"\x1f\x8b\x08"
_START = re.compile(rb"WARC/\d\.\d[ \t]*+\r?\n")
_NEXT = re.compile(rb"\n(WARC/\d\.\d[ \t]*+\r?\n)")
_HEAD_END = re.compile(rb"\n\r?\n")
_LENGTH = re.compile(rb"\ncontent-length[ \t]*+:[ \t]*+(\d{1,18})[ \t]*+\r?\n", re.IGNORECASE)
_PAGE = re.compile(rb"text/(?:html|plain)|application/xhtml", re.IGNORECASE)
_LONGEST_HEAD = 64 * 1024
_CHUNK = 64 * 1024
_PROBED = 512
_GZIP = 31  # zlib's number for the format with header and checksum
# After a block two line ends stand; some writers put more, or fewer.
_AFTER = 64
_BLANK = b"\r\n"
_MARK = b"\r\n\r\n"
_DAMAGED = "damaged record: "
_CUT = "it is cut off"
_WRONG_LENGTH = "its length is not where the next record begins"


@dataclass(frozen=True, slots=True)
class Frame:
    """One record.

    Attributes:
        offset: its first byte in the file; of a compressed one, the first byte of its gzip member,
            plus its place in what that unpacks to.
        head: its WARC header.
        block: what follows the header, as many bytes as it states.
    """

    offset: int
    head: bytes
    block: bytes


class _Bytes(Protocol):
    """What bytes are read from, once, forward."""

    def read(self, size: int, /) -> bytes: ...


class _Member:
    """One gzip member of a file, unpacked as it is read."""

    def __init__(self, stream: IO[bytes], offset: int) -> None:
        stream.seek(offset)
        self._stream = stream
        self._unpack = zlib.decompressobj(_GZIP)
        self._packed = self._given = 0

    def read(self, size: int, /) -> bytes:
        """Return up to so many bytes; none at the end of the member.

        Raises:
            zlib.error: when it is damaged or cut off.
        """
        while not self._unpack.eof:
            feed = self._unpack.unconsumed_tail
            if not feed:
                feed = self._stream.read(_CHUNK)
                self._packed += len(feed)
                if not feed:
                    raise zlib.error("cut off")
            if data := self._unpack.decompress(feed, size):
                self._given += len(data)
                if shrunk_too_much(self._given, self._packed):
                    raise zlib.error(f"unpacks to more than {MOST_SHRUNK} times its size")
                return data
        return b""

    @property
    def end(self) -> int:
        """The byte of the file after the member, once it is read to its end."""
        return self._stream.tell() - len(self._unpack.unused_data)


class _Tape:
    """Bytes with a window on them that can be made as wide as is needed."""

    def __init__(self, source: _Bytes) -> None:
        self.source = source
        self.window = bytearray()
        self.start = 0

    def fill(self, size: int) -> bool:
        """Widen the window to so many bytes; tell whether there are as many."""
        while len(self.window) < size:
            data = self.source.read(max(_CHUNK, size - len(self.window)))
            if not data:
                return False
            self.window += data
        return True

    def drop(self, size: int) -> bool:
        """Move on by so many bytes, which may lie beyond the window; tell if there are as many."""
        while size > len(self.window):
            self.start += len(self.window)
            size -= len(self.window)
            self.window.clear()
            if not self.fill(1):
                return size == 0
        del self.window[:size]
        self.start += size
        return True

    def drop_blank(self) -> None:
        """Move on to the next byte that is no line end."""
        while self.fill(1):
            blank = len(self.window) - len(self.window.lstrip(_BLANK))
            if not blank:
                return
            self.drop(blank)


def frames(source: Source) -> Iterator[Frame | Problem]:
    """Yield the records of a WARC file, compressed or not, and what is damaged in it.

    Args:
        source: the file, not unpacked; its stream can be searched.
    """
    start = source.stream.read(len(_MAGIC))
    if start != _MAGIC:
        source.stream.seek(0)
        yield from _records(_Tape(source.stream), source, 0)
        return
    offset: int | None = 0
    while offset is not None:
        member = _Member(source.stream, offset)
        waiting: list[Problem] = []  # until it is known that the member is whole
        try:
            for found in _records(_Tape(member), source, offset):
                yield from waiting
                waiting = [found] if isinstance(found, Problem) else []
                if isinstance(found, Frame):
                    yield found
            following = member.end
        except zlib.error as error:
            reason = str(error).rpartition(": ")[2]
            yield Problem(_place(source, offset), f"damaged gzip member: {reason}")
            offset = _next_member(source.stream, offset + 1)
            continue
        yield from waiting
        source.stream.seek(following)
        after = source.stream.read(len(_MAGIC))
        offset = following
        if after != _MAGIC:
            offset = None
            if after:
                yield Problem(_place(source, following), "bytes that are no gzip member")
                offset = _next_member(source.stream, following)


def _place(source: Source, offset: int) -> str:
    return f"{source.where}@{offset}"


def _next_member(stream: IO[bytes], offset: int) -> int | None:
    """Return the first byte, from an offset on, of a member in which a record begins; or None."""
    stream.seek(offset)
    tape = _Tape(stream)
    while True:
        found = tape.window.find(_MAGIC)
        if found < 0:
            tape.drop(max(0, len(tape.window) - len(_MAGIC) + 1))
            if not tape.fill(len(tape.window) + 1):
                return None
            continue
        at = offset + tape.start + found
        before = stream.tell()
        if _begins_record(stream, at):
            return at
        stream.seek(before)
        tape.drop(found + 1)


def _begins_record(stream: IO[bytes], at: int) -> bool:
    """Tell whether what unpacks from a byte on begins like a record."""
    stream.seek(at)
    try:
        start = zlib.decompressobj(_GZIP).decompress(stream.read(_PROBED), _PROBED)
    except zlib.error:
        return False
    return _START.match(start) is not None


def _records(tape: _Tape, source: Source, base: int) -> Iterator[Frame | Problem]:
    """Yield the records on a tape.

    Args:
        tape: the tape, at its start.
        source: the file that it is of.
        base: where it begins in the file.
    """
    while True:
        tape.drop_blank()
        if not tape.window:
            return
        offset = base + tape.start
        tape.fill(_LONGEST_HEAD)
        head, size, reason = _head(tape.window)
        if reason is None and head + size <= LARGEST_DOCUMENT:
            reason = _fault(tape, head + size)
            if reason is None:
                record = bytes(tape.window[: head + size])
                tape.drop(head + size)
                yield Frame(offset, record[:head], record[head:])
                continue
        elif reason is None:
            reason = _fault_of_large(tape, source.stream, offset + head + size)
            if reason is None:
                if _PAGE.search(tape.window, 0, _LONGEST_HEAD):
                    reason = f"a page larger than {LARGEST_IN_WORDS}"
                    yield Problem(_place(source, offset), reason)
                if not tape.drop(head + size):
                    yield Problem(_place(source, offset), _DAMAGED + _CUT)
                continue
        yield Problem(_place(source, offset), _DAMAGED + reason)
        _search(tape)


def _head(window: bytearray) -> tuple[int, int, str | None]:
    """Return the sizes of a record's header and block, or why they cannot be told."""
    if not _START.match(window):
        return 0, 0, "no record begins here"
    end = _HEAD_END.search(window, 0, _LONGEST_HEAD)
    if end is None:
        return 0, 0, "its header has no end"
    length = _LENGTH.search(window, 0, end.end())
    if length is None:
        return end.end(), 0, "it states no length"
    return end.end(), int(length[1]), None


def _fault(tape: _Tape, size: int) -> str | None:
    """Return what is wrong with the length of a record, or None.

    The bytes behind it are read, too, so that a member that ends there has its checksum compared.
    """
    tape.fill(size + _AFTER)
    if len(tape.window) < size:
        return _CUT
    return _fault_after(tape.window[size : size + _AFTER])


def _fault_after(after: bytes | bytearray) -> str | None:
    """Return what is wrong with the bytes behind a record: nothing, its end mark or the next."""
    following = after.lstrip(_BLANK)
    if after.startswith(_MARK) or not following or following.startswith(b"WARC/"[: len(following)]):
        return None
    return _WRONG_LENGTH


def _fault_of_large(tape: _Tape, stream: IO[bytes], end: int) -> str | None:
    """The same for a record too large to be held; what is compressed cannot be looked at ahead."""
    if tape.source is not stream:
        return None
    here = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(min(end, size))
    after = stream.read(_AFTER)
    stream.seek(here)
    return _CUT if end > size else _fault_after(after)


def _search(tape: _Tape) -> None:
    """Move on to the next line that begins a record, or to the end."""
    start = 1
    while True:
        found = _NEXT.search(tape.window, start)
        if found:
            tape.drop(found.start(1))
            return
        tape.drop(max(0, len(tape.window) - _AFTER))
        start = 0
        if not tape.fill(len(tape.window) + 1):
            tape.drop(len(tape.window))
            return
