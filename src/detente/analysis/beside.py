"""What one of a pair did or suffered in sentences that name the other.

Syntax does not always tell whom an act concerns ("shells hit the island in the South's waters").
Where its sentence names both of the pair and no third state, and the other one not merely as who
tells of it, the act is between the two more often
than by chance; it counts with the share that a reader found to be so
(`detente.analysis.occurrences.NOT_LINKED`).
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.analysis.occurrences import NOT_LINKED, Occurrence, weight
from detente.analysis.series import countable, counted_on
from detente.model import Actor, Dyad, Event, mode_score

__all__ = ["one_sided"]

# Modes of acts that are done to nobody.
_TO_NOBODY = frozenset({"resign"})


def one_sided(events: Iterable[Event], dyad: Dyad) -> tuple[Occurrence, ...]:
    """Return what one of a pair did to, or suffered from, nobody that is known, in order of day.

    Args:
        events: events that a sentence tells which names both of the pair and no third state.
        dyad: the pair; events in which anybody else takes part, or both do, are left out.
    """
    pair = {dyad.actor, dyad.recipient}
    found = []
    for event in events:
        day = counted_on(event)
        acting, receiving = _countries(event.actors), _countries(event.recipients)
        alone = len(acting | receiving) == 1 and not acting & receiving
        if day is None or not countable(event) or event.mode in _TO_NOBODY:
            continue
        if not alone or not acting | receiving <= pair:
            continue
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


def _countries(actors: Iterable[Actor]) -> set[str]:
    return {actor.country for actor in actors if actor.country}
