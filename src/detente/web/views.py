"""From a request to what its page shows: one function a page, each over `detente.workflow`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from starlette.requests import Request

from detente import workflow
from detente.briefing.chart import chart_of
from detente.briefing.records import json_text, source_record
from detente.briefing.render import as_json
from detente.errors import InputError, UnknownRecordError
from detente.model import Claim, Dyad, Event, EventType, Label, Report
from detente.web.addresses import (
    Links,
    asked_characters,
    chosen,
    day_of,
    number_of,
)
from detente.web.answers import Moved, Page, View
from detente.web.asking import ask, pair_and_period, pair_of
from detente.web.matrices import beginning, beginning_file, matrices, matrix
from detente.web.passages import groups_of, window_of
from detente.web.reader import Reader
from detente.web.records import (
    account_record,
    document_record,
    listing_record,
    overview_record,
)
from detente.workflow import Choice, EventAccount

__all__ = ["VIEWS"]

# As many events as a list shows at once.
LISTED = 50


class Way(StrEnum):
    """In which direction an event went."""

    THERE = "there"
    BACK = "back"


def home(reader: Reader, _request: Request) -> Page:
    """Show what is in the store, and ask for a pair."""
    overview = reader.opened().overview()
    return Page(
        template="home.html",
        shown={"overview": overview},
        record=lambda: json_text(
            {"standing": reader.standing(), **overview_record(overview)}, indent=1
        ),
    )


def relation(reader: Reader, request: Request) -> Page | Moved:
    """Show the series of a pair, its shifts and its events."""
    dyad = pair_of(reader, request)
    if isinstance(dyad, Moved):
        return dyad
    query = request.query_params
    way = chosen("direction", query.get("direction"), Way)
    choice = Choice(
        since=day_of("since", query.get("since")),
        until=day_of("until", query.get("until")),
        event_type=chosen("type", query.get("type"), EventType),
        way={None: None, Way.THERE: dyad, Way.BACK: dyad.reversed()}[way],
        outlet=query.get("outlet") or None,
        label=chosen("label", query.get("label"), Label),
        origins=number_of("origins", query.get("origins")),
    )
    opened = reader.opened()
    findings = opened.findings(dyad, choice.since, choice.until)
    start = number_of("start", query.get("start"))
    listing = workflow.events_listed(
        opened.store, dyad, choice, start=start, most=LISTED, settings=reader.settings
    )
    drivers = {
        event.id: event
        for event in opened.store.events_of({one for s in findings.shifts for one in s.drivers})
    }
    kept = {name: query.get(name) for name in ("since", "until")}
    kept |= {name: query.get(name) for name in ("type", "direction", "outlet", "label", "origins")}
    return Page(
        template="relation.html",
        shown={
            "dyad": dyad,
            "names": _names(reader, dyad),
            "findings": findings,
            "series": findings.series,
            "chart": chart_of(findings.series, [one for one in findings.shifts if one.likely]),
            "listing": listing,
            "given": kept,
            "types": [(one.value, one.value) for one in EventType],
            "labels": [(one.value, one.value) for one in Label],
            "outlets": [(name, f"{name} ({count})") for name, count in listing.outlets],
            "before": Links.relation(dyad, **kept, start=max(0, start - LISTED) or None),
            "after": Links.relation(dyad, **kept, start=start + LISTED),
            "drivers": drivers,
            "driver_names": _names_of(reader, drivers.values()),
        },
        record=lambda: json_text(listing_record(findings, listing), indent=1),
    )


def _names(reader: Reader, dyad: Dyad) -> tuple[str, str]:
    names = [
        workflow.country_name(one, settings=reader.settings) for one in (dyad.actor, dyad.recipient)
    ]
    return names[0], names[1]


def _names_of(reader: Reader, events: Iterable[Event]) -> dict[str, str]:
    """Return the names of the countries of events, by code."""
    codes = {one.country for event in events for one in (*event.actors, *event.recipients)}
    return {code: workflow.country_name(code, settings=reader.settings) for code in codes if code}


def event(reader: Reader, request: Request) -> Page | Moved:
    """Show an event: its reports side by side, who says so and what speaks against it."""
    store = reader.opened().store
    try:
        account = workflow.event_account(store, request.path_params["id"], settings=reader.settings)
    except UnknownRecordError as error:
        if len(error.instead) != 1:
            raise
        end = ".json" if request.url.path.endswith(".json") else ""
        return Moved(Links.event(error.instead[0]) + end)
    return Page(
        template="event.html",
        shown={
            "account": account,
            "event": account.event,
            "origins": _origins(account),
            "pairs": sorted({tuple(sorted((d.actor, d.recipient))) for d in account.event.dyads()}),
        },
        record=lambda: json_text(account_record(account), indent=1),
    )


@dataclass(frozen=True, slots=True)
class Origin:
    """The reports that share an origin: those in words of their own, and the copies."""

    own: tuple[Report, ...]
    copies: tuple[Report, ...]


def _origins(account: EventAccount) -> tuple[Origin, ...]:
    by_origin: dict[str, list[Report]] = {}
    for report in account.reports:
        by_origin.setdefault(report.origin, []).append(report)
    found = []
    for listed in by_origin.values():
        own = [one for one in listed if one.copy_of is None] or listed[:1]
        found.append(Origin(tuple(own), tuple(one for one in listed if one not in own)))
    return tuple(found)


def document(reader: Reader, request: Request) -> Page:
    """Show the text of a document with its segments, its claims and the words asked for."""
    store = reader.opened().store
    account = workflow.document_account(store, request.path_params["id"], settings=reader.settings)
    found, drawn = account.document, account.extraction
    asked = asked_characters(request.query_params.get("char"), len(found.text))
    start = number_of("start", request.query_params.get("start"))
    if start and start >= len(found.text):
        raise InputError(f"start={start}: the text has {len(found.text)} characters")
    window = window_of(len(found.text), start, asked)
    return Page(
        template="document.html",
        shown={
            "account": account,
            "document": found,
            "groups": groups_of(found, drawn.segments, drawn.claims, asked=asked, window=window),
            "asked": asked,
            "window": window,
            "unseen": sum(not char.isprintable() and char not in "\n\t" for char in found.text),
            "event_of": _event_of(account.reports),
            "claims": _in_order(drawn.claims),
        },
        record=lambda: json_text(document_record(account), indent=1),
    )


def _event_of(reports: tuple[Report, ...]) -> dict[str, str]:
    return {claim: report.event_id for report in reports for claim in report.claim_ids}


def _in_order(claims: tuple[Claim, ...]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (claim.anchor.start, claim.id))


def sources(reader: Reader, _request: Request) -> Page:
    """Show the outlets of the store and how the user rated them."""
    found = reader.opened().sources()
    return Page(
        template="sources.html",
        shown={"sources": found},
        record=lambda: json_text([source_record(source) for source in found], indent=1),
    )


def brief(reader: Reader, request: Request) -> Page | Moved:
    """Show the brief on a pair, each quotation a link to its words."""
    dyad, since, until = pair_and_period(reader, request)
    if isinstance(dyad, Moved):
        return dyad
    found = reader.opened().brief(dyad, since, until)
    return Page(
        template="brief.html",
        shown={
            "brief": found,
            "dyad": dyad,
            "given": {"since": since, "until": until},
            "chart": chart_of(found.series, [note.shift for note in found.shifts]),
        },
        record=lambda: as_json(found),
    )


# Address, the same for JSON (None for a way to another page), and the view.
VIEWS: tuple[tuple[str, str | None, View], ...] = (
    ("/", "/index.json", home),
    ("/relations", None, ask),
    ("/briefs", None, ask),
    ("/relations/{actor}/{recipient}", "/relations/{actor}/{recipient}.json", relation),
    ("/briefs/{actor}/{recipient}", "/briefs/{actor}/{recipient}.json", brief),
    ("/hypotheses", "/hypotheses.json", matrices),
    ("/hypotheses/{name}", "/hypotheses/{name}.json", matrix),
    ("/hypotheses/{actor}/{recipient}.yaml", None, beginning_file),
    ("/hypotheses/{actor}/{recipient}", "/hypotheses/{actor}/{recipient}.json", beginning),
    ("/events/{id}", "/events/{id}.json", event),
    ("/documents/{id}", "/documents/{id}.json", document),
    ("/sources", "/sources.json", sources),
)
