"""Claims to events and reports, and what the store's events lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from detente import lexicon as lexicons
from detente.analysis.series import concerns
from detente.errors import StoreError
from detente.model import Change, Claim, Dyad, Event, Report, Run, Segment, Settled
from detente.resolution.accounts import Outlets
from detente.resolution.blocks import input_of, resolve_block
from detente.resolution.changes import changes_between
from detente.resolution.copies import find_copies
from detente.resolution.events import blocks_of
from detente.runs import current_run
from detente.settings import Settings
from detente.storage.catalog import Store, by_event
from detente.storage.settled import settled_blocks
from detente.storage.snapshot import Snapshot
from detente.workflow.extracting import extract
from detente.workflow.progress import Progress, silent

__all__ = ["changes", "events", "resolve", "resolve_run", "standing"]


def resolve(store: Store, *, settings: Settings | None = None, progress: Progress = silent) -> Run:
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
    settled, found, reports = _settled(store, run.id, settings, settled_blocks(store, run.id))
    with store.writing():
        if not store.resolved(run.id):  # else another process was faster
            told = changes_between(before, found)
            store.put_events(found, reports, told, settled, state=state)
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
    options = "".join(f" --lexicon {path}" for path in settings.lexicons)
    if settings.language_model != Settings().language_model:
        options += f" --model {settings.language_model}"
    remedy = f"`detente events --store {store.folder}{options}`"
    made_by = store.events_are_of()
    if made_by is None:
        return f"no events were made of these documents yet; {remedy} makes them"
    if made_by != run.id:
        reason = "the events are those of another version, model or lexicon"
    else:
        reason = "documents came in since the events were made"
    return f"{reason}; {remedy} makes them anew"


def changes(
    store: Store, *, settings: Settings | None = None, progress: Progress = silent
) -> tuple[Change, ...]:
    """Return what the last resolution changed in the events: which are new, grew, merged or split.

    Args:
        store: the store; what it lacks (extraction, resolution) is done first.
        settings: settings of the run.
        progress: told how far the stages before are.
    """
    resolve(store, settings=settings, progress=progress)
    return tuple(store.changes())


def events(
    store: Store,
    *,
    between: Dyad | None = None,
    settings: Settings | None = None,
    progress: Progress = silent,
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
    _, found, reports = _settled(store, run_id, settings, {})
    return found, reports


def _settled(
    store: Store,
    run_id: str,
    settings: Settings | None,
    before: Mapping[str, tuple[Sequence[Event], Sequence[Report]]],
) -> tuple[list[Settled], list[Event], list[Report]]:
    """Resolve the blocks of claims of which anything changed, and take over the others.

    Args:
        store: the store.
        run_id: the run.
        settings: which lexicons know outlets.
        before: events and reports of the blocks that are resolved, by the digest of their input.

    Returns:
        All blocks; the events and reports of the whole store in their order.
    """
    claims: list[Claim] = []
    parts: dict[str, tuple[Segment, ...]] = {}
    with store.reading():
        for drawn in store.extractions(run_id, claimed=True):
            claims += drawn.claims
            parts[drawn.document_id] = drawn.segments
        documents = store.find_documents(parts)
    copies = find_copies(documents.values(), claims, parts)
    known = lexicons.outlets((settings or Settings()).lexicons)
    outlets = Outlets(names=known.names_in, owner=known.owner_of)
    blocks: list[Settled] = []
    found: list[Event] = []
    reports: list[Report] = []
    for block in blocks_of(claims, documents):
        name = input_of(block, copies)
        events, told = before.get(name) or resolve_block(block, documents, parts, copies, outlets)
        blocks.append(Settled(input=name, event_ids=tuple(event.id for event in events)))
        found += events
        reports += told
    blocks.sort(key=lambda block: block.input)
    found.sort(key=lambda event: (event.first or date.max, event.id))
    reports.sort(key=lambda report: (report.event_id, report.published or date.max, report.id))
    return blocks, found, reports


def _events_before(store: Store) -> list[Event]:
    try:
        return store.events()
    except StoreError:  # another version wrote them; they are derived, and replaced now
        return []
