"""Whatever happens to a run: nothing is lost, nothing is there twice, and one clear line each."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

import dying
from detente import workflow
from detente.errors import DetenteError
from detente.extraction import claims
from detente.extraction.claims import extract_batch
from detente.extraction.parse import language_model
from detente.lexicon import load
from detente.model import Document, Extraction
from detente.runners import BatchFunction, run_local
from detente.settings import Settings
from detente.storage.catalog import Store
from detente.workflow import resolving
from making import document

ROOT = Path(__file__).parents[1]
SETTINGS = Settings(processes=1, shard_size=2)
TEXTS = {
    "a": "Turkey shot down a Russian jet on 24 November 2015, the ministry said.",
    "b": "Russia imposed sanctions on Turkey on 28 November 2015.",
    "c": "Turkey and Russia signed an agreement on 10 October 2016.",
    "d": "France attacked Germany on 3 March 2016.",
}
posix = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    root = tmp_path_factory.mktemp("inputs")
    for name, text in TEXTS.items():
        (root / f"{name}.txt").write_text(text, "utf-8")
    return root


def made(inputs, folder, names="abcd"):
    store = Store(folder)
    paths = [inputs / f"{name}.txt" for name in names]
    workflow.read(paths, store, published=date(2016, 12, 1), settings=SETTINGS)
    workflow.resolve(store, settings=SETTINGS)
    return store


@pytest.fixture(scope="module")
def sound(inputs, tmp_path_factory):
    return made(inputs, tmp_path_factory.mktemp("sound") / "store").folder


@pytest.fixture
def folder(sound, tmp_path):
    shutil.copytree(sound, tmp_path / "store")
    return tmp_path / "store"


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and path.name != "lock"
    }


# --- the machine dies, the disk is full ----------------------------------------------------------


@posix
def test_a_run_that_was_killed_or_had_no_power_or_no_room_ends_like_an_undisturbed_one():
    command = [sys.executable, "-m", "benchmarks.faults", "--json"]
    command += ["--kills", "4", "--outages", "10", "--full", "4", "--merges", "8", "--reports", "6"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    found = json.loads(ended.stdout)
    assert found["trouble"] == [] and ended.returncode == 0
    for kind in ("kills", "outages", "full"):
        assert found[kind]["equal"] == found[kind]["trials"] > 0
    assert found["outages"]["killed"] == found["outages"]["trials"]
    full = found["full"]
    assert full.get("told in one line", 0) + full.get("enough room", 0) == full["trials"]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("lines", [0, 1])
def test_output_that_nobody_reads_ends_quietly(sound, form, lines):
    script = "from detente.cli import main; main()"
    command = [sys.executable, "-c", script, "events", "--store", str(sound), "--format", form]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:
        for _ in range(lines):
            process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
    assert told == "" and process.returncode in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_under_the_output_is_one_line(sound):
    script = "from detente.cli import main; main()"
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-c", script, "events", "--store", sound, "--format", "json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert ended.returncode == 1
    assert ended.stderr == "detente: standard output: No space left on device\n"


READ_ONLY = """
import subprocess, sys
from detente.cli import main
folder, *paths = sys.argv[1:]
subprocess.run(["mount", "--bind", folder, folder], check=True)
subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
for line in ("brief Turkey Russia", "store check", "read", "store repair"):
    given = paths if line == "read" else []
    sys.argv = ["detente", *line.split(), *given, "--store", folder]
    try:
        main()
    except SystemExit as end:
        print("ended", line.split()[0], end.code or 0, flush=True)
"""


@posix
def test_a_read_only_store_answers_and_refuses_in_one_line(folder, inputs, tmp_path):
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode != 0:
        pytest.skip("this system lets nobody mount a folder for himself")
    before = content(folder)
    new = tmp_path / "new.txt"
    new.write_text("Germany sued France on 5 March 2016.")
    ended = subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", READ_ONLY, folder, new],
        capture_output=True,
        text=True,
    )
    told = [line for line in ended.stdout.splitlines() if line.startswith("ended")]
    assert told == ["ended brief 0", "ended store 0", "ended read 1", "ended store 1"]
    refused = f"detente: {folder}: cannot be written: Read-only file system"
    assert ended.stderr.splitlines() == [refused, refused]
    assert content(folder) == before


# --- the clock ------------------------------------------------------------------------------------


def test_documents_keep_their_dates_when_the_clock_went_back(inputs, folder, tmp_path):
    coming = date.today() + timedelta(days=700)
    for path in folder.glob("documents/*"):
        os.utime(path, (time.time() + 700 * 86400,) * 2)
    new = tmp_path / "new.jsonl"
    record = {"id": "n", "published": coming.isoformat(), "text": "Germany sued France today."}
    new.write_text(json.dumps(record))
    store = Store(folder)
    reading = workflow.read([new], store, settings=SETTINGS)
    (notice,) = reading.notices
    assert "the clock says" in notice.reason and not notice.skipped
    assert reading.new == 1 and reading.undated == 0
    (found,) = [one for one in store.documents() if one.key == "n"]
    assert found.published == coming
    assert workflow.read([new], store, settings=SETTINGS).known == 1
    assert workflow.check_store(folder).flaws == ()


# --- two at once ----------------------------------------------------------------------------------


def test_claims_that_come_in_during_a_resolution_are_resolved_by_the_next(
    inputs, sound, tmp_path, monkeypatch
):
    store = made(inputs, tmp_path / "store", "ab")
    real = resolving._settled

    def meanwhile(*given):
        found = real(*given)
        monkeypatch.setattr(resolving, "_settled", real)
        other = Store(store.folder)
        workflow.read([inputs / "d.txt"], other, published=date(2016, 12, 1), settings=SETTINGS)
        workflow.extract(other, settings=SETTINGS)
        return found

    workflow.read([inputs / "c.txt"], store, published=date(2016, 12, 1), settings=SETTINGS)
    monkeypatch.setattr(resolving, "_settled", meanwhile)
    run = workflow.resolve(store, settings=SETTINGS)
    assert not store.resolved(run.id)
    workflow.resolve(store, settings=SETTINGS)
    assert store.events() == Store(sound).events()


def test_what_another_process_drew_meanwhile_is_not_drawn_again(inputs, tmp_path, monkeypatch):
    store = Store(tmp_path / "store")
    workflow.read([inputs], store, published=date(2016, 12, 1), settings=SETTINGS)
    real = store.add_run

    def meanwhile(run):
        monkeypatch.setattr(store, "add_run", real)
        for pair in Store(store.folder).pending(run.id)[:1]:
            BatchFunction(dying.drawn, Document, Extraction).over_file(*pair)
        real(run)

    monkeypatch.setattr(store, "add_run", meanwhile)
    run = workflow.extract(store, settings=SETTINGS)
    drawn = [one for _, one in store.documents_with_extractions(run.id)]
    assert len(drawn) == 4
    assert sum(one.run_id == "run" for one in drawn) == 2


@posix
def test_two_commands_at_once_lose_and_double_nothing(inputs, sound, tmp_path):
    script = "from detente.cli import main; main()"
    command = [sys.executable, "-c", script, "brief", "Turkey", "Russia"]
    command += [*sorted(inputs.glob("*.txt")), "--published", "2016-12-01"]
    command += ["--store", tmp_path / "store", "--processes", "1"]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [process.communicate(timeout=120)[1] for process in both]
    for process, errors in zip(both, told, strict=True):
        assert process.returncode in (0, 1)
        if process.returncode:
            assert "another detente is writing" in errors and errors.count("\n") == 1
    store = made(inputs, tmp_path / "store")
    assert workflow.check_store(store.folder).flaws == ()
    assert store.events() == Store(sound).events()


# --- damaged and foreign files -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["documents", "extractions", "events.parquet", "reports.parquet"])
@pytest.mark.parametrize("left", [0, 7, -30])
def test_a_truncated_file_is_named_with_what_would_work(folder, detente, name, left):
    path = folder / name
    if path.is_dir():
        path = min(path.rglob("*.parquet"))
    path.write_bytes(path.read_bytes()[:left])
    if name in ("documents", "extractions"):  # else events stand as they are
        (folder / "events.parquet").unlink()
    ended = detente("events", "--store", folder, "--processes", 1)
    if name.endswith(".parquet"):  # derived: made anew at once
        assert (ended.code, ended.err) == (0, "")
        return
    assert ended.code == 1 and ended.err.count("\n") == 1
    assert path.name in ended.err and "detente store repair" in ended.err


def test_a_store_of_a_newer_version_is_refused_in_one_line(folder, detente):
    (folder / "format.json").write_text('{"format": 2}')
    before = content(folder)
    for line in (["events"], ["read", folder / "none.txt"], ["store", "check"]):
        ended = detente(*line, "--store", folder)
        assert ended.code == 1
        assert ended.err == (
            f"detente: {folder}: has format 2, this detente reads up to 1; update it\n"
        )
    assert content(folder) == before


# --- workers -------------------------------------------------------------------------------------


def shards(folder, texts):
    store = Store(folder)
    with store.writing():
        for index, text in enumerate(texts):
            store.add_documents([document(text, key=str(index))])
    return store


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_killed_worker_is_one_line_and_the_next_run_goes_on(tmp_path):
    store = shards(tmp_path / "store", ["one", "two", "death", "three", "four"])
    function = partial(dying.killed_once, flag=tmp_path / "flag")
    work = BatchFunction(function, takes=Document, gives=Extraction)
    with pytest.raises(DetenteError, match=r"^a worker process died .*--processes 1") as caught:
        list(run_local(work, store.pending("run"), processes=2))
    assert "\n" not in str(caught.value)
    pending = store.pending("run")
    assert 1 <= len(pending) <= 5
    kept = {p: p.stat().st_mtime_ns for p in store.folder.glob("extractions/*/*.parquet")}
    assert sum(run_local(work, pending, processes=2)) == len(pending)
    assert store.pending("run") == ()
    assert {p: p.stat().st_mtime_ns for p in kept} == kept
    drawn = [one.document_id for one in store.extractions("run")]
    assert len(drawn) == 5 and set(drawn) == store.document_ids()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_want_of_memory_is_one_line_and_marks_no_document(tmp_path, processes):
    store = shards(tmp_path / "store", ["one", "two"])
    work = BatchFunction(dying.without_memory, takes=Document, gives=Extraction)
    with pytest.raises(DetenteError, match=r"^out of memory at [01]; run the same command again"):
        list(run_local(work, store.pending("run"), processes=processes))
    assert len(store.pending("run")) == 2


def test_a_document_for_which_memory_did_not_suffice_is_not_marked_as_broken(monkeypatch):
    def fails(*_arguments):
        raise MemoryError

    listed = [document("Turkey attacked Russia.", key="k")]
    monkeypatch.setattr(claims, "find_mentions", fails)
    with pytest.raises(MemoryError, match="k"):
        extract_batch(listed, model=language_model(), lexicon=load())


INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from detente import runners
from detente.model import Document, Extraction
from detente.storage.catalog import Store
import dying

if __name__ == "__main__":
    submit = runners.ProcessPoolExecutor.submit

    def interrupted(pool, *work):
        os.kill(os.getpid(), signal.SIGINT)
        return submit(pool, *work)

    runners.ProcessPoolExecutor.submit = interrupted
    function = runners.BatchFunction(dying.drawn, Document, Extraction)
    try:
        list(runners.run_local(function, Store(Path(sys.argv[1])).pending("run"), processes=2))
    except KeyboardInterrupt:
        print("interrupted")
"""


@posix
def test_ctrl_c_while_workers_start_is_not_lost(tmp_path):
    store = shards(tmp_path / "store", ["one", "two", "three"])
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED)
    ended = subprocess.run(
        [sys.executable, script, store.folder],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ended.stdout, ended.stderr) == ("interrupted\n", "")
