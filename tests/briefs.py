"""Briefs for tests: from documents and claims through resolution and analysis, without a parser."""

from __future__ import annotations

from collections import Counter
from datetime import date

from detente.analysis.circularity import find_circularity
from detente.analysis.corroboration import rate
from detente.analysis.occurrences import occurrences
from detente.analysis.series import concerns, series_of
from detente.analysis.shifts import find_shifts
from detente.briefing.compose import Material, compose
from detente.model import Brief, Claim, Corpus, Document, Dyad, Origins
from detente.resolution.accounts import Outlets
from detente.resolution.contradictions import find_contradictions
from detente.resolution.copies import find_copies
from detente.resolution.events import gather, to_event
from detente.resolution.reports import reports_of
from making import claim, document

PAIR = Dyad("TUR", "RUS")
NAMES = {"TUR": "Turkey", "RUS": "Russia"}

Told = tuple[Document, Claim]


def told(
    text: str,
    event_type: str,
    anchor: str,
    day: date | None,
    *,
    outlets: tuple[str, ...] = ("Courier",),
    key: str = "k",
    **more,
) -> Told:
    """A document of one sentence in which Turkey does something to Russia, and its claim."""
    doc = document(text, outlets=outlets, published=day, key=key)
    return doc, claim(doc, event_type, ("Turkey", "TUR"), ("Russia", "RUS"), anchor=anchor, **more)


def material(*pairs: Told, since: date | None = None, until: date | None = None) -> Material:
    """The material of a brief on Turkey and Russia."""
    documents = {doc.id: doc for doc, _ in pairs}
    claims = {made.id: made for _, made in pairs}
    copies = find_copies(documents.values())
    events, reports = [], {}
    for gathered in gather(claims.values(), documents):
        event = to_event(gathered, Origins(min=1, max=1))
        listed, origins = reports_of(
            gathered,
            event.id,
            documents,
            {},
            copies,
            outlets=Outlets(names=lambda outlet: (outlet.lower(),)),
        )
        events.append(to_event(gathered, origins))
        reports[event.id] = listed
    corpus = Counter(f"{doc.published:%Y-%m}" for doc in documents.values() if doc.published)
    known = [event for event in events if concerns(event, PAIR)]
    return Material(
        dyad=PAIR,
        names=("Turkey", "Russia"),
        since=since,
        until=until,
        events=known,
        reports=reports,
        ratings={event.id: rate(event, reports[event.id]) for event in known},
        circular={
            event.id: find_circularity(event, reports[event.id], claims, outlets=lambda o: (o,))
            for event in known
        },
        contradictions=find_contradictions(known, claims, documents),
        claims=claims,
        documents=documents,
        country_names=NAMES,
        findings=find_shifts(
            series_of(occurrences(known, PAIR), PAIR, corpus), occurrences(known, PAIR)
        ),
        corpus=Corpus(
            documents=len(documents),
            dated=len([doc for doc in documents.values() if doc.published]),
            relevant=len(documents),
            outlets=len({outlet for doc in documents.values() for outlet in doc.outlets}),
            origins=Origins(min=1, max=len(documents)),
            excluded=(),
        ),
        run_id="run",
        tool=("detente of the tests",),
    )


def brief_of(*pairs: Told, **bounds) -> Brief:
    """The brief on Turkey and Russia that the claims carry."""
    return compose(material(*pairs, **bounds))


WORSENING = tuple(
    told(
        f"Turkey {verb} Russia {detail}, the reports of day {number} said.",
        event_type,
        verb,
        date(2015, number, 3 + n),
        key=f"{number}-{n}",
        outlets=(outlet,),
    )
    for number in range(1, 13)
    for n, (verb, event_type, detail, outlet) in enumerate(
        [
            ("thanked", "SUPPORT", f"for gift {number}00", "Courier"),
            ("aided", "AID", f"with shipment {number}01", "Gazette"),
            ("met", "CONSULT", f"over question {number}02", "Herald"),
        ]
        if number < 7
        else [
            ("attacked", "ASSAULT", f"at village {number}03", "Courier"),
            ("sanctioned", "SANCTION", f"in trade {number}04", "Gazette"),
            ("accused", "ACCUSE", f"of deception {number}05", "Herald"),
        ]
    )
)
