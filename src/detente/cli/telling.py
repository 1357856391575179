"""Where news goes: the terminal, a file of JSON lines, or a command that is given them."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import typer

from detente.briefing.news import news_lines, news_record
from detente.briefing.records import json_text
from detente.errors import InputError, TellingError
from detente.model import News

__all__ = ["TERMINAL", "Tell", "teller"]

TERMINAL = "terminal"
# A command that takes longer has hung.
_SECONDS = 60.0

Tell = Callable[[Sequence[News]], None]


def teller(places: Sequence[str], command: str | None) -> Tell:
    """Return what tells news in all these places.

    Args:
        places: "terminal", or paths of files to which JSON lines are added.
        command: a program with its arguments; no shell reads it.

    Returns:
        A function that tells; it raises TellingError when one of the places did not take the news.

    Raises:
        InputError: when a file cannot be written, or there is no such program.
    """
    ways: list[Tell] = [_way_to(place) for place in places]
    if command is not None:
        ways.append(partial(_to_command, _program(command)))
    return partial(_tell, ways or [_to_terminal])


def _way_to(place: str) -> Tell:
    if place == TERMINAL:
        return _to_terminal
    path = Path(place)
    try:
        with path.open("ab"):
            pass
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
    return partial(_to_file, path)


def _program(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise InputError(f"--command {command!r}: {error}") from error
    found = shutil.which(words[0]) if words else None
    if found is None:
        raise InputError(f"--command {command!r}: no such program; give a name on the path")
    return [found, *words[1:]]


def _tell(ways: Sequence[Tell], news: Sequence[News]) -> None:
    failures = []
    for way in ways:
        try:
            way(news)
        except TellingError as error:
            failures.append(str(error))
    if failures:
        raise TellingError("; ".join(failures))


def _to_terminal(news: Sequence[News]) -> None:
    for one in news:
        for line in news_lines(one):
            typer.echo(line)


def _lines(news: Sequence[News]) -> bytes:
    told = datetime.now(UTC)
    return "".join(f"{json_text(news_record(one, told))}\n" for one in news).encode("utf-8")


def _to_file(path: Path, news: Sequence[News]) -> None:
    try:
        with path.open("ab") as file:
            file.write(_lines(news))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise TellingError(f"{path}: cannot be written: {error.strerror or error}") from error


def _to_command(program: Sequence[str], news: Sequence[News]) -> None:
    """Run a program once, with one JSON object a line on its standard input."""
    try:
        ended = subprocess.run(
            program, input=_lines(news), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TellingError(f"{program[0]}: took longer than {_SECONDS:.0f} s") from error
    except OSError as error:
        raise TellingError(f"{program[0]}: cannot be run: {error.strerror or error}") from error
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        why = f": {said[-1][:200]}" if said else ""
        raise TellingError(f"{program[0]}: ended with {ended.returncode}{why}")
