"""Documents to claims."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from detente import extraction
from detente import lexicon as lexicons
from detente.cluster import run_ray
from detente.errors import (
    InputError,
    LexiconError,
)
from detente.extraction.segment import segment
from detente.lexicon import Lexicon
from detente.model import (
    Document,
    Extraction,
    Notice,
    Run,
    Segment,
)
from detente.reading import Problem
from detente.reading import read as read_documents
from detente.runners import BatchFunction, run_local
from detente.runs import current_run
from detente.settings import Engine, Settings
from detente.storage.catalog import Store
from detente.storage.compaction import MANY, compact
from detente.workflow.progress import Progress, silent
from detente.workflow.reading import notices_of

__all__ = ["claims_of", "extract", "segments_of"]


# A parse takes some hundred bytes for each character: long articles are parsed in smaller batches.
_PORTION = 200_000


def extract(store: Store, *, settings: Settings | None = None, progress: Progress = silent) -> Run:
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
    fixed = settings.with_absolute_paths()  # a worker of a cluster stands in another folder
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
        compact(store, size=settings.shard_size, least=MANY)
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
            yield from notices_of(found)
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
            yield from notices_of(found)
        else:
            for part in segment(found):
                yield found, part


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


def _lexicon(settings: Settings) -> Lexicon:
    found = lexicons.load(settings.lexicons)
    return found if settings.plausibility else replace(found, plausibility=None)
