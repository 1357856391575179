"""A killed run leaves a store that the next run finishes as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente import workflow
from detente.model import Change, Document, Event, Extraction, Notice, Report, Run, Settled
from detente.storage.catalog import Store, read_records

EXAMPLE = Path(__file__).parents[2] / "examples" / "turkey-russia"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")

# Tells each step on standard output, so that a kill can be aimed at any of them.
DRIVER = """
import sys
from pathlib import Path
from detente import Dyad, Settings, Store, brief, read
settings = Settings(processes=int(sys.argv[3]), shard_size=8)
tell = lambda stage, done, total: print(stage, done, flush=True)
store = Store(Path(sys.argv[2]))
read([sys.argv[1]], store, settings=settings, progress=tell)
brief(store, Dyad("TUR", "RUS"), settings=settings, progress=tell)
print("done", flush=True)
"""


def start(folder, *, processes=1):
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(EXAMPLE), str(folder), str(processes)],
        stdout=subprocess.PIPE,
        text=True,
    )


def records(folder):
    """The store's files with the records in them; the lock has none."""
    kinds = {
        "documents": Document,
        "extractions": Extraction,
        "events.parquet": Event,
        "blocks.parquet": Settled,
        "changes.parquet": Change,
        "reports.parquet": Report,
        "notices": Notice,
        "runs": Run,
    }
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.suffix == ".parquet":
            found[name.as_posix()] = read_records(path, kinds[name.parts[0]])
        elif path.is_file() and name.suffix != ".lock" and name.name != "lock":
            found[name.as_posix()] = path.read_bytes()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The records of a run that nothing stopped."""
    folder = tmp_path_factory.mktemp("undisturbed") / "store"
    process = start(folder)
    steps = process.communicate(timeout=120)[0].splitlines()
    assert process.returncode == 0 and steps[-1] == "done"
    return records(folder)


def kill_at(process, stage, step, delay):
    """Kill the process a moment after it has told so many steps of a stage; tell if it was done."""
    told = 0
    for line in process.stdout:
        told += line.startswith(stage)
        if told >= step:
            time.sleep(delay)
            break
    process.kill()
    return "done" in process.communicate()[0]


def test_a_run_killed_several_times_ends_like_an_undisturbed_one(undisturbed, tmp_path):
    folder = tmp_path / "store"
    finished = []
    for stage, most in (("read", 50), ("extract", 4), ("extract", 2), ("resolve", 1)):
        killed = start(folder)
        step, delay = random.randint(1, most), random.uniform(0.0, 0.12)
        finished.append(kill_at(killed, stage, step, delay))
        if folder.exists():
            Store(folder).document_counts()  # readable at any time
    assert not any(finished[:2])  # else nothing was disturbed
    finish = start(folder)
    finish.communicate(timeout=120)
    assert finish.returncode == 0
    assert records(folder) == undisturbed
    assert not list(folder.rglob("*.unfinished"))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are looked up in /proc")
def test_workers_end_with_a_killed_parent_and_two_processes_give_what_one_gives(
    undisturbed, tmp_path
):
    folder = tmp_path / "store"
    process = start(folder, processes=2)
    for line in process.stdout:
        if line.startswith("extract"):
            break
    children = set()
    until = time.monotonic() + 20
    while len(children) < 2 and time.monotonic() < until:
        for task in Path(f"/proc/{process.pid}/task").iterdir():
            children |= {int(child) for child in (task / "children").read_text().split()}
        time.sleep(0.05)
    assert len(children) >= 2
    process.kill()
    process.communicate()
    until = time.monotonic() + 20
    while (alive := {child for child in children if runs(child)}) and time.monotonic() < until:
        time.sleep(0.1)
    assert not alive
    finish = start(folder, processes=2)
    finish.communicate(timeout=120)
    assert records(folder) == undisturbed


def runs(process_id):
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@pytest.mark.parametrize("processes", ["1", "2"])
def test_ctrl_c_says_so_in_one_line_and_the_same_command_goes_on(tmp_path, processes):
    # two shards, so that two processes have work: the second folder is read into the same store
    folder, output = tmp_path / "store", tmp_path / "brief.json"
    command = [sys.executable, "-c", "from detente.cli import main; main()"]
    options = ["--store", str(folder)]
    first, second = sorted(EXAMPLE.glob("2015*.txt")), sorted(EXAMPLE.glob("2016*.txt"))
    workflow.read(first, Store(folder))
    brief = [*command, "brief", "Turkey", "Russia", *map(str, second), *options]
    brief += ["--processes", processes, "--format", "json", "--output", str(output)]
    process = subprocess.Popen(brief, stderr=subprocess.PIPE, text=True, start_new_session=True)
    until = time.monotonic() + 60
    while not (folder / "runs").exists() and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(random.uniform(0.0, 0.3))
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group
    errors = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert errors == "detente: stopped; the same command goes on from here\n"
    assert not output.exists()
    if processes == "1":
        return
    finished = subprocess.run(brief, capture_output=True, text=True, timeout=120)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert '"events"' in output.read_text()
