"""Measures of a relation, side by side: level and volume apart, each direction for itself.

A sum of scores grows with the number of reports and reads an alliance at odds as friendlier than a
quiet peace; a mean hides bursts; a share of few events is noise. So all are shown, with the volume
that they rest on, and none is called the relation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from detente.analysis.occurrences import Occurrence
from detente.model import Measured, Series, Way

__all__ = ["FORMULAS", "measures"]

# What a share and a mean are shrunk towards, in events: half of conflict, and a score of 0.
SHRUNK_BY = 1.0

FORMULAS: dict[str, str] = {
    "counts": "events by quad class: verbal and material cooperation, verbal and material conflict",
    "conflict_share": "(conflict + 0.5) / (events + 1)",
    "mean_score": "sum of PLOVER scores / (events + 1)",
    "score_sum": "sum of PLOVER scores, -10 to 10 each; grows with the number of events",
    "weight": "sum of weights: 1 + ln(origins that may tell an event), half if only alleged",
    "weighted_mean": "sum of weight x PLOVER score / (sum of weights + 1)",
    "documents": "documents (or rows of a dataset) of the month, about anything",
    "per_thousand": "events / documents x 1000",
    "of_actor": "events of the month in which the first country takes part, with anyone",
    "of_recipient": "events of the month in which the second country takes part, with anyone",
}


def measures(
    series: Series,
    happened: Sequence[Occurrence],
    volumes: Mapping[str, Mapping[str, int]],
) -> tuple[Measured, ...]:
    """Return for each month of a series what both, the first and the second did.

    Args:
        series: the months.
        happened: what happened between the two; a mutual event counts for both directions.
        volumes: for each country of the pair its events of each month ("YYYY-MM"), with anyone.

    Returns:
        Three for each month, in the order of `Way`.
    """
    months: dict[tuple[date, Way], list[Occurrence]] = {}
    for one in happened:
        month = one.day.replace(day=1)
        ways = [Way.BOTH]
        if one.forward is not False:
            ways.append(Way.FORWARD)
        if one.forward is not True:
            ways.append(Way.BACKWARD)
        for way in ways:
            months.setdefault((month, way), []).append(one)
    found = []
    for period in series.periods:
        key = period.first.isoformat()[:7]
        for way in Way:
            listed = months.get((period.first.replace(day=1), way), [])
            counts = [sum(one.quad == quad for one in listed) for quad in (1, 2, 3, 4)]
            scores = sum(one.score for one in listed)
            weights = sum(one.weight for one in listed)
            documents = period.documents
            found.append(
                Measured(
                    first=period.first,
                    last=period.last,
                    way=way,
                    counts=(counts[0], counts[1], counts[2], counts[3]),
                    conflict_share=(counts[2] + counts[3] + SHRUNK_BY / 2)
                    / (len(listed) + SHRUNK_BY),
                    mean_score=scores / (len(listed) + SHRUNK_BY),
                    score_sum=scores,
                    weight=weights,
                    weighted_mean=sum(one.weight * one.score for one in listed)
                    / (weights + SHRUNK_BY),
                    documents=documents,
                    per_thousand=1000 * len(listed) / documents if documents else None,
                    of_actor=volumes.get(series.dyad.actor, {}).get(key, 0),
                    of_recipient=volumes.get(series.dyad.recipient, {}).get(key, 0),
                )
            )
    return tuple(found)
