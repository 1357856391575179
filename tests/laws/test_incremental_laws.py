"""Laws of resolution round by round: what is taken over is what would be made anew."""

from __future__ import annotations

import gzip
import random
import tempfile
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import workflow
from detente.model import Extraction
from detente.settings import Settings
from detente.storage.catalog import Store, write_records
from detente.storage.settled import settled_blocks
from detente.workflow import resolving
from making import claim, document

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "turkey-russia"
NEWS = ROOT.parent / "shared" / "data" / "current-events" / "2015.jsonl.gz"
PATHS = sorted(path for path in EXAMPLE.iterdir() if path.name != "README.md")
SETTINGS = Settings(processes=1)
FIRST = date(2015, 11, 1)


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("coded") / "store")
    workflow.read(PATHS, store)
    run = workflow.extract(store, settings=SETTINGS)
    return run, list(store.documents_with_extractions(run.id))


def come_in(store, run, batch):
    with store.writing():
        store.add_run(run)
        shard = store.add_documents([one for one, _ in batch])
        path = store.extraction_path(run.id, shard)
        write_records(path, [found for _, found in batch], Extraction)


def rounds(run, batches):
    """Resolve after each batch; return after each whether all is as if made anew."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        for batch in filter(None, batches):
            come_in(store, run, batch)
            workflow.resolve(store, settings=SETTINGS)
            yield (store.events(), store.reports()) == resolving.resolve_run(store, run.id)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([2, 5, 12]))
def test_rounds_in_any_order_give_what_one_resolution_gives(coded, seed, count):
    run, pairs = coded
    mixed = random.Random(seed).sample(pairs, len(pairs))
    assert all(rounds(run, [mixed[i::count] for i in range(count)]))


PLACES = ("Ankara", "Izmir", "Aleppo", "Moscow")
SIDES = (("Turkey", "TUR"), ("Russia", "RUS"), ("Syria", "SYR"))


@st.composite
def news(draw):
    """A document with a claim, near others in time, words and sides."""
    actor, recipient = draw(st.permutations(SIDES))[:2]
    place, count = draw(st.sampled_from(PLACES)), draw(st.integers(1, 3))
    again = draw(st.sampled_from(["", " It came after a long night of talks in the old port."]))
    text = f"{actor[0]} attacked {recipient[0]} near {place} with {count} jets.{again * 2}"
    day = draw(st.dates(min_value=FIRST, max_value=FIRST + timedelta(days=40)))
    made = document(text, published=day, outlets=(draw(st.sampled_from("ABC")),))
    return made, claim(made, "ASSAULT", actor, recipient, anchor="attacked")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(news(), min_size=1, max_size=12), min_size=2, max_size=4))
def test_news_made_up_gives_the_same_in_rounds(coded, batches):
    run, _ = coded
    seen, listed = set(), []
    for batch in batches:
        listed.append([])
        for made, told in batch:
            if made.id not in seen:
                seen.add(made.id)
                listed[-1].append((made, drawn(run, made, told)))
    assert all(rounds(run, listed))


def drawn(run, made, told):
    return Extraction(document_id=made.id, run_id=run.id, segments=(), claims=(told,))


def counted(monkeypatch):
    """Count the blocks that are resolved."""
    made, real = [], resolving.resolve_block
    monkeypatch.setattr(
        resolving, "resolve_block", lambda block, *rest: made.append(block) or real(block, *rest)
    )
    return made


def test_only_blocks_in_which_something_changed_are_resolved(coded, monkeypatch, tmp_path):
    run, pairs = coded
    store = Store(tmp_path / "store")
    come_in(store, run, pairs)
    made = counted(monkeypatch)
    workflow.resolve(store, settings=SETTINGS)
    whole = len(made)
    assert whole == len(settled_blocks(store, run.id)) > 10
    late = document("Chad attacked Niger near the lake.", published=FIRST)
    told = claim(late, "ASSAULT", ("Chad", "TCD"), ("Niger", "NER"), anchor="attacked")
    come_in(store, run, [(late, drawn(run, late, told))])
    del made[:]
    workflow.resolve(store, settings=SETTINGS)
    assert [block.name for block in made] == ["NER+TCD"]
    assert len(settled_blocks(store, run.id)) == whole + 1


@pytest.mark.parametrize("name", ["blocks", "events", "reports"])
def test_what_cannot_be_read_is_made_anew(coded, monkeypatch, tmp_path, name):
    run, pairs = coded
    store = Store(tmp_path / "store")
    come_in(store, run, pairs[:30])
    workflow.resolve(store, settings=SETTINGS)
    (store.folder / f"{name}.parquet").write_bytes(b"PAR1")
    come_in(store, run, pairs[30:])
    made = counted(monkeypatch)
    workflow.resolve(store, settings=SETTINGS)
    assert len(made) == len(settled_blocks(store, run.id))
    assert (store.events(), store.reports()) == resolving.resolve_run(store, run.id)
    assert workflow.check_store(store.folder).flaws == ()


@pytest.mark.skipif(not NEWS.exists(), reason="needs the reports of 2015")
def test_real_reports_in_rounds_give_what_one_resolution_gives(tmp_path):
    store = Store(tmp_path / "all")
    source = tmp_path / "news.jsonl"
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        source.write_text("".join(islice(lines, 600)), "utf-8")
    workflow.read([source], store)
    run = workflow.extract(store, settings=SETTINGS)
    pairs = list(store.documents_with_extractions(run.id))
    assert all(rounds(run, [pairs[:500], pairs[500:520], pairs[520:]]))
