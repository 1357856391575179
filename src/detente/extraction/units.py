"""The lines and paragraphs of a plain text, and what each shows about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from detente.lexicon.segments import CueMatch, Place, SegmentCues
from detente.model import SegmentKind

__all__ = [
    "Unit",
    "ends_sentence",
    "is_headlinese",
    "is_title_case",
    "looks_like_headline",
    "units_of",
]

_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r"\n[ \t\xa0]*\n")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_ENDS_SENTENCE = re.compile(r"[.;,…][\"”’')\]]*$")

# Titles in capitals keep these small.
_SMALL = frozenset(
    """a an the and or but nor of in on at to for from by with as per via vs amid into over under
    after before during between against about than near off out up down is""".split()
)

# What a lead sentence rarely does without, and a headline leaves out.
_SENTENCE_WORDS = frozenset(
    """a an the was were has have had is are been be will would said it he she they his her their
    monday tuesday wednesday thursday friday saturday sunday yesterday today i we you""".split()
)

_LONGEST_HEADLINE = 200
_MOST_HEADLINESE_WORDS = 14
_MOST_HEADLINE_WORDS = 30
# Hard-wrapped text keeps its lines below this width.
_WRAPPED_WIDTH = 100


@dataclass(slots=True, eq=False)
class Unit:
    """A line, a paragraph, or the dateline that opens one.

    Attributes:
        start: its first character that is not white space.
        end: one past its last such character.
        text: the characters between.
        kind: what it is taken for; BODY until something shows otherwise.
        gap: how many blank lines stand before it.
        cue: the cue that it matches.
        outlet: the outlet or agency that it states.
        author: the author that it states.
        published: the day that it states.
        marked: whether markup says what it is, so that nothing else decides it.
    """

    start: int
    end: int
    text: str
    kind: SegmentKind = SegmentKind.BODY
    gap: int = 0
    cue: CueMatch | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    marked: bool = False

    def take(self, match: CueMatch) -> None:
        """Become what a cue shows, with what it states."""
        self.cue = match
        self.kind = match.cue.kind
        self.outlet, self.author, self.published = match.outlet, match.author, match.published


def units_of(text: str, start: int, end: int, cues: SegmentCues, *, head: bool) -> list[Unit]:
    """Return the units of a range of a text in order, each with the cue that it matches.

    Args:
        text: the document's text.
        start: where the range begins.
        end: where it ends.
        cues: the cues.
        head: whether headline and byline are still to come at its beginning.
    """
    units: list[Unit] = []
    place: Place = "head" if head else "tail"
    for paragraph in _paragraphs(text, start, end):
        for unit in _pieces(text, paragraph, cues, place):
            units.append(unit)
            if place == "head" and unit.kind is SegmentKind.BODY and _is_prose(unit, units):
                place = "tail"
    for unit, before in zip(units[1:], units, strict=False):
        unit.gap = max(0, text.count("\n", before.end, unit.start) - 1)
    return units


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends with the mark of a sentence that is over."""
    return _ENDS_SENTENCE.search(text) is not None


def looks_like_headline(text: str) -> bool:
    """Tell whether a unit is worded as a headline: one short line that ends like no sentence."""
    text = text.lstrip("# ")  # the marks of a heading in Markdown
    words = _WORD.findall(text)
    if "\n" in text or len(text) > _LONGEST_HEADLINE or not 2 <= len(words) <= _MOST_HEADLINE_WORDS:
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "“\"‘'") or text.endswith(":"):
        return False
    return not ends_sentence(text) or (len(words) >= 3 and is_title_case(text))


def is_headlinese(text: str) -> bool:
    """Tell whether a short line leaves out what sentences have: articles, auxiliaries, the day."""
    words = [word.lower() for word in _WORD.findall(text)]
    if "\n" in text or not 3 <= len(words) <= _MOST_HEADLINESE_WORDS:
        return False
    return text[0] not in "“\"‘'" and not _SENTENCE_WORDS.intersection(words)


def is_title_case(text: str) -> bool:
    """Tell whether most words that titles write with a capital have one."""
    words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL]
    capitals = sum(word[0].isupper() for word in words)
    # 0.75: names alone make about half of the words of a news sentence capitals.
    return len(words) >= 2 and capitals >= 0.75 * len(words)


def _is_prose(unit: Unit, units: list[Unit]) -> bool:
    """Tell whether a unit begins the text proper, so that no headline or byline follows it."""
    earlier = [other for other in units if other.kind is SegmentKind.BODY]
    return len(earlier) > 1 or not looks_like_headline(unit.text)


def _paragraphs(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """Yield the paragraphs of a range, each as the ranges of its lines without indentation."""
    lines = list(_lines(text, start, end))
    by_line = not _BLANK.search(text[start:end].strip()) and not _is_wrapped(lines)
    paragraph: list[tuple[int, int]] = []
    for line in lines:
        if paragraph and (by_line or text.count("\n", paragraph[-1][1], line[0]) > 1):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text, start, end):
        line = match.group()
        stripped = line.strip()
        if stripped:
            first = match.start() + len(line) - len(line.lstrip())
            yield first, first + len(stripped)


def _is_wrapped(lines: list[tuple[int, int]]) -> bool:
    """Tell whether line ends are only those of a page's width."""
    widths = [end - start for start, end in lines]
    return len(widths) > 1 and max(widths) <= _WRAPPED_WIDTH and widths[0] >= 0.7 * max(widths)


def _pieces(
    text: str, lines: list[tuple[int, int]], cues: SegmentCues, place: Place
) -> Iterator[Unit]:
    """Yield the units of a paragraph: a line that a cue fills stands alone, the others join."""
    open_unit: Unit | None = None
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        match = cues.match(line, place, line=True)
        over_text = number == 0 and place == "head" and _stands_over(lines)
        alone = match is not None or (over_text and looks_like_headline(line))
        if match is None:
            match = cues.match(line, place, line=False)
        if open_unit is not None:
            if match is None and _runs_on(open_unit, lines[number - 1], line):
                open_unit.end = end
                continue
            yield _closed(open_unit, text)
            open_unit = None
        unit = Unit(start, end, line)
        if match is not None and match.cue.kind is SegmentKind.DATELINE and match.end < len(line):
            words = line[: match.end].rstrip()
            dateline = Unit(start, start + len(words), words)
            dateline.take(match)
            yield dateline
            unit = Unit(start + match.end, end, line[match.end :])
        elif match is not None:
            unit.take(match)
        if alone:
            yield unit
        else:
            open_unit = unit
    if open_unit is not None:
        yield _closed(open_unit, text)


def _closed(unit: Unit, text: str) -> Unit:
    unit.text = text[unit.start : unit.end]
    return unit


def _runs_on(unit: Unit, above: tuple[int, int], line: str) -> bool:
    """Tell whether a line belongs to the unit above it; a short disclaimer ends with its line."""
    is_open = unit.kind in (SegmentKind.BODY, SegmentKind.COMMENT)
    return is_open or above[1] - above[0] >= 0.7 * len(line)


def _stands_over(lines: list[tuple[int, int]]) -> bool:
    """Tell whether a paragraph's first line is much shorter than the line below it."""
    if len(lines) < 2:
        return False
    (start, end), (below, below_end) = lines[:2]
    return end - start < 0.7 * (below_end - below)
