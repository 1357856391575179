"""Claims, segments, events and findings as JSON objects: the public contract."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from detente.briefing.phrases import origins_words
from detente.briefing.words import date_words, plural, printable
from detente.model import (
    Abstention,
    Attribution,
    Change,
    ChangeKind,
    Claim,
    Collected,
    DateRange,
    Document,
    Event,
    Kept,
    Magnitude,
    Mention,
    Place,
    Report,
    Segment,
    Source,
    SourceDescription,
    Span,
)

__all__ = [
    "abstention_record",
    "change_record",
    "change_words",
    "claim_record",
    "collected_record",
    "event_record",
    "event_words",
    "iso_day",
    "json_text",
    "mention_record",
    "raw_record",
    "segment_record",
    "span_record",
    "when_record",
]

# What acts on a terminal or reorders what is seen, and what JSON does not escape by itself:
# C1 controls, line separators, marks of writing direction, characters without width.
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def json_text(record: Any, *, indent: int | None = None) -> str:
    """Return a record as JSON that is safe to look at: what is unseen is written as an escape.

    Args:
        record: lists, dictionaries and scalars.
        indent: blanks for each level; None for one line.
    """
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def span_record(span: Span | None) -> dict[str, Any] | None:
    """Return a span as the contract writes it, or None."""
    return None if span is None else {"start": span.start, "end": span.end, "text": span.text}


def iso_day(day: date | None) -> str | None:
    """Return a day as the contract writes it, or None."""
    return None if day is None else day.isoformat()


def claim_record(claim: Claim) -> dict[str, Any]:
    """Return a claim as the JSON object of the public contract.

    Offsets count code points of the document's text, half-open; every "text" equals its slice.
    """
    certainty = claim.certainty
    return {
        "id": claim.id,
        "document_id": claim.document_id,
        "document_key": claim.document_key,
        "segment": claim.segment.value,
        "sentence": span_record(claim.sentence),
        "span": span_record(claim.span),
        "anchor": span_record(claim.anchor),
        "event_type": claim.event_type.value,
        "act": claim.act.value,
        "mode": claim.mode,
        "quad": claim.quad,
        "actors": [mention_record(mention) for mention in claim.actors],
        "recipients": [mention_record(mention) for mention in claim.recipients],
        "reciprocal": claim.reciprocal,
        "when": when_record(claim.when),
        "place": _place(claim.place) if claim.place else None,
        "magnitudes": [_magnitude(magnitude) for magnitude in claim.magnitudes],
        "attributions": [_attribution(link) for link in claim.attributions],
        "certainty": {
            "polarity": certainty.polarity.value,
            "strength": certainty.strength.value,
            "time": certainty.time.value,
            "label": certainty.label.value,
            "cues": [span_record(cue) for cue in certainty.cues],
            "reason": certainty.reason,
        },
        "rule": claim.rule,
        "run_id": claim.run_id,
    }


def mention_record(mention: Mention) -> dict[str, Any]:
    """Return a mention as the contract writes it: its words, and whom they name."""
    record = (span_record(mention.span) or {}) | {
        "country": mention.country,
        "sector": mention.sector,
        "name": mention.name,
    }
    if mention.antecedent is not None:
        record["antecedent"] = span_record(mention.antecedent)
    return record


def _place(place: Place) -> dict[str, Any]:
    return (span_record(place.span) or {}) | {
        "country": place.country,
        "city": place.city,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _magnitude(magnitude: Magnitude) -> dict[str, Any]:
    return {
        "kind": magnitude.kind.value,
        "low": magnitude.low,
        "high": magnitude.high,
        "approximate": magnitude.approximate,
    } | (span_record(magnitude.span) or {})


def when_record(when: DateRange) -> dict[str, Any]:
    """Return a range of days as the contract writes it: with its basis and its words."""
    record: dict[str, Any] = {
        "first": iso_day(when.first),
        "last": iso_day(when.last),
        "basis": when.basis.value,
        "edtf": when.edtf,
        "text": when.span.text if when.span else None,
        "start": when.span.start if when.span else None,
        "end": when.span.end if when.span else None,
        "relation": when.relation.value if when.relation else None,
        "anchor": span_record(when.anchor),
    }
    if when.reason:
        record["reason"] = when.reason
    return record


def _attribution(link: Attribution) -> dict[str, Any]:
    return {
        "source": _source(link.source) if link.source else None,
        "cue": span_record(link.cue),
        "content": span_record(link.content),
        "quotation": link.quotation.value,
    }


def _source(source: Source) -> dict[str, Any]:
    record = (span_record(source.span) or {}) | {
        "kind": source.kind.value,
        "named": source.named,
        "country": source.country,
        "sector": source.sector,
        "name": source.name,
    }
    if source.antecedent is not None:
        record["antecedent"] = span_record(source.antecedent)
    return record


def abstention_record(document: Document, abstention: Abstention) -> dict[str, Any]:
    """Return what could have become a claim and did not, and why, as a JSON object.

    ``abstained`` tells it from a claim, which has no such key.
    """
    return {
        "abstained": True,
        "document_id": document.id,
        "document_key": document.key,
        "sentence": span_record(abstention.sentence),
        "span": span_record(abstention.span),
        "rule": abstention.rule,
        "reason": abstention.reason,
    }


def segment_record(document: Document, segment: Segment) -> dict[str, Any]:
    """Return a segment as the JSON object of the public contract."""
    return {
        "document_key": document.key,
        "segment": segment.kind.value,
        "start": segment.start,
        "end": segment.end,
        "text": document.text[segment.start : segment.end],
        "outlet": segment.outlet,
        "author": segment.author,
        "published": iso_day(segment.published),
    }


def collected_record(collected: Collected | None) -> dict[str, Any] | None:
    """Return where raw bytes stood as a JSON object, or None where it is not known."""
    return asdict(collected) if collected else None


def raw_record(document: Document, kept: Sequence[Kept]) -> dict[str, Any]:
    """Return as a JSON object which raw bytes a document was made of, and whence they are kept."""
    return {
        "document_id": document.id,
        "document_key": document.key,
        "url": document.url,
        "sha256": document.source_digest,
        "size": kept[0].size if kept else None,
        "collected": collected_record(document.collected),
        "kept": [{"at": one.kept, "collected": collected_record(one.collected)} for one in kept],
    }


def event_record(event: Event, reports: Sequence[Report]) -> dict[str, Any]:
    """Return an event with its reports as a JSON object."""
    return {
        "id": event.id,
        "event_type": event.event_type.value,
        "act": event.act.value,
        "mode": event.mode,
        "quad": event.quad,
        "actors": [_actor(actor.country, actor.sector, actor.name) for actor in event.actors],
        "recipients": [_actor(a.country, a.sector, a.name) for a in event.recipients],
        "reciprocal": event.reciprocal,
        "first": iso_day(event.first),
        "last": iso_day(event.last),
        "planned": event.planned,
        "alleged": event.alleged,
        "claims": list(event.claim_ids),
        "denials": list(event.denial_ids),
        "origins": {
            "min": event.origins.min,
            "max": event.origins.max,
            "reasons": list(event.origins.reasons),
        },
        "magnitudes": [
            {"kind": t.kind.value, "low": t.low, "high": t.high, "approximate": t.approximate}
            for t in event.tolls
        ],
        "reports": [_report(report) for report in reports],
    }


def _actor(country: str, sector: str, name: str) -> dict[str, Any]:
    return {"country": country or None, "sector": sector or None, "name": name or None}


def _report(report: Report) -> dict[str, Any]:
    return {
        "document_id": report.document_id,
        "outlets": list(report.outlets),
        "published": iso_day(report.published),
        "claims": list(report.claim_ids),
        "origin": report.origin,
        "copy_of": report.copy_of,
        "independence": report.independence.value,
        "reason": report.reason,
        "evidence": [
            {"kind": e.kind, "document_id": e.document_id, "value": e.value, "detail": e.detail}
            for e in report.evidence
        ],
    }


def event_words(event: Event, reports: Sequence[Report]) -> str:
    """Return an event as one line of text."""
    kind = event.event_type.value + (f" {event.mode}" if event.mode else "")
    actors = "+".join(sorted({actor.country or actor.name for actor in event.actors}))
    recipients = "+".join(sorted({actor.country or actor.name for actor in event.recipients}))
    outlets = {outlet for report in reports for outlet in report.outlets}
    state = " planned" if event.planned else " denied only" if not event.claim_ids else ""
    sides = f"{actors} > {recipients}" if recipients else actors
    return printable(
        f"{date_words(event.first, event.last)}  {sides}  {kind}{state}  "
        f"{plural(len(reports), 'report')}, {plural(len(outlets), 'outlet')}, "
        f"{origins_words(event.origins)}  {event.id}"
    )


def change_record(change: Change) -> dict[str, Any]:
    """Return a change of the events as a JSON object."""
    return {"kind": change.kind.value, "before": list(change.before), "after": list(change.after)}


def change_words(changes: Sequence[Change]) -> list[str]:
    """Return the changes as lines: how many of each kind, then each but the additions."""
    counts = Counter(change.kind for change in changes)
    told = [f"{counts[kind]} {kind.value}" for kind in ChangeKind if counts[kind]]
    lines = [f"events: {', '.join(told) or 'nothing changed'}"]
    for change in changes:
        if change.kind not in (ChangeKind.NEW, ChangeKind.GROWN):
            after = " and ".join(change.after) or "nothing"
            lines.append(f"{change.kind.value}: {' and '.join(change.before)} -> {after}")
    return lines


def source_record(source: SourceDescription) -> dict[str, Any]:
    """Return an outlet with its ratings as a JSON object."""
    return {
        "outlet": source.outlet,
        "documents": source.documents,
        "kind": source.kind,
        "country": source.country,
        "owner": source.owner,
        "control": source.control,
        "state_described_by": source.state_described_by,
        "reliability": source.reliability,
        "ratings": [
            {
                "reliability": rating.reliability,
                "rated": rating.rated.isoformat(),
                "reason": rating.reason,
                "by": rating.by or None,
            }
            for rating in source.ratings
        ],
    }


def source_words(source: SourceDescription) -> str:
    """Return an outlet as one line of text."""
    control = source.control and f"{source.control} control"
    if source.state_described_by:
        control = f"{control} (so {source.state_described_by})"
    facts = (source.kind, source.country, control, source.owner and f"owner: {source.owner}")
    known = ", ".join(fact for fact in facts if fact) or "not in the register of outlets"
    why = "not rated"
    if source.ratings:
        rating = source.ratings[-1]
        who = f" by {rating.by}" if rating.by else ""
        why = f"rated {rating.rated}{who}: {rating.reason}"
    return printable(
        f"{source.reliability}  {source.outlet}  {plural(source.documents, 'document')}  "
        f"{known}  {why}"
    )
