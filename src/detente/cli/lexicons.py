"""The commands for lexicon files of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente import workflow
from detente.briefing.words import printable
from detente.cli.manners import (
    SKIPPED,
    WRONG_ARGUMENT,
)

__all__ = ["lexicon_app"]

lexicon_app = typer.Typer(
    name="lexicon", help="Lexicon files of your own.", no_args_is_help=True, rich_markup_mode=None
)


@lexicon_app.command("check")
def lexicon_check(
    files: Annotated[list[Path], typer.Argument(help="Lexicon files of your own, in YAML.")],
) -> None:
    """Tell what is wrong in lexicon files of your own, and try their examples."""
    checks = workflow.check_lexicon(files)
    for check in checks:
        for problem in check.problems:
            typer.echo(printable(problem), err=not check.readable)
        for remark in check.remarks:
            typer.echo(printable(f"note: {remark}"))
        if check.well:
            entries = f"{check.entries} {'entry' if check.entries == 1 else 'entries'}"
            tried = f", {check.sentences} example sentences hold" if check.sentences else ""
            typer.echo(printable(f"{check.path}: {check.kind}: {entries}{tried}"))
    if not all(check.readable for check in checks):
        raise typer.Exit(WRONG_ARGUMENT)
    if not all(check.well for check in checks):
        raise typer.Exit(SKIPPED)
