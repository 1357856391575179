"""What a sentence of the brief is made of: its own words, quotations, estimative words, dates.

The terms are the two rows of ICD 203 (2015), D.6.e(2)(a).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

__all__ = [
    "DATE",
    "Days",
    "Worded",
    "absolutes_in",
    "days_in",
    "names_in",
    "numbers_in",
    "outside_terms_in",
    "row_of",
    "sentences",
    "terms_in",
    "weak_words_in",
    "worded",
    "worded_numbers_in",
]

Days = tuple[date, date]

_ROWS = (
    "almost no chance|very unlikely|unlikely|roughly even chance|likely|very likely|"
    "almost certain|almost certainly",
    "remote|highly improbable|improbable|improbably|roughly even odds|probable|probably|"
    "highly probable|nearly certain",
)
_ROW_OF = {term: number for number, row in enumerate(_ROWS, start=1) for term in row.split("|")}
_TERMS = "|".join(sorted(_ROW_OF, key=len, reverse=True))
# Estimative words of other scales (PHIA's, Kent's) and of none.
_OUTSIDE = (
    r"(?:highly|extremely|quite|fairly|rather|more|most|less) (?:un)?likely(?: than not)?|"
    r"(?:very|extremely|quite|fairly|rather|more|less) (?:im)?probable|realistic possibility|"
    r"(?:good|fair|slim|strong|high|low|better than even|even) (?:chances?|odds)|"
    r"(?:im)?plausibl[ey]|conceivabl[ey]|doubtful|doubtless|presumably|supposedly"
)
_ESTIMATIVE = re.compile(
    rf"(?<!roughly )\b(?:(?P<outside>{_OUTSIDE})|(?P<term>{_TERMS}))\b", re.IGNORECASE
)
# "May" with a capital is the month: no statement begins with the verb.
_WEAK = re.compile(
    r"\bmay\b|\b(?i:might|could|possibly|perhaps|maybe|it is possible|"
    r"cannot (?:be )?(?:ruled?|excluded?)(?: out)?)\b"
)
_ABSOLUTE = re.compile(
    r"(?<![\d.,])(?:0|100) ?(?:%|per ?cent\b)|"
    r"(?<!almost )(?<!nearly )\b(?:certainly|certain(?= (?:that|to)\b)|(?:is|are|was|were) certain)"
    r"\b(?! (?:events?|reports?))|"
    r"\b(?:impossible|inevitabl[ey]|undoubtedly|definitely|without (?:a )?doubt)\b",
    re.IGNORECASE,
)
_MONTHS = "|".join(calendar.month_name[1:])
DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?: to (?P<until>\d{{1,2}}))? )?\b(?P<month>{_MONTHS})\b"
    r"(?: (?P<year>\d{4}))?"
)
_NAME = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]*")
_CALENDAR = frozenset((*calendar.month_name[1:], *calendar.day_name))
_POSSESSIVE = re.compile(r"[’']s?$")


_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])")
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6}
_VALUES = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_NUMBER_WORDS = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>{'|'.join(_UNITS[1:10])}))?"
    rf"|(?P<small>{'|'.join(_UNITS)})|an?)?\s?\b(?P<scale>{'|'.join(_SCALES)})?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Worded:
    """A text parted into what it quotes and what it says itself.

    Attributes:
        own: the text, each quotation replaced by “”; "" where all of it is one quotation.
        quotations: what is quoted, in order, without marks of omission.
        foreign: those of them that no evidence has.
    """

    own: str
    quotations: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


def worded(text: str, quotes: Sequence[str]) -> Worded:
    """Part a text; where quotation marks nest, the longest quotation that the evidence has counts.

    Args:
        text: a sentence of the brief.
        quotes: the words of its evidence.
    """
    sources = [" ".join(quote.split()) for quote in quotes]
    if " ".join(text.split()) in sources:
        return Worded("", (text,))
    own, found, foreign = "", [], []
    at = 0
    while (start := text.find("“", at)) >= 0:
        ends = [one.start() for one in re.finditer("”", text[start:])] or [len(text) - start]
        pieces = [_bare(text[start + 1 : start + end]) for end in ends]
        held = [n for n, piece in enumerate(pieces) if piece and any(piece in s for s in sources)]
        chosen = max(held, default=0)
        if not held:
            foreign.append(pieces[0])
        found.append(pieces[chosen])
        own += text[at:start] + "“”"
        at = start + ends[chosen] + 1
    return Worded(own + text[at:], tuple(found), tuple(foreign))


def _bare(quotation: str) -> str:
    return " ".join(quotation.split()).removeprefix("… ").removesuffix(" …")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return re.split(r"(?<=[.!?])\s+", text)


def terms_in(text: str) -> tuple[str, ...]:
    """Return the terms of the yardstick in a text, in lower case."""
    return tuple(found["term"].lower() for found in _ESTIMATIVE.finditer(text) if found["term"])


def outside_terms_in(text: str) -> tuple[str, ...]:
    """Return the estimative words that no row of the yardstick has."""
    return tuple(found["outside"] for found in _ESTIMATIVE.finditer(text) if found["outside"])


def row_of(term: str) -> int | None:
    """Return the row of a term, 1 or 2; None for other words."""
    return _ROW_OF.get(term.lower())


def weak_words_in(text: str) -> tuple[str, ...]:
    """Return "may", "could" and the like, which say nothing of how likely something is."""
    return tuple(found[0] for found in _WEAK.finditer(text))


def absolutes_in(text: str) -> tuple[str, ...]:
    """Return words of 0 or 100 %."""
    return tuple(found[0] for found in _ABSOLUTE.finditer(text))


def numbers_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each number in figures, as it stands and without marks between its digits."""
    for found in _NUMBER.findall(text):
        yield found, found.replace(",", "")


def worded_numbers_in(text: str) -> Iterator[str]:
    """Yield each number in words, in figures: "six", "twenty-one", "two hundred"."""
    for found in _NUMBER_WORDS.finditer(text):
        parts = [found[name] for name in ("tens", "unit", "small") if found[name]]
        if parts or found["scale"]:
            value = sum(_VALUES[part.lower()] for part in parts) if parts else 1
            yield str(value * _SCALES.get((found["scale"] or "").lower(), 1))


def days_in(text: str) -> Iterator[tuple[str, int, Days]]:
    """Yield each date with its words, where it ends in the text, and its first and last day.

    A month without a year has that of the next date that has one ("between May and July 2016").
    """
    listed = list(DATE.finditer(text))
    year: int | None = None
    for found in reversed(listed):
        year = int(found["year"]) if found["year"] else year
        month = list(calendar.month_name).index(found["month"])
        if year is None or not 1 <= year <= 9999:
            continue
        length = calendar.monthrange(year, month)[1]
        first = int(found["day"] or 1)
        last = int(found["until"] or found["day"] or length)
        if 1 <= first <= last <= length:
            yield found[0], found.end(), (date(year, month, first), date(year, month, last))


def names_in(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each capitalised word, and whether the start of a sentence may explain its capital.

    It does not where another capitalised word follows: "Vladimir Putin said".
    """
    for found in _NAME.finditer(text):
        word = _POSSESSIVE.sub("", found[0])
        if word in _CALENDAR or len(word) < 2:
            continue
        opens = re.search(r"(?:^|[.!?:]\s|“”\s?)[\s(]*$", text[: found.start()]) is not None
        more = re.match(r"\s[A-Z]\w", text[found.end() :]) is not None
        yield word, opens and not more
