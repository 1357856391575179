"""Laws of resolution: the order and the number of runs in which documents come in do not matter."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import workflow
from detente.model import ChangeKind, Extraction
from detente.resolution.changes import changes_between
from detente.settings import Settings
from detente.storage.catalog import Store, write_records

EXAMPLE = Path(__file__).parents[2] / "examples" / "turkey-russia"
PATHS = sorted(path for path in EXAMPLE.iterdir() if path.name != "README.md")


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("coded") / "store")
    workflow.read(PATHS, store)
    run = workflow.extract(store, settings=Settings(processes=1))
    return run.id, list(store.documents_with_extractions(run.id))


def come_in(run_id, batches):
    """The events and reports after batches came in one by one, each resolved at once."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        steps = []
        with store.writing():
            for batch in filter(None, batches):
                shard = store.add_documents([document for document, _ in batch])
                path = store.extraction_path(run_id, shard)
                write_records(path, [found for _, found in batch], Extraction)
                before = store.events()
                events, reports = workflow.resolve_run(store, run_id)
                steps.append(changes_between(before, events))
                store.put_events(events, reports, steps[-1], state=store.state(run_id))
        assert store.changes() == list(steps[-1])
        return store.events(), store.reports(), steps


@pytest.fixture(scope="module")
def at_once(coded):
    run_id, pairs = coded
    return come_in(run_id, [pairs])


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([1, 2, 10]))
def test_any_order_in_one_run_or_in_ten_gives_the_same_events(coded, at_once, seed, runs):
    run_id, pairs = coded
    mixed = random.Random(seed).sample(pairs, len(pairs))
    events, reports, _ = come_in(run_id, [mixed[i::runs] for i in range(runs)])
    assert events == at_once[0] and len(events) > 50
    assert reports == at_once[1]


def test_in_order_of_time_no_event_gets_another_id(coded, at_once):
    run_id, pairs = coded
    ordered = sorted(
        (pair for pair in pairs if pair[0].published), key=lambda pair: pair[0].published
    )
    batches = [ordered[i : i + 12] for i in range(0, len(ordered), 12)]
    _, _, steps = come_in(run_id, batches)
    kinds = {change.kind for step in steps for change in step}
    assert {ChangeKind.NEW, ChangeKind.GROWN} <= kinds
    assert ChangeKind.GONE not in kinds


def test_every_event_is_told_once_as_new(coded, at_once):
    events, _, steps = at_once
    (step,) = steps
    assert sorted(change.after[0] for change in step) == sorted(event.id for event in events)
    assert {change.kind for change in step} == {ChangeKind.NEW}
