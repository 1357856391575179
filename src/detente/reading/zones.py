"""The parts of an HTML page: its text and its segments, made together from its blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from detente.lexicon.segments import SegmentCues, load_segment_cues
from detente.model import Segment, SegmentKind
from detente.reading.blocks import Block, blocks_of, is_comment, item_of, signed, text_of

__all__ = ["Zones", "zones_of"]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A list of links is no text; a paragraph of news rarely has half of its letters in links.
_MOST_LINKED = 0.6
# A blockquote with less is somebody's words; with more, and in paragraphs, a report shown whole.
_REPRINT_WORDS = 80
_PROSE = 40


@dataclass(frozen=True, slots=True)
class Zones:
    """A page's text and its segments, which tile it."""

    text: str
    segments: tuple[Segment, ...]


def zones_of(root: Any, *, title: str | None, main_text: str) -> Zones:
    """Split a page.

    Args:
        root: its root element.
        title: its title, as its metadata give it.
        main_text: what an extractor took for its main text, white space collapsed; decides about
            blocks outside the elements that hold the article.

    Returns:
        The blocks joined by blank lines, each marked with what it is.
    """
    cues = load_segment_cues()
    headline = _headline(root, title, cues)
    container = _container(root, cues)
    spine = set(_upwards(container)) | set(_upwards(headline))
    blocks = blocks_of(root, cues, spine=spine)
    _mark_headline(blocks, headline)
    _mark_comments(blocks, cues)
    _mark_boilerplate(blocks, _article_of(container), main_text, cues)
    _mark_reprints(blocks, cues)
    return _joined(blocks)


def _upwards(element: Any) -> tuple[Any, ...]:
    return () if element is None else (element, *element.iterancestors())


def _headline(root: Any, title: str | None, cues: SegmentCues) -> Any:
    """Return the article's heading element: the one that the title names, else the first h1."""
    headings = [
        element
        for element in root.iter("h1", "h2")
        if text_of(element) and not _is_outside(element, cues)
    ]
    if title:
        for element in headings:
            text = text_of(element).casefold()
            if len(text) > 9 and (
                title.casefold().startswith(text) or text.startswith(title.casefold())
            ):
                return element
    return next((element for element in headings if element.tag == "h1"), None)


def _is_outside(element: Any, cues: SegmentCues) -> bool:
    """Tell whether an element is in the navigation or in the comments."""
    for outer in element.iterancestors():
        if outer.tag in ("nav", "aside", "footer", "blockquote"):
            return True
        if outer.tag not in ("html", "body", "main", "article"):
            names = f"{outer.get('class', '')} {outer.get('id', '')}"
            if cues.markup_kind(names) is SegmentKind.COMMENT:
                return True
    return False


def _container(root: Any, cues: SegmentCues) -> Any:
    """Return the element whose own paragraphs hold most text, comments and quotations aside."""
    for element in root.xpath("//*[@itemprop='articleBody' or @property='articleBody']"):
        return element
    sizes: dict[Any, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None and not _is_outside(paragraph, cues):
            sizes[parent] = sizes.get(parent, 0) + len(text_of(paragraph))
    return max(sizes, key=lambda element: sizes[element], default=None)


def _article_of(container: Any) -> Any:
    """Return the article or main element around the text's container, else the container itself."""
    for element in _upwards(container):
        if element.tag in ("article", "main"):
            return element
    return container


def _mark_headline(blocks: list[Block], headline: Any) -> None:
    for block in blocks:
        if headline is not None and headline in _upwards(block.element):
            block.kind, block.holder = SegmentKind.HEADLINE, headline
        elif block.kind is SegmentKind.HEADLINE and headline is not None:
            block.kind = None


def _mark_comments(blocks: list[Block], cues: SegmentCues) -> None:
    """Mark what follows a heading over comments, and say of each comment who wrote it and when."""
    heading: Any = None
    text_seen = False
    for block in blocks:
        if heading is not None and block.kind is not SegmentKind.BOILERPLATE:
            if block.kind is not SegmentKind.COMMENT:
                block.holder = item_of(block, heading)
            block.kind = SegmentKind.COMMENT
        elif block.kind in (None, SegmentKind.QUOTATION) and text_seen:
            match = cues.match(block.text, "tail", line=True)
            if match and match.cue.kind is SegmentKind.COMMENT and match.cue.reach == "after":
                heading = block.element
                block.kind, block.holder = SegmentKind.COMMENT, heading
        elif heading is not None and block.holder is not None and block.holder.tag == "footer":
            heading = None
        text_seen = text_seen or (block.kind is None and len(block.text) >= _PROSE)
    _sign_comments(blocks, cues)


def _sign_comments(blocks: list[Block], cues: SegmentCues) -> None:
    """Give the blocks of each comment the author and the day that it states."""
    comments = [block for block in blocks if block.kind is SegmentKind.COMMENT]
    outer = {element for block in comments for element in block.holder.iterancestors()}
    known: dict[Any, tuple[str | None, date | None]] = {}
    for block in comments:
        holder = block.holder
        if holder.tag in _HEADINGS or (holder in outer and not is_comment(holder)):
            continue
        if holder not in known:
            author, published = signed(holder)
            match = cues.match(block.text, "tail")
            if match and match.cue.cue.startswith("commenter-"):
                author, published = author or match.author, published or match.published
            known[holder] = author, published
        block.author, block.published = known[holder]


def _mark_boilerplate(blocks: list[Block], article: Any, main_text: str, cues: SegmentCues) -> None:
    """Mark the blocks that are neither in the article nor taken for main text by the extractor.

    After a line that ends articles, such as a disclaimer, the extractor is not asked.
    """
    inside_of = {article} - {None}
    over = passed = False
    for block in blocks:
        match = cues.match(block.text)
        over = over or (passed and match is not None and match.cue.ends)
        if block.kind is not None:
            if block.kind is SegmentKind.BYLINE and match and match.cue.kind is block.kind:
                block.author, block.published = match.author, match.published
            continue
        if match and (
            match.cue.kind is SegmentKind.COMMENT if passed else match.cue.place == "head"
        ):
            continue  # the words say what it is, and are looked at with the text's other words
        inside = any(element in inside_of for element in _upwards(block.element))
        is_links = block.linked > _MOST_LINKED and block.element.tag not in _HEADINGS
        if is_links or not (inside or (block.text in main_text and not over)):
            block.kind, block.holder = SegmentKind.BOILERPLATE, None
        passed = passed or (inside and len(block.text) >= _PROSE)


def _mark_reprints(blocks: list[Block], cues: SegmentCues) -> None:
    """Tell the blockquotes that show a whole report from those that quote somebody."""
    groups = [list(group) for _, group in groupby(blocks, key=lambda block: id(block.holder))]
    for index, group in enumerate(groups):
        if group[0].kind not in (SegmentKind.QUOTATION, SegmentKind.REPRINT):
            continue
        before = groups[index - 1][-1] if index else None
        intro = cues.match(before.text, line=False) if before else None
        if intro and (intro.cue.kind is not SegmentKind.REPRINT or intro.cue.reach != "after"):
            intro = None
        sources = [cues.match(block.text, "tail", line=True) for block in group]
        source = next((m for m in sources if m and m.cue.cue == "source-line"), None)
        if group[0].kind is SegmentKind.REPRINT or intro or source or _is_report(group, cues):
            stated = intro or source
            if intro and before:
                before.kind = SegmentKind.EDITORS_NOTE
            for block in group:
                block.kind = SegmentKind.REPRINT
                block.outlet = stated.outlet if stated else None
                block.published = stated.published if stated else None


def _is_report(group: list[Block], cues: SegmentCues) -> bool:
    words = sum(len(block.text.split()) for block in group)
    if any(block.element.tag in _HEADINGS for block in group) and len(group) > 1:
        return True
    opening = cues.match(group[0].text, line=False)
    if opening and opening.cue.kind is SegmentKind.DATELINE:
        return True
    quoted = group[0].text.startswith(("“", '"', "‘"))
    return len(group) > 1 and words >= _REPRINT_WORDS and not quoted


def _joined(blocks: list[Block]) -> Zones:
    """Join the blocks by blank lines; neighbours of one kind and holder are one segment."""
    parts: list[str] = []
    segments: list[Segment] = []
    position = 0
    last_key: object = None
    for number, block in enumerate(blocks):
        end = position + len(block.text) + (2 if number + 1 < len(blocks) else 0)
        kind = block.kind or SegmentKind.BODY
        is_own = kind in (SegmentKind.COMMENT, SegmentKind.REPRINT, SegmentKind.QUOTATION)
        key = (kind, id(block.holder) if is_own else None, block.outlet, block.author)
        start = position
        if segments and key == last_key:
            start = segments.pop().start
        segments.append(
            Segment(
                kind=kind,
                start=start,
                end=end,
                outlet=block.outlet,
                author=block.author,
                published=block.published,
            )
        )
        parts.append(block.text)
        position, last_key = end, key
    return Zones("\n\n".join(parts), tuple(segments))
