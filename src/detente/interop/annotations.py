"""Evidence as Web Annotations (W3C Recommendation "Web Annotation Data Model", 23 February 2017).

One annotation a claim. Its target is the sentence, by position and by its words, as alternatives
(section 4.2): positions count code points of the plain text that detente made of the document,
which is named as the state of the source (section 4.3); the words find it in the page itself.
"""

from __future__ import annotations

from typing import Any

from detente.briefing.material import chain_words
from detente.interop.parcel import Parcel, evidence, summary, title, urn
from detente.model import Claim, Document, Event, Evidence, web_address

__all__ = ["CONTEXT", "annotation_page"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Characters before and after the quoted words.
AROUND = 32


def annotation_page(parcel: Parcel) -> dict[str, Any]:
    """Return a page of annotations, one for each claim of each event, in their order."""
    told = parcel.told
    items = [
        _annotation(parcel, event, claim, found, told.documents[claim.document_id])
        for event in parcel.events
        for claim, found in evidence(event, told)
    ]
    return {
        "@context": CONTEXT,
        "id": urn("annotations", ",".join(item["id"] for item in items)),
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }


def _annotation(
    parcel: Parcel, event: Event, claim: Claim, found: Evidence, document: Document
) -> dict[str, Any]:
    told = parcel.told
    said = f"{title(event, told)}. {chain_words(claim, document)}. {summary(event, told)}."
    return {
        "id": urn("annotation", f"{event.id}:{claim.id}"),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {
            "id": urn("software", parcel.version),
            "type": "Software",
            "name": f"detente {parcel.version}",
        },
        "body": [
            _text("describing", said) | {"format": "text/plain", "language": "en"},
            _text("tagging", claim.event_type.value),
            _text("tagging", claim.certainty.label.value),
            {"type": "SpecificResource", "purpose": "linking", "source": urn("event", event.id)},
        ],
        "target": _target(found, document),
    }


def _text(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _target(found: Evidence, document: Document) -> dict[str, Any]:
    own = urn("document", document.id)
    address = web_address(document.url)
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": address or own,
        "selector": [
            {"type": "TextPositionSelector", "start": found.start, "end": found.end},
            {
                "type": "TextQuoteSelector",
                "exact": found.quote,
                "prefix": document.text[max(0, found.start - AROUND) : found.start],
                "suffix": document.text[found.end : found.end + AROUND],
            },
        ],
    }
    if address:
        target["state"] = {"type": "TimeState", "cached": own}
    return target
