"""How long pages take: ``python -m benchmarks.pages --data PATH``.

PATH is a store whose events are made, or documents, from which such a store is made first. The
pages of pairs, events and documents are taken at random (with a fixed seed), pairs as often as they
have events, and asked for over HTTP from a server in a process of its own: each page once, which
is the first time for most pairs, and all of them again. ``bytes`` is the least that any page can
take: a file is sent. Milliseconds; the goal is 300 at the median.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import random
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles

from detente import web, workflow
from detente.storage.catalog import Store
from detente.storage.snapshot import Snapshot

PAGES = 100


def main() -> None:
    """Print p50 and p95 of each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of each kind")
    parser.add_argument("--json", action="store_true", help="print JSON (the default too)")
    options = parser.parse_args()
    if (options.data / "format.json").exists():
        print(json.dumps(measure(options.data, options.pages), indent=2))
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        workflow.read([options.data], store)
        workflow.resolve(store)
        print(json.dumps(measure(store.folder, options.pages), indent=2))


def measure(folder: Path, pages: int) -> dict[str, object]:
    """Serve a store, ask for its pages, and return what that took."""
    store = Snapshot(folder)
    paths = sample(store, pages)
    context = multiprocessing.get_context("spawn")
    told, teller = context.Pipe(duplex=False)
    begin = time.perf_counter()
    server = context.Process(target=_serve, args=(folder, teller), daemon=True)
    server.start()
    port = int(told.recv())
    rows: dict[str, object] = {
        "documents": store.document_counts()[0],
        "events": store.query("SELECT count(*) FROM events")[0][0],
        "start": round((time.perf_counter() - begin) * 1000),
    }
    try:
        for kind, listed in paths.items():
            rows[kind] = {"first": _times(port, listed), "again": _times(port, listed)}
    finally:
        server.terminate()
        server.join()
    return rows


def sample(store: Snapshot, pages: int) -> dict[str, list[str]]:
    """Return addresses of each kind."""
    chance = random.Random(7)
    pairs = store.busiest_pairs()
    events = [row[0] for row in store.query("SELECT id FROM events ORDER BY id")]
    reporting = [
        row[0]
        for row in store.query("SELECT DISTINCT document_id FROM reports ORDER BY document_id")
    ]
    chosen = chance.choices(pairs, weights=[count for _, _, count in pairs], k=pages)
    return {
        "bytes": ["/static/pages.css"] * pages,
        "home": ["/"] * pages,
        "relation": [f"/relations/{one}/{other}" for one, other, _ in chosen],
        "event": [f"/events/{one}" for one in chance.choices(events, k=pages)],
        "document": [f"/documents/{one}?char=0,9" for one in chance.choices(reporting, k=pages)],
        "sources": ["/sources"] * min(pages, 10),
        "brief": [f"/briefs/{one}/{other}" for one, other, _ in chosen[:10]],
    }


def _serve(folder: Path, teller: Connection) -> None:
    web.serve(folder, port=0, announce=lambda url: teller.send(url.rstrip("/").rpartition(":")[2]))


def _times(port: int, paths: Sequence[str]) -> dict[str, float]:
    taken = []
    for path in paths:
        begin = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - begin) * 1000)
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
    cuts = quantiles(taken, n=20, method="inclusive")
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1)}


if __name__ == "__main__":
    main()
