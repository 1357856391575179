"""The grammar of time expressions: words, and the days that they stand for.

The names of days, months and years are in ``calendar_words``; here is what is built from them and
from counted units: ranges, nights, parts, bounds, "three weeks ago", "the past two years".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detente.extraction.dates import intervals
from detente.extraction.dates.calendar_words import (
    CALENDAR_NEEDS,
    DOUBTFUL,
    MONTH,
    NAME_NEEDS,
    NAME_PATTERN,
    NAMES,
    SPACE,
    WEEKDAY,
    WRAPPED,
    is_written_as_name,
)
from detente.extraction.dates.counted_units import COUNT, COUNTED_FORMS, COUNTED_NEEDS, UNITS
from detente.extraction.dates.intervals import (
    Interval,
    span_of_days,
    unknown,
)
from detente.extraction.dates.pieces import piece_of
from detente.extraction.dates.reference import (
    Direction,
    Form,
    NoAnchorError,
    Reader,
    Reference,
    Rule,
)

__all__ = ["TimeExpression", "scan"]

_PART = (
    r"early|earlier|mid|late|later|(?:the )?(?:start|beginning|middle|end|close) of|"
    r"the (?:first|second) half of|the (?:first|second|third|fourth|last) week of"
)
_THE_UNIT = r"the (?:week|month|quarter|year|decade)"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a text that stand for a time.

    Attributes:
        start: first character.
        end: one past the last character.
        match: how the words fit their rule.
        rule: the rule.
    """

    start: int
    end: int
    match: re.Match[str]
    rule: Rule

    def interval(self, reference: Reference) -> Interval:
        """Return the days that the words stand for; an unknown interval says why."""
        return _attempt(self.rule, self.match, reference)

    @property
    def is_absolute(self) -> bool:
        """Whether the words can be read without a date of publication."""
        return self.interval(Reference(None)).edtf is not None


def scan(text: str) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a text, in order; of overlapping ones the longest."""
    letters = f"{text}\n{text.lower()}"
    # Matching is far slower than looking for the pieces of words that a form needs.
    found = [
        TimeExpression(*match.span(), match, rule)
        for needs, rules in _GROUPED
        if not needs or any(map(letters.__contains__, needs))
        for rule in rules
        for match in rule.pattern.finditer(text)
        if is_written_as_name(match[0])
    ]
    found.sort(key=lambda one: (one.start, -one.end, _ORDER[one.rule]))
    kept: list[TimeExpression] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _attempt(rule: Rule, match: re.Match[str], reference: Reference) -> Interval:
    try:
        return rule.read(match, reference)
    except NoAnchorError:
        return unknown(f"no date of publication to read {match[0]!r} by")
    except (ValueError, OverflowError):
        return unknown(f"{match[0]!r} is no day of the calendar")


def _inner(words: str, reference: Reference) -> Interval:
    """Read the words that a wrapper holds.

    Raises:
        ValueError: if they cannot be read.
        NoAnchorError: if they need a date of publication.
    """
    unit = re.fullmatch(r"the\s+(week|month|quarter|year|decade)", words, re.IGNORECASE)
    if unit:
        return intervals.unit_around(reference.day, unit[1].lower(), 0)
    for rule in (*WRAPPED, *_PARTS, *_DAYS):
        match = rule.pattern.fullmatch(words)
        if match:
            return rule.read(match, reference)
    raise ValueError(words)


def _part(match: re.Match[str], reference: Reference) -> Interval:
    """Read early May, mid-2015, late 1947, the end of the year, earlier this month."""
    words = re.sub(r"[\s-]+", " ", match["part"].lower())
    inner = match["inner"]
    if words == "later" and inner.split()[0].lower() in ("the", "this"):
        reference = replace(reference, direction=Direction.FUTURE)
    whole = _inner(inner, reference)
    first, last = whole.first, whole.last
    if first is None or last is None or first == last:
        return whole
    # "Earlier this month", "later this week": the side of today, where today lies within.
    if words in ("earlier", "later"):
        if reference.anchor and first <= reference.anchor <= last:
            bounds = (first, reference.anchor) if words == "earlier" else (reference.anchor, last)
            return span_of_days(*bounds)
        words = "first half of" if words == "earlier" else "second half of"
    piece = piece_of(whole, words)
    begun = reference.anchor is None or piece.first is None or piece.first <= reference.anchor
    if begun or reference.direction is not Direction.PAST or inner.split()[0].lower() != "the":
        return piece
    # "At the end of the month", told in the past: of the month before.
    return piece_of(_inner(inner, Reference(first - timedelta(days=1))), words)


def _night(match: re.Match[str], reference: Reference) -> Interval:
    """Read the night to July 16, the night of 15 July, overnight."""
    words = match[0].lower()
    if not match["inner"]:
        return span_of_days(reference.day - timedelta(days=1), reference.day)
    named = _inner(match["inner"], reference)
    if named.first is None or named.last is None:
        raise ValueError(match["inner"])
    if (match["link"] or "").lower() in ("to", "into", "before") or words.startswith("overnight"):
        return span_of_days(named.first - timedelta(days=1), named.last)
    if named.first < named.last:
        return named
    return span_of_days(named.first, named.last + timedelta(days=1))


def _range(match: re.Match[str], reference: Reference) -> Interval:
    """Read from Monday to Friday, between June and August 2015, July 15 - August 2."""
    try:
        right = _inner(match["right"], reference)
        left = _inner(match["left"], Reference(right.last))
    except NoAnchorError:
        left = _inner(match["left"], reference)
        right = _inner(match["right"], Reference(left.first, Direction.FUTURE))
    if left.first is None or right.last is None:
        raise ValueError(match[0])
    return span_of_days(left.first, right.last)


def _days_of_month(match: re.Match[str], reference: Reference) -> Interval:
    """Read July 15-16, 3 to 5 May 2016."""
    written = f"{match['month']} {match['last']} {match['year'] or ''}".strip()
    last = _inner(written, reference).last
    if last is None:
        raise ValueError(match[0])
    first = last.replace(day=int(re.sub(r"\D", "", match["first"])))
    return span_of_days(first, last)


def _both(match: re.Match[str], reference: Reference) -> Interval:
    """Read Monday and Tuesday, May and June, 2014 and 2015: from the first to the last."""
    last = _inner(match["right"], reference)
    first = _inner(match["left"], Reference(last.last))
    if first.first is None or last.last is None:
        raise ValueError(match[0])
    together = first.last is None or last.first is None or (last.first - first.last).days <= 1
    reason = None if together else "two times, with another between them"
    return span_of_days(first.first, last.last, reason=reason)


def _in_year(match: re.Match[str], reference: Reference) -> Interval:
    """Read May last year, 3 May of this year, late last year's like."""
    steps = {"last": -1, "this": 0, "next": 1}
    year = reference.day.year + steps[match["which"].lower()]
    return _inner(match["inner"], Reference(date(year, 12, 31)))


def _week_of(match: re.Match[str], reference: Reference) -> Interval:
    """Read the week of July 18, the week to 16 July, the week beginning 18 July."""
    named = _inner(match["inner"], reference)
    if named.first is None or named.last is None or named.first != named.last:
        raise ValueError(match["inner"])
    link = match["link"].lower()
    if link == "of":
        return intervals.unit_around(named.first, "week", 0)
    rest = timedelta(days=6)
    if link in ("to", "ending", "ended", "before"):
        return span_of_days(named.first - rest, named.first)
    return span_of_days(named.first, named.first + rest)


def _quarter(match: re.Match[str], reference: Reference) -> Interval:
    """Read the third quarter of 2015, Q3 2015."""
    word = (match["which"] or match["digit"]).lower()
    ordinals = ("first", "second", "third", "fourth")
    number = int(word) if word.isdigit() else ordinals.index(word) + 1
    return intervals.unit_around(date(int(match["year"]), 3 * number - 2, 1), "quarter", 0)


def _vague(match: re.Match[str], reference: Reference) -> Interval:
    """Read long ago, the turn of the century: times without bounds."""
    return unknown(f"{match[0]!r} has no bounds")


def _years(match: re.Match[str], reference: Reference) -> Interval:
    """Read 2014-2016, 2014-15."""
    first, last = int(match["first"]), match["last"]
    return span_of_days(date(first, 1, 1), date(int(str(first)[: 4 - len(last)] + last), 12, 31))


def _bounded(match: re.Match[str], reference: Reference) -> Interval:
    """Read since Monday, until May, by 9 August, before 2014, after 15 July, from 1 January."""
    word = match["bound"].lower()
    if word == "since":
        reference = replace(reference, direction=Direction.PAST)
    elif word in ("by", "until", "till", "from") and reference.direction is Direction.PAST:
        reference = replace(reference, direction=Direction.NEAREST)
    named = _inner(match["inner"], reference)
    ahead = reference.direction is Direction.FUTURE
    if word == "since":
        return span_of_days(named.first, reference.anchor)
    if word == "from":
        return span_of_days(named.first, None, reason="no last day")
    if word == "by":
        return span_of_days(reference.anchor if ahead else None, named.last)
    if word in ("until", "till"):
        return span_of_days(None, named.last, reason="no first day")
    if word == "after":
        return _after(named.last, reference)
    last = named.first - timedelta(days=1) if named.first else None
    return span_of_days(None, last, reason="no first day")


def _after(when: date | None, reference: Reference) -> Interval:
    """Return the days after a day; what is told in the past lies before its report."""
    if when is None:
        raise ValueError("nothing to be after")
    first = when + timedelta(days=1)
    last = reference.anchor if reference.direction is Direction.PAST else None
    if last is not None and last < first:
        last = None
    return span_of_days(first, last, reason="no last day" if last is None else None)


def _weekend(match: re.Match[str], reference: Reference) -> Interval:
    """Read over the weekend."""
    this = intervals.unit_around(reference.day, "weekend", 0)
    begun = this.first is not None and this.first <= reference.day
    if begun or reference.direction is Direction.FUTURE:
        return this
    return intervals.unit_around(reference.day, "weekend", -1)


def _told(match: re.Match[str], reference: Reference) -> Interval:
    """Read two days later, the next day: times that hang on the last one told."""
    return unknown(f"{match[0]!r} is relative to another event")


def _holiday(match: re.Match[str], reference: Reference) -> Interval:
    """Read a holiday: most move, and the calendar of none is here."""
    return unknown(f"{match[0]!r} is a holiday, not resolved")


_A = NAME_PATTERN
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_M = (
    r"(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?))"
)
_TO = r"(?:\s?[-–—]\s?|\s(?:to|through|until|till|and)\s)"
_Y = r"(?:,?\s(?P<year>(?:1\d|20)\d\d))?"
_DAYS_FORMS: tuple[Form, ...] = (
    (
        rf"(?:(?:from|between) )?{_M} (?P<first>{_DAY}){_TO}(?P<last>{_DAY})\b(?!:){_Y}",
        _days_of_month,
    ),
    (
        rf"(?:(?:from|between) )?(?P<first>{_DAY}){_TO}(?P<last>{_DAY}) (?:of )?{_M}\b{_Y}",
        _days_of_month,
    ),
)
_MONTH_DAYS = "|".join(re.sub(r"\(\?P<\w+>", "(?:", form) for form, _ in _DAYS_FORMS)
_PART_FORM = rf"(?:in )?(?P<part>{_PART})[\s-](?:(?:in|on|of) )?(?P<inner>{_A}|{_THE_UNIT}\b)"
_PIECE = rf"(?:(?:{_PART})[\s-](?:(?:in|on) )?(?:{_A}|{_THE_UNIT}\b)|{_A})"
_COMPOSED: tuple[Form, ...] = (
    (
        rf"(?P<count>{COUNT}) (?P<unit>{UNITS}) "
        r"(?:later|earlier|before|after|afterwards?|prior)\b"
        r"|(?:the|that)(?: very)? (?:next|following|same|previous|preceding) "
        r"(?:day|morning|evening|night|week|weekend|month|year|hour)\b"
        r"|the (?:following|ensuing|subsequent|previous|preceding) "
        r"(?:hours|days|nights|weeks|months|years|decades)\b"
        r"|the (?:day|night|week|month|year) (?:before|after)\b(?! (?:yesterday|tomorrow))"
        r"|that (?:day|night|week|month|year)\b|at the time\b|a (?:day|week|month|year) on\b",
        _told,
    ),
    (
        rf"(?:the )?night (?:(?P<link>to|into|before|of|from|on) )?(?P<inner>{_MONTH_DAYS}|{_A})",
        _night,
    ),
    (rf"overnight(?: (?P<link>to|into|on|from))?(?: (?P<inner>{_A}))?\b", _night),
    (rf"(?:from|between) (?P<left>{_PIECE}){_TO}(?P<right>{_PIECE})", _range),
    (rf"(?P<left>{_A})(?:\s?[-–—]\s?| (?:to|through) )(?P<right>{_A})", _range),
    (r"(?P<first>(?:19|20)\d\d)[-–](?P<last>(?:19|20)?\d\d)\b(?!-)", _years),
    (
        rf"(?P<bound>since|until|till|by|before|after|from) (?P<inner>{_PIECE}|{_THE_UNIT}\b)",
        _bounded,
    ),
    (r"(?:(?:over|at|during|on|through) the|this) weekend\b", _weekend),
    (
        rf"(?P<left>{WEEKDAY}),? and (?:on )?(?P<right>{WEEKDAY})\b(?!['’]s)",
        _both,
    ),
    (
        rf"(?:(?<=\bin\s)|(?<=\bduring\s))(?P<left>{MONTH}|(?:19|20)\d\d) and (?:in )?"
        rf"(?P<right>{MONTH}(?: (?:19|20)\d\d)?|(?:19|20)\d\d)\b(?! \d|-\d)",
        _both,
    ),
    (rf"(?P<inner>{_A}),? (?:of )?(?P<which>last|this|next) year\b", _in_year),
    (
        rf"(?:in |during )?the week (?P<link>of|to|ending|ended|before|beginning|starting|from) "
        rf"(?:on )?(?P<inner>{_A})",
        _week_of,
    ),
    (
        r"(?:(?:the )?(?P<which>first|second|third|fourth)(?: |-)quarter(?: of)?|Q(?P<digit>[1-4]))"
        r" (?P<year>(?:19|20)\d\d)\b",
        _quarter,
    ),
    (
        r"(?:at )?the turn of the (?:century|year|millennium)\b"
        r"|(?:long|ages|centuries|generations|some time|a long time) ago\b",
        _vague,
    ),
    (
        r"(?:New Year['’]s (?:Day|Eve)|Christmas(?: Day| Eve)?|Easter(?: Sunday| Monday)?"
        r"|Good Friday|Thanksgiving|Eid al-(?:Fitr|Adha)|Ramadan|Nowruz|Labou?r Day|May Day"
        r"|Independence Day|Black Friday|Palm Sunday|Ash Wednesday|Boxing Day)\b",
        _holiday,
    ),
)  # fmt: skip


def _compiled(forms: tuple[Form, ...]) -> tuple[Rule, ...]:
    return tuple(
        Rule(re.compile(rf"(?<![\w.])(?:{form.replace(' ', SPACE)})", re.IGNORECASE), read)
        for form, read in forms
    )


_PARTS = _compiled(((_PART_FORM, _part),))
_DAYS = _compiled(_DAYS_FORMS)
_NEEDS: dict[Reader, str] = {
    **CALENDAR_NEEDS,
    **COUNTED_NEEDS,
    _part: NAME_NEEDS,
    _days_of_month: "0 1 2 3 4 5 6 7 8 9",
    _night: "night",
    _range: NAME_NEEDS,
    _both: " and",
    _years: "19 20",
    _in_year: "year",
    _week_of: "week",
    _quarter: "quarter Q",
    _bounded: "since until till by before after from",
    _weekend: "weekend",
    _vague: "turn ago",
    _told: "later earlier before after prior next following ensuing subsequent same previous "
    "preceding that time on",
}
_ALL = (*_compiled((*_COMPOSED, *COUNTED_FORMS)), *_DAYS, *_PARTS, *NAMES, *DOUBTFUL)
_RULES = tuple(replace(rule, needs=tuple(_NEEDS.get(rule.read, "").split())) for rule in _ALL)
_GROUPED = tuple(
    (needs, tuple(rule for rule in _RULES if rule.needs == needs))
    for needs in dict.fromkeys(rule.needs for rule in _RULES)
)
# Of forms that match the same words the first one counts.
_ORDER = {rule: place for place, rule in enumerate(_RULES)}
