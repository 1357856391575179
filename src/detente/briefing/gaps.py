"""What came of plans, and what the reports leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from detente.briefing.material import (
    Material,
    brief_quote,
    claims_of,
    evidence_of,
)
from detente.briefing.words import date_words, plural
from detente.model import (
    Actor,
    Claim,
    Event,
    Evidence,
    Statement,
    TimelineEntry,
)

__all__ = ["gaps", "with_outcome"]

# A silence longer than this, between two reports about the pair, is worth a line under "gaps".
SILENCE = timedelta(days=75)
# Of each kind of gap this many are told one by one; the others are counted.
SHOWN = 4
# What a plan without a date announces is looked for this long after the report.
FOLLOWS = timedelta(days=60)


def gaps(
    events: Sequence[Event], timeline: Sequence[TimelineEntry], material: Material
) -> tuple[Statement, ...]:
    """Return what the reports leave open, similar gaps folded: silences, days, first sources.

    Args:
        events: the events, in order of date.
        timeline: the entries of those that are affirmed.
        material: what the brief is made of.
    """
    undated = [
        (
            f"“{brief_quote(entry.statement.evidence[0], material)}”{_reported(entry)}",
            entry.statement.evidence[0],
        )
        for entry in _weightiest(timeline)
        if entry.first is None and entry.last is None
    ]
    shown = {entry.event_id for entry in timeline}
    unnamed = []
    for event in events:
        claims = claims_of(event, material)
        if event.id in shown and claims and all(_only_unnamed(claim) for claim in claims):
            evidence = evidence_of(claims[0], material)
            unnamed.append((f"“{brief_quote(evidence, material)}”", evidence))
    return (
        *_folded(_silences(timeline), "of such silences"),
        *_told("When this happened is unknown", undated, material),
        *_told("Who said this first is unknown, all lead to unnamed sources", unnamed, material),
    )


def _weightiest(timeline: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Return the entries that more depends on first: material before verbal, more origins."""
    material = {2: 0, 4: 0}
    return sorted(timeline, key=lambda one: (material.get(one.quad, 1), -one.origins.max))


def _reported(entry: TimelineEntry) -> str:
    days = [one.published for one in entry.statement.evidence if one.published]
    return f", reported {date_words(min(days), min(days))}" if days else ""


def _told(lead: str, listed: Sequence[tuple[str, Evidence]], material: Material) -> list[Statement]:
    told = []
    for words, evidence in listed[:SHOWN]:
        claim = material.claims.get(evidence.claim_id or "")
        reason = claim.when.reason if claim and lead.startswith("When") else None
        why = f" ({reason})" if reason else ""
        told.append(Statement(text=f"{lead}{why}: {words}.", evidence=(evidence,)))
    more = listed[SHOWN:]
    if more:
        text = f"{lead}: {plural(len(more), 'further event')}."
        told.append(Statement(text=text, evidence=tuple(evidence for _, evidence in more)))
    return told


def _folded(found: list[Statement], what: str) -> list[Statement]:
    more = found[SHOWN:]
    if not more:
        return found
    evidence = tuple(one for statement in more for one in statement.evidence)
    return [*found[:SHOWN], Statement(text=f"... and {len(more)} more {what}.", evidence=evidence)]


def _only_unnamed(claim: Claim) -> bool:
    if not claim.attributions:
        return False
    inner = claim.attributions[-1].source
    return inner is None or not inner.named


def _silences(timeline: Sequence[TimelineEntry]) -> list[Statement]:
    known = [entry for entry in timeline if entry.first and entry.last]
    found = []
    end: TimelineEntry | None = None
    for entry in known:
        if end and end.last and entry.first and entry.first - end.last > SILENCE:
            found.append(
                Statement(
                    text=f"No dated event between {date_words(end.last, end.last)} and "
                    f"{date_words(entry.first, entry.first)}; these two bound the silence.",
                    evidence=(end.statement.evidence[0], entry.statement.evidence[0]),
                )
            )
        if end is None or (entry.last and end.last and entry.last > end.last):
            end = entry
    return found


# --- what came of plans ----------------------------------------------------------------------


def with_outcome(
    entry: TimelineEntry, plan: Event, events: Sequence[Event], material: Material
) -> TimelineEntry:
    """Return the entry of a plan with what came of it, as far as the reports tell.

    Args:
        entry: the entry of the plan.
        plan: its event.
        events: all events of the pair.
        material: what the brief is made of.
    """
    days = [one.published for one in entry.statement.evidence if one.published]
    told = min(days, default=None)
    known = {one.id: _days(one, material) for one in events if one.claim_ids and not one.planned}
    kept = [one for one in events if one.id in known and _keeps(one, known[one.id], plan, told)]
    if not kept:
        return replace(entry, outcome="no report here says that it took place")
    first = min(kept, key=lambda one: (*known[one.id], one.id))
    day = date_words(*known[first.id])
    see = f"see {day}" if first.first else f"see the report of {day}"
    # a plan without a day may be of another meeting than the next one
    dated = plan.first is not None and plan.last is not None
    lead = "took place, as it seems" if dated else "the next event of this kind between them"
    return replace(entry, outcome=f"{lead}: {see}", followed_by=first.id)


def _days(event: Event, material: Material) -> tuple[date, date]:
    """Return the days of an event; of an undated one, the day on which it was first reported."""
    days = [one.published for one in material.reports.get(event.id, ()) if one.published]
    told = min(days, default=date.max)
    return event.first or event.last or told, event.last or event.first or told


def _keeps(event: Event, days: tuple[date, date], plan: Event, told: date | None) -> bool:
    """Tell whether an event can be what was planned: same type and sides, in time."""
    if event.act is not plan.act:
        return False
    if plan.mode and event.mode and plan.mode != event.mode:
        return False
    sides = [(_countries(one.actors), _countries(one.recipients)) for one in (event, plan)]
    if sides[0] != sides[1]:
        return False
    if plan.first and plan.last:
        return days[0] <= plan.last and days[1] >= plan.first
    return told is not None and timedelta(0) < days[0] - told <= FOLLOWS


def _countries(actors: Sequence[Actor]) -> frozenset[str]:
    return frozenset(actor.country for actor in actors if actor.country)
