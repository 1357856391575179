"""Whether a file can break a reader: ``python -m benchmarks.fuzz [--documents N] [--reader NAME]``.

Mutations of the nasty files of `benchmarks.nasty` are read, each in a file of its own, by a process
that is watched. A crash is an exception out of `detente.reading.read`, a document that breaks a law
(segments that do not tile the text, text that cannot be stored, a problem of several lines), or the
death of the process; a hang is a file that takes more than twice the limit on time; the peak of
memory is that of the process, which the baseline is a part of. ``stopped`` are the files that the
limit on time ended. Times of one file are those of the processor. Files that crash or hang are
written to the folder of ``--keep``.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.nasty import CASES, Case, mutated
from detente.model import Document
from detente.reading import Problem, read
from detente.reading.limits import MOST_SECONDS

DOCUMENTS = 10_000
HANG = 2 * MOST_SECONDS
# MB; the language model and trafilatura take some 150 before the first document.
MEMORY = 1024
TODAY = date(2026, 1, 2)
STOPPED = "takes more than"


def main() -> None:
    """Print a row for each reader; exit with 1 if one crashed, hung or took too much memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="files for each reader")
    parser.add_argument("--reader", choices=[case.name for case in CASES], action="append")
    parser.add_argument("--first", type=int, default=0, help="number of the first mutation")
    parser.add_argument("--keep", type=Path, help="folder for files that crash or hang")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    rows = []
    for case in CASES:
        if not options.reader or case.name in options.reader:
            numbers = range(options.first, options.first + options.documents)
            rows.append(tried(case, numbers, options.keep))
            if not options.json:
                print(_line(rows[-1], heading=len(rows) == 1), flush=True)
    if options.json:
        print(json.dumps(rows, indent=2))
    if any(row["crashes"] or row["hangs"] or row["peak_mb"] > MEMORY for row in rows):
        sys.exit(1)


def _line(row: dict[str, object], *, heading: bool) -> str:
    widths = [max(len(name), 8) for name in row]
    values = [f"{value:>{width}}" for value, width in zip(row.values(), widths, strict=True)]
    names = [f"{name:>{width}}" for name, width in zip(row, widths, strict=True)]
    return (" ".join(names) + "\n" if heading else "") + " ".join(values)


def tried(case: Case, numbers: range, keep: Path | None = None) -> dict[str, int | float | str]:
    """Read mutations of one reader's files in a process of its own, and return what happened.

    Args:
        case: the reader.
        numbers: the mutations.
        keep: a folder for those that crash or hang.
    """
    row: dict[str, int | float | str] = {
        "reader": case.name,
        "n": len(numbers),
        "documents": 0,
        "problems": 0,
        "stopped": 0,
        "crashes": 0,
        "hangs": 0,
        "slowest_ms": 0,
        "peak_mb": 0,
        "seconds": 0,
    }
    begin = time.perf_counter()
    following = numbers.start
    while following < numbers.stop:
        for number, told in _watched(case, range(following, numbers.stop)):
            following = number + 1
            for name, value in told.items():
                if name in ("slowest_ms", "peak_mb"):
                    row[name] = max(row[name], value)
                elif name == "why":
                    print(f"{case.name} {number}: {value}", file=sys.stderr, flush=True)
                    _keep(case, number, keep)
                else:
                    row[name] += value
    row["seconds"] = round(time.perf_counter() - begin)
    return row


def _keep(case: Case, number: int, keep: Path | None) -> None:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        suffix, data = mutated(case, number)
        (keep / f"{case.name}-{number}{suffix}").write_bytes(data)


def _watched(case: Case, numbers: range) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield what each mutation gave, up to the one that ended the process."""
    context = multiprocessing.get_context("spawn")
    told, teller = context.Pipe(duplex=False)
    process = context.Process(target=_read_all, args=(case.name, numbers, teller), daemon=True)
    process.start()
    teller.close()
    number = numbers.start
    try:
        while number < numbers.stop:
            begin = _processor_seconds(process.pid)
            while not told.poll(HANG / 10):
                if _processor_seconds(process.pid) - begin > HANG:
                    process.kill()
                    yield number, {"hangs": 1, "why": f"hangs for {HANG:.0f} s"}
                    return
            try:
                yield number, told.recv()
            except EOFError:
                process.join()
                why = f"its process died with {process.exitcode}"
                yield number, {"crashes": 1, "why": why}
                return
            number += 1
    finally:
        process.join(1 if number == numbers.stop else 0)
        process.kill()
        told.close()


def _processor_seconds(process: int | None) -> float:
    """Return what a process took of the processor; where the system does not tell, the time."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return time.perf_counter()


def _read_all(name: str, numbers: range, teller: Connection) -> None:
    """Read the mutations, and tell of each what it gave."""
    (case,) = (one for one in CASES if one.name == name)
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            suffix, data = mutated(case, number)
            path = Path(folder) / f"case{suffix}"
            path.write_bytes(data)
            teller.send(_read_one(path))
            path.unlink()


def _read_one(path: Path) -> dict[str, object]:
    begin = time.process_time()
    told: dict[str, object] = {"documents": 0, "problems": 0, "stopped": 0}
    try:
        found = list(read([path], today=TODAY))
        broken = next((why for one in found if (why := broken_law(one))), None)
    except BaseException as error:
        found, broken = [], f"{type(error).__name__}: {error}"
    told["documents"] = sum(isinstance(one, Document) for one in found)
    told["problems"] = len(found) - int(str(told["documents"]))
    told["stopped"] = sum(isinstance(one, Problem) and STOPPED in one.reason for one in found)
    if broken:
        told |= {"crashes": 1, "why": broken}
    told["slowest_ms"] = round((time.process_time() - begin) * 1000)
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


def broken_law(found: Document | Problem) -> str | None:
    """Return which law of what a reader yields does not hold, or None."""
    if isinstance(found, Problem):
        return None if str(found).isprintable() else f"a problem of several lines: {found!r}"[:300]
    try:
        repr(found).encode("utf-8")
        found.text.encode("utf-8")
    except UnicodeError as error:
        return f"cannot be stored: {error}"
    if found.segments:
        ends = [0, *(part.end for part in found.segments)]
        if [part.start for part in found.segments] != ends[:-1] or ends[-1] != len(found.text):
            return "its segments are not its text"
    if not found.text.strip() or len(found.source_digest or "") != 64 or found.collected is None:
        return "it lacks text, digest or origin"
    return None


if __name__ == "__main__":
    main()
