"""How a calendar day is written: strict reading of stated dates, never a guess."""

from __future__ import annotations

import re
from datetime import date, timedelta

__all__ = ["DAY_PATTERN", "SHORT_DAY_PATTERN", "last_such_day", "read_day"]

_MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "(?:" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"
_CLOCK = r"\d{1,2}:\d{2}"

# A stated day inside a sentence, for the patterns of cues: "21 July 2016", "July 21, 2016", ISO.
DAY_PATTERN = (
    r"(?:\d{4}-\d{2}-\d{2}"
    rf"|(?i:{_WEEKDAY})?\d{{1,2}}(?:st|nd|rd|th)?\s+(?i:{_MONTH}),?\s+\d{{4}}"
    rf"|(?i:{_WEEKDAY})?(?i:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"
)

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?\b"
# The same without a year, or a weekday alone: "Friday 22 July", "July 22", "Friday".
SHORT_DAY_PATTERN = (
    rf"(?:(?i:{_WEEKDAY})?(?:{_NUMBER}\s+(?i:{_MONTH})|(?i:{_MONTH})\s+{_NUMBER})(?!,?\s+\d)"
    r"|(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)"
)

# After the day only a time of day and a zone may stand, so that "2015-11-24 to 26" is no day.
_REST = rf"(?:\s*(?:,|at|-|–|T|\|)?\s*{_CLOCK}(?::\d{{2}})?[\w\s:+.,()-]{{0,40}})?"
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}(?::?\d{2}){0,2}(?:[.,]\d{1,9})?.{0,12})?", re.A
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?", re.A)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})", re.A)
_DAY_FIRST = re.compile(
    rf"(?:{_WEEKDAY})?(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+({_MONTH}),?[\s-]+(\d{{4}})(?:\s+{_CLOCK}.{{0,40}})?{_REST}",
    re.I | re.A,
)
_MONTH_FIRST = re.compile(
    rf"(?:{_WEEKDAY})?({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_REST}", re.I | re.A
)
_SHORT = re.compile(
    rf"(?:(?P<weekday>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\.?,?(?:\s+|$))?"
    rf"(?:(?P<number>{_NUMBER})\s+(?P<first>{_MONTH})|(?P<second>{_MONTH})\s+(?P<after>{_NUMBER}))?",
    re.I | re.A,
)
_LONGEST = 80


def read_day(stated: str) -> date | None:
    """Return the calendar day that a string states, or None when it states none for certain.

    Read are ISO 8601 dates and datetimes, RFC 822 dates, "24 November 2015" and "Nov 24, 2015",
    each with or without a weekday and a time of day. The day stays as stated, whatever the zone.
    Orders that differ between countries ("11/12/2015") are not read.
    """
    text = " ".join(stated[: _LONGEST + 1].split())
    if not text or len(text) > _LONGEST:
        return None
    for pattern in (_ISO, _COMPACT, _SLASHED):
        if match := pattern.fullmatch(text):
            return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_FIRST.fullmatch(text):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    return None


def last_such_day(words: str, page: date) -> date | None:
    """Return the last day up to another one that words without a year fit, or None.

    Args:
        words: "Friday 22 July", "July 22" or "Friday".
        page: the day of the page that holds them.

    Returns:
        The day; None for other words, and where the weekday is not that of the day.
    """
    text = " ".join(words[: _LONGEST + 1].split())
    found = _SHORT.fullmatch(text) if len(text) <= _LONGEST else None
    if not found:
        return None
    weekday = _WEEKDAYS.index(found["weekday"][:3].lower()) if found["weekday"] else None
    month = found["first"] or found["second"]
    if month is None:
        if weekday is None:
            return None
        back = (page.weekday() - weekday) % 7
        return page - timedelta(days=back) if page.toordinal() > back else None
    number = int(re.sub(r"\D", "", found["number"] or found["after"]))
    for year in range(page.year, max(page.year - 9, 0), -1):
        day = _day(year, _month(month), number)
        if day is not None and day <= page:
            return day if weekday in (None, day.weekday()) else None
    return None


def _month(name: str) -> int:
    return _MONTH_OF[name.lower().rstrip(".")]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
