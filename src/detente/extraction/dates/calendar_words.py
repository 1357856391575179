"""Words that name one stretch of the calendar: "Monday", "24 November 2015", "last week".

Each pattern is bounded and free of nested repetition, so matching takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from detente.extraction.dates import intervals
from detente.extraction.dates.intervals import Interval, unit_around
from detente.extraction.dates.reference import Direction, Form, Reader, Reference, Rule

__all__ = [
    "CALENDAR_NEEDS",
    "DOUBTFUL",
    "MONTH",
    "NAMES",
    "NAME_NEEDS",
    "NAME_PATTERN",
    "SPACE",
    "WEEKDAY",
    "WRAPPED",
    "is_written_as_name",
]

SPACE = r"[\s\u00a0]{1,3}"

_MONTH_NAMES = (
    "january february march april may june july august september october november december"
).split()
_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)}
_WEEKDAYS = {name[:3]: number for number, name in enumerate(_WEEKDAY_NAMES)}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()

MONTH = "(?:" + "|".join(_MONTH_NAMES) + ")"
# Abbreviations stand only next to a day or a year: "Mar" and "Dec." alone are seldom months.
_SHORT_MONTH = r"(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
_MONTH = rf"(?:{MONTH}|{_SHORT_MONTH})"
# The other months are also names of people, verbs or adjectives.
_CLEAR_MONTH = r"(?:january|february|july|september|october|november|december)"
WEEKDAY = "(?:" + "|".join(_WEEKDAY_NAMES) + ")"
_SHORT_WEEKDAY = rf"(?:{WEEKDAY}|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![.,]\d)"
_YEAR = r"(?:1\d|20)\d\d\b(?![.,]\d|%)"
_HOUR = r"(?:morning|afternoon|evening|night|midday|noon|midnight)"
_UNIT = r"(?:weekend|week|month|quarter|year|decade|century)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
# "June 20 people", "May 5 percent": the number counts what follows it.
_NOT_COUNTED = (
    rf"(?!{SPACE}(?:people|percent|per{SPACE}cent|soldiers|troops|civilians|million|billion))"
)


_FAR = timedelta(days=300)
_NEAR = timedelta(days=60)


def _anonymous(pattern: str) -> str:
    """Return a pattern without the names of its groups, to stand inside another pattern."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _month_number(word: str) -> int:
    return _MONTHS[word[:3].lower()]


def _day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _full_date(match: re.Match[str], reference: Reference) -> Interval:
    """Read a day, a month and perhaps a year, or "last" for the one before."""
    number, name = _day_number(match["day"]), _month_number(match["month"])
    if match["year"]:
        return intervals.day(date(int(match["year"]), name, number))
    reference = reference.of_year
    if match["which"]:
        past = match["which"].lower() in ("last", "past")
        reference = replace(reference, direction=Direction.PAST if past else Direction.FUTURE)
    return intervals.day(_without_year(reference, name, number))


def _without_year(reference: Reference, month: int, number: int) -> date:
    """Return the day of that name on the wanted side of the anchor."""
    anchor = reference.day
    found = []
    # 29 February comes round only every fourth (or eighth) year.
    for year in range(anchor.year - 8, anchor.year + 9):
        try:
            found.append(date(year, month, number))
        except ValueError:
            continue
    before = max((day for day in found if day <= anchor), default=None)
    after = min((day for day in found if day >= anchor), default=None)
    if before is None or after is None:
        raise ValueError("no such day")
    wanted = reference.choose(before, after)
    other = after if wanted == before else before
    # On 20 November "on 24 November" is hardly that of last year, whatever the tense.
    slips = abs(wanted - anchor) > _FAR and abs(other - anchor) < _NEAR
    return other if slips else wanted


def _month(match: re.Match[str], reference: Reference) -> Interval:
    """Read a month with its year, with last, this or next, or alone."""
    number = _month_number(match["month"])
    if match["year"]:
        return intervals.month(int(match["year"]), number)
    reference = reference.of_year
    anchor = reference.day
    which = (match["which"] or "").lower()
    this = anchor.year * 12 + anchor.month - 1
    back = (anchor.month - number) % 12
    forth = (number - anchor.month) % 12
    if which in ("last", "past"):
        back = back or 12
    elif which == "this":
        back = anchor.month - number
    if which in ("next", "coming"):
        chosen = this + (forth or 12)
    elif which or reference.direction is Direction.PAST:
        chosen = this - back
    elif reference.direction is Direction.FUTURE:
        chosen = this + forth
    else:
        chosen = this - back if back <= forth else this + forth
    year, index = divmod(chosen, 12)
    return intervals.month(year, index + 1)


def _weekday(match: re.Match[str], reference: Reference) -> Interval:
    """Read a weekday; the day of publication counts unless the words are last or next."""
    number = _WEEKDAYS[match["weekday"][:3].lower()]
    anchor = reference.day
    which = (match["which"] or "").lower()
    back = (anchor.weekday() - number) % 7
    forth = (number - anchor.weekday()) % 7
    before = anchor - timedelta(days=back)
    after = anchor + timedelta(days=forth)
    if which in ("last", "past"):
        return intervals.day(anchor - timedelta(days=back or 7))
    if which in ("next", "coming"):
        return intervals.day(anchor + timedelta(days=forth or 7))
    return intervals.day(reference.choose(before, after))


def _unit(match: re.Match[str], reference: Reference) -> Interval:
    """Read last week, this month, next year and their like."""
    steps = {"last": -1, "previous": -1, "this": 0, "current": 0}
    which = match["which"].lower().split()[-1]
    return unit_around(reference.day, match["unit"].lower(), steps.get(which, 1))


def _season(match: re.Match[str], reference: Reference) -> Interval:
    """Read a season with its year, or with last, this or next."""
    name = match["season"].lower()
    if match["year"]:
        return intervals.season(int(match["year"]), name)
    anchor = reference.day
    which = match["which"].lower()
    current = [intervals.season(anchor.year + step, name) for step in (-2, -1, 0, 1, 2)]
    if which == "this":
        return intervals.season(anchor.year, name)
    if which in ("last", "past"):
        return [one for one in current if one.last and one.last < anchor][-1]
    return next(one for one in current if one.first and one.first > anchor)


def _year(match: re.Match[str], reference: Reference) -> Interval:
    """Read a year."""
    return intervals.year(int(match["year"]))


def _decade(match: re.Match[str], reference: Reference) -> Interval:
    """Read the 1990s, or the '90s as those of the century before 2000."""
    digits = match["decade"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return intervals.decade(first)


def _century(match: re.Match[str], reference: Reference) -> Interval:
    """Read the 19th or the nineteenth century."""
    word = match["century"].lower()
    if word[0].isdigit():
        return intervals.century(_day_number(word))
    if word == "twenty-first":
        return intervals.century(21)
    return intervals.century(_ORDINALS.index(word) + 1)


def _near_day(match: re.Match[str], reference: Reference) -> Interval:
    """Read yesterday, today, tomorrow, tonight, this morning."""
    words = re.sub(r"\s+", " ", match[0].lower())
    steps = {
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
        "last night": -1,
        "last evening": -1,
    }
    for word, step in (("yesterday", -1), ("tomorrow", 1)):
        if word in words and words not in steps:
            return intervals.day(reference.day + timedelta(days=step))
    if words == "last night":
        return intervals.span_of_days(reference.day - timedelta(days=1), reference.day)
    return intervals.day(reference.day + timedelta(days=steps.get(words, 0)))


def _numeric(match: re.Match[str], reference: Reference) -> Interval:
    """Read 24.11.2015, or 24/11/2015 where only one order makes a date."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if "." in match[0] or first > 12 or first == second:
        return intervals.day(date(year, second, first))
    if second > 12:
        return intervals.day(date(year, first, second))
    return intervals.unknown("day and month cannot be told apart")


def _iso(match: re.Match[str], reference: Reference) -> Interval:
    """Read 2015-11-24."""
    return intervals.day(date.fromisoformat(match["iso"]))


def _capitals(names: Iterable[str], length: int | None = None) -> str:
    """Return the beginnings of names as they are written: "Jan JAN"."""
    cut = [name[:length] for name in names]
    return " ".join(f"{name.title()} {name.upper()}" for name in cut)


_DIGITS = "0 1 2 3 4 5 6 7 8 9"
_MONTH_PIECES, _DAY_PIECES = _capitals(_MONTH_NAMES, 3), _capitals(_WEEKDAY_NAMES)
_OTHER_PIECES = "week month quarter year decade centur spring summer autumn fall winter night"
# What each reader's forms need: see Rule.needs. A name is what NAME_PATTERN matches.
NAME_NEEDS = (
    f"{_DIGITS} {_MONTH_PIECES} {_DAY_PIECES} {_OTHER_PIECES} day tomorrow morning afternoon "
    "evening"
)
CALENDAR_NEEDS: dict[Reader, str] = {
    _full_date: _MONTH_PIECES,
    _month: _MONTH_PIECES,
    _weekday: _DAY_PIECES,
    _unit: "week month quarter year decade centur",
    _season: "spring summer autumn fall winter",
    _year: _DIGITS,
    _decade: "0s 0's 0’s",
    _century: "centur",
    _near_day: "day tomorrow night evening morning afternoon",
    _numeric: _DIGITS,
    _iso: _DIGITS,
}

_WHICH = r"(?P<which>last|past|this|next|coming)"
_LEADING_WEEKDAY = rf"(?:{_SHORT_WEEKDAY},?{SPACE}(?:the{SPACE})?)?"
_TRAILING_HOUR = rf"(?:{SPACE}{_HOUR}\b)?"
_DAY_MONTH = rf"(?:the{SPACE})?(?P<day>{_DAY})(?:{SPACE}of)?{SPACE}(?P<month>{_MONTH})"
_MONTH_DAY = rf"(?P<month>{_MONTH}){SPACE}(?:the{SPACE})?(?P<day>{_DAY}){_NOT_COUNTED}"

# In the order of choice among forms that match the same words.
_FORMS: tuple[Form, ...] = (
    (rf"(?P<which>){_LEADING_WEEKDAY}{_DAY_MONTH},?{SPACE}(?P<year>{_YEAR})", _full_date),
    (rf"(?P<which>){_LEADING_WEEKDAY}{_MONTH_DAY},?{SPACE}(?P<year>{_YEAR})", _full_date),
    (rf"{_WHICH}{SPACE}{_MONTH_DAY}(?P<year>)", _full_date),
    (rf"(?P<which>){_LEADING_WEEKDAY}{_DAY_MONTH}(?P<year>)\b", _full_date),
    (rf"(?P<which>){_LEADING_WEEKDAY}{_MONTH_DAY}(?P<year>)", _full_date),
    (r"(?P<iso>[12]\d{3}-[01]\d-[0-3]\d)\b", _iso),
    (r"(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<year>[12]\d{3})\b", _numeric),
    (r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>[12]\d{3})\b", _numeric),
    (rf"(?P<which>)(?P<month>{_MONTH}),?{SPACE}(?:of{SPACE})?(?P<year>{_YEAR})", _month),
    (rf"{_WHICH}{SPACE}(?P<month>{MONTH})(?P<year>)\b", _month),
    (rf"(?P<which>)(?P<month>{_CLEAR_MONTH})(?P<year>)\b", _month),
    (rf"(?:{_WHICH}{SPACE})?(?P<weekday>{WEEKDAY})\b{_TRAILING_HOUR}", _weekday),
    (
        rf"(?P<which>last|this|next|the{SPACE}(?:previous|current|coming)){SPACE}"
        rf"(?P<unit>{_UNIT})\b",
        _unit,
    ),
    (rf"{_WHICH}{SPACE}(?P<season>{_SEASON})(?P<year>)\b", _season),
    (
        rf"(?P<which>)(?:the{SPACE})?(?P<season>{_SEASON}){SPACE}(?:of{SPACE})?(?P<year>{_YEAR})",
        _season,
    ),
    (rf"(?:the{SPACE})?(?P<decade>(?:1\d|20)\d0)['’]?s\b", _decade),
    (rf"the{SPACE}['’‘]?(?P<decade>[2-9]0)['’]?s\b", _decade),
    (
        rf"(?:the{SPACE})?(?P<century>\d{{1,2}}(?:st|nd|rd|th)|twenty-first|"
        rf"{'|'.join(_ORDINALS)})[\s-]century\b",
        _century,
    ),
    (
        rf"(?:the{SPACE}day{SPACE}before{SPACE})?yesterday\b{_TRAILING_HOUR}"
        rf"|(?:the{SPACE}day{SPACE}after{SPACE})?tomorrow\b{_TRAILING_HOUR}"
        rf"|(?:earlier{SPACE}|later{SPACE})?today\b|tonight\b|last{SPACE}(?:night|evening)\b"
        rf"|this{SPACE}(?:morning|afternoon|evening)\b",
        _near_day,
    ),
)

# Forms that are dates only after a word that makes them so: "in May", "since 2014".
_SUPPORTED: tuple[Form, ...] = (
    (rf"(?P<which>)(?P<month>{MONTH})(?P<year>)\b", _month),
    (rf"(?:the{SPACE}year{SPACE})?(?P<year>{_YEAR})", _year),
)


def _after(words: str) -> str:
    """Return the pattern of standing after one of some words."""
    return "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in words.split()) + ")"


_ONLY_AFTER = (
    _after("in during throughout through around circa till until"),
    _after("in of during throughout through around circa till until for year"),
)
# "the 2015 accord", "Turkey's 2015 election": the year of a thing.
_YEAR_OF = r"(?:(?<=\bthe\s)|(?<=['’]s\s))(?P<year>(?:19|20)\d\d)(?=\s[a-zA-Z])"


def _compiled(forms: tuple[Form, ...]) -> tuple[Rule, ...]:
    return tuple(Rule(re.compile(rf"\b(?:{form})", re.IGNORECASE), read) for form, read in forms)


# What stands as a date anywhere, and what a wrapper ("since ...", "late ...") may hold.
NAMES = _compiled(
    (
        *_FORMS,
        *(
            (after + form, read)
            for after, (form, read) in zip(_ONLY_AFTER, _SUPPORTED, strict=True)
        ),
        (_YEAR_OF, _year),
    )
)
# "August before the summit": names of people or adjectives as often as months.
_DOUBTFUL = r"(?P<which>)(?P<month>april|june|august)(?P<year>)\b"
DOUBTFUL = (Rule(re.compile(rf"\b{_DOUBTFUL}", re.IGNORECASE), _month, doubtful=True),)
WRAPPED = _compiled((*_FORMS, *_SUPPORTED))
NAME_PATTERN = "(?:" + "|".join(_anonymous(form) for form, _ in (*_FORMS, *_SUPPORTED)) + ")"

_PROPER = re.compile(rf"\b(?:{_SHORT_WEEKDAY}|{_MONTH})(?=\W|\d|$)", re.IGNORECASE)


def is_written_as_name(words: str) -> bool:
    """Whether every weekday and month among some words has its capital letter."""
    return all(match[0][0].isupper() for match in _PROPER.finditer(words))
