"""Bytes to Documents: files and folders in, documents and problems out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detente.errors import DetenteError, UnreadableError
from detente.model import Document
from detente.reading.drafts import Defaults, Problem, Severity, clean, counted
from detente.reading.feeds import read_feed
from detente.reading.files import Source, is_documentation, open_source, reason_of, suffix_of, walk
from detente.reading.html import read_html
from detente.reading.mail import read_mailbox, read_message
from detente.reading.pieces import Piece, documents_of
from detente.reading.records import read_csv, read_json, read_json_lines
from detente.reading.text import read_text
from detente.reading.warc import read_warc

__all__ = ["READERS", "Piece", "Problem", "Reader", "Severity", "read"]


@dataclass(frozen=True, slots=True)
class Reader:
    """One format.

    Attributes:
        suffixes: the ends of its files' names; ``.gz`` may follow.
        read: from an open source to its pieces, and problems of its own.
        unpacks: whether it unpacks ``.gz`` by itself.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Source], Iterator[Piece | Problem]]
    unpacks: bool = False


READERS = (
    Reader((".txt", ".md", ".text"), read_text),
    Reader((".html", ".htm", ".xhtml"), read_html),
    Reader((".jsonl", ".ndjson"), read_json_lines),
    Reader((".json",), read_json),
    Reader((".csv",), read_csv),
    Reader((".warc",), read_warc, unpacks=True),
    Reader((".mbox", ".mbx"), read_mailbox),
    Reader((".eml",), read_message),
    Reader((".rss", ".atom", ".rdf", ".xml"), read_feed),
)
_READER_OF = {suffix: reader for reader in READERS for suffix in reader.suffixes}


def read(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    outlet: str | None = None,
    today: date | None = None,
    keep: Callable[[Piece], None] | None = None,
) -> Iterator[Document | Problem]:
    """Read files and folders, in the order given; a folder's files in the order of their names.

    Bad input is yielded as a problem and never raised; what comes after it is still read.

    Args:
        paths: files (text, HTML, JSON, JSON lines, CSV, WARC, mail, feeds, each also ``.gz``) and
            folders of them.
        published: the day of publication of documents that state none.
        outlet: the outlet of documents that state none.
        today: documents dated later than a day after it lose their date; default the current day.
        keep: called with the raw bytes of each piece of input before its first document is yielded.

    Yields:
        The documents and the problems, in the order of the input.
    """
    defaults = Defaults(today=today or date.today(), published=published, outlet=outlet)
    for given in paths:
        path = Path(given)
        where = _name(path)
        try:
            is_folder = path.is_dir()
        except (OSError, ValueError) as error:
            yield Problem(where, reason_of(error))
            continue
        if is_folder:
            yield from _read_folder(path, defaults, keep)
        elif suffix_of(path.name) in _READER_OF:
            yield from _read_file(path, defaults, keep)
        else:
            known = " ".join(_READER_OF)
            exists = path.exists()
            reason = f"unknown format; use one of {known}" if exists else "no such file or folder"
            yield Problem(where, reason)


def _read_folder(
    folder: Path, defaults: Defaults, keep: Callable[[Piece], None] | None
) -> Iterator[Document | Problem]:
    """Read the files of a folder whose format is known; report the others in one line."""
    unknown: Counter[str] = Counter()
    found = False
    paths, errors = walk(folder)
    for error in errors:
        yield Problem(_name(Path(error.filename or folder)), reason_of(error))
    for path in paths:
        if is_documentation(path):
            yield Problem(_name(path), "about its folder, not reporting", Severity.IGNORED)
        elif suffix_of(path.name) in _READER_OF:
            found = True
            yield from _read_file(path, defaults, keep)
        else:
            unknown[suffix_of(path.name) or "no suffix"] += 1
    if unknown:
        total = unknown.total()
        yield Problem(
            _name(folder), f"{total} file{'s' * (total > 1)} of unknown format ({counted(unknown)})"
        )
    elif not found and not errors:
        yield Problem(_name(folder), "the folder holds no file to read")


def _read_file(
    path: Path, defaults: Defaults, keep: Callable[[Piece], None] | None
) -> Iterator[Document | Problem]:
    where = _name(path)
    reader = _READER_OF[suffix_of(path.name)]
    silent = True
    try:
        source = open_source(path, where, unpack=not reader.unpacks)
        with source.stream:
            for found in reader.read(source):
                silent = False
                if isinstance(found, Piece):
                    yield from _kept(found, defaults, keep)
                else:
                    yield found
        if silent:
            yield Problem(where, "the file holds no document")
    except UnreadableError as error:
        yield Problem(error.where, error.reason)
    except DetenteError:  # of what keeps the bytes, not of the file
        raise
    # What a stranger's file does to a parser is not ours to foresee; the run goes on without it.
    except Exception as error:
        yield Problem(where, f"cannot be read: {type(error).__name__}: {str(error)[:200]}")


def _kept(
    piece: Piece, defaults: Defaults, keep: Callable[[Piece], None] | None
) -> Iterator[Document | Problem]:
    """Yield what a piece gives, its bytes handed over to be kept before its first document."""
    for found in documents_of(piece, defaults):
        if keep is not None and isinstance(found, Document):
            keep(piece)
            keep = None
        yield found


def _name(path: Path) -> str:
    """Return a path as given, with "/" between folders, in characters that can be stored."""
    return clean(path.as_posix())
