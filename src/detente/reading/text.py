"""Bytes to characters, and plain text files."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import ftfy
from ftfy.badness import is_bad

from detente.errors import UnreadableError
from detente.lexicon.segments import load_segment_cues
from detente.reading.drafts import Draft, clean
from detente.reading.files import Source, whole
from detente.reading.pieces import Piece

__all__ = ["decode", "read_text", "utf_8_of"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r\f\v\x1b")))
# Text has no control characters but those of layout; a rare stray one comes from broken exports.
_MOST_CONTROLS = 0.005
_BINARY_STARTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"{\\rtf",
)
_LOOKED_AT = 65_536


def decode(data: bytes, where: str, *, declared: str | None = None) -> str:
    r"""Return the characters of a text, its line ends made ``\n`` and nothing else changed.

    UTF-8 is tried first, then the declared encoding, then Windows-1252; text that shows the marks
    of a wrong encoding made earlier ("ErdoÄŸan") is repaired by ftfy.

    Args:
        data: the bytes.
        where: the path, for the error.
        declared: the encoding that the format declares.

    Raises:
        UnreadableError: if the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return clean(data[len(mark) :].decode(encoding, "replace"))
    start = data[:_LOOKED_AT]
    controls = len(start) - len(start.translate(None, _CONTROLS))
    if start.startswith(_BINARY_STARTS) or controls > max(2, _MOST_CONTROLS * len(start)):
        raise UnreadableError(where, "not text: it holds binary data")
    text = _decoded(data, declared)
    if is_bad(text):
        text = ftfy.fix_encoding(text)
    return clean(text)


def utf_8_of(data: bytes) -> bytes:
    """Return bytes that a byte order mark opens as UTF-8 without one, and others as they are."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").encode("utf-8", "replace")
    return data


def _decoded(data: bytes, declared: str | None) -> str:
    for encoding in ("utf-8", declared):
        if encoding and re.fullmatch(r"[\w.:-]{1,40}", encoding):
            try:
                return data.decode(encoding)
            except (UnicodeError, LookupError, ValueError):
                continue
    return data.decode("cp1252", "replace")


def read_text(source: Source) -> Iterator[Piece]:
    """Read one plain text file as one document.

    Header lines ("Outlet: ...", "Published: ...") that open the file and end with a blank line fill
    the document's fields, and stay in its text.
    """
    return whole(source, _drafts)


def _drafts(piece: Piece) -> Iterator[Draft]:
    text = decode(piece.data, piece.where)
    stated: dict[str, str] = {}
    for header in load_segment_cues().headers(text):
        stated.setdefault(header.field, header.value)
    outlet = stated.get("outlet")
    yield Draft(
        where=piece.where,
        text=text,
        outlets=tuple(name.strip() for name in outlet.split(";")) if outlet else (),
        url=stated.get("url"),
        title=stated.get("title"),
        author=stated.get("author"),
        published=stated.get("published"),
    )
