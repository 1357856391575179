"""What the claims of an event say it was about, as the analysis of a relation sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.model import Claim, Event, Evidence, Matter, Span

__all__ = ["Telling", "evidence_at", "tellings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One event with the claims that affirm it and what each says it was about.

    Attributes:
        event: the event.
        claims: the claims, each with its matter; in order of their ids.
        reported: the day of its first report, or None.
    """

    event: Event
    claims: Sequence[tuple[Claim, Matter]]
    reported: date | None = None


def tellings(
    events: Iterable[Event],
    claims: Mapping[str, Claim],
    matters: Mapping[str, Matter],
    reported: Mapping[str, date],
) -> tuple[Telling, ...]:
    """Return the events that claims affirm, with what they say, in the order given.

    Args:
        events: events; those without a claim that affirms them are left out.
        claims: claims by id.
        matters: what claims are about, by the claim's id.
        reported: the day of the first report of an event, by its id.
    """
    found = []
    for event in events:
        known = [claims[one] for one in event.claim_ids if one in claims]
        if known:
            told = [(one, matters.get(one.id) or Matter(claim_id=one.id)) for one in known]
            found.append(Telling(event=event, claims=told, reported=reported.get(event.id)))
    return tuple(found)


def evidence_at(claim: Claim, span: Span) -> Evidence:
    """Return words of a claim's document as evidence for what the claim says."""
    return Evidence(
        document_id=claim.document_id,
        document_key=claim.document_key,
        start=span.start,
        end=span.end,
        quote=span.text,
        claim_id=claim.id,
    )
