"""Whether events and reports have their ids and name what is there, each claim once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from detente.model import Event, EventType, Report, digest

__all__ = ["Drawn", "Wrong", "wrong_references"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the rest of the store needs to know of a claim."""

    document_id: str
    event_type: EventType


class Wrong(NamedTuple):
    """Records of a file that are wrong in one way.

    Attributes:
        file: its name.
        ids: their ids.
        of: how many records the file has.
        what: what is wrong.
    """

    file: str
    ids: Sequence[str]
    of: int
    what: str


def wrong_references(
    events: Sequence[Event],
    reports: Sequence[Report],
    claims: Mapping[str, Drawn],
    documents: Collection[str],
) -> Iterator[Wrong]:
    """Yield what is wrong with the events and reports of one resolution; the ids may be none.

    Args:
        events: the events.
        reports: their reports.
        claims: the claims of the run that they are made of, by id.
        documents: ids of the documents.
    """
    used = Counter(claim for event in events for claim in _told_by(event))
    counted = Counter(event.id for event in events)
    reported: dict[str, set[str]] = {event.id: set() for event in events}
    for report in reports:
        reported.setdefault(report.event_id, set()).update(report.claim_ids)
    lost = [one.id for one in events if not all(claim in claims for claim in _told_by(one))]
    shared = [one.id for one in events if any(used[claim] > 1 for claim in _told_by(one))]
    known = {one.id: one for one in events if one.id not in set(lost)}
    unfounded = [one.id for one in known.values() if not _is_founded(one, claims)]
    unlike = [one.id for one in events if reported[one.id] != set(_told_by(one))]
    doubled = [identifier for identifier, count in counted.items() if count > 1]
    strange = [
        one.id
        for one in reports
        if one.event_id not in counted or not _is_report(one, claims, documents)
    ]
    for ids, what in (
        (lost, "events rest on claims that are not here"),
        (shared, "events share a claim with another"),
        (unfounded, "events have not the id that a claim of theirs gives them"),
        (unlike, "events tell other claims than their reports"),
        (doubled, "events are there twice"),
    ):
        yield Wrong("events.parquet", ids, len(events), what)
    what = "reports have not the id of their event and document, or these are not here"
    yield Wrong("reports.parquet", strange, len(reports), what)


def _told_by(event: Event) -> tuple[str, ...]:
    """Return the ids of the claims that affirm or deny an event."""
    return event.claim_ids + event.denial_ids


def _is_founded(event: Event, claims: Mapping[str, Drawn]) -> bool:
    """Tell whether an event has the id that one of its claims gives it."""
    founders = ((claim, claims[claim].event_type) for claim in _told_by(event))
    return any(digest("event", claim, kind) == event.id for claim, kind in founders)


def _is_report(report: Report, claims: Mapping[str, Drawn], documents: Collection[str]) -> bool:
    told = [claims[claim] for claim in report.claim_ids if claim in claims]
    return (
        report.document_id in documents
        and all(one.document_id == report.document_id for one in told)
        and report.id == digest("report", report.event_id, report.document_id)
    )
