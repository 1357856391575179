"""Many small files are merged into few, with every record; see `detente.storage.merges`.

Each round of watching and each run leaves files of its own, and every file costs a reader a few
milliseconds. Files are merged whose documents the same runs have drawn from, in the order of their
names; what was drawn is merged likewise, file by file. What the merged files were made of is taken
away when no reader has the store open. A kill or a loss of power at any moment leaves either the
old files or the new one to be counted, and the next merging goes on from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from detente.errors import StoreError
from detente.model import Document, digest
from detente.storage.catalog import (
    Store,
    completed,
    damages,
    flush_folder,
    read_table,
    write_table,
    write_text,
)
from detente.storage.merges import MERGES, Merge, merges_in, merges_text, void_among
from detente.storage.raw import RawBytes
from detente.storage.records import schema_of

__all__ = ["MANY", "Compaction", "compact", "take_away"]

# So many small files are merged without being asked to: a reader then waits for them a twentieth of
# a second. With one file a round each document is written anew about four times in its life.
MANY = 32


@dataclass(frozen=True, slots=True)
class Compaction:
    """What merging did.

    Attributes:
        before: how many files of documents there were.
        after: how many there are.
        left: files that are damaged and were left alone.
    """

    before: int
    after: int
    left: tuple[Path, ...]


# What files of documents must have in common: the runs that drew from them, and with which columns.
_Kind = frozenset[tuple[str, str]]


def compact(store: Store, *, size: int, least: int = 2) -> Compaction:
    """Merge the small files of a store that is held for writing.

    A file is small that holds less than half of what one may hold.

    Args:
        store: the store.
        size: how many documents a file may hold.
        least: fewer small files than this are left as they are.

    Raises:
        StoreError: when the disk refuses; nothing is lost then.
    """
    before = store.document_shards()
    left: list[Path] = []
    small = _small(before, size, left)
    for shards in _alike(store, small, left) if len(small) >= least else ():
        if len(shards) >= least:
            for batch in _batches(shards, size):
                _merge(store, [path for path, _ in batch], left)
    _merge_notes(store, least)
    take_away(store)
    return Compaction(len(before), len(store.document_shards()), tuple(sorted(set(left))))


# --- which --------------------------------------------------------------------------------------


def _small(shards: Sequence[Path], size: int, left: list[Path]) -> list[tuple[Path, int]]:
    """Return the files that hold less than half of what one may hold, each with its size."""
    found = []
    for shard in shards:
        try:
            with damages(shard):
                rows = pq.read_metadata(shard).num_rows
        except StoreError:
            left.append(shard)
            continue
        if 2 * rows < size:
            found.append((shard, rows))
    return found


def _alike(
    store: Store, small: Sequence[tuple[Path, int]], left: list[Path]
) -> Iterator[list[tuple[Path, int]]]:
    """Yield the files that may be merged with each other."""
    found: defaultdict[_Kind, list[tuple[Path, int]]] = defaultdict(list)
    for shard, rows in small:
        try:
            with damages(shard):
                found[_kind(store, shard)].append((shard, rows))
        except StoreError:
            left.append(shard)
    yield from found.values()


def _kind(store: Store, shard: Path) -> _Kind:
    return frozenset(
        (path.parent.name, str(pq.read_schema(path).remove_metadata()))
        for path in _drawn_from(store, shard)
    )


def _batches(shards: Sequence[tuple[Path, int]], size: int) -> Iterator[list[tuple[Path, int]]]:
    batch: list[tuple[Path, int]] = []
    for one in shards:
        if sum(rows for _, rows in (*batch, one)) > size:
            yield batch
            batch = []
        batch.append(one)
    yield batch


# --- merging ------------------------------------------------------------------------------------


def _merge(store: Store, shards: Sequence[Path], left: list[Path]) -> None:
    """Merge files of documents and what was drawn from them; damaged ones are left alone."""
    read: list[tuple[Path, pa.Table, dict[str, pa.Table]]] = []
    for shard in shards:
        try:
            with damages(shard):
                documents = completed(read_table(shard), Document)
                drawn = {path.parent.name: read_table(path) for path in _drawn_from(store, shard)}
        except StoreError:
            left.append(shard)
            continue
        whole = all(len(table) == len(documents) for table in drawn.values())
        if whole and documents.schema.equals(schema_of(Document)):
            read.append((shard, documents, drawn))
    if len(read) < 2:
        return
    documents = pa.concat_tables([table for _, table, _ in read])
    merge = Merge(
        into=digest("shard", *documents["id"].to_pylist()),
        of=tuple(shard.stem for shard, _, _ in read),
    )
    if merge.into in merge.of:
        return
    listed = [one for one in merges_in(store.folder) if one != merge]
    write_text(store.folder / MERGES, merges_text((*listed, merge)))
    for run_id in read[0][2]:
        path = store.folder / "extractions" / run_id / f"{merge.into}.parquet"
        write_table(path, pa.concat_tables([drawn[run_id] for _, _, drawn in read]))
    # the day on which documents came in last shows a clock that went back
    came_in = max(shard.stat().st_mtime_ns for shard, _, _ in read)
    path = store.folder / "documents" / f"{merge.into}.parquet"
    write_table(path, documents, changed=came_in)


def _drawn_from(store: Store, shard: Path) -> list[Path]:
    return sorted((store.folder / "extractions").glob(f"*/{shard.name}"))


def _merge_notes(store: Store, least: int) -> None:
    """Merge the files of notices, and those that tell where raw bytes stood.

    A note that is there twice counts once, so that a kill in between does no harm.
    """
    raw = RawBytes(store)
    kinds: tuple[tuple[Sequence[Path], Callable[[], Any], Callable[[Any], Path]], ...] = (
        (store.notice_files(), store.notices, store.write_notices),
        (raw.note_files(), raw.kept, raw.write_notes),
    )
    for paths, read, write in kinds:
        if len(paths) < max(2, least):
            continue
        try:
            notes = read()
        except StoreError:  # a damaged file is told by who needs it
            continue
        whole = write(notes)
        with store.without_readers() as alone:
            if alone:
                _remove([path for path in paths if path != whole])


def take_away(store: Store) -> bool:
    """Take away what merges have made void, of a store that is held for writing.

    Returns:
        Whether that is done: while a reader has the store open it is left for another time.

    Raises:
        StoreError: when the disk refuses.
    """
    merges = merges_in(store.folder)
    if not merges:
        return True
    with store.without_readers() as alone:
        if not alone:
            return False
        documents = store.folder / "documents"
        runs = [path for path in (store.folder / "extractions").glob("*") if path.is_dir()]
        for merge in merges:  # the first one first: what it gave may be void by a later one
            void = void_among({path.stem for path in documents.glob("*.parquet")}, (merge,))
            for folder in (documents, *runs):
                _remove([folder / f"{name}.parquet" for name in sorted(void)])
        _remove([store.folder / MERGES])
    return True


def _remove(paths: Sequence[Path]) -> None:
    """Remove the files of one folder that are there, so that a loss of power brings none back."""
    try:
        gone = [path for path in paths if path.exists()]
        for path in gone:
            path.unlink()
        if gone:
            flush_folder(gone[0].parent)
    except OSError as error:
        raise StoreError(f"{paths[0]}: cannot be removed: {error.strerror or error}") from error
