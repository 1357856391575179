"""How far reports corroborate an event: the Admiralty rating (STANAG 2511, 2003).

The letter judges the source and comes from the user's register alone; without one it is F, "cannot
be judged". The number judges the information and comes from corroboration and contradiction alone.
Unproven independence caps the number at 2; no 1 is given automatically.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Event, Rating, Report

__all__ = ["rate"]


def rate(event: Event, reports: Sequence[Report]) -> Rating:
    """Return the rating of an event with its two reasons.

    Args:
        event: the event.
        reports: its reports.
    """
    number, reason = _credibility(event, reports)
    return Rating(
        reliability="F",
        credibility=number,
        reliability_reason="F: no outlet of this event is rated in a source register",
        credibility_reason=f"{number}: {reason}",
    )


def _credibility(event: Event, reports: Sequence[Report]) -> tuple[int, str]:
    origins = event.origins
    if event.denial_ids and event.claim_ids:
        if origins.min > 1:
            return 3, f"denied, but {origins.min} demonstrably independent origins report it"
        return 4, "denied, and no second origin is demonstrated"
    if event.denial_ids:
        return 6, "only a denial is on record; a party's denial is no evidence for the opposite"
    if origins.min > 1:
        return 2, (
            f"{origins.min} origins end in different named sources; a confirmation (1) is for a "
            "person to give"
        )
    if origins.max > 1:
        return 3, f"{len(reports)} reports of {origins.max} outlets, independence unresolved"
    return 3 if len(reports) > 1 else 6, (
        "one origin, repeated" if len(reports) > 1 else "one report, nothing to compare it with"
    )
