"""The pages as JSON objects, in the keys of the public contract."""

from __future__ import annotations

from typing import Any

from detente.briefing.records import (
    abstention_record,
    claim_record,
    collected_record,
    event_record,
    segment_record,
    source_record,
)
from detente.briefing.relation import relation_record
from detente.briefing.render import to_plain
from detente.model import Findings
from detente.workflow import DocumentAccount, EventAccount, EventLine, Listing, Overview

__all__ = ["account_record", "document_record", "listing_record", "overview_record"]


def overview_record(overview: Overview) -> dict[str, Any]:
    """Return what is in a store as a JSON object."""
    return {
        "documents": overview.documents,
        "undated": overview.undated,
        "first": overview.first,
        "last": overview.last,
        "events": overview.events,
        "skipped": overview.skipped,
        "pairs": [
            {"actor": dyad.actor, "recipient": dyad.recipient, "events": count}
            for dyad, count in overview.pairs
        ],
        "outlets": [source_record(source) for source in overview.outlets],
        "runs": [to_plain(run) for run in overview.runs],
    }


def listing_record(findings: Findings, listing: Listing) -> dict[str, Any]:
    """Return series and shifts of a pair and a part of its events as a JSON object."""
    return relation_record(findings) | {
        "total": listing.total,
        "start": listing.start,
        "events": [_line(line) for line in listing.lines],
        "outlets": [{"outlet": name, "reports": count} for name, count in listing.outlets],
    }


def _line(line: EventLine) -> dict[str, Any]:
    record = event_record(line.event, ())
    record["reports"] = line.reports
    sentence = line.told.sentence
    told = {
        "document_id": line.told.document_id,
        "claim_id": line.told.id,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
    }
    return record | {"label": line.label.value, "outlets": list(line.outlets), "told": told}


def account_record(account: EventAccount) -> dict[str, Any]:
    """Return all that is known of an event as a JSON object."""
    entry = account.entry
    known: dict[str, Any] = {"label": None, "rating": None, "rating_reasons": [], "says": []}
    if entry is not None:
        known = {
            "label": entry.label,
            "rating": entry.rating.code,
            "rating_reasons": [
                entry.rating.reliability_reason,
                entry.rating.credibility_reason,
            ],
            "says": list(entry.says),
        }
    record = event_record(account.event, account.reports)
    record["claims"] = [claim_record(claim) for claim in account.claims.values()]
    return record | known | {"disputed": to_plain(account.disputed)}


def document_record(account: DocumentAccount) -> dict[str, Any]:
    """Return a document and what was drawn from it as a JSON object."""
    document, drawn = account.document, account.extraction
    return {
        "id": document.id,
        "key": document.key,
        "title": document.title,
        "outlets": list(document.outlets),
        "author": document.author,
        "url": document.url,
        "published": document.published.isoformat() if document.published else None,
        "published_reason": document.published_reason,
        "sha256": document.source_digest,
        "collected": collected_record(document.collected),
        "text": document.text,
        "segments": [segment_record(document, part) for part in drawn.segments],
        "claims": [claim_record(claim) for claim in drawn.claims],
        "abstentions": [abstention_record(document, one) for one in drawn.abstentions],
        "problem": drawn.problem,
        "events": [report.event_id for report in account.reports],
    }
