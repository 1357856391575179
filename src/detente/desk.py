"""What the reader of a store sees: an event, a document, the events of a pair, the whole.

Everything is read from a `Snapshot`; nothing is extracted, resolved or written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente import lexicon as lexicons
from detente.analysis.circularity import find_circularity
from detente.analysis.corroboration import rate
from detente.briefing.compose import Told, entry_of
from detente.briefing.disputes import contradicted, denied
from detente.briefing.material import claims_of
from detente.briefing.words import LABELS
from detente.errors import UnknownRecordError
from detente.lexicon.outlets import OutletLexicon
from detente.model import (
    Claim,
    Document,
    Dyad,
    Event,
    EventType,
    Extraction,
    Label,
    Report,
    Run,
    SourceDescription,
    Statement,
    TimelineEntry,
)
from detente.resolution.contradictions import find_contradictions
from detente.settings import Settings
from detente.sources import register_of, sources
from detente.storage.catalog import Store, by_event
from detente.storage.snapshot import Snapshot

__all__ = [
    "Choice",
    "DocumentAccount",
    "EventAccount",
    "EventLine",
    "Listing",
    "Overview",
    "document_account",
    "event_account",
    "events_listed",
    "overview",
    "shown_within",
    "told_of",
]


# Codes that stand for a class of actors, none of them in particular: no pair to look at.
_CLASSES = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event as a list shows it.

    Attributes:
        event: the event.
        label: the strongest label that a claim gives it; that of the denials where all deny it.
        told: the claim that tells it best, or a denial of what nothing affirms.
        reports: how many documents report it.
        outlets: which outlets do.
    """

    event: Event
    label: Label
    told: Claim
    reports: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which events of a pair are listed; what is None does not count.

    Attributes:
        since: events that may have happened on this day or later.
        until: on this day or before.
        event_type: of this type.
        way: in this direction; what both did with each other is in both.
        outlet: reported by this outlet.
        label: that have this label; "denied" are those that some report denies.
        origins: that have at least so many origins, counting only demonstrated independence.
    """

    since: date | None = None
    until: date | None = None
    event_type: EventType | None = None
    way: Dyad | None = None
    outlet: str | None = None
    label: Label | None = None
    origins: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A part of the events that were chosen.

    Attributes:
        lines: the events of the part, in order of date; those without a date last.
        start: how many come before it.
        total: how many were chosen.
        outlets: the outlets that report on the pair, however events are chosen, with the number
            of their reports.
        country_names: names of the countries of these events, by code.
    """

    lines: tuple[EventLine, ...]
    start: int
    total: int
    outlets: tuple[tuple[str, int], ...]
    country_names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAccount:
    """All that the store knows of one event.

    Attributes:
        event: the event.
        entry: as a brief shows it; None where no claim affirms it.
        disputed: denials and contradictions.
        reports: in order of their days.
        claims: the claims of the event, by id.
        documents: the documents of its reports and those that these are said to repeat, by id.
        country_names: names of its countries, by code.
    """

    event: Event
    entry: TimelineEntry | None
    disputed: tuple[Statement, ...]
    reports: tuple[Report, ...]
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    country_names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAccount:
    """All that the store knows of one document.

    Attributes:
        document: the document.
        extraction: what was drawn from it.
        reports: what it reports, one for each event.
        events: these events, by id.
        country_names: names of their countries, by code.
    """

    document: Document
    extraction: Extraction
    reports: tuple[Report, ...]
    events: Mapping[str, Event]
    country_names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What is in a store.

    Attributes:
        documents: how many documents.
        undated: how many of them have no known day of publication.
        first: the month ("2015-11") of the first; None where none is dated.
        last: the month of the last.
        events: how many events.
        skipped: how many parts of the input were skipped.
        pairs: pairs of countries with the number of their events, most first.
        outlets: the outlets with most documents.
        runs: what produced the records; the first made the events.
        country_names: names of the countries of the pairs, by code.
    """

    documents: int
    undated: int
    first: str | None
    last: str | None
    events: int
    skipped: int
    pairs: tuple[tuple[Dyad, int], ...]
    outlets: tuple[SourceDescription, ...]
    runs: tuple[Run, ...]
    country_names: Mapping[str, str]


def told_of(
    store: Store,
    run_id: str,
    events: Sequence[Event],
    reports: Mapping[str, Sequence[Report]],
    settings: Settings | None = None,
) -> Told:
    """Gather from the store what the reports of some events tell.

    Args:
        store: the store.
        run_id: the run whose claims the events rest on.
        events: the events.
        reports: their reports, by event id.
        settings: of them, which lexicons name countries and which register rates outlets.

    Raises:
        InputError: when the register cannot be used.
    """
    settings = settings or Settings()
    register = register_of(store, settings)
    shown = {event.id: reports.get(event.id, ()) for event in events}
    listed = [report for each in shown.values() for report in each]
    cited = {report.document_id for report in listed}
    notes = {report.withdrawn_by for report in listed if report.withdrawn_by}
    documents = store.find_documents(cited | notes)
    claims = {
        claim.id: claim
        for extraction in store.extractions(run_id, of=cited)
        for claim in extraction.claims
    }
    return Told(
        reports=shown,
        ratings={
            event.id: rate(event, shown[event.id], judge=register.of_credit, claims=claims)
            for event in events
        },
        circular={
            event.id: find_circularity(event, shown[event.id], claims, outlets=register.names_in)
            for event in events
        },
        contradictions=find_contradictions(events, claims, documents),
        claims=claims,
        documents=documents,
        country_names=_names(events, settings),
    )


def _names(events: Iterable[Event], settings: Settings) -> dict[str, str]:
    actors = lexicons.actors(settings.lexicons)
    codes = {a.country for e in events for a in (*e.actors, *e.recipients) if a.country}
    return {code: actors.country_name(code) for code in sorted(codes)}


def event_account(
    store: Snapshot, event_id: str, *, settings: Settings | None = None
) -> EventAccount:
    """Return all that the store knows of one event.

    Args:
        store: the store.
        event_id: the event's id.
        settings: which lexicons and which source register count.

    Raises:
        UnknownRecordError: when there is no such event; has what it became, if the last resolution
            merged, split or renamed it.
        InputError: when the register cannot be used.
    """
    found = store.events_of([event_id])
    if not found:
        raise UnknownRecordError("event", event_id, _became(store, event_id))
    (event,) = found
    events = [event, *(store.alike(event) if event.quad == 4 else ())]
    reports = by_event(store.reports_of([one.id for one in events]))
    told = told_of(store, store.run.id, events, reports, settings)
    known = {one.id: one for one in events}
    own = reports.get(event_id, [])
    repeated = {one for report in own for one in (report.copy_of,) if one}
    return EventAccount(
        event=event,
        entry=entry_of(event, told) if event.claim_ids else None,
        disputed=(
            *([denied(event, told)] if event.denial_ids else []),
            *(
                contradicted(one, [known[identifier] for identifier in one.event_ids], told)
                for one in told.contradictions
                if event_id in one.event_ids
            ),
        ),
        reports=tuple(sorted(own, key=lambda one: (one.published or date.max, one.id))),
        claims={
            one: told.claims[one]
            for one in (*event.claim_ids, *event.denial_ids)
            if one in told.claims
        },
        documents={**store.find_documents(repeated - set(told.documents)), **told.documents},
        country_names=told.country_names,
    )


def _became(store: Snapshot, event_id: str) -> tuple[str, ...]:
    changes = [change for change in store.changes() if event_id in change.before]
    found = store.events_of([one for change in changes for one in change.after])
    return tuple(event.id for event in found)


def document_account(
    store: Snapshot, document_id: str, *, settings: Settings | None = None
) -> DocumentAccount:
    """Return all that the store knows of one document.

    Raises:
        UnknownRecordError: when there is no such document.
    """
    found = store.find_documents([document_id])
    drawn = list(store.extractions(store.run.id, of=[document_id]))
    if not found or not drawn:
        raise UnknownRecordError("document", document_id)
    reports = store.reports_in(document_id)
    events = store.events_of([report.event_id for report in reports])
    return DocumentAccount(
        document=found[document_id],
        extraction=drawn[0],
        reports=tuple(reports),
        events={event.id: event for event in events},
        country_names=_names(events, settings or Settings()),
    )


def events_listed(
    store: Snapshot,
    dyad: Dyad,
    choice: Choice,
    *,
    start: int = 0,
    most: int = 50,
    settings: Settings | None = None,
) -> Listing:
    """Return a part of the events of a pair, in order of date.

    Args:
        store: the store.
        dyad: the pair.
        choice: which events.
        start: how many of them to leave out at the beginning.
        most: how many to return.
        settings: which lexicons know outlets.
    """
    events = store.events_between(dyad)
    reports = by_event(store.reports_of([event.id for event in events]))
    known = lexicons.outlets((settings or Settings()).lexicons)
    outlets = {
        event.id: Counter(
            name for report in reports.get(event.id, ()) for name in _outlets_of(report, known)
        )
        for event in events
    }
    chosen = [
        event
        for event in events
        if (choice.event_type is None or event.event_type is choice.event_type)
        and (choice.way is None or choice.way in event.dyads())
        and event.origins.min >= choice.origins
        and (choice.outlet is None or choice.outlet in outlets[event.id])
        and shown_within(event, reports.get(event.id, []), choice.since, choice.until)
    ]
    labels = store.labels([event.id for event in chosen], [label.value for label in LABELS])
    if choice.label is not None:
        wanted = choice.label
        chosen = [
            event
            for event in chosen
            if labels.get(event.id) == wanted or (wanted is Label.DENIED and event.denial_ids)
        ]
    part = chosen[start : start + most]
    told = Told(
        reports=reports,
        ratings={},
        circular={},
        contradictions=(),
        claims=store.claims_of([one for e in part for one in (*e.claim_ids, *e.denial_ids)]),
        documents={},
        country_names={},
    )
    counted: Counter[str] = Counter()
    for each in outlets.values():
        counted.update(each)
    return Listing(
        lines=tuple(_line(event, told, labels) for event in part),
        start=start,
        total=len(chosen),
        outlets=tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))),
        country_names=_names(part, settings or Settings()),
    )


def _outlets_of(report: Report, known: OutletLexicon) -> set[str]:
    return {name for credit in report.outlets for name in known.names_in(credit)}


def _line(event: Event, told: Told, labels: Mapping[str, str]) -> EventLine:
    reports = told.reports.get(event.id, ())
    best = claims_of(event, told)[0] if event.claim_ids else told.claims[event.denial_ids[0]]
    return EventLine(
        event=event,
        label=Label(labels[event.id]) if event.id in labels else best.certainty.label,
        told=best,
        reports=len(reports),
        outlets=tuple(sorted({outlet for report in reports for outlet in report.outlets})),
    )


def shown_within(
    event: Event, reports: Sequence[Report], since: date | None, until: date | None
) -> bool:
    """Tell whether an event may lie in a period; without a date, whether its reports may."""
    days = [day for day in (event.first, event.last) if day is not None]
    if days and len(days) < 2:
        return False
    days = days or [report.published for report in reports if report.published]
    if not days:
        return True
    return (since is None or max(days) >= since) and (until is None or min(days) <= until)


def overview(store: Snapshot, *, most: int = 12, settings: Settings | None = None) -> Overview:
    """Return what is in a store.

    Args:
        store: the store.
        most: how many pairs and outlets to return.
        settings: which lexicons know countries and outlets.

    Raises:
        InputError: when the store's register cannot be used.
    """
    actors = lexicons.actors((settings or Settings()).lexicons)
    documents, undated = store.document_counts()
    months = sorted(store.documents_per_month())
    pairs = [
        (Dyad(one, other), count)
        for one, other, count in store.busiest_pairs()
        if not {one, other} & _CLASSES
    ][:most]
    others = [run for run in store.runs() if run.id != store.run.id]
    return Overview(
        documents=documents,
        undated=undated,
        first=months[0] if months else None,
        last=months[-1] if months else None,
        events=int(store.query("SELECT count(*) FROM events")[0][0]),
        skipped=sum(notice.skipped for notice in store.notices()),
        pairs=tuple(pairs),
        outlets=sources(store, settings=settings)[:most],
        runs=(store.run, *others),
        country_names={
            code: actors.country_name(code)
            for dyad, _ in pairs
            for code in (dyad.actor, dyad.recipient)
        },
    )
