"""How often two do such things to each other: what one day alone can tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from detente.model import EventType
from detente.resolution.actors import fold
from detente.resolution.dated import MUTUAL, NARROW, Dated, says_not

__all__ = ["NO_STATES", "Traffic"]

# Codes beside those of states and unions of states; "" for who has none.
NO_STATES = frozenset(("", "IMG", "ISM", "MNC", "NGO"))
_Doing = tuple[EventType, frozenset[str], frozenset[str]]
# Days before and after the claims that are looked at, the days right beside them left out, and the
# number of other days on which such a thing was done that makes a pair busy.
_AROUND = 30
_BESIDE = 3
_BUSY = 2


class Traffic:
    """How often the same two do the same, as the claims tell: many raids a week, one visit a year.

    Where a pair does such a thing once in two months, two claims that can be of one day are of one
    happening; where it does so daily, the words must show it. (With happenings at a rate r a day,
    a claim within w days of another is of the same one with odds 1 to r w.)

    Args:
        listed: all claims of the corpus.
    """

    def __init__(self, listed: Iterable[Dated]) -> None:
        found: defaultdict[_Doing, set[int]] = defaultdict(set)
        for one in listed:
            if (day := _day(one)) is not None and not says_not(one.claim):
                found[_doing(one)].add(day)
        self._days = {doing: sorted(days) for doing, days in found.items()}

    def share(self, some: Dated, other: Dated) -> float:
        """Return how busy the two are around the days of two claims, 0 (never else) to 1."""
        days = [day for one in (some, other) if (day := _day(one)) is not None]
        if not days:
            return 1.0
        first, last = min(days) - _BESIDE, max(days) + _BESIDE
        known = self._days.get(_doing(some), [])
        before = bisect_left(known, first) - bisect_left(known, first - _AROUND)
        after = bisect_right(known, last + _AROUND) - bisect_right(known, last)
        return min(1.0, (before + after) / _BUSY)


def _doing(one: Dated) -> _Doing:
    sides = [
        frozenset(actor.country or fold(actor.name) for actor in side)
        for side in (one.actors, one.recipients)
    ]
    if one.claim.act in MUTUAL:
        return one.claim.act, sides[0] | sides[1], frozenset()
    return one.claim.act, sides[0], sides[1]


def _day(one: Dated) -> int | None:
    if one.window is not None and one.window[1] - one.window[0] <= NARROW:
        return one.window[1].toordinal()
    return None
