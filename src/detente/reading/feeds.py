"""Feeds that were saved to disk, RSS and Atom: one document an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser
from feedparser.exceptions import ThingsNobodyCaresAboutButMe

from detente.errors import UnreadableError
from detente.lexicon.days import read_day
from detente.model import Segment
from detente.reading.drafts import Draft, Problem, Severity, clean
from detente.reading.files import Source, whole
from detente.reading.html import fragment_zones
from detente.reading.pieces import Piece
from detente.reading.text import utf_8_of

__all__ = ["read_feed"]

_LONGEST_FIELD = 500
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")
_DECLARATION = re.compile(rb"\s{0,100}<\?xml[^<>]{0,200}\?>")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>|&(?:#\d{1,7}|[A-Za-z]{2,10});")


def read_feed(source: Source) -> Iterator[Piece]:
    """Read the entries of a feed, each a document with what text the feed has of it.

    The key of a document is the id that the feed gives the entry, its URL the entry's link, its
    outlet the feed's title. The raw bytes of each are the whole file.
    """
    return whole(source, _drafts)


def _drafts(piece: Piece) -> Iterator[Draft | Problem]:
    # As a stream: bytes that look like an address or a path, feedparser would fetch or open.
    found = feedparser.parse(
        io.BytesIO(_without_prolog(piece.data)), sanitize_html=False, resolve_relative_uris=False
    )
    if not found.get("version") and not found.entries:
        raise UnreadableError(piece.where, "no feed: neither RSS nor Atom")
    damage = found.get("bozo_exception")
    if damage is not None and not isinstance(damage, ThingsNobodyCaresAboutButMe):
        told = clean(" ".join(str(damage).split()))[:100]
        reason = f"damaged feed, read as far as it can be: {told}"
        yield Problem(piece.where, reason, Severity.NOTED)
    if not found.entries:
        yield Problem(piece.where, "the feed has no entries")
    outlet = _line(found.feed.get("title"))
    for number, entry in enumerate(found.entries, 1):
        where = f"{piece.where}:{number}"
        try:
            yield _draft(entry, where, outlet)
        except UnreadableError as error:
            yield Problem(error.where, error.reason)


def _without_prolog(data: bytes) -> bytes:
    """Return a feed without what stands before its first element, but for its XML declaration.

    There entities could be declared, which feedparser lets grow; and it takes long over a long one.
    Without an element, or in an encoding in which none can be seen, nothing is left.
    """
    unmarked = utf_8_of(data)
    first = _FIRST_ELEMENT.search(unmarked)
    if first is None:
        return b""
    declaration = _DECLARATION.match(unmarked) if unmarked is data else None
    return (declaration[0] if declaration else b"") + unmarked[first.start() :]


def _draft(entry: Any, where: str, outlet: str | None) -> Draft:
    title = _line(entry.get("title"))
    content = _content(entry)
    text = clean(content)
    segments: tuple[Segment, ...] = ()
    if _MARKUP.search(content):
        zones = fragment_zones(content, where, title=title)
        text, segments = zones.text, zones.segments
    published, doubt = _dated(entry)
    source = _line((entry.get("source") or {}).get("title"))
    link = _line(entry.get("link"))
    return Draft(
        where=where,
        text=text or title or "",
        id=_line(entry.get("id")) or link,
        outlets=tuple(name for name in (source or outlet,) if name),
        url=link,
        title=title if text else None,
        author=_line(entry.get("author")),
        published=published,
        doubt=doubt,
        segments=segments,
    )


def _content(entry: Any) -> str:
    """Return the longest text that an entry has: its content, else its summary."""
    found = [str(one.get("value") or "") for one in entry.get("content") or ()]
    found.append(str(entry.get("summary") or ""))
    return max(found, key=len).strip()


def _dated(entry: Any) -> tuple[str | None, str | None]:
    """Return the day of an entry, and why it may not be that of its publication."""
    for name, doubt in (
        ("published", None),
        ("updated", "the feed states only when the entry was changed"),
    ):
        if stated := _line(entry.get(name)):
            parsed = entry.get(f"{name}_parsed")
            if read_day(stated) is None and parsed:
                stated = f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
            return stated, doubt
    return None, None


def _line(value: object) -> str | None:
    return clean(" ".join(str(value or "").split()))[:_LONGEST_FIELD] or None
