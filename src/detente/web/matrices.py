"""The pages of competing hypotheses: those of the user's files, and those to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from detente import workflow
from detente.analysis.hypotheses import assess
from detente.briefing.matrix_file import matrix_text
from detente.briefing.matrix_views import matrix_record, matrix_shown, ranking_words
from detente.briefing.records import json_text
from detente.briefing.render import to_plain
from detente.errors import InputError
from detente.web.addresses import Links
from detente.web.answers import File, Moved, Page
from detente.web.asking import ask, pair_and_period
from detente.web.reader import Reader

__all__ = ["beginning", "beginning_file", "matrices", "matrix"]


def matrices(reader: Reader, request: Request) -> Page | Moved:
    """Show which files of hypotheses there are, and lead to those on a pair to begin with."""
    if "a" in request.query_params:
        return ask(reader, request)
    lines = [_matrix_line(reader, name) for name in sorted(reader.matrices)]
    return Page(
        template="matrices.html",
        shown={"lines": lines},
        record=lambda: json_text([to_plain(line) for line in lines], indent=1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixLine:
    """A file of hypotheses in a list.

    Attributes:
        name: by which its page is called.
        file: where it lies.
        question: what is to be explained.
        ranking: the hypotheses, the least inconsistent first, in words.
        rows: how many rows it has.
        rated: how many of them have a rating.
        problem: why it cannot be shown; else empty.
    """

    name: str
    file: str
    question: str = ""
    ranking: str = ""
    rows: int = 0
    rated: int = 0
    problem: str = ""


def _matrix_line(reader: Reader, name: str) -> MatrixLine:
    file = str(reader.matrices[name])
    try:
        found, assessed = reader.matrix(name)
    except InputError as error:
        return MatrixLine(name=name, file=file, problem=str(error))
    return MatrixLine(
        name=name,
        file=file,
        question=found.question,
        ranking=ranking_words(assessed.ranking),
        rows=len(found.rows),
        rated=sum(bool(row.ratings) for row in found.rows),
    )


def matrix(reader: Reader, request: Request) -> Page:
    """Show the hypotheses of a file, and what follows from its ratings."""
    name = request.path_params["name"]
    found, assessed = reader.matrix(name)
    astray = workflow.rows_astray(found, reader.opened().store)
    shown = matrix_shown(found, assessed) | {"file": str(reader.matrices[name]), "astray": astray}
    if found.dyad is not None:
        given = {"since": found.since, "until": found.until}
        shown |= {"dyad": found.dyad, "given": given}
    return Page(
        template="matrix.html",
        shown=shown,
        record=lambda: json_text(matrix_record(found, assessed) | {"astray": astray}, indent=1),
    )


def beginning(reader: Reader, request: Request) -> Page | Moved:
    """Show the hypotheses on a pair to begin with, rated by nobody."""
    dyad, since, until = pair_and_period(reader, request)
    if isinstance(dyad, Moved):
        return dyad
    found = reader.opened().matrix(dyad, since, until)
    assessed = assess(found)
    given = {"since": since, "until": until}
    return Page(
        template="matrix.html",
        shown=matrix_shown(found, assessed)
        | {"dyad": dyad, "given": given, "astray": {}, "save": Links.matrix_file(dyad, **given)},
        record=lambda: json_text(matrix_record(found, assessed), indent=1),
    )


def beginning_file(reader: Reader, request: Request) -> File | Moved:
    """Return the same as a file to rate."""
    dyad, since, until = pair_and_period(reader, request)
    if isinstance(dyad, Moved):
        return dyad
    found = reader.opened().matrix(dyad, since, until)
    name = f"{dyad.actor}-{dyad.recipient}.yaml"
    return File(name, matrix_text(found), "application/yaml")
