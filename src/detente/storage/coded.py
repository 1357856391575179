"""Other people's events in a store, beside what detente drew from text.

::

    store/coded/DATASET/DIGEST.parquet   a batch of rows; a batch is named by the ids of its rows

Nothing is counted ahead: sums are made by DuckDB from the flat columns when somebody asks, and rows
that repeat an earlier one are left out of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import duckdb

from detente.errors import StoreError
from detente.model import CodedEvent, Dyad, digest
from detente.storage.catalog import Store, read_records, write_records

__all__ = [
    "PairMonth",
    "PairRow",
    "add_coded",
    "coded_among",
    "coded_ids",
    "coded_months",
    "coded_volumes",
    "datasets_of",
    "pair_months",
    "pair_rows",
]


class PairRow(NamedTuple):
    """One event between the sides of a pair, in the form in which it is counted."""

    day: date
    id: str
    event_type: str
    score: float
    forward: bool


class PairMonth(NamedTuple):
    """What happened from one country to another in a month."""

    month: date
    actor: str
    recipient: str
    counts: tuple[int, int, int, int]
    score: float


def add_coded(store: Store, dataset: str, events: Sequence[CodedEvent]) -> None:
    """Write one batch of rows, named by their ids; the same batch is kept once."""
    name = digest("coded", *[event.id for event in events])
    write_records(store.folder / "coded" / dataset / f"{name}.parquet", events, CodedEvent)


def datasets_of(store: Store) -> dict[str, int]:
    """Return how many rows the store holds of each dataset, by name."""
    found = {}
    for folder in sorted((store.folder / "coded").glob("*")):
        if any(folder.glob("*.parquet")):
            rows = _query(store, folder.name, "SELECT count(*) FROM coded")
            found[folder.name] = int(rows[0][0])
    return found


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


def pair_months(store: Store, dataset: str) -> list[PairMonth]:
    """Return counts by quad class and the sum of scores of every ordered pair and month."""
    rows = _query(
        store,
        dataset,
        """
        SELECT date_trunc('month', day)::DATE AS month, actor, recipient,
               count(*) FILTER (quad = 1), count(*) FILTER (quad = 2),
               count(*) FILTER (quad = 3), count(*) FILTER (quad = 4), sum(score)
        FROM coded
        WHERE quad > 0 AND duplicate_of IS NULL
          AND actor <> '' AND recipient <> '' AND actor <> recipient
        GROUP BY ALL
        """,
    )
    return [PairMonth(row[0], row[1], row[2], tuple(row[3:7]), row[7]) for row in rows]


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
    paths = sorted(str(path) for path in (store.folder / "coded" / dataset).glob("*.parquet"))
    if not paths:
        raise StoreError(f"{store.folder}: holds no {dataset} data; import some first")
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    with duckdb.connect() as connection:
        try:
            connection.execute(f"CREATE VIEW coded AS SELECT * FROM read_parquet([{listed}])")
            return connection.execute(sql, list(parameters)).fetchall()
        except duckdb.Error as error:
            raise StoreError(f"{store.folder}: {str(error).splitlines()[0]}") from error
