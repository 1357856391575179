"""The store keeps what it was given, whole or not at all, and says what is wrong with it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest

from detente.errors import StoreError, StoreLockedError
from detente.model import Extraction, Notice, Origins
from detente.resolution.events import gather, to_event
from detente.storage.catalog import Store, read_records, write_records
from making import claim, document


def reports():
    first = document("Turkey attacked Russia.", published=date(2015, 11, 24), key="a")
    second = document("Russia attacked Turkey.", published=date(2015, 12, 1), key="b")
    return first, second, document("Nothing dated.", key="c")


def test_documents_are_kept_and_counted(tmp_path):
    store = Store(tmp_path / "store")
    listed = reports()
    with store.writing():
        store.add_documents(listed)
    assert tuple(store.documents()) == listed
    assert store.document_ids() == {one.id for one in listed}
    assert store.document_counts() == (3, 1)
    assert store.documents_per_month() == {"2015-11": 1, "2015-12": 1}
    assert store.find_documents([listed[1].id]) == {listed[1].id: listed[1]}


def test_an_empty_store_answers_every_question(tmp_path):
    store = Store(tmp_path / "store")
    assert store.document_ids() == set()
    assert store.documents_per_month() == {}
    assert store.events() == [] and store.reports() == []
    assert store.notices() == () and store.runs() == ()


def test_the_same_shard_is_written_once(tmp_path):
    store = Store(tmp_path)
    with store.writing():
        assert store.add_documents(reports()) == store.add_documents(reports())
    assert len(store.document_shards()) == 1


def test_only_missing_extractions_are_pending(tmp_path):
    store = Store(tmp_path)
    with store.writing():
        shard = store.add_documents(reports())
        assert [source for source, _ in store.pending("run")] == [shard]
        write_records(store.extraction_path("run", shard), [], Extraction)
    assert store.pending("run") == ()
    assert len(store.pending("another run")) == 1


def test_events_are_known_to_belong_to_their_extractions(tmp_path):
    store = Store(tmp_path)
    doc = reports()[0]
    made = claim(doc, "ASSAULT", ("Turkey", "TUR"), ("Russia", "RUS"), anchor="attacked")
    gathered = gather([made], {doc.id: doc})
    event = to_event(gathered[0], Origins(min=1, max=1))
    with store.writing():
        store.put_events([event], [], state=store.state("run"))
        assert store.resolved("run")
        assert store.events() == [event]
        shard = store.add_documents([doc])
        drawn = Extraction(document_id=doc.id, run_id="run", segments=(), claims=(), abstentions=())
        write_records(store.extraction_path("run", shard), [drawn], Extraction)
    assert not store.resolved("run")


def test_notices_are_kept_once(tmp_path):
    store = Store(tmp_path)
    notices = [Notice(where="a.txt", reason="empty", skipped=True)] * 2
    with store.writing():
        store.add_notices(notices)
        store.add_notices(notices)
    assert store.notices() == (notices[0],)


def test_a_half_written_file_is_removed_and_never_read(tmp_path):
    store = Store(tmp_path)
    with store.writing():
        shard = store.add_documents(reports())
    left = shard.with_name(f"{shard.name}.4711.unfinished")
    left.write_bytes(b"half")
    assert len(tuple(store.documents())) == 3
    with store.writing():
        assert not left.exists()


def test_a_damaged_file_is_named(tmp_path):
    store = Store(tmp_path)
    with store.writing():
        shard = store.add_documents(reports())
    shard.write_bytes(b"PAR1 this is not Parquet")
    with pytest.raises(StoreError, match=shard.name):
        list(store.documents())
    with pytest.raises(StoreError):
        store.document_counts()


def test_a_file_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "x.parquet"
    write_records(path, [], Notice)
    with pytest.raises(StoreError, match="other columns"):
        read_records(path, Extraction)


def test_a_newer_store_is_refused(tmp_path):
    (tmp_path / "format.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(StoreError, match="format 99"):
        Store(tmp_path)


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(StoreError, match="no detente store"):
        Store(tmp_path)
    (tmp_path / "thesis.docx").unlink()
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="wants a folder"):
        Store(tmp_path / "file")


@pytest.mark.skipif(sys.platform == "win32", reason="locks need fcntl")
def test_the_second_writer_is_told_so(tmp_path):
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib\n"
            "from detente.storage.catalog import Store\n"
            "with Store(pathlib.Path(sys.argv[1])).writing():\n"
            "    print('held', flush=True); sys.stdin.read()\n",
            str(tmp_path / "store"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with (
            pytest.raises(StoreLockedError, match="another detente"),
            Store(tmp_path / "store").writing(),
        ):
            pass
    finally:
        holder.communicate("")
    with Store(tmp_path / "store").writing():
        pass  # the lock went with its holder


def test_wrong_sql_is_a_store_error(tmp_path):
    with pytest.raises(StoreError):
        Store(tmp_path).query("SELECT nothing FROM nowhere")


def test_a_damaged_derived_file_blocks_only_what_needs_it(tmp_path):
    store = Store(tmp_path)
    with store.writing():
        store.add_documents(reports())
    (tmp_path / "events.parquet").write_bytes(b"PAR1 damaged")
    assert store.document_counts() == (3, 1)
    with pytest.raises(StoreError):
        store.query("SELECT count(*) FROM events")
