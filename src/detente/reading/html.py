"""HTML pages: metadata, and the page's parts as text and segments."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree, html

from detente.errors import UnreadableError
from detente.lexicon.segments import load_segment_cues
from detente.reading.blocks import text_of
from detente.reading.drafts import Draft, clean
from detente.reading.files import Source, whole
from detente.reading.limits import (
    DEEPEST_PAGE,
    MANY_ATTRIBUTES,
    MOST_ATTRIBUTES,
    MOST_CROWDED_TAGS,
    MOST_TAGS,
)
from detente.reading.pieces import Piece
from detente.reading.text import decode
from detente.reading.zones import Zones, zones_of

__all__ = ["fragment_zones", "page_draft", "read_html"]

_CHARSET = re.compile(rb"charset\s*+=\s*+[\"']?\s*+([\w.:-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_TAG = re.compile("<[A-Za-z]")
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)"""
_ATTRIBUTE = rf"""(?:[\s/]++|(?<=["']))[^\s/>][^\s/>=]*+(?:\s*+=\s*+{_VALUE}?+)?+"""
_TAG_START = rf"<[A-Za-z][^\s/<>]*+(?:{_ATTRIBUTE})"
_CROWDED_TAG = re.compile(rf"{_TAG_START}{{{MANY_ATTRIBUTES}}}")
_OVERCROWDED_TAG = re.compile(rf"{_TAG_START}{{{MOST_ATTRIBUTES + 1}}}")
_CHARSET_IN = 2048
# Names under which pages state the day of publication, the surest first.
_DATE_NAMES = (
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "og:published_time",
    "dc.date",
    "dcterms.date",
    "date",
)
_LONGEST_META = 300
_SILENT = logging.NullHandler()
# No article is longer; each block of the page is looked for in it.
_LONGEST_MAIN_TEXT = 200_000


def read_html(source: Source) -> Iterator[Piece]:
    """Read one HTML page as one document, its parts as segments."""
    return whole(source, lambda piece: iter((page_draft(piece.data, piece.where),)))


def page_draft(data: bytes, where: str, *, charset: str | None = None) -> Draft:
    """Return the draft of a page: its metadata, its text and its segments.

    Args:
        data: its bytes.
        where: its place, for messages.
        charset: the encoding that came with the page; what the page itself declares comes after it.

    Raises:
        UnreadableError: if it is no HTML, or exceeds a limit.
    """
    declared = _CHARSET.search(data[:_CHARSET_IN])
    if charset is None and declared:
        charset = declared[1].decode("ascii")
    page = decode(data, where, declared=charset)
    root = _parsed(page, where)
    title, author, sitename, url, dated = _metadata(page)
    zones = zones_of(root, title=title, main_text=_main_text(page))
    return Draft(
        where=where,
        text=zones.text,
        outlets=(sitename,) if sitename else (),
        url=url,
        title=title,
        author=author,
        published=_stated_date(root, zones) or dated,
        segments=zones.segments,
    )


def fragment_zones(markup: str, where: str, *, title: str | None) -> Zones:
    """Return text and segments of markup that is no page of its own: of a mail or a feed's entry.

    Args:
        markup: the markup.
        where: its place, for messages.
        title: the title of what it belongs to.

    Raises:
        UnreadableError: if it is no HTML, or exceeds a limit.
    """
    return zones_of(_parsed(markup, where), title=title, main_text=_main_text(markup))


def _parsed(page: str, where: str) -> Any:
    """Return the root element of a page that is within the limits.

    Raises:
        UnreadableError: if it is not, or has no element.
    """
    if sum(1 for _ in islice(_TAG.finditer(page), MOST_TAGS + 1)) > MOST_TAGS:
        raise UnreadableError(where, f"more than {MOST_TAGS:,} tags, too many for a page")
    crowded = list(islice(_CROWDED_TAG.finditer(page), MOST_CROWDED_TAGS + 1))
    if any(_OVERCROWDED_TAG.match(page, one.start()) for one in crowded):
        raise UnreadableError(where, f"a tag with more than {MOST_ATTRIBUTES:,} attributes")
    if len(crowded) > MOST_CROWDED_TAGS:
        reason = f"more than {MOST_CROWDED_TAGS} tags with {MANY_ATTRIBUTES:,} attributes"
        raise UnreadableError(where, reason)
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        # Bytes, because lxml refuses characters that come with a declaration of their encoding.
        root = html.document_fromstring(_XML_DECLARATION.sub("", page).encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(where, "no HTML: it holds no element") from error
    # The parser leaves out what lies below its limits, and goes on without a word.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UnreadableError(where, f"more than {DEEPEST_PAGE} elements in each other")
    return root


def _metadata(page: str) -> tuple[str | None, ...]:
    """Return title, author, site name, canonical URL and date, as trafilatura finds them."""
    # Imported here because it takes half a second, which only pages should pay.
    from trafilatura import extract_metadata

    for name in ("trafilatura", "htmldate", "courlan"):  # their remarks on a page are not ours
        logging.getLogger(name).addHandler(_SILENT)
    config = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    try:
        found = extract_metadata(page, date_config=config, extensive=False)
    except Exception:  # a library's failure on a hostile page costs its metadata and no more
        return (None,) * 5
    values = (found.title, found.author, found.sitename, found.url, found.date)
    return tuple(_short(value) for value in values)


def _short(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return clean(" ".join(value.split())[:_LONGEST_META]) or None


def _main_text(page: str) -> str:
    """Return what trafilatura takes for the main text, white space collapsed."""
    from trafilatura import extract

    try:
        found = extract(page, include_comments=False, include_tables=True, favor_recall=True)
    except Exception:  # the page's own structure then decides alone
        found = None
    return " ".join((found or "").split())[:_LONGEST_MAIN_TEXT]


def _stated_date(root: Any, zones: Zones) -> str | None:
    """Return the date that a page states in its metadata, its time elements or its byline."""
    stated: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        stated.setdefault(name.lower(), (element.get("content") or "").strip())
    for name in _DATE_NAMES:
        if value := stated.get(name):
            return value[:_LONGEST_META]
    for script in root.iter("script"):
        if script.get("type", "").lower() == "application/ld+json" and (
            value := _linked(script.text)
        ):
            return value
    return _time_element(root) or _byline_date(zones)


def _linked(text: str | None) -> str | None:
    """Return the first datePublished of a JSON-LD script."""
    try:
        waiting = [json.loads(text or "")]
    except (ValueError, RecursionError):
        return None
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, dict):
            if isinstance(found := value.get("datePublished"), str) and found:
                return found[:_LONGEST_META]
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return None


def _time_element(root: Any) -> str | None:
    """Return the date of the time element that is marked as the publication's, if any."""
    for element in root.iter("time"):
        outer = element.getparent()
        names = " ".join(
            node.get(name, "")
            for node in (element, outer)
            if node is not None
            for name in ("class", "itemprop", "pubdate", "id")
        ).lower()
        marked = element.get("pubdate") is not None or re.search(
            r"publi|entry-date|byline|dateline|post", names
        )
        if marked and "comment" not in names:
            return str(element.get("datetime") or text_of(element))[:_LONGEST_META] or None
    return None


def _byline_date(zones: Zones) -> str | None:
    """Return the day that a line above the text states."""
    cues = load_segment_cues()
    for line in zones.text[:3000].split("\n\n")[:25]:
        match = cues.match(line, "head", line=True)
        if match and match.published and match.cue.place == "head":
            return match.published.isoformat()
    return None
