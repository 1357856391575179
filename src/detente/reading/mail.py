"""Mail: messages in files of their own (.eml) and in mailboxes (.mbox)."""

from __future__ import annotations

import email.errors
import email.policy
import email.utils
import json
import re
from collections import Counter
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from functools import partial
from typing import Any, NamedTuple

from detente.errors import UnreadableError
from detente.lexicon.outlets import load_outlets
from detente.model import Collected, Segment
from detente.reading.drafts import Draft, Problem, Severity, clean, counted
from detente.reading.files import Source, lines, whole
from detente.reading.html import fragment_zones
from detente.reading.limits import DEEPEST_MAIL, LARGEST_DOCUMENT, LARGEST_IN_WORDS
from detente.reading.pieces import Piece
from detente.reading.text import decode

__all__ = ["read_mailbox", "read_message"]

_LONGEST_FIELD = 500
_TEXT_KINDS = ("text/plain", "text/html")
# In a mailbox a line of the text that begins with "From " has a mark before it.
_QUOTED_FROM = re.compile(r"^>(>*From )", re.MULTILINE)


def read_message(source: Source) -> Iterator[Piece | Problem]:
    """Read one message as one document, whose key is its Message-ID and whose title its subject."""
    attached: Counter[str] = Counter()
    yield from whole(source, partial(_drafts, attached=attached))
    yield from _left_out(source, attached)


def read_mailbox(source: Source) -> Iterator[Piece | Problem]:
    """Read the messages of a mailbox; one begins at each line "From " after a blank line."""
    attached: Counter[str] = Counter()
    data = bytearray()
    start = 0
    blank = True
    too_large = False
    for _, offset, line in lines(source):
        if line is not None and blank and line.startswith(b"From "):
            yield from _message(source.where, start, data, too_large, attached)
            data, start, too_large = bytearray(), offset, False
        blank = line is not None and not line.strip()
        too_large = too_large or line is None or len(data) + len(line) > LARGEST_DOCUMENT
        if not too_large and line is not None:
            data += line
    yield from _message(source.where, start, data, too_large, attached)
    yield from _left_out(source, attached)


def _message(
    file: str, offset: int, data: bytearray, too_large: bool, attached: Counter[str]
) -> Iterator[Piece | Problem]:
    """Yield one message of a mailbox, or that it is too large."""
    where = f"{file}@{offset}"
    if too_large:
        yield Problem(where, f"a message larger than {LARGEST_IN_WORDS}")
    elif data.strip():
        yield Piece(
            where=where,
            data=bytes(data),
            collected=Collected(file=file, offset=offset),
            make=partial(_drafts, attached=attached, in_mailbox=True),
        )


def _left_out(source: Source, attached: Counter[str]) -> Iterator[Problem]:
    if attached:
        total = attached.total()
        reason = f"{total} attachment{'s' * (total > 1)} not read ({counted(attached)})"
        yield Problem(source.where, reason, Severity.NOTED)


def _drafts(piece: Piece, *, attached: Counter[str], in_mailbox: bool = False) -> Iterator[Draft]:
    """Yield the draft of a message.

    Raises:
        UnreadableError: if it is no message, or exceeds a limit.
    """
    data = piece.data
    if in_mailbox and data.startswith(b"From "):
        data = data.partition(b"\n")[2]
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    if not any(message.get(name) for name in ("From", "Subject", "Date", "Message-ID")):
        raise UnreadableError(
            piece.where, "no message: it has no From, Subject, Date or Message-ID"
        )
    parts, files = _parts(message, piece.where)
    attached.update(files)
    title = _field(message, "Subject")
    text = ""
    segments: tuple[Segment, ...] = ()
    if parts and parts[0].kind == "text/html":
        zones = fragment_zones(parts[0].words, piece.where, title=title)
        text, segments = zones.text, zones.segments
    else:
        text = "\n\n".join(one.words.strip("\n") for one in parts if one.kind == "text/plain")
        if in_mailbox:
            text = _QUOTED_FROM.sub(r"\1", text)
    author, outlet = _sender(message)
    yield Draft(
        where=piece.where,
        text=text,
        id=(_field(message, "Message-ID") or "").strip("<> ") or None,
        outlets=(outlet,) if outlet else (),
        title=title,
        author=author,
        published=_day(_field(message, "Date")),
        segments=segments,
        extra=json.dumps({"attachments": len(files)}) if files else None,
    )


class _Part(NamedTuple):
    """A part of a message that is text: its type, and its words."""

    kind: str
    words: str


def _parts(message: Message, where: str) -> tuple[list[_Part], list[str]]:
    """Return the text of a message, part by part, and the types of its attachments.

    Of alternatives the plain text counts, else the HTML; the parts of anything else follow one
    another, and a forwarded message is a part. Parts without a word are left out.
    """
    texts: list[_Part] = []
    files: list[str] = []
    waiting: list[tuple[Any, int]] = [(message, 1)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST_MAIL:
            raise UnreadableError(where, f"more than {DEEPEST_MAIL} parts in each other")
        inner = part.get_payload()
        kind = part.get_content_type()
        if isinstance(inner, list):
            chosen = _alternatives(inner) if kind == "multipart/alternative" else inner
            waiting += [(one, depth + 1) for one in reversed(chosen)]
            continue
        is_file = part.get_content_disposition() == "attachment"
        words = None if is_file or kind not in _TEXT_KINDS else _words(part, where)
        if words is None:
            files.append(kind)
        elif words.strip():
            texts.append(_Part(kind, words))
    return texts, files


def _alternatives(parts: list[Any]) -> list[Any]:
    """Return the one of several forms of a text that is read."""
    for kinds in (("text/plain",), ("text/html", "multipart/related", "multipart/mixed")):
        for part in parts:
            if part.get_content_type() in kinds and (part.is_multipart() or part.get_payload()):
                return [part]
    return parts[:1]


def _words(part: Message, where: str) -> str | None:
    """Return the characters of a part, or None where its bytes are not text."""
    content = part.get_payload(decode=True)
    try:
        charset = part.get_content_charset()
        return decode(content if isinstance(content, bytes) else b"", where, declared=charset)
    except UnreadableError:
        return None


def _field(message: Message, name: str) -> str | None:
    """Return a field of the header in characters, in one line; None where there is none."""
    raw = str(message.get(name) or "")[: 4 * _LONGEST_FIELD]
    try:
        pieces = decode_header(raw)
        words = "".join(
            piece if isinstance(piece, str) else piece.decode(charset or "utf-8", "replace")
            for piece, charset in pieces
        )
    except (ValueError, LookupError, email.errors.HeaderParseError):
        words = raw  # shown as it stands: what is broken is not guessed
    return clean(" ".join(words.split()))[:_LONGEST_FIELD] or None


def _sender(message: Message) -> tuple[str | None, str | None]:
    """Return who wrote a message, or, where the sender is an outlet that is known, that outlet."""
    name, address = email.utils.parseaddr(_field(message, "From") or "")
    shown = name or address or None
    host = address.rpartition("@")[2]
    known = load_outlets().find(name) if name else None
    if known is None and host and (by_host := load_outlets().find(host)) is not None:
        return shown, by_host.name
    return (None, shown) if known else (shown, None)


def _day(stated: str | None) -> str | None:
    """Return the day of a date as its header words it; the words where they cannot be read."""
    try:
        moment = email.utils.parsedate_to_datetime(stated) if stated else None
    except (ValueError, TypeError, OverflowError, IndexError):
        moment = None
    return moment.date().isoformat() if moment else stated
