"""Acts that are said to answer another: "banned imports in response to the downing of a jet".

What only follows soon after is no answer; how often conflict was met with conflict is counted
apart (`detente.analysis.regimes`).
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.analysis.series import counted_on
from detente.analysis.telling import Telling, evidence_at
from detente.model import Act, Doing

__all__ = ["answers_of"]


def answers_of(told: Iterable[Telling]) -> tuple[Act, ...]:
    """Return the events of which a claim says that they answer another act, in the order given.

    Args:
        told: the events.
    """
    found = []
    for telling in told:
        for claim, matter in telling.claims:
            if matter.answers is not None:
                found.append(
                    Act(
                        event_id=telling.event.id,
                        day=counted_on(telling.event) or telling.reported,
                        doing=Doing.ANNOUNCED if telling.event.planned else Doing.DONE,
                        evidence=tuple(
                            evidence_at(claim, span) for span in (claim.sentence, matter.answers)
                        ),
                    )
                )
                break
    return tuple(found)
