"""Event data in and out: what others coded into a store, what detente found in their formats."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from detente import lexicon as lexicons
from detente.briefing.records import json_text
from detente.datasets import FORMATS, Countries, read_events, terms_of
from detente.datasets.writing import (
    FLAT_COLUMNS,
    POLECAT_COLUMNS,
    ToldEvent,
    flat_rows,
    happened,
    plover_record,
    polecat_rows,
)
from detente.errors import InputError
from detente.interop import HANDED_ON, Parcel, handed_on
from detente.lexicon.actors import ActorLexicon
from detente.model import CodedEvent, Dyad, Event, Import, Notice, Report
from detente.settings import Settings
from detente.storage.catalog import Store, by_event, write_bytes
from detente.storage.coded import add_coded, coded_ids
from detente.storage.records import rows_table

__all__ = [
    "EXPORTS",
    "check_export",
    "export_events",
    "export_evidence",
    "exportable",
    "exported",
    "import_events",
    "told_events",
]

EXPORTS = ("plover", "polecat", "csv", "parquet")

BATCH = 50_000


def import_events(
    dataset: str,
    paths: Sequence[str | Path],
    store: Store,
    *,
    settings: Settings | None = None,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> Import:
    """Read event data of others into the store. Rows that it has are not written again.

    Args:
        dataset: gdelt, icews, polecat or plover.
        paths: files, plain, gzipped or zipped.
        store: where to.
        settings: which lexicons know countries.
        progress: told how many rows were read.

    Raises:
        InputError: when the format is unknown, or a file is missing.
        StoreError: when the store cannot be written.
    """
    if dataset not in FORMATS:
        raise InputError(f"{dataset!r} is no format of event data; use one of {', '.join(FORMATS)}")
    files = [Path(path) for path in paths]
    for path in files:
        if not path.is_file():
            raise InputError(f"{path}: no such file")
    actors = lexicons.actors((settings or Settings()).lexicons)
    counted: Counter[str] = Counter()
    first: date | None = None
    last: date | None = None
    notices: list[Notice] = []
    batch: list[CodedEvent] = []
    with store.writing():
        held = coded_ids(store, dataset) if (store.folder / "coded" / dataset).exists() else set()
        for found in read_events(dataset, files, _countries(actors)):
            if isinstance(found, Notice):
                notices.append(found)
                continue
            if found.id in held:
                counted["known"] += 1
            else:
                held.add(found.id)
                batch.append(found)
                counted["new"] += 1
                counted["untyped"] += found.event_type is None
                counted["duplicates"] += found.duplicate_of is not None
                counted["unplaced"] += not (found.actor and found.recipient)
                first = min(first or found.day, found.day)
                last = max(last or found.day, found.day)
            if len(batch) == BATCH:
                add_coded(store, dataset, batch)
                batch = []
            if progress is not None and (counted["new"] + counted["known"]) % 1000 == 0:
                progress("import", counted["new"] + counted["known"], None)
        if batch:
            add_coded(store, dataset, batch)
        store.add_notices(notices)
    return Import(
        dataset=dataset,
        new=counted["new"],
        known=counted["known"],
        untyped=counted["untyped"],
        duplicates=counted["duplicates"],
        unplaced=counted["unplaced"],
        first=first,
        last=last,
        notices=tuple(notices),
        terms=terms_of(dataset),
    )


def _countries(actors: ActorLexicon) -> Countries:
    return Countries(lambda name: actors.resolve(name).code, actors.codes)


def told_events(
    store: Store, *, only: Collection[str] | None = None, between: Dyad | None = None
) -> list[ToldEvent]:
    """Return the events of a store with their sentences, outlets and documents.

    Args:
        store: a resolved store.
        only: ids of events; others are left out.
        between: a pair; without ids, the events of others are left out.
    """
    if only is not None:
        events = store.events_of(only)
    else:
        events = store.events() if between is None else store.events_between(between)
    reports = by_event(store.reports_of([event.id for event in events]))
    documents = store.find_documents({one.document_id for of in reports.values() for one in of})
    first = {claim: event.id for event in events for claim in event.claim_ids + event.denial_ids}
    sentences: dict[str, str] = {}
    for run in store.runs():
        for extraction in store.extractions(run.id, of=set(documents)):
            for claim in extraction.claims:
                if claim.id in first:
                    sentences.setdefault(claim.id, claim.sentence.text)
    return [_told(event, reports.get(event.id, []), documents, sentences) for event in events]


def _told(
    event: Event, reports: Sequence[Report], documents: Any, sentences: dict[str, str]
) -> ToldEvent:
    ordered = sorted(reports, key=lambda one: (one.published or date.max, one.id))
    known = [documents[one.document_id] for one in ordered if one.document_id in documents]
    claims = [claim for one in ordered for claim in one.claim_ids]
    return ToldEvent(
        event=event,
        text=next((sentences[claim] for claim in claims if claim in sentences), ""),
        url=next((one.url for one in known if one.url), ""),
        outlets=tuple(dict.fromkeys(name for one in known for name in one.outlets)),
        published=ordered[0].published if ordered else None,
        documents=tuple(dict.fromkeys(one.key for one in known)),
    )


def exported(told: Iterable[ToldEvent]) -> list[dict[str, Any]]:
    """Return one row for each event and pair, as dictionaries that pandas and polars take."""
    return list(flat_rows(told))


def check_export(form: str, output: Path | None) -> None:
    """Refuse what `export_events` cannot do, before anything is done for it.

    Raises:
        InputError: when the format is unknown, or parquet has no file to go to.
    """
    known = (*EXPORTS, *HANDED_ON)
    if form not in known:
        raise InputError(f"{form!r} is no format to export; use one of {', '.join(known)}")
    if form == "parquet" and output is None:
        raise InputError("parquet is no text; name a file with --output")


def exportable(form: str, told: Sequence[ToldEvent]) -> int:
    """Return how many events a format can hold: tables take all, PLOVER those that happened."""
    return len(told) if form in {"csv", "parquet"} else sum(happened(one) for one in told)


def export_events(form: str, told: Sequence[ToldEvent], output: Path | None = None) -> str:
    """Write events in a format that others read.

    Args:
        form: one of EXPORTS.
        told: the events, from `told_events`.
        output: the file; it is whole or as it was. Needed for parquet.

    Returns:
        The text, or "" where it was written to a file.

    Raises:
        InputError: as `check_export`.
        StoreError: when the disk refuses.
    """
    check_export(form, output)
    if form == "parquet" and output is not None:
        write_bytes(output, rows_table(exported(told), FLAT_COLUMNS))
        return ""
    text = {"plover": _plover, "polecat": _polecat, "csv": _csv}[form](told)
    if output is None:
        return text
    write_bytes(output, text.encode("utf-8"))
    return ""


def export_evidence(form: str, parcel: Parcel, output: Path | None = None) -> str:
    """Write events with their evidence in a format that other tools read.

    Args:
        form: one of `detente.interop.HANDED_ON`.
        parcel: the events, and what is told of them.
        output: the file; it is whole or as it was.

    Returns:
        The text, or "" where it was written to a file.

    Raises:
        KeyError: for another form.
        StoreError: when the disk refuses.
    """
    text = json_text(handed_on(form, parcel), indent=1) + "\n"
    if output is None:
        return text
    write_bytes(output, text.encode("utf-8"))
    return ""


def _plover(told: Sequence[ToldEvent]) -> str:
    number = version("detente")
    records = (plover_record(one, version=number) for one in told)
    kept = [one for one in records if one is not None]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in kept)


def _polecat(told: Sequence[ToldEvent]) -> str:
    rows = [POLECAT_COLUMNS, *(row for one in told for row in polecat_rows(one))]
    return "".join("\t".join(_one_line(cell) for cell in row) + "\n" for row in rows)


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _csv(told: Sequence[ToldEvent]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FLAT_COLUMNS)
    for row in exported(told):
        writer.writerow([_harmless(row[name]) for name in FLAT_COLUMNS])
    return out.getvalue()


def _harmless(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
