"""WARC files, compressed or not: the pages in them, each with its address and where it stood."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from detente.errors import UnreadableError
from detente.model import Collected
from detente.reading.drafts import Draft, Problem, Severity, clean, counted
from detente.reading.files import Source
from detente.reading.frames import Frame, frames
from detente.reading.html import page_draft
from detente.reading.limits import LARGEST_DOCUMENT, LARGEST_IN_WORDS
from detente.reading.pieces import Piece
from detente.reading.text import decode

__all__ = ["read_warc"]

# What was fetched, what was put there without a server, and the text that somebody made of it.
_KINDS = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FOUND = 200


def read_warc(source: Source) -> Iterator[Piece | Problem]:
    """Read the pages of a WARC, each a document whose key and URL are its address.

    Read are responses with status 200, resources and conversions that are HTML or plain text. How
    many others there were is told in one line at the end; requests and metadata are no input. The
    raw bytes of a document are the block of its record: what the server sent, HTTP header and all.
    """
    others: Counter[str] = Counter()
    for found in frames(source):
        if isinstance(found, Problem):
            yield found
            continue
        where = f"{source.where}@{found.offset}"
        try:
            record = _record(found)
        except (OSError, StopIteration) as error:
            yield Problem(where, f"damaged record: {error or 'it has no header'}")
            continue
        if record.record_type in _KINDS:
            yield _piece(source.where, where, found, record, others)
    if others:
        reason = f"{others.total()} records that are no page ({counted(others)})"
        yield Problem(source.where, reason, Severity.IGNORED)


def _record(frame: Frame) -> Any:
    return next(ArchiveIterator(io.BytesIO(frame.head + frame.block), parse_http=False))


def _piece(file: str, where: str, frame: Frame, record: Any, others: Counter[str]) -> Piece:
    when = record.record_date
    identifier = clean((record.record_id or "").strip("<> "))
    collected = Collected(
        file=file,
        offset=frame.offset,
        record=identifier or None,
        when=when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else None,
    )
    make = partial(_drafts, frame=frame, others=others)
    return Piece(where=where, data=frame.block, collected=collected, make=make)


def _drafts(piece: Piece, *, frame: Frame, others: Counter[str]) -> Iterator[Draft]:
    """Yield the draft of a page; count what is none.

    Raises:
        UnreadableError: if the record is damaged, too large or no text.
    """
    record = _record(frame)
    if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest():
        raise UnreadableError(piece.where, "damaged record: its digest is not that of its bytes")
    kind, charset, status = _described(record)
    if status != _FOUND:
        others[f"status {status}"] += 1
        return
    if kind not in _PAGES and kind != "text/plain":
        others[kind or "unknown type"] += 1
        return
    body = _body(record, piece.where)
    if kind in _PAGES:
        draft = page_draft(body, piece.where, charset=charset)
    else:
        draft = Draft(where=piece.where, text=decode(body, piece.where, declared=charset))
    url = clean((record.headers.get("WARC-Target-URI") or "").strip("<> ")) or None
    yield replace(draft, id=url, url=url)


def _described(record: Any) -> tuple[str, str | None, int | None]:
    """Return the type of a record's content, its encoding and the status of the response.

    What came without HTTP was found; a response whose header cannot be read has no status.
    """
    if record.record_type is not WarcRecordType.response and not record.is_http:
        kind, _, _parameters = (record.headers.get("Content-Type") or "").partition(";")
        return kind.strip().lower(), None, _FOUND
    record.parse_http(auto_decode="all")
    status = record.http_headers.status_code if record.http_headers else None
    return (record.http_content_type or "").lower(), record.http_charset, status


def _body(record: Any, where: str) -> bytes:
    try:
        body: bytes = record.reader.read(LARGEST_DOCUMENT + 1)
    except OSError as error:
        raise UnreadableError(where, f"damaged record: {error}") from error
    if len(body) > LARGEST_DOCUMENT:
        raise UnreadableError(where, f"larger than {LARGEST_IN_WORDS}, too large for a document")
    return body
