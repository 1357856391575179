"""What a brief is made of, and how its claims are quoted and attributed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from detente.briefing.words import LABELS, clause, date_words, listed
from detente.model import (
    Attribution,
    Circularity,
    Claim,
    Contradiction,
    Corpus,
    DateBasis,
    Document,
    Dyad,
    Event,
    Evidence,
    Findings,
    Rating,
    Report,
    SourceKind,
)

__all__ = [
    "Material",
    "Told",
    "brief_quote",
    "chain_evidence",
    "chain_links",
    "chain_words",
    "claims_of",
    "evidence_of",
    "one_per_document",
    "origin_names",
    "quoted",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the reports of some events tell.

    Attributes:
        reports: the reports of each event, by event id.
        ratings: the rating of each event, by event id.
        contradictions: what the reports of these events cannot all be right in.
        circular: the circular reporting of each event that has some, by event id.
        claims: claims by id.
        documents: documents by id.
        country_names: names of countries by code.
    """

    reports: Mapping[str, Sequence[Report]]
    ratings: Mapping[str, Rating]
    circular: Mapping[str, Sequence[Circularity]]
    contradictions: Sequence[Contradiction]
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    country_names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(Told):
    """What a brief is made of: what is told, of whom, and what follows.

    Attributes:
        dyad: the pair.
        names: their names for people.
        since: first day that the user asked for, or None.
        until: last day, or None.
        events: the pair's events within the period, those without a date included.
        findings: series and shifts of the pair.
        corpus: what the brief was drawn from.
        run_id: the run that produced the claims.
        tool: versions of the tool, its model and its lexicons, for the disclosure.
    """

    dyad: Dyad
    names: tuple[str, str]
    since: date | None
    until: date | None
    events: Sequence[Event]
    findings: Findings
    corpus: Corpus
    run_id: str
    tool: tuple[str, ...]


def evidence_of(claim: Claim, material: Told) -> Evidence:
    """Return the sentence of a claim as evidence."""
    document = material.documents[claim.document_id]
    return Evidence(
        document_id=document.id,
        document_key=document.key,
        start=claim.sentence.start,
        end=claim.sentence.end,
        quote=claim.sentence.text,
        claim_id=claim.id,
        outlets=document.outlets,
        published=document.published,
        url=document.url,
    )


def chain_evidence(claim: Claim, material: Told) -> tuple[Evidence, ...]:
    """Return where those who say it are named, as far as the sentence does not name them."""
    found = evidence_of(claim, material)
    sources = [link.source for link in claim.attributions if link.source]
    spans = [span for one in sources for span in (one.span, one.antecedent) if span]
    return tuple(
        replace(found, start=span.start, end=span.end, quote=span.text)
        for span in dict.fromkeys(spans)
        if not found.start <= span.start <= span.end <= found.end
    )


def claims_of(event: Event, material: Told) -> list[Claim]:
    """Return the claims that affirm an event, the one that tells it best first.

    What was withdrawn comes last.
    """
    withdrawn = {r.document_id for r in material.reports.get(event.id, ()) if r.withdrawn_by}
    listed = (material.claims[identifier] for identifier in event.claim_ids)
    return sorted(listed, key=lambda claim: (claim.document_id in withdrawn, _telling(claim)))


_BASIS = {DateBasis.STATED: 0, DateBasis.RELATIVE: 0, DateBasis.PUBLICATION: 1}


def _telling(claim: Claim) -> tuple[int, int, int, int, int, str]:
    """Best is a sentence that binds its outlet, dates the event, and is neither bare nor long."""
    length = len(claim.sentence.text)
    first, last = claim.when.first, claim.when.last
    return (
        LABELS.index(claim.certainty.label),
        _BASIS.get(claim.when.basis, 2),
        (last - first).days if first and last else 99999,
        int(not 40 <= length <= 320),
        claim.anchor.start - claim.sentence.start,
        claim.id,
    )


def one_per_document(claims: Sequence[Claim]) -> list[Claim]:
    """Return the first claim of each document."""
    seen: dict[str, Claim] = {}
    for claim in claims:
        seen.setdefault(claim.document_id, claim)
    return list(seen.values())


def brief_quote(evidence: Evidence, material: Told) -> str:
    """Return the quote of a claim's sentence, cut so that the words of the event are shown."""
    claim = material.claims.get(evidence.claim_id or "")
    if claim is None:
        return clause(evidence.quote)
    start = claim.anchor.start - claim.sentence.start
    return clause(evidence.quote, around=(start, claim.anchor.end - claim.sentence.start))


def quoted(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())


def chain_words(claim: Claim, document: Document) -> str:
    """Return who says it, through whom: "Courier: Anadolu (outlet) → a diplomat (unnamed)"."""
    outlet, *links = chain_links(claim, document)
    if not links:
        return f"{outlet}, in its own voice"
    return f"{outlet}: " + " → ".join(links)


def chain_links(claim: Claim, document: Document) -> tuple[str, ...]:
    """Return who says it, link by link: the outlet first, whoever first said it last."""
    outlet = listed(document.outlets, most=4) or "an unnamed outlet"
    return (outlet, *(_link_words(link) for link in claim.attributions))


def _link_words(link: Attribution) -> str:
    source = link.source
    if source is None:
        return f"no source (“{quoted(link.cue.text)}”)"
    words = quoted(source.span.text)
    if source.antecedent is not None:
        words = f"{words} [{quoted(source.antecedent.text)}]"
    if not source.named:
        return f"{words} (unnamed)"
    kind = {SourceKind.OFFICIAL: "official", SourceKind.OUTLET: "outlet"}.get(source.kind)
    return f"{words} ({kind})" if kind else words


def origin_names(material: Material) -> dict[str, str]:
    """Return for each origin the outlet that published first, with the day."""
    found: dict[str, tuple[date, str, str]] = {}
    for reports in material.reports.values():
        for one in reports:
            outlet = listed(one.outlets) or "outlet unknown"
            day = date_words(one.published, one.published) if one.published else "undated"
            told = (one.published or date.max, one.document_id, f"{outlet}, {day}")
            found[one.origin] = min(told, found.get(one.origin, told))
    return {origin: words for origin, (_, _, words) in found.items()}
