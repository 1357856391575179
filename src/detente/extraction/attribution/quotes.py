"""Quotation marks: which characters of a document stand in someone's own words.

Marks are paired within a paragraph. A paragraph that leaves a quotation open is joined to the next
where that one begins with an opening mark, as printers do with long quotations; otherwise the
quotation ends with its paragraph, so that one lost mark costs one paragraph, never a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.extraction.parse import Passage

__all__ = ["QuotedPart", "find_quotes"]

_MARK = re.compile(r"[\"“”„‟«»]|``|''|(?<!\w)[‘'](?=\w)|[’'](?!\w)")
_EITHER = frozenset({'"', "''"})
_SINGLE = frozenset("‘’'")
_CLOSING = frozenset("”»’")


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """The part of one quotation that stands in one passage.

    Attributes:
        passage: index of the passage.
        start: offset of the opening mark in the passage's text.
        end: one past the closing mark, or the end of the paragraph.
        continued: whether it goes on from the passage before.
    """

    passage: int
    start: int
    end: int
    continued: bool


def find_quotes(passages: Sequence[Passage]) -> tuple[QuotedPart, ...]:
    """Return the quoted parts of the passages, in the order of the text; linear in their length."""
    found: list[QuotedPart] = []
    left_open = False
    for index, passage in enumerate(passages):
        text = passage.doc.text
        parts, still_open = _pair(text)
        if left_open and parts and parts[0][0] == 0:
            found.append(QuotedPart(index, *parts[0], continued=True))
            parts = parts[1:]
        found += [QuotedPart(index, start, end, continued=False) for start, end in parts]
        left_open = still_open
    return tuple(found)


def _pair(text: str) -> tuple[list[tuple[int, int]], bool]:
    """Return the quoted ranges of one paragraph, and whether the last of them stays open."""
    parts: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(text):
        mark, start, end = match.group(), match.start(), match.end()
        opens = end < len(text) and not text[end].isspace() and mark not in _CLOSING
        if opened is None or (_reopens(mark, opened[1], text, start) and opens):
            opened = (start, mark) if opens else opened
        elif _closes(mark, opened[1]):
            parts.append((opened[0], end))
            opened = None
    if opened is None or opened[1] in _SINGLE:  # a single mark left open is an apostrophe
        return parts, False
    parts.append((opened[0], len(text)))
    return parts, True


def _reopens(mark: str, opening: str, text: str, start: int) -> bool:
    """Whether a mark opens a new quotation although one is open: that one lost its closing mark."""
    if opening in _SINGLE:
        return mark not in _SINGLE
    return mark == opening and start > 0 and text[start - 1].isspace()


def _closes(mark: str, opening: str) -> bool:
    if opening in _SINGLE:
        return mark == ("’" if opening == "‘" else "'")
    return mark not in _SINGLE and (mark in _EITHER or mark in _CLOSING)
