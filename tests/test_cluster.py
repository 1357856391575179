"""A Ray cluster draws what one machine draws, each file once, whatever dies."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

import dying
from detente import workflow
from detente.cluster import run_ray
from detente.errors import DetenteError, InputError
from detente.model import Document, Extraction
from detente.runners import BatchFunction
from detente.settings import Engine, Settings
from detente.storage.catalog import Store
from making import document

EXAMPLE = Path(__file__).parents[1] / "examples" / "turkey-russia"
PATHS = sorted(EXAMPLE.glob("*.txt"))[:12]
LOCAL = Settings(processes=1, shard_size=2)
# small, so that the tests run where little memory is
MEMORY = 80 * 1024 * 1024


def test_without_ray_the_line_says_what_would_work(monkeypatch, tmp_path, detente):
    monkeypatch.setitem(sys.modules, "ray", None)
    text = tmp_path / "a.txt"
    text.write_text("Turkey attacked Russia on 3 March 2016.")
    ended = detente("extract", text, "--store", tmp_path / "store", "--engine", "ray")
    assert ended.code == 2 and "pip install 'detente[ray]'" in ended.err
    assert ended.err.count("\n") == 1
    assert detente("extract", text, "--engine", "ray").code == 2
    ended = detente("extract", "--store", tmp_path / "store", "--processes", 1)
    assert ended.code == 0 and ended.out.startswith("1 claims")


def _skip_without_ray():
    # not by an import: Ray reads its settings then, and keeps them
    if find_spec("ray") is None:
        pytest.skip("the extra ray is not installed")


@pytest.fixture(scope="module")
def ray():
    before = dict(os.environ)
    os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"  # read when Ray is imported
    ray = pytest.importorskip("ray", reason="the extra ray is not installed")
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)  # for the workers
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray.init(
        address="local",
        num_cpus=2,
        include_dashboard=False,
        object_store_memory=MEMORY,
        log_to_driver=False,
        logging_level="ERROR",
    )
    yield ray
    ray.shutdown()
    os.environ.clear()
    os.environ.update(before)


def shards(folder, texts):
    store = Store(folder)
    with store.writing():
        for index, text in enumerate(texts):
            store.add_documents([document(text, key=str(index))])
    return store


def times(store):
    return {p: p.stat().st_mtime_ns for p in store.folder.glob("extractions/*/*.parquet")}


def test_a_cluster_draws_what_one_machine_draws(ray, tmp_path):
    one, many = Store(tmp_path / "one"), Store(tmp_path / "many")
    for store, engine in ((one, Engine.LOCAL), (many, Engine.RAY)):
        settings = replace(LOCAL, engine=engine)
        workflow.read(PATHS, store, settings=settings)
        run = workflow.resolve(store, settings=settings)
    drawn = set(one.extractions(run.id))
    assert drawn == set(many.extractions(run.id)) and any(found.claims for found in drawn)
    assert one.events() == many.events() and one.reports() == many.reports()
    assert workflow.check_store(many.folder).flaws == ()
    before = times(many)
    workflow.extract(many, settings=replace(LOCAL, engine=Engine.RAY))
    assert times(many) == before


def test_the_file_of_a_killed_worker_is_done_by_another_and_each_is_there_once(ray, tmp_path):
    texts = ["one", "two", "death", "three", "four", "five"]
    store = shards(tmp_path / "store", texts)
    function = partial(dying.killed_once, flag=tmp_path / "flag")
    work = BatchFunction(function, takes=Document, gives=Extraction)
    assert sum(run_ray(work, store.pending("run"), processes=2)) == len(texts)
    assert (tmp_path / "flag").exists()
    assert store.pending("run") == () and store.leftovers() == ()
    drawn = [one.document_id for one in store.extractions("run")]
    assert len(drawn) == len(texts) and set(drawn) == store.document_ids()


def test_a_file_that_a_lost_worker_had_written_is_not_written_again(ray, tmp_path):
    store = shards(tmp_path / "store", ["one", "two"])
    work = BatchFunction(dying.drawn, takes=Document, gives=Extraction)
    pairs = store.pending("run")
    work.over_file(*pairs[0])
    before = times(store)
    assert sum(run_ray(work, pairs, processes=2)) == 1
    assert {path: times(store)[path] for path in before} == before


def test_what_fails_in_a_worker_is_one_line(ray, tmp_path):
    store = shards(tmp_path / "store", ["one"])
    work = BatchFunction(dying.without_memory, takes=Document, gives=Extraction)
    with pytest.raises(DetenteError, match=r"^out of memory at 0; run the same command again"):
        list(run_ray(work, store.pending("run"), processes=2))
    refused = BatchFunction(dying.refused, takes=Document, gives=Extraction)
    with pytest.raises(InputError, match=r"^not this one$"):
        list(run_ray(refused, store.pending("run"), processes=2))
    assert len(store.pending("run")) == 1


DRIVER = """
import sys
from pathlib import Path
from detente import Settings, Store, workflow
from detente.settings import Engine
settings = Settings(processes=2, shard_size=2, engine=Engine.RAY)
tell = lambda stage, done, total: print(stage, done, flush=True)
store = Store(Path(sys.argv[1]))
workflow.read(sys.argv[2:], store, settings=settings)
run = workflow.extract(store, settings=settings, progress=tell)
print("done", run.id, flush=True)
"""


def test_a_killed_driver_is_started_again_and_goes_on(tmp_path):
    _skip_without_ray()
    folder = tmp_path / "store"
    command = [sys.executable, "-c", DRIVER, folder, *PATHS]
    environment = {**os.environ, "RAY_ADDRESS": "local"}
    driver = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert driver.stdout is not None
    for line in driver.stdout:
        if line.startswith("extract") and int(line.split()[1]) > 0:
            break
    driver.send_signal(signal.SIGKILL)
    driver.communicate()
    store = Store(folder)
    time.sleep(1.0)  # workers end with their driver
    kept = times(store)
    assert 1 <= len(kept) <= 6
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=180)
    run_id = ended.stdout.split()[-1]
    assert {path: times(store)[path] for path in kept} == kept
    local = Store(tmp_path / "local")
    workflow.read(PATHS, local, settings=LOCAL)
    assert workflow.extract(local, settings=LOCAL).id == run_id
    assert set(store.extractions(run_id)) == set(local.extractions(run_id))
    assert store.pending(run_id) == () and workflow.check_store(folder).flaws == ()
    assert json.loads(json.dumps(sorted(store.document_ids()))) == sorted(local.document_ids())


_WORKERS_OF = """
from detente.cluster import _cluster
with _cluster(1) as ray:
    print(dict(ray.get_runtime_context().runtime_env))
"""


@pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not installed")
def test_under_uv_the_workers_are_like_the_driver():
    """Else Ray sends them the folder and installs it anew, without Ray, which never ends."""
    _skip_without_ray()
    command = ["uv", "run", "--no-project", "--python", sys.executable, "python"]
    environment = {**os.environ, "RAY_ADDRESS": "local"}
    environment.pop("RAY_ENABLE_UV_RUN_RUNTIME_ENV", None)
    ended = subprocess.run(
        [*command, "-c", _WORKERS_OF], capture_output=True, text=True, env=environment, timeout=120
    )
    assert (ended.returncode, ended.stdout) == (0, "{}\n"), ended.stderr
