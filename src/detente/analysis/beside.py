"""What one of a pair did or suffered in sentences that name the other.

Syntax does not always tell whom an act concerns ("shells hit the island in the South's waters").
Where its sentence names both of the pair and no third state, the act is between the two more often
than by chance; it counts with the share that a reader found to be so
(`detente.analysis.occurrences.NOT_LINKED`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from detente.analysis.occurrences import NOT_LINKED, Occurrence, weight
from detente.analysis.series import concerns, countable, counted_on
from detente.model import Dyad, Event, mode_score

__all__ = ["one_sided"]


def one_sided(
    events: Iterable[Event], dyad: Dyad, states: Collection[str]
) -> tuple[Occurrence, ...]:
    """Return what only one of a pair is known to have had a part in, in order of day.

    Args:
        events: events that a sentence tells which names both of the pair and no third state.
        dyad: the pair; events between the two are left out.
        states: codes of states; an event in which another state takes part is left out.
    """
    pair, known = {dyad.actor, dyad.recipient}, set(states)
    found = []
    for event in events:
        day = counted_on(event)
        sides = {actor.country for actor in (*event.actors, *event.recipients)} & known
        if day is None or not countable(event) or concerns(event, dyad):
            continue
        if len(sides) == 1 and sides <= pair:
            found.append(
                Occurrence(
                    day=day,
                    id=event.id,
                    event_type=event.event_type,
                    score=mode_score(event.event_type, event.mode),
                    weight=weight(event) * NOT_LINKED,
                    linked=False,
                )
            )
    return tuple(sorted(found))
