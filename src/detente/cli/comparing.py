"""`detente compare`: the claims of a second coder beside those of the built-in one."""

from __future__ import annotations

import os
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.briefing.comparison import comparison_lines, comparison_record
from detente.briefing.records import json_text
from detente.cli.manners import existing, finish, folder_of, progress_bars, write
from detente.errors import InputError
from detente.lexicon.days import read_day
from detente.model import Notice
from detente.settings import Settings
from detente.storage.catalog import Store

__all__ = ["compare"]


class _Format(StrEnum):
    """How a comparison is written."""

    TEXT = "text"
    JSON = "json"


def _day(value: str) -> date:
    day = read_day(value)
    if day is None:
        raise typer.BadParameter(f"{value!r} is no date; write it as 2015-11-24")
    return day


def compare(  # noqa: PLR0913 - a command's options are its signature
    endpoint: Annotated[
        str,
        typer.Option(metavar="URL", help="Base address of an API in the manner of OpenAI's."),
    ],
    llm: Annotated[str, typer.Option(metavar="NAME", help="Model, as the endpoint calls it.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders, as those of brief.")
    ] = None,
    store: Annotated[
        Path | None, typer.Option("--store", help="Folder that keeps the work and the answers.")
    ] = None,
    key_variable: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Variable of the environment that holds the key."),
    ] = None,
    sample: Annotated[
        int | None, typer.Option(metavar="N", help="Compare N documents, drawn by chance.", min=1)
    ] = None,
    seconds: Annotated[float, typer.Option(help="How long an answer may take.", min=1)] = 300.0,
    published: Annotated[
        date | None,
        typer.Option(parser=_day, metavar="DATE", help="Day of publication where none is stated."),
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet where none is stated.")] = None,
    form: Annotated[_Format, typer.Option("--format")] = _Format.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="File to write instead of the terminal.")
    ] = None,
    lexicon: Annotated[
        list[Path] | None,
        typer.Option("--lexicon", help="Lexicon file of your own, used with the shipped ones."),
    ] = None,
    processes: Annotated[
        int, typer.Option(help="Worker processes; 0 means one per core.", min=0)
    ] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notices.")] = False,
) -> None:
    """Send texts to a language model that you name, and compare its claims with our own."""
    from detente import comparing, workflow  # asks the network
    from detente.collecting.endpoint import Endpoint

    asked = Endpoint(endpoint, key=_key(key_variable), seconds=seconds)
    if not paths and store is None:
        raise InputError("nothing to compare: give files or folders, or --store with documents")
    settings = Settings(processes=processes, lexicons=tuple(lexicon or ()))
    notices: tuple[Notice, ...] = ()
    with folder_of(store) as folder, progress_bars(quiet) as progress:
        opened = Store(folder) if paths else existing(folder)
        if paths:
            reading = workflow.read(
                paths, opened, published=published, outlet=outlet, progress=progress
            )
            notices = reading.notices
        found = comparing.compare(
            opened, asked, llm, sample=sample, settings=settings, progress=progress
        )
    if form is _Format.JSON:
        text = json_text(comparison_record(found), indent=1) + "\n"
    else:
        text = "".join(f"{line}\n" for line in comparison_lines(found))
    write(text, output)
    finish((*notices, *found.notices), quiet)


def _key(variable: str | None) -> str:
    """Return the key in a variable of the environment; of an argument others would know."""
    if variable is None:
        return ""
    key = os.environ.get(variable, "").strip()
    if not key:
        raise InputError(f"--key-variable: {variable} is not set in the environment, or is empty")
    return key
