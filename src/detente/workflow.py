"""What a user can do, as functions: the API that the command line and other programs share.

::

    read(paths, store)      bytes -> documents
    extract(store)          documents -> claims
    resolve(store)          claims -> events and reports
    relation(store, dyad)   events -> series and shifts
    brief(store, dyad)      all of it -> the sourced answer

Each stage runs what is missing before it. Nothing here prints; progress is a callback.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from detente import lexicon as lexicons
from detente.analysis.circularity import find_circularity
from detente.analysis.corroboration import rate
from detente.analysis.measures import measures
from detente.analysis.occurrences import Occurrence, occurrences, of_rows
from detente.analysis.regimes import regimes
from detente.analysis.series import concerns, countable, counted_on, series_of
from detente.analysis.shifts import find_shifts
from detente.briefing.compose import Material
from detente.briefing.compose import compose as compose_brief
from detente.checks import LexiconCheck, check_lexicon
from detente.errors import InputError, LexiconError, StoreError, UnknownActorError
from detente.exchange import Import, export_events, exported, import_events, told_events
from detente.extraction.claims import extract_batch
from detente.extraction.parse import language_model
from detente.extraction.segment import segment
from detente.lexicon import Lexicon
from detente.lexicon.outlets import OutletLexicon
from detente.model import (
    Brief,
    Change,
    Claim,
    CodedEvent,
    Corpus,
    Document,
    Dyad,
    Event,
    Excluded,
    Extraction,
    Findings,
    Notice,
    Origins,
    Report,
    Run,
    Segment,
    SegmentKind,
    Series,
)
from detente.reading import Problem, Severity
from detente.reading import read as read_documents
from detente.resolution.accounts import Outlets
from detente.resolution.changes import changes_between
from detente.resolution.contradictions import find_contradictions
from detente.resolution.copies import Copies, find_copies
from detente.resolution.events import gather, to_event
from detente.resolution.reports import reports_of
from detente.runners import BatchFunction, run_local
from detente.runs import Diagnosis, current_run, disclosure, doctor
from detente.settings import Settings
from detente.sources import import_ratings, rate_source, register_of, sources
from detente.storage.catalog import Store
from detente.storage.coded import coded_among, coded_months, coded_volumes, datasets_of, pair_rows

__all__ = [
    "Diagnosis",
    "Import",
    "LexiconCheck",
    "Progress",
    "Reading",
    "brief",
    "changes",
    "check_lexicon",
    "claims_of",
    "country",
    "current_run",
    "doctor",
    "drivers_of",
    "dyad_of",
    "events",
    "export_events",
    "exported",
    "extract",
    "import_events",
    "import_ratings",
    "rate_source",
    "read",
    "relation",
    "resolve",
    "resolve_run",
    "segments_of",
    "sources",
    "told_events",
]

# Called with a stage's name, how much is done, and how much there is (None while unknown).
Progress = Callable[[str, int, int | None], None]


def _silent(_stage: str, _done: int, _total: int | None) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading did.

    Attributes:
        new: documents that were written.
        known: documents that the store had.
        undated: how many of the new ones have no known day of publication.
        notices: what was skipped or is doubtful.
    """

    new: int
    known: int
    undated: int
    notices: tuple[Notice, ...]


# --- actors ----------------------------------------------------------------------------------


def country(name: str, *, as_of: date | None = None, settings: Settings | None = None) -> str:
    """Return the ISO 3166 alpha-3 code of a country given by name, adjective, capital or code.

    A country of one's own lexicons has the code that they give it.

    Raises:
        UnknownActorError: lists the candidates.
        InputError: when a lexicon file of the settings cannot be used.
    """
    found = _lexicon(settings).actors.resolve(name, as_of)
    if found.code is None:
        raise UnknownActorError(name, found.candidates)
    return found.code


def _lexicon(settings: Settings | None) -> Lexicon:
    settings = settings or Settings()
    found = lexicons.load(settings.lexicons)
    return found if settings.plausibility else replace(found, plausibility=None)


def dyad_of(actor: str, recipient: str, *, settings: Settings | None = None) -> Dyad:
    """Return the pair of two countries by name.

    Raises:
        UnknownActorError: when a name is unknown or ambiguous.
        InputError: when both name one country, or a lexicon file of the settings cannot be used.
    """
    pair = Dyad(country(actor, settings=settings), country(recipient, settings=settings))
    if pair.actor == pair.recipient:
        raise InputError(f"{actor!r} and {recipient!r} are one country ({pair.actor}); name two")
    return pair


def _check_period(since: date | None, until: date | None) -> None:
    if since and until and since > until:
        raise InputError(f"the period ends before it begins: from {since} until {until}")


# --- reading and extraction ------------------------------------------------------------------


def read(
    paths: Sequence[str | Path],
    store: Store,
    *,
    published: date | None = None,
    outlet: str | None = None,
    settings: Settings | None = None,
    progress: Progress = _silent,
) -> Reading:
    """Read files and folders into the store. Documents that it has are not written again.

    Args:
        paths: files and folders.
        store: where to.
        published: day of publication for documents that state none.
        outlet: outlet for documents that state none.
        settings: settings of the run.
        progress: told how many documents were read.

    Raises:
        StoreError: when the store cannot be written.
    """
    settings = settings or Settings()
    with store.writing():
        seen = store.document_ids()
        new, known, undated = 0, 0, 0
        batch: list[Document] = []
        notices: list[Notice] = []
        for found in read_documents(paths, published=published, outlet=outlet):
            if isinstance(found, Problem):
                notices += _notices(found)
            elif found.id in seen:
                known += 1
            else:
                seen.add(found.id)
                batch.append(found)
                new += 1
                undated += found.published is None
            if len(batch) == settings.shard_size:
                store.add_documents(batch)
                batch = []
            progress("read", new + known, None)
        if batch:
            store.add_documents(batch)
        store.add_notices(notices)
    return Reading(new, known, undated, tuple(sorted(set(notices))))


def _notices(problem: Problem) -> list[Notice]:
    if problem.severity is Severity.IGNORED:
        return []
    skipped = problem.severity is Severity.SKIPPED
    return [Notice(where=problem.where, reason=problem.reason, skipped=skipped)]


def _extract_records(
    documents: Sequence[Document], *, run: Run, settings: Settings
) -> list[Extraction]:
    """Extract one shard; runs in a worker process, where model and lexicons load once."""
    model = language_model(settings.language_model)
    lexicon = _lexicon(settings)
    if lexicon.versions != run.lexicons:
        changed = sorted(set(lexicon.versions) ^ set(run.lexicons))
        raise LexiconError(f"changed while the run was under way: {changed[0]}; run it again")
    return extract_batch(documents, model=model, lexicon=lexicon, run_id=run.id)


def extract(store: Store, *, settings: Settings | None = None, progress: Progress = _silent) -> Run:
    """Draw the claims from the documents that the current run has not seen.

    Returns:
        The run, whose id names the extractions in the store.

    Raises:
        InputError: when a lexicon file of the settings cannot be used.
        ModelError: when the language model is missing.
        StoreError: when the store cannot be written.
    """
    settings = settings or Settings()
    run = current_run(settings)
    pending = store.pending(run.id)
    if not pending:
        return run
    language_model(settings.language_model)  # fail here, in words, not in a worker
    if settings.lexicons:
        _lexicon(settings)
    work = BatchFunction(
        partial(_extract_records, run=run, settings=settings), takes=Document, gives=Extraction
    )
    with store.writing():
        store.add_run(run)
        done = 0
        progress("extract", 0, len(pending) * settings.shard_size)
        for size in run_local(work, pending, processes=settings.workers):
            done += size
            progress("extract", done, max(done, len(pending) * settings.shard_size))
        progress("extract", done, done)
    return run


def claims_of(
    paths: Sequence[str | Path],
    *,
    published: date | None = None,
    outlet: str | None = None,
    settings: Settings | None = None,
) -> Iterator[tuple[Document, Extraction] | Notice]:
    """Yield each document of the paths with what was drawn from it, and what was skipped.

    Nothing is stored. Arguments as in `read`.
    """
    settings = settings or Settings()
    run = current_run(settings)
    batch: list[Document] = []
    for found in read_documents(paths, published=published, outlet=outlet):
        if isinstance(found, Problem):
            yield from _notices(found)
            continue
        batch.append(found)
        if len(batch) == 64:
            yield from _extracted(batch, run, settings)
            batch = []
    if batch:
        yield from _extracted(batch, run, settings)


def _extracted(
    batch: list[Document], run: Run, settings: Settings
) -> Iterator[tuple[Document, Extraction]]:
    drawn = _extract_records(batch, run=run, settings=settings)
    yield from zip(batch, drawn, strict=True)


def segments_of(paths: Iterable[str | Path]) -> Iterator[tuple[Document, Segment] | Notice]:
    """Yield the segments of each document of the paths, in order; together they are its text."""
    for found in read_documents(paths):
        if isinstance(found, Problem):
            yield from _notices(found)
        else:
            for part in segment(found):
                yield found, part


# --- resolution ------------------------------------------------------------------------------


def resolve(store: Store, *, settings: Settings | None = None, progress: Progress = _silent) -> Run:
    """Join the claims of the store into events with their reports.

    Returns:
        The run whose extractions the events rest on.
    """
    run = extract(store, settings=settings, progress=progress)
    if store.resolved(run.id):
        return run
    progress("resolve", 0, 1)
    before = _events_before(store)
    found, reports = resolve_run(store, run.id, settings=settings)
    with store.writing():
        store.put_events(found, reports, changes_between(before, found), run_id=run.id)
    progress("resolve", 1, 1)
    return run


def changes(
    store: Store, *, settings: Settings | None = None, progress: Progress = _silent
) -> tuple[Change, ...]:
    """Return what the last resolution changed in the events: which are new, grew, merged or split.

    Args:
        store: the store; what it lacks (extraction, resolution) is done first.
        settings: settings of the run.
        progress: told how far the stages before are.
    """
    resolve(store, settings=settings, progress=progress)
    return tuple(store.changes())


def _events_before(store: Store) -> list[Event]:
    try:
        return store.events()
    except StoreError:  # another version wrote them; they are derived, and replaced now
        return []


def resolve_run(
    store: Store, run_id: str, *, settings: Settings | None = None
) -> tuple[list[Event], list[Report]]:
    """Join the claims that a run has drawn into events with their reports; nothing is written.

    The events depend on what the documents say alone, not on the order in which they came in.

    Args:
        store: the store.
        run_id: the run.
        settings: which lexicons know outlets.
    """
    extractions = list(store.extractions(run_id))
    claims = [claim for extraction in extractions for claim in extraction.claims]
    cited = {claim.document_id for claim in claims}
    documents = store.find_documents(cited)
    parts = {one.document_id: one.segments for one in extractions if one.document_id in cited}
    copies = find_copies(documents.values(), claims, parts)
    outlets = _outlets(_lexicon(settings).outlets)
    blocks = store.claim_blocks(run_id)
    return _resolved(claims, documents, parts, copies, blocks, outlets)


def _outlets(known: OutletLexicon) -> Outlets:
    return Outlets(names=known.names_in, owner=known.owner_of)


def _resolved(
    claims: Sequence[Claim],
    documents: dict[str, Document],
    parts: dict[str, tuple[Segment, ...]],
    copies: Copies,
    blocks: dict[str, str],
    outlets: Outlets,
) -> tuple[list[Event], list[Report]]:
    found: list[Event] = []
    reports: list[Report] = []
    for gathered in gather(claims, documents, blocks):
        event = to_event(gathered, Origins(min=1, max=1))
        told, origins = reports_of(gathered, event.id, documents, parts, copies, outlets=outlets)
        found.append(to_event(gathered, origins))
        reports += told
    found.sort(key=lambda event: (event.first or date.max, event.id))
    reports.sort(key=lambda report: (report.event_id, report.published or date.max, report.id))
    return found, reports


def events(
    store: Store,
    *,
    between: Dyad | None = None,
    settings: Settings | None = None,
    progress: Progress = _silent,
) -> tuple[tuple[Event, tuple[Report, ...]], ...]:
    """Return the events of the store with their reports, in order of date.

    Args:
        store: the store.
        between: only the events of this pair, in either direction.
        settings: settings of the run.
        progress: told how far the stages before are.
    """
    resolve(store, settings=settings, progress=progress)
    reports = _by_event(store.reports())
    return tuple(
        (event, tuple(reports.get(event.id, ())))
        for event in store.events()
        if between is None or concerns(event, between)
    )


def _by_event(reports: Iterable[Report]) -> dict[str, list[Report]]:
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(report.event_id, []).append(report)
    return found


# --- analysis and the brief ------------------------------------------------------------------


def relation(  # noqa: PLR0913 - the options of a command
    store: Store,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    dataset: str | None = None,
    settings: Settings | None = None,
    progress: Progress = _silent,
) -> Findings:
    """Return the monthly series of a pair, its measures, its shifts and what lies between them.

    Shifts are sought in all that the store holds; the period selects what is returned.

    Args:
        store: the store.
        dyad: the pair; both directions count.
        since: first day of the period, or None for all.
        until: last day, inclusive, or None for all.
        dataset: count the events of this imported dataset; None for those drawn from text, or, in
            a store without documents, for the only dataset that it holds.
        settings: settings of the run.
        progress: told how far the stages before are.

    Raises:
        InputError: when the period ends before it begins, or the store has no such dataset.
    """
    _check_period(since, until)
    dataset = _dataset(store, dataset)
    if dataset:
        return _coded_findings(store, dyad, dataset, since, until)
    resolve(store, settings=settings, progress=progress)
    events = store.events()
    found = [event for event in events if concerns(event, dyad)]
    findings = _findings(store, dyad, found, since, until)
    return _filled(findings, occurrences(found, dyad), _volumes(events, dyad))


def _dataset(store: Store, dataset: str | None) -> str:
    held = datasets_of(store)
    if dataset is None:
        return next(iter(held)) if len(held) == 1 and not store.document_shards() else ""
    if dataset not in held:
        known = f"it has {', '.join(held)}" if held else "import one with: detente import"
        raise InputError(f"the store holds no {dataset!r} data; {known}")
    return dataset


def _coded_findings(
    store: Store, dyad: Dyad, dataset: str, since: date | None, until: date | None
) -> Findings:
    happened = of_rows(pair_rows(store, dataset, dyad))
    volume = coded_months(store, dataset)
    everything = find_shifts(series_of(happened, dyad, volume, whole=True), happened)
    shown = series_of(happened, dyad, volume, since=since, until=until)
    findings = replace(_cut(everything, shown, since, until), dataset=dataset)
    return _filled(findings, happened, coded_volumes(store, dataset, dyad))


def _filled(
    findings: Findings,
    happened: Sequence[Occurrence],
    volumes: dict[str, dict[str, int]],
) -> Findings:
    series = findings.series
    if not series.periods:
        return findings
    first, last = series.periods[0].first, series.periods[-1].last
    inside = [one for one in happened if first <= one.day <= last]
    return replace(
        findings,
        measures=measures(series, inside, volumes),
        regimes=regimes(series, findings.shifts, inside),
    )


def _volumes(events: Iterable[Event], dyad: Dyad) -> dict[str, dict[str, int]]:
    """Return for each country of a pair how many countable events it has by month, with anyone."""
    found: dict[str, Counter[str]] = {dyad.actor: Counter(), dyad.recipient: Counter()}
    for event in events:
        day = counted_on(event)
        if day is None or not countable(event):
            continue
        for country in {one.country for one in (*event.actors, *event.recipients)} & set(found):
            found[country][day.isoformat()[:7]] += 1
    return {country: dict(months) for country, months in found.items()}


def _findings(
    store: Store, dyad: Dyad, found: Sequence[Event], since: date | None, until: date | None
) -> Findings:
    volume = store.documents_per_month()
    happened = occurrences(found, dyad)
    # what came before the period is the baseline that a shift within it is seen against
    everything = find_shifts(series_of(happened, dyad, volume, whole=True), happened)
    shown = series_of(happened, dyad, volume, since=since, until=until)
    return _cut(everything, shown, since, until)


def _cut(findings: Findings, shown: Series, since: date | None, until: date | None) -> Findings:
    inside = tuple(
        shift
        for shift in findings.shifts
        if (since is None or shift.last >= since) and (until is None or shift.first <= until)
    )
    return replace(findings, series=shown, shifts=inside)


def drivers_of(store: Store, findings: Findings) -> dict[str, tuple[date | None, str]]:
    """Return the day and the words of each event that drives a shift of the findings, by id.

    The words are the sentence that tells it, or what the dataset says of it with its address.
    """
    ids = sorted({driver for shift in findings.shifts for driver in shift.drivers})
    if not ids:
        return {}
    if findings.dataset:
        return {
            one.id: (one.day, _coded_words(one))
            for one in coded_among(store, findings.dataset, ids)
        }
    run_ids = [run.id for run in store.runs() if store.resolved(run.id)]
    told = told_events(store, run_ids[0], only=set(ids)) if run_ids else []
    return {one.event.id: (one.event.first, one.text) for one in told}


def _coded_words(event: CodedEvent) -> str:
    kind = event.event_type.value if event.event_type else event.native_code
    said = json.loads(event.columns)
    text = said.get("Event Text") or said.get("event_text") or event.native_code
    address = f", {event.url}" if event.url else ""
    return f"{event.actor_name} to {event.recipient_name}: {kind} ({text}{address})"


def _within(event: Event, since: date | None, until: date | None) -> bool:
    if event.first is None or event.last is None:
        return False
    return (since is None or event.last >= since) and (until is None or event.first <= until)


def brief(
    store: Store,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    settings: Settings | None = None,
    progress: Progress = _silent,
) -> Brief:
    """Answer "what is going on between A and B?" from the store.

    Args:
        store: the store; what it lacks (extraction, resolution) is done first.
        dyad: the pair.
        since: first day of the period, or None for all.
        until: last day, inclusive, or None for all.
        settings: settings of the run; of them, which source register rates the outlets.
        progress: told how far the stages before are.

    Raises:
        InputError: when the period ends before it begins, or the register cannot be used.
    """
    _check_period(since, until)
    register = register_of(store, settings)
    run = resolve(store, settings=settings, progress=progress)
    found = [event for event in store.events() if concerns(event, dyad)]
    reports = _by_event(store.reports())
    chosen = [e for e in found if _shown(e, reports.get(e.id, []), since, until)]
    shown = {event.id: reports.get(event.id, []) for event in chosen}
    cited = {report.document_id for listed in shown.values() for report in listed}
    documents = store.find_documents(cited)
    claims = {
        claim.id: claim
        for extraction in store.extractions(run.id, of=cited)
        for claim in extraction.claims
    }
    actors = _lexicon(settings).actors
    codes = {a.country for e in chosen for a in (*e.actors, *e.recipients) if a.country}
    names = (actors.country_name(dyad.actor), actors.country_name(dyad.recipient))
    return compose_brief(
        Material(
            dyad=dyad,
            names=names,
            since=since,
            until=until,
            events=chosen,
            reports=shown,
            ratings={
                event.id: rate(event, shown[event.id], judge=register.of_credit, claims=claims)
                for event in chosen
            },
            circular={
                event.id: find_circularity(
                    event, shown[event.id], claims, outlets=register.names_in
                )
                for event in chosen
            },
            contradictions=find_contradictions(chosen, claims, documents),
            claims=claims,
            documents=documents,
            country_names={code: actors.country_name(code) for code in codes},
            findings=_findings(store, dyad, found, since, until),
            corpus=_corpus(store, run.id, documents, shown),
            run_id=run.id,
            tool=disclosure(run),
        )
    )


def _shown(event: Event, reports: Sequence[Report], since: date | None, until: date | None) -> bool:
    if event.first is not None or event.last is not None:
        return _within(event, since, until)
    days = [report.published for report in reports if report.published]
    if not days:
        return True
    return (since is None or max(days) >= since) and (until is None or min(days) <= until)


def _corpus(
    store: Store, run_id: str, documents: dict[str, Document], reports: dict[str, list[Report]]
) -> Corpus:
    total, undated = store.document_counts()
    outlets = {outlet for one in documents.values() for outlet in one.outlets}
    groups = {report.origin for listed in reports.values() for report in listed}
    segments = store.segment_counts(run_id)
    excluded = [
        Excluded(what=f"{kind} segments", count=segments[kind], reason=reason)
        for kind, reason in (
            (SegmentKind.COMMENT.value, "readers' words are not reporting"),
            (SegmentKind.BOILERPLATE.value, "disclaimers, navigation and the like assert nothing"),
        )
        if kind in segments
    ]
    skipped = Counter(notice.reason for notice in store.notices() if notice.skipped)
    excluded += [
        Excluded(what="input", count=count, reason=reason)
        for reason, count in sorted(skipped.items(), key=lambda item: (-item[1], item[0]))
    ]
    if undated:
        reason = "no day of publication is known; what they tell is dated only where they date it"
        excluded.append(Excluded(what="dates of documents", count=undated, reason=reason))
    if broken := store.broken(run_id):
        excluded.append(Excluded(what="documents", count=broken, reason="broke the extraction"))
    return Corpus(
        documents=total,
        dated=total - undated,
        relevant=len(documents),
        outlets=len(outlets),
        origins=Origins(min=min(1, len(groups)), max=len(groups)),
        excluded=tuple(excluded),
    )
