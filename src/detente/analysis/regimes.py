"""What a relation was made of before, between and after its changes, and who answered whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from detente.analysis.occurrences import Degree, Occurrence
from detente.model import Opening, Regime, Series, Shift, ShiftKind

__all__ = ["ANSWERED_WITHIN", "regimes"]

# An answer in kind comes within so many days, as in studies of reciprocity by the fortnight
# (Goldstein and Freeman, "Three-Way Street", 1990, chapter 2).
ANSWERED_WITHIN = 14


def regimes(
    series: Series, shifts: Sequence[Shift], happened: Sequence[Occurrence]
) -> tuple[Regime, ...]:
    """Return the regimes between the changes of the relation, in order of date.

    A regime begins in the middle of the interval of a change; changes of attention, and those that
    are only possible, end none.

    Args:
        series: the months that are looked at.
        shifts: the changes.
        happened: what happened.
    """
    if not series.periods:
        return ()
    turns = sorted(
        _middle(shift)
        for shift in shifts
        if shift.kind is ShiftKind.RELATION
        and shift.likely
        and shift.last > series.periods[0].first
    )
    begins = [series.periods[0].first, *turns]
    ends = [*(turn - timedelta(days=1) for turn in turns), series.periods[-1].last]
    return tuple(
        _regime(first, last, [one for one in happened if first <= one.day <= last])
        for first, last in zip(begins, ends, strict=True)
        if first <= last
    )


def _middle(shift: Shift) -> date:
    return shift.first + (shift.last - shift.first) // 2


def _regime(first: date, last: date, happened: Sequence[Occurrence]) -> Regime:
    types = Counter(one.event_type.value for one in happened)
    directed = [one for one in happened if one.forward is not None]
    hits, chances, expected = _answers(first, last, directed)
    return Regime(
        first=first,
        last=last,
        types=tuple(sorted(types.items(), key=lambda item: (-item[1], item[0]))),
        conflict=sum(one.degree is not Degree.COOPERATION for one in happened),
        total=len(happened),
        forward=sum(one.forward is True for one in directed),
        directed=len(directed),
        hits=hits,
        hit_chances=chances,
        expected_hits=round(expected, 1),
        opening=_opening(first, directed),
    )


def _opening(first: date, directed: Sequence[Occurrence]) -> Opening | None:
    """Return the first day of conflict, and whose it was."""
    conflict = [one for one in directed if one.degree is not Degree.COOPERATION]
    if not conflict:
        return None
    day = min(one.day for one in conflict)
    began = sorted(one for one in conflict if one.day == day)
    ways = {one.forward for one in began}
    return Opening(
        day=day,
        event_ids=tuple(one.id for one in began),
        forward=ways.pop() if len(ways) == 1 else None,
        since=(day - first).days,
    )


def _answers(first: date, last: date, directed: Sequence[Occurrence]) -> tuple[int, int, float]:
    """Return how often conflict was met with conflict, how often it could be, and by chance.

    By chance: the other side's days of conflict, strewn evenly over the regime, fall on at least
    one of the days after.
    """
    days = {
        way: {one.day for one in directed if one.forward is way and one.degree > Degree.COOPERATION}
        for way in (True, False)
    }
    length = (last - first).days + 1
    hits = chances = 0
    expected = 0.0
    for way, other in ((True, False), (False, True)):
        rate = len(days[other]) / length
        for day in days[way]:
            within = min(ANSWERED_WITHIN, (last - day).days)
            if within < 1:
                continue
            chances += 1
            hits += any(day + timedelta(days=n) in days[other] for n in range(1, within + 1))
            expected += 1.0 - (1.0 - rate) ** within
    return hits, chances, expected
