"""What the last resolution made of each block of claims, to be taken over where nothing changed."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from detente.model import Event, Report, Settled
from detente.storage.catalog import Store, by_event, note_of, read_table
from detente.storage.records import from_table, schema_of

__all__ = ["settled_blocks"]

_FILES: tuple[tuple[str, type], ...] = (("blocks", Settled), ("events", Event), ("reports", Report))


def settled_blocks(store: Store, run_id: str) -> dict[str, tuple[list[Event], list[Report]]]:
    """Return the events and reports of each block, by the digest of what it was made of.

    Nothing where the files are damaged, lack each other or are of another run: all is then
    resolved anew.
    """
    try:
        tables = {name: read_table(store.folder / f"{name}.parquet") for name, _ in _FILES}
    except MemoryError:
        raise
    except (OSError, pa.ArrowException):
        return {}
    notes = {note_of(table.schema.metadata) for table in tables.values()}
    if len(notes) != 1 or notes.pop().partition(" ")[0] != run_id:
        return {}
    if not all(tables[name].schema.equals(schema_of(record)) for name, record in _FILES):
        return {}
    events = {one.id: one for one in from_table(tables["events"], Event)}
    reports = by_event(from_table(tables["reports"], Report))
    return {
        block.input: ([events[one] for one in block.event_ids], _of(block.event_ids, reports))
        for block in from_table(tables["blocks"], Settled)
        if all(one in events for one in block.event_ids)
    }


def _of(event_ids: Iterable[str], reports: dict[str, list[Report]]) -> list[Report]:
    return [report for one in event_ids for report in reports.get(one, ())]
