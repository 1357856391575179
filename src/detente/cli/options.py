"""Options that several commands take, and what becomes of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente import lexicon as lexicons
from detente.lexicon.days import read_day
from detente.settings import Settings


class ListFormat(StrEnum):
    """How events and relations are written."""

    TEXT = "text"
    JSON = "json"


def day_of(value: str) -> date:
    """Return the day that an option gives."""
    day = read_day(value)
    if day is None:
        raise typer.BadParameter(f"{value!r} is no date; write it as 2015-11-24")
    return day


Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="Files and folders: text, HTML, JSON lines, CSV, WARC, mail, feeds."),
]
StoreOption = Annotated[Path | None, typer.Option("--store", help="Folder that keeps the work.")]
NeededStore = Annotated[Path, typer.Option("--store", help="Folder that keeps the work.")]
Published = Annotated[
    date | None,
    typer.Option(parser=day_of, metavar="DATE", help="Day of publication where none is stated."),
]
OutletName = Annotated[str | None, typer.Option(help="Outlet where none is stated.")]
Since = Annotated[date | None, typer.Option(parser=day_of, metavar="DATE", help="First day.")]
Until = Annotated[date | None, typer.Option(parser=day_of, metavar="DATE", help="Last day.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notices.")]
Processes = Annotated[int, typer.Option(help="Worker processes; 0 means one per core.", min=0)]
Output = Annotated[Path | None, typer.Option(help="File to write instead of the terminal.")]
Lexicons = Annotated[
    list[Path] | None,
    typer.Option("--lexicon", help="Lexicon file of your own, used with the shipped ones."),
]
Model = Annotated[
    str, typer.Option("--model", metavar="NAME", help="spaCy pipeline: a package, or a folder.")
]
DEFAULT_MODEL = Settings().language_model
SourcesOption = Annotated[
    Path | None, typer.Option("--sources", help="Source register; default: the store's own.")
]
ActorName = Annotated[str, typer.Argument(help="Country: name, code, adjective or capital.")]


def settings_of(processes: int, lexicon: list[Path] | None, model: str = DEFAULT_MODEL) -> Settings:
    """Return the settings of a run whose lexicon files can be used.

    Raises:
        InputError: before anything is read, when one of them cannot.
    """
    settings = Settings(processes=processes, lexicons=tuple(lexicon or ()), language_model=model)
    if settings.lexicons:
        lexicons.load(settings.lexicons)
    return settings
