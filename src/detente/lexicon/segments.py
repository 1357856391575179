"""The words that show what a part of a page is: headers, bylines, notes, disclaimers, comments."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from detente.lexicon.days import DAY_PATTERN, SHORT_DAY_PATTERN, last_such_day, read_day
from detente.lexicon.files import DATA, Entry, LexiconFile, load_file
from detente.model import SegmentKind

__all__ = ["Cue", "CueMatch", "Header", "SegmentCues", "load_segment_cues"]

Place = Literal["head", "tail", "end", "any"]
Reach = Literal["this", "after", "whole"]

# A cue is looked for in the first characters of a paragraph; a disclaimer needs no more.
LONGEST_LOOKED_AT = 600

_NAME_WORD = r"(?:[A-Z][\w.'’-]*|al-[A-Z][\w'’-]*|bin|de|der|van|von|la)"
_PLACEHOLDERS = {
    "{wire}": r"(?:[A-Z][\w.&'’-]*[ ]){1,3}(?:Wire|Agency|News|Press|Newswire|Service)",
    "{name}": rf"[A-Z][\w.'’-]*(?:[ ]{_NAME_WORD}){{1,4}}",
    "{nick}": r"[\w][\w.@'’-]*(?:[ ][\w.@'’-]+){0,3}",
    "{outlet}": r"(?:the )?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z“\"‘']"
    r"(?:[\w.&'’“”\"/:-]|[ ](?=[\w&“\"(])){0,60}?",
    "{date}": DAY_PATTERN,
    "{day}": f"(?:{DAY_PATTERN}|{SHORT_DAY_PATTERN})",
}
_DATELINE_DAY = re.compile(SHORT_DAY_PATTERN)
# So many blanks in a row can be shared out in too many ways, and are in no line that is a cue.
_GAP = re.compile(r"\s{9,}")


class Cue(Entry):
    """Words that show the kind of the line or paragraph that they open.

    Attributes:
        cue: its name.
        kind: the kind of segment that they show.
        pattern: a regular expression that matches from the start of the line or paragraph;
            ``{name}``, ``{nick}``, ``{outlet}``, ``{date}``, ``{day}`` and ``{agency}`` stand for a
            person, a commenter, an outlet, a stated day, a day with or without its year and a news
            agency; the groups ``author``, ``outlet`` and ``published`` (or ``before``) go into the
            segment.
        line: whether they fill one line, rather than open a paragraph.
        place: where they count: "head", before the first paragraph of the text; "tail", after it;
            "end", after the last one.
        reach: "this" line or paragraph, all that comes "after" it, or the "whole" document's body.
        ends: whether an article's own text is over where they stand.
        outlet: the one outlet that words so, where the words do not name it.
        comment: why the entry is as it is.
        examples: texts that it matches.
        counter_examples: (``not``) texts that it does not match.
    """

    cue: str
    kind: SegmentKind
    pattern: str
    line: bool = False
    place: Place = "any"
    reach: Reach = "this"
    ends: bool = False
    outlet: str | None = None
    comment: str | None = None
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(default=(), alias="not")

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(_filled(pattern, ("Agency",)))
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return pattern


class HeaderLabels(Entry):
    """The labels under which a text file states one field of its document."""

    field: Literal["outlet", "published", "title", "author", "url"]
    labels: tuple[str, ...]


class MarkupNames(Entry):
    """Words in the class or id of an HTML element that show the kind of what it holds."""

    kind: SegmentKind
    names: tuple[str, ...]


class SegmentCueFile(LexiconFile):
    """The file ``segment_cues.yaml``."""

    agencies: tuple[str, ...] = ()
    headers: tuple[HeaderLabels, ...] = ()
    markup: tuple[MarkupNames, ...] = ()
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue found at the start of a text, and what it states."""

    cue: Cue
    end: int
    outlet: str | None = None
    author: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """One header line of a text file: "Outlet: The Example Post".

    Attributes:
        field: the field of the document that it fills.
        value: the words after the label.
        start: first character of the line.
        end: one past its last character.
    """

    field: str
    value: str
    start: int
    end: int


class SegmentCues:
    """The checked file, compiled."""

    def __init__(self, content: SegmentCueFile, version: str) -> None:
        self.version = version
        self.cues = content.cues
        self._page: date | None = None
        self._compiled = tuple(
            (cue, re.compile(_filled(cue.pattern, content.agencies))) for cue in content.cues
        )
        labels = {label: entry.field for entry in content.headers for label in entry.labels}
        self._field_of = labels
        words = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
        self._header = re.compile(rf"({words})[ \t]*:[ \t]*(\S.*)", re.IGNORECASE)
        self._kind_of = {name: entry.kind for entry in content.markup for name in entry.names}

    def on(self, page: date | None) -> SegmentCues:
        """Return the same cues for a page of a day: what they state without a year, lies before it.

        Args:
            page: the day of the page; None where it is unknown.
        """
        cues = copy(self)
        cues._page = page
        return cues

    def match(
        self, text: str, place: Place = "any", *, line: bool | None = None
    ) -> CueMatch | None:
        """Return the first cue that matches at the start of a line or paragraph, or None.

        Args:
            text: the line or paragraph, without leading white space.
            place: where it stands; "any" considers the cues of every place.
            line: True considers only cues that fill a line, False only the others, None both.
        """
        opening = text[:LONGEST_LOOKED_AT]
        whole: str | None = opening.rstrip()
        if gap := _GAP.search(opening):
            whole = whole if gap.end() == len(opening) else None
            opening = opening[: gap.start() + 1]
        for cue, pattern in self._compiled:
            if line is not None and cue.line is not line:
                continue
            if "any" not in (place, cue.place) and (cue.place == "head") != (place == "head"):
                continue
            if cue.line:
                found = pattern.fullmatch(whole) if whole is not None else None
            else:
                found = pattern.match(opening)
            if found:
                return _stated(cue, found, self._page)
        return None

    def headers(self, text: str) -> tuple[Header, ...]:
        """Return the header lines that a text file opens with, up to its first blank line.

        The lines count only where each of them, to the blank line, is one.
        """
        headers: list[Header] = []
        position = len(text) - len(text.lstrip("\n"))
        while position < len(text):
            end = text.find("\n", position)
            end = len(text) if end < 0 else end
            line = text[position:end]
            if not line.strip():
                return tuple(headers)
            match = self._header.match(line[:LONGEST_LOOKED_AT])
            if match is None or len(line) > LONGEST_LOOKED_AT:
                return ()
            field = self._field_of[match[1].lower()]
            headers.append(Header(field, match[2].strip(), position, end))
            position = end + 1
        return ()

    def markup_kind(self, names: str) -> SegmentKind | None:
        """Return the kind that the words of an element's class and id show, or None.

        Words are split at everything that is not a letter, so "post-comments__list" shows comments.
        """
        for word in re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names).lower()):
            if kind := self._kind_of.get(word):
                return kind
        return None


@cache
def load_segment_cues(path: Path | None = None) -> SegmentCues:
    """Load and check the cues, once per process.

    Args:
        path: another file than the one shipped.

    Raises:
        LexiconError: names the entry that breaks the schema.
    """
    content, version = load_file(path or DATA / "segment_cues.yaml", SegmentCueFile)
    return SegmentCues(content, version)


def _filled(pattern: str, agencies: tuple[str, ...]) -> str:
    names = "|".join(re.escape(name) for name in sorted(agencies, key=len, reverse=True))
    for placeholder, expression in {**_PLACEHOLDERS, "{agency}": f"(?:{names})"}.items():
        pattern = pattern.replace(placeholder, expression)
    return pattern


def _stated(cue: Cue, found: re.Match[str], page: date | None) -> CueMatch:
    groups: dict[str, Any] = found.groupdict()
    outlet = groups.get("outlet") or cue.outlet
    words = groups.get("published") or groups.get("before")
    if words is None and cue.kind is SegmentKind.DATELINE:
        day = _DATELINE_DAY.search(found[0])
        words = day[0] if day else None
    published = read_day(words) if words else None
    if words and published is None and page is not None:
        published = last_such_day(words, page)
    return CueMatch(
        cue=cue,
        end=found.end(),
        outlet=outlet.removeprefix("the ").strip(" .,:;\"“”‘’'") if outlet else None,
        author=groups.get("author"),
        published=published,
    )
