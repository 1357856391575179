"""What the second coder is asked: a prompt that is shipped as text, and one passage at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from detente.model import Document, Segment, SegmentKind, digest
from detente.second.schema import ANSWER_SCHEMA

__all__ = ["Passage", "passages", "prompt", "prompt_digest"]

# About a thousand tokens: with the prompt and an answer it fits what small models can hold.
LONGEST_PASSAGE = 4_000
# Where a passage may end, the best place first.
_BORDERS = ("\n\n", "\n", ". ", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of one segment of a document, which is one question.

    Attributes:
        document: the document.
        kind: the kind of the segment.
        published: the day by which its words are dated, or None.
        start: first character of the document's text.
        end: one past the last.
    """

    document: Document
    kind: SegmentKind
    published: date | None
    start: int
    end: int

    @property
    def question(self) -> str:
        """What is asked: the passage as JSON, so that no word of it can end it."""
        record = {
            "published": self.published.isoformat() if self.published else None,
            "part": self.kind.value,
            "text": self.document.text[self.start : self.end],
        }
        return json.dumps(record, ensure_ascii=False)

    @property
    def key(self) -> str:
        """Return a digest of the question."""
        return digest("question", self.question)


@cache
def prompt() -> str:
    """Return what the second coder is told before each passage."""
    return (files("detente.second") / "prompt.md").read_text("utf-8")


@cache
def prompt_digest() -> str:
    """Return a digest of the prompt and of the form that answers must have."""
    return digest("prompt", prompt(), json.dumps(ANSWER_SCHEMA, sort_keys=True))


def passages(
    document: Document, segments: Iterable[Segment], kinds: frozenset[SegmentKind]
) -> Iterator[Passage]:
    """Yield the passages of a document, in order.

    Args:
        document: the document.
        segments: its parts.
        kinds: the kinds of parts that are coded.
    """
    for segment in segments:
        if segment.kind not in kinds:
            continue
        for start, end in _pieces(document.text, segment.start, segment.end):
            yield Passage(
                document=document,
                kind=segment.kind,
                published=segment.published or document.published,
                start=start,
                end=end,
            )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are short enough, without blanks at their ends."""
    while start < end:
        cut = end if end - start <= LONGEST_PASSAGE else _cut(text, start)
        piece = text[start:cut]
        bare = piece.strip()
        if bare:
            first = start + piece.index(bare)
            yield first, first + len(bare)
        start = cut


def _cut(text: str, start: int) -> int:
    """Return where to end a passage: at the last good border of its second half."""
    limit = start + LONGEST_PASSAGE
    for border in _BORDERS:
        at = text.rfind(border, start + LONGEST_PASSAGE // 2, limit)
        if at >= 0:
            return at + len(border)
    return limit
