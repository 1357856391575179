"""Events and evidence as MISP events (MISP core format, draft-dulaunoy-misp-core-format).

Each event is a MISP event with the two tags of its Admiralty rating (taxonomy "admiralty-scale"),
each passage an attribute of it. Each shift is one with a tag of its likelihood (taxonomy
"estimative-language", which is row 1 of the yardstick of ICD 203). Nothing is marked for detection,
published or distributed: that is for whoever imports it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from detente.briefing.material import chain_words
from detente.briefing.words import likelihood, shift_words
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
from detente.model import Event, Rating, Shift, digest, web_address

__all__ = ["likelihood_tag", "misp_events", "rating_tags"]

Record = dict[str, Any]


def misp_events(parcel: Parcel) -> Record:
    """Return MISP events as a server exports them: one for each event, one for each shift."""
    told = [_event(event, parcel) for event in parcel.events]
    shifts = [_shift(shift, parcel.pair) for shift in parcel.shifts if parcel.pair]
    return {"response": [{"Event": one} for one in (*told, *shifts)]}


def rating_tags(rating: Rating) -> list[str]:
    """Return the machine tags of an Admiralty rating; F and 6 are no judgement, and say so."""
    return [
        f'admiralty-scale:source-reliability="{rating.reliability.lower()}"',
        f'admiralty-scale:information-credibility="{rating.credibility}"',
    ]


def likelihood_tag(probability: float) -> str:
    """Return the machine tag of a probability."""
    value = likelihood(probability).replace(" ", "-")
    return f'estimative-language:likelihood-probability="{value}"'


def _record(uuid: str, info: str, days: tuple[date, date], tags: Iterable[str]) -> Record:
    """Return a MISP event without attributes.

    Args:
        uuid: its id.
        info: its title.
        days: the day that it bears, and that of its last change.
        tags: its machine tags.
    """
    return {
        "uuid": uuid,
        "info": info,
        "date": days[0].isoformat(),
        "timestamp": str(int(moment(days[1]).timestamp())),
        "threat_level_id": "4",  # undefined
        "analysis": "0",  # initial: no person has looked at it
        "distribution": "0",  # your organisation only
        "published": False,
        "Orgc": {"name": "detente", "uuid": uuid_of("organisation", "detente")},
        "Tag": [{"name": tag} for tag in tags],
    }


def _event(event: Event, parcel: Parcel) -> Record:
    told = parcel.told
    reported = days_of(event, told)
    days = (event.first or reported[0], reported[1])
    # MISP takes each value of a type once, so passages that read alike are one attribute
    passages: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    for claim, found in evidence(event, told):
        document = told.documents[claim.document_id]
        label = claim.certainty.label.value
        who = f"{label}; {chain_words(claim, document)}; {whence(found)}"
        passages.setdefault(found.quote, []).append(who)
        if address := web_address(document.url):
            links.setdefault(address, whence(found))
    attributes = [
        _attribute(event.id, "comment", summary(event, told), "how it is reported and rated"),
        *(_attribute(event.id, "text", quote, " | ".join(who)) for quote, who in passages.items()),
        *(_attribute(event.id, "link", address, where) for address, where in links.items()),
    ]
    made = _record(
        uuid_of("misp", event.id),
        title(event, told),
        days,
        rating_tags(told.ratings[event.id]),
    )
    stamp = made["timestamp"]
    return {**made, "Attribute": [{**one, "timestamp": stamp} for one in attributes]}


def _attribute(event_id: str, kind: str, value: str, comment: str) -> Record:
    return {
        "uuid": uuid_of("attribute", f"{event_id}:{kind}:{value}"),
        "type": kind,
        "category": "Other" if kind == "comment" else "External analysis",
        "value": value,
        "comment": comment,
        "to_ids": False,
        "distribution": "5",  # as the event
    }


def _shift(shift: Shift, pair: tuple[str, str]) -> Record:
    key = digest(*pair, shift.first, shift.last, shift.kind, shift.direction)
    info = f"{pair[0]} and {pair[1]}: {shift.kind} {shift.direction}"
    days = (shift.first, shift.last)
    made = _record(uuid_of("misp", key), info, days, [likelihood_tag(shift.probability)])
    words = f"{shift_words(shift)}; conflict {shift.before:.2f} before, {shift.after:.2f} after"
    driven = ", ".join(uuid_of("misp", one) for one in shift.drivers)
    attribute = _attribute(key, "comment", words, f"driven by the events {driven}")
    return {**made, "Attribute": [{**attribute, "timestamp": made["timestamp"]}]}
