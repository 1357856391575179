"""Claims as JSON-LD in the vocabulary of schema.org: who says what, where it appears.

A Claim is a sentence that asserts or denies an event, its appearance the article, its `about` the
event. There is no ClaimReview and no rating: detente does not judge what is true. How a claim is
held (asserted, reported, alleged ...) is its keyword, who says it through whom its credit text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.briefing.material import chain_words
from detente.interop.parcel import Parcel, evidence, title, urn
from detente.model import Claim, Document, Event, SourceKind, web_address

__all__ = ["CONTEXT", "claim_graph"]

CONTEXT = "https://schema.org"

Node = dict[str, Any]

# Kinds of sources that are surely the one or the other; an official may be a person or an office.
_KINDS = {
    SourceKind.PERSON: "Person",
    SourceKind.EXPERT: "Person",
    SourceKind.OUTLET: "Organization",
    SourceKind.ORGANISATION: "Organization",
}


def claim_graph(parcel: Parcel) -> dict[str, Any]:
    """Return a graph of claims, events, articles and outlets, each node once."""
    nodes: dict[str, Node] = {}
    for node in _nodes(parcel):
        nodes.setdefault(node["@id"], node)
    return {"@context": CONTEXT, "@graph": list(nodes.values())}


def _nodes(parcel: Parcel) -> Iterator[Node]:
    told = parcel.told
    for event in parcel.events:
        yield _event(event, parcel)
        for claim, found in evidence(event, told):
            document = told.documents[claim.document_id]
            yield from (_outlet(name) for name in document.outlets)
            yield _article(document)
            yield _claim(event, claim, found.quote, document)


def _event(event: Event, parcel: Parcel) -> Node:
    node: Node = {
        "@id": urn("event", event.id),
        "@type": "Event",
        "name": title(event, parcel.told),
        "identifier": event.id,
        "keywords": [event.event_type.value],
    }
    if event.first and event.last:
        node |= {"startDate": event.first.isoformat(), "endDate": event.last.isoformat()}
    return node


def _outlet(name: str) -> Node:
    return {"@id": urn("outlet", name), "@type": "Organization", "name": name}


def _refer(identifier: str) -> Node:
    return {"@id": identifier}


def _article(document: Document) -> Node:
    node: Node = {
        "@id": urn("document", document.id),
        "@type": "NewsArticle",
        "identifier": document.id,
        "publisher": [_refer(urn("outlet", name)) for name in document.outlets],
    }
    if address := web_address(document.url):
        node["url"] = address
    if document.title:
        node["headline"] = document.title
    if document.published:
        node["datePublished"] = document.published.isoformat()
    return node


def _claim(event: Event, claim: Claim, quote: str, document: Document) -> Node:
    node: Node = {
        "@id": urn("claim", f"{event.id}:{claim.id}"),
        "@type": "Claim",
        "text": quote,
        "inLanguage": "en",
        "about": _refer(urn("event", event.id)),
        "appearance": _refer(urn("document", document.id)),
        "creditText": chain_words(claim, document),
        "keywords": [claim.event_type.value, claim.certainty.label.value],
    }
    if document.published:
        node["datePublished"] = document.published.isoformat()
    author = _author(claim, document)
    if author:
        node["author"] = author
    return node


def _author(claim: Claim, document: Document) -> Node | list[Node] | None:
    """Return who first said it, where that is known and surely a person or an organisation."""
    if not claim.attributions:
        return [_refer(urn("outlet", name)) for name in document.outlets] or None
    source = claim.attributions[-1].source
    if source is None or not source.named or source.kind not in _KINDS:
        return None
    return {
        "@type": _KINDS[source.kind],
        "name": " ".join((source.name or source.span.text).split()),
    }
