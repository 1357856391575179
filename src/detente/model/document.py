"""Documents and the characters in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from detente.model.digests import digest

__all__ = [
    "Collected",
    "Document",
    "Kept",
    "Notice",
    "Segment",
    "SegmentKind",
    "Span",
    "document_id",
    "web_address",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters ``start <= i < end`` of one document's text, and how they read.

    Offsets count Unicode code points. The law of every span: ``document.text[start:end] == text``.
    """

    start: int
    end: int
    text: str


class SegmentKind(StrEnum):
    """What a part of a document is."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    BODY = "body"
    QUOTATION = "quotation"
    REPRINT = "reprint"
    EDITORS_NOTE = "editors_note"
    BOILERPLATE = "boilerplate"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A typed part of a document: the characters ``start <= i < end`` of its text.

    Attributes:
        kind: what the part is.
        start: first character.
        end: one past the last character.
        outlet: for a reprint or a dateline, the outlet or agency whose words these are, where
            stated.
        author: for a comment or a byline, who wrote it, where stated.
        published: for a reprint, a dateline or a comment, its own date, where stated.
    """

    kind: SegmentKind
    start: int
    end: int
    outlet: str | None = None
    author: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Where the raw bytes of a document stood, and what the input says of how they got there.

    Attributes:
        file: the path as it was given, with "/" between folders.
        offset: the byte of the file at which the record begins; None where the raw bytes are the
            whole file. Of a WARC whose records are compressed one by one, it is the byte of the
            compressed file at which the record's gzip member begins, as an index of it gives it; of
            any other compressed file, the byte of the unpacked content.
        record: the id that the file gives the record ("urn:uuid:..." of a WARC record).
        when: when the bytes were collected, as the file states it, in ISO 8601 and UTC; None where
            it does not.
    """

    file: str
    offset: int | None = None
    record: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """That a store keeps raw bytes, and from where.

    Attributes:
        digest: SHA-256 of the bytes.
        size: how many they are.
        collected: where they stood.
        kept: when the store took them in, in ISO 8601 and UTC.
    """

    digest: str
    size: int
    collected: Collected
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article: its final plain text and what is known about it.

    ``text`` is made once, by the reader, and never changes.

    Attributes:
        id: digest of url, outlets, published and text.
        key: the id that the input gave the document, else its path or URL.
        text: the plain text that every offset counts in.
        outlets: who published it, as the input names them; empty where unknown.
        url: where it was published.
        title: its title, where the input states one outside the text.
        author: its author, where stated.
        published: the day of publication; None where unknown, never today by default.
        published_reason: why ``published`` is None or doubtful, or None.
        language: ISO 639-1 code, as identified.
        segments: the parts that the format itself marks (HTML); empty where it marks none.
        source_digest: SHA-256 of the raw bytes that it was made of: a file's, unpacked; a line's or
            a row's; a message's; of a WARC, the record's block, which is what the server sent.
        collected: where these bytes stood; None in stores of an older detente.
        extra: unknown fields of the input record, as one JSON object; None where there are none.
    """

    id: str
    key: str
    text: str
    outlets: tuple[str, ...] = ()
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: date | None = None
    published_reason: str | None = None
    language: str | None = None
    segments: tuple[Segment, ...] = ()
    source_digest: str | None = None
    extra: str | None = None
    collected: Collected | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the span of the characters from start to end.

        Raises:
            ValueError: if the range is empty, reversed or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}..{end} is not within 0..{len(self.text)}")
        return Span(start, end, self.text[start:end])


def document_id(
    text: str, *, url: str | None, outlets: tuple[str, ...], published: date | None
) -> str:
    """Return the id of a document with these contents."""
    return digest("document", url, outlets, published, text)


_PLAIN = re.compile(r"[!-~]+")


def web_address(url: str | None) -> str | None:
    """Return an address of the web that may become a link, or None: most schemes may not."""
    if not url or not _PLAIN.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Notice:
    """Something about the input that a user must know: a part was skipped, or is doubtful.

    Attributes:
        where: the file, with the line of a record ("reports.jsonl:17").
        reason: what is wrong, and what was done.
        skipped: whether the part was left out; else it was used, with what is unknown marked so.
    """

    where: str
    reason: str
    skipped: bool
