"""What becomes of a store when runs die: ``python -m benchmarks.faults``.

A run reads a small corpus, extracts and resolves it. It is disturbed and then done again, without
any other help, and the store must then equal that of an undisturbed run file by file and byte by
byte, and be sound by ``detente store check``:

* ``kills``: killed with SIGKILL at a random moment, once to three times;
* ``outages``: a loss of power at random operations on files (``--sweep``: at each, too), see
  `benchmarks.outage`; what a stage had told as done must be there before the run is done again;
* ``full``: on a disk of random size (a tmpfs, where one may be mounted; else files of limited
  size). The run must end in one line that names the file; the same run with room enough goes on;
* ``merges``: while a store of many small files is merged into one, killed or without power by
  turns, once to three times. Right afterwards, and after the merging is done again, it must have
  the records that it had, each once.

The language model is loaded once; each run is a fork of this process, which has not used DuckDB or
Arrow, so that no thread is lost by forking.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.outage import Outage
from detente import workflow
from detente.errors import DetenteError
from detente.model import digest
from detente.runs import current_run
from detente.settings import Settings
from detente.storage.catalog import Store

CORPUS = Path(__file__).parents[1] / "examples" / "turkey-russia"
SETTINGS = Settings(processes=1, shard_size=2)
_PATIENCE = 60.0
# How a forked run ends: 0 well; REFUSED with one line of ours; BROKEN otherwise.
REFUSED, BROKEN = 3, 4


class Trials:
    """Disturbed runs over one corpus, each in a folder of its own.

    Args:
        scratch: a folder for stores.
        lot: what decides where a run is disturbed.
    """

    def __init__(self, scratch: Path, lot: random.Random, reports: int) -> None:
        self._scratch, self._lot = scratch, lot
        self._paths = sorted(CORPUS.glob("*.txt"))[:reports]
        self.trouble: list[str] = []
        self.seconds = 0.0
        # loads model and lexicons, and neither DuckDB nor Arrow do anything
        found = list(workflow.claims_of(self._paths, settings=SETTINGS))
        self._documents = len(found)
        whole, attic = scratch / "whole", self._attic("whole")
        begin = time.perf_counter()
        state, told = self._end(self._start(lambda: self._line(whole, None, attic)))
        self.seconds = time.perf_counter() - begin
        if state != 0:
            raise SystemExit(f"the undisturbed run failed: {told}")
        self.operations = int(told.split()[-1])
        self.expected = content(whole)
        self.bytes = sum(len(data) for data in self.expected.values())
        self._loose, merged = scratch / "loose", scratch / "merged"
        self.records = self._well(lambda: self._apart(self._loose))
        shutil.copytree(self._loose, merged)
        begin = time.perf_counter()
        self.merging = int(self._well(lambda: self._merge(merged, None, attic)))
        self.merging_seconds = time.perf_counter() - begin

    def _well(self, work: Callable[[], str]) -> str:
        """Do work in a forked process that must end well; return its last line."""
        state, told = self._end(self._start(work))
        if state != 0:
            raise SystemExit(f"undisturbed work failed: {told}")
        return told.splitlines()[-1]

    # --- one run ---------------------------------------------------------------------------

    def _line(self, folder: Path, at: int | None, attic: Path) -> str:
        """Read, extract, resolve; return how many operations on files that took."""
        outage = Outage(folder, attic, at, self._lot)
        outage.arm()
        store = Store(folder)
        workflow.read(self._paths, store, settings=SETTINGS)
        tell("read")
        workflow.extract(store, settings=SETTINGS)
        tell("extracted")
        workflow.resolve(store, settings=SETTINGS)
        tell("resolved")
        return f"{outage.operations}"

    def _again(self, folder: Path, told: str = "") -> str:
        """Do the run again after a disturbance, holding the store against what it had told."""
        store = Store(folder)
        if "read" in told and len(store.document_ids()) != self._documents:
            raise AssertionError("documents that were told as read are lost")
        if "extracted" in told and store.pending(current_run(SETTINGS).id):
            raise AssertionError("extractions that were told as done are lost")
        workflow.read(self._paths, store, settings=SETTINGS)
        run = workflow.resolve(store, settings=SETTINGS)
        if flaws := workflow.check_store(folder).flaws:
            raise AssertionError(f"unsound: {flaws[0]}")
        if not store.resolved(run.id):
            raise AssertionError("not resolved")
        return ""

    def _apart(self, folder: Path) -> str:
        """Make a store with a file for each report, resolved; return what it holds."""
        store = Store(folder)
        for path in self._paths:
            workflow.read([path], store, settings=SETTINGS)
        workflow.resolve(store, settings=SETTINGS)
        return records_of(folder)

    def _merge(self, folder: Path, at: int | None, attic: Path) -> str:
        """Merge the files of a store; return how many operations on files that took."""
        outage = Outage(folder, attic, at, self._lot)
        outage.arm()
        workflow.compact_store(folder)
        return f"{outage.operations}"

    def _merged(self, folder: Path) -> str:
        """Merge the files again after a disturbance; return what the store then holds."""
        if (files := workflow.compact_store(folder).after) != 1:
            raise AssertionError(f"{files} files of documents are left")
        if flaws := workflow.check_store(folder).flaws:
            raise AssertionError(f"unsound: {flaws[0]}")
        return records_of(folder)

    def _start(self, work: Callable[[], str]) -> tuple[int, int]:
        """Fork a process that does the work; return its id and where it tells."""
        reading, writing = os.pipe()
        child = os.fork()
        if child:
            os.close(writing)
            return child, reading
        os.dup2(writing, 1)
        code = BROKEN
        try:
            tell(work())
            code = 0
        except DetenteError as error:
            tell(str(error))
            code = REFUSED
        except BaseException:
            tell(traceback.format_exc())
        finally:
            os._exit(code)

    def _end(self, started: tuple[int, int], kill_after: float | None = None) -> tuple[int, str]:
        """Wait for a process, or kill it after some seconds; return its state and what it told."""
        child, reading = started
        # on a machine that others use, too, all takes longer: that is no hanging
        patience = max(_PATIENCE, 30 * self.seconds)
        until = time.monotonic() + (patience if kill_after is None else kill_after)
        while True:
            ended, state = os.waitpid(child, os.WNOHANG)
            if ended:
                break
            if time.monotonic() >= until:
                os.kill(child, signal.SIGKILL)
                _, state = os.waitpid(child, 0)
                if kill_after is None:
                    self.trouble.append(f"a run was not over after {patience:.0f} s")
                break
            time.sleep(0.001)
        with os.fdopen(reading) as pipe:
            told = pipe.read()
        return os.waitstatus_to_exitcode(state), told

    def _done_again(self, folder: Path, kind: str, told: str = "") -> bool:
        """Do the run again; tell whether the store then equals the undisturbed one."""
        state, said = self._end(self._start(lambda: self._again(folder, told)))
        if state != 0:
            self.trouble.append(f"{kind}: the run after it failed: {said}")
            return False
        found = content(folder)
        if found != self.expected:
            unlike = {name for name in {*found, *self.expected} if not same(name, found, self)}
            self.trouble.append(f"{kind}: differs in {sorted(unlike)}")
            return False
        return True

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        folder = self._scratch / "store"
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _attic(self, name: str) -> Path:
        attic = self._scratch / f"attic-{name}"
        shutil.rmtree(attic, ignore_errors=True)
        attic.mkdir()
        return attic

    # --- the disturbances ------------------------------------------------------------------

    def kill(self) -> Counter[str]:
        """Kill a run once to three times, at random moments of what is left of it."""
        counted: Counter[str] = Counter(trials=1)
        with self._folder() as folder:
            for _ in range(self._lot.choice((1, 1, 2, 3))):
                attic = self._attic("kill")
                moment = self._lot.uniform(0.0, self.seconds)
                started = self._start(partial(self._line, folder, None, attic))
                state, told = self._end(started, moment)
                counted["killed"] += state == -signal.SIGKILL
                counted["too late"] += state == 0
                if state > 0:
                    self.trouble.append(f"kill: a run after a kill failed: {told}")
            counted["equal"] += self._done_again(folder, "kill")
        return counted

    def outage(self) -> Counter[str]:
        """Take the power away at one operation on files, by lot."""
        return self.outage_at(self._lot.randint(1, self.operations))

    def outage_at(self, at: int) -> Counter[str]:
        """Take the power away at this operation on files."""
        counted: Counter[str] = Counter(trials=1)
        seed = self._lot.random()
        with self._folder() as folder:
            attic = self._attic("outage")
            self._lot.seed(seed)
            state, told = self._end(self._start(lambda: self._line(folder, at, attic)))
            counted["killed"] += state == -signal.SIGKILL
            counted["equal"] += self._done_again(folder, f"outage at {at}", told)
        return counted

    def merge(self) -> Counter[str]:
        """Disturb a merging once to three times, by lot."""
        counted: Counter[str] = Counter(trials=1)
        with self._folder() as folder:
            shutil.copytree(self._loose, folder)
            for _ in range(self._lot.choice((1, 1, 2, 3))):
                counted += self._disturbed_merge(folder)
                counted["kept right after"] += self._holds(
                    folder, "right after a merge", records_of
                )
            counted["equal"] += self._holds(folder, "a merge done again", self._merged)
        return counted

    def _disturbed_merge(self, folder: Path) -> Counter[str]:
        attic = self._attic("merge")
        if self._lot.random() < 0.5:
            at = self._lot.randint(1, self.merging)
            state, told = self._end(self._start(lambda: self._merge(folder, at, attic)))
            counted = Counter({"without power": state == -signal.SIGKILL})
        else:
            started = self._start(lambda: self._merge(folder, None, attic))
            state, told = self._end(started, self._lot.uniform(0.0, self.merging_seconds))
            counted = Counter({"killed": state == -signal.SIGKILL})
        if state > 0:
            self.trouble.append(f"merge: failed: {told}")
        return counted

    def _holds(self, folder: Path, kind: str, work: Callable[[Path], str]) -> bool:
        """Tell whether a store holds what it held before it was merged."""
        state, told = self._end(self._start(lambda: work(folder)))
        if state == 0 and told.splitlines()[-1] == self.records:
            return True
        self.trouble.append(f"{kind}: {told if state else 'holds other records'}")
        return False

    def full(self) -> Counter[str]:
        """Run on a disk that is too small; then give it room."""
        counted: Counter[str] = Counter(trials=1)
        with self._folder() as folder:
            folder.mkdir()
            with small_disk(folder, self._lot, self.bytes) as (limit, room, how):
                counted[how] += 1
                work = lambda: limited(limit, lambda: self._line(folder / "s", None, attic))  # noqa: E731
                attic = self._attic("full")
                state, told = self._end(self._start(work))
                last = told.splitlines()[-1] if told else ""
                if state == REFUSED and "cannot be written: " in last and str(folder) in last:
                    counted["told in one line"] += 1
                elif state == 0:
                    counted["enough room"] += 1
                else:
                    self.trouble.append(f"full: {state}: {told}")
                room()
                counted["equal"] += self._done_again(folder / "s", "full")
        return counted


def tell(line: str) -> None:
    """Write a line to where the parent listens; no buffer is left behind by a kill."""
    os.write(1, f"{line}\n".encode())


def records_of(folder: Path) -> str:
    """Return a digest of the records of a store, whichever files they are in.

    Raises:
        AssertionError: when a document or an extraction is there twice.
    """
    store = Store(folder)
    run_id = current_run(SETTINGS).id
    pairs = list(store.documents_with_extractions(run_id))
    documents = [one.id for one in store.documents()]
    drawn = [one.document_id for one in store.extractions(run_id)]
    if len({*documents}) != len(documents) or sorted(documents) != sorted(drawn):
        raise AssertionError("documents or extractions are there twice, or lack each other")
    pairs.sort(key=lambda pair: pair[0].id)
    derived = (store.events(), store.reports(), store.state(run_id), store.resolved(run_id))
    return digest("records", pairs, *derived)


def content(folder: Path) -> dict[str, bytes]:
    """Return the files of a store; the lock has no content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and path.name != "lock"
    }


def same(name: str, found: dict[str, bytes], trials: Trials) -> bool:
    """Tell whether a file is as in the undisturbed store."""
    return found.get(name) == trials.expected.get(name)


@contextmanager
def small_disk(
    folder: Path, lot: random.Random, needed: int
) -> Iterator[tuple[int | None, Callable[[], Any], str]]:
    """Make a folder a disk that is smaller than what is needed, by lot.

    Yields:
        The most bytes that a file may have (None for no limit), what makes room, and its name.
    """
    mount = ["mount", "-t", "tmpfs", "-o"]
    pages = lot.randint(2, needed // 4096 + 8)
    size = f"size={pages * 4}k"
    if subprocess.run([*mount, size, "tmpfs", folder], capture_output=True).returncode != 0:
        yield lot.randint(100, needed // 8), lambda: None, "limited files"
        return
    try:
        more = ["mount", "-o", "remount,size=64m", folder]
        yield None, lambda: subprocess.run(more, check=True), "small disk"
    finally:
        subprocess.run(["umount", folder], check=True)


def limited(limit: int | None, work: Callable[[], str]) -> str:
    """Do work in this process under a limit on the size of files."""
    if limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write then fails with an error
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return work()


def main() -> None:
    """Parse the arguments, run the trials, print what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--outages", type=int, default=400)
    parser.add_argument("--full", type=int, default=200, help="runs on a full disk")
    parser.add_argument("--merges", type=int, default=400, help="merges of files that die")
    parser.add_argument("--sweep", action="store_true", help="an outage at each operation, too")
    parser.add_argument("--reports", type=int, default=8, help="size of the corpus")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    seed = random.randrange(10**6) if given.seed is None else given.seed
    with tempfile.TemporaryDirectory() as scratch:
        trials = Trials(Path(scratch), random.Random(seed), given.reports)
        rows: dict[str, dict[str, int]] = {}
        if given.sweep:
            each = map(trials.outage_at, range(1, trials.operations + 1))
            rows["sweep"] = dict(sum(each, Counter()))
        for name, count, trial in (
            ("kills", given.kills, trials.kill),
            ("outages", given.outages, trials.outage),
            ("full", given.full, trials.full),
            ("merges", given.merges, trials.merge),
        ):
            counted: Counter[str] = Counter()
            for done in range(1, count + 1):
                counted += trial()
                if done % 50 == 0:
                    print(f"{name} {done}: {counted['equal']} equal", file=sys.stderr)
            rows[name] = dict(counted)
    found = {
        "seed": seed,
        "seconds": round(trials.seconds, 2),
        "operations": trials.operations,
        **rows,
        "trouble": trials.trouble,
    }
    if given.json:
        print(json.dumps(found, indent=1))
    else:
        print(f"an undisturbed run: {found['seconds']} s, {trials.operations} operations on files")
        for name, row in rows.items():
            print(f"{name:<8} " + ", ".join(f"{value} {key}" for key, value in row.items()))
        print("\n".join(trials.trouble[:20]) or "no trouble")
    if trials.trouble:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
