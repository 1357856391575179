"""Our events in the formats that others read: PLOVER records, rows like POLECAT's, flat rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.model import Actor, Event, mode_score

__all__ = [
    "FLAT_COLUMNS",
    "POLECAT_COLUMNS",
    "ToldEvent",
    "flat_rows",
    "happened",
    "plover_record",
    "polecat_rows",
]

CODER = "detente"

FLAT_COLUMNS = tuple(
    "event_id first last event_type act mode quad score planned alleged reciprocal "
    "actor actor_sector actor_name recipient recipient_sector recipient_name "
    "claims denials reports outlets origins_min origins_max documents text".split()
)
POLECAT_COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Actor Name",
    "Actor Country",
    "Primary Actor Sector",
    "Recipient Name",
    "Recipient Country",
    "Primary Recipient Sector",
    "Source",
    "Publication Date",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent:
    """An event with what its reports say of themselves.

    Attributes:
        event: the event.
        text: the sentence of its first claim.
        url: address of its first report, or "".
        outlets: who reports it.
        published: day of its first report, or None.
        documents: keys of its documents.
    """

    event: Event
    text: str
    url: str
    outlets: tuple[str, ...]
    published: date | None
    documents: tuple[str, ...]


def happened(told: ToldEvent) -> bool:
    """Tell whether an event can stand in a format that knows no denial and no missing day."""
    event = told.event
    return event.first is not None and bool(event.claim_ids) and not event.withdrawn


def plover_record(told: ToldEvent, *, version: str) -> dict[str, Any] | None:
    """Return the PLOVER record of an event; None where it did not happen, see `happened`.

    A reciprocal event is one record whose actors are all who took part (PLOVER manual, record).
    """
    event = told.event
    if not happened(told) or event.first is None or event.last is None:
        return None
    record: dict[str, Any] = {
        "id": event.id,
        "date": event.first.isoformat(),
        "enddate": event.last.isoformat() if event.last != event.first else None,
        "event": event.event_type.value,
        "mode": event.mode,
        "quad_code": event.quad,
        "event_scale": mode_score(event.event_type, event.mode),
        "actor": [_entity(one) for one in event.actors],
        "recipient": [_entity(one) for one in event.recipients],
        "event_text": told.text,
        "link": told.url,
        "cite_info": {
            "citation": "; ".join(told.outlets),
            "url": told.url,
            "publication": "; ".join(told.outlets),
            "date": told.published.isoformat() if told.published else None,
            "coder": CODER,
            "version": version,
        },
        "coder": CODER,
    }
    sizes = {toll.kind.value: toll.low for toll in event.tolls if toll.low is not None}
    kept = {name: value for name, value in sizes.items() if name in {"killed", "injured"}}
    if kept:
        named = {"killed": "dead", "injured": "injured"}
        record["size"] = {named[name]: value for name, value in kept.items()}
    return {name: value for name, value in record.items() if value not in (None, "")}


def _entity(actor: Actor) -> dict[str, str]:
    return {"code": actor.country, "sector": actor.sector, "entity_text": actor.name}


def pairs_of(event: Event) -> list[tuple[Actor, Actor]]:
    """Return who did it to whom, one pair a row; an actor alone stands beside nobody."""
    if event.reciprocal:
        return [(a, b) for a in event.actors for b in event.actors if a != b]
    recipients = event.recipients or (Actor(),)
    return [(a, b) for a in event.actors or (Actor(),) for b in recipients]


def polecat_rows(told: ToldEvent) -> Iterator[tuple[str, ...]]:
    """Yield the rows of an event in the columns of POLECAT that we know, if it `happened`."""
    event = told.event
    if not happened(told) or event.first is None:
        return
    for actor, recipient in pairs_of(event):
        yield (
            event.id,
            event.first.isoformat(),
            event.event_type.value,
            event.mode or "",
            str(mode_score(event.event_type, event.mode)),
            str(event.quad),
            actor.name or "None",
            actor.country or "None",
            actor.sector,
            recipient.name or "None",
            recipient.country or "None",
            recipient.sector,
            "; ".join(told.outlets),
            told.published.isoformat() if told.published else "",
        )


def flat_rows(told: Iterable[ToldEvent]) -> Iterator[dict[str, Any]]:
    """Yield one row for each event and pair of parties, with the columns FLAT_COLUMNS."""
    for one in told:
        event = one.event
        for actor, recipient in pairs_of(event):
            yield {
                "event_id": event.id,
                "first": event.first,
                "last": event.last,
                "event_type": event.event_type.value,
                "act": event.act.value,
                "mode": event.mode,
                "quad": event.quad,
                "score": mode_score(event.event_type, event.mode),
                "planned": event.planned,
                "alleged": event.alleged,
                "reciprocal": event.reciprocal,
                "actor": actor.country,
                "actor_sector": actor.sector,
                "actor_name": actor.name,
                "recipient": recipient.country,
                "recipient_sector": recipient.sector,
                "recipient_name": recipient.name,
                "claims": len(event.claim_ids),
                "denials": len(event.denial_ids),
                "reports": len(one.documents),
                "outlets": "; ".join(one.outlets),
                "origins_min": event.origins.min,
                "origins_max": event.origins.max,
                "documents": "; ".join(one.documents),
                "text": one.text,
            }
