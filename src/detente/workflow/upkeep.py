"""Whether a store is sound, what mends it, and what makes it fast."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from detente.errors import InputError, StoreError
from detente.runs import current_run
from detente.settings import Settings
from detente.sources import register_of
from detente.storage.catalog import Store
from detente.storage.checking import check_store as hold_against_itself
from detente.storage.compaction import Compaction, compact
from detente.storage.mending import Mending, mend_store
from detente.storage.soundness import Flaw, Remedy, Soundness
from detente.workflow.progress import Progress, silent
from detente.workflow.resolving import resolve

__all__ = ["check_store", "compact_store", "repair_store"]


def check_store(folder: Path, *, progress: Progress = silent) -> Soundness:
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
    folder: Path, *, settings: Settings | None = None, progress: Progress = silent
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


def compact_store(folder: Path, *, settings: Settings | None = None) -> Compaction:
    """Merge the small files of a store into few; every record stays as it is.

    Reading and extraction do that of themselves when there are many.

    Args:
        folder: the store's folder.
        settings: of them, how many documents a file may hold.

    Raises:
        StoreError: when it is no store, a newer version wrote it, or it cannot be written.
        StoreLockedError: when another process is writing to it.
    """
    if not folder.is_dir():
        raise StoreError(f"{folder}: no such store")
    store = Store(folder)
    with store.writing():
        return compact(store, size=(settings or Settings()).shard_size)
