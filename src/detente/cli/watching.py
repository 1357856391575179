"""`detente watch`: feeds and folders into a store, and what is new of followed pairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.briefing.words import plural, printable
from detente.cli.manners import SKIPPED, progress_bars, tell_notices
from detente.cli.options import (
    DEFAULT_MODEL,
    Lexicons,
    Model,
    Processes,
    settings_of,
)
from detente.cli.pairs import pairs_of
from detente.cli.telling import teller
from detente.errors import InputError
from detente.storage.catalog import Store

if TYPE_CHECKING:
    from detente.watching import Round

__all__ = ["watch"]

_MINUTES = 15.0


def watch(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Lists of feeds in OPML, addresses of feeds or sitemaps, folders.",
        ),
    ],
    store: Annotated[Path, typer.Option("--store", help="Folder that keeps the work.")],
    pair: Annotated[
        list[str] | None, typer.Option(metavar="A B", help="Two countries to follow; repeatable.")
    ] = None,
    every: Annotated[
        float | None, typer.Option(metavar="MINUTES", help="From round to round; 15.", min=1)
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="One round.")] = False,
    tell: Annotated[
        list[str] | None,
        typer.Option(metavar="terminal|FILE", help="Where news goes; FILE gets JSON lines."),
    ] = None,
    command: Annotated[
        str | None, typer.Option(help="Program that is given the news as JSON lines.")
    ] = None,
    delay: Annotated[
        float, typer.Option(metavar="SECONDS", help="Between two questions to one host.", min=0)
    ] = 1.0,
    contact: Annotated[
        str, typer.Option(help="Your address of mail or page; hosts are told it.")
    ] = "",
    inside: Annotated[
        bool, typer.Option("--inside", help="Follow links of feeds into private networks, too.")
    ] = False,
    keep_raw: Annotated[
        bool, typer.Option("--keep-raw", help="Keep the bytes of the documents in the store, too.")
    ] = False,
    lexicon: Lexicons = None,
    model: Model = DEFAULT_MODEL,
    processes: Processes = 0,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress, no notices, no lines on rounds.")
    ] = False,
) -> None:
    """Collect what feeds, sitemaps and folders bring, and tell what is new of followed pairs."""
    from detente import watching  # asks the network
    from detente.collecting import Fetcher

    if once and every is not None:
        raise InputError("--once and --every exclude each other; give one")
    if not contact.isprintable() or not contact.isascii():
        raise InputError("--contact: one address of mail or of a page")
    settings = replace(settings_of(processes, lexicon, model), keep_raw=keep_raw)
    dyads = pairs_of(pair or (), settings)
    told = teller(tell or (), command)
    fetcher = Fetcher(delay=delay, contact=contact, inside=inside)
    troubled = False
    try:
        with progress_bars(quiet or not once) as progress:  # no bars that stand between rounds
            for done in watching.watch(
                sources,
                Store(store),
                dyads,
                tell=told,
                fetcher=fetcher,
                every=None if once else 60 * (_MINUTES if every is None else every),
                settings=settings,
                progress=progress,
            ):
                troubled = bool(done.notices)
                if not quiet:
                    tell_notices(done.notices, most=len(done.notices))
                    typer.echo(_round_words(done, bool(dyads)), err=True)
    finally:
        fetcher.stop()
    if troubled:
        raise typer.Exit(SKIPPED)


def _round_words(done: Round, followed: bool) -> str:
    """Return what a round did, in one line."""
    counts = done.counts
    parts = [
        f"{counts.unchanged} unchanged" if counts.unchanged else "",
        f"{counts.failed} failed" if counts.failed else "",
        f"{counts.resting} left alone for now" if counts.resting else "",
    ]
    more = ", ".join(part for part in parts if part)
    asked = f"{plural(counts.sources, 'source')} asked{f' ({more})' if more else ''}"
    new = f"{plural(done.new, 'new document')}, {done.known} known"
    told = f"{len(done.news)} new of the pairs" if done.news else "nothing new of the pairs"
    told = told if followed else "no pair is followed"
    at = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    return printable(f"{at}  {asked}; {new}; {told}")
