"""Sums over ten million events: ``python -m benchmarks.aggregate [--rows N] [--json]``.

Synthetic rows in the columns of `detente.model.CodedEvent` are written as a store holds them, in
batches. Measured are one pair's series and the counts of all pairs and months: detente, the same
sums as plain DuckDB SQL over the same files, and pandas and polars where they are installed. Each
runs in a process of its own: seconds (the best of three) and peak memory. The ratio is that of the
best of five turns of detente and plain SQL in one process.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.scoring import ratio
from detente.model import CodedEvent, Dyad, EventType, mode_score, quad_class
from detente.storage.catalog import Store
from detente.storage.coded import pair_days, pair_months
from detente.storage.records import schema_of

BATCH = 500_000
COUNTRIES = 200
DAYS = 365 * 10
PAIR = Dyad("C001", "C002")
RUNS = 3
TURNS = 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--json", action="store_true", help="print JSON (the default too)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        write(store, options.rows)
        result: dict[str, Any] = {"rows": options.rows}
        for name, (pair, months) in WAYS.items():
            # a process of its own: neither memory nor caches of the one before
            context = multiprocessing.get_context("spawn")
            with context.Pool(1) as pool:
                result[name] = pool.apply(measured, (pair, months, store))
        # one after the other, again and again: the machine may be busy with something else
        ours, plain = WAYS["detente"], WAYS["plain DuckDB SQL"]
        for what, one, other in zip(("pair", "months"), ours, plain, strict=True):
            times = [(_seconds(one, store), _seconds(other, store)) for _ in range(TURNS)]
            result[f"{what}: detente over plain SQL"] = round(
                ratio(min(a for a, _ in times), min(b for _, b in times)), 2
            )
    print(json.dumps(result, indent=1))


def write(store: Path, rows: int) -> None:
    """Write rows as an import would, in batches."""
    Store(store)
    folder = store / "coded" / "synthetic"
    folder.mkdir(parents=True)
    (store / "format.json").write_text('{"format": 1}', "utf-8")
    draw = np.random.default_rng(1)
    schema = schema_of(CodedEvent)
    kinds = list(EventType)
    countries = pa.array([f"C{n:03d}" for n in range(COUNTRIES)])
    start = np.datetime64("2010-01-01")
    for number, first in enumerate(range(0, rows, BATCH)):
        size = min(BATCH, rows - first)
        kind = draw.integers(len(kinds), size=size)
        days = start + np.sort(draw.integers(DAYS, size=size)).astype("timedelta64[D]")
        # few pairs have most of the events, as in real data
        sides = [np.minimum(draw.zipf(1.3, size) - 1, COUNTRIES - 1) for _ in range(2)]
        filled: dict[str, pa.Array] = {
            "id": pa.array([f"{first + n:032x}" for n in range(size)]),
            "day": pa.array(days),
            "event_type": pa.array([kinds[k].value for k in kind]),
            "quad": pa.array([quad_class(kinds[k]) for k in kind]),
            "score": pa.array([mode_score(kinds[k], None) for k in kind]),
            "actor": countries.take(pa.array(sides[0])),
            "recipient": countries.take(pa.array(sides[1])),
        }
        for field in schema:
            if field.name in filled:
                filled[field.name] = filled[field.name].cast(field.type)
            elif field.name in {"goldstein", "latitude", "longitude", "mode", "duplicate_of"}:
                filled[field.name] = pa.nulls(size, field.type)
            elif pa.types.is_string(field.type):
                filled[field.name] = pa.array([""] * size, field.type)
            else:
                filled[field.name] = pa.array(np.ones(size, dtype=int)).cast(field.type)
        table = pa.table([filled[field.name] for field in schema], schema=schema)
        pq.write_table(table, folder / f"{number:04d}.parquet", compression="zstd")


def _seconds(work: Work, store: Path) -> float:
    begin = time.perf_counter()
    work(store)
    return time.perf_counter() - begin


def measured(pair: Work, months: Work, store: Path) -> dict[str, Any]:
    """Return the best seconds of both sums, how many groups, and the peak memory in MB."""
    result: dict[str, Any] = {}
    for name, work in (("pair", pair), ("months", months)):
        times = []
        for _ in range(RUNS):
            begin = time.perf_counter()
            try:
                groups = work(store)
            except ImportError as error:
                return {"not installed": str(error)}
            times.append(time.perf_counter() - begin)
        result[name] = round(min(times), 3)
        result[f"{name}: groups"] = groups
    result["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return result


Work = Callable[[Path], int]


def detente_pair(store: Path) -> int:
    """Count one pair by day, direction and type."""
    return pair_days(Store(store), "synthetic", PAIR).num_rows


def detente_months(store: Path) -> int:
    """Count all pairs by month."""
    return pair_months(Store(store), "synthetic").num_rows


SQL_PAIR = """
    SELECT day, actor, event_type, count(*), sum(score) FROM read_parquet('{files}')
    WHERE quad > 0 AND duplicate_of IS NULL
      AND ((actor = 'C001' AND recipient = 'C002') OR (actor = 'C002' AND recipient = 'C001'))
    GROUP BY ALL
"""
SQL_MONTHS = """
    SELECT date_trunc('month', day) AS month, actor, recipient,
           count(*) FILTER (quad = 1), count(*) FILTER (quad = 2),
           count(*) FILTER (quad = 3), count(*) FILTER (quad = 4), sum(score)
    FROM read_parquet('{files}')
    WHERE quad > 0 AND duplicate_of IS NULL AND actor <> recipient
      AND actor <> '' AND recipient <> ''
    GROUP BY ALL
"""


def _sql(store: Path, sql: str) -> int:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        files = store / "coded" / "synthetic" / "*.parquet"
        return connection.sql(sql.format(files=files)).to_arrow_table().num_rows


def sql_pair(store: Path) -> int:
    """Count one pair by plain SQL."""
    return _sql(store, SQL_PAIR)


def sql_months(store: Path) -> int:
    """Count all pairs by plain SQL."""
    return _sql(store, SQL_MONTHS)


COLUMNS = ["day", "actor", "recipient", "event_type", "quad", "score"]


def pandas_pair(store: Path) -> int:
    """Count one pair with pandas."""
    import pandas

    rows = pandas.read_parquet(store / "coded" / "synthetic", columns=COLUMNS)
    ours = rows[
        ((rows.actor == PAIR.actor) & (rows.recipient == PAIR.recipient))
        | ((rows.actor == PAIR.recipient) & (rows.recipient == PAIR.actor))
    ]
    return len(ours.groupby(["day", "actor", "event_type"]).score.agg(["size", "sum"]))


def pandas_months(store: Path) -> int:
    """Count all pairs with pandas."""
    import pandas

    rows = pandas.read_parquet(store / "coded" / "synthetic", columns=COLUMNS)
    rows = rows[rows.actor != rows.recipient]
    month = pandas.to_datetime(rows.day).dt.to_period("M")
    grouped = rows.groupby([month, "actor", "recipient", "quad"]).score.agg(["size", "sum"])
    return len(grouped.unstack("quad"))


def polars_pair(store: Path) -> int:
    """Count one pair with polars."""
    import polars

    c = polars.col
    rows = polars.scan_parquet(store / "coded" / "synthetic" / "*.parquet").filter(
        ((c("actor") == PAIR.actor) & (c("recipient") == PAIR.recipient))
        | ((c("actor") == PAIR.recipient) & (c("recipient") == PAIR.actor))
    )
    grouped = rows.group_by("day", "actor", "event_type").agg(polars.len(), c("score").sum())
    return len(grouped.collect())


def polars_months(store: Path) -> int:
    """Count all pairs with polars."""
    import polars

    c = polars.col
    rows = polars.scan_parquet(store / "coded" / "synthetic" / "*.parquet").filter(
        c("actor") != c("recipient")
    )
    grouped = rows.group_by(c("day").dt.truncate("1mo"), "actor", "recipient").agg(
        *[(c("quad") == quad).sum().alias(f"q{quad}") for quad in (1, 2, 3, 4)], c("score").sum()
    )
    return len(grouped.collect())


WAYS: dict[str, tuple[Work, Work]] = {
    "detente": (detente_pair, detente_months),
    "plain DuckDB SQL": (sql_pair, sql_months),
    "pandas": (pandas_pair, pandas_months),
    "polars": (polars_pair, polars_months),
}


if __name__ == "__main__":
    main()
