"""A relation over time, from the events of a store or from a dataset that it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from detente.analysis.measures import measures
from detente.analysis.occurrences import Occurrence, occurrences, of_rows
from detente.analysis.online import Steps, known_of, seen_of
from detente.analysis.regimes import regimes
from detente.analysis.series import series_of
from detente.analysis.shifts import find_shifts
from detente.analysis.telling import Telling
from detente.beside import acts_beside
from detente.briefing.drawing import check_drawing, draw
from detente.briefing.vega import relation_spec
from detente.dealings import interruptions_between, told_between, with_themes
from detente.errors import InputError
from detente.exchange import told_events
from detente.model import CodedEvent, Dyad, Event, Findings, Seen
from detente.settings import Settings
from detente.storage.catalog import Store, write_bytes
from detente.storage.coded import (
    coded_among,
    coded_months,
    coded_volumes,
    datasets_of,
    pair_published,
    pair_rows,
)

__all__ = [
    "check_drawing",
    "chosen_dataset",
    "drivers_of",
    "text_findings",
    "whole_relation",
    "write_chart",
]


def chosen_dataset(store: Store, dataset: str | None) -> str:
    """Return the dataset whose events count; "" for those that detente drew from text.

    Raises:
        InputError: when the store does not hold the dataset.
    """
    held = datasets_of(store)
    if dataset is None:
        return held[0] if len(held) == 1 and not store.document_shards() else ""
    if dataset not in held:
        known = f"it has {', '.join(held)}" if held else "import some with: detente import"
        raise InputError(f"the store holds no {dataset!r} data; {known}")
    return dataset


def text_findings(
    store: Store,
    events: Sequence[Event],
    dyad: Dyad,
    since: date | None,
    until: date | None,
    settings: Settings | None = None,
) -> Findings:
    """Return series, shifts, regimes and interruptions of a pair from its events in a store.

    Args:
        store: the store, whose documents are the exposure.
        events: the events of the pair.
        dyad: the pair.
        since: first day of what is shown; what came before is the baseline all the same.
        until: last day.
        settings: of them, which lexicons tell what events were about.
    """
    happened = occurrences(events, dyad)
    counted = _Counted(happened, store.documents_per_month(), acts_beside(store, dyad, settings))
    found = _findings(counted, dyad, since, until)
    return _described(found, happened, told_between(store, events), since, until, settings)


def _described(
    findings: Findings,
    happened: Sequence[Occurrence],
    told: Sequence[Telling],
    since: date | None,
    until: date | None,
    settings: Settings | None,
) -> Findings:
    """Return findings with what lay between the changes and what was interrupted."""
    settings = settings or Settings()
    series = findings.series
    between = regimes(series, findings.shifts, happened)
    return replace(
        findings,
        regimes=with_themes(between, told, series.dyad, settings) if told else between,
        interruptions=interruptions_between(told, series.dyad, since, until, settings),
    )


def whole_relation(  # noqa: PLR0913 - the options of a command
    store: Store,
    dyad: Dyad,
    dataset: str,
    since: date | None,
    until: date | None,
    *,
    online: bool = False,
    settings: Settings | None = None,
) -> Findings:
    """Return series, measures, shifts, regimes and interruptions of a pair.

    Args:
        store: the store; without a dataset a resolved one.
        dyad: the pair.
        dataset: whose events count; "" for those that detente drew from text.
        since: first day of what is shown; what came before is the baseline all the same.
        until: last day.
        online: whether to find out when each shift would have been seen.
        settings: of them, which lexicons tell what events were about.
    """
    told: tuple[Telling, ...] = ()
    if dataset:
        happened = of_rows(pair_rows(store, dataset, dyad))
        counted = _Counted(happened, coded_months(store, dataset))
        volumes = coded_volumes(store, dataset, dyad)
    else:
        events = store.events_between(dyad)
        happened = occurrences(events, dyad)
        told = told_between(store, events)
        beside = acts_beside(store, dyad, settings)
        counted = _Counted(happened, store.documents_per_month(), beside)
        volumes = store.events_per_month((dyad.actor, dyad.recipient))
    known = _known(store, dyad, dataset, counted.searched) if online else None
    findings = _findings(counted, dyad, since, until, known)
    series = findings.series
    if not series.periods:
        return replace(findings, dataset=dataset)
    first, last = series.periods[0].first, series.periods[-1].last
    inside = [one for one in happened if first <= one.day <= last]
    findings = replace(findings, dataset=dataset, measures=measures(series, inside, volumes))
    return _described(findings, inside, told, since, until, settings)


def _known(
    store: Store, dyad: Dyad, dataset: str, happened: Sequence[Occurrence]
) -> dict[str, Steps]:
    """Return from which day on each event was known, as far as that is another than its own."""
    if dataset:
        published = pair_published(store, dataset, dyad)
        late = (one for one in happened if published.get(one.id, one.day) > one.day)
        return {one.id: ((published[one.id], one.weight),) for one in late}
    ids = [one.id for one in happened]
    return known_of(store.events_of(ids), store.reports_of(ids))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted of a pair, and what it is counted against.

    Attributes:
        happened: what happened between the two.
        documents: all documents by month.
        beside: what only its sentence links to both; it counts in the search for shifts alone.
    """

    happened: Sequence[Occurrence]
    documents: Mapping[str, int]
    beside: Sequence[Occurrence] = ()

    @property
    def searched(self) -> list[Occurrence]:
        """What the search for shifts looks at, in order of day."""
        return sorted((*self.happened, *self.beside))


def _findings(
    counted: _Counted,
    dyad: Dyad,
    since: date | None,
    until: date | None,
    known: Mapping[str, Steps] | None = None,
) -> Findings:
    # what came before the period is the baseline that a shift within it is seen against
    series = series_of(counted.happened, dyad, counted.documents, whole=True)
    searched = counted.searched
    whole = find_shifts(series, searched)
    inside = tuple(
        shift
        for shift in whole.shifts
        if (since is None or shift.last >= since) and (until is None or shift.first <= until)
    )
    seen: tuple[Seen | None, ...] = ()
    if known is not None:
        seen = seen_of(inside, series, searched, known, among=whole.shifts)
    shown = series_of(counted.happened, dyad, counted.documents, since=since, until=until)
    return replace(whole, series=shown, shifts=inside, seen=seen)


def drivers_of(store: Store, findings: Findings) -> dict[str, tuple[date | None, str]]:
    """Return the day and the words of each event that drives a shift of the findings, by id.

    The words are the sentence that tells it, or what the dataset says of it with its address.
    """
    ids = sorted({driver for shift in findings.shifts for driver in shift.drivers})
    if not ids:
        return {}
    if findings.dataset:
        rows = coded_among(store, findings.dataset, ids)
        return {one.id: (one.day, _coded_words(one)) for one in rows}
    told = told_events(store, only=set(ids))
    return {one.event.id: (one.event.first, one.text) for one in told}


def _coded_words(event: CodedEvent) -> str:
    kind = event.event_type.value if event.event_type else event.native_code
    said = json.loads(event.columns)
    text = said.get("Event Text") or said.get("event_text") or event.native_code
    address = f", {event.url}" if event.url else ""
    return f"{event.actor_name} to {event.recipient_name}: {kind} ({text}{address})"


def write_chart(
    findings: Findings,
    drivers: Mapping[str, tuple[date | None, str]],
    names: tuple[str, str],
    path: Path,
) -> bool:
    """Write the chart of a pair; the file is whole or as it was.

    Args:
        findings: series and shifts of the pair.
        drivers: day and words of the events that drive the shifts, by id.
        names: of the two countries.
        path: the file; its suffix, .svg or .png, says in which form.

    Returns:
        Whether there was an event to draw.

    Raises:
        InputError: when the suffix is another, or the extra `charts` is not installed.
        StoreError: when the disk refuses.
    """
    check_drawing(path)
    if not any(period.total for period in findings.series.periods):
        return False
    write_bytes(path, draw(relation_spec(findings, drivers, names), path))
    return True
