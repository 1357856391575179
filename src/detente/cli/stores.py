"""The commands that look after a store."""

from __future__ import annotations

from typing import Annotated

import typer

from detente import workflow
from detente.briefing.words import plural, printable
from detente.cli.manners import SKIPPED, progress_bars
from detente.cli.options import (
    DEFAULT_MODEL,
    Lexicons,
    Model,
    NeededStore,
    Processes,
    settings_of,
)

__all__ = ["store_app"]

store_app = typer.Typer(
    name="store",
    help="Whether a store is sound, what mends it, and what makes it fast.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


@store_app.command("check")
def store_check(store: NeededStore, quiet: _Quiet = False) -> None:
    """Hold every digest, span and reference of the store against what it stands for."""
    with progress_bars(quiet) as progress:
        found = workflow.check_store(store, progress=progress)
    for flaw in found.flaws:
        typer.echo(printable(str(flaw)))
    counts = (
        f"{plural(found.documents, 'document')}, {plural(found.claims, 'claim')} with "
        f"{plural(found.spans, 'span')}, {plural(found.events, 'event')}"
    )
    other = f", {plural(found.unknown, 'file')} of another version not read" * bool(found.unknown)
    if not found.flaws:
        typer.echo(printable(f"{store}: {counts}{other}: all well"))
        return
    told = f"{plural(len(found.flaws), 'flaw')}; `detente store repair --store {store}` mends"
    typer.echo(printable(f"{store}: {counts}{other}: {told}"))
    raise typer.Exit(SKIPPED)


@store_app.command("repair")
def store_repair(
    store: NeededStore,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
    processes: Processes = 0,
    quiet: _Quiet = False,
) -> None:
    """Mend what can be mended without loss, and tell what was done."""
    settings = settings_of(processes, lexicon, model)
    with progress_bars(quiet) as progress:
        mending = workflow.repair_store(store, settings=settings, progress=progress)
    for line in mending.done:
        typer.echo(printable(line))
    for flaw in mending.left:
        typer.echo(printable(f"left: {flaw}"), err=True)
    if not mending.done and not mending.left:
        typer.echo(printable(f"{store}: nothing to mend"))
    if mending.left:
        raise typer.Exit(SKIPPED)


@store_app.command("compact")
def store_compact(store: NeededStore) -> None:
    """Merge many small files of a store into few; reading does so of itself when they are many."""
    done = workflow.compact_store(store)
    for path in done.left:
        typer.echo(printable(f"{path}: damaged, left alone; `detente store check` says more"))
    files = plural(done.before, "file")
    typer.echo(printable(f"{store}: {files} of documents before, {done.after} now"))
    if done.left:
        raise typer.Exit(SKIPPED)
