"""How long resolution takes as reports grow: ``python -m benchmarks.scale --store FOLDER``.

FOLDER is a store in which documents have been extracted (``detente extract --store``); the run that
has drawn from most of them counts. Of its documents the last 4,000, 16,000 and 64,000 by date are
resolved, each in a store and a process of its own: reading the store, copies, events, origins, and
writing. ``ratio`` is the time against n log n from the smallest size; no worse means at most 1.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from math import log
from pathlib import Path

from benchmarks.scoring import ratio
from detente import workflow
from detente.model import Extraction
from detente.storage.catalog import Store, read_records, write_records

SIZES = (4_000, 16_000, 64_000)
_SHARD = 512


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--json", action="store_true", help="print JSON (the default too)")
    options = parser.parse_args()
    rows = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            run_id = part_of(options.store, Path(folder) / "store", size)
            # a process of its own: neither memory nor caches of the size before
            context = multiprocessing.get_context("spawn")
            with context.Pool(1) as pool:
                rows.append(pool.apply(measure, (Path(folder) / "store", run_id)))
    first = rows[0]
    for row in rows:
        growth = row["documents"] * log(row["documents"])
        growth /= first["documents"] * log(first["documents"])
        row["ratio"] = round(ratio(row["seconds"], first["seconds"] * growth), 2)
    print(json.dumps(rows, indent=2))


def part_of(source: Path, target: Path, size: int) -> str:
    """Make a store of the last documents of another, with what was drawn from them.

    Returns:
        The id of the run that drew it.
    """
    store, part = Store(source), Store(target)
    runs = sorted((source / "extractions").iterdir(), key=lambda path: len(list(path.iterdir())))
    run_id = runs[-1].name
    pairs = list(store.documents_with_extractions(run_id))
    pairs.sort(key=lambda pair: (str(pair[0].published), pair[0].id))
    pairs = pairs[-size:]
    with part.writing():
        for start in range(0, len(pairs), _SHARD):
            batch = pairs[start : start + _SHARD]
            shard = part.add_documents([document for document, _ in batch])
            path = part.extraction_path(run_id, shard)
            write_records(path, [found for _, found in batch], Extraction)
    return run_id


def measure(folder: Path, run_id: str) -> dict[str, float]:
    """Resolve a store and return what that took."""
    store = Store(folder)
    begin = time.perf_counter()
    events, reports = workflow.resolve_run(store, run_id)
    with store.writing():
        store.put_events(events, reports, state=store.state(run_id))
    seconds = time.perf_counter() - begin
    claims = sum(
        len(one.claims)
        for path in (folder / "extractions" / run_id).iterdir()
        for one in read_records(path, Extraction)
    )
    return {
        "documents": len(store.document_ids()),
        "claims": claims,
        "events": len(events),
        "reports": len(reports),
        "seconds": round(seconds, 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


if __name__ == "__main__":
    main()
