"""Which part of a document is what: headline, body, another outlet's report, readers' comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median_low

from detente.extraction.units import (
    Unit,
    ends_sentence,
    is_headlinese,
    is_title_case,
    looks_like_headline,
    units_of,
)
from detente.lexicon.segments import SegmentCues, load_segment_cues
from detente.model import Document, Segment, SegmentKind

__all__ = ["segment"]

_OWN_TEXT = frozenset({SegmentKind.BODY, SegmentKind.QUOTATION, SegmentKind.REPRINT})
# What a report consists of; anything else ends a reprint.
_SIGNED = _OWN_TEXT | {SegmentKind.HEADLINE, SegmentKind.DATELINE, SegmentKind.BYLINE}
_NUMBERED = re.compile(r"(\d{1,4})[.)]\s")
_RULE = re.compile(r"(?:[*_=~#—–-][ ]?){3,}")
_WRITTEN_BY_HOST = re.compile(r"\b(?:we|We|our|Our|us|I|my|My|you|You|your)\b|\?(?:\s|$)")
_QUOTED = re.compile(r"“[^“”]{0,2000}”|\"[^\"]{0,2000}\"")
_NEWS_LEAD = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:said|says|told|announced|reported|expressed|warned|confirmed|denied|condemned|accused"
    r"|agreed|called|according)\b)"
)
_FEWEST_TITLE_WORDS = 5
# A page with more is a list of headlines.
_MOST_TITLES = 20


def segment(document: Document) -> tuple[Segment, ...]:
    """Return the segments of a document, in order, which together are its whole text.

    Where the reader saw markup its segments stand, and only what it took for body is looked at more
    closely; otherwise the whole text is split by what its lines and paragraphs show.

    Args:
        document: any document.

    Returns:
        Contiguous segments from 0 to the length of the text; none for an empty text.
    """
    text = document.text
    if not text:
        return ()
    cues = load_segment_cues().on(document.published)
    if document.segments:
        units = _marked_units(document, cues)
    else:
        units = list(_header_units(text, cues))
        start = units[-1].end if units else 0
        own = units_of(text, start, len(text), cues, head=True)
        _find_headline(own, document.title)
        units += own
    _classify(units, cues)
    return _tiled(text, _segments(units))


def _header_units(text: str, cues: SegmentCues) -> Iterator[Unit]:
    """Yield the header lines of a text file: metadata, not text."""
    for header in cues.headers(text):
        is_author = header.field == "author"
        yield Unit(
            header.start,
            header.end,
            text[header.start : header.end],
            kind=SegmentKind.BYLINE if is_author else SegmentKind.BOILERPLATE,
            author=header.value if is_author else None,
            marked=True,
        )


def _marked_units(document: Document, cues: SegmentCues) -> list[Unit]:
    """Return the units of a text with markup: its segments, and what its body parts hold."""
    units: list[Unit] = []
    for known in _filled(document):
        if known.kind is SegmentKind.BODY:
            head = not any(unit.kind in _OWN_TEXT for unit in units)
            units += units_of(document.text, known.start, known.end, cues, head=head)
        else:
            units.append(
                Unit(
                    known.start,
                    known.end,
                    document.text[known.start : known.end].strip(),
                    kind=known.kind,
                    outlet=known.outlet,
                    author=known.author,
                    published=known.published,
                    marked=True,
                )
            )
    return units


def _filled(document: Document) -> Iterator[Segment]:
    """Yield the reader's segments, with neighbouring body parts joined and the gaps made body."""
    position = 0
    body: Segment | None = None
    last = Segment(kind=SegmentKind.COMMENT, start=len(document.text), end=len(document.text))
    for known in (*document.segments, last):
        end = known.end if known.kind is SegmentKind.BODY else known.start
        if end > position:
            start = body.start if body else position
            body = Segment(kind=SegmentKind.BODY, start=start, end=end)
        if known.kind is not SegmentKind.BODY:
            if body:
                yield body
            body = None
            if known.end > known.start:
                yield known
        position = known.end


def _find_headline(units: list[Unit], title: str | None) -> None:
    """Make the first unit the headline if it is worded as one or stands over a byline."""
    first = next((unit for unit in units if unit.kind is SegmentKind.BODY), None)
    if first is None or (first is not units[0] and units[0].kind is SegmentKind.DATELINE):
        return
    after = units[units.index(first) + 1 :]
    if not any(unit.kind in _OWN_TEXT for unit in after):
        return
    signed = after[0].kind in (SegmentKind.BYLINE, SegmentKind.DATELINE)
    short = "\n" not in first.text and len(first.text.split()) <= 25
    is_title = title is not None and first.text.rstrip(".") == title.strip().rstrip(".")
    worded = looks_like_headline(first.text) or is_headlinese(first.text)
    if is_title or worded or (signed and short):
        first.kind = SegmentKind.HEADLINE


def _classify(units: list[Unit], cues: SegmentCues) -> None:
    """Find the parts that show only in how the units follow each other."""
    _follow_notes(units)
    _restore_text(units)
    _follow_comments(units)
    _find_numbered_comments(units)
    _read_notes(units, cues)
    _find_dated_report(units)
    _find_reprint(units, cues)
    _follow_reprint(units)
    _date_reprints(units, cues)
    _find_quotations(units)


def _follow_notes(units: list[Unit]) -> None:
    """Make the paragraph under a line "Correction:" part of the note."""
    for note, unit in pairwise(units):
        is_label = note.kind is SegmentKind.EDITORS_NOTE and len(note.text.split()) <= 4
        if is_label and note.text.endswith(":") and unit.kind is SegmentKind.BODY:
            unit.kind = SegmentKind.EDITORS_NOTE


def _restore_text(units: list[Unit]) -> None:
    """Give back to the text what counts only at its end, where more of it follows."""
    last = max((i for i, unit in enumerate(units) if unit.kind is SegmentKind.BODY), default=0)
    for unit in units[:last]:
        if unit.cue and unit.cue.cue.place == "end":
            unit.kind = SegmentKind.BODY


def _follow_comments(units: list[Unit]) -> None:
    """Make what follows a heading over comments a comment; a heading before any text is a link."""
    open_ = False
    text_seen = False
    signed = sum(_is_signature(unit) for unit in units) > 1
    for unit in units:
        if unit.marked:
            open_ = open_ and unit.kind in (SegmentKind.COMMENT, SegmentKind.BOILERPLATE)
        elif unit.kind is SegmentKind.COMMENT and not open_:
            starts = unit.cue is not None and (
                unit.cue.cue.reach == "after" or (_is_signature(unit) and _is_certain(unit, signed))
            )
            closes = unit.cue is not None and unit.cue.cue.cue == "comments-closed"
            if not text_seen or not (starts or closes):
                unit.kind = SegmentKind.BODY if _is_signature(unit) else SegmentKind.BOILERPLATE
            open_ = text_seen and starts
        elif open_ and unit.kind is not SegmentKind.BOILERPLATE:
            unit.kind = SegmentKind.COMMENT
            unit.outlet = None
        text_seen = text_seen or unit.kind in _OWN_TEXT


def _is_signature(unit: Unit) -> bool:
    return unit.cue is not None and unit.cue.cue.cue.startswith("commenter-")


def _is_certain(unit: Unit, repeated: bool) -> bool:
    """Tell whether "X says:" opens a comment, not a report: it is dated, numbered or repeated."""
    return repeated or unit.published is not None or bool(_NUMBERED.match(unit.text))


def _find_numbered_comments(units: list[Unit]) -> None:
    """Make a numbered list that ends the page comments, where it follows the page's own end.

    A list in the article's own text is followed by more of it, or preceded by it.
    """
    found = None
    last = 0
    closed = False
    for index in range(len(units) - 1, 0, -1):
        unit = units[index]
        number = _number(unit)
        last = max(last, number)
        closed = closed or unit.kind is SegmentKind.COMMENT
        after_end = units[index - 1].kind is SegmentKind.BOILERPLATE
        if unit.kind is SegmentKind.BODY and number == 1 < last and (closed or after_end):
            found = index
    for unit in units[found:] if found else ():
        if unit.kind is not SegmentKind.BOILERPLATE:
            unit.kind = SegmentKind.COMMENT


def _number(unit: Unit) -> int:
    match = _NUMBERED.match(unit.text)
    return int(match[1]) if match else 0


def _read_notes(units: list[Unit], cues: SegmentCues) -> None:
    """Find the editors' notes that say that what follows, or all, is another outlet's."""
    for unit in units:
        if unit.kind is SegmentKind.EDITORS_NOTE and unit.cue:
            match = cues.match(unit.text[unit.cue.end :].lstrip())
            if match and match.cue.kind is SegmentKind.REPRINT:
                unit.take(match)


def _find_dated_report(units: list[Unit]) -> None:
    """Find an agency's report below words of the page's own: its dateline opens a reprint."""
    own: list[str] = []
    for dateline, lead in pairwise(units):
        if dateline.kind is SegmentKind.BODY:
            own.append(dateline.text)
        is_agency = dateline.kind is SegmentKind.DATELINE and dateline.outlet is not None
        if is_agency and lead.kind is SegmentKind.BODY:
            # A standfirst above a dateline is the report's; words in the first person are not.
            if _WRITTEN_BY_HOST.search(_QUOTED.sub("", " ".join(own))):
                lead.kind = SegmentKind.REPRINT
                lead.outlet, lead.published = dateline.outlet, dateline.published
            return


def _find_reprint(units: list[Unit], cues: SegmentCues) -> None:
    """Find the second headline, under which a page shows the report that it comments on."""
    own = [unit for unit in units if unit.kind is SegmentKind.BODY]
    titles = [unit for unit in own[1:-1] if _is_second_headline(unit)]
    if not 0 < len(titles) <= _MOST_TITLES:
        return
    usual = median_low([unit.gap for unit in own[1:]])
    for title in titles:
        index = units.index(title)
        lead = units[index + 1]
        host = _QUOTED.sub("", " ".join(unit.text for unit in units[:index]))
        signs = [
            title.gap > usual,
            bool(_NEWS_LEAD.search(lead.text)),
            bool(_WRITTEN_BY_HOST.search(host)) and len(titles) == 1,
        ]
        has_lead = signs[1] and sum(signs) >= 2
        if has_lead or lead.kind in (SegmentKind.DATELINE, SegmentKind.BYLINE):
            title.kind = SegmentKind.REPRINT
            title.outlet = lead.outlet
            title.published = lead.published if lead.kind is SegmentKind.DATELINE else None
            _sign(units[index + 1 : index + 3], title, cues)
            return


def _is_second_headline(unit: Unit) -> bool:
    return (
        len(unit.text.split()) >= _FEWEST_TITLE_WORDS
        and looks_like_headline(unit.text)
        and is_title_case(unit.text)
        and not ends_sentence(unit.text)
    )


def _sign(units: list[Unit], title: Unit, cues: SegmentCues) -> None:
    """Take the byline under a second headline for one, and what it states for the reprint."""
    for unit in units:
        match = cues.match(unit.text, "head", line=True)
        if unit.kind is SegmentKind.BODY and match and match.cue.kind is SegmentKind.BYLINE:
            unit.take(match)
            title.outlet = title.outlet or match.outlet
            title.published = title.published or match.published


def _follow_reprint(units: list[Unit]) -> None:
    """Carry a reprint on to the next rule, note, disclaimer or comment, with what it states."""
    open_: Unit | None = None
    members: list[Unit] = []
    for unit in units:
        reach = unit.cue.cue.reach if unit.cue else None
        if unit.marked and unit.kind in _OWN_TEXT:
            if open_ and not members:
                unit.kind = SegmentKind.REPRINT
                unit.outlet, unit.published = open_.outlet, open_.published
            open_ = None
        elif unit.kind is SegmentKind.REPRINT and reach != "whole":
            open_, members = unit, [] if reach == "after" else [unit]
            if reach == "after":
                unit.kind = SegmentKind.EDITORS_NOTE
        elif open_ and unit.cue and unit.cue.cue.cue == "source-line":
            for member in members:
                member.outlet = member.outlet or unit.outlet
                member.published = member.published or unit.published
            open_ = None
        elif open_ and (unit.kind not in _SIGNED or _RULE.fullmatch(unit.text)):
            open_ = None
        elif open_ and unit.kind not in (SegmentKind.DATELINE, SegmentKind.BYLINE):
            unit.kind = SegmentKind.REPRINT
            unit.outlet, unit.published = open_.outlet, open_.published
            members.append(unit)
    _follow_whole(units)


def _follow_whole(units: list[Unit]) -> None:
    """Make the body a reprint where the page says that the whole article is one."""
    for unit in units:
        if unit.cue and unit.cue.cue.reach == "whole":
            unit.kind = SegmentKind.EDITORS_NOTE
            for other in units:
                if other.kind is SegmentKind.BODY:
                    other.kind = SegmentKind.REPRINT
                    other.outlet, other.published = unit.outlet, unit.published


def _date_reprints(units: list[Unit], cues: SegmentCues) -> None:
    """Give a reprint without a day that of the dateline in it, or of the note above its markup."""
    for before, unit in pairwise(units):
        if unit.kind is not SegmentKind.REPRINT or unit.published is not None:
            continue
        stated = before.published if before.kind is SegmentKind.DATELINE else None
        if stated is None and unit.marked and before.kind is SegmentKind.EDITORS_NOTE:
            match = cues.match(before.text, line=False)
            stated = match.published if match else None
        opening = cues.match(unit.text, line=False) if stated is None and unit.marked else None
        if opening is not None and opening.cue.kind is SegmentKind.DATELINE:
            stated = opening.published
        for other in units[units.index(unit) :] if stated else ():
            if other.kind is SegmentKind.REPRINT and other.published is None:
                other.published = stated
            elif other.kind not in _SIGNED:
                break


def _find_quotations(units: list[Unit]) -> None:
    """Find the body paragraphs that are one quotation and nothing else."""
    if len(units) < 2:
        return
    for unit in units:
        text = unit.text
        if unit.kind is SegmentKind.BODY and len(text.split()) >= 4:
            whole = _QUOTED.fullmatch(text.rstrip(".,")) is not None
            if whole or all(line.lstrip().startswith(">") for line in text.split("\n")):
                unit.kind = SegmentKind.QUOTATION


def _segments(units: list[Unit]) -> list[Segment]:
    """Return the units as segments, equal neighbours joined; each comment stays by itself."""
    segments: list[Segment] = []
    for unit in units:
        part = Segment(
            kind=unit.kind,
            start=unit.start,
            end=unit.end,
            outlet=unit.outlet,
            author=unit.author,
            published=unit.published,
        )
        last = segments[-1] if segments else None
        if last and _joins(last, part, unit):
            segments[-1] = replace(last, end=part.end)
        else:
            segments.append(part)
    return segments


def _joins(last: Segment, part: Segment, unit: Unit) -> bool:
    if last.kind is not part.kind:
        return False
    if unit.marked and unit.kind in (SegmentKind.COMMENT, SegmentKind.QUOTATION):
        return False
    if part.kind is SegmentKind.COMMENT:
        return not (_NUMBERED.match(unit.text) or unit.cue)
    return (last.outlet, last.author, last.published) == (part.outlet, part.author, part.published)


def _tiled(text: str, segments: list[Segment]) -> tuple[Segment, ...]:
    """Return the segments with the white space between them given to the one before it."""
    if not segments:
        return (Segment(kind=SegmentKind.BODY, start=0, end=len(text)),)
    starts = [0, *(segment.start for segment in segments[1:]), len(text)]
    return tuple(
        replace(part, start=start, end=end)
        for part, (start, end) in zip(segments, pairwise(starts), strict=True)
        if end > start
    )
