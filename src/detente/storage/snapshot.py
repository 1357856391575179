"""A store as it stands at one moment, for readers: what is looked up often is held in memory.

Events and reports are read once, as one resolution wrote them, and the claims of its run are taken
out of the extractions; documents stay on disk, and an index tells which shard has which. A snapshot
writes nothing and keeps nobody from writing: shards never change, a resolution replaces its files
whole, and what was merged into other files stays where it is as long as a snapshot lives.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from detente.errors import NotResolvedError, StoreError
from detente.model import Claim, Event, Report, Run
from detente.storage.catalog import (
    COUNTRIES_OF_SIDES,
    MENDING,
    VIEWS,
    Store,
    make_view,
    note_of,
    quiet,
    read_table,
    told_of_sql,
)
from detente.storage.records import schema_of, to_table

__all__ = ["Snapshot"]

# Events and reports are replaced one after the other, within milliseconds.
_TRIES = 40
_PAUSE = 0.05


class Snapshot(Store):
    """One resolution of a store with the documents that it rests on; it cannot be written.

    Args:
        folder: the store's folder.

    Attributes:
        note: which run and which of its extractions the events were made of.
        run: that run.

    Raises:
        NotResolvedError: when the store has no events yet, or those of an older detente.
        StoreError: when a file is damaged.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        held = self.reading()  # as long as this lives: views name files
        held.__enter__()
        weakref.finalize(self, held.__exit__, None, None, None)
        self.note, tables = _resolution(folder)
        run_id = self.note.partition(" ")[0]
        found = [run for run in super().runs() if run.id == run_id]
        if not found:
            raise NotResolvedError(folder)
        self.run: Run = found[0]
        self._shards = tuple(
            shard
            for shard in super().document_shards()
            if self.extraction_path(run_id, shard).exists()
        )
        self._memory = duckdb.connect()
        try:
            self._make(tables)
        except duckdb.Error as error:
            raise told_of_sql(error, folder) from error

    def _make(self, tables: dict[str, pa.Table]) -> None:
        """Make the tables and views that statements name, seen by every cursor."""
        drawn = [self.extraction_path(self.run.id, shard) for shard in self._shards]
        paths = {"documents": self._shards, "extractions": drawn}
        for name, record, pattern in VIEWS:
            files = paths[name] if name in paths else self.files(pattern)
            if name in tables or not files:
                self._keep(name, tables.get(name, to_table([], record)))
            else:
                make_view(self._memory, name, record, files)
        if drawn:
            self._memory.execute(
                "CREATE TABLE claims AS "
                "SELECT unnest(one) FROM (SELECT unnest(claims) AS one FROM extractions)"
            )
        else:
            self._keep("claims", to_table([], Claim))
        told = "SELECT unnest(list_concat(claim_ids, denial_ids)) AS id FROM events"
        lost = self.query(f"SELECT count(*) FROM ({told}) ANTI JOIN claims USING (id)")[0][0]
        if lost:
            raise StoreError(
                f"{self.folder}: {lost} claims of its events are missing in extractions; "
                f"`detente events --store {self.folder}` makes both anew"
            )

    def _keep(self, name: str, table: pa.Table) -> None:
        self._memory.register("found", table)
        self._memory.execute(f"CREATE TABLE {name} AS SELECT * FROM found")
        self._memory.unregister("found")

    @contextmanager
    def writing(self) -> Iterator[tuple[Path, ...]]:
        """Refuse: readers write nothing.

        Raises:
            StoreError: always.
        """
        raise StoreError(f"{self.folder}: is open for reading alone")
        yield ()

    def document_shards(self) -> tuple[Path, ...]:
        """Return the files of the documents from which the run has drawn, sorted by name."""
        return self._shards

    def documents_per_month(self) -> dict[str, int]:
        """Return how many documents were published in each month, by "YYYY-MM"."""
        return self._months

    @cached_property
    def _months(self) -> dict[str, int]:
        return super().documents_per_month()

    @cached_property
    def _shard_of(self) -> dict[str, Path]:
        if not self._shards:
            return {}
        by_name = {str(path): path for path in self._shards}
        rows = self.query(
            "SELECT id, filename FROM read_parquet($paths, filename = true)",
            {"paths": list(by_name)},
        )
        return {identifier: by_name[name] for identifier, name in rows}

    def _shards_of(self, ids: Collection[str]) -> list[Path]:
        return sorted({self._shard_of[one] for one in ids if one in self._shard_of})

    @contextmanager
    def _connected(self, _sql: str) -> Iterator[Any]:
        with quiet(self._memory.cursor()) as connection:
            try:
                yield connection
            except duckdb.Error as error:
                raise told_of_sql(error, self.folder) from error

    # --- records -----------------------------------------------------------------------------

    def events(self) -> list[Event]:
        """Return all events, in order of date."""
        return self.select(Event, "SELECT * FROM events ORDER BY first NULLS LAST, id", {})

    def reports(self) -> list[Report]:
        """Return all reports, by event in order of their days."""
        sql = "SELECT * FROM reports ORDER BY event_id, published NULLS LAST, id"
        return self.select(Report, sql, {})

    def reports_in(self, document_id: str) -> list[Report]:
        """Return the reports that a document makes, one for each event that it tells of."""
        return self.select(
            Report,
            "SELECT * FROM reports WHERE document_id = $id ORDER BY event_id, id",
            {"id": document_id},
        )

    def claims_of(self, ids: Collection[str]) -> dict[str, Claim]:
        """Return the claims with these ids, by id."""
        sql = "SELECT * FROM claims WHERE list_contains($ids, id) ORDER BY id"
        return {claim.id: claim for claim in self.select(Claim, sql, {"ids": sorted(ids)})}

    def alike(self, event: Event) -> list[Event]:
        """Return the other events of the same act against the same countries on the same days."""
        return self.select(
            Event,
            f"""
            WITH sided AS (SELECT *, {COUNTRIES_OF_SIDES} FROM events WHERE act = $act)
            SELECT * EXCLUDE (acting, receiving) FROM sided
            WHERE id <> $id AND NOT reciprocal AND first <= $last AND last >= $first
              AND list_sort(list_distinct(receiving)) = $countries
            ORDER BY first, id
            """,
            {
                "act": event.act.value,
                "id": event.id,
                "first": event.first,
                "last": event.last,
                "countries": sorted({actor.country for actor in event.recipients}),
            },
        )

    def labels(self, event_ids: Collection[str], order: Sequence[str]) -> dict[str, str]:
        """Return, of each of these events, the label of those that affirm it which comes first.

        What its outlet took back counts only where nothing else affirms the event.

        Args:
            event_ids: the events; one that no claim affirms has no label.
            order: all labels.
        """
        rows = self.query(
            """
            WITH affirmed AS (
              SELECT id AS event_id, unnest(claim_ids) AS claim_id FROM events
              WHERE list_contains($ids, id)
            ), withdrawn AS (
              SELECT event_id, document_id FROM reports
              WHERE withdrawn_by IS NOT NULL AND list_contains($ids, event_id)
            )
            SELECT event_id, list_extract($order, min(
              (withdrawn.document_id IS NOT NULL)::INT * 100
              + list_position($order, claims.certainty.label)) % 100)
            FROM affirmed
            JOIN claims ON claims.id = affirmed.claim_id
            LEFT JOIN withdrawn USING (event_id, document_id)
            GROUP BY event_id
            """,
            {"ids": sorted(event_ids), "order": list(order)},
        )
        return dict(rows)

    def busiest_pairs(self) -> list[tuple[str, str, int]]:
        """Return the pairs of countries with the number of their affirmed events, most first."""
        return self.query(
            f"""
            WITH sided AS (SELECT id, reciprocal, {COUNTRIES_OF_SIDES} FROM events
                           WHERE len(claim_ids) > 0),
            ends AS (
              SELECT id, unnest(acting) AS a, receiving AS others FROM sided
              UNION ALL SELECT id, unnest(acting), acting FROM sided WHERE reciprocal
            ), pairs AS (SELECT id, a, unnest(others) AS b FROM ends)
            SELECT least(a, b) AS one, greatest(a, b) AS other, count(DISTINCT id) AS events
            FROM pairs WHERE a <> b AND a <> '' AND b <> ''
            GROUP BY one, other ORDER BY events DESC, one, other
            """
        )


def _resolution(folder: Path) -> tuple[str, dict[str, pa.Table]]:
    """Read events and reports that one resolution wrote, and the note that both bear."""
    for _ in range(_TRIES):
        read = {
            name: _table(folder / f"{name}.parquet", record)
            for name, record in (("reports", Report), ("events", Event))
        }
        notes = {note_of(table.schema.metadata) for table in read.values()}
        if len(notes) == 1:
            (note,) = notes
            return note, read
        time.sleep(_PAUSE)
    raise StoreError(f"{folder}: events and reports are of two resolutions; resolve it again")


def _table(path: Path, record: type) -> pa.Table:
    try:
        table = read_table(path)
    except FileNotFoundError as error:
        raise NotResolvedError(path.parent) from error
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise StoreError(f"{path}: damaged; {MENDING}: {reason}") from error
    if not table.schema.equals(schema_of(record)):
        raise NotResolvedError(path.parent)
    return table
