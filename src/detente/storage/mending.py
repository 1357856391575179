"""To mend a store without loss: nothing that somebody put there is thrown away.

What a killed run left half written is removed. A file that cannot be used goes to the folder
``quarantine`` of the store, under the path that it had, with a note beside it; what is sound in a
file of documents is written again before. What is derived is then missing, not wrong, and the next
extraction and resolution make it anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from detente.errors import StoreError
from detente.model import Document
from detente.storage.catalog import (
    FORMAT,
    Store,
    flush_folder,
    format_of,
    ids_in,
    make_folder,
    read_records,
    write_text,
)
from detente.storage.checking import Told, flaws_of, is_sound
from detente.storage.compaction import take_away
from detente.storage.merges import MERGES, merges_in
from detente.storage.soundness import Flaw, Remedy

__all__ = ["QUARANTINE", "Mending", "mend_store"]

QUARANTINE = "quarantine"

# A round may uncover the next: documents that are gone leave what was drawn from them behind.
_ROUNDS = 5
# Without these events have to be made anew. What was drawn from documents goes with them.
_DERIVING = ("extractions", "runs", "events.parquet", "reports.parquet")
_AGAIN = {
    "documents": "read the input again: `detente read` takes in what is missing",
    "extractions": "`detente extract` draws the claims again",
    "runs": "the next extraction writes it anew",
    "notices": "read the input again to have its notices",
    "raw": "`detente read --keep-raw` keeps them again, where the input is as it was",
    MERGES: "merging goes on from what is there",
    "blocks.parquet": "the next resolution does without it",
    "changes.parquet": "the next resolution writes it anew",
    "watch.json": "`detente watch` begins anew, and tells once more what it had told",
    "coded": "import the dataset again: `detente import` takes in what is missing",
    "second": "`detente compare` asks again",
}


@dataclass(frozen=True, slots=True)
class Mending:
    """What was mended.

    Attributes:
        done: what was done, a line each.
        left: what only a person can mend.
        derived_lost: whether claims or events have to be made anew.
    """

    done: tuple[str, ...]
    left: tuple[Flaw, ...]
    derived_lost: bool


def mend_store(folder: Path, progress: Told | None = None, *, version: str = "") -> Mending:
    """Mend what can be mended without loss.

    Args:
        folder: the store's folder.
        progress: told how many files were read.
        version: see `check_store`.

    Raises:
        StoreError: when the folder is no store, a newer version wrote it, or it cannot be written.
        StoreLockedError: when another process is writing to it.
    """
    if not folder.is_dir():
        raise StoreError(f"{folder}: no such store")
    done = _mark(folder)
    store = Store(folder)
    done += _merges(store)
    if store.document_shards() and not (folder / "format.json").exists():
        done.append("format.json: is missing; written anew")  # by whoever writes
    derived_lost = False
    with store.writing() as left:
        take_away(store)
        done += [f"{_inside(path, folder)}: half written; removed" for path in left]
        flaws = flaws_of(store, progress, version=version).flaws
        for _ in range(_ROUNDS):
            mended = [flaw for flaw in flaws if flaw.remedy in _MENDING]
            if not mended:
                break
            for flaw in _one_a_file(mended):
                done.append(_MENDING[flaw.remedy](store, flaw, {one.path for one in flaws}))
                derived_lost |= _room(flaw) in _DERIVING
            flaws = flaws_of(store, progress, version=version).flaws
    return Mending(tuple(done), flaws, derived_lost)


def _room(flaw: Flaw) -> str:
    return flaw.path.partition("/")[0]


def _one_a_file(flaws: list[Flaw]) -> list[Flaw]:
    """Return one flaw for each file, which tells all that is wrong with it."""
    by_path: dict[str, list[Flaw]] = {}
    for flaw in flaws:
        by_path.setdefault(flaw.path, []).append(flaw)
    return [
        Flaw(path, "; ".join(one.what for one in listed), listed[0].remedy)
        for path, listed in by_path.items()
    ]


def _mark(folder: Path) -> list[str]:
    """Write a damaged format.json anew, where the documents show that this version wrote them."""
    marker = folder / "format.json"
    if not marker.exists() or format_of(marker) is not None:
        return []
    for path in sorted(folder.glob("documents/*.parquet")):
        try:
            read_records(path, Document, among=("id", ()))
        except StoreError as error:
            raise StoreError(
                f"{marker}: damaged, and which version wrote the store cannot be told: {error}"
            ) from error
    write_text(marker, json.dumps({"format": FORMAT}))
    return [f"{marker.name}: damaged, written anew"]


def _merges(store: Store) -> list[str]:
    """Set a damaged list of merges aside: what it made void is then there twice, and mended."""
    try:
        merges_in(store.folder)
    except StoreError:
        return [_set_aside(store, Flaw(MERGES, "damaged", Remedy.SET_ASIDE))]
    return []


def _set_aside(store: Store, flaw: Flaw, _flawed: Collection[str] = ()) -> str:
    """Move a file into quarantine, its note first."""
    source = store.folder / flaw.path
    target = _free(store.folder / QUARANTINE / flaw.path)
    again = _AGAIN.get(_room(flaw), "`detente events` makes it anew")
    try:
        make_folder(target.parent)
        write_text(target.with_name(f"{target.name}.txt"), f"{flaw.what}\n{again}\n")
        source.replace(target)
        flush_folder(target.parent)
        flush_folder(source.parent)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written: {error.strerror or error}") from error
    return f"{flaw}; set aside in {_inside(target, store.folder)}: {again}"


def _salvage(store: Store, flaw: Flaw, flawed: Collection[str]) -> str:
    """Write the sound documents that no other sound file has anew; then set the file aside.

    In this order a kill in between leaves documents twice, which the next mending sees.
    """
    source = store.folder / flaw.path
    elsewhere = {
        identifier
        for path in store.document_shards()
        if _inside(path, store.folder) not in flawed
        for identifier in ids_in(path)
    }
    kept: dict[str, Document] = {}
    for one in read_records(source, Document):
        if is_sound(one) and one.id not in elsewhere:
            kept.setdefault(one.id, one)
    if kept and store.add_documents(tuple(kept.values())) == source:
        return f"{flaw}; kept"  # it is the other file that goes
    return f"{_set_aside(store, flaw)}; sound documents written anew: {len(kept)}"


def _write_mark(store: Store, flaw: Flaw, _flawed: Collection[str]) -> str:
    write_text(store.folder / flaw.path, json.dumps({"format": FORMAT}))
    return f"{flaw}; written anew"


def _remove(store: Store, flaw: Flaw, _flawed: Collection[str]) -> str:
    (store.folder / flaw.path).unlink(missing_ok=True)
    return f"{flaw}; removed"


_MENDING: dict[Remedy, Callable[[Store, Flaw, Collection[str]], str]] = {
    Remedy.REMOVE: _remove,
    Remedy.SET_ASIDE: _set_aside,
    Remedy.SALVAGE: _salvage,
    Remedy.MARK: _write_mark,
}


def _free(path: Path) -> Path:
    """Return the path, or one beside it that no file has yet."""
    tried, count = path, 1
    while tried.exists():
        count += 1
        tried = path.with_name(f"{path.name}.{count}")
    return tried


def _inside(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
