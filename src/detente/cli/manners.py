"""How the command line shows what the functions of `detente.workflow` return."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from detente.briefing import records
from detente.briefing.words import printable
from detente.errors import InputError
from detente.model import Document, Extraction, Notice
from detente.storage.catalog import Store

if TYPE_CHECKING:
    from detente import workflow

__all__ = [
    "INTERRUPTED",
    "LISTED_NOTICES",
    "SKIPPED",
    "WRONG_ARGUMENT",
    "existing",
    "finish",
    "folder_of",
    "notices_of",
    "print_claims",
    "print_json",
    "progress_bars",
    "tell_notices",
    "write",
    "write_bytes",
]

# Exit codes of the public contract.
SKIPPED = 1
WRONG_ARGUMENT = 2
INTERRUPTED = 130

# More notices than this are counted, not listed: a broken folder must not bury the answer.
LISTED_NOTICES = 20


@contextmanager
def folder_of(store: Path | None) -> Iterator[Path]:
    """Give the store's folder, or one that is removed afterwards."""
    if store is not None:
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        yield Path(folder)


def existing(folder: Path, *, or_coded: bool = False) -> Store:
    """Return a store that has documents.

    Args:
        folder: the store's folder.
        or_coded: whether imported event data will do as well.

    Raises:
        InputError: when it has none.
    """
    store = Store(folder)
    if not store.document_shards() and not (or_coded and any(folder.glob("coded/*/*.parquet"))):
        raise InputError(f"{folder}: no documents in this store; `detente read` puts some there")
    return store


@contextmanager
def progress_bars(quiet: bool) -> Iterator[workflow.Progress]:
    """Give a callback that draws bars on the terminal, or one that does nothing."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, TaskID] = {}

    def show(stage: str, done: int, total: int | None) -> None:
        if stage not in tasks:
            tasks[stage] = bars.add_task(stage, total=total)
        bars.update(tasks[stage], completed=done, total=total)

    with bars:
        yield show


def print_json(record: Any, *, indent: int | None = None) -> None:
    """Write a record of the public contract to standard output."""
    sys.stdout.write(records.json_text(record, indent=indent) + "\n")


def print_claims(found: Iterable[Any], explain: bool) -> list[Notice]:
    """Write claims as JSON lines, and return what must be told of their documents.

    Args:
        found: documents with their extractions, and notices.
        explain: whether to write the abstentions, too.
    """
    notices = []
    for one in found:
        if isinstance(one, Notice):
            notices.append(one)
            continue
        document, extraction = one
        for claim in extraction.claims:
            print_json(records.claim_record(claim))
        if explain:
            for abstention in extraction.abstentions:
                print_json(records.abstention_record(document, abstention))
        notices += notices_of(document, extraction)
    return notices


def notices_of(document: Document, extraction: Extraction) -> list[Notice]:
    """Return that a document broke the extraction, if it did."""
    if extraction.problem is None:
        return []
    reason = f"broke the extraction: {extraction.problem}"
    return [Notice(where=document.key, reason=reason, skipped=True)]


def write(text: str, output: Path | None) -> None:
    """Write a text to a file, or to standard output where none is given.

    Raises:
        InputError: when the file cannot be written.
    """
    if output is None:
        sys.stdout.write(text)
    else:
        write_bytes(text.encode("utf-8"), output)


def write_bytes(data: bytes, output: Path | None) -> None:
    """Write bytes to a file, or to standard output where none is given.

    Raises:
        InputError: when the file cannot be written.
    """
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror or error}") from error


def finish(notices: Iterable[Notice], quiet: bool) -> None:
    """Tell what was skipped or is doubtful, and leave with the exit code of the contract."""
    listed = list(notices)
    if not listed:
        return
    if not quiet:
        tell_notices(listed)
    raise typer.Exit(SKIPPED)


def tell_notices(listed: Sequence[Notice], *, most: int = LISTED_NOTICES) -> None:
    """Tell on standard error what was skipped or is doubtful, one line each.

    Args:
        listed: the notices.
        most: how many are told; the rest is counted.
    """
    for notice in listed[:most]:
        word = "skipped" if notice.skipped else "note"
        typer.echo(printable(f"{word}: {notice.where}: {notice.reason}"), err=True)
    if len(listed) > most:
        typer.echo(f"and {len(listed) - most} more", err=True)
