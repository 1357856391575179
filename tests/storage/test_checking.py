"""A store is held against itself, and mended without loss."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from detente import workflow
from detente.errors import StoreError, StoreLockedError
from detente.model import (
    Change,
    CodedEvent,
    Document,
    Event,
    Extraction,
    Kept,
    Notice,
    Report,
    Run,
    Settled,
    run_id_of,
)
from detente.settings import Settings
from detente.storage.catalog import Store, read_records, write_records
from detente.storage.coded import add_coded
from detente.storage.raw import RawBytes
from making import coded

TEXTS = {
    "a": "Turkey shot down a Russian jet on 24 November 2015, the ministry said.",
    "b": "Russia imposed sanctions on Turkey on 28 November 2015.",
    "c": "Turkey and Russia signed an agreement on 10 October 2016.",
    "d": "France attacked Germany on 3 March 2016.",
    "e": "Nothing of note was served at the dinner.",
    "f": "Officials denied that France had attacked Germany on 3 March 2016.",
}
SETTINGS = Settings(processes=1, shard_size=2)
KINDS = {
    "documents": Document,
    "extractions": Extraction,
    "notices": Notice,
    "runs": Run,
    "coded": CodedEvent,
    "events.parquet": Event,
    "reports.parquet": Report,
    "blocks.parquet": Settled,
    "changes.parquet": Change,
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    root = tmp_path_factory.mktemp("inputs")
    for name, text in TEXTS.items():
        (root / f"{name}.txt").write_text(text, "utf-8")
    (root / "g.pdf").write_text("", "utf-8")
    return root


def read_all(inputs, store):
    workflow.read([inputs], store, published=date(2016, 12, 1), settings=SETTINGS)


@pytest.fixture(scope="module")
def sound(inputs, tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("sound") / "store")
    read_all(inputs, store)
    with store.writing():
        add_coded(store, "icews", [coded("1"), coded("2")])
    workflow.resolve(store, settings=SETTINGS)
    assert len(store.document_shards()) == 3
    return store.folder


@pytest.fixture
def folder(sound, tmp_path):
    shutil.copytree(sound, tmp_path / "store")
    return tmp_path / "store"


def records(folder):
    return {
        path.relative_to(folder).as_posix(): read_records(
            path, KINDS[path.relative_to(folder).parts[0]]
        )
        for path in sorted(folder.rglob("*.parquet"))
        if "quarantine" not in path.parts
    }


def first(folder, pattern):
    return min(folder.glob(pattern))


def change(path, alter):
    """Write a file's records altered, under its own name and note."""
    kind = KINDS[next(part for part in path.parts[::-1] if part in KINDS)]
    store = Store(next(p for p in path.parents if (p / "format.json").exists()))
    note = store.noted(path.stem) or ""
    write_records(path, alter(read_records(path, kind)), kind, note=note)


def truncate(path):
    path.write_bytes(path.read_bytes()[:-20])


def alter_text(found):
    return [replace(found[0], text=found[0].text.replace("2015", "2014") + "!"), *found[1:]]


def alter_span(found):
    index, drawn = next((i, one) for i, one in enumerate(found) if one.claims)
    claim = drawn.claims[0]
    moved = replace(claim, anchor=replace(claim.anchor, text="never said"))
    return [*found[:index], replace(drawn, claims=(moved, *drawn.claims[1:])), *found[index + 1 :]]


def alter_rule(found):
    return [replace(e, claims=tuple(replace(c, rule="another") for c in e.claims)) for e in found]


def alter_run(found):
    return [replace(e, claims=tuple(replace(c, run_id="another") for c in e.claims)) for e in found]


def lose_segment(found):
    return [replace(found[0], segments=found[0].segments[1:]), *found[1:]]


def drop(found):
    return found[1:]


def with_claims(folder):
    """The extractions of a shard of which a claim was drawn."""
    paths = sorted(folder.glob("extractions/*/*.parquet"))
    return next(p for p in paths if any(e.claims for e in read_records(p, Extraction)))


def lose_claim(found):
    return [replace(found[0], claim_ids=(*found[0].claim_ids, "0" * 32)), *found[1:]]


# What is done to the store, the file that is named, and a word of the line that tells it.
DAMAGES = {
    "a truncated document file": (
        lambda f: truncate(first(f, "documents/*")),
        "documents/",
        "damaged",
    ),
    "an altered text": (
        lambda f: change(first(f, "documents/*"), alter_text),
        "documents/",
        "1 of 2 documents have not the id",
    ),
    "a document file under another name": (
        lambda f: first(f, "documents/*").rename(f / "documents" / "x.parquet"),
        "documents/x.parquet",
        "name",
    ),
    "doubled documents": (
        lambda f: write_records(
            f / "documents" / "x.parquet",
            read_records(first(f, "documents/*"), Document)[:1],
            Document,
        ),
        "documents/x.parquet",
        "1 of 1 documents are there twice",
    ),
    "truncated extractions": (
        lambda f: truncate(first(f, "extractions/*/*")),
        "extractions/",
        "damaged",
    ),
    "a span that does not quote": (
        lambda f: change(with_claims(f), alter_span),
        "extractions/",
        "spans that do not quote",
    ),
    "an altered claim": (
        lambda f: change(with_claims(f), alter_rule),
        "extractions/",
        "claims have not the id",
    ),
    "a claim of another run": (
        lambda f: change(with_claims(f), alter_run),
        "extractions/",
        "name another run",
    ),
    "parts that are not the text": (
        lambda f: change(first(f, "extractions/*/*"), lose_segment),
        "extractions/",
        "parts that are not the text",
    ),
    "extractions of other documents": (
        lambda f: change(first(f, "extractions/*/*"), drop),
        "extractions/",
        "one for each",
    ),
    "extractions without documents": (
        lambda f: shutil.copy(
            first(f, "extractions/*/*"), first(f, "extractions/*/*").with_name("x.parquet")
        ),
        "/x.parquet",
        "not here",
    ),
    "a run that is gone": (lambda f: first(f, "runs/*").unlink(), "extractions/", "nothing is"),
    "a truncated run": (lambda f: truncate(first(f, "runs/*")), "runs/", "damaged"),
    "a run that is another": (
        lambda f: change(first(f, "runs/*"), lambda found: [replace(found[0], model="other")]),
        "runs/",
        "not the run",
    ),
    "truncated events": (lambda f: truncate(f / "events.parquet"), "events.parquet", "damaged"),
    "truncated reports": (lambda f: truncate(f / "reports.parquet"), "reports.parquet", "damaged"),
    "truncated changes": (lambda f: truncate(f / "changes.parquet"), "changes.parquet", "damaged"),
    "a claim that is not there": (
        lambda f: change(f / "events.parquet", lose_claim),
        "events.parquet",
        "claims that are not here",
    ),
    "events told twice": (
        lambda f: change(f / "events.parquet", lambda found: [found[0], *found]),
        "events.parquet",
        "there twice",
    ),
    "an event of another id": (
        lambda f: change(
            f / "events.parquet", lambda found: [replace(found[0], id="0" * 32), *found[1:]]
        ),
        "events.parquet",
        "gives them",
    ),
    "a report that is gone": (
        lambda f: change(f / "reports.parquet", drop),
        "events.parquet",
        "than their reports",
    ),
    "a report of another id": (
        lambda f: change(
            f / "reports.parquet", lambda found: [replace(found[0], id="0" * 32), *found[1:]]
        ),
        "reports.parquet",
        "reports have not",
    ),
    "events without reports": (
        lambda f: (f / "reports.parquet").unlink(),
        "events.parquet",
        "other half",
    ),
    "events of another resolution": (
        lambda f: write_records(
            f / "events.parquet", read_records(f / "events.parquet", Event), Event, note="r x"
        ),
        "events.parquet",
        "another resolution",
    ),
    "truncated notices": (lambda f: truncate(first(f, "notices/*")), "notices/", "damaged"),
    "altered notices": (
        lambda f: change(
            first(f, "notices/*"), lambda found: [replace(n, reason="fine") for n in found]
        ),
        "notices/",
        "name",
    ),
    "truncated rows": (lambda f: truncate(first(f, "coded/*/*")), "coded/", "damaged"),
    "doubled rows": (
        lambda f: shutil.copy(first(f, "coded/*/*"), f / "coded" / "icews" / "x.parquet"),
        "coded/icews/x.parquet",
        "2 of 2 rows",
    ),
    "damaged watching": (
        lambda f: (f / "watch.json").write_text('{"format": 1, "pai'),
        "watch.json",
        "no JSON",
    ),
    "a leftover": (
        lambda f: (f / "documents" / "x.parquet.1.unfinished").write_bytes(b"half"),
        "documents/x.parquet.1.unfinished",
        "half written",
    ),
    "a damaged mark": (lambda f: (f / "format.json").write_bytes(b""), "format.json", "damaged"),
    "a missing mark": (lambda f: (f / "format.json").unlink(), "format.json", "missing"),
}


def test_a_sound_store_has_no_flaw_and_is_counted(sound):
    before = {path: path.read_bytes() for path in sound.rglob("*") if path.is_file()}
    found = workflow.check_store(sound)
    assert found.flaws == ()
    store = Store(sound)
    (run,) = store.runs()
    drawn = list(store.extractions(run.id))
    assert found.documents == len(TEXTS)
    assert found.claims == sum(len(one.claims) for one in drawn) >= 4
    assert found.spans > 6 * found.claims
    assert found.events == len(store.events()) >= 4
    assert found.unknown == 0
    assert {p: p.read_bytes() for p in sound.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_is_told_mended_and_leaves_what_an_undamaged_store_has(
    damage, sound, folder, inputs
):
    hurt, path, what = DAMAGES[damage]
    hurt(folder)
    flaws = workflow.check_store(folder).flaws
    assert any(path in flaw.path and what in flaw.what for flaw in flaws)
    assert all("\n" not in str(flaw) for flaw in flaws)
    mending = workflow.repair_store(folder, settings=SETTINGS)
    assert mending.left == () and mending.done
    assert workflow.check_store(folder).flaws == ()
    assert workflow.repair_store(folder, settings=SETTINGS).done == ()
    store = Store(folder)
    read_all(inputs, store)
    workflow.resolve(store, settings=SETTINGS)
    assert workflow.check_store(folder).flaws == ()
    assert store.document_ids() == Store(sound).document_ids()
    assert store.events() == Store(sound).events()
    assert store.reports() == Store(sound).reports()
    if "documents" not in path and damage not in ("truncated rows", "truncated changes"):
        assert sorted(records(folder)) == sorted(records(sound))


def test_what_is_set_aside_is_kept_with_a_note(folder):
    shard = first(folder, "documents/*")
    whole = shard.read_bytes()
    change(shard, alter_text)
    altered = shard.read_bytes()
    workflow.repair_store(folder, settings=SETTINGS)
    kept = folder / "quarantine" / "documents" / shard.name
    assert kept.read_bytes() == altered != whole
    note = kept.with_name(f"{kept.name}.txt").read_text()
    assert "1 of 2 documents have not the id" in note and "detente read" in note
    assert len(Store(folder).document_ids()) == len(TEXTS) - 1
    # the same file comes back and is hurt again: the first stays
    shard.write_bytes(altered)
    workflow.repair_store(folder, settings=SETTINGS)
    assert kept.exists() and kept.with_name(f"{kept.name}.2").exists()


@pytest.mark.parametrize("after", range(8))
def test_a_repair_that_is_killed_is_finished_by_the_next(after, folder, monkeypatch):
    change(first(folder, "documents/*"), alter_text)
    moved = []
    real = Path.replace

    def replace_some(path, target):
        moved.append(path)
        if len(moved) > after:
            raise KeyboardInterrupt
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_some)
        try:
            workflow.repair_store(folder, settings=SETTINGS)
        except KeyboardInterrupt:
            assert len(moved) > after
    workflow.repair_store(folder, settings=SETTINGS)
    assert workflow.check_store(folder).flaws == ()
    store = Store(folder)
    assert len(store.document_ids()) == len(TEXTS) - 1
    assert len(list(store.documents())) == len(TEXTS) - 1
    assert any((folder / "quarantine" / "documents").glob("*.parquet*"))


def test_a_store_that_was_only_read_is_mended_without_an_extraction(inputs, tmp_path):
    store = Store(tmp_path / "store")
    read_all(inputs, store)
    change(first(store.folder, "documents/*"), alter_text)
    mending = workflow.repair_store(store.folder, settings=SETTINGS)
    assert len(mending.done) == 1 and "sound documents written anew: 1" in mending.done[0]
    assert store.runs() == () and len(store.document_ids()) == len(TEXTS) - 1


def test_any_altered_byte_is_told_or_changes_no_record(folder, sound):
    expected = records(sound)
    paths = sorted(folder.rglob("*.parquet"))
    told = 0
    for _ in range(60):
        path = random.choice(paths)
        whole = path.read_bytes()
        content = bytearray(whole)
        content[random.randrange(len(content))] ^= random.randrange(1, 256)
        path.write_bytes(content)
        if workflow.check_store(folder).flaws:
            told += 1
        else:
            assert records(folder) == expected
        path.write_bytes(whole)
    assert told > 30


def test_extractions_of_another_version_are_no_flaw(folder):
    path = first(folder, "runs/*")
    (ours,) = read_records(path, Run)
    version, rest = "0.0.1 code 0", (ours.model, ours.lexicons, ours.settings)
    other = replace(ours, id=run_id_of(version, *rest), version=version)
    write_records(path.with_stem(other.id), [other], Run)
    name = first(folder, "documents/*").name
    write_records(folder / "extractions" / other.id / name, [], Notice)
    found = workflow.check_store(folder)
    assert found.unknown == 1 and found.flaws == ()
    write_records(folder / "extractions" / ours.id / name, [], Notice)
    assert any("other columns" in flaw.what for flaw in workflow.check_store(folder).flaws)


def test_a_newer_store_is_not_touched(folder):
    (folder / "format.json").write_text(json.dumps({"format": 99}))
    for function in (workflow.check_store, workflow.repair_store):
        with pytest.raises(StoreError, match="format 99"):
            function(folder)


def test_a_damaged_mark_of_unknown_documents_stays(folder):
    (folder / "format.json").write_bytes(b"")
    write_records(first(folder, "documents/*"), [], Notice)
    with pytest.raises(StoreError, match="which version"):
        workflow.repair_store(folder)
    assert (folder / "format.json").read_bytes() == b""


def test_a_register_that_cannot_be_read_is_left_to_its_owner(folder, detente):
    (folder / "sources.yaml").write_text("ratings: [")
    ended = detente("store", "check", "--store", folder)
    assert ended.code == 1 and "sources.yaml: " in ended.out
    assert detente("store", "repair", "--store", folder).code == 0
    assert (folder / "sources.yaml").read_text() == "ratings: ["


@pytest.mark.skipif(sys.platform == "win32", reason="locks need fcntl")
def test_a_store_in_use_is_neither_checked_nor_mended(folder):
    script = (
        "import sys, pathlib\nfrom detente.storage.catalog import Store\n"
        "with Store(pathlib.Path(sys.argv[1])).writing():\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        for function in (workflow.check_store, workflow.repair_store):
            with pytest.raises(StoreLockedError, match="another detente"):
                function(folder)
    finally:
        holder.communicate("")
    assert workflow.check_store(folder).flaws == ()


def test_the_commands_tell_and_mend(folder, detente):
    ended = detente("store", "check", "--store", folder)
    assert ended.code == 0 and ended.out.endswith("all well\n")
    truncate(first(folder, "extractions/*/*"))
    ended = detente("store", "check", "--store", folder)
    assert ended.code == 1
    *lines, last = ended.out.splitlines()
    assert all(line.startswith(("extractions/", "events.parquet", "reports")) for line in lines)
    assert "`detente store repair --store" in last
    ended = detente("store", "repair", "--store", folder, "--processes", 1)
    assert ended.code == 0 and "set aside in quarantine/extractions/" in ended.out
    assert "events made anew" in ended.out
    assert detente("store", "check", "--store", folder).code == 0
    assert detente("store", "repair", "--store", folder).out == f"{folder}: nothing to mend\n"


def test_no_store_is_one_line(tmp_path, detente):
    for command in ("check", "repair"):
        ended = detente("store", command, "--store", Path(tmp_path / "none"))
        assert ended.code == 1 and ended.err.endswith("no such store\n")
        assert not (tmp_path / "none").exists()


# --- raw bytes ---------------------------------------------------------------------------------


def test_raw_bytes_are_held_against_their_name_and_kept_again_by_reading(inputs, tmp_path):
    settings = replace(SETTINGS, keep_raw=True)
    store = Store(tmp_path / "store")
    workflow.read([inputs], store, published=date(2016, 12, 1), settings=settings)
    assert workflow.check_store(store.folder).flaws == ()
    first, second, third, *_ = RawBytes(store).files()
    first.write_bytes(first.read_bytes()[:-9])
    whole = third.read_bytes()
    second.write_bytes(whole)
    third.unlink()
    flaws = workflow.check_store(store.folder).flaws
    told = {flaw.path.rpartition("/")[2]: flaw for flaw in flaws}
    assert told[first.name].what.startswith("damaged")
    assert told[second.name].what == "damaged: its bytes do not have the SHA-256 of its name"
    lost = [flaw for flaw in flaws if "/kept/" in flaw.path]
    assert all("notes are of bytes that are not here" in flaw.what for flaw in lost) and lost
    mending = workflow.repair_store(store.folder, settings=settings)
    aside = store.folder / "quarantine" / second.relative_to(store.folder)
    assert aside.read_bytes() == whole and len(mending.done) == 2
    assert "`detente read --keep-raw` keeps them again" in mending.done[0]
    assert [flaw.path for flaw in mending.left] == [flaw.path for flaw in lost]
    workflow.read([inputs], store, published=date(2016, 12, 1), settings=settings)
    assert workflow.check_store(store.folder).flaws == ()


def test_notes_and_places_of_raw_bytes_are_checked(inputs, tmp_path):
    store = Store(tmp_path / "store")
    workflow.read([inputs], store, settings=replace(Settings(), keep_raw=True))
    (path,) = RawBytes(store).note_files()
    write_records(path, read_records(path, Kept)[1:], Kept)
    (flaw,) = workflow.check_store(store.folder).flaws
    assert flaw.what == "has not the name that its notes give it"
    first = RawBytes(store).files()[0]
    moved = first.parent.parent / "zz" / first.name
    moved.parent.mkdir()
    first.rename(moved)
    assert any("folder of its name" in one.what for one in workflow.check_store(store.folder).flaws)
