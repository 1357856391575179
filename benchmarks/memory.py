"""How much memory each stage needs at most: ``python -m benchmarks.memory --data FOLDER_OF_JSONL``.

Reports are read, extracted and resolved in stores of growing size, every stage in a process of its
own. What counts is the peak beyond what the process needs for one report (model, lexicons and
libraries): where that grows with the number of reports, a large pile will not fit. The peak is
``VmHWM`` of Linux, which a new process does not inherit.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.line import lines_of, sample
from detente import workflow
from detente.settings import Settings
from detente.storage.catalog import Store

SIZES = (1_000, 2_000, 4_000)
SETTINGS = Settings(processes=1)


def peak() -> int:
    """Return the most memory that this process has had, in MB."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    (line,) = [line for line in lines if line.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


def stage(name: str, source: Path, folder: Path) -> int:
    """Run one stage over a store; return the peak of memory."""
    store = Store(folder)
    if name == "read":
        workflow.read([source], store, settings=SETTINGS)
    else:
        {"extract": workflow.extract, "resolve": workflow.resolve}[name](store, settings=SETTINGS)
    return peak()


def measure(documents: list[Any], scratch: Path) -> dict[str, int]:
    """Return the peak of each stage over these documents, in MB."""
    source, folder = scratch / "reports.jsonl", scratch / "store"
    source.write_text("".join(f"{line}\n" for line in lines_of(documents)), "utf-8")
    context = multiprocessing.get_context("spawn")
    found = {}
    for name in ("read", "extract", "resolve"):
        with context.Pool(1) as pool:
            found[name] = pool.apply(stage, (name, source, folder))
    return found


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder of .jsonl.gz reports")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    listed = sample(given.data, max(given.sizes))
    rows = []
    for size in (1, *given.sizes):
        with tempfile.TemporaryDirectory() as scratch:
            rows.append({"reports": size, **measure(listed[:size], Path(scratch))})
    if given.json:
        print(json.dumps(rows, indent=1))
        return
    for row in rows:
        print("  ".join(f"{name} {value:>6}" for name, value in row.items()))


if __name__ == "__main__":
    main()
