"""`detente compare`: the claims of a second coder beside those of the built-in one."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from detente.briefing.comparison import comparison_lines, comparison_record
from detente.briefing.records import json_text
from detente.cli.manners import existing, finish, folder_of, progress_bars, write
from detente.cli.options import (
    DEFAULT_MODEL,
    Lexicons,
    ListFormat,
    Model,
    OutletName,
    Output,
    Paths,
    Processes,
    Published,
    Quiet,
    StoreOption,
    settings_of,
)
from detente.errors import InputError
from detente.model import Notice
from detente.storage.catalog import Store

__all__ = ["compare"]


def compare(
    endpoint: Annotated[
        str,
        typer.Option(metavar="URL", help="Base address of an API in the manner of OpenAI's."),
    ],
    llm: Annotated[str, typer.Option(metavar="NAME", help="Model, as the endpoint calls it.")],
    paths: Paths = None,
    store: StoreOption = None,
    key_variable: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Variable of the environment that holds the key."),
    ] = None,
    sample: Annotated[
        int | None, typer.Option(metavar="N", help="Compare N documents, drawn by chance.", min=1)
    ] = None,
    seconds: Annotated[float, typer.Option(help="How long an answer may take.", min=1)] = 300.0,
    published: Published = None,
    outlet: OutletName = None,
    form: Annotated[ListFormat, typer.Option("--format")] = ListFormat.TEXT,
    output: Output = None,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
    processes: Processes = 0,
    quiet: Quiet = False,
) -> None:
    """Send texts to a language model that you name, and compare its claims with our own."""
    from detente import comparing, workflow  # asks the network
    from detente.collecting.endpoint import Endpoint

    asked = Endpoint(endpoint, key=_key(key_variable), seconds=seconds)
    if not paths and store is None:
        raise InputError("nothing to compare: give files or folders, or --store with documents")
    settings = settings_of(processes, lexicon, model)
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
    if form is ListFormat.JSON:
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
