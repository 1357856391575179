"""The command line: one command, one function of `detente.workflow`."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from detente.briefing import records
from detente.briefing.relation import import_words, relation_record, relation_words
from detente.briefing.render import render
from detente.briefing.word_file import as_docx, check_docx
from detente.briefing.words import plural, printable
from detente.cli.comparing import compare
from detente.cli.manners import (
    INTERRUPTED,
    SKIPPED,
    WRONG_ARGUMENT,
    existing,
    finish,
    folder_of,
    notices_of,
    print_claims,
    print_json,
    progress_bars,
    write,
    write_bytes,
)
from detente.cli.options import (
    DEFAULT_MODEL,
    ActorName,
    Lexicons,
    ListFormat,
    Model,
    NeededStore,
    OutletName,
    Output,
    Paths,
    Processes,
    Published,
    Quiet,
    Since,
    StoreOption,
    Until,
    settings_of,
)
from detente.cli.pairs import PairCommand
from detente.cli.watching import watch
from detente.errors import DetenteError, InputError
from detente.model import Notice
from detente.settings import Engine, Settings
from detente.storage.catalog import Store

try:  # loads the language tools, which takes seconds: Ctrl-C then shows no traceback either
    from detente import workflow
    from detente.cli.hypotheses import hypotheses_app
    from detente.cli.lexicons import lexicon_app
    from detente.cli.sources import sources_app
    from detente.cli.stores import store_app
except KeyboardInterrupt:
    sys.exit(130)

__all__ = ["app", "main"]

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
    DOCX = "docx"


class ClaimFormat(StrEnum):
    """How claims are written."""

    JSONL = "jsonl"


# Columns of output that goes to no terminal.
PIPED = 100
EXPORT_HELP = "plover, polecat, csv, parquet; annotations, stix, misp, claims."


def _width() -> int:
    """Return the columns of the terminal; of what is no terminal, those of a page."""
    return Console().width if sys.stdout.isatty() else PIPED


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
    since_brief: Annotated[
        Path | None,
        typer.Option("--since-brief", help="An earlier brief as JSON: tell what changed."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Tell where the brief breaks the standards, too.")
    ] = False,
    sources: Annotated[
        Path | None, typer.Option(help="Source register; default: the store's own.")
    ] = None,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Answer what is going on between two countries, from new files and from the store."""
    settings = replace(settings_of(processes, lexicon, model), sources=sources)
    if form is BriefFormat.DOCX:
        check_docx()
        if output is None:
            raise InputError("a Word document goes into a file: name it with --output")
    dyad = workflow.dyad_of(actor, recipient, settings=settings)
    if not paths and store is None:
        raise InputError("nothing to read: give files or folders, or --store with documents in it")
    notices: tuple[Notice, ...] = ()
    with folder_of(store) as folder, progress_bars(quiet) as progress:
        opened = Store(folder)
        if paths:
            reading = workflow.read(
                paths, opened, published=published, outlet=outlet, progress=progress
            )
            notices = reading.notices
        elif not opened.document_shards():
            raise InputError(f"{folder}: no documents in this store; name files to read")
        answer = workflow.brief(
            opened,
            dyad,
            since=since,
            until=until,
            earlier=since_brief,
            settings=settings,
            progress=progress,
        )
        if broken := opened.broken(answer.run_id):
            reason = f"documents that broke the extraction: {broken}"
            notices = (*notices, Notice(where=str(store or "input"), reason=reason, skipped=True))
        remarks = workflow.check_brief(opened, answer, settings=settings) if check else ()
    if form is BriefFormat.DOCX:
        write_bytes(as_docx(answer), output)
    else:
        terminal = sys.stdout.isatty() and output is None
        width = min(_width(), 110) if terminal else PIPED
        write(render(answer, form.value, width=width, colour=terminal), output)
    for remark in remarks:
        typer.echo(printable(str(remark)), err=True)
    finish(notices, quiet)
    if remarks:
        raise typer.Exit(SKIPPED)


@app.command()
def read(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    store: NeededStore,
    published: Published = None,
    outlet: OutletName = None,
    keep_raw: Annotated[
        bool, typer.Option("--keep-raw", help="Keep the bytes of the documents in the store, too.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Read documents into the store."""
    with progress_bars(quiet) as progress:
        reading = workflow.read(
            paths,
            Store(store),
            published=published,
            outlet=outlet,
            settings=Settings(keep_raw=keep_raw),
            progress=progress,
        )
    undated = f" ({reading.undated} without a date)" if reading.undated else ""
    typer.echo(f"{reading.new} new documents{undated}, {reading.known} known, in {store}")
    finish(reading.notices, quiet)


@app.command()
def raw(
    document: Annotated[str, typer.Argument(help="Id, key or URL of a document.")],
    store: NeededStore,
    about: Annotated[
        bool, typer.Option("--about", help="Print digest, places and times as JSON instead.")
    ] = False,
    output: Output = None,
) -> None:
    """Print the raw bytes that a document was made of, with their digest checked."""
    found, data, kept = workflow.raw(existing(store), document)
    if about:
        print_json(records.raw_record(found, kept), indent=1)
        return
    if output is None and sys.stdout.isatty():  # a stranger's bytes may command a terminal
        raise InputError("raw bytes are not shown on a terminal; give --output FILE, or a pipe")
    write_bytes(data, output)


@app.command()
def extract(
    paths: Paths = None,
    store: StoreOption = None,
    published: Published = None,
    outlet: OutletName = None,
    form: Annotated[ClaimFormat | None, typer.Option("--format")] = None,
    engine: Annotated[
        Engine, typer.Option(help="Processes of this machine, or a Ray cluster; needs --store.")
    ] = Engine.LOCAL,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print what was abstained from, too, with reasons.")
    ] = False,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Draw claims from files (printed as JSON lines) or from the documents of the store."""
    settings = replace(settings_of(processes, lexicon, model), engine=engine)
    if store is None:
        if engine is not Engine.LOCAL:
            raise InputError(f"--engine {engine}: works on a store; name one with --store")
        if not paths:
            raise InputError("nothing to extract from: give files or folders, or --store")
        found = workflow.claims_of(paths, published=published, outlet=outlet, settings=settings)
        finish(print_claims(found, explain), quiet)
        return
    opened = Store(store) if paths else existing(store)
    notices: list[Notice] = []
    with progress_bars(quiet) as progress:
        if paths:
            reading = workflow.read(
                paths, opened, published=published, outlet=outlet, progress=progress
            )
            notices += reading.notices
        run = workflow.extract(opened, settings=settings, progress=progress)
    drawn = opened.documents_with_extractions(run.id)
    if form is ClaimFormat.JSONL or explain:
        notices += print_claims(drawn, explain)
    else:
        count = 0
        for document, extraction in drawn:
            count += len(extraction.claims)
            notices += notices_of(document, extraction)
        typer.echo(f"{count} claims of run {run.id} in {store}")
    finish(notices, quiet)


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
            print_json(records.segment_record(*found))
    finish(notices, quiet)


@app.command()
def events(
    store: NeededStore,
    between: Annotated[
        tuple[str, str] | None, typer.Option(help="Only events between these two countries.")
    ] = None,
    form: Annotated[ListFormat, typer.Option("--format")] = ListFormat.TEXT,
    changes: Annotated[
        bool, typer.Option("--changes", help="Print what the last new documents changed instead.")
    ] = False,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Print the events of the store with their reports and origins."""
    settings = settings_of(processes, lexicon, model)
    if changes:
        with progress_bars(quiet) as progress:
            changed = workflow.changes(existing(store), settings=settings, progress=progress)
        if form is ListFormat.JSON:
            print_json([records.change_record(change) for change in changed], indent=1)
            return
        for line in records.change_words(changed):
            typer.echo(line)
        return
    dyad = workflow.dyad_of(*between, settings=settings) if between else None
    with progress_bars(quiet) as progress:
        found = workflow.events(existing(store), between=dyad, settings=settings, progress=progress)
    if form is ListFormat.JSON:
        print_json([records.event_record(event, reports) for event, reports in found], indent=1)
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
    dataset: Annotated[
        str | None, typer.Option(help="Count the events of this imported dataset instead.")
    ] = None,
    online: Annotated[
        bool, typer.Option("--online", help="Tell when each shift would have been seen, too.")
    ] = False,
    chart: Annotated[
        Path | None, typer.Option(help="Draw it, too, into this file: .svg or .png.")
    ] = None,
    form: Annotated[ListFormat, typer.Option("--format")] = ListFormat.TEXT,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Print the monthly series of a pair, its shifts and the events that drive each."""
    settings = settings_of(processes, lexicon, model)
    dyad = workflow.dyad_of(actor, recipient, settings=settings)
    opened = existing(store, or_coded=True)
    if chart is not None:
        workflow.check_drawing(chart)
    with progress_bars(quiet) as progress:
        findings = workflow.relation(
            opened,
            dyad,
            since=since,
            until=until,
            dataset=dataset,
            online=online,
            settings=settings,
            progress=progress,
        )
    drivers = workflow.drivers_of(opened, findings)
    if form is ListFormat.JSON:
        print_json(relation_record(findings, drivers, workflow.FORMULAS), indent=1)
    else:
        for line in relation_words(findings, drivers, width=_width()):
            typer.echo(line)
    if chart is None:
        return
    names = tuple(
        workflow.country_name(code, settings=settings) for code in (dyad.actor, dyad.recipient)
    )
    if not workflow.write_chart(findings, drivers, (names[0], names[1]), chart):
        finish([Notice(where=str(chart), reason="no dated event to draw", skipped=True)], quiet)


@app.command("import")
def import_(
    dataset: Annotated[str, typer.Argument(help="gdelt, icews, polecat or plover.")],
    files: Annotated[list[Path], typer.Argument(help="Its files, plain, gzipped or zipped.")],
    store: NeededStore,
    quiet: Quiet = False,
) -> None:
    """Read event data of others into the store, to be counted beside our own."""
    with progress_bars(quiet) as progress:
        done = workflow.import_events(dataset, files, Store(store), progress=progress)
    for line in import_words(done):
        typer.echo(line)
    finish(done.notices, quiet)


@app.command("export")
def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=EXPORT_HELP)],
    store: NeededStore,
    between: Annotated[
        tuple[str, str] | None, typer.Option(help="Only events between these two countries.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="File to write; without it, print (not for parquet).")
    ] = None,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Write the events of the store, or their evidence, in a format that others read."""
    settings = settings_of(processes, lexicon, model)
    dyad = workflow.dyad_of(*between, settings=settings) if between else None
    opened = existing(store)
    workflow.check_export(form, output)
    if form in workflow.HANDED_ON:
        with progress_bars(quiet) as progress:
            parcel = workflow.parcel(opened, between=dyad, settings=settings, progress=progress)
        text = workflow.export_evidence(form, parcel, output)
        if output is None:
            typer.echo(text, nl=False)
        else:
            typer.echo(f"{plural(len(parcel.events), 'event')} with their evidence in {output}")
        return
    with progress_bars(quiet) as progress:
        workflow.resolve(opened, settings=settings, progress=progress)
    told = workflow.told_events(opened, between=dyad)
    text = workflow.export_events(form, told, output)
    if output is None:
        typer.echo(text, nl=False)
    else:
        kept = workflow.exportable(form, told)
        left = (
            f", {len(told) - kept} without a day or only denied left out"
            if kept < len(told)
            else ""
        )
        typer.echo(f"{kept} events written to {output}{left}")


for group in (lexicon_app, sources_app, hypotheses_app, store_app):
    app.add_typer(group)
app.command(cls=PairCommand)(watch)
app.command()(compare)


@app.command()
def serve(
    store: NeededStore,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 for any.", min=0, max=65535)] = (
        8000
    ),
    sources: Annotated[
        Path | None, typer.Option(help="Source register; default: the store's own.")
    ] = None,
    hypotheses: Annotated[
        list[Path] | None,
        typer.Option(help="File of competing hypotheses to show, too; may be given several times."),
    ] = None,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
) -> None:
    """Show the store as local web pages, on 127.0.0.1 alone, until it is stopped with Ctrl-C."""
    from detente import web  # no other command needs a server

    settings = replace(settings_of(0, lexicon, model), sources=sources)
    if lacking := workflow.standing(existing(store), settings=settings):
        typer.echo(printable(f"note: {lacking}"), err=True)
    web.serve(
        store,
        port=port,
        settings=settings,
        matrices=hypotheses or (),
        announce=lambda address: typer.echo(f"{store} at {address} until Ctrl-C"),
    )


@app.command()
def doctor(model: Model = DEFAULT_MODEL) -> None:
    """Print versions, the language model with its files, and the digests of the lexicons."""
    well = True
    for line in workflow.doctor(Settings(language_model=model)):
        well &= line.well
        typer.echo(f"{'ok ' if line.well else 'BAD'} {line.what}: {line.value}")
    if not well:
        raise typer.Exit(SKIPPED)


def main() -> None:
    """Run the command line; every error is one line, without a traceback.

    The exit code is 0, 1 (something was skipped, or the work failed), 2 (an argument cannot be
    used) or 130 (interrupted). With the variable DETENTE_DEBUG set, errors keep their tracebacks.
    """
    output = sys.stdout
    if hasattr(output, "reconfigure"):
        output.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            app()
        finally:
            output.flush()  # here, where it can be told that this cannot be done
    except InputError as error:
        _leave(error, str(error), WRONG_ARGUMENT)
    except DetenteError as error:
        _leave(error, str(error), SKIPPED)
    except OSError as error:
        if error.errno == errno.EPIPE and not error.filename:
            _end_unread()
        named = f"{error.filename}: " if error.filename else _output_of(error)
        _leave(error, f"{named}{error.strerror or error}", SKIPPED)
    except SystemExit as end:
        if sys.stdout is not output:  # typer puts another there when nobody reads
            _end_unread()
        if end.code == INTERRUPTED:  # typer turns Ctrl-C into a silent exit
            typer.echo("detente: stopped; the same command goes on from here", err=True)
        raise
    except Exception as error:  # a fault of ours, and still no reason to show our insides
        told = f"{type(error).__name__}: {error}"
        _leave(error, f"internal error, please report it: {told}", SKIPPED)


def _end_unread() -> NoReturn:
    """End where nobody reads what is printed, as in ``detente events | head -1``: quietly.

    At once, too: Python would try to write what is left as it ends, and to tear down libraries that
    are still at work.
    """
    os._exit(SKIPPED)


def _output_of(error: OSError) -> str:
    """Return what a failed write without a name was to: what is printed."""
    return "standard output: " if error.errno in (errno.ENOSPC, errno.EPIPE, errno.EIO) else ""


def _leave(error: Exception, message: str, code: int) -> None:
    if os.environ.get("DETENTE_DEBUG"):
        raise error
    typer.echo(f"detente: {printable(message)}", err=True)
    sys.exit(code)
