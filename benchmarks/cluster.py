"""Whether a Ray cluster draws what this machine draws, whatever dies on the way.

    python -m benchmarks.cluster --data FOLDER_OF_JSONL [--n 10000] [--processes N] [--json]

The same documents are extracted four times, each time into a store of its own: by processes of this
machine; on a Ray cluster that is started here; there with a worker killed when half of the files
are done; there with the driver killed at that point, and run again. Each is held against the first:
the records as a set, and the files byte by byte. Needs the extra ray, and Linux (workers are found
under /proc).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from detente import workflow
from detente.model import digest
from detente.settings import Engine, Settings
from detente.storage.catalog import Store

_WORKER = b"ray::_once"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a run left in its store.

    Attributes:
        records: digest of each extraction, sorted.
        claims: how many claims they hold.
        files: SHA-256 of each file, by its name.
    """

    records: tuple[str, ...]
    claims: int
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One run, and how it compares with that of this machine."""

    run: str
    seconds: float
    killed: str
    files: int
    records: int
    claims: int
    doubled: int
    same_records: bool
    same_bytes: int
    written_again: int


def main() -> None:
    """Print a line for each run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, help="folder of .jsonl.gz reports")
    parser.add_argument("--n", type=int, default=10_000, help="how many reports")
    parser.add_argument("--processes", type=int, default=2, help="workers")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--drive", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.drive is not None:
        drive(given.drive, given.processes)
        return
    if given.data is None:
        parser.error("--data is needed")
    rows = []
    for row in measure(given.data, given.n, given.processes):
        rows.append(asdict(row))
        if not given.json:
            print(in_words(row), flush=True)
    if given.json:
        print(json.dumps(rows, indent=2))


def in_words(row: Row) -> str:
    """Return a run as a line."""
    agrees = "the same" if row.same_records else "OTHER"
    return (
        f"{row.run:<18} {row.seconds:7.1f} s  {row.records} extractions in {row.files} files, "
        f"{row.claims} claims, {row.doubled} doubled: {agrees} records, "
        f"{row.same_bytes} files the same byte by byte, {row.written_again} written again"
        f"{row.killed and f'; {row.killed}'}"
    )


def drive(folder: Path, processes: int) -> None:
    """Extract a store on a cluster, and tell how far it is; runs in a process of its own."""
    settings = Settings(processes=processes, engine=Engine.RAY)

    def tell(_stage: str, done: int, _total: int | None) -> None:
        print(done, flush=True)

    workflow.extract(Store(folder), settings=settings, progress=tell)


def measure(data: Path, n: int, processes: int) -> Iterator[Row]:
    """Yield a row for each run."""
    with tempfile.TemporaryDirectory() as scratch:
        reports = Path(scratch) / "reports.jsonl"
        reports.write_bytes(b"".join(spread(data, n)))
        read = Path(scratch) / "read"
        size = workflow.read([reports], Store(read)).new
        first: Drawn | None = None
        for name, run in runs(processes).items():
            folder = Path(scratch) / name.replace(" ", "-")
            shutil.copytree(read, folder)
            begin = time.perf_counter()
            killed, again = run(folder, size // 2)
            seconds = time.perf_counter() - begin
            drawn = what_is_in(folder)
            first = first or drawn
            yield Row(
                run=name,
                seconds=round(seconds, 1),
                killed=killed,
                files=len(drawn.files),
                records=len(drawn.records),
                claims=drawn.claims,
                doubled=len(drawn.records) - len(set(drawn.records)),
                same_records=drawn.records == first.records,
                same_bytes=sum(first.files.get(k) == v for k, v in drawn.files.items()),
                written_again=again,
            )
            shutil.rmtree(folder)


def spread(data: Path, n: int) -> list[bytes]:
    """Return lines of the files of a folder, evenly spread over them."""
    lines: list[bytes] = []
    for path in sorted(data.glob("*.jsonl.gz")):
        with gzip.open(path, "rb") as file:
            lines += file
    return [lines[at * len(lines) // n] for at in range(n)] if n < len(lines) else lines


# Takes a store and the number of documents after which to kill; gives what was killed, and how
# many files that were there then were written again.
Run = Callable[[Path, int], tuple[str, int]]


def runs(processes: int) -> dict[str, Run]:
    """Return the runs by name."""

    def local(folder: Path, _half: int) -> tuple[str, int]:
        workflow.extract(Store(folder), settings=Settings(processes=processes))
        return "", 0

    def ray(folder: Path, _half: int) -> tuple[str, int]:
        finish(started(folder, processes))
        return "", 0

    def without_worker(folder: Path, half: int) -> tuple[str, int]:
        driver = started(folder, processes)
        done = until(driver, half)
        there = times(folder)
        worker = next(iter(workers_of(driver.pid)))
        os.kill(worker, signal.SIGKILL)
        finish(driver)
        return f"worker killed after {done} documents", changed(folder, there)

    def without_driver(folder: Path, half: int) -> tuple[str, int]:
        driver = started(folder, processes)
        done = until(driver, half)
        left = workers_of(driver.pid)
        driver.send_signal(signal.SIGKILL)
        driver.communicate()
        wait_for_end(left)
        there = times(folder)
        finish(started(folder, processes))
        told = f"driver killed after {done} documents, with {len(there)} files written"
        return told, changed(folder, there)

    return {
        "local": local,
        "ray": ray,
        "ray, worker killed": without_worker,
        "ray, driver killed": without_driver,
    }


def started(folder: Path, processes: int) -> subprocess.Popen[str]:
    """Start a driver, with a cluster of its own."""
    command = [sys.executable, "-m", "benchmarks.cluster", "--drive", folder]
    command += ["--processes", str(processes)]
    environment = {**os.environ, "RAY_ADDRESS": "local"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def until(driver: subprocess.Popen[str], half: int) -> int:
    """Wait until a driver has done so many documents; return how many it has."""
    assert driver.stdout is not None
    for line in driver.stdout:
        if int(line) >= half:
            return int(line)
    raise SystemExit("the driver ended before it was half way; give a larger --n")


def finish(driver: subprocess.Popen[str]) -> None:
    """Wait for the end of a driver."""
    driver.communicate()
    if driver.returncode:
        raise SystemExit(f"the driver ended with {driver.returncode}")


def workers_of(driver: int) -> list[int]:
    """Return the processes under a driver that are at work on a file."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
        parents.setdefault(parent, []).append(int(entry.name))
    under = [driver]
    for process in under:
        under += parents.get(process, [])
    return [one for one in under if _command(one).startswith(_WORKER)]


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def wait_for_end(workers: list[int]) -> None:
    """Wait until workers have ended, which they do when their driver has."""
    end = time.monotonic() + _PATIENCE
    while any(_command(one).startswith(_WORKER) for one in workers):
        if time.monotonic() > end:
            raise SystemExit(f"workers outlive their driver by {_PATIENCE:.0f} s")
        time.sleep(0.2)


def times(folder: Path) -> dict[Path, int]:
    """Return when each file of extractions was written."""
    return {path: path.stat().st_mtime_ns for path in folder.glob("extractions/*/*.parquet")}


def changed(folder: Path, before: dict[Path, int]) -> int:
    """Return how many of these files were written again."""
    now = times(folder)
    return sum(now.get(path) != written for path, written in before.items())


def what_is_in(folder: Path) -> Drawn:
    """Return what a run left in its store."""
    store = Store(folder)
    (run_folder,) = (folder / "extractions").iterdir()
    records: list[str] = []
    claims = 0
    for one in store.extractions(run_folder.name):
        records.append(digest(one))
        claims += len(one.claims)
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in run_folder.iterdir()
    }
    return Drawn(records=tuple(sorted(records)), claims=claims, files=files)


if __name__ == "__main__":
    main()
