"""Bytes to documents of the store, and back to the bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from detente.errors import (
    InputError,
    UnknownRecordError,
)
from detente.model import (
    Document,
    Kept,
    Notice,
)
from detente.reading import Piece, Problem, Severity
from detente.reading import read as read_documents
from detente.settings import Settings
from detente.storage.catalog import Store
from detente.storage.compaction import MANY, compact
from detente.storage.raw import RawBytes
from detente.workflow.progress import Progress, silent

__all__ = ["Reading", "notices_of", "raw", "read", "take_in"]


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


def read(
    paths: Sequence[str | Path],
    store: Store,
    *,
    published: date | None = None,
    outlet: str | None = None,
    settings: Settings | None = None,
    progress: Progress = silent,
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
                notices += notices_of(found)
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
        compact(store, size=settings.shard_size, least=MANY)
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
        if "://" in file:
            told = f"`detente watch --store {store.folder} --keep-raw` keeps those of pages to come"
        else:
            told = (
                f"`detente read {file} --store {store.folder} --keep-raw` keeps them, "
                "where the file is as it was"
            )
        raise InputError(f"{name}: its raw bytes were not kept; {told}")
    return document, data, kept.kept(document.source_digest)


def notices_of(problem: Problem) -> list[Notice]:
    """Return what a user is told of a reader's problem; nothing of what was ignored."""
    if problem.severity is Severity.IGNORED:
        return []
    skipped = problem.severity is Severity.SKIPPED
    return [Notice(where=problem.where, reason=problem.reason, skipped=skipped)]
