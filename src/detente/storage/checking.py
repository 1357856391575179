"""Whether a store still holds what was put into it: every digest, every span, every reference.

Ids and names of files are digests of content, spans carry their words, and records name each other;
so a store can be held against itself, without the input. What is found is told file by file: how
many of its records are wrong, in which way, and the first of them. Nothing is changed, and no more
than the ids are held in memory; for what becomes of the flaws see `detente.storage.mending`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from detente.errors import OtherVersionError, StoreError
from detente.model import (
    Change,
    Claim,
    CodedEvent,
    Document,
    Event,
    Extraction,
    Kept,
    Notice,
    Report,
    Run,
    Settled,
    document_id,
    run_id_of,
    with_id,
)
from detente.storage.answers import is_answer
from detente.storage.catalog import (
    FORMAT,
    UNREADABLE,
    Store,
    at_rest,
    format_of,
    read_records,
)
from detente.storage.coded import batch_name
from detente.storage.merges import MERGES, merges_in
from detente.storage.raw import RawBytes, notes_name
from detente.storage.references import Drawn, wrong_references
from detente.storage.soundness import Flaw, Remedy, Soundness

__all__ = ["Told", "check_store", "flaws_of", "is_sound"]

R = TypeVar("R")
_OTHER_COLUMNS = "holds other columns: another version wrote it, or it is damaged"

Told = Callable[[str, int, int | None], None]


def check_store(folder: Path, progress: Told | None = None, *, version: str = "") -> Soundness:
    """Hold every record of a store against its digest, its text and the records that it names.

    Args:
        folder: the store's folder.
        progress: told how many files were read.
        version: what runs of this code call their version: their files must have our columns.

    Raises:
        StoreError: when the folder is no store, or a newer version wrote it.
        StoreLockedError: when another process is writing to it.
    """
    if not folder.is_dir():
        raise StoreError(f"{folder}: no such store")
    marker = folder / "format.json"
    if marker.exists() and format_of(marker) is None:
        what = f"damaged; expected {{'format': {FORMAT}}}; nothing else was looked at"
        return Soundness((Flaw(marker.name, what, Remedy.MARK),), 0, 0, 0, 0, 0)
    try:
        merges_in(folder)
    except StoreError:
        what = "damaged; nothing else was looked at"
        return Soundness((Flaw(MERGES, what, Remedy.SET_ASIDE),), 0, 0, 0, 0, 0)
    with at_rest(folder):
        return flaws_of(Store(folder), progress, version=version)


def flaws_of(store: Store, progress: Told | None = None, *, version: str = "") -> Soundness:
    """Do the same for a store that nobody else is writing to."""
    check = _Check(store, progress, version)
    flaws = tuple(sorted(check.all()))
    told = [check.counts[name] for name in ("claims", "spans", "events", "unknown")]
    return Soundness(flaws, len(check.documents), *told)


class _Check:
    """One pass over a store."""

    def __init__(self, store: Store, progress: Told | None, version: str) -> None:
        self.store = store
        self._version = version
        self._ours: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.documents: set[str] = set()
        self._progress = progress
        self._sound_shards: set[str] = set()
        self._claims: dict[str, Drawn] = {}
        self._unknown_runs: set[str] = set()

    def all(self) -> Iterator[Flaw]:
        """Yield every flaw; documents first, since the rest is held against them."""
        for path in self.store.leftovers():
            yield self._flaw(path, "left half written by a killed run", Remedy.REMOVE)
        if self.store.document_shards() and not (self.store.folder / "format.json").exists():
            yield Flaw("format.json", "is missing", Remedy.MARK)
        shards = self.store.document_shards()
        for path in sorted(shards, key=lambda path: (not _is_readable(path), path)):
            yield from self._documents(path)
        runs = set[str]()
        for path in self.store.files("runs/*.parquet"):
            yield from self._run(path, runs)
        for path in self.store.files("extractions/*/*.parquet"):
            yield from self._extractions(path, runs)
        yield from self._derived()
        for path in self.store.files("notices/*.parquet"):
            yield from self._notices(path)
        for path in self.store.files("watch.json"):
            if not _is_json(path):
                yield self._flaw(path, "damaged: it is no JSON")
        for path in self.store.files("second/**/*.json"):
            if not is_answer(path):
                yield self._flaw(path, "damaged: it is not what its name says")
        yield from self._raw()
        yield from self._coded()

    # --- files -----------------------------------------------------------------------------

    def _flaw(self, path: Path, what: str, remedy: Remedy = Remedy.SET_ASIDE) -> Flaw:
        return Flaw(path.relative_to(self.store.folder).as_posix(), what, remedy)

    def _read(self, path: Path, record: type[R], *, ours: bool | None = None) -> list[R] | str:
        """Return the records of a file, or why there are none; "" for another version's.

        Args:
            path: the file.
            record: the class of its records.
            ours: whether this version wrote it; None where that cannot be known.
        """
        self._count_file()
        try:
            return read_records(path, record)
        except OtherVersionError:
            if ours is None:
                return _OTHER_COLUMNS
            if ours:
                return "damaged: holds other columns"
            self.counts["unknown"] += 1
            return ""
        except StoreError as error:
            return _reason(error, path)

    def _count_file(self) -> None:
        self.counts["files"] += 1
        if self._progress:
            self._progress("check", self.counts["files"], None)

    def _unreadable(self, path: Path, reason: str) -> Iterator[Flaw]:
        if reason:  # a file that the system keeps from us may be sound
            by_hand = reason == _OTHER_COLUMNS or reason.startswith(UNREADABLE)
            yield self._flaw(path, reason, Remedy.BY_HAND if by_hand else Remedy.SET_ASIDE)

    def _wrong(
        self, path: Path, wrong: Sequence[str], total: int, what: str, remedy: Remedy
    ) -> Iterator[Flaw]:
        """Yield one line for the records of a file that are wrong in one way."""
        if wrong:
            yield self._flaw(path, f"{len(wrong)} of {total} {what} (first: {wrong[0]})", remedy)

    # --- documents -------------------------------------------------------------------------

    def _documents(self, path: Path) -> Iterator[Flaw]:
        found = self._read(path, Document, ours=bool(self.documents) or None)
        if isinstance(found, str):
            yield from self._unreadable(path, found)
            return
        sound = [one.id for one in found if is_sound(one)]
        altered = [one.key for one in found if not is_sound(one)]
        twice = {one for one, count in Counter(sound).items() if count > 1}
        doubled = [one.key for one in found if one.id in self.documents or one.id in twice]
        remedy, total = Remedy.SALVAGE, len(found)
        what = "documents have not the id of their content"
        yield from self._wrong(path, altered, total, what, remedy)
        yield from self._wrong(path, doubled, total, "documents are there twice", remedy)
        if self.store.shard_name(found) != path.stem:
            if not altered:
                yield self._flaw(path, "has not the name that its documents give it", remedy)
        elif not altered:
            self._sound_shards.add(path.name)
        self.documents.update(sound)

    # --- runs and extractions --------------------------------------------------------------

    def _run(self, path: Path, runs: set[str]) -> Iterator[Flaw]:
        found = self._read(path, Run)
        if isinstance(found, str):
            yield from self._unreadable(path, found)
        elif [_run_id(one) for one in found] != [path.stem] or found[0].id != path.stem:
            yield self._flaw(path, "is not the run that its name says")
        else:
            runs.add(path.stem)
            if found[0].version == self._version:
                self._ours.add(path.stem)

    def _extractions(self, path: Path, runs: set[str]) -> Iterator[Flaw]:
        run_id = path.parent.name
        if run_id not in runs:
            yield self._flaw(path, f"drawn by run {run_id}, of which nothing is known")
            return
        shard = self.store.folder / "documents" / path.name
        if not shard.exists():
            yield self._flaw(path, "drawn from documents that are not here")
            return
        found = self._read(path, Extraction, ours=run_id in self._ours)
        if isinstance(found, str):
            yield from self._unreadable(path, found)
            if not found:
                self._unknown_runs.add(run_id)
            return
        if path.name not in self._sound_shards:
            return  # mended with its documents
        documents = read_records(shard, Document)
        if [one.document_id for one in found] != [one.id for one in documents]:
            yield self._flaw(path, "is not of the documents of its name, one for each")
            return
        yield from self._drawn(path, run_id, list(zip(documents, found, strict=True)))

    def _drawn(
        self, path: Path, run_id: str, pairs: Sequence[tuple[Document, Extraction]]
    ) -> Iterator[Flaw]:
        claims = [claim for _, one in pairs for claim in one.claims]
        self.counts["claims"] += len(claims)
        self.counts["spans"] += sum(_spans(extraction) for _, extraction in pairs)
        total = len(pairs)
        unquoted = [document.key for document, one in pairs if not _quotes(one, document)]
        uncovered = [document.key for document, one in pairs if not _covers(one, document)]
        foreign = [document.key for document, one in pairs if not _belongs(one, document, run_id)]
        altered = [claim.id for claim in claims if with_id(claim).id != claim.id]
        aside = Remedy.SET_ASIDE
        yield from self._wrong(path, unquoted, total, "have spans that do not quote", aside)
        yield from self._wrong(path, uncovered, total, "have parts that are not the text", aside)
        yield from self._wrong(path, foreign, total, "name another run or document", aside)
        yield from self._wrong(
            path, altered, len(claims), "claims have not the id of their content", aside
        )
        if run_id == self.store.events_are_of():
            for claim in claims:
                self._claims[claim.id] = Drawn(claim.document_id, claim.event_type)

    # --- what was derived ------------------------------------------------------------------

    def _derived(self) -> Iterator[Flaw]:
        """Yield what is wrong with events, reports and changes."""
        tables: dict[str, list[Any] | str] = {}
        kinds: tuple[tuple[str, type], ...] = (
            ("events", Event),
            ("reports", Report),
            ("changes", Change),
            ("blocks", Settled),
        )
        for name, record in kinds:
            path = self.store.folder / f"{name}.parquet"
            if path.exists():
                ours = self.store.events_are_of() in self._ours
                tables[name] = self._read(path, record, ours=ours)
                if isinstance(reason := tables[name], str):
                    yield from self._unreadable(path, reason)
        if ("events" in tables) != ("reports" in tables):
            kept = "events" if "events" in tables else "reports"
            yield Flaw(f"{kept}.parquet", "stands without its other half", Remedy.SET_ASIDE)
            return
        events, reports = tables.get("events"), tables.get("reports")
        if isinstance(events, list) and isinstance(reports, list):
            yield from self._resolution(events, reports)
            if isinstance(blocks := tables.get("blocks"), list):
                yield from self._blocks(blocks, {event.id for event in events})

    def _resolution(self, events: list[Event], reports: list[Report]) -> Iterator[Flaw]:
        self.counts["events"] = len(events)
        if not self.store.of_one_resolution():
            path = self.store.folder / "events.parquet"
            yield self._flaw(path, "is of another resolution than reports.parquet")
        elif self.store.events_are_of() not in self._unknown_runs:
            for wrong in wrong_references(events, reports, self._claims, self.documents):
                path = self.store.folder / wrong.file
                yield from self._wrong(path, wrong.ids, wrong.of, wrong.what, Remedy.SET_ASIDE)

    def _blocks(self, blocks: list[Settled], events: set[str]) -> Iterator[Flaw]:
        path = self.store.folder / "blocks.parquet"
        if self.store.noted("blocks") != self.store.noted("events"):
            return  # nobody uses it
        named = Counter(one for block in blocks for one in block.event_ids)
        wrong = [one for one, count in named.items() if count > 1 or one not in events]
        what = "events are not here, or of two blocks"
        yield from self._wrong(path, wrong, len(named), what, Remedy.SET_ASIDE)

    # --- notices and the data of others ----------------------------------------------------

    def _notices(self, path: Path) -> Iterator[Flaw]:
        found = self._read(path, Notice)
        if isinstance(found, str):
            yield from self._unreadable(path, found)
        elif self.store.notices_name(found) != path.stem:
            yield self._flaw(path, "has not the name that its notices give it")

    def _raw(self) -> Iterator[Flaw]:
        """Yield what is wrong with raw bytes and the notes of where they stood."""
        raw = RawBytes(self.store)
        sizes: dict[str, int] = {}
        for path in raw.files():
            self._count_file()
            name = path.stem
            try:
                data = raw.get(name) if path.parent.name == name[:2] else None
            except StoreError as error:
                yield from self._unreadable(path, str(error).removeprefix(f"{path}: "))
                continue
            if data is None:
                yield self._flaw(path, "is not in the folder of its name")
            else:
                sizes[name] = len(data)
        for path in raw.note_files():
            found = self._read(path, Kept)
            if isinstance(found, str):
                yield from self._unreadable(path, found)
                continue
            if notes_name(found) != path.stem:
                yield self._flaw(path, "has not the name that its notes give it")
            lost = [one.collected.file for one in found if sizes.get(one.digest) != one.size]
            what = "notes are of bytes that are not here; `--keep-raw` keeps them again"
            yield from self._wrong(path, lost, len(found), what, Remedy.BY_HAND)

    def _coded(self) -> Iterator[Flaw]:
        held: dict[str, set[str]] = {}
        for path in self.store.files("coded/*/*.parquet"):
            dataset = path.parent.name
            found = self._read(path, CodedEvent)
            if isinstance(found, str):
                yield from self._unreadable(path, found)
                continue
            ids = [one.id for one in found]
            seen = held.setdefault(dataset, set())
            if batch_name(found) != path.stem:
                yield self._flaw(path, "has not the name that its rows give it")
            doubled = [one for one in ids if one in seen]
            what = "rows are in another file, too"
            yield from self._wrong(path, doubled, len(ids), what, Remedy.SET_ASIDE)
            seen.update(ids)


def _is_readable(path: Path) -> bool:
    """Tell whether a file of documents has the columns of this version."""
    try:
        read_records(path, Document, among=("id", ()))
    except StoreError:
        return False
    return True


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return True


def is_sound(document: Document) -> bool:
    """Tell whether a document has the id of its content, and its parts lie in its text."""
    identifier = document_id(
        document.text,
        url=document.url,
        outlets=document.outlets,
        published=document.published,
    )
    end = len(document.text)
    return identifier == document.id and all(
        0 <= part.start <= part.end <= end for part in document.segments
    )


def _reason(error: StoreError, path: Path) -> str:
    """Return what an error says of a file, without its name and the remedy."""
    told = str(error).removeprefix(f"{path}: ")
    kind, _, cause = told.partition("; ")
    return f"{kind}: {cause.rpartition(': ')[2]}" if kind == "damaged" else told


def _run_id(run: Run) -> str:
    return run_id_of(run.version, run.model, run.lexicons, run.settings)


def _spans(extraction: Extraction) -> int:
    return sum(len(claim.spans) for claim in extraction.claims) + 2 * len(extraction.abstentions)


def _quotes(extraction: Extraction, document: Document) -> bool:
    try:
        extraction.check(document)
    except ValueError:
        return False
    return True


def _covers(extraction: Extraction, document: Document) -> bool:
    """Tell whether the parts are the whole text, in order; one that broke may have none."""
    if not extraction.segments:
        return extraction.problem is not None
    ends = [0, *(part.end for part in extraction.segments)]
    return ends[-1] == len(document.text) and ends[:-1] == [p.start for p in extraction.segments]


def _belongs(extraction: Extraction, document: Document, run_id: str) -> bool:
    named: Iterable[Claim] = extraction.claims
    return extraction.run_id == run_id and all(
        (one.run_id, one.document_id, one.document_key) == (run_id, document.id, document.key)
        for one in named
    )
