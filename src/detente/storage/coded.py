"""Other people's events in a store, beside what detente drew from text.

::

    store/coded/DATASET/DIGEST.parquet   a batch of rows; a batch is named by the ids of its rows

Nothing is counted ahead: sums are made by DuckDB from the flat columns when somebody asks, and rows
that repeat an earlier one are left out of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from detente.errors import StoreError
from detente.model import CodedEvent, Dyad, digest
from detente.storage.catalog import (
    Store,
    make_view,
    quiet,
    read_records,
    told_of_sql,
    write_records,
)

__all__ = [
    "PairRow",
    "add_coded",
    "batch_name",
    "coded_among",
    "coded_ids",
    "coded_months",
    "coded_volumes",
    "datasets_of",
    "pair_days",
    "pair_months",
    "pair_published",
    "pair_rows",
]


class PairRow(NamedTuple):
    """One event between the sides of a pair, in the form in which it is counted."""

    day: date
    id: str
    event_type: str
    score: float
    forward: bool


def add_coded(store: Store, dataset: str, events: Sequence[CodedEvent]) -> None:
    """Write one batch of rows, named by their ids; the same batch is kept once."""
    path = store.folder / "coded" / dataset / f"{batch_name(events)}.parquet"
    write_records(path, events, CodedEvent)


def batch_name(events: Sequence[CodedEvent]) -> str:
    """Return the name of the file of these rows."""
    return digest("coded", *[event.id for event in events])


def datasets_of(store: Store) -> tuple[str, ...]:
    """Return the names of the datasets of which the store holds rows, sorted."""
    return tuple(sorted({path.parent.name for path in store.folder.glob("coded/*/*.parquet")}))


def coded_ids(store: Store, dataset: str) -> set[str]:
    """Return the ids of the rows of a dataset."""
    return {row[0] for row in _query(store, dataset, "SELECT id FROM coded")}


def coded_among(store: Store, dataset: str, ids: Sequence[str]) -> list[CodedEvent]:
    """Return the rows with these ids, in order of day."""
    found = [
        event
        for path in sorted((store.folder / "coded" / dataset).glob("*.parquet"))
        for event in read_records(path, CodedEvent, among=("id", ids))
    ]
    return sorted(found, key=lambda event: (event.day, event.id))


def pair_rows(store: Store, dataset: str, dyad: Dyad) -> list[PairRow]:
    """Return the events between two countries that have a PLOVER type, in order of day."""
    rows = _query(
        store,
        dataset,
        """
        SELECT day, id, event_type, score, actor = ? AS forward FROM coded
        WHERE quad > 0 AND duplicate_of IS NULL
          AND ((actor = ? AND recipient = ?) OR (actor = ? AND recipient = ?))
        ORDER BY day, id
        """,
        [dyad.actor, dyad.actor, dyad.recipient, dyad.recipient, dyad.actor],
    )
    return [PairRow(*row) for row in rows]


def pair_published(store: Store, dataset: str, dyad: Dyad) -> dict[str, date]:
    """Return when the rows of a pair were published or added, by id, where the dataset says so.

    GDELT has DATEADDED, POLECAT its publication date, a PLOVER record the date of what it cites;
    an event of ICEWS bears the day of its story.
    """
    said = {
        "gdelt": "left(columns ->> 'DATEADDED', 8)",
        "polecat": "replace(columns ->> '$.\"Publication Date\"', '-', '')",
        "plover": "replace(try_cast(columns ->> 'cite_info' AS JSON) ->> 'date', '-', '')",
    }.get(dataset)
    if said is None:
        return {}
    rows = _query(
        store,
        dataset,
        f"""
        SELECT id, try_strptime({said}, '%Y%m%d')::DATE AS published FROM coded
        WHERE quad > 0 AND duplicate_of IS NULL AND published IS NOT NULL
          AND ((actor = ? AND recipient = ?) OR (actor = ? AND recipient = ?))
        """,
        [dyad.actor, dyad.recipient, dyad.recipient, dyad.actor],
    )
    return dict(rows)


def pair_days(store: Store, dataset: str, dyad: Dyad) -> pa.Table:
    """Return counts and sums of scores between two countries by day, direction and type.

    Columns: day, forward, event_type, events, score.
    """
    return _table(
        store,
        dataset,
        """
        SELECT day, actor = ? AS forward, event_type, count(*) AS events, sum(score) AS score
        FROM coded
        WHERE quad > 0 AND duplicate_of IS NULL
          AND ((actor = ? AND recipient = ?) OR (actor = ? AND recipient = ?))
        GROUP BY ALL
        """,
        [dyad.actor, dyad.actor, dyad.recipient, dyad.recipient, dyad.actor],
    )


def pair_months(store: Store, dataset: str) -> pa.Table:
    """Return counts by quad class and the sum of scores of every ordered pair and month.

    Columns: month (its first day), actor, recipient, verbal_cooperation, material_cooperation,
    verbal_conflict, material_conflict, score.
    """
    return _table(
        store,
        dataset,
        """
        SELECT date_trunc('month', day)::DATE AS month, actor, recipient,
               count(*) FILTER (quad = 1) AS verbal_cooperation,
               count(*) FILTER (quad = 2) AS material_cooperation,
               count(*) FILTER (quad = 3) AS verbal_conflict,
               count(*) FILTER (quad = 4) AS material_conflict,
               sum(score) AS score
        FROM coded
        WHERE quad > 0 AND duplicate_of IS NULL
          AND actor <> '' AND recipient <> '' AND actor <> recipient
        GROUP BY ALL
        """,
    )


def coded_months(store: Store, dataset: str) -> dict[str, int]:
    """Return how many rows a dataset has of each month, by "YYYY-MM": the exposure."""
    rows = _query(
        store,
        dataset,
        "SELECT strftime(day, '%Y-%m'), count(*) FROM coded "
        "WHERE duplicate_of IS NULL GROUP BY ALL",
    )
    return dict(rows)


def coded_volumes(store: Store, dataset: str, dyad: Dyad) -> dict[str, dict[str, int]]:
    """Return for each country of a pair its rows of each month, by "YYYY-MM", with anyone."""
    rows = _query(
        store,
        dataset,
        """
        SELECT country, strftime(day, '%Y-%m'), count(*)
        FROM coded, unnest([?, ?]) AS sides(country)
        WHERE quad > 0 AND duplicate_of IS NULL AND (actor = country OR recipient = country)
        GROUP BY ALL
        """,
        [dyad.actor, dyad.recipient],
    )
    found: dict[str, dict[str, int]] = {dyad.actor: {}, dyad.recipient: {}}
    for country, month, count in rows:
        found[country][month] = count
    return found


def _query(
    store: Store, dataset: str, sql: str, parameters: Sequence[object] = ()
) -> list[tuple[Any, ...]]:
    with _connected(store, dataset) as connection:
        return connection.execute(sql, list(parameters)).fetchall()


def _table(store: Store, dataset: str, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
    with _connected(store, dataset) as connection:
        return connection.sql(sql, params=list(parameters)).to_arrow_table()


@contextmanager
def _connected(store: Store, dataset: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection that has the rows of a dataset as the view `coded`."""
    paths = sorted((store.folder / "coded" / dataset).glob("*.parquet"))
    if not paths:
        raise StoreError(f"{store.folder}: holds no {dataset} data; import some first")
    with quiet(duckdb.connect()) as connection:
        try:
            make_view(connection, "coded", CodedEvent, paths)
            yield connection
        except duckdb.Error as error:
            raise told_of_sql(error, store.folder) from error
