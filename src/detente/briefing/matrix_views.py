"""A matrix of hypotheses with what follows from it: text, CSV, JSON, one HTML file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from detente.briefing.records import json_text
from detente.briefing.render import html_environment, to_plain
from detente.briefing.words import listed, plural, printable
from detente.model import Assessment, HypothesisScore, Matrix, MatrixRow, WithoutOrigin

__all__ = ["EXPORTS", "matrix_lines", "matrix_record", "matrix_shown", "ranking_words"]

# What a spreadsheet takes for a formula when it stands first in a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def score_words(score: float | None) -> str:
    """Return "-2.83", "0"; "none" where there is no score."""
    return "none" if score is None else f"{score:.2f}".rstrip("0").rstrip(".")


def ranking_words(ranking: Sequence[Sequence[str]]) -> str:
    """Return "H2, then H1 and H3"."""
    return ", then ".join(listed(tuple(group), most=len(group)) for group in ranking)


def without_words(one: WithoutOrigin) -> str:
    """Return what would follow if an origin were wrong."""
    lost = f"{listed(one.lost, most=len(one.lost))} would fall; " if one.lost else ""
    name = one.origin.name or one.origin.id
    lead = "others would lead" if one.leads else "the order would be another"
    return f"{name}: {lost}{lead}: {ranking_words(one.ranking)}"


def linchpins(found: Assessment) -> tuple[WithoutOrigin, ...]:
    """Return the origins without which the order differs."""
    return tuple(one for one in found.sensitivity if one.changes)


# --- text ------------------------------------------------------------------------------------


def matrix_lines(matrix: Matrix, found: Assessment) -> Iterator[str]:
    """Yield the lines of a matrix for the terminal.

    Args:
        matrix: the matrix.
        found: what follows from it.
    """
    yield matrix.question
    yield ""
    yield "LEAST INCONSISTENT FIRST"
    scores = {one.id: one for one in found.scores}
    texts = {one.id: one.text for one in matrix.hypotheses}
    for name in (name for group in found.ranking for name in group):
        yield f"{name}  {score_words(scores[name].score)}  {texts[name]}"
        yield from (f"    {line}" for line in _score_lines(scores[name], len(matrix.rows)))
    yield ""
    yield "ROWS, THE MOST DIAGNOSTIC FIRST"
    for row, worth in _by_worth(matrix, found):
        told = "cannot be told" if worth is None else score_words(worth)
        ratings = " ".join(f"{one.id}:{_cell(row, one.id)}" for one in matrix.hypotheses)
        yield f"{row.id}  {ratings}  diagnosticity {told}"
        rated = f"; rated {row.code}" if row.code else ""
        yield f"    {row.what}"
        weights = f"credibility {row.credibility}, relevance {row.relevance}"
        yield f"    {_origins_words(row)}{rated}; {weights}"
        for one in row.suggestions:
            if row.rating(one.hypothesis) is None:
                yield f"    suggested, not counted: {one.hypothesis} {one.rating}: {one.reason}"
    yield ""
    yield "IF ONE ORIGIN WERE WRONG"
    moved = linchpins(found)
    yield from map(without_words, moved)
    rest = len(found.sensitivity) - len(moved)
    if rest:
        yield f"{plural(rest, 'other origin' if moved else 'origin')}: the order stays"
    if found.notes:
        yield ""
        yield "BEFORE YOU USE THIS"
        yield from found.notes


def _score_lines(score: HypothesisScore, rows: int) -> Iterator[str]:
    if score.against:
        yield f"against it: {', '.join(score.against)}"
    if score.folded:
        yield f"against it, too, but of the same origins: {', '.join(score.folded)}"
    if len(score.unrated) == rows:
        yield "no row is rated"
    elif not score.against:
        yield "no row that was rated speaks against it"


def _by_worth(matrix: Matrix, found: Assessment) -> list[tuple[MatrixRow, float | None]]:
    worth = {one.id: one.diagnosticity for one in found.rows}
    listed_rows = [(row, worth[row.id]) for row in matrix.rows]
    return sorted(listed_rows, key=lambda one: -1.0 if one[1] is None else one[1], reverse=True)


def _cell(row: MatrixRow, hypothesis: str) -> str:
    rating = row.rating(hypothesis)
    return rating.value if rating else "-"


def _origins_words(row: MatrixRow) -> str:
    if not row.origins:
        return "your own argument"
    names = [one.name or one.id for one in row.origins]
    return f"{plural(len(names), 'origin')}: {'; '.join(names)}"


# --- files -----------------------------------------------------------------------------------


def matrix_record(matrix: Matrix, found: Assessment) -> dict[str, Any]:
    """Return a matrix and what follows from it as a JSON object."""
    plain: dict[str, Any] = to_plain(matrix)
    for row in plain["rows"]:
        row["ratings"] = dict(row["ratings"])
    assessed: dict[str, Any] = to_plain(found)
    for one in assessed["sensitivity"]:
        one["scores"] = dict(one["scores"])
    return {**plain, "assessment": assessed}


def _as_json(matrix: Matrix, found: Assessment) -> str:
    return json_text(matrix_record(matrix, found), indent=1) + "\n"


def _as_csv(matrix: Matrix, found: Assessment) -> str:
    """Return one line a row, and last the scores; no cell is a formula."""
    worth = {one.id: one.diagnosticity for one in found.rows}
    names = [one.id for one in matrix.hypotheses]
    head = "id what event rated credibility relevance origins diagnosticity note quotes".split()
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*head, *map(_safe, names)])
    for row in matrix.rows:
        values = [
            row.id,
            row.what,
            row.event_id or "",
            row.code,
            row.credibility.value,
            row.relevance.value,
            "; ".join(one.name or one.id for one in row.origins),
            score_words(worth[row.id]),
            row.note,
            " | ".join(one.quote for one in row.evidence),
        ]
        ratings = [rating.value if (rating := row.rating(name)) else "" for name in names]
        writer.writerow([*map(_safe, values), *ratings])
    blank = [""] * (len(head) - 2)
    writer.writerow(["hypothesis", "", *blank, *(_safe(one.text) for one in matrix.hypotheses)])
    scores = {one.id: score_words(one.score) for one in found.scores}
    # a number of ours: spreadsheets read "-2" as one
    writer.writerow(["score", matrix_caption(found), *blank, *(scores[one] for one in names)])
    return stream.getvalue()


def matrix_caption(found: Assessment) -> str:
    """Return one line on the order."""
    return f"weighted inconsistency; least inconsistent first: {ranking_words(found.ranking)}"


def _safe(text: str) -> str:
    """Return the text of a cell; what a spreadsheet would run is marked as text."""
    shown = " ".join(printable(text).split()) if not text.isprintable() else text
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown


def matrix_shown(matrix: Matrix, found: Assessment) -> dict[str, Any]:
    """Return what the template of a matrix is given, wherever it is shown."""
    return {
        "matrix": matrix,
        "found": found,
        "scores": {one.id: one for one in found.scores},
        "rows": _by_worth(matrix, found),
        "moved": linchpins(found),
        "cell": _cell,
        "origins_words": _origins_words,
        "score_words": score_words,
        "without_words": without_words,
    }


def _as_html(matrix: Matrix, found: Assessment) -> str:
    template = html_environment().get_template("hypotheses.html")
    shown = matrix_shown(matrix, found)
    return template.render(**shown, shell="standalone.html", links=None, astray={})


EXPORTS: dict[str, Callable[[Matrix, Assessment], str]] = {
    "csv": _as_csv,
    "json": _as_json,
    "html": _as_html,
}
