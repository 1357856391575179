"""Lists in XML: OPML (lists of feeds) and sitemaps (lists of pages, or of further sitemaps)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from lxml import etree

from detente.collecting.addresses import joined, without_password
from detente.collecting.entries import Entry, Listing
from detente.errors import UnreachableError
from detente.lexicon.days import read_day

__all__ = ["read_opml", "read_sitemap", "root_of", "unpacked"]

_MOST_SOURCES = 20_000
_MOST_PAGES = 50_000  # the most that sitemaps.org allows
_LARGEST = 64 * 1024 * 1024
# Older pages of a sitemap are its archive, which is not news.
RECENT = timedelta(days=3)


def unpacked(content: bytes, where: str) -> bytes:
    """Return the content of a file that may be gzipped.

    Raises:
        UnreachableError: when it is damaged, or grows beyond all measure.
    """
    if not content.startswith(b"\x1f\x8b"):
        return content
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        found = unzip.decompress(content, _LARGEST)
    except zlib.error as error:
        raise UnreachableError(where, f"damaged: {error}") from error
    if unzip.unconsumed_tail:
        raise UnreachableError(where, f"unpacks to more than {_LARGEST // 1024**2} MB")
    if not unzip.eof:
        raise UnreachableError(where, "damaged: cut off")
    return found


def root_of(content: bytes, where: str) -> Any:
    """Return the root element of an XML file; no entity is resolved, nothing else is opened.

    Raises:
        UnreachableError: when it is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        reason = " ".join(str(error).split())[:120] or "empty"
        raise UnreachableError(where, f"is no XML: {reason}") from error


def read_opml(root: Any) -> Listing:
    """Return the feeds that a list in OPML names, each once, with the name that it gives them."""
    found: dict[str, str] = {}
    for outline in root.iter("{*}outline"):
        names = {key.lower(): value.strip() for key, value in outline.attrib.items()}
        address = names.get("xmlurl", "")
        if address:
            found.setdefault(address, names.get("title") or names.get("text") or "")
    kept = tuple(found.items())[:_MOST_SOURCES]
    left = f"names {len(found)} feeds; only the first {len(kept)} are followed"
    return Listing(sources=kept, remarks=(left,) if len(found) > len(kept) else ())


def read_sitemap(root: Any, url: str, name: str, today: date) -> Listing:
    """Return the recent pages of a sitemap, or the recent sitemaps of an index.

    Args:
        root: its root element.
        url: its address.
        name: what the user's list calls it; used where it names no publication.
        today: what was changed more than three days before is no news.
    """
    if etree.QName(root).localname == "sitemapindex":
        maps = [(joined(url, one.get("loc", "")), one) for one in _items(root, "sitemap")]
        chosen = [(at, name) for at, one in maps if at and _is_recent(one, today, undated=True)]
        return Listing(sources=tuple(dict(chosen[:_MOST_SOURCES]).items()))
    entries: dict[str, Entry] = {}
    undated = 0
    for one in _items(root, "url"):
        link = one.get("loc", "")
        if not link or not _is_recent(one, today, undated=False):
            undated += bool(link) and _day_of(one) is None
            continue
        entry = Entry(
            link=without_password(joined(url, link)),
            stamp=one.get("lastmod", ""),
            title=one.get("title", ""),
            published=one.get("publication_date", ""),
            outlet=one.get("name", "") or name,
        )
        entries.setdefault(entry.key, entry)
    remarks = [f"{undated} of its pages state no day, and are not fetched"] if undated else []
    return Listing(entries=tuple(entries.values()), remarks=tuple(remarks))


def _items(root: Any, kind: str) -> Iterator[dict[str, str]]:
    """Yield each item with the texts of the elements in it, by their names without namespace."""
    for number, item in enumerate(root.iter(f"{{*}}{kind}")):
        if number == _MOST_PAGES:
            return
        found: dict[str, str] = {}
        for element in item.iter("*"):
            if element.text and element.text.strip():
                name = etree.QName(element).localname
                found.setdefault(name, " ".join(element.text.split())[:2000])
        yield found


def _day_of(item: dict[str, str]) -> date | None:
    return read_day(item.get("publication_date") or item.get("lastmod") or "")


def _is_recent(item: dict[str, str], today: date, *, undated: bool) -> bool:
    day = _day_of(item)
    return undated if day is None else today - day <= RECENT
