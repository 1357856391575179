"""What is handed on: events with their evidence, and the shifts of a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from detente.briefing.material import Told, claims_of, evidence_of
from detente.briefing.phrases import act_words, origins_words
from detente.briefing.words import date_words, listed, plural, side_words
from detente.model import Claim, Event, Evidence, Shift

__all__ = [
    "Parcel",
    "days_of",
    "evidence",
    "moment",
    "summary",
    "title",
    "urn",
    "uuid_of",
    "whence",
]

# The namespace of our ids (RFC 9562, version 5): one record has one id on every machine.
NAMESPACE = UUID("5f0c1d0e-7f2b-5a86-9d0f-3f5a1d1c8e27")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is handed on to other tools.

    Attributes:
        events: the events, in order of date.
        told: their reports, ratings, claims and documents.
        pair: names of the two countries whose events these are, or None for all events.
        shifts: what is told of the pair's changes; none without a pair.
        version: the version of detente.
    """

    events: Sequence[Event]
    told: Told
    pair: tuple[str, str] | None
    shifts: Sequence[Shift]
    version: str


def uuid_of(kind: str, identifier: str) -> str:
    """Return the id of a record: version 5, the same for the same record."""
    return str(uuid5(NAMESPACE, f"{kind}:{identifier}"))


def urn(kind: str, identifier: str) -> str:
    """Return the id of a record as a URN."""
    return f"urn:uuid:{uuid_of(kind, identifier)}"


def evidence(event: Event, told: Told) -> list[tuple[Claim, Evidence]]:
    """Return each claim that affirms or denies an event, with its sentence as evidence."""
    denials = [told.claims[one] for one in event.denial_ids if one in told.claims]
    return [(claim, evidence_of(claim, told)) for claim in (*claims_of(event, told), *denials)]


def title(event: Event, told: Told) -> str:
    """Return "ASSAULT aerial: Turkey → Russia, 24 November 2015", with how far it is held."""
    names = dict(told.country_names)
    what = act_words(
        event.event_type.value,
        event.mode,
        side_words(event.actors, names),
        side_words(event.recipients, names),
    )
    held = [
        word
        for word, so in (
            ("planned or threatened", event.planned),
            ("alleged only", event.alleged),
            ("withdrawn", event.withdrawn),
            ("only denied", not event.claim_ids),
            ("denied by some", bool(event.claim_ids and event.denial_ids)),
        )
        if so
    ]
    note = f" ({', '.join(held)})" if held else ""
    return f"{what}, {date_words(event.first, event.last)}{note}"


def summary(event: Event, told: Told) -> str:
    """Return how the event is reported and rated, with the two reasons, in one line."""
    rating = told.ratings[event.id]
    reports = plural(len(told.reports[event.id]), "report")
    return (
        f"{reports}, {origins_words(event.origins)}, rated {rating.code} "
        f"({rating.reliability_reason}; {rating.credibility_reason})"
    )


def days_of(event: Event, told: Told) -> tuple[date, date]:
    """Return the days of the first and the last report; where none is dated, the event's own.

    An event without any day gets the first day of 1970, since formats ask for one.
    """
    published = [one.published for one in told.reports[event.id] if one.published]
    known = published or [day for day in (event.first, event.last) if day] or [date(1970, 1, 1)]
    return min(known), max(known)


def whence(found: Evidence) -> str:
    """Return "Courier, 24 November 2015, characters 0 to 95".

    The document's key is left out: it may be a path, which is nobody else's business.
    """
    day = date_words(found.published, found.published) if found.published else "undated"
    outlets = listed(found.outlets) or "outlet unknown"
    return f"{outlets}, {day}, characters {found.start} to {found.end}"


def moment(day: date) -> datetime:
    """Return the first moment of a day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
