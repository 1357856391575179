"""The store: one folder of Parquet, safe to kill at any time, read through DuckDB.

::

    store/
      format.json                     the store's format number
      documents/SHARD.parquet         documents, in batches; a shard is named by its documents' ids
      extractions/RUN/SHARD.parquet   what one run drew from that shard
      notices/DIGEST.parquet          input that was skipped or is doubtful
      runs/RUN.parquet                what produced the extractions
      raw/                            the bytes that documents were made of, see `storage.raw`
      sources.yaml                    the user's own: how reliable which outlet is
      watch.json                      what watching remembers from one round to the next
      merges.json                     while files are merged: which ones, see `storage.merges`
      events.parquet, reports.parquet derived; rebuilt when the extractions change
      blocks.parquet                  which claims gave which of them
      changes.parquet                 what the last rebuilding changed in the events

A file is written beside its final name, flushed to disk, and renamed: it is whole or it is absent.
Names are digests of content, so a rerun writes nothing twice. One process writes at a time.
"""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import IO, Any, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.errors import OtherVersionError, StoreError, StoreLockedError
from detente.model import (
    Change,
    Claim,
    Document,
    Dyad,
    Event,
    Extraction,
    Matter,
    Notice,
    Report,
    Run,
    Settled,
    digest,
)
from detente.storage.merges import merges_in, void_among
from detente.storage.records import from_table, schema_of, to_table

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has no fcntl; one writer is then not enforced
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "COUNTRIES_OF_SIDES",
    "FORMAT",
    "MENDING",
    "UNREADABLE",
    "VIEWS",
    "Store",
    "at_rest",
    "by_event",
    "completed",
    "damages",
    "flush_folder",
    "format_of",
    "ids_in",
    "make_folder",
    "make_view",
    "note_of",
    "quiet",
    "read_records",
    "read_table",
    "told_of_sql",
    "write_bytes",
    "write_records",
    "write_table",
    "write_text",
]

FORMAT = 1
# Who reads: files that were merged into others are not taken away meanwhile.
READERS = "readers.lock"
# Who writes, and who watches; made before anything else of a store.
LOCKS = ("lock", "watch.lock", READERS)
# What would work where a file of the store is damaged.
MENDING = "`detente store repair` sets it aside and makes anew what it can"
UNREADABLE = "cannot be read"
_UNFINISHED = ".unfinished"

R = TypeVar("R")


def write_records(path: Path, records: Iterable[Any], record: type, *, note: str = "") -> None:
    """Write records to a Parquet file that is either whole or absent, whatever happens.

    Args:
        path: the final name; its folder is made.
        records: the records.
        record: their class.
        note: a line kept in the file's metadata, see `Store.state`.

    Raises:
        StoreError: when the disk refuses.
    """
    write_table(path, to_table(records, record), note=note)


def write_table(path: Path, table: pa.Table, *, note: str = "", changed: int | None = None) -> None:
    """Write a table of records likewise.

    Args:
        path: the final name; its folder is made.
        table: the records.
        note: a line kept in the file's metadata.
        changed: when the file counts as changed, in nanoseconds since 1970; None for now.

    Raises:
        StoreError: when the disk refuses.
    """
    table = table.replace_schema_metadata({"detente": note})
    with _replacing(path) as file:
        pq.write_table(table, file, compression="zstd", write_page_checksum=True)
        if changed is not None:
            file.flush()
            os.utime(file.fileno(), ns=(changed, changed))


def read_records(
    path: Path,
    record: type[R],
    *,
    among: tuple[str, Collection[str]] | None = None,
    thin: Callable[[pa.Table], pa.Table] | None = None,
) -> list[R]:
    """Read the records of a Parquet file.

    Args:
        path: the file.
        record: the class of its records.
        among: a column and the values that it may have; other records are left out.
        thin: leaves more out, before records are made.

    Raises:
        StoreError: when the file is damaged or holds something else.
    """
    expected: Any = record
    with damages(path):
        table = completed(read_table(path), expected)
        if table.schema != schema_of(expected):
            raise OtherVersionError(path)
        if among is not None:
            column, values = among
            table = table.filter(pc.is_in(table[column], pa.array(sorted(values), pa.string())))
        return from_table(thin(table) if thin else table, record)


def _claimed(table: pa.Table) -> pa.Table:
    """Leave out of a table of extractions what has no claim, and all abstentions."""
    table = table.filter(pc.greater(pc.list_value_length(table["claims"]), 0))
    place = table.column_names.index("abstentions")
    none = pa.array([()] * len(table), table.schema.field(place).type)
    return table.set_column(place, table.schema.field(place), none)


def read_table(path: Path) -> pa.Table:
    """Read a Parquet file whole, its checksums held against its content.

    Raises:
        OSError, pa.ArrowException: when it is damaged or cannot be read.
    """
    with path.open("rb") as file:
        return pq.ParquetFile(file, page_checksum_verification=True).read()


@contextmanager
def damages(path: Path) -> Iterator[None]:
    """Make what a damaged file causes an error that names it; a want of memory is none."""
    try:
        yield
    except MemoryError:  # Arrow's is one of its exceptions, too
        raise
    except (OSError, pa.ArrowException, ValueError) as error:
        if isinstance(error, OSError) and error.errno:  # of the system; Arrow's have none
            raise StoreError(f"{path}: {UNREADABLE}: {error.strerror}") from error
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise StoreError(f"{path}: damaged; {MENDING}: {reason}") from error


def ids_in(path: Path, column: str = "id") -> list[str]:
    """Return the ids of the records of a Parquet file, or those of another column.

    Raises:
        StoreError: when the file is damaged.
    """
    with damages(path):
        found: list[str] = pq.ParquetFile(path).read(columns=[column])[column].to_pylist()
    return found


def completed(table: pa.Table, record: Any) -> pa.Table:
    """Return a table with the columns that its record has gained since it was written, as None."""
    schema = schema_of(record)
    for field in fields(record):
        if field.default is None and field.name not in table.column_names:
            column = schema.field(field.name)
            table = table.append_column(column, pa.nulls(len(table), column.type))
    return table.select(schema.names) if set(schema.names) == set(table.column_names) else table


def note_of(metadata: Mapping[bytes, bytes] | None) -> str:
    """Return the line that `write_records` kept in a file's metadata."""
    return (metadata or {}).get(b"detente", b"").decode()


def write_text(path: Path, text: str) -> None:
    """Write a text file that is either whole or as it was, whatever happens.

    Raises:
        StoreError: when the disk refuses.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file that is either whole or as it was, whatever happens.

    Raises:
        StoreError: when the disk refuses.
    """
    with _replacing(path, may_make_folder=False) as file:
        file.write(content)


@contextmanager
def _replacing(path: Path, *, may_make_folder: bool = True) -> Iterator[IO[bytes]]:
    """Give a file to write that takes the place of another when it is whole and on disk."""
    # two machines of a cluster may have processes of one number
    writer = f"{platform.node()}.{os.getpid()}"
    unfinished = path.with_name(f"{path.name}.{writer}{_UNFINISHED}")
    try:
        if may_make_folder:
            make_folder(path.parent)
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        with suppress(OSError):  # what cannot be removed either, the next writer removes
            unfinished.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it so that a loss of power cannot take them back."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    flush_folder(folder.parent)


def _holds_something(folder: Path) -> bool:
    try:
        return folder.exists() and any(folder.iterdir())
    except OSError as error:
        raise StoreError(f"{folder}: cannot be read: {error.strerror or error}") from error


def format_of(marker: Path) -> int | None:
    """Return the number in a store's format.json; None where it cannot be read."""
    try:
        return int(json.loads(marker.read_text("utf-8"))["format"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def at_rest(folder: Path) -> Iterator[None]:
    """Keep writers away from a store while it is looked at; nothing is written.

    Raises:
        StoreLockedError: when a process is writing to it.
    """
    try:
        lock = (folder / "lock").open("rb")
    except OSError:  # nobody has written to it
        yield
        return
    with lock:
        _take(lock, folder, "another detente is writing to this store", shared=True)
        yield


def _take(lock: IO[Any], folder: Path, taken: str, *, shared: bool) -> None:
    if fcntl is None:  # pragma: no cover - Windows
        return
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        told = f"{folder}: {taken}; wait for it to end, or name another --store"
        raise StoreLockedError(told) from error


@contextmanager
def _read_by_us(folder: Path) -> Iterator[None]:
    try:
        lock = (folder / READERS).open("rb")
    except OSError:  # nobody has written to it
        yield
        return
    with lock:
        if fcntl is not None:  # pragma: no branch - Windows removes no file that is open
            fcntl.flock(lock, fcntl.LOCK_SH)
        yield


@contextmanager
def _refused(folder: Path) -> Iterator[None]:
    """Make an error of the system that a folder causes one of ours."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error


def flush_folder(folder: Path) -> None:
    """Make what became of the names in a folder outlast a loss of power."""
    if os.name != "posix":  # pragma: no cover - folders cannot be opened elsewhere
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Store:
    """One folder that holds documents and what was drawn from them.

    Args:
        folder: the folder; made by the first write.

    Raises:
        StoreError: when the folder is no store or a newer version wrote it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # files of extractions, and a digest of the documents that they were drawn from
        self._drawn_from: tuple[tuple[Path, ...], str] = ((), digest("drawn from", ()))
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder}: is a file; --store wants a folder")
        marker = folder / "format.json"
        if marker.exists():
            self._check_format(marker)
        elif _holds_something(folder) and not any((folder / one).exists() for one in LOCKS):
            raise StoreError(f"{folder}: is not empty and no detente store; name another folder")

    def _check_format(self, marker: Path) -> None:
        number = format_of(marker)
        if number is None:
            raise StoreError(
                f"{marker}: damaged; expected {{'format': {FORMAT}}}; "
                f"`detente store repair --store {self.folder}` writes it anew"
            )
        if number > FORMAT:
            raise StoreError(
                f"{self.folder}: has format {number}, this detente reads up to {FORMAT}; update it"
            )

    @contextmanager
    def writing(self) -> Iterator[tuple[Path, ...]]:
        """Hold the store for writing.

        Yields:
            What a killed process had left half written; it is removed.

        Raises:
            StoreLockedError: when another process holds it.
            StoreError: when the folder cannot be written.
        """
        with self.locked("lock", "another detente is writing to this store or checking it"):
            with _refused(self.folder):
                left = self.leftovers()
                for path in left:
                    path.unlink(missing_ok=True)
            marker = self.folder / "format.json"
            if not marker.exists():
                write_text(marker, json.dumps({"format": FORMAT}))
            if not (self.folder / READERS).exists():
                with _refused(self.folder):
                    (self.folder / READERS).touch()
            yield left

    def reading(self) -> AbstractContextManager[None]:
        """Keep the files that are listed from now on where they are, until they are read.

        Nobody is refused: who merges files leaves those that it made void for another time.
        """
        return _read_by_us(self.folder)

    @contextmanager
    def without_readers(self) -> Iterator[bool]:
        """Hold off readers for a moment; tell whether there are none, without waiting for it."""
        with _refused(self.folder):
            lock = (self.folder / READERS).open("ab")
        with lock:
            try:
                if fcntl is not None:  # pragma: no branch
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
            else:
                yield True

    @contextmanager
    def locked(self, name: str, taken: str) -> Iterator[None]:
        """Hold one of the store's locks.

        Args:
            name: the file of the lock.
            taken: what it means that another process holds it.

        Raises:
            StoreLockedError: when another process does.
            StoreError: when the folder cannot be written.
        """
        with _refused(self.folder):
            make_folder(self.folder)
            lock = (self.folder / name).open("a+", encoding="utf-8")
        with lock:
            _take(lock, self.folder, taken, shared=False)
            yield

    def leftovers(self) -> tuple[Path, ...]:
        """Return the files that a killed process left half written, sorted."""
        return tuple(sorted(self.folder.rglob(f"*{_UNFINISHED}")))

    # --- documents -------------------------------------------------------------------------

    def document_shards(self) -> tuple[Path, ...]:
        """Return the files of documents, sorted by name."""
        return self.files("documents/*.parquet")

    def files(self, pattern: str) -> tuple[Path, ...]:
        """Return the files of a pattern that no merge has made void, sorted."""
        # in this order: what a merge gives to documents is there after all else that it gives
        documents = {path.stem for path in (self.folder / "documents").glob("*.parquet")}
        void = void_among(documents, merges_in(self.folder))
        return tuple(sorted(p for p in self.folder.glob(pattern) if p.stem not in void))

    def last_written(self) -> date | None:
        """Return the day on which documents came in last, by the clock of that day; None without.

        It shows a clock that went back since.
        """
        times = [path.stat().st_mtime for path in self.document_shards()]
        return date.fromtimestamp(max(times)) if times else None

    def document_ids(self) -> set[str]:
        """Return the ids of all documents."""
        return {row[0] for row in self.query("SELECT id FROM documents")}

    def add_documents(self, documents: Sequence[Document]) -> Path:
        """Write one shard of documents, named by their ids."""
        path = self.folder / "documents" / f"{self.shard_name(documents)}.parquet"
        write_records(path, documents, Document)
        return path

    @staticmethod
    def shard_name(documents: Sequence[Document]) -> str:
        """Return the name of the shard of these documents."""
        return digest("shard", *[document.id for document in documents])

    def documents(self) -> Iterator[Document]:
        """Yield all documents, shard by shard."""
        with self.reading():
            for path in self.document_shards():
                yield from read_records(path, Document)

    def find_documents(self, ids: Collection[str]) -> dict[str, Document]:
        """Return the documents with these ids, by id."""
        with self.reading():
            return {
                document.id: document
                for path in self._shards_of(ids)
                for document in read_records(path, Document, among=("id", ids))
            }

    def documents_called(self, name: str) -> tuple[Document, ...]:
        """Return the documents with this id, or with this key or URL."""
        sql = "SELECT id FROM documents WHERE id = ? OR key = ? OR url = ? ORDER BY id"
        found = self.find_documents([row[0] for row in self.query(sql, [name] * 3)])
        return tuple(found[identifier] for identifier in sorted(found))

    def _shards_of(self, _ids: Collection[str]) -> Iterable[Path]:
        """Return the shards in which documents with these ids may be."""
        return self.document_shards()

    def add_notices(self, notices: Sequence[Notice]) -> None:
        """Keep what was skipped or is doubtful; the same notices are kept once."""
        if notices:
            self.write_notices(sorted(set(notices)))

    def write_notices(self, notices: Sequence[Notice]) -> Path:
        """Write notices to one file, and return it."""
        path = self.folder / "notices" / f"{self.notices_name(notices)}.parquet"
        write_records(path, notices, Notice)
        return path

    def notice_files(self) -> tuple[Path, ...]:
        """Return the files of notices, sorted by name."""
        return tuple(sorted((self.folder / "notices").glob("*.parquet")))

    @staticmethod
    def notices_name(notices: Sequence[Notice]) -> str:
        """Return the name of the file of these notices."""
        return digest("notices", *[(one.where, one.reason) for one in notices])

    def notices(self) -> tuple[Notice, ...]:
        """Return what was skipped or is doubtful, sorted, each once."""
        with self.reading():
            paths = self.notice_files()
            return tuple(sorted({one for path in paths for one in read_records(path, Notice)}))

    # --- extractions -----------------------------------------------------------------------

    def extraction_path(self, run_id: str, shard: Path) -> Path:
        """Return where a run's extractions of a shard of documents belong."""
        return self.folder / "extractions" / run_id / shard.name

    def pending(self, run_id: str) -> tuple[tuple[Path, Path], ...]:
        """Return the shards that a run has not extracted yet, each with the file to write."""
        pairs = [(shard, self.extraction_path(run_id, shard)) for shard in self.document_shards()]
        return tuple(pair for pair in pairs if not pair[1].exists())

    def extractions(
        self, run_id: str, *, of: Collection[str] | None = None, claimed: bool = False
    ) -> Iterator[Extraction]:
        """Yield a run's extractions, shard by shard.

        Args:
            run_id: the run.
            of: ids of documents; other documents' extractions are left out.
            claimed: whether to leave out what has no claim, and abstentions, which are many.
        """
        among = None if of is None else ("document_id", of)
        with self.reading():
            shards = self.document_shards() if of is None else self._shards_of(of)
            for path in sorted(self.extraction_path(run_id, shard) for shard in shards):
                if path.exists():
                    thin = _claimed if claimed else None
                    yield from read_records(path, Extraction, among=among, thin=thin)

    def documents_with_extractions(self, run_id: str) -> Iterator[tuple[Document, Extraction]]:
        """Yield each document that a run has extracted, with what was drawn from it."""
        with self.reading():
            for shard in self.document_shards():
                path = self.extraction_path(run_id, shard)
                if path.exists():
                    yield from zip(
                        read_records(shard, Document), read_records(path, Extraction), strict=True
                    )

    def segment_counts(self, run_id: str) -> dict[str, int]:
        """Return how many segments of each kind a run found."""
        sql = (
            "WITH parts AS (SELECT unnest(segments).kind AS kind FROM extractions "
            "WHERE run_id = ?) SELECT kind, count(*) FROM parts GROUP BY kind"
        )
        return dict(self.query(sql, [run_id]))

    def broken(self, run_id: str) -> int:
        """Return how many documents broke a run's extraction."""
        sql = "SELECT count(*) FROM extractions WHERE run_id = ? AND problem IS NOT NULL"
        return int(self.query(sql, [run_id])[0][0])

    def add_run(self, run: Run) -> None:
        """Write down what produced the extractions of a run."""
        path = self.folder / "runs" / f"{run.id}.parquet"
        if not path.exists():
            write_records(path, [run], Run)

    def runs(self) -> tuple[Run, ...]:
        """Return all runs, sorted by id."""
        paths = sorted((self.folder / "runs").glob("*.parquet"))
        return tuple(run for path in paths for run in read_records(path, Run))

    # --- sources ---------------------------------------------------------------------------

    @property
    def register_path(self) -> Path:
        """The user's source register; it need not exist."""
        return self.folder / "sources.yaml"

    def documents_per_credit(self) -> dict[str, int]:
        """Return how many documents name an outlet as theirs, by the name as they give it."""
        rows = self.query(
            "WITH named AS (SELECT unnest(list_distinct(outlets)) AS outlet FROM documents) "
            "SELECT outlet, count(*) FROM named GROUP BY outlet"
        )
        return dict(rows)

    # --- events ----------------------------------------------------------------------------

    def state(self, run_id: str) -> str:
        """Return the run and a digest of its extractions: events are derived from exactly these."""
        with self.reading():
            paths = self.files(f"extractions/{run_id}/*.parquet")
            if paths != self._drawn_from[0]:  # ids are read once, however often this is asked
                ids = sorted(one for path in paths for one in ids_in(path, "document_id"))
                self._drawn_from = paths, digest("drawn from", ids)
        form = [str(schema_of(record)) for record in (Event, Report)]
        return f"{run_id} {digest('state', run_id, self._drawn_from[1], form)}"

    def resolved(self, run_id: str) -> bool:
        """Tell whether the events and reports in the store belong to the run's extractions."""
        wanted = self.state(run_id)
        return all(self.noted(name) == wanted for name in ("events", "reports"))

    def of_one_resolution(self) -> bool:
        """Tell whether one resolution wrote both events and reports."""
        return self.noted("events") == self.noted("reports")

    def events_are_of(self) -> str | None:
        """Return the id of the run whose claims made the events in the store; None without."""
        return (self.noted("events") or "").partition(" ")[0] or None

    def noted(self, name: str) -> str | None:
        """Return the note of a derived file, which tells what it was made of; None without one."""
        path = self.folder / f"{name}.parquet"
        try:
            return note_of(pq.read_metadata(path).metadata)
        except (OSError, pa.ArrowException, ValueError):
            return None

    def put_events(
        self,
        events: Sequence[Event],
        reports: Sequence[Report],
        changes: Sequence[Change] = (),
        blocks: Sequence[Settled] = (),
        *,
        state: str,
    ) -> None:
        """Replace the derived events and reports.

        Args:
            events: the events.
            reports: their reports.
            changes: what is different from the events that were there.
            blocks: which block of claims gave which events.
            state: what `state` said before the claims that they rest on were read: another
                process may have drawn more since, and these events know nothing of that.
        """
        write_records(self.folder / "changes.parquet", changes, Change)
        write_records(self.folder / "blocks.parquet", blocks, Settled, note=state)
        write_records(self.folder / "reports.parquet", reports, Report, note=state)
        write_records(self.folder / "events.parquet", events, Event, note=state)

    def events(self) -> list[Event]:
        """Return all events."""
        path = self.folder / "events.parquet"
        return read_records(path, Event) if path.exists() else []

    def events_of(self, ids: Collection[str]) -> list[Event]:
        """Return the events with these ids, in order of date."""
        return self.select(
            Event,
            "SELECT * FROM events WHERE list_contains($ids, id) ORDER BY first NULLS LAST, id",
            {"ids": sorted(ids)},
        )

    def events_between(self, dyad: Dyad) -> list[Event]:
        """Return the events between two countries, in either direction, in order of date."""
        return self.select(
            Event,
            f"""
            WITH sided AS (SELECT *, {COUNTRIES_OF_SIDES} FROM events)
            SELECT * EXCLUDE (acting, receiving) FROM sided
            WHERE (list_contains(acting, $a) AND list_contains(receiving, $b))
               OR (list_contains(acting, $b) AND list_contains(receiving, $a))
               OR (reciprocal AND list_contains(acting, $a) AND list_contains(acting, $b))
            ORDER BY first NULLS LAST, id
            """,
            {"a": dyad.actor, "b": dyad.recipient},
        )

    def events_per_month(self, countries: Collection[str]) -> dict[str, dict[str, int]]:
        """Return how many events that count each country has in each month, with anyone.

        Counted is what `detente.analysis.series.countable` lets count, on the middle day.
        """
        rows = self.query(
            f"""
            WITH sided AS (SELECT *, {COUNTRIES_OF_SIDES} FROM events),
                 counted AS (
                   SELECT last - ((last - first) // 2)::INTEGER AS day,
                          unnest(list_distinct(list_concat(acting, receiving))) AS country
                   FROM sided
                   WHERE NOT planned AND origins.max > 0 AND len(claim_ids) > 0
                     AND first IS NOT NULL AND last IS NOT NULL AND last - first <= 45
                 )
            SELECT country, strftime(day, '%Y-%m'), count(*) FROM counted
            WHERE list_contains(?, country) GROUP BY ALL
            """,
            [sorted(countries)],
        )
        found: dict[str, dict[str, int]] = {country: {} for country in countries}
        for country, month, count in rows:
            found[country][month] = count
        return found

    def reports_of(self, event_ids: Collection[str]) -> list[Report]:
        """Return the reports of these events: by event, in order of their days."""
        return self.select(
            Report,
            "SELECT * FROM reports WHERE list_contains($ids, event_id) "
            "ORDER BY event_id, published NULLS LAST, id",
            {"ids": sorted(event_ids)},
        )

    def documents_naming(self, *states: tuple[Collection[str], Collection[str]]) -> set[str]:
        """Return the ids of the documents whose text names several states.

        Args:
            states: of each the names, looked for as whole words as they are written, and the longer
                names of others that hold one of them.
        """
        named, patterns = [], []
        for names, others in states:
            named.append("regexp_matches(regexp_replace(text, ?, '', 'g'), ?)")
            patterns += [_any_word(others), _any_word(names)]
        sql = f"SELECT id FROM documents WHERE {' AND '.join(named)}"
        return {row[0] for row in self.query(sql, patterns)}

    def events_reported_in(self, documents: Collection[str]) -> list[Event]:
        """Return the events that these documents report, in order of date."""
        return self.select(
            Event,
            "SELECT * FROM events WHERE id IN "
            "(SELECT event_id FROM reports WHERE document_id IN (SELECT unnest($documents))) "
            "ORDER BY first NULLS LAST, id",
            {"documents": sorted(documents)},
        )

    def claims_in(
        self, run_id: str, documents: Collection[str]
    ) -> tuple[list[Claim], list[Matter]]:
        """Return the claims that a run drew from these documents, and what they are about."""
        part = (
            "SELECT unnest(one) FROM (SELECT unnest({}) AS one FROM extractions "
            "WHERE run_id = $run AND document_id IN (SELECT unnest($documents)))"
        )
        given = {"run": run_id, "documents": sorted(documents)}
        claims = self.select(Claim, part.format("claims"), given)
        # what an earlier version drew has no such column, and tells of none
        columns = {row[0] for row in self.query("DESCRIBE SELECT * FROM extractions")}
        known = "matters" in columns
        return claims, self.select(Matter, part.format("matters"), given) if known else []

    def changes(self) -> list[Change]:
        """Return what the last resolution changed in the events of the one before."""
        path = self.folder / "changes.parquet"
        return read_records(path, Change) if path.exists() else []

    def reports(self) -> list[Report]:
        """Return all reports."""
        path = self.folder / "reports.parquet"
        return read_records(path, Report) if path.exists() else []

    # --- SQL -------------------------------------------------------------------------------

    def document_counts(self) -> tuple[int, int]:
        """Return how many documents there are, and how many of them have no known date."""
        sql = "SELECT count(*), count(*) FILTER (WHERE published IS NULL) FROM documents"
        total, undated = self.query(sql)[0]
        return total, undated

    def documents_per_month(self) -> dict[str, int]:
        """Return how many documents were published in each month, by "YYYY-MM"."""
        rows = self.query(
            "SELECT strftime(published, '%Y-%m'), count(*) FROM documents "
            "WHERE published IS NOT NULL GROUP BY ALL"
        )
        return dict(rows)

    def query(
        self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()
    ) -> list[tuple[Any, ...]]:
        """Run SQL over the views documents, extractions, notices, events and reports.

        The views live in memory and are made for the call: the Parquet files are all there is.

        Args:
            sql: one statement.
            parameters: values for its question marks, or by name for its ``$name``.

        Raises:
            StoreError: when the statement fails.
        """
        with self._connected(sql) as connection:
            rows: list[tuple[Any, ...]] = connection.execute(sql, parameters or None).fetchall()
            return rows

    def select(self, record: type[R], sql: str, parameters: Mapping[str, object]) -> list[R]:
        """Run SQL whose rows are records of a class, and return these.

        Raises:
            StoreError: when the statement fails or gives other columns.
        """
        with self._connected(sql) as connection:
            table = connection.sql(sql, params=dict(parameters)).to_arrow_table()
        try:
            return from_table(table, record)
        except KeyError as error:
            raise StoreError(
                f"{self.folder}: lacks the column {error}; it was written by another version"
            ) from error

    @contextmanager
    def _connected(self, sql: str) -> Iterator[Any]:
        """Give a connection to the views that a statement names; its errors become ours."""
        with quiet(duckdb.connect()) as connection, self.reading():
            try:
                for name, record, pattern in VIEWS:
                    if name in sql:  # a damaged file must not block what does not need it
                        make_view(connection, name, record, self.files(pattern))
                yield connection
            except duckdb.Error as error:
                raise told_of_sql(error, self.folder) from error


def _any_word(words: Collection[str]) -> str:
    """Return a pattern, as DuckDB reads it, that fits any of some words; of none, nothing."""
    return rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b" if words else r"[^\s\S]"


def told_of_sql(error: duckdb.Error, folder: Path) -> StoreError:
    """Return what DuckDB says of a store in our words; what would work where a file is damaged."""
    told = str(error).splitlines()[0]
    return StoreError(f"{folder}: {told}" + f"; {MENDING}" * (".parquet'" in told))


def by_event(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """Return reports by the event that they report."""
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(report.event_id, []).append(report)
    return found


def quiet(connection: Any) -> Any:
    """Return a connection that draws no progress on the terminal, however long it works."""
    connection.execute("SET enable_progress_bar = false")
    return connection


def make_view(connection: Any, name: str, record: type, paths: Sequence[Path]) -> None:
    """Make a view of records over their Parquet files; without files it is empty."""
    if paths:
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        # these outlive the version that wrote them, and later ones may have more columns
        union = record in (Document, Extraction)
        connection.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}], union_by_name = {union})"
        )
    else:
        connection.register(name, to_table([], record))


VIEWS: tuple[tuple[str, type, str], ...] = (
    ("documents", Document, "documents/*.parquet"),
    ("extractions", Extraction, "extractions/*/*.parquet"),
    ("notices", Notice, "notices/*.parquet"),
    ("events", Event, "events.parquet"),
    ("reports", Report, "reports.parquet"),
)
# The countries of an event's actors and of its recipients, as columns.
COUNTRIES_OF_SIDES = (
    "list_transform(actors, lambda one : one.country) AS acting, "
    "list_transform(recipients, lambda one : one.country) AS receiving"
)
