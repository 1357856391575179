"""RSS and Atom: bytes to entries.

feedparser is given bytes alone, so that it opens nothing itself. They are decoded here before, so
that what declares entities, which feedparser would let grow, can be taken out in every encoding.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Mapping
from typing import Any
from xml.sax import SAXException

import feedparser

from detente.collecting.addresses import joined, without_password
from detente.collecting.entries import Entry, Listing
from detente.collecting.fetching import Fetched
from detente.errors import UnreachableError

__all__ = ["read_feed"]

_FIRST_ELEMENT = re.compile("<[A-Za-z_]")
_DECLARED = re.compile(
    r"""\A\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["'][^>]{0,99}>"""
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LONGEST_LINK = 2000
_LONGEST_TEXT = 1_000_000
_LONGEST_FIELD = 500
_MOST_ENTRIES = 5000


def read_feed(fetched: Fetched, name: str) -> Listing:
    """Return the entries of a feed.

    Args:
        fetched: its bytes, with the encoding that its host states.
        name: what the user's list calls it; used where it has no title.

    Raises:
        UnreachableError: when it is no feed.
    """
    text = _decoded(fetched.content, fetched.charset)
    if first := _FIRST_ELEMENT.search(text):
        # what stands before could declare entities, and feedparser takes minutes over a long one
        text = text[first.start() :]
    try:
        found = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": fetched.url,
            },
        )
    # what a stranger's bytes do to a parser is not ours to foresee
    except Exception as error:
        reason = f"is no feed: {type(error).__name__}: {str(error)[:120]}"
        raise UnreachableError(fetched.url, reason) from error
    broken = found.get("bozo_exception") if found.get("bozo") else None
    broken = broken if isinstance(broken, SAXException) else None
    if not found.get("version") and not found.entries:
        why = f": {_in_words(broken)}" if broken else ""
        raise UnreachableError(fetched.url, f"is no feed{why}")
    outlet = _line(found.feed.get("title")) or name
    entries = [_entry(one, outlet, fetched.url) for one in found.entries[:_MOST_ENTRIES]]
    known: dict[str, Entry] = {}
    for entry in entries:
        if entry.link or entry.text or entry.title:
            known.setdefault(entry.key, entry)
    remark = f"not well-formed ({_in_words(broken)}); {len(known)} entries of it were read"
    return Listing(entries=tuple(known.values()), remarks=(remark,) if broken is not None else ())


def _decoded(content: bytes, stated: str | None) -> str:
    """Return the characters of a feed, without what it says of its own encoding.

    A mark at the beginning counts first, then whether it is UTF-8; then what the host states, then
    what the feed does.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _DECLARED.sub("", content[len(mark) :].decode(encoding, "replace"))
    if b"\0" in content[:64]:  # UTF-16 without its mark
        little = content[:64:2].count(b"\0") < content[1:64:2].count(b"\0")
        found = content.decode("utf-16-le" if little else "utf-16-be", "replace")
        return _DECLARED.sub("", found)
    declared = _DECLARED.search(content[:256].decode("latin-1"))
    for named in ("utf-8", stated or "", declared[1] if declared else ""):
        try:
            return _DECLARED.sub("", content.decode(named))
        except (LookupError, ValueError):
            continue
    return _DECLARED.sub("", content.decode("cp1252", "replace"))


def _in_words(error: Exception | None) -> str:
    # the first line is "<unknown>:3:12: mismatched tag", where unknown is the name of the file
    return str(error).partition("\n")[0].replace("<unknown>:", "line ")[:120]


def _entry(found: Mapping[str, Any], outlet: str, base: str) -> Entry:
    link = str(found.get("feedburner_origlink") or found.get("link") or "").strip()
    link = without_password(joined(base, link)) if link else ""
    contents = [str(one.get("value") or "") for one in found.get("content") or ()]
    texts = [*contents, str(found.get("summary") or "")]
    # feedparser would give the day of publication for a change that is not stated, and warn
    stamp = _line(found["updated"]) if "updated" in found else ""
    return Entry(
        link=link if len(link) <= _LONGEST_LINK else "",
        stamp=stamp,
        title=_line(found.get("title")),
        published=_line(found.get("published")) or stamp,
        outlet=_source(found) or outlet,
        author=_line(found.get("author")),
        text=max(texts, key=len)[:_LONGEST_TEXT],
        name=_line(found.get("id")),
    )


def _source(found: Mapping[str, Any]) -> str:
    """Return the feed from which an entry was taken over, where it names one."""
    source = found.get("source")
    return _line(source.get("title")) if isinstance(source, Mapping) else ""


def _line(value: object) -> str:
    return " ".join(value.split())[:_LONGEST_FIELD] if isinstance(value, str) else ""
