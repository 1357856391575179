"""The command line: one command, one function of `detente.workflow`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from detente.briefing import records
from detente.briefing.render import render
from detente.briefing.words import printable
from detente.errors import DetenteError, InputError
from detente.lexicon.days import read_day
from detente.model import Document, Extraction, Notice
from detente.settings import Settings
from detente.storage.catalog import Store

try:  # loads the language tools, which takes seconds: Ctrl-C then shows no traceback either
    from detente import workflow
except KeyboardInterrupt:
    sys.exit(130)

__all__ = ["app", "main"]

# Exit codes of the public contract.
SKIPPED = 1
WRONG_ARGUMENT = 2
INTERRUPTED = 130

# More notices than this are counted, not listed: a broken folder must not bury the answer.
LISTED_NOTICES = 20

app = typer.Typer(
    name="detente",
    help="Read open reporting and answer, with sources, what is going on between two countries.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class BriefFormat(StrEnum):
    """How a brief is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


class ClaimFormat(StrEnum):
    """How claims are written."""

    JSONL = "jsonl"


class ListFormat(StrEnum):
    """How events and relations are written."""

    TEXT = "text"
    JSON = "json"


def _day(value: str) -> date:
    day = read_day(value)
    if day is None:
        raise typer.BadParameter(f"{value!r} is no date; write it as 2015-11-24")
    return day


Paths = Annotated[
    list[Path] | None, typer.Argument(help="Files and folders: text, HTML, JSON lines, CSV.")
]
StoreOption = Annotated[Path | None, typer.Option("--store", help="Folder that keeps the work.")]
NeededStore = Annotated[Path, typer.Option("--store", help="Folder that keeps the work.")]
Published = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="DATE", help="Day of publication where none is stated."),
]
OutletName = Annotated[str | None, typer.Option(help="Outlet where none is stated.")]
Since = Annotated[date | None, typer.Option(parser=_day, metavar="DATE", help="First day.")]
Until = Annotated[date | None, typer.Option(parser=_day, metavar="DATE", help="Last day.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notices.")]
Processes = Annotated[int, typer.Option(help="Worker processes; 0 means one per core.", min=0)]
Output = Annotated[Path | None, typer.Option(help="File to write instead of the terminal.")]
ActorName = Annotated[str, typer.Argument(help="Country: name, code, adjective or capital.")]


@app.command()
def brief(
    actor: ActorName,
    recipient: ActorName,
    paths: Paths = None,
    store: StoreOption = None,
    since: Since = None,
    until: Until = None,
    published: Published = None,
    outlet: OutletName = None,
    form: Annotated[BriefFormat, typer.Option("--format")] = BriefFormat.TEXT,
    output: Output = None,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Answer what is going on between two countries, from new files and from the store."""
    dyad = workflow.dyad_of(actor, recipient)
    if not paths and store is None:
        raise InputError("nothing to read: give files or folders, or --store with documents in it")
    settings = Settings(processes=processes)
    notices: tuple[Notice, ...] = ()
    with _folder(store) as folder, _progress(quiet) as progress:
        opened = Store(folder)
        if paths:
            reading = workflow.read(
                paths, opened, published=published, outlet=outlet, progress=progress
            )
            notices = reading.notices
        elif not opened.document_shards():
            raise InputError(f"{folder}: no documents in this store; name files to read")
        answer = workflow.brief(
            opened, dyad, since=since, until=until, settings=settings, progress=progress
        )
        if broken := opened.broken(answer.run_id):
            reason = f"documents that broke the extraction: {broken}"
            notices = (*notices, Notice(where=str(store or "input"), reason=reason, skipped=True))
    terminal = sys.stdout.isatty() and output is None
    width = min(Console().width, 110) if terminal else 100
    _write(render(answer, form.value, width=width, colour=terminal), output)
    _finish(notices, quiet)


@app.command()
def read(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    store: NeededStore,
    published: Published = None,
    outlet: OutletName = None,
    quiet: Quiet = False,
) -> None:
    """Read documents into the store."""
    with _progress(quiet) as progress:
        reading = workflow.read(
            paths, Store(store), published=published, outlet=outlet, progress=progress
        )
    undated = f" ({reading.undated} without a date)" if reading.undated else ""
    typer.echo(f"{reading.new} new documents{undated}, {reading.known} known, in {store}")
    _finish(reading.notices, quiet)


@app.command()
def extract(
    paths: Paths = None,
    store: StoreOption = None,
    published: Published = None,
    outlet: OutletName = None,
    form: Annotated[ClaimFormat | None, typer.Option("--format")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print what was abstained from, too, with reasons.")
    ] = False,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Draw claims from files (printed as JSON lines) or from the documents of the store."""
    settings = Settings(processes=processes)
    if store is None:
        if not paths:
            raise InputError("nothing to extract from: give files or folders, or --store")
        found = workflow.claims_of(paths, published=published, outlet=outlet, settings=settings)
        _finish(_print_claims(found, explain), quiet)
        return
    opened = Store(store) if paths else _existing(store)
    notices: list[Notice] = []
    with _progress(quiet) as progress:
        if paths:
            reading = workflow.read(
                paths, opened, published=published, outlet=outlet, progress=progress
            )
            notices += reading.notices
        run = workflow.extract(opened, settings=settings, progress=progress)
    drawn = opened.documents_with_extractions(run.id)
    if form is ClaimFormat.JSONL or explain:
        notices += _print_claims(drawn, explain)
    else:
        count = 0
        for document, extraction in drawn:
            count += len(extraction.claims)
            notices += _broken(document, extraction)
        typer.echo(f"{count} claims of run {run.id} in {store}")
    _finish(notices, quiet)


@app.command()
def segments(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")], quiet: Quiet = False
) -> None:
    """Print the segments of documents as JSON lines; together they are the whole text."""
    notices = []
    for found in workflow.segments_of(paths):
        if isinstance(found, Notice):
            notices.append(found)
        else:
            _print_json(records.segment_record(*found))
    _finish(notices, quiet)


@app.command()
def events(
    store: NeededStore,
    between: Annotated[
        tuple[str, str] | None, typer.Option(help="Only events between these two countries.")
    ] = None,
    form: Annotated[ListFormat, typer.Option("--format")] = ListFormat.TEXT,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Print the events of the store with their reports and origins."""
    dyad = workflow.dyad_of(*between) if between else None
    with _progress(quiet) as progress:
        found = workflow.events(
            _existing(store),
            between=dyad,
            settings=Settings(processes=processes),
            progress=progress,
        )
    if form is ListFormat.JSON:
        _print_json([records.event_record(event, reports) for event, reports in found], indent=1)
        return
    for event, reports in found:
        typer.echo(records.event_words(event, reports))


@app.command()
def relation(
    actor: ActorName,
    recipient: ActorName,
    store: NeededStore,
    since: Since = None,
    until: Until = None,
    form: Annotated[ListFormat, typer.Option("--format")] = ListFormat.TEXT,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Print the monthly series of a pair, its shifts and the events that drive each."""
    dyad = workflow.dyad_of(actor, recipient)
    with _progress(quiet) as progress:
        findings = workflow.relation(
            _existing(store),
            dyad,
            since=since,
            until=until,
            settings=Settings(processes=processes),
            progress=progress,
        )
    if form is ListFormat.JSON:
        _print_json(records.relation_record(findings), indent=1)
        return
    for period in findings.series.periods:
        counts = " ".join(f"{count:4d}" for count in period.counts)
        typer.echo(f"{period.first:%Y-%m} {counts}  of {period.documents} documents")
    for shift in findings.shifts:
        typer.echo(
            f"{shift.first} to {shift.last}  {shift.kind} {shift.direction}  "
            f"probability {shift.probability:.2f}  drivers {' '.join(shift.drivers)}"
        )
    if not findings.shifts:
        typer.echo(f"no shift: {findings.reason}")


@app.command()
def doctor() -> None:
    """Print versions, the language model with its files, and the digests of the lexicons."""
    well = True
    for line in workflow.doctor():
        well &= line.well
        typer.echo(f"{'ok ' if line.well else 'BAD'} {line.what}: {line.value}")
    if not well:
        raise typer.Exit(SKIPPED)


# --- manners ---------------------------------------------------------------------------------


@contextmanager
def _folder(store: Path | None) -> Iterator[Path]:
    """Give the store's folder, or one that is removed afterwards."""
    if store is not None:
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        yield Path(folder)


def _existing(folder: Path) -> Store:
    store = Store(folder)
    if not store.document_shards():
        raise InputError(f"{folder}: no documents in this store; `detente read` puts some there")
    return store


@contextmanager
def _progress(quiet: bool) -> Iterator[workflow.Progress]:
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


def _print_json(record: Any, *, indent: int | None = None) -> None:
    sys.stdout.write(records.json_text(record, indent=indent) + "\n")


def _print_claims(found: Iterable[Any], explain: bool) -> list[Notice]:
    notices = []
    for one in found:
        if isinstance(one, Notice):
            notices.append(one)
            continue
        document, extraction = one
        for claim in extraction.claims:
            _print_json(records.claim_record(claim))
        if explain:
            for abstention in extraction.abstentions:
                _print_json(records.abstention_record(document, abstention))
        notices += _broken(document, extraction)
    return notices


def _broken(document: Document, extraction: Extraction) -> list[Notice]:
    if extraction.problem is None:
        return []
    reason = f"broke the extraction: {extraction.problem}"
    return [Notice(where=document.key, reason=reason, skipped=True)]


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror or error}") from error


def _finish(notices: Iterable[Notice], quiet: bool) -> None:
    """Tell what was skipped or is doubtful, and leave with the exit code of the contract."""
    listed = list(notices)
    if not listed:
        return
    if not quiet:
        for notice in listed[:LISTED_NOTICES]:
            word = "skipped" if notice.skipped else "note"
            typer.echo(printable(f"{word}: {notice.where}: {notice.reason}"), err=True)
        if len(listed) > LISTED_NOTICES:
            typer.echo(f"and {len(listed) - LISTED_NOTICES} more", err=True)
    raise typer.Exit(SKIPPED)


def main() -> None:
    """Run the command line; every error is one line, without a traceback.

    The exit code is 0, 1 (something was skipped, or the work failed), 2 (an argument cannot be
    used) or 130 (interrupted). With the variable DETENTE_DEBUG set, errors keep their tracebacks.
    """
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except InputError as error:
        _leave(error, str(error), WRONG_ARGUMENT)
    except DetenteError as error:
        _leave(error, str(error), SKIPPED)
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        _leave(error, f"{named}{error.strerror or error}", SKIPPED)
    except SystemExit as end:
        if end.code == INTERRUPTED:  # typer turns Ctrl-C into a silent exit
            typer.echo("detente: stopped; the same command goes on from here", err=True)
        raise
    except Exception as error:  # a fault of ours, and still no reason to show our insides
        told = f"{type(error).__name__}: {error}"
        _leave(error, f"internal error, please report it: {told}", SKIPPED)


def _leave(error: Exception, message: str, code: int) -> None:
    if os.environ.get("DETENTE_DEBUG"):
        raise error
    typer.echo(f"detente: {printable(message)}", err=True)
    sys.exit(code)
