"""A document's text, cut at the borders of its segments, its claims and the words asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from detente.model import Claim, Document, Segment, SegmentKind

__all__ = ["FOLDED", "LONGEST", "Group", "Part", "Piece", "Window", "groups_of", "window_of"]

# What nobody reports in is folded, and can be opened.
FOLDED = frozenset({SegmentKind.COMMENT, SegmentKind.BOILERPLATE})
# A text that is longer than this many characters is shown in parts of that length.
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Window:
    """The characters ``start <= i < end`` of a text that a page shows."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Characters that are marked alike.

    Attributes:
        text: the characters.
        claims: ids of the claims whose words they belong to.
        begins: ids of those of them that begin here.
        anchor: whether they name the event of one of these claims.
        asked: whether they belong to the words asked for.
        first: whether these begin here.
    """

    text: str
    claims: tuple[str, ...]
    begins: tuple[str, ...]
    anchor: bool
    asked: bool
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A segment of the text."""

    kind: SegmentKind
    outlet: str | None
    author: str | None
    published: date | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Segments of one kind that follow each other.

    Attributes:
        kind: the kind.
        folded: whether they are folded at first.
        parts: the segments.
    """

    kind: SegmentKind
    folded: bool
    parts: tuple[Part, ...]


def window_of(length: int, start: int, asked: tuple[int, int] | None) -> Window:
    """Return which characters of a text to show.

    Args:
        length: how long the text is.
        start: where the reader wants to begin.
        asked: the words asked for, which are always shown.
    """
    if length <= LONGEST:
        return Window(0, length)
    first = min(asked[0], length - 1) if asked else start
    begin = first // LONGEST * LONGEST
    return Window(begin, min(length, max(begin + LONGEST, asked[1] if asked else 0)))


def groups_of(
    document: Document,
    segments: Sequence[Segment],
    claims: Sequence[Claim],
    *,
    asked: tuple[int, int] | None = None,
    window: Window,
) -> tuple[Group, ...]:
    """Cut the text of a document for its page; the pieces, joined, are the text of the window.

    Args:
        document: the document.
        segments: its segments, in order; together the whole text.
        claims: the claims drawn from it.
        asked: start and end of the words that a reader asks for.
        window: which characters are shown.
    """
    shown = [part for part in segments if part.start < window.end and part.end > window.start]
    found = []
    for kind, listed in groupby(shown, key=lambda part: part.kind):
        parts = tuple(_part(document, one, claims, asked, window) for one in listed)
        holds = any(piece.asked for part in parts for piece in part.pieces)
        found.append(Group(kind=kind, folded=kind in FOLDED and not holds, parts=parts))
    return tuple(found)


def _part(
    document: Document,
    segment: Segment,
    claims: Sequence[Claim],
    asked: tuple[int, int] | None,
    window: Window,
) -> Part:
    start, end = max(segment.start, window.start), min(segment.end, window.end)
    spans = [(claim.span, claim.anchor, claim.id) for claim in claims]
    within = [one for one in spans if one[0].start < end and one[0].end > start]
    borders = {start, end}
    for span, anchor, _ in within:
        borders |= {span.start, span.end, anchor.start, anchor.end}
    borders |= set(asked or ())
    cuts = sorted(border for border in borders if start <= border <= end)
    pieces = []
    for left, right in pairwise(cuts):
        covering = [one for one in within if one[0].start <= left < one[0].end]
        pieces.append(
            Piece(
                text=document.text[left:right],
                claims=tuple(identifier for _, _, identifier in covering),
                begins=tuple(identifier for span, _, identifier in covering if span.start == left),
                anchor=any(anchor.start <= left < anchor.end for _, anchor, _ in covering),
                asked=asked is not None and asked[0] <= left < asked[1],
                first=asked is not None and asked[0] == left,
            )
        )
    return Part(
        kind=segment.kind,
        outlet=segment.outlet,
        author=segment.author,
        published=segment.published,
        pieces=tuple(pieces),
    )
