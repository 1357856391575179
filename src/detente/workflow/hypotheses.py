"""Competing hypotheses about a pair."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from detente.analysis.hypotheses import assess
from detente.briefing.hypotheses import TEMPLATES, matrix_of, rows_of
from detente.briefing.matrix_file import read_matrix, with_rows
from detente.briefing.matrix_views import EXPORTS
from detente.errors import InputError
from detente.lexicon.files import read_bytes
from detente.model import Assessment, Dyad, Matrix, MatrixRow
from detente.settings import Settings
from detente.storage.catalog import Store
from detente.workflow.answering import material_of
from detente.workflow.progress import Progress, silent

__all__ = [
    "add_to_hypotheses",
    "export_hypotheses",
    "new_hypotheses",
    "rows_astray",
    "show_hypotheses",
]


def new_hypotheses(
    store: Store,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    settings: Settings | None = None,
    progress: Progress = silent,
) -> Matrix:
    """Return a matrix of the four template hypotheses and the pair's events, rated by nobody.

    Args:
        store: the store; what it lacks (extraction, resolution) is done first.
        dyad: the pair.
        since: first day of the period, or None for all.
        until: last day, inclusive, or None for all.
        settings: settings of the run.
        progress: told how far the stages before are.

    Raises:
        InputError: when the period ends before it begins, or has no event of the pair.
    """
    material = material_of(store, dyad, since, until, settings, progress)
    matrix = matrix_of(material, tuple(TEMPLATES))
    if not matrix.rows:
        pair = f"{dyad.actor} and {dyad.recipient}"
        raise InputError(f"no event between {pair} in this period; give another, or another pair")
    return matrix


def add_to_hypotheses(
    path: Path,
    store: Store,
    *,
    settings: Settings | None = None,
    progress: Progress = silent,
) -> tuple[str, tuple[MatrixRow, ...]]:
    """Return the text of a matrix file with the events that came in since, and the rows added.

    What the user wrote stays as it is, comments included. Nothing is written.

    Args:
        path: the file; its pair and its period tell which events belong to it.
        store: the store; what it lacks (extraction, resolution) is done first.
        settings: settings of the run.
        progress: told how far the stages before are.

    Raises:
        InputError: when the file cannot be used, or names no pair.
    """
    matrix = read_matrix(path)
    if matrix.dyad is None:
        raise InputError(f"{path}: names no pair, so no event belongs to it; give it `between`")
    material = material_of(store, matrix.dyad, matrix.since, matrix.until, settings, progress)
    known = {row.event_id or row.id: row.id for row in matrix.rows}
    cited = {one.claim_id: row.id for row in matrix.rows for one in row.evidence}
    for event in material.events:  # one that has another id by now is no new one
        for claim in (*event.claim_ids, *event.denial_ids):
            if claim in cited:
                known.setdefault(event.id, cited[claim])
    rows = rows_of(material, matrix.hypotheses, known)
    raw = read_bytes(path)
    return (with_rows(raw, rows, str(path)) if rows else raw.decode("utf-8-sig")), rows


def show_hypotheses(path: Path, store: Store | None = None) -> tuple[Matrix, Assessment]:
    """Return the matrix of a file and what follows from it.

    Args:
        path: the file.
        store: where given, every event and every quotation of the file must be in it.

    Raises:
        InputError: when the file cannot be used; names the row, and what would work.
    """
    matrix = read_matrix(path)
    if store is not None:
        for row, reason in rows_astray(matrix, store).items():
            raise InputError(f"{path}: row {row!r}: {reason}")
    return matrix, assess(matrix)


def export_hypotheses(path: Path, form: str) -> str:
    """Return the matrix of a file and what follows from it as one text to hand on.

    Args:
        path: the file.
        form: "csv", "json" or "html".

    Raises:
        InputError: when the file cannot be used.
        KeyError: for another form.
    """
    return EXPORTS[form](*show_hypotheses(path))


def rows_astray(matrix: Matrix, store: Store) -> dict[str, str]:
    """Return by id the rows of a matrix that do not stand in a store: why not, and what would work.

    Args:
        matrix: the matrix.
        store: every event and every quotation should be in it.
    """
    wanted = {row.event_id for row in matrix.rows if row.event_id is not None}
    known = {event.id for event in store.events_of(wanted)}
    documents = store.find_documents({e.document_id for r in matrix.rows for e in r.evidence})
    astray: dict[str, str] = {}
    for row in matrix.rows:
        if row.event_id is not None and row.event_id not in known:
            told = f"no event {row.event_id!r} in {store.folder}; `detente events` lists them"
            astray[row.id] = told
        for one in row.evidence:
            document = documents.get(one.document_id)
            if document is None or document.text[one.start : one.end] != one.quote:
                told = f"{one.document_key} [{one.start}:{one.end}] does not read as quoted"
                astray.setdefault(row.id, f"{told}; make the row anew")
    return astray
