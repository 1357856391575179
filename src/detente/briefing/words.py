"""Dates, likelihoods and labels in words."""

from __future__ import annotations

import re
from datetime import date

from detente.model import Actor, Direction, Label, Shift

__all__ = [
    "LABELS",
    "QUADS",
    "clause",
    "date_words",
    "interval_words",
    "likelihood",
    "listed",
    "plural",
    "printable",
    "shift_words",
    "side_words",
    "with_article",
]

# Row 1 of the yardstick of ICD 203 (2015): upper bound of the band, term. Rows are never mixed,
# and 0 and 100 % do not exist.
_YARDSTICK = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)

# From the label that binds an outlet most to the one that binds it least.
LABELS = (
    Label.ASSERTED,
    Label.REPORTED,
    Label.ALLEGED,
    Label.SPECULATED,
    Label.PLANNED,
    Label.CONDITIONAL,
    Label.DENIED,
)

# The quad classes 1 to 4.
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")

_SECTORS = {
    "MIL": "military",
    "COP": "police",
    "JUD": "judiciary",
    "LEG": "legislature",
    "SPY": "intelligence",
    "REB": "rebels",
    "UAF": "armed group",
    "PTY": "party",
    "OPP": "opposition",
    "BUS": "business",
    "JRN": "media",
    "CVL": "civilians",
    "ELI": "elite",
    "REF": "refugees",
    "EDU": "education",
    "REL": "religious",
    "LAB": "labour",
    "CRM": "criminals",
    "AGR": "farmers",
    "MED": "medical",
    "SOC": "social group",
    "PRM": "paramilitary",
    "PRE": "breakaway entity",
}


def likelihood(probability: float) -> str:
    """Return the term for a probability, from row 1 of the yardstick of ICD 203."""
    return next(term for bound, term in _YARDSTICK if probability <= bound)


def printable(text: str) -> str:
    """Return the text with a blank for all that does not print.

    Terminals obey escape sequences, and marks of writing direction reorder what a reader sees.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text)


def plural(count: int, noun: str) -> str:
    """Return "1 report", "2 reports"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listed(words: tuple[str, ...] | list[str], *, most: int = 4) -> str:
    """Return "a, b and c", cut after the first few."""
    shown = list(words[:most])
    if len(words) > most:
        shown.append(f"{len(words) - most} more")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


# Names of states and bodies that take the article, beside those that their words tell.
_WITH_ARTICLE = frozenset(
    ("Bahamas", "Comoros", "Gambia", "Holy See", "Maldives", "Netherlands", "Philippines")
)
_ARTICLE = re.compile(
    r"^(United|European|African) |(^| )(Islands|Republic|Union|Territories|Nations)( of |$)"
)
# Where a sentence can be cut without leaving half a phrase.
_BORDER = re.compile(
    r"[,;:]? (?=(?:after|although|amid|as|because|before|but|following|if|in response to|in "
    r"retaliation|killing|leaving|over|saying|since|that|which|while|who|with) )|[,;:] | [–—] "
)
_LOOSE = frozenset("a an and at by for from in of on or the their its his to with".split())


def with_article(name: str) -> str:
    """Return "the United States" for "United States", "Turkey" for "Turkey"."""
    return f"the {name}" if name in _WITH_ARTICLE or _ARTICLE.search(name) else name


def clause(text: str, limit: int = 140, *, around: tuple[int, int] = (0, 0)) -> str:
    """Return the text, cut at the borders of clauses where it is too long, without a full stop.

    Args:
        text: a sentence.
        limit: how many characters are shown, at least about; a quotation is not cut in two.
        around: start and end of the words that must be shown.
    """
    if len(text) <= limit:
        shown = " ".join(text.split())
        return shown[:-1] if shown.endswith(".") and not shown.endswith("..") else shown
    start = 0
    if around[1] > limit - 20:
        borders = [found.end() for found in _BORDER.finditer(text, 0, around[0] + 1)]
        start = max((end for end in borders if end <= around[0]), default=0)
        start = start if around[1] - start <= limit else around[0]
    rest = text[start:]
    least = max(limit // 3, around[1] - start + 12)
    end = len(rest) if len(rest) <= limit else _cut(rest, least, limit)
    lead, tail = ("… " if start else ""), (" …" if end < len(rest) else "")
    shown = " ".join(rest[:end].split())
    shown = _tightened(shown.rstrip(",;:– —")) if tail else shown.removesuffix(".")
    return f"{lead}{shown}{tail}"


def _tightened(text: str) -> str:
    """Return the text without the loose words at its end, which call for what was cut off."""
    words = text.split(" ")
    while len(words) > 1 and words[-1] in _LOOSE:
        words.pop()
    return " ".join(words)


def _cut(text: str, least: int, limit: int) -> int:
    """Return where to cut: the last border of a clause within the limit, else a blank."""
    borders = [found.start() for found in _BORDER.finditer(text[: limit + 1])]
    space = text.rfind(" ", 0, limit)
    found = [at for at in borders if at >= least]
    end = found[-1] if found else space if space > 0 else limit
    if text.count('"', 0, end) % 2:
        closing = text.find('"', end)
        opening = text.rfind('"', 0, end)
        if 0 <= closing < end + limit // 2:
            return closing + 1 if text[closing + 1 :].strip(" .") else len(text)
        return opening if opening >= least else end
    return end


def interval_words(first: date, last: date) -> str:
    """Return the months of an interval: "in May 2016", "between May and July 2016"."""
    if (first.year, first.month) == (last.year, last.month):
        return f"in {first:%B %Y}"
    start = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    return f"between {start} and {last:%B %Y}"


def shift_words(shift: Shift) -> str:
    """Return interval, kind, direction and probability of a shift in one line."""
    more = "more" if shift.volume is Direction.MORE else "fewer"
    volume = f", with {more} events" if shift.volume else ""
    return (
        f"{shift.first} to {shift.last}  {shift.kind} {shift.direction}{volume}  "
        f"probability {shift.probability:.2f}"
    )


def date_words(first: date | None, last: date | None) -> str:
    """Return a range of days for people: "24 November 2015", "November 2015", "date unknown"."""
    if first is None and last is None:
        return "date unknown"
    if first is None or last is None:
        day = first or last
        return f"{'from' if last is None else 'by'} {_day(day)}"
    if first == last:
        return _day(first)
    if first.day == 1 and (last.month != _next_day(last).month):
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B %Y}"
        if first.month == 1 and last.month == 12 and first.year == last.year:
            return f"{first.year}"
        same_year = first.year == last.year
        start = f"{first:%B}" if same_year else f"{first:%B %Y}"
        return f"{start} to {last:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_day(last)}"
    return f"{_day(first)} to {_day(last)}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "unknown"


def _next_day(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))


def side_words(actors: tuple[Actor, ...], country_names: dict[str, str]) -> tuple[str, ...]:
    """Return the actors of one side for people: "Turkey (military)", one entry a country."""
    sectors: dict[str, set[str]] = {}
    for actor in actors:
        name = country_names.get(actor.country) or actor.name or actor.country
        sectors.setdefault(name, set())
        if actor.sector in _SECTORS:
            sectors[name].add(_SECTORS[actor.sector])
    return tuple(
        f"{name} ({', '.join(sorted(kinds))})" if kinds else name for name, kinds in sectors.items()
    )
