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

import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from detente import extraction
from detente import lexicon as lexicons
from detente.analysis.hypotheses import assess
from detente.analysis.measures import FORMULAS
from detente.analysis.series import concerns
from detente.briefing.compose import Material
from detente.briefing.compose import compose as compose_brief
from detente.briefing.earlier import read_earlier
from detente.briefing.hypotheses import TEMPLATES, matrix_of
from detente.briefing.linter import Remark, documents_cited, lint
from detente.briefing.matrix_file import read_matrix
from detente.briefing.matrix_views import EXPORTS
from detente.checks import LexiconCheck, check_lexicon
from detente.cluster import run_ray
from detente.desk import (
    Choice,
    DocumentAccount,
    EventAccount,
    EventLine,
    Listing,
    Overview,
    document_account,
    event_account,
    events_listed,
    overview,
    shown_within,
    told_of,
)
from detente.errors import (
    InputError,
    LexiconError,
    StoreError,
    UnknownActorError,
    UnknownRecordError,
)
from detente.exchange import (
    check_export,
    export_events,
    export_evidence,
    exportable,
    exported,
    import_events,
    told_events,
)
from detente.extraction.segment import segment
from detente.following import changes_since
from detente.interop import HANDED_ON, Parcel
from detente.lexicon import Lexicon
from detente.lexicon.outlets import OutletLexicon
from detente.model import (
    Assessment,
    Brief,
    Change,
    Claim,
    Corpus,
    Document,
    Dyad,
    Event,
    Excluded,
    Extraction,
    Findings,
    Kept,
    Matrix,
    Notice,
    Origins,
    Report,
    Run,
    Segment,
    SegmentKind,
)
from detente.reading import Piece, Problem, Severity
from detente.reading import read as read_documents
from detente.relations import (
    check_drawing,
    chosen_dataset,
    drivers_of,
    text_findings,
    whole_relation,
    write_chart,
)
from detente.resolution.accounts import Outlets
from detente.resolution.changes import changes_between
from detente.resolution.copies import Copies, find_copies
from detente.resolution.events import gather, to_event
from detente.resolution.reports import reports_of
from detente.runners import BatchFunction, run_local
from detente.runs import Diagnosis, current_run, disclosure, doctor
from detente.settings import Engine, Settings
from detente.sources import import_ratings, rate_source, register_of, sources
from detente.storage.catalog import Store, by_event
from detente.storage.checking import check_store as hold_against_itself
from detente.storage.mending import Mending, mend_store
from detente.storage.raw import RawBytes
from detente.storage.snapshot import Snapshot
from detente.storage.soundness import Flaw, Remedy, Soundness

__all__ = [
    "FORMULAS",
    "HANDED_ON",
    "Choice",
    "Diagnosis",
    "DocumentAccount",
    "EventAccount",
    "EventLine",
    "LexiconCheck",
    "Listing",
    "Mending",
    "Overview",
    "Progress",
    "Reading",
    "Soundness",
    "brief",
    "changes",
    "check_brief",
    "check_drawing",
    "check_export",
    "check_lexicon",
    "check_store",
    "claims_of",
    "country",
    "country_name",
    "current_run",
    "doctor",
    "document_account",
    "drivers_of",
    "dyad_of",
    "event_account",
    "events",
    "events_listed",
    "export_events",
    "export_evidence",
    "export_hypotheses",
    "exportable",
    "exported",
    "extract",
    "import_events",
    "import_ratings",
    "material_of",
    "new_hypotheses",
    "overview",
    "parcel",
    "rate_source",
    "raw",
    "read",
    "relation",
    "repair_store",
    "resolve",
    "resolve_run",
    "segments_of",
    "show_hypotheses",
    "sources",
    "standing",
    "take_in",
    "told_events",
    "write_chart",
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
    found = lexicons.actors((settings or Settings()).lexicons).resolve(name, as_of)
    if found.code is None:
        raise UnknownActorError(name, found.candidates)
    return found.code


def country_name(code: str, *, settings: Settings | None = None) -> str:
    """Return the English name of a country code, or the code where it has none."""
    return lexicons.actors((settings or Settings()).lexicons).country_name(code)


def _lexicon(settings: Settings) -> Lexicon:
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
        settings: settings of the run; of them, whether the bytes that documents are made of are
            kept, too, those of documents that the store has included.
        progress: told how many documents were read.

    Raises:
        StoreError: when the store cannot be written.
    """
    settings = settings or Settings()
    raw_bytes = RawBytes(store) if settings.keep_raw else None

    def keep(piece: Piece) -> None:
        if raw_bytes is not None:
            raw_bytes.add(piece.data, piece.collected)

    today, clock = _today(store)
    found = read_documents(paths, published=published, outlet=outlet, today=today, keep=keep)
    reading = take_in(found, store, settings, progress, raw_bytes=raw_bytes)
    return replace(reading, notices=(*clock, *reading.notices))


def take_in(
    found_ones: Iterable[Document | Problem],
    store: Store,
    settings: Settings,
    progress: Progress,
    *,
    raw_bytes: RawBytes | None = None,
) -> Reading:
    """Write the documents that the store does not have, and keep what is wrong with others.

    Args:
        found_ones: documents, and problems of the readers.
        store: where to.
        settings: settings of the run.
        progress: told how many documents were read.
        raw_bytes: the bytes that they were made of, where these are kept, too.

    Raises:
        StoreError: when the store cannot be written.
    """

    def write() -> None:
        if raw_bytes is not None:  # first, so that no document is there without its bytes
            raw_bytes.flush()
        if batch:
            store.add_documents(batch)

    with store.writing():
        seen = store.document_ids()
        new, known, undated = 0, 0, 0
        batch: list[Document] = []
        notices: list[Notice] = []
        for found in found_ones:
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
                write()
                batch = []
            progress("read", new + known, None)
        write()
        store.add_notices(notices)
    return Reading(new, known, undated, tuple(sorted(set(notices))))


def _today(store: Store) -> tuple[date, tuple[Notice, ...]]:
    """Return the current day, and a notice where the clock cannot be right.

    By a clock that went back, documents would be of the future and lose their dates.
    """
    today, known = date.today(), store.last_written()
    if known is None or known <= today + timedelta(days=1):
        return max(today, known or today), ()
    reason = f"the clock says {today}, but documents came in on {known}: that counts as today"
    return known, (Notice(where=str(store.folder), reason=reason, skipped=False),)


def raw(store: Store, name: str) -> tuple[Document, bytes, tuple[Kept, ...]]:
    """Return the raw bytes that a document of the store was made of.

    Args:
        store: the store.
        name: the document's id, key or URL.

    Returns:
        The document, the bytes, whose SHA-256 is checked, and from where and when the store took
        them.

    Raises:
        UnknownRecordError: when there is no such document.
        InputError: when several go by that name, or the bytes were not kept.
        StoreError: when the bytes that were kept are damaged.
    """
    found = store.documents_called(name)
    if not found:
        raise UnknownRecordError("document", name)
    if len(found) > 1:
        told = ", ".join(one.id for one in found)
        raise InputError(f"several documents go by {name!r}; give the id of one: {told}")
    document = found[0]
    kept = RawBytes(store)
    data = kept.get(document.source_digest) if document.source_digest else None
    if data is None or document.source_digest is None:
        file = document.collected.file if document.collected else document.key
        raise InputError(
            f"{name}: its raw bytes were not kept; `detente read {file} --store {store.folder} "
            f"--keep-raw` keeps them, where the file is as it was"
        )
    return document, data, kept.kept(document.source_digest)


def _notices(problem: Problem) -> list[Notice]:
    if problem.severity is Severity.IGNORED:
        return []
    skipped = problem.severity is Severity.SKIPPED
    return [Notice(where=problem.where, reason=problem.reason, skipped=skipped)]


def _extract_records(
    documents: Sequence[Document], *, run: Run, settings: Settings
) -> list[Extraction]:
    """Extract one shard; runs in a worker process, where model and lexicons load once."""
    here = current_run(settings)
    if (here.version, here.model) != (run.version, run.model):
        raise InputError(
            f"{platform.node()}: has detente {here.version} with {here.model}, but the run is of "
            f"{run.version} with {run.model}; install the same on every machine"
        )
    model = extraction.language_model(settings.language_model)
    lexicon = _lexicon(settings)
    if lexicon.versions != run.lexicons:
        changed = sorted(set(lexicon.versions) ^ set(run.lexicons))
        raise LexiconError(f"changed while the run was under way: {changed[0]}; run it again")
    return [
        drawn
        for portion in _portions(documents)
        for drawn in extraction.extract_batch(portion, model=model, lexicon=lexicon, run_id=run.id)
    ]


# A parse takes some hundred bytes for each character: long articles are parsed in smaller batches.
_PORTION = 200_000


def _portions(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Yield the documents in batches whose texts together are not too long to be held parsed."""
    portion: list[Document] = []
    length = 0
    for document in documents:
        if portion and length + len(document.text) > _PORTION:
            yield portion
            portion, length = [], 0
        portion.append(document)
        length += len(document.text)
    if portion:
        yield portion


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
    extraction.language_model(settings.language_model)  # fail here, in words, not in a worker
    if settings.lexicons:
        _lexicon(settings)
    # a worker of a cluster stands in another folder
    fixed = replace(settings, lexicons=tuple(path.absolute() for path in settings.lexicons))
    work = BatchFunction(
        partial(_extract_records, run=run, settings=fixed), takes=Document, gives=Extraction
    )
    with store.writing():
        store.add_run(run)
        pending = store.pending(run.id)  # another process may have drawn some meanwhile
        done = 0
        progress("extract", 0, len(pending) * settings.shard_size)
        engine = run_ray if settings.engine is Engine.RAY else run_local
        for size in engine(work, pending, processes=settings.workers):
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

    A snapshot is answered as it stands.

    Returns:
        The run whose extractions the events rest on.
    """
    if isinstance(store, Snapshot):
        return store.run
    run = extract(store, settings=settings, progress=progress)
    if store.resolved(run.id):
        return run
    progress("resolve", 0, 1)
    state = store.state(run.id)
    before = _events_before(store)
    found, reports = resolve_run(store, run.id, settings=settings)
    with store.writing():
        if not store.resolved(run.id):  # else another process was faster
            store.put_events(found, reports, changes_between(before, found), state=state)
    progress("resolve", 1, 1)
    return run


def standing(store: Store, *, settings: Settings | None = None) -> str:
    """Tell in one line what the store's events lack, and what makes them anew; "" for nothing.

    Nothing is done to the store.

    Args:
        store: the store.
        settings: of the run that should have made the events.
    """
    settings = settings or Settings()
    run = current_run(settings)
    if store.resolved(run.id):
        return ""
    lexicons = "".join(f" --lexicon {path}" for path in settings.lexicons)
    remedy = f"`detente events --store {store.folder}{lexicons}`"
    made_by = store.events_are_of()
    if made_by is None:
        return f"no events were made of these documents yet; {remedy} makes them"
    if made_by != run.id:
        reason = "the events are those of another version, model or lexicon"
    else:
        reason = "documents came in since the events were made"
    return f"{reason}; {remedy} makes them anew"


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
    claims: list[Claim] = []
    parts: dict[str, tuple[Segment, ...]] = {}
    for drawn in store.extractions(run_id):  # abstentions are many, and not held
        if drawn.claims:
            claims += drawn.claims
            parts[drawn.document_id] = drawn.segments
    documents = store.find_documents(parts)
    copies = find_copies(documents.values(), claims, parts)
    outlets = _outlets(lexicons.outlets((settings or Settings()).lexicons))
    return _resolved(claims, documents, parts, copies, outlets)


def _outlets(known: OutletLexicon) -> Outlets:
    return Outlets(names=known.names_in, owner=known.owner_of)


def _resolved(
    claims: Sequence[Claim],
    documents: dict[str, Document],
    parts: dict[str, tuple[Segment, ...]],
    copies: Copies,
    outlets: Outlets,
) -> tuple[list[Event], list[Report]]:
    found: list[Event] = []
    reports: list[Report] = []
    for gathered in gather(claims, documents):
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
    reports = by_event(store.reports())
    return tuple(
        (event, tuple(reports.get(event.id, ())))
        for event in store.events()
        if between is None or concerns(event, between)
    )


# --- upkeep of the store ---------------------------------------------------------------------


def check_store(folder: Path, *, progress: Progress = _silent) -> Soundness:
    """Hold every record of a store against its digest, its text and the records that it names.

    Nothing is changed. What is merely not done yet (extraction, resolution) is no flaw.

    Args:
        folder: the store's folder.
        progress: told how many files were read.

    Raises:
        StoreError: when it is no store, a newer version wrote it, or somebody is writing to it.
    """
    found = hold_against_itself(folder, progress, version=current_run().version)
    if any(flaw.remedy is Remedy.MARK for flaw in found.flaws):
        return found
    store = Store(folder)
    try:
        register_of(store)
    except InputError as error:
        told = str(error).removeprefix(f"{store.register_path}: ")
        flaw = Flaw(store.register_path.name, told, Remedy.BY_HAND)
        return replace(found, flaws=(*found.flaws, flaw))
    return found


def repair_store(
    folder: Path, *, settings: Settings | None = None, progress: Progress = _silent
) -> Mending:
    """Mend what can be mended without loss; then draw and resolve anew what that took away.

    Args:
        folder: the store's folder.
        settings: settings of the run that should make the events.
        progress: told how far the stages are.

    Raises:
        StoreError: when it is no store, a newer version wrote it, or it cannot be written.
    """
    mending = mend_store(folder, progress, version=current_run(settings).version)
    store = Store(folder)
    if not (mending.derived_lost and store.document_shards()):
        return mending
    run = resolve(store, settings=settings, progress=progress)
    line = f"{len(store.events())} events made anew by run {run.id}"
    return replace(mending, done=(*mending.done, line))


# --- analysis and the brief ------------------------------------------------------------------


def relation(  # noqa: PLR0913 - the options of a command
    store: Store,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    dataset: str | None = None,
    online: bool = False,
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
        online: whether to find out on which day each shift would have been seen; it searches the
            series anew for many days.
        settings: settings of the run.
        progress: told how far the stages before are.

    Raises:
        InputError: when the period ends before it begins, or the store has no such dataset.
    """
    _check_period(since, until)
    dataset = chosen_dataset(store, dataset)
    if not dataset:
        resolve(store, settings=settings, progress=progress)
    return whole_relation(store, dyad, dataset, since, until, online=online)


def brief(  # noqa: PLR0913 - the options of a command
    store: Store,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    earlier: str | Path | None = None,
    settings: Settings | None = None,
    progress: Progress = _silent,
) -> Brief:
    """Answer "what is going on between A and B?" from the store.

    Args:
        store: the store; what it lacks (extraction, resolution) is done first.
        dyad: the pair.
        since: first day of the period, or None for all.
        until: last day, inclusive, or None for all.
        earlier: a brief of the pair as JSON; what is new since then is told, too.
        settings: settings of the run; of them, which source register rates the outlets.
        progress: told how far the stages before are.

    Raises:
        InputError: when the period ends before it begins, the register cannot be used, or the
            earlier brief is of another pair or was made by another run.
    """
    before = read_earlier(Path(earlier)) if earlier is not None else None
    if before is not None and {before.dyad.actor, before.dyad.recipient} != {*astuple(dyad)}:
        raise InputError(f"{earlier}: a brief of {before.dyad.actor} and {before.dyad.recipient}")
    material = material_of(store, dyad, since, until, settings, progress)
    answer = compose_brief(material)
    if before is None:
        return answer
    if before.run_id != material.run_id:
        raise InputError(
            f"{earlier}: made by another version, model or lexicon (run {before.run_id}): "
            "what changed cannot be told from what is read otherwise; make it again with --until"
        )
    return replace(answer, changes=changes_since(before, material))


def material_of(
    store: Store,
    dyad: Dyad,
    since: date | None,
    until: date | None,
    settings: Settings | None,
    progress: Progress,
) -> Material:
    """Return all that a store tells of a pair, ready for a brief; arguments as those of `brief`."""
    _check_period(since, until)
    register_of(store, settings)  # fail here, before the work
    run = resolve(store, settings=settings, progress=progress)
    found = store.events_between(dyad)
    reports = by_event(store.reports_of([event.id for event in found]))
    chosen = [e for e in found if shown_within(e, reports.get(e.id, []), since, until)]
    told = told_of(store, run.id, chosen, reports, settings)
    actors = lexicons.actors((settings or Settings()).lexicons)
    return Material(
        **{each.name: getattr(told, each.name) for each in fields(told)},
        dyad=dyad,
        names=(actors.country_name(dyad.actor), actors.country_name(dyad.recipient)),
        since=since,
        until=until,
        events=chosen,
        findings=text_findings(store, found, dyad, since, until),
        corpus=_corpus(store, run.id, told.documents, told.reports),
        run_id=run.id,
        tool=disclosure(run),
    )


def parcel(
    store: Store,
    *,
    between: Dyad | None = None,
    settings: Settings | None = None,
    progress: Progress = _silent,
) -> Parcel:
    """Return the events of the store with their evidence, to be handed on to other tools.

    Args:
        store: the store; what it lacks (extraction, resolution) is done first.
        between: only the events of this pair, in either direction, and the shifts between them.
        settings: settings of the run; of them, which source register rates the outlets.
        progress: told how far the stages before are.

    Raises:
        InputError: when the register cannot be used.
    """
    register_of(store, settings)  # fail here, before the work
    run = resolve(store, settings=settings, progress=progress)
    found = store.events() if between is None else store.events_between(between)
    reports = by_event(store.reports_of([event.id for event in found]))
    names = lexicons.actors((settings or Settings()).lexicons).country_name
    shifts = text_findings(store, found, between, None, None).shifts if between else ()
    return Parcel(
        events=found,
        told=told_of(store, run.id, found, reports, settings),
        pair=(names(between.actor), names(between.recipient)) if between else None,
        shifts=tuple(shift for shift in shifts if shift.likely),
        version=run.version,
    )


def check_brief(
    store: Store, answer: Brief, *, settings: Settings | None = None
) -> tuple[Remark, ...]:
    """Return where a brief breaks the standards of its kind, each with rule, place and section.

    Args:
        store: the store that has the documents which it cites.
        answer: the brief.
        settings: which lexicons know names.
    """
    documents = store.find_documents(documents_cited(answer))
    texts = {identifier: document.text for identifier, document in documents.items()}
    own = (settings or Settings()).lexicons
    actors = lexicons.actors(own)

    def is_name(word: str) -> bool:
        return any(name.text == word for name in actors.names(word))

    return lint(answer, texts, is_name=is_name, outlets_in=lexicons.outlets(own).names_in)


def new_hypotheses(
    store: Store,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    settings: Settings | None = None,
    progress: Progress = _silent,
) -> Matrix:
    """Return a matrix of the four template hypotheses and the pair's events, rated by nobody.

    Args:
        store: the store; what it lacks (extraction, resolution) is done first.
        dyad: the pair.
        since: first day of the period, or None for all.
        until: last day, inclusive, or None for all.
        settings: settings of the run.
        progress: told how far the stages before are.

    Raises:
        InputError: when the period ends before it begins, or has no event of the pair.
    """
    material = material_of(store, dyad, since, until, settings, progress)
    matrix = matrix_of(material, tuple(TEMPLATES))
    if not matrix.rows:
        pair = f"{dyad.actor} and {dyad.recipient}"
        raise InputError(f"no event between {pair} in this period; give another, or another pair")
    return matrix


def show_hypotheses(path: Path, store: Store | None = None) -> tuple[Matrix, Assessment]:
    """Return the matrix of a file and what follows from it.

    Args:
        path: the file.
        store: where given, every event and every quotation of the file must be in it.

    Raises:
        InputError: when the file cannot be used; names the row, and what would work.
    """
    matrix = read_matrix(path)
    if store is not None:
        _check_rows(matrix, store, path)
    return matrix, assess(matrix)


def _check_rows(matrix: Matrix, store: Store, path: Path) -> None:
    known = {event.id for event in store.events()}
    documents = store.find_documents({e.document_id for r in matrix.rows for e in r.evidence})
    for row in matrix.rows:
        if row.event_id is not None and row.event_id not in known:
            told = f"no event {row.event_id!r} in {store.folder}; `detente events` lists them"
            raise InputError(f"{path}: row {row.id!r}: {told}")
        for one in row.evidence:
            document = documents.get(one.document_id)
            if document is None or document.text[one.start : one.end] != one.quote:
                told = f"{one.document_key} [{one.start}:{one.end}] does not read as quoted"
                raise InputError(f"{path}: row {row.id!r}: {told}; make the row anew")


def export_hypotheses(path: Path, form: str) -> str:
    """Return the matrix of a file and what follows from it as one text to hand on.

    Args:
        path: the file.
        form: "csv", "json" or "html".

    Raises:
        InputError: when the file cannot be used.
        KeyError: for another form.
    """
    return EXPORTS[form](*show_hypotheses(path))


def _corpus(
    store: Store,
    run_id: str,
    documents: Mapping[str, Document],
    reports: Mapping[str, Sequence[Report]],
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
