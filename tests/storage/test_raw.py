"""Raw bytes are kept by their SHA-256, once, with where they stood, and given back whole."""

from __future__ import annotations

import gzip
import hashlib
import json

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from detente import workflow
from detente.cli import app
from detente.errors import InputError, StoreError, UnknownRecordError
from detente.model import Collected, Document
from detente.settings import Settings
from detente.storage.catalog import Store, read_records
from detente.storage.raw import RawBytes
from making import document

WORDS = "The minister of Turkey met the envoy of Russia in the port on Monday."
KEEP = Settings(keep_raw=True)


def lines(count):
    records = [{"id": f"r{n}", "text": f"{WORDS} It was number {n}."} for n in range(count)]
    return [(json.dumps(one) + "\n").encode() for one in records]


def files_of(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_bytes_of_each_document_come_back(tmp_path):
    written = lines(5)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(written)))
    store = Store(tmp_path / "store")
    assert workflow.read([path], store, settings=KEEP).new == 5
    for number, line in enumerate(written):
        found, data, kept = workflow.raw(store, f"r{number}")
        assert data == line
        assert found.source_digest == hashlib.sha256(line).hexdigest()
        offset = sum(map(len, written[:number]))
        assert [one.collected for one in kept] == [Collected(file=path.as_posix(), offset=offset)]
        assert found.collected == kept[0].collected and kept[0].size == len(line)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.csv", "a.eml", "a.rss"])
def test_every_reader_hands_over_what_its_digest_says(tmp_path, name):
    contents = {
        "a.txt": WORDS,
        "a.html": f"<p>{WORDS}</p>",
        "a.json": json.dumps([{"text": WORDS}, {"text": WORDS + " Two."}]),
        "a.csv": f'text,id\r\n"{WORDS}\r\n\r\nMore.",1\r\n"{WORDS} Two.",2\r\n',
        "a.eml": f"Subject: a\n\n{WORDS}",
        "a.rss": f"<rss version='2.0'><channel><item><description>{WORDS}</description>"
        "</item></channel></rss>",
    }
    path = tmp_path / name
    path.write_bytes(contents[name].encode())
    store = Store(tmp_path / "store")
    workflow.read([path], store, settings=KEEP)
    whole = path.read_bytes()
    for found in store.documents():
        _, data, _ = workflow.raw(store, found.id)
        assert hashlib.sha256(data).hexdigest() == found.source_digest
        start = found.collected.offset or 0
        assert whole[start : start + len(data)] == data
        assert name == "a.csv" or data == whole


def test_a_rerun_writes_nothing_and_known_documents_get_their_bytes(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(lines(3)))
    store = Store(tmp_path / "store")
    workflow.read([path], store)
    with pytest.raises(InputError, match="--keep-raw"):
        workflow.raw(store, "r1")
    assert workflow.read([path], store, settings=KEEP).known == 3
    assert workflow.raw(store, "r1")[1] == lines(3)[1]
    before = files_of(store.folder)
    workflow.read([path], store, settings=KEEP)
    assert files_of(store.folder) == before


def test_the_same_bytes_from_two_places_are_kept_once(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(WORDS)
    store = Store(tmp_path / "store")
    workflow.read([tmp_path / "a.txt", tmp_path / "b.txt"], store, settings=KEEP)
    (found,) = store.documents()
    assert len(workflow.raw(store, found.id)[2]) == 2
    assert len(list((store.folder / "raw").rglob("*.gz"))) == 1


def test_a_file_can_be_checked_without_detente(tmp_path):
    store = Store(tmp_path)
    with store.writing():
        raw = RawBytes(store)
        raw.add(b"bytes", Collected(file="a"))
        raw.flush()
    (path,) = (tmp_path / "raw").rglob("*.gz")
    with gzip.open(path) as stream:
        assert hashlib.sha256(stream.read()).hexdigest() == path.stem


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", gzip.compress(b"other", mtime=0), b"\x1f\x8b\x08"]
)
def test_damaged_bytes_are_never_given(tmp_path, content):
    store = Store(tmp_path)
    with store.writing():
        RawBytes(store).add(b"bytes", Collected(file="a"))
    (path,) = (tmp_path / "raw").rglob("*.gz")
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        RawBytes(store).get(hashlib.sha256(b"bytes").hexdigest())


def test_a_name_that_is_none_or_of_several(tmp_path):
    for name in ("a", "b"):
        text = f"URL: https://post.example/1\n\n{WORDS} Of {name}."
        (tmp_path / f"{name}.txt").write_text(text)
    store = Store(tmp_path / "store")
    workflow.read([tmp_path / "a.txt", tmp_path / "b.txt"], store, settings=KEEP)
    with pytest.raises(UnknownRecordError):
        workflow.raw(store, "nothing")
    with pytest.raises(InputError, match="several documents"):
        workflow.raw(store, "https://post.example/1")


def test_a_store_of_an_older_detente_is_read_and_added_to(tmp_path):
    store = Store(tmp_path / "store")
    old, new = document(WORDS, key="old"), document(WORDS + " Two.", key="new")
    with store.writing():
        path = store.add_documents([old])
        store.add_documents([new])
    table = pq.ParquetFile(path).read()
    pq.write_table(table.drop_columns(["collected"]), path)
    assert read_records(path, Document) == [old]
    assert {one.key for one in store.documents()} == {"old", "new"}
    assert store.document_ids() == {old.id, new.id}
    assert len(store.query("SELECT * FROM documents")) == 2
    assert store.documents_called("old") == (old,)


def test_the_command_gives_the_bytes_and_tells_about_them(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(WORDS.encode() + b"\r\n")
    store = ["--store", str(tmp_path / "store")]
    run = CliRunner().invoke
    assert run(app, ["read", str(path), *store, "--keep-raw"]).exit_code == 0
    assert run(app, ["raw", path.as_posix(), *store]).stdout_bytes == path.read_bytes()
    output = tmp_path / "out"
    assert run(app, ["raw", path.as_posix(), *store, "--output", str(output)]).exit_code == 0
    assert output.read_bytes() == path.read_bytes()
    told = json.loads(run(app, ["raw", path.as_posix(), *store, "--about"]).stdout)
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["kept"][0]["collected"]["file"] == path.as_posix()
