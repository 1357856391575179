"""What watching remembers on disk."""

from __future__ import annotations

import json
from datetime import date

import pytest

from detente.errors import StoreError, StoreLockedError
from detente.model import (
    Conflict,
    Direction,
    Dyad,
    KnownConflict,
    KnownEvent,
    KnownShift,
    Mark,
    Origins,
    ShiftKind,
)
from detente.storage.catalog import Store
from detente.storage.watching import watching

MARK = Mark(
    state="run digest",
    events=(
        KnownEvent(id="e", claim_ids=("a", "b"), denial_ids=("c",), origins=Origins(min=1, max=2)),
        KnownEvent(
            id="f", claim_ids=(), denial_ids=("d",), origins=Origins(min=0, max=0), withdrawn=1
        ),
    ),
    conflicts=(KnownConflict(kind=Conflict.NUMBER, sides=(("a",), ("b",))),),
    shifts=(
        KnownShift(
            first=date(2015, 11, 1),
            last=date(2015, 11, 30),
            kind=ShiftKind.RELATION,
            direction=Direction.WORSE,
            likely=True,
            drivers=("e",),
        ),
    ),
)


def test_what_is_remembered_comes_back(tmp_path):
    store = Store(tmp_path / "s")
    with watching(store) as kept:
        assert (kept.collected, kept.marks) == ({}, {})
        kept.collected = {"sources": {"http://ü.example/": {}}}
        kept.marks[Dyad("TUR", "RUS")] = MARK
        kept.save()
    with watching(Store(tmp_path / "s")) as kept:
        assert kept.marks == {Dyad("TUR", "RUS"): MARK}
        assert kept.collected == {"sources": {"http://ü.example/": {}}}
    assert MARK.run_id == "run"


def test_one_process_watches_for_a_store_and_others_may_write_meanwhile(tmp_path):
    store = Store(tmp_path / "s")
    with watching(store):
        with pytest.raises(StoreLockedError, match="watches"), watching(Store(tmp_path / "s")):
            pass
        with store.writing():
            pass
    with watching(store):
        pass


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"format": 1}',
        '{"format": 1, "collected": {}, "pairs": {"TUR": {}}}',
        '{"format": 1, "collected": {}, "pairs": {"TUR RUS": {"state": "x", "events": [1]}}}',
    ],
)
def test_a_damaged_file_is_told_and_left(tmp_path, content):
    store = Store(tmp_path / "s")
    with watching(store):
        pass
    path = tmp_path / "s" / "watch.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"), watching(store):
        pass
    assert path.read_text(encoding="utf-8") == content


def test_a_newer_file_is_not_touched(tmp_path):
    store = Store(tmp_path / "s")
    with watching(store) as kept:
        kept.save()
    path = tmp_path / "s" / "watch.json"
    path.write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(StoreError, match="format 99"), watching(store):
        pass


def test_the_file_is_whole_or_as_it_was(tmp_path, monkeypatch):
    store = Store(tmp_path / "s")
    with watching(store) as kept:
        kept.save()
        before = kept.path.read_bytes()
        kept.marks[Dyad("TUR", "RUS")] = MARK
        monkeypatch.setattr("os.fsync", lambda _handle: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(StoreError, match="full"):
            kept.save()
        assert kept.path.read_bytes() == before
    assert not list((tmp_path / "s").glob("*.unfinished"))
