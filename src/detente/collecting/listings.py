"""What an address gave, as a list: OPML, a sitemap, or a feed, told apart by what it holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from lxml import etree, html

from detente.collecting.addresses import joined
from detente.collecting.entries import Listing
from detente.collecting.feeds import read_feed
from detente.collecting.fetching import Fetched
from detente.collecting.xml_lists import read_opml, read_sitemap, root_of, unpacked
from detente.errors import UnreachableError

__all__ = ["listing_of"]

_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_ELEMENT = re.compile(rb"<([A-Za-z][\w:.-]{0,60})")
_HEAD = 16_384
_FEED_TYPES = {"application/rss+xml", "application/atom+xml"}


def listing_of(fetched: Fetched, name: str, today: date) -> Listing:
    """Return the articles or the further lists that an address names.

    Args:
        fetched: what it gave.
        name: what the user's list calls it.
        today: of a sitemap, what is older than three days is no news.

    Raises:
        UnreachableError: when it is no list.
    """
    content = unpacked(fetched.content, fetched.url)
    found = _ELEMENT.search(_COMMENT.sub(b"", content[:_HEAD]))
    root = found[1].rpartition(b":")[2].lower() if found else b""
    if root == b"opml":
        return read_opml(root_of(content, fetched.url))
    if root in (b"urlset", b"sitemapindex"):
        return read_sitemap(root_of(content, fetched.url), fetched.url, name, today)
    if root == b"html":
        raise UnreachableError(fetched.url, f"is a page, no feed{_feeds_named(content, fetched)}")
    return read_feed(replace(fetched, content=content), name)


def _feeds_named(content: bytes, fetched: Fetched) -> str:
    """Return which feeds a page names, for people; "" for none."""
    try:
        page = html.document_fromstring(content)
    except (etree.LxmlError, ValueError):
        return ""
    links = [
        joined(fetched.url, link.get("href") or "")
        for link in page.iter("link")
        if "alternate" in (link.get("rel") or "").lower() and link.get("type") in _FEED_TYPES
    ]
    return f"; it names {', '.join(links[:3])}" if links else ""
