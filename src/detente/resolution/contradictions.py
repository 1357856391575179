"""Where reports of one happening cannot all be right: numbers, days, towns, and who did it.

Numbers, days and towns conflict within an event; who did it between two events that tell one deed
of two parties. What later reports alone say otherwise may be a revision, and is marked so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from detente.model import Claim, Conflict, Contradiction, Document, Event, Magnitude, Side
from detente.resolution.actors import fold, side
from detente.resolution.dated import NARROW, Dated, dated, is_planned, is_vague, says_not

__all__ = ["find_contradictions"]

# "About 40" does not contradict 45: a number that its words call inexact may be off by this much.
_INEXACT = 0.2
# Words for people that may stand for any people; other nouns may count a part of them only.
_ANY = frozenset(
    "people person persons lives life dead killed injured wounded deaths casualties victims hurt "
    "others arrested missing displaced".split()
)
# Two deeds that are blamed on two parties need so many names or numbers of their own in common.
_COMMON = 2


def find_contradictions(
    events: Sequence[Event], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> tuple[Contradiction, ...]:
    """Return what the reports of these events contradict each other in.

    Denials are not among it: an event holds them itself.

    Args:
        events: the events, of which those that are planned are left out.
        claims: their claims, by id.
        documents: the documents of the claims, by id.
    """
    told = {
        event.id: [
            dated(claims[one], documents[claims[one].document_id])
            for one in event.claim_ids
            if one in claims and not says_not(claims[one]) and not is_planned(claims[one])
        ]
        for event in events
        if not event.planned
    }
    found: list[Contradiction] = []
    for event in events:
        listed = told.get(event.id, [])
        if len({one.claim.document_id for one in listed}) > 1:
            found += _numbers(event, listed)
            found += _days(event, listed)
            found += _towns(event, listed)
    return (*found, *_blames([event for event in events if told.get(event.id)], told))


@dataclass(frozen=True, slots=True)
class _Range:
    """What one claim allows: ``low <= value <= high``; None is no bound."""

    one: Dated
    low: int | None
    high: int | None

    def below(self, other: _Range) -> bool:
        """Tell whether all that this one allows is less than what the other allows."""
        return self.high is not None and other.low is not None and self.high < other.low


def _sides(ranges: Sequence[_Range]) -> tuple[list[_Range], list[_Range]] | None:
    """Return the two sides that cannot both be right, or None where all can."""
    highs = [one for one in ranges if one.high is not None]
    lows = [one for one in ranges if one.low is not None]
    if not highs or not lows:
        return None
    least = min(highs, key=lambda one: (one.high or 0, one.one.claim.id))
    most = max(lows, key=lambda one: (one.low or 0, one.one.claim.id))
    if not least.below(most):
        return None
    return [one for one in ranges if one.below(most)], [one for one in ranges if least.below(one)]


def _conflict(
    kind: Conflict, events: Sequence[Event], named: Sequence[tuple[str, Sequence[Dated]]]
) -> Contradiction:
    days = [[one.published for one in listed] for _, listed in named]
    return Contradiction(
        kind=kind,
        event_ids=tuple(event.id for event in events),
        sides=tuple(
            Side(words=words, claim_ids=tuple(sorted(one.claim.id for one in listed)))
            for words, listed in named
        ),
        revised=len(days) == 2 and (_before(days[0], days[1]) or _before(days[1], days[0])),
    )


def _before(some: Sequence[date | None], others: Sequence[date | None]) -> bool:
    known = [day for day in some if day], [day for day in others if day]
    whole = len(known[0]) == len(some) and len(known[1]) == len(others)
    return whole and max(known[0]) < min(known[1])


def _numbers(event: Event, listed: Sequence[Dated]) -> Iterator[Contradiction]:
    counted: dict[tuple[str, str], list[_Range]] = defaultdict(list)
    for one in listed:
        if is_vague(one):
            continue  # over a longer time there may have been several
        for magnitude in one.claim.magnitudes:
            counted[magnitude.kind.value, _counted(magnitude)].append(_range(one, magnitude))
    for (kind, _), ranges in sorted(counted.items()):
        if (sides := _sides(ranges)) is not None:
            named = [(f"{_span(part)} {kind}", [one.one for one in part]) for part in sides]
            yield _conflict(Conflict.NUMBER, [event], named)


def _counted(magnitude: Magnitude) -> str:
    """Return the noun that a number counts, or "" for people in general."""
    words = [word for word in fold(magnitude.span.text).split() if word.isalpha()]
    noun = words[-1] if words else ""
    return "" if noun in _ANY else noun


def _range(one: Dated, magnitude: Magnitude) -> _Range:
    low, high = magnitude.low, magnitude.high
    if magnitude.approximate:
        low = None if low is None else round(low * (1 - _INEXACT))
        high = None if high is None else round(high * (1 + _INEXACT))
    return _Range(one, low, high)


def _span(part: Sequence[_Range]) -> str:
    lows = [one.low for one in part if one.low is not None]
    highs = [one.high for one in part if one.high is not None]
    if len(highs) < len(part):
        return f"at least {min(lows)}"
    if len(lows) < len(part):
        return f"at most {max(highs)}"
    return str(min(lows)) if min(lows) == max(highs) else f"{min(lows)} to {max(highs)}"


def _days(event: Event, listed: Sequence[Dated]) -> Iterator[Contradiction]:
    ranges = [
        _Range(one, one.window[0].toordinal(), one.window[1].toordinal())
        for one in listed
        if one.window is not None
        and one.claim.when.span is not None
        and one.window[1] - one.window[0] <= NARROW
    ]
    if (sides := _sides(ranges)) is not None:
        named = []
        for ranged in sides:
            first = date.fromordinal(min(one.low or 1 for one in ranged))
            last = date.fromordinal(max(one.high or 1 for one in ranged))
            words = str(first) if first == last else f"{first} to {last}"
            named.append((words, [one.one for one in ranged]))
        yield _conflict(Conflict.DATE, [event], named)


def _towns(event: Event, listed: Sequence[Dated]) -> Iterator[Contradiction]:
    places: dict[str, list[Dated]] = defaultdict(list)
    for one in listed:
        if one.claim.place is not None and one.claim.place.city:
            places[one.claim.place.city].append(one)
    for some, other in combinations(sorted(places), 2):
        sides = [(some, places[some]), (other, places[other])]
        names = {fold(some), fold(other)}
        # who names both towns tells of two places, not of another one
        if not any(
            names <= {name for name in names if name in fold(one.claim.sentence.text)}
            for _, told in sides
            for one in told
        ):
            yield _conflict(Conflict.PLACE, [event], sides)


def _blames(
    events: Sequence[Event], told: Mapping[str, Sequence[Dated]]
) -> Iterator[Contradiction]:
    """Yield pairs of events that tell one deed of two parties, one of which blames the other."""
    for some, other in _at_one_time(events):
        first, second = told[some.id], told[other.id]
        if (
            _doers(some)
            and _doers(other)
            and not _doers(some) & _doers(other)
            and not _documents(first) & _documents(second)
            and (_blamed_by(first, _doers(other)) or _blamed_by(second, _doers(some)))
            and _share_enough(first, second)
        ):
            sides = [("+".join(sorted(_doers(one))), told[one.id]) for one in (some, other)]
            yield _conflict(Conflict.ACTOR, [some, other], sides)


def _at_one_time(events: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Yield the pairs of events in which the same suffer the same in days that overlap."""
    by_deed: dict[object, list[tuple[date, date, str, Event]]] = defaultdict(list)
    for event in events:
        if event.quad != 4 or event.reciprocal or event.first is None or event.last is None:
            continue
        if event.last - event.first <= NARROW:
            deed = (event.act, side(event.recipients))
            by_deed[deed].append((event.first, event.last, event.id, event))
    for alike in by_deed.values():
        alike.sort()
        for index, (_, last, _, some) in enumerate(alike):
            for first, _, _, other in alike[index + 1 :]:
                if first > last:
                    break
                yield some, other


def _documents(listed: Sequence[Dated]) -> frozenset[str]:
    return frozenset(one.claim.document_id for one in listed)


def _doers(event: Event) -> frozenset[str]:
    return frozenset(actor.country for actor in event.actors if actor.country)


def _blamed_by(listed: Sequence[Dated], accused: frozenset[str]) -> bool:
    """Tell whether those who are accused elsewhere are the source of these claims."""
    return any(
        link.source is not None and link.source.country in accused
        for one in listed
        for link in one.claim.attributions
    )


def _share_enough(some: Sequence[Dated], others: Sequence[Dated]) -> bool:
    """Tell whether the claims name the same town, or enough other names and numbers."""
    sides = []
    for listed in (some, others):
        towns = {one.claim.place.city for one in listed if one.claim.place}
        names = {word for one in listed for word in (*one.names, *filter(str.isdigit, one.words))}
        sides.append((towns - {None}, names))
    (towns, names), (other_towns, other_names) = sides
    return bool(towns & other_towns) or len(names & other_names) >= _COMMON
