"""What happened between two states, as the analysis of a relation counts it.

Events that detente found in text and events of other people's data become occurrences, so that
series, shifts and drivers ask nobody where an event came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from math import log

from detente.analysis.series import concerns, countable, counted_on
from detente.model import Dyad, Event, EventType, mode_score, quad_class

__all__ = ["NOT_LINKED", "Degree", "Occurrence", "occurrences", "of_rows", "weight", "weight_of"]

# What an event weighs where its sentence only names the other side, against one between the two: of
# 60 such events of other pairs than those of the dated changes, drawn by seed from reports of 2002
# to 2016 and read once, 18 were between the two.
NOT_LINKED = 1 / 3


class Degree(IntEnum):
    """How far two sides go: the classes whose mix tells one state of a relation from another.

    Quad classes part talks from trade, which states at odds do alike, and count an expulsion with a
    bombing; these do neither.
    """

    COOPERATION = 0
    WORDS = 1
    PRESSURE = 2
    FORCE = 3


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Occurrence:
    """One event between the two sides of a pair.

    Attributes:
        day: the day on which it counts.
        id: the event.
        event_type: PLOVER type.
        score: PLOVER score of its mode, -10 to 10.
        weight: how much it counts in the search for changes; a plain one 1.
        forward: True where the first of the pair did it to the second, False the other way round,
            None where both did it together, or where only one is known.
        linked: whether it is between the two by its syntax; False where its sentence only names the
            other (`detente.analysis.beside`).
    """

    day: date
    id: str
    event_type: EventType
    score: float
    weight: float = 1.0
    forward: bool | None = None
    linked: bool = True

    @property
    def quad(self) -> int:
        """The quad class, 1 to 4."""
        return quad_class(self.event_type)

    @property
    def degree(self) -> Degree:
        """How far it goes."""
        if self.event_type is EventType.ASSAULT:
            return Degree.FORCE
        return (Degree.COOPERATION, Degree.COOPERATION, Degree.WORDS, Degree.PRESSURE)[
            self.quad - 1
        ]


def occurrences(events: Iterable[Event], dyad: Dyad) -> tuple[Occurrence, ...]:
    """Return the countable events of a pair, in order of day.

    Args:
        events: events; those of other pairs, planned, undated and denied ones are left out.
        dyad: the pair; its order says what is forward.
    """
    found = []
    for event in events:
        day = counted_on(event)
        if day is None or not countable(event) or not concerns(event, dyad):
            continue
        ways = set(event.dyads()) & {dyad, dyad.reversed()}
        found.append(
            Occurrence(
                day=day,
                id=event.id,
                event_type=event.event_type,
                score=mode_score(event.event_type, event.mode),
                weight=weight(event),
                forward=None if len(ways) == 2 else dyad in ways,
            )
        )
    return tuple(sorted(found))


def of_rows(rows: Iterable[tuple[date, str, str, float, bool]]) -> tuple[Occurrence, ...]:
    """Return what rows of a dataset tell: day, id, PLOVER type, score, and whether forward."""
    return tuple(
        sorted(
            Occurrence(
                day=day, id=identifier, event_type=EventType(kind), score=score, forward=forward
            )
            for day, identifier, kind, score, forward in rows
        )
    )


def weight(event: Event) -> float:
    """Return how much an event weighs in the search for changes; a plain one weighs 1.

    The weight grows with the logarithm of the origins that may tell the event, so that what many
    report counts more and an echo does not; what is only alleged weighs half. Copies add nothing.
    """
    return weight_of(event.origins.max, alleged=event.alleged)


def weight_of(origins: int, *, alleged: bool) -> float:
    """Return the weight of an event that so many origins may tell."""
    return (0.5 if alleged else 1.0) * (1.0 + log(max(origins, 1)))
