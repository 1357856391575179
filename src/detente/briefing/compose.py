"""Findings -> Brief. Every sentence about the world is a Statement, and none is without evidence.

The order follows ICD 208: bottom line first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from detente.briefing.alternatives import alternatives
from detente.briefing.before_after import interrupted
from detente.briefing.disputes import disputed, withdrawn_words
from detente.briefing.gaps import gaps, with_outcome
from detente.briefing.indicators import indicators
from detente.briefing.judgements import judgements, shift_note
from detente.briefing.material import (
    Material,
    Told,
    chain_words,
    claims_of,
    evidence_of,
    one_per_document,
    quoted,
)
from detente.briefing.phrases import circular_words
from detente.briefing.words import date_words, side_words
from detente.model import (
    Brief,
    Circularity,
    CircularNote,
    Claim,
    DateBasis,
    Event,
    OutletCount,
    Statement,
    TimelineEntry,
)

__all__ = ["Material", "Told", "compose", "entry_of"]


def compose(material: Material) -> Brief:
    """Return the brief that the material carries."""
    ordered = sorted(material.events, key=_event_order)
    entries = {event.id: entry_of(event, material) for event in ordered if event.claim_ids}
    timeline = tuple(entries[e.id] for e in ordered if e.id in entries and not e.planned)
    planned = tuple(
        with_outcome(entries[e.id], e, ordered, material)
        for e in ordered
        if e.id in entries and e.planned
    )
    shifts = tuple(
        note
        for shift in material.findings.shifts
        if shift.likely and (note := shift_note(shift, entries, material))
    )
    return Brief(
        dyad=material.dyad,
        names=material.names,
        first=material.since or min((e.first for e in timeline if e.first), default=None),
        last=material.until or max((e.last for e in timeline if e.last), default=None),
        corpus=material.corpus,
        judgements=judgements(shifts, timeline, material),
        shifts=shifts,
        events=timeline,
        disputed=disputed(ordered, material),
        planned=planned,
        alternatives=alternatives(shifts, timeline, material),
        indicators=indicators(shifts, timeline, planned, material),
        gaps=gaps(ordered, timeline, material),
        sources=_sources(ordered, material),
        series=material.findings.series,
        interruptions=interrupted(material),
        shift_reason=material.findings.reason,
        run_id=material.run_id,
        tool=material.tool,
    )


def _event_order(event: Event) -> tuple[date, date, str]:
    return (event.first or date.max, event.last or date.max, event.id)


def entry_of(event: Event, material: Told) -> TimelineEntry:
    """Return an event that is affirmed as a brief shows it, what came of plans left out."""
    claims = claims_of(event, material)
    told = one_per_document(claims)
    reports = material.reports[event.id]
    affirming = [r for r in reports if set(r.claim_ids) & set(event.claim_ids)]
    outlets = sorted({outlet for report in affirming for outlet in report.outlets})
    names = dict(material.country_names)
    best = claims[0]
    return TimelineEntry(
        event_id=event.id,
        first=event.first,
        last=event.last,
        date_text=date_words(event.first, event.last),
        date_basis=_basis_of(event, claims),
        event_type=event.event_type.value,
        mode=event.mode,
        quad=event.quad,
        actors=side_words(event.actors, names),
        recipients=side_words(event.recipients, names),
        statement=Statement(
            text=quoted(best.sentence.text),
            evidence=tuple(evidence_of(claim, material) for claim in told),
        ),
        says=_says(told, material),
        label=best.certainty.label.value,
        reports=len(affirming),
        outlets=tuple(outlets),
        origins=event.origins,
        rating=material.ratings[event.id],
        withdrawn=withdrawn_words(event, material),
        circular=tuple(_circular(one, material) for one in material.circular.get(event.id, ())),
    )


def _circular(found: Circularity, material: Told) -> CircularNote:
    evidence = tuple(evidence_of(material.claims[one], material) for one in found.claim_ids)
    statement = Statement(text=circular_words(found), evidence=evidence)
    return CircularNote(kind=found.kind, names=found.names, statement=statement)


def _basis_of(event: Event, claims: Sequence[Claim]) -> str:
    for claim in claims:
        if (claim.when.first, claim.when.last) == (event.first, event.last):
            return claim.when.basis.value
    return DateBasis.UNKNOWN.value


def _says(claims: Sequence[Claim], material: Told) -> tuple[str, ...]:
    """Return who says so, through whom: one clause for each distinct chain, the commonest first."""
    chains = Counter(chain_words(claim, material.documents[claim.document_id]) for claim in claims)
    return tuple(chain for chain, _ in sorted(chains.items(), key=lambda item: (-item[1], item[0])))


def _sources(events: Sequence[Event], material: Material) -> tuple[OutletCount, ...]:
    documents = {
        report.document_id for event in events for report in material.reports.get(event.id, ())
    }
    days: dict[str, list[date]] = {}
    counts: Counter[str] = Counter()
    for identifier in documents:
        document = material.documents[identifier]
        for outlet in document.outlets or ("(outlet unknown)",):
            counts[outlet] += 1
            days.setdefault(outlet, [])
            if document.published:
                days[outlet].append(document.published)
    return tuple(
        OutletCount(
            outlet=outlet,
            documents=count,
            first=min(days[outlet], default=None),
            last=max(days[outlet], default=None),
        )
        for outlet, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
