"""Times told by counting units from the day of publication: "three weeks ago", "in recent days"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from detente.extraction.dates import intervals
from detente.extraction.dates.calendar_words import SPACE
from detente.extraction.dates.intervals import Granularity, Interval, add_months, span_of_days
from detente.extraction.dates.reference import Direction, Form, Reader, Reference

__all__ = ["COUNT", "COUNTED_FORMS", "COUNTED_NEEDS", "UNITS", "exact_days"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_COUNTS = {word: number for number, word in enumerate(_ONES)} | {
    "a": 1, "an": 1, "a dozen": 12, "half a dozen": 6, "thirty": 30, "forty": 40, "fifty": 50
}  # fmt: skip
# How many units a vague count may mean: the least and the most.
_VAGUE = {"a couple of": (2, 3), "few": (2, 6), "several": (3, 9), "some": (2, 9), "": (2, 11)}
# "in recent weeks" may reach back this many of them.
_RECENT = 9

COUNT = (
    r"(?:\d{1,3}|half a dozen|a dozen|a couple of|(?:a|the|these|some)\s)?"
    r"(?:few|several)|\d{1,3}|half a dozen|a dozen|a couple of|thirty|forty|fifty|"
    + "|".join(reversed(_ONES))
    + r"|an|a"
)
UNITS = r"(?:minute|hour|day|week|month|year|decade)s?"
_HEDGE = (
    r"over|more than|at least|less than|under|nearly|almost|about|around|roughly|approximately|"
    r"some|exactly|just over|just under|well over"
)


def _back(anchor: date, count: int, unit: str) -> date:
    """Return the day that lies ``count`` units before another (after it, where negative)."""
    if unit in ("minute", "hour"):
        return anchor - timedelta(days=count // 24 if unit == "hour" else 0)
    if unit in ("day", "week"):
        return anchor - timedelta(days=count * (7 if unit == "week" else 1))
    return add_months(anchor, -count * {"month": 1, "year": 12, "decade": 120}[unit])


def _count(words: str | None) -> tuple[int, int]:
    """Return the least and the most that a count may mean."""
    plain = re.sub(r"\s+", " ", (words or "").lower()).strip()
    for vague in ("few", "several"):
        if plain.endswith(vague):
            return _VAGUE[vague]
    if plain in _VAGUE:
        return _VAGUE[plain]
    number = int(plain) if plain.isdigit() else _COUNTS[plain]
    return number, number


_DAYS = re.compile(rf"(?P<count>{COUNT}) (?P<unit>days?|weeks?)".replace(" ", SPACE), re.IGNORECASE)


def exact_days(words: str) -> int | None:
    """Return how many days "four days" or "a week" are; None for a vague count or other words."""
    match = _DAYS.fullmatch(words)
    if match is None:
        return None
    least, most = _count(match["count"])
    weeks = match["unit"].lower().startswith("week")
    return least * (7 if weeks else 1) if least == most else None


def _ago(match: re.Match[str], reference: Reference) -> Interval:
    """Read three weeks ago, over ten days ago, a few months ago."""
    anchor = reference.day
    unit = match["unit"].lower().rstrip("s")
    least, most = _count(match["count"])
    hedge = " ".join((match["hedge"] or "").lower().split())
    exact = _back(anchor, least, unit)
    if hedge.endswith(("over", "more than")):
        return span_of_days(None, exact - timedelta(days=1), reason=f"{hedge}: no first day")
    if hedge == "at least":
        return span_of_days(None, exact, reason="at least: no first day")
    if hedge.endswith(("under", "less than")):
        return span_of_days(_back(anchor, most, unit) + timedelta(days=1), anchor)
    if unit in ("minute", "hour"):
        return span_of_days(_back(anchor, most, unit) - timedelta(days=1), anchor)
    if least != most:
        first, last = _whole(_back(anchor, most, unit), unit), _whole(exact, unit)
        return span_of_days(first.first, last.last, approximate=True, reason="a vague count")
    return _about(exact, unit, least, hedge)


def _about(when: date, unit: str, count: int, hedge: str) -> Interval:
    """Return the stretch that a counted unit before now points at."""
    if unit == "day":
        loose = hedge not in ("", "exactly")
        return intervals.day(when, about=max(1, count // 5) if loose else 0)
    if unit == "week":
        return intervals.day(when, about=3)
    if unit == "month":
        return intervals.month(when.year, when.month, approximate=True)
    return intervals.year(when.year, approximate=True)


def _whole(when: date, unit: str) -> Interval:
    """Return the calendar month or year that holds a day, or for a shorter unit the day."""
    if unit == "month":
        return intervals.month(when.year, when.month)
    return intervals.year(when.year) if unit in ("year", "decade") else intervals.day(when)


def _stretch(match: re.Match[str], reference: Reference) -> Interval:
    """Read the past two years, the last few weeks, the coming days."""
    anchor = reference.day
    unit = match["unit"].lower().rstrip("s")
    plural = match["unit"].lower().endswith("s")
    least, most = _count(match["count"] or ("" if plural else "a"))
    loose = least != most or unit in ("month", "year", "decade")
    if match["which"].lower() in ("next", "coming"):
        return span_of_days(anchor, _back(anchor, -most, unit), approximate=loose)
    return span_of_days(_back(anchor, most, unit), anchor, approximate=loose)


def _recent(match: re.Match[str], reference: Reference) -> Interval:
    """Read in recent weeks."""
    unit = match["unit"].lower().rstrip("s")
    first = _back(reference.day, _RECENT, unit)
    return span_of_days(first, reference.day, approximate=True, reason="recent is vague")


def _ahead(match: re.Match[str], reference: Reference) -> Interval:
    """Read two weeks from now, in three days' time, within ten days."""
    unit = match["unit"].lower().rstrip("s")
    least, most = _count(match["count"])
    words = match[0].lower()
    if "now" not in words and "time" not in words and reference.direction is not Direction.FUTURE:
        return Interval(
            granularity=Granularity.DURATION, reason=f"{match[0]!r} says how long, not when"
        )
    last = _back(reference.day, -most, unit)
    if words.startswith("within"):
        return span_of_days(reference.day, last)
    if least == most:
        return _about(last, unit, least, "")
    first = _back(reference.day, -least, unit)
    return span_of_days(first, last, approximate=True, reason="a vague count")


# See Rule.needs.
COUNTED_NEEDS: dict[Reader, str] = {
    _ago: "ago back",
    _stretch: "past last next coming",
    _recent: "recent",
    _ahead: "minute hour day week month year decade",
}
COUNTED_FORMS: tuple[Form, ...] = (
    (
        rf"(?:(?P<hedge>{_HEDGE}) )?(?:(?P<count>{COUNT}) )?(?P<unit>{UNITS}) (?:ago|back)\b",
        _ago,
    ),
    (
        rf"the (?P<which>past|last|next|coming) (?:(?P<count>{COUNT}) )?"
        rf"(?P<unit>(?:minute|hour|day|week|month|year|decade)s)\b",
        _stretch,
    ),
    (
        r"the (?P<which>past|last) (?P<count>)(?P<unit>week|month|year|decade)\b",
        _stretch,
    ),
    (r"(?:in )?(?:the )?(?:most )?recent (?P<unit>days|weeks|months|years|decades)\b", _recent),
    (rf"(?P<count>{COUNT}) (?P<unit>{UNITS}) from (?:now|today)\b", _ahead),
    (
        rf"(?:in|within)(?: the next)? (?P<count>{COUNT}) (?P<unit>{UNITS})(?:['’]s?)?"
        r"(?: time)?\b",
        _ahead,
    ),
)
