"""The commands for the outlets of a store."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from detente import workflow
from detente.briefing import records
from detente.briefing.words import printable
from detente.cli.manners import (
    existing,
    finish,
    print_json,
)
from detente.cli.options import Lexicons, ListFormat, NeededStore, Quiet, day_of, settings_of

__all__ = ["sources_app"]

sources_app = typer.Typer(
    name="sources",
    help="Outlets of a store, and how reliable they are.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@sources_app.command("list")
def sources_list(
    store: NeededStore,
    form: Annotated[ListFormat, typer.Option("--format")] = ListFormat.TEXT,
    lexicon: Lexicons = None,
) -> None:
    """Print the outlets of a store, what is known of them, and how you rated them."""
    found = workflow.sources(existing(store), settings=settings_of(0, lexicon))
    if form is ListFormat.JSON:
        print_json([records.source_record(source) for source in found], indent=1)
        return
    for source in found:
        typer.echo(records.source_words(source))


@sources_app.command("rate")
def sources_rate(
    outlet: Annotated[str, typer.Argument(help="Any name of the outlet, or its web address.")],
    letter: Annotated[str, typer.Argument(help="A, completely reliable, to E; F: no judgement.")],
    store: NeededStore,
    reason: Annotated[str, typer.Option(help="Why; a brief prints it.")],
    by: Annotated[str, typer.Option(help="Who rates.")] = "",
    rated: Annotated[
        date | None, typer.Option("--on", parser=day_of, metavar="DATE", help="Default: today.")
    ] = None,
) -> None:
    """Rate how reliable an outlet is; older ratings stay in the register, the newest counts."""
    rating = workflow.rate_source(
        existing(store), outlet, letter, reason=reason, by=by, rated=rated
    )
    typer.echo(printable(f"{rating.outlet}: {rating.reliability} from {rating.rated} on"))


@sources_app.command("import")
def sources_import(
    path: Annotated[Path, typer.Argument(help="CSV, or a register in YAML.")],
    store: NeededStore,
    quiet: Quiet = False,
) -> None:
    """Add the ratings of a file to the register of a store."""
    added, notices = workflow.import_ratings(existing(store), path)
    typer.echo(f"{len(added)} ratings added to {store / 'sources.yaml'}")
    finish(notices, quiet)
