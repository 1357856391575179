"""Many small files become few, and whatever happens meanwhile each record is there once."""

from __future__ import annotations

import gc
import os
import shutil
import time
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from detente import workflow
from detente.cli import app
from detente.errors import StoreError, StoreLockedError
from detente.model import Collected, Document, Notice
from detente.settings import Settings
from detente.storage.catalog import Store, ids_in, write_text
from detente.storage.compaction import MANY, compact
from detente.storage.merges import MERGES, Merge, void_among
from detente.storage.raw import RawBytes
from detente.storage.snapshot import Snapshot
from making import document

FIRST = date(2015, 11, 24)
SETTINGS = Settings(processes=1)
COUNT = 12


def texts(count):
    for number in range(count):
        day = FIRST + timedelta(days=number)
        told = f"Turkey attacked Russia on {day}, and {number} soldiers were killed."
        yield document(told, published=day, key=f"k{number}")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A store with a file for each document, resolved."""
    store = Store(tmp_path_factory.mktemp("many") / "store")
    with store.writing():
        for number, one in enumerate(texts(COUNT)):
            store.add_documents([one])
            store.add_notices([Notice(where=f"{number}", reason="empty", skipped=True)])
            raw = RawBytes(store)
            raw.add(one.text.encode(), Collected(file=f"{number}.txt"))
            raw.flush()
    workflow.resolve(store, settings=SETTINGS)
    assert len(store.document_shards()) == COUNT
    return store.folder


@pytest.fixture
def folder(many, tmp_path):
    shutil.copytree(many, tmp_path / "store")
    return tmp_path / "store"


def records(folder):
    """What a store holds, as sets of records."""
    store = Store(folder)
    (run,) = store.runs()
    documents, drawn = list(store.documents()), list(store.extractions(run.id))
    assert len({one.id for one in documents}) == len(documents)
    assert [one.document_id for one in drawn] == [one.id for one in documents]
    pairs = dict(store.documents_with_extractions(run.id))
    assert len(pairs) == len(documents)
    return (
        {one.id: one for one in documents},
        {one.document_id: one for one in drawn},
        store.notices(),
        RawBytes(store).kept(),
        (store.state(run.id), store.resolved(run.id), store.pending(run.id)),
        (store.events(), store.reports()),
        store.last_written(),
        store.query("SELECT count(*), count(DISTINCT document_id) FROM extractions"),
    )


def files(folder):
    return list(folder.rglob("*.parquet"))


def test_many_small_files_become_one_with_every_record(folder):
    before = records(folder)
    done = workflow.compact_store(folder)
    assert (done.before, done.after, done.left) == (COUNT, 1, ())
    assert records(folder) == before
    assert workflow.check_store(folder).flaws == ()
    names = {"documents", "extractions", "notices", "raw"}
    assert len([p for p in files(folder) if p.relative_to(folder).parts[0] in names]) == 4
    assert not (folder / MERGES).exists()
    again = workflow.compact_store(folder)
    assert (again.before, again.after) == (1, 1)


class Killed(BaseException):
    """What no code of ours holds back, as a kill."""


def killed_at(moment, monkeypatch, work):
    """Do work that is killed before an operation on files; tell whether it was."""
    left = [moment]
    with monkeypatch.context() as patch:
        for name in ("replace", "unlink", "fsync", "utime"):
            real = getattr(os, name)

            def call(*given, real=real, **named):
                left[0] -= 1
                if left[0] == 0:
                    raise Killed
                return real(*given, **named)

            patch.setattr(os, name, call)
        try:
            work()
        except Killed:
            return True
    return False


def test_a_kill_at_any_operation_loses_and_doubles_nothing(folder, tmp_path, monkeypatch):
    before = records(folder)
    trial, moment, killed = tmp_path / "trial", 0, True
    while killed:
        moment += 1
        shutil.copytree(folder, trial)
        killed = killed_at(moment, monkeypatch, lambda: workflow.compact_store(trial))
        assert records(trial) == before, moment
        assert all("half written" in flaw.what for flaw in workflow.check_store(trial).flaws)
        killed_again = killed_at(1 + moment % 7, monkeypatch, lambda: workflow.compact_store(trial))
        assert records(trial) == before, (moment, killed_again)
        assert workflow.compact_store(trial).after == 1
        assert records(trial) == before
        assert workflow.check_store(trial).flaws == ()
        assert not (trial / MERGES).exists()
        shutil.rmtree(trial)
    assert moment > 4 * COUNT


def test_merges_of_merges_are_taken_away_in_any_state(folder, monkeypatch, tmp_path):
    reader = Snapshot(folder)
    workflow.compact_store(folder)
    store = Store(folder)
    with store.writing():
        store.add_documents([document("Turkey and Russia met.", published=FIRST, key="late")])
    workflow.resolve(store, settings=SETTINGS)
    before = records(folder)
    workflow.compact_store(folder)
    assert len(list(folder.glob("documents/*.parquet"))) == COUNT + 3  # all is still there
    assert records(folder) == before and workflow.check_store(folder).flaws == ()
    del reader
    gc.collect()
    trial, moment, killed = tmp_path / "trial", 0, True
    while killed:
        moment += 1
        shutil.copytree(folder, trial)
        killed = killed_at(moment, monkeypatch, lambda: workflow.compact_store(trial))
        assert records(trial) == before, moment
        shutil.rmtree(trial)
    workflow.compact_store(folder)
    assert len(list(folder.glob("documents/*.parquet"))) == 1
    assert records(folder) == before


def test_a_reader_goes_on_with_what_it_opened(folder):
    snapshot = Snapshot(folder)
    documents = {one.id: one for one in Store(folder).documents()}
    events = snapshot.events()
    iterator = Store(folder).documents()
    read = [next(iterator)]
    assert workflow.compact_store(folder).after == 1
    assert snapshot.find_documents(documents) == documents
    assert snapshot.document_counts() == (COUNT, 0) and snapshot.events() == events
    assert {one.id for one in (*read, *iterator)} == set(documents)
    del snapshot, iterator
    gc.collect()
    workflow.compact_store(folder)
    assert len(list(folder.glob("documents/*.parquet"))) == 1


def test_one_writer_at_a_time(folder):
    with Store(folder).writing(), pytest.raises(StoreLockedError):
        workflow.compact_store(folder)


def test_a_full_disk_is_told_and_loses_nothing(folder, monkeypatch):
    before = records(folder)

    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="cannot be written: No space left"):
            workflow.compact_store(folder)
    assert records(folder) == before
    assert workflow.compact_store(folder).after == 1


def test_files_from_which_other_runs_drew_are_not_mixed(folder):
    store = Store(folder)
    (run,) = store.runs()
    late = [document(f"Turkey and Russia met, {n}.", published=FIRST, key="x") for n in range(3)]
    with store.writing():
        for one in late:
            store.add_documents([one])
        assert compact(store, size=512).after == 2
    assert len(store.pending(run.id)) == 1
    workflow.resolve(store, settings=SETTINGS)
    assert workflow.check_store(folder).flaws == ()


def test_what_a_file_may_hold_bounds_what_is_merged(folder):
    store = Store(folder)
    with store.writing():
        assert compact(store, size=8).after == 2
        assert compact(store, size=8).after == 2  # they hold half of it
    assert sorted(len(ids_in(path)) for path in store.document_shards()) == [4, 8]


def test_a_damaged_file_is_left_alone(folder):
    store = Store(folder)
    first, second, *_ = store.document_shards()
    first.write_bytes(first.read_bytes()[:-40])
    data = bytearray(second.read_bytes())
    data[8:40] = bytes(32)
    second.write_bytes(data)
    done = workflow.compact_store(folder)
    assert done.left == (first, second) and done.after == 3
    told = CliRunner().invoke(app, ["store", "compact", "--store", str(folder)])
    assert told.exit_code == 1 and f"{first}: damaged, left alone" in told.output
    assert workflow.repair_store(folder, settings=SETTINGS).left == ()
    assert len(Store(folder).document_ids()) == COUNT - 2


def test_a_damaged_list_of_merges_is_told_and_mended(folder):
    before = records(folder)
    reader = Snapshot(folder)
    workflow.compact_store(folder)
    write_text(folder / MERGES, "{")
    with pytest.raises(StoreError, match=r"merges\.json: damaged; `detente store repair"):
        Store(folder).document_ids()
    assert [flaw.path for flaw in workflow.check_store(folder).flaws] == [MERGES]
    del reader
    mending = workflow.repair_store(folder, settings=SETTINGS)
    assert mending.left == () and mending.done[0].startswith("merges.json: damaged; set aside")
    assert records(folder)[0] == before[0]
    assert workflow.check_store(folder).flaws == ()


def test_the_day_on_which_documents_came_in_stays(folder):
    store = Store(folder)
    future = time.time() + 10 * 86_400
    os.utime(store.document_shards()[3], (future, future))
    day = store.last_written()
    workflow.compact_store(folder)
    assert store.last_written() == day > date.today()


def test_reading_merges_of_itself_when_files_are_many(tmp_path):
    store = Store(tmp_path / "store")
    for number, one in enumerate(texts(MANY), 1):
        workflow.take_in([one], store, SETTINGS, lambda *_: None)
        assert len(store.document_shards()) == (number if number < MANY else 1)
    assert len(store.document_ids()) == MANY


def test_documents_of_an_older_detente_are_merged_with_those_of_this_one(folder):
    import pyarrow.parquet as pq

    store = Store(folder)
    path = store.document_shards()[0]
    pq.write_table(pq.read_table(path).drop_columns(["collected"]), path)
    before = records(folder)
    assert workflow.compact_store(folder).after == 1
    assert records(folder) == before


def test_what_does_not_count():
    merges = [Merge("m", ("a", "b")), Merge("n", ("m", "c"))]
    assert void_among({"a", "b", "c"}, merges) == {"m", "n"}
    assert void_among({"a", "b", "m", "c"}, merges) == {"a", "b", "n"}
    assert void_among({"a", "b", "m", "c", "n"}, merges) == {"a", "b", "m", "c"}
    assert void_among({"a", "n"}, merges) == {"a", "b", "m", "c"}  # half taken away
    assert void_among({"a"}, []) == frozenset()


def test_a_folder_that_is_no_store_is_told(tmp_path):
    with pytest.raises(StoreError, match="no such store"):
        workflow.compact_store(tmp_path / "none")


def test_the_command_tells_what_it_did(folder):
    told = CliRunner().invoke(app, ["store", "compact", "--store", str(folder)])
    assert told.exit_code == 0
    assert told.output == f"{folder}: {COUNT} files of documents before, 1 now\n"
    assert isinstance(next(Store(folder).documents()), Document)
