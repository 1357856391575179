"""What is disputed: denials, corrections and contradictions, with both sides and their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.briefing.material import (
    Told,
    chain_evidence,
    chain_words,
    claims_of,
    evidence_of,
    quoted,
)
from detente.briefing.phrases import origins_words
from detente.briefing.words import date_words, listed, plural
from detente.model import (
    Claim,
    Conflict,
    Contradiction,
    Event,
    Label,
    Origins,
    SegmentKind,
    Side,
    Statement,
)

__all__ = ["contradicted", "denied", "disputed", "withdrawn_words"]

_ABOUT = {
    Conflict.ACTOR: "who did it",
    Conflict.NUMBER: "how many",
    Conflict.DATE: "on which day",
    Conflict.PLACE: "where",
}


def disputed(events: Sequence[Event], material: Told) -> tuple[Statement, ...]:
    """Return what is denied, was withdrawn, or cannot all be right, each with both sides."""
    known = {event.id: event for event in events}
    denials = [denied(event, material) for event in events if event.denial_ids]
    against = [
        contradicted(found, [known[one] for one in found.event_ids], material)
        for found in material.contradictions
        if all(one in known for one in found.event_ids)
    ]
    return (*denials, *against)


def denied(event: Event, material: Told) -> Statement:
    """Return the denial of an event, with what it stands against."""
    denials = [material.claims[identifier] for identifier in event.denial_ids]
    denial = min(denials, key=lambda claim: (claim.certainty.label is not Label.DENIED, claim.id))
    against = claims_of(event, material)[:2]
    words = (
        f"{chain_words(denial, material.documents[denial.document_id])}: "
        f"“{quoted(denial.sentence.text)}”"
    )
    if against:
        text = (
            f"{date_words(event.first, event.last)}: “{quoted(against[0].sentence.text)}” "
            f"({chain_words(against[0], material.documents[against[0].document_id])}"
            f"{_counted(event.claim_ids, [event], material)}). "
            f"{'Corrected' if _is_correction(denial) else 'Against it'}: {words}"
        )
        if _by_a_party(denial, event):
            text += " Who denies is a party to it; that is no evidence for the opposite."
    else:
        text = f"Denied, with no report here that affirms it: {words}"
    cited = dict.fromkeys((*against, denial, *denials[:3]))
    evidence = tuple(evidence_of(claim, material) for claim in cited)
    named = [one for claim in (*against[:1], denial) for one in chain_evidence(claim, material)]
    return Statement(text=text, evidence=(*evidence, *named))


def _is_correction(claim: Claim) -> bool:
    return claim.segment is SegmentKind.EDITORS_NOTE


def _by_a_party(denial: Claim, event: Event) -> bool:
    """Tell whether a denial comes from those who are said to have done it."""
    inner = denial.attributions[-1].source if denial.attributions else None
    accused = {actor.country for actor in event.actors if actor.country}
    return inner is not None and inner.country in accused


def contradicted(found: Contradiction, events: Sequence[Event], material: Told) -> Statement:
    """Return a contradiction as a sentence that has both sides."""
    first, second = (_side(side, events, material) for side in found.sides)
    when = date_words(events[0].first, events[0].last)
    if found.revised:
        text = f"{when}, {_ABOUT[found.kind]}: reports of later days differ: {first}; {second}."
    else:
        text = f"{when}, {_ABOUT[found.kind]} is told in two ways: {first}; against it {second}."
    shown = [min(side.claim_ids) for side in found.sides]
    cited = dict.fromkeys((*shown, *(one for side in found.sides for one in side.claim_ids[:3])))
    evidence = tuple(evidence_of(material.claims[claim], material) for claim in cited)
    named = [one for key in shown for one in chain_evidence(material.claims[key], material)]
    return Statement(text=text, evidence=(*evidence, *named))


def _side(side: Side, events: Sequence[Event], material: Told) -> str:
    names = dict(material.country_names)
    words = " and ".join(names.get(part, part) for part in side.words.split("+"))
    claim = min((material.claims[one] for one in side.claim_ids), key=lambda claim: claim.id)
    return (
        f"{words}, “{quoted(claim.sentence.text)}” "
        f"({chain_words(claim, material.documents[claim.document_id])}"
        f"{_counted(side.claim_ids, events, material)})"
    )


def _counted(claims: Iterable[str], events: Sequence[Event], material: Told) -> str:
    """Return "; 3 reports, 1 to 2 origins" of those that make these claims; "" for one report."""
    meant = set(claims)
    told = [
        report
        for event in events
        for report in material.reports[event.id]
        if meant & set(report.claim_ids)
    ]
    if len(told) < 2:
        return ""
    groups = {report.origin for report in told}
    origins = Origins(min=1, max=len(groups))
    if len(events) == 1 and meant == set(events[0].claim_ids):
        origins = events[0].origins
    return f"; {plural(len(told), 'report')}, {origins_words(origins)}"


def withdrawn_words(event: Event, material: Told) -> str:
    """Return who took reports of an event back, and when; "" where nobody did."""
    reports = [
        one for one in material.reports[event.id] if set(one.claim_ids) & set(event.claim_ids)
    ]
    taken = [one for one in reports if one.withdrawn_by]
    if not taken:
        return ""
    notes = [material.documents[one] for one in sorted({one.withdrawn_by or "" for one in taken})]
    outlets = listed(tuple(sorted({outlet for note in notes for outlet in note.outlets})))
    days = [note.published for note in notes if note.published]
    when = f" on {date_words(min(days), min(days))}" if days else ""
    left = "" if event.withdrawn else f" ({len(taken)} of {plural(len(reports), 'report')})"
    return f"withdrawn by {outlets or 'its outlet'}{when}{left}"
