"""What was collected, as documents: pages through the readers, and the texts of feeds.

A page that gives no document, or less text than its entry has in the feed, is replaced by the
entry's own text. What the page does not state itself (outlet, day, title) is taken from the feed,
and said to be. Nothing here asks the network.
"""

from __future__ import annotations

import hashlib
import html
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from detente.collecting import Arrival, Entry, Fetched, FoundFile, Page, Trouble
from detente.errors import UnreadableError
from detente.lexicon.days import read_day
from detente.model import Collected, Document, document_id
from detente.reading import Piece, Problem, read
from detente.reading.drafts import Defaults
from detente.reading.files import Source, is_documentation
from detente.reading.html import read_html
from detente.reading.pieces import documents_of
from detente.reading.text import read_text

__all__ = ["Keep", "documents_in"]

# Given the raw bytes of a document, and where they stood, before the document.
Keep = Callable[[bytes, Collected], None]

_CLOCK_SLACK = timedelta(days=1)


def documents_in(
    arrivals: Iterable[Arrival], *, today: date, keep: Keep | None = None
) -> Iterator[Document | Problem | Trouble]:
    """Yield the documents of what was collected, problems with them, and what could not be had.

    Args:
        arrivals: what was collected.
        today: documents dated later than a day after it lose their date.
        keep: given the raw bytes of each document; those of a page stood at its address.
    """

    def keep_piece(piece: Piece) -> None:
        if keep is not None:
            keep(piece.data, piece.collected)

    for one in arrivals:
        if isinstance(one, FoundFile):
            if not is_documentation(one.path):  # a folder's README is no reporting
                yield from read([one.path], today=today, keep=keep_piece)
        elif isinstance(one, Page):
            for found in _of_page(one, today):
                if keep is not None and isinstance(found, Document):
                    keep(_raw(one, found), Collected(file=found.key))
                yield found
        else:
            yield one


def _of_page(page: Page, today: date) -> Iterator[Document | Problem | Trouble]:
    """Yield the document of a page, or else of its entry's own text, and one line on why."""
    entry = page.entry
    where = entry.link or entry.name or entry.title or entry.outlet
    found = _of_content(page.fetched, where, today) if page.fetched else []
    documents = [one for one in found if isinstance(one, Document)]
    own = [one for one in _of_entry(entry, where, today) if isinstance(one, Document)]
    longest = max((len(one.text) for one in own), default=0)
    if documents and max(len(one.text) for one in documents) >= longest:
        yield from (one for one in found if isinstance(one, Problem))
        yield from (_filled(one, page, today) for one in documents)
        return
    reasons = [one.reason for one in found if isinstance(one, Problem)]
    reason = page.reason or (reasons[0] if reasons else "")
    if not own:
        yield from (one for one in found if isinstance(one, Problem))
        if page.reason or not found:
            yield Trouble(where, page.reason or "the feed has neither a page nor a text of it")
        return
    if entry.link and (reason or documents):
        told = reason or "its page holds less text than the feed"
        yield Trouble(where, f"{told}; the text in the feed was taken", skipped=False)
    yield from (_filled(one, replace(page, fetched=None), today) for one in own)


def _raw(page: Page, document: Document) -> bytes:
    """Return the bytes that a document was made of: its page's, or its entry's own text."""
    fetched = page.fetched.content if page.fetched else b""
    if fetched and hashlib.sha256(fetched).hexdigest() == document.source_digest:
        return fetched
    return _entry_bytes(page.entry)


def _entry_bytes(entry: Entry) -> bytes:
    return entry.text.encode("utf-8", "replace")


def _of_content(fetched: Fetched, where: str, today: date) -> list[Document | Problem]:
    source = Source(where, io.BytesIO(_in_utf8(fetched)))
    reader = read_text if fetched.media == "text/plain" else read_html
    defaults = Defaults(today=today)
    try:
        return [one for piece in reader(source) for one in documents_of(piece, defaults)]
    except UnreadableError as error:
        return [Problem(error.where, error.reason)]


def _in_utf8(fetched: Fetched) -> bytes:
    """Return the content; in UTF-8 where only its host tells the encoding that it is in."""
    content = fetched.content
    try:
        content.decode("utf-8")
        return content
    except UnicodeDecodeError:
        try:
            return content.decode(fetched.charset or "").encode("utf-8")
        except (LookupError, ValueError):
            return content


def _of_entry(entry: Entry, where: str, today: date) -> list[Document | Problem]:
    """Return the document of the text that the feed itself has, title and all."""
    title, text = html.escape(entry.title), entry.text
    if not title and not text:
        return []
    page = (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<div>{text}</div></article></body></html>"
    )
    content = page.encode("utf-8", "replace")
    return _of_content(Fetched(url=where, content=content, media="text/html"), where, today)


def _filled(document: Document, page: Page, today: date) -> Document:
    """Return the document with what its feed and its host know of it, and the id that this gives.

    A page may say that it stands elsewhere on its own host; a stranger's word on another's address
    does not count.
    """
    entry, fetched = page.entry, page.fetched
    at = fetched.url if fetched else entry.link or None
    url = document.url if document.url and _host(document.url) == _host(at) else at
    outlets = document.outlets if fetched else ()
    outlets = outlets or ((entry.outlet,) if entry.outlet else ())
    published, reason = document.published, document.published_reason
    if published is None and (day := read_day(entry.published)) and day <= today + _CLOCK_SLACK:
        published, reason = day, "not stated in the text; taken from the feed"
    raw = fetched.content if fetched else _entry_bytes(entry)
    return replace(
        document,
        id=document_id(document.text, url=url, outlets=outlets, published=published),
        key=url or document.key,
        outlets=outlets,
        url=url,
        title=document.title or entry.title or None,
        author=document.author or entry.author or None,
        published=published,
        published_reason=reason,
        source_digest=hashlib.sha256(raw).hexdigest(),
    )


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
