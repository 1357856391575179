"""The blocks of an HTML page in reading order, all of them, and what markup says of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lxml import etree

from detente.lexicon.days import read_day
from detente.lexicon.segments import SegmentCues
from detente.model import SegmentKind

__all__ = ["Block", "blocks_of", "is_comment", "item_of", "signed", "text_of"]

_SPACE = re.compile(r"\s+")
_UNSEEN = frozenset(
    """script style noscript template head svg math iframe object embed canvas audio video select
    button textarea datalist dialog input map area""".split()
)
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr
    q rp rt ruby s samp small span strike strong sub sup time tt u var wbr picture source""".split()
)
_KIND_OF_TAG = {
    "nav": SegmentKind.BOILERPLATE,
    "aside": SegmentKind.BOILERPLATE,
    "footer": SegmentKind.BOILERPLATE,
    "form": SegmentKind.BOILERPLATE,
    "menu": SegmentKind.BOILERPLATE,
    "figcaption": SegmentKind.BOILERPLATE,
    "caption": SegmentKind.BOILERPLATE,
    "blockquote": SegmentKind.QUOTATION,
}
_BOILERPLATE_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search"})
_KIND_OF_PROPERTY = {
    "author": SegmentKind.BYLINE,
    "datepublished": SegmentKind.BYLINE,
    "headline": SegmentKind.HEADLINE,
    "comment": SegmentKind.COMMENT,
}
# Inside these a kind of its own does not change: a comment that quotes is a comment.
_CLOSED = frozenset({SegmentKind.COMMENT, SegmentKind.BOILERPLATE})
_LISTED = frozenset({"li", "tr", "article", "dd"})
_ITEMS = frozenset({"li", "tr", "article", "dd", "div", "section", "blockquote"})
_AUTHOR_WORDS = frozenset(
    {"author", "fn", "user", "username", "nick", "nickname", "commenter", "name"}
)
_LONGEST_NAME = 60


@dataclass(slots=True)
class Block:
    """A run of text between two block borders.

    Attributes:
        text: its words, white space collapsed.
        element: the innermost block element that holds it.
        kind: what markup says that it is, or None.
        holder: the element that says so: one comment, one quotation.
        linked: the share of its characters that are links.
    """

    text: str
    element: Any
    kind: SegmentKind | None = None
    holder: Any = None
    linked: float = 0.0
    outlet: str | None = None
    author: str | None = None
    published: date | None = None


@dataclass(slots=True)
class _Context:
    element: Any
    kind: SegmentKind | None
    holder: Any
    in_link: bool


@dataclass(slots=True)
class _Pen:
    """Collects words until a block border."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    linked: int = 0

    def write(self, text: str | None, context: _Context) -> None:
        if text:
            self.words.append(text)
            if context.in_link:
                self.linked += len(text.strip())

    def lift(self, context: _Context) -> None:
        text = _SPACE.sub(" ", "".join(self.words)).strip()
        if text:
            share = min(1.0, self.linked / len(text))
            self.blocks.append(Block(text, context.element, context.kind, context.holder, share))
        self.words.clear()
        self.linked = 0


def blocks_of(root: Any, cues: SegmentCues, *, spine: set[Any]) -> list[Block]:
    """Return the blocks of a page in reading order.

    Args:
        root: the page's root element.
        cues: the cues, for the words of class and id attributes.
        spine: the elements around the article, whose class says nothing about it.
    """
    pen = _Pen()
    stack = [_Context(root, None, None, False)]
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi") or not isinstance(element.tag, str):
            pen.write(element.tail, stack[-1])
            continue
        tag = element.tag.lower()
        if event == "start":
            inner = _context(element, tag, stack[-1], cues, spine)
            if tag not in _INLINE:
                pen.lift(stack[-1])
            stack.append(inner)
            if _is_unseen(element, tag):
                walk.skip_subtree()
            else:
                pen.write(element.text, inner)
        else:
            inner = stack.pop()
            if tag not in _INLINE:
                if tag == "br":
                    _break(pen, stack[-1], element)
                else:
                    pen.lift(inner)
            pen.write(element.tail, stack[-1])
    return pen.blocks


def text_of(element: Any) -> str:
    """Return the words of an element, white space collapsed."""
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


def _break(pen: _Pen, context: _Context, element: Any) -> None:
    """End the block at a second line break in a row; a single one is white space."""
    before = element.getprevious()
    if before is not None and before.tag == "br" and not (before.tail or "").strip():
        pen.lift(context)
    else:
        pen.write(" ", context)


def _is_unseen(element: Any, tag: str) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return (
        tag in _UNSEEN
        or element.get("hidden") is not None
        or "display:none" in style
        or "visibility:hidden" in style
    )


def _context(
    element: Any, tag: str, outer: _Context, cues: SegmentCues, spine: set[Any]
) -> _Context:
    """Return what holds inside an element, given what holds around it."""
    in_link = outer.in_link or tag == "a"
    block = outer.element if tag in _INLINE else element
    if outer.kind is SegmentKind.COMMENT:
        holder = element if is_comment(element) else outer.holder
        return _Context(block, outer.kind, holder, in_link)
    kind = None if element in spine else _kind(element, tag, cues)
    if kind is None or (outer.kind in _CLOSED and kind is not SegmentKind.COMMENT):
        return _Context(block, outer.kind, outer.holder, in_link)
    if tag in _INLINE:  # a name inside a sentence is part of the sentence
        return _Context(block, outer.kind, outer.holder, in_link)
    return _Context(block, kind, element, in_link)


def _kind(element: Any, tag: str, cues: SegmentCues) -> SegmentKind | None:
    if kind := _KIND_OF_TAG.get(tag):
        named = cues.markup_kind(f"{element.get('class', '')} {element.get('id', '')}")
        return named if named in (SegmentKind.COMMENT, SegmentKind.REPRINT) else kind
    if element.get("role", "").lower() in _BOILERPLATE_ROLES:
        return SegmentKind.BOILERPLATE
    if kind := _KIND_OF_PROPERTY.get(element.get("itemprop", "").lower()):
        return kind
    if "/comment" in element.get("itemtype", "").lower():
        return SegmentKind.COMMENT
    return cues.markup_kind(f"{element.get('class', '')} {element.get('id', '')}")


def is_comment(element: Any) -> bool:
    """Tell whether an element within the comments is one of them, by its tag or its name."""
    if element.tag in _LISTED:
        return True
    words = re.split(r"[^a-z]+", f"{element.get('class', '')} {element.get('id', '')}".lower())
    return (
        element.tag in _ITEMS
        and any(word in ("comment", "talkback", "reply", "response") for word in words)
        and not any(
            word in ("body", "content", "text", "author", "meta", "header", "footer")
            for word in words
        )
    )


def item_of(block: Block, heading: Any) -> Any:
    """Return the element that holds one comment, below the elements that hold their heading too."""
    around = set(heading.iterancestors())
    below = []
    for element in (block.element, *block.element.iterancestors()):
        if element in around:
            break
        below.append(element)
    for tags in (_LISTED, _ITEMS):
        for element in below:
            if element.tag in tags:
                return element
    return block.element


def signed(holder: Any) -> tuple[str | None, date | None]:
    """Return the author and the day that the markup of one comment states."""
    author = None
    published = None
    for element in holder.iter():
        if not isinstance(element.tag, str):
            continue
        words = set(re.split(r"[^a-z]+", element.get("class", "").lower()))
        if (
            author is None
            and element is not holder
            and (words & _AUTHOR_WORDS or element.tag == "cite")
        ):
            name = re.sub(r" (?:says|wrote|writes):?$", "", text_of(element))
            author = name if 0 < len(name) <= _LONGEST_NAME else None
        if published is None and element.tag == "time":
            published = read_day(element.get("datetime") or "") or read_day(text_of(element))
        elif published is None and words & {"date", "time", "timestamp", "meta", "metadata"}:
            published = read_day(text_of(element)[:80])
    return author, published
