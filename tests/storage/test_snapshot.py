"""A snapshot is a store as one resolution left it, and cannot be written."""

from __future__ import annotations

from datetime import date

import pytest

from detente import workflow
from detente.briefing.words import LABELS
from detente.errors import NotResolvedError, StoreError
from detente.model import Dyad, Event
from detente.storage.catalog import Store, write_records
from detente.storage.snapshot import Snapshot

TEXTS = {
    "a": "Turkey shot down a Russian jet on 24 November 2015.",
    "b": "Russia imposed sanctions on Turkey on 28 November 2015.",
    "c": "Turkey and Russia signed an agreement on 10 October 2016.",
    "d": "France attacked Germany on 3 March 2016.",
    "e": "Nothing of note was served at the dinner.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("snapshot")
    for name, text in TEXTS.items():
        (root / f"{name}.txt").write_text(text, "utf-8")
    store = Store(root / "store")
    workflow.read(sorted(root.glob("*.txt")), store, published=date(2016, 12, 1))
    workflow.resolve(store)
    return store.folder


def test_what_is_looked_up_is_what_the_store_holds(folder):
    store, snapshot = Store(folder), Snapshot(folder)
    events = store.events()
    assert len(events) >= 4
    assert snapshot.events() == events
    assert snapshot.reports() == store.reports()
    for event in events:
        assert snapshot.events_of([event.id]) == [event]
    assert {d.id: d for d in store.documents()} == snapshot.find_documents(store.document_ids())
    drawn = {claim.id: claim for e in store.extractions(snapshot.run.id) for claim in e.claims}
    assert snapshot.claims_of(drawn) == drawn
    for report in store.reports():
        assert report in snapshot.reports_in(report.document_id)
    assert snapshot.events_of(["none"]) == [] and snapshot.find_documents(["none"]) == {}


@pytest.mark.parametrize("opened", [Store, Snapshot])
def test_the_events_of_a_pair_are_those_of_both_directions_and_mutual_ones(folder, opened):
    store = opened(folder)
    pair = Dyad("TUR", "RUS")
    wanted = [e for e in Store(folder).events() if {pair, pair.reversed()} & set(e.dyads())]
    assert len(wanted) == 3
    assert store.events_between(pair) == wanted == store.events_between(pair.reversed())
    assert store.events_between(Dyad("TUR", "FRA")) == []


def test_pairs_are_counted_once_an_event_whatever_the_direction(folder):
    assert Snapshot(folder).busiest_pairs()[0] == ("RUS", "TUR", 3)
    assert ("DEU", "FRA", 1) in Snapshot(folder).busiest_pairs()


def test_labels_are_those_that_the_brief_prints(folder):
    answer = workflow.brief(Store(folder), Dyad("TUR", "RUS"))
    entries = [*answer.events, *answer.planned]
    order = [label.value for label in LABELS]
    assert Snapshot(folder).labels([e.event_id for e in entries], order) == {
        entry.event_id: entry.label for entry in entries
    }


def test_the_workflow_answers_from_a_snapshot_as_from_its_store(folder):
    pair = Dyad("TUR", "RUS")
    assert workflow.brief(Snapshot(folder), pair) == workflow.brief(Store(folder), pair)
    assert workflow.relation(Snapshot(folder), pair) == workflow.relation(Store(folder), pair)


def test_a_snapshot_cannot_be_written(folder):
    with pytest.raises(StoreError, match="reading alone"), Snapshot(folder).writing():
        pass


def test_a_store_without_events_says_which_command_makes_them(tmp_path):
    store = Store(tmp_path / "store")
    with pytest.raises(NotResolvedError, match="detente events --store"):
        Snapshot(store.folder)
    (tmp_path / "a.txt").write_text(TEXTS["a"], "utf-8")
    workflow.read([tmp_path / "a.txt"], store)
    with pytest.raises(NotResolvedError, match="detente events --store"):
        Snapshot(store.folder)
    assert "no events were made" in workflow.standing(store)
    workflow.resolve(store)
    assert workflow.standing(store) == ""
    (tmp_path / "b.txt").write_text(TEXTS["b"], "utf-8")
    workflow.read([tmp_path / "b.txt"], store)
    assert len(Snapshot(store.folder).find_documents(store.document_ids())) == 1
    workflow.extract(store)
    assert "documents came in" in workflow.standing(store)


def test_events_and_reports_of_two_resolutions_are_never_shown_together(tmp_path, monkeypatch):
    monkeypatch.setattr("detente.storage.snapshot._TRIES", 2)
    (tmp_path / "a.txt").write_text(TEXTS["a"], "utf-8")
    store = Store(tmp_path / "store")
    workflow.read([tmp_path / "a.txt"], store)
    run = workflow.resolve(store)
    write_records(store.folder / "events.parquet", store.events(), Event, note=f"{run.id} other")
    with pytest.raises(StoreError, match="two resolutions"):
        Snapshot(store.folder)


def test_events_whose_claims_are_gone_are_told(tmp_path):
    (tmp_path / "a.txt").write_text(TEXTS["a"], "utf-8")
    store = Store(tmp_path / "store")
    workflow.read([tmp_path / "a.txt"], store)
    run = workflow.resolve(store)
    for path in (store.folder / "extractions" / run.id).iterdir():
        path.unlink()
    with pytest.raises(StoreError, match="missing in extractions"):
        Snapshot(store.folder)
