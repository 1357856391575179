"""Events and evidence as a STIX 2.1 bundle (OASIS Standard, 10 June 2021).

An event is a report, each passage a note on it, an outlet and a country an identity; a shift is a
note on the reports that drive it. Confidence is what the standard's appendix A gives for a rating's
credibility, and for a shift its probability in percent: a number is kept, so that each scale reads
its own word from the range. The standard has no field for the reliability of a source; the letter
stands in the labels and the words. Ids are of version 5 in our namespace, times those of the
reports, so that the same store gives the same bundle.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from detente.briefing.material import chain_words
from detente.briefing.words import QUADS, likelihood, shift_words
from detente.interop.parcel import (
    Parcel,
    days_of,
    evidence,
    moment,
    summary,
    title,
    uuid_of,
    whence,
)
from detente.model import Claim, Document, Event, Evidence, Shift, digest, web_address

__all__ = ["CONFIDENCE", "stix_bundle"]

# Appendix A of the standard, table "Admiralty Credibility"; 6, "cannot be judged", has none.
CONFIDENCE = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}

Object = dict[str, Any]


def stix_bundle(parcel: Parcel) -> dict[str, Any]:
    """Return a bundle; what it refers to is in it, and nothing twice."""
    objects: dict[str, Object] = {}
    for one in _objects(parcel):
        objects.setdefault(one["id"], one)
    listed = list(objects.values())
    ids = digest([(one["id"], one["modified"]) for one in listed])
    return {"type": "bundle", "id": f"bundle--{uuid_of('bundle', ids)}", "objects": listed}


def _objects(parcel: Parcel) -> Iterator[Object]:
    told = parcel.told
    yield _identity("system", "detente")
    for event in parcel.events:
        parties = [_country(code, told.country_names) for code in _codes(event)]
        outlets: list[Object] = []
        notes: list[Object] = []
        for claim, found in evidence(event, told):
            document = told.documents[claim.document_id]
            outlets += [_identity("organization", name) for name in found.outlets]
            notes.append(_note(event, claim, found, document))
        yield from (*parties, *outlets)
        refs = [one["id"] for one in (*parties, *outlets, *notes)]
        yield _report(event, parcel, list(dict.fromkeys(refs)))
        yield from notes
    known = {event.id for event in parcel.events}
    for shift in parcel.shifts:
        driven = [one for one in shift.drivers if one in known]
        if driven and parcel.pair:
            yield _shift(shift, parcel.pair, driven)


def _codes(event: Event) -> list[str]:
    return sorted({one.country for one in (*event.actors, *event.recipients) if one.country})


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


# Identities do not change with what is reported.
_EPOCH = "1970-01-01T00:00:00.000Z"


def _common(kind: str, identifier: str, created: str, modified: str) -> Object:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{uuid_of(kind, identifier)}",
        "created": created,
        "modified": modified,
    }


_OURS = f"identity--{uuid_of('identity', 'system:detente')}"


def _identity(kind: str, name: str) -> Object:
    return {
        **_common("identity", f"{kind}:{name}", _EPOCH, _EPOCH),
        "name": name,
        "identity_class": kind,
    }


def _country(code: str, names: Any) -> Object:
    return {
        **_common("identity", f"country:{code}", _EPOCH, _EPOCH),
        "name": names.get(code, code),
        "identity_class": "group",
        "external_references": [{"source_name": "ISO 3166-1 alpha-3", "external_id": code}],
    }


def _report(event: Event, parcel: Parcel, refs: list[str]) -> Object:
    told = parcel.told
    first, last = days_of(event, told)
    rating = told.ratings[event.id]
    found: Object = {
        **_common("report", event.id, _time(moment(first)), _time(moment(last))),
        "created_by_ref": _OURS,
        "name": title(event, told),
        "description": summary(event, told),
        "published": _time(moment(last)),
        "object_refs": refs,
        "labels": [event.event_type.value, QUADS[event.quad - 1], f"rated {rating.code}"],
        "lang": "en",
    }
    if rating.credibility in CONFIDENCE:
        found["confidence"] = CONFIDENCE[rating.credibility]
    return found


def _note(event: Event, claim: Claim, found: Evidence, document: Document) -> Object:
    at = _time(moment(found.published)) if found.published else _EPOCH
    where: Object = {
        "source_name": "; ".join(found.outlets) or "unknown outlet",
        "description": whence(found),
        "external_id": found.document_id,
    }
    address = web_address(document.url)
    if address:
        where["url"] = address
    note: Object = {
        **_common("note", f"{event.id}:{claim.id}", at, at),
        "created_by_ref": _OURS,
        "abstract": chain_words(claim, document),
        "content": found.quote,
        "object_refs": [f"report--{uuid_of('report', event.id)}"],
        "labels": [claim.certainty.label.value],
        "external_references": [where],
        "lang": "en",
    }
    if found.outlets:
        note["authors"] = list(found.outlets)
    return note


def _shift(shift: Shift, pair: tuple[str, str], driven: list[str]) -> Object:
    term = likelihood(shift.probability)
    at = _time(moment(shift.last))
    key = digest(*pair, shift.first, shift.last, shift.kind, shift.direction)
    return {
        **_common("note", f"shift:{key}", at, at),
        "created_by_ref": _OURS,
        "abstract": f"{pair[0]} and {pair[1]}: {shift.kind} {shift.direction}, {term}",
        "content": f"{shift_words(shift)}; conflict {shift.before:.2f} before, "
        f"{shift.after:.2f} after. Exact Bayesian segmentation of the events that were read.",
        "object_refs": [f"report--{uuid_of('report', one)}" for one in driven],
        "labels": ["shift", term],
        "confidence": min(99, max(1, round(100 * shift.probability))),
        "lang": "en",
    }
