"""The commands for competing hypotheses."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente import workflow
from detente.briefing.matrix_file import matrix_text
from detente.briefing.matrix_views import matrix_lines, matrix_record
from detente.briefing.words import listed, plural, printable
from detente.cli.manners import (
    existing,
    print_json,
    progress_bars,
    write,
)
from detente.cli.options import (
    DEFAULT_MODEL,
    ActorName,
    Lexicons,
    ListFormat,
    Model,
    NeededStore,
    Output,
    Processes,
    Quiet,
    Since,
    SourcesOption,
    Until,
    settings_of,
)
from detente.errors import InputError

__all__ = ["hypotheses_app"]

hypotheses_app = typer.Typer(
    name="hypotheses",
    help="Competing hypotheses, and the evidence against them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class MatrixFormat(StrEnum):
    """How a matrix of hypotheses is handed on."""

    CSV = "csv"
    JSON = "json"
    HTML = "html"


MatrixPath = Annotated[Path, typer.Argument(help="File of hypotheses, in YAML.")]


@hypotheses_app.command("new")
def hypotheses_new(
    actor: ActorName,
    recipient: ActorName,
    store: NeededStore,
    output: Annotated[Path, typer.Option(help="File to write; one that exists is kept.")],
    since: Since = None,
    until: Until = None,
    question: Annotated[str, typer.Option(help="What is to be explained.")] = "",
    sources: SourcesOption = None,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Write a file of four hypotheses on a pair, with its events as evidence to rate."""
    if output.exists():
        raise InputError(f"{output}: is there already; give another name, or remove it first")
    settings = replace(settings_of(processes, lexicon, model), sources=sources)
    dyad = workflow.dyad_of(actor, recipient, settings=settings)
    with progress_bars(quiet) as progress:
        matrix = workflow.new_hypotheses(
            existing(store),
            dyad,
            since=since,
            until=until,
            settings=settings,
            progress=progress,
        )
    matrix = replace(matrix, question=question.strip() or matrix.question)
    write(matrix_text(matrix), output)
    counts = f"{len(matrix.hypotheses)} hypotheses, {plural(len(matrix.rows), 'row')}"
    typer.echo(printable(f"{output}: {counts}; rate the rows, then: detente hypotheses show"))


@hypotheses_app.command("add")
def hypotheses_add(
    path: MatrixPath,
    store: NeededStore,
    sources: SourcesOption = None,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Add the events of the pair that came in since; what you wrote stays as it is."""
    settings = replace(settings_of(processes, lexicon, model), sources=sources)
    with progress_bars(quiet) as progress:
        text, rows = workflow.add_to_hypotheses(
            path, existing(store), settings=settings, progress=progress
        )
    if not rows:
        typer.echo(printable(f"{path}: no new event"))
        return
    write(text, path)
    names = listed([row.id for row in rows])
    typer.echo(printable(f"{path}: {plural(len(rows), 'row')} added: {names}"))


@hypotheses_app.command("show")
def hypotheses_show(
    path: MatrixPath,
    store: Annotated[
        Path | None, typer.Option("--store", help="Check events and quotations against it, too.")
    ] = None,
    form: Annotated[ListFormat, typer.Option("--format")] = ListFormat.TEXT,
) -> None:
    """Print what speaks against each hypothesis, what tells them apart, and what carries that."""
    matrix, found = workflow.show_hypotheses(path, existing(store) if store else None)
    if form is ListFormat.JSON:
        print_json(matrix_record(matrix, found), indent=1)
        return
    for line in matrix_lines(matrix, found):
        typer.echo(printable(line))


@hypotheses_app.command("export")
def hypotheses_export(
    path: MatrixPath,
    form: Annotated[MatrixFormat, typer.Option("--format")] = MatrixFormat.HTML,
    output: Output = None,
) -> None:
    """Write the matrix with its scores as one file to hand on."""
    write(workflow.export_hypotheses(path, form.value), output)
