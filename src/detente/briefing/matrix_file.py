"""The file of a matrix of hypotheses: YAML that people edit; safe loading, errors in one line."""

from __future__ import annotations

import io
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from detente.errors import InputError
from detente.lexicon.files import parse_yaml, read_bytes
from detente.lexicon.flaws import place_words, words_of
from detente.model import (
    Consistency,
    Dyad,
    Evidence,
    Hypothesis,
    Matrix,
    MatrixRow,
    RowOrigin,
    Suggestion,
    Weight,
)

__all__ = ["matrix_text", "parse_matrix", "read_matrix", "with_rows"]

_HEAD = """\
# Hypotheses and the evidence held against them. Edit it, then: detente hypotheses show FILE
# ratings: how a row agrees with a hypothesis. CC very consistent, C consistent, N neutral,
#   I inconsistent, II very inconsistent, NA not applicable (not the same as N); empty: not rated.
# credibility, relevance: low, medium or high. Medium multiplies nothing.
# suggested: what a rule proposes, and why. It counts for nothing until you write it under ratings.
# Rows of your own need an id and what; without origins, each is its own origin.
"""

_Words = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


class _HypothesisEntry(_Entry):
    id: _Words
    text: _Words
    template: str = ""
    indicators: tuple[str, ...] = ()


class _OriginEntry(_Entry):
    id: _Words
    name: str = ""


class _EvidenceEntry(_Entry):
    document: _Words
    key: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    claim: str | None = None
    outlets: tuple[str, ...] = ()
    published: date | None = None
    url: str | None = None


class _SuggestionEntry(_Entry):
    rating: Consistency
    reason: _Words


class _RowEntry(_Entry):
    id: _Words
    what: _Words
    ratings: dict[str, Consistency | None] = {}
    suggested: dict[str, _SuggestionEntry] = {}
    credibility: Weight = Weight.MEDIUM
    relevance: Weight = Weight.MEDIUM
    note: str = ""
    event: str | None = None
    rated: str = ""
    origins: tuple[_OriginEntry, ...] = ()
    evidence: tuple[_EvidenceEntry, ...] = ()


class _File(_Entry):
    question: _Words
    between: Annotated[tuple[str, ...], Field(min_length=2, max_length=2)] | None = None
    since: date | None = None
    until: date | None = None
    run: str = ""
    hypotheses: tuple[_HypothesisEntry, ...] = Field(min_length=2)
    rows: tuple[_RowEntry, ...] = ()


# --- reading ---------------------------------------------------------------------------------


def read_matrix(path: Path) -> Matrix:
    """Read a matrix.

    Raises:
        InputError: when the file cannot be read or used; names the entry, and what would work.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file; `detente hypotheses new` makes one")
    return parse_matrix(read_bytes(path), str(path))


def parse_matrix(raw: bytes, where: str) -> Matrix:
    """Return the matrix that a file holds.

    Args:
        raw: the file.
        where: its name, for errors.

    Raises:
        InputError: when it cannot be used.
    """
    _refuse_aliases(raw, where)
    content, flaws = parse_yaml(raw)
    if not isinstance(content, dict) and not any("not YAML" in flaw.what for flaw in flaws):
        raise InputError(f"{where}: expected the keys question, hypotheses and rows")
    if flaws:
        raise InputError(f"{where}: {flaws[0]}")
    try:
        file = _File.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        told = " ".join(words_of(first, _File).split())
        raise InputError(f"{where}: {place_words(first['loc'], content)}: {told}") from error
    _check(file, where)
    return _matrix(file)


def _refuse_aliases(raw: bytes, where: str) -> None:
    """Refuse aliases: a few lines of them can stand for billions of entries."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(raw, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                raise InputError(f"{where}: *{event.anchor} is an alias; write out what it names")
    except (yaml.YAMLError, RecursionError):
        return  # told by parse_yaml


def _check(file: _File, where: str) -> None:
    names = [one.id for one in file.hypotheses]
    _refuse_twice(names, f"{where}: hypotheses")
    _refuse_twice([" ".join(one.text.split()) for one in file.hypotheses], f"{where}: hypotheses")
    _refuse_twice([row.id for row in file.rows], f"{where}: rows")
    for row in file.rows:
        place = f"{where}: row {row.id!r}"
        for name in (*row.ratings, *row.suggested):
            if name not in names:
                known = ", ".join(names)
                raise InputError(f"{place}: no hypothesis {name!r}; use one of {known}")
        if row.event is not None and not row.origins:
            told = "names an event and no origins; copy both from `detente hypotheses new`"
            raise InputError(f"{place}: {told}")
        _refuse_twice([one.id for one in row.origins], f"{place} origins")


def _refuse_twice(names: Iterable[str], where: str) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise InputError(f"{where}: {name!r} stands twice; name each once")


def _matrix(file: _File) -> Matrix:
    return Matrix(
        question=file.question,
        dyad=Dyad(*file.between) if file.between else None,
        since=file.since,
        until=file.until,
        run_id=file.run,
        hypotheses=tuple(Hypothesis(**one.model_dump()) for one in file.hypotheses),
        rows=tuple(map(_row, file.rows)),
    )


def _row(entry: _RowEntry) -> MatrixRow:
    return MatrixRow(
        id=entry.id,
        what=entry.what,
        ratings=tuple(
            sorted((name, rating) for name, rating in entry.ratings.items() if rating is not None)
        ),
        credibility=entry.credibility,
        relevance=entry.relevance,
        origins=tuple(RowOrigin(id=one.id, name=one.name) for one in entry.origins),
        evidence=tuple(
            Evidence(
                document_id=one.document,
                document_key=one.key,
                start=one.start,
                end=one.end,
                quote=one.quote,
                claim_id=one.claim,
                outlets=one.outlets,
                published=one.published,
                url=one.url,
            )
            for one in entry.evidence
        ),
        event_id=entry.event,
        code=entry.rated,
        suggestions=tuple(
            Suggestion(hypothesis=name, rating=one.rating, reason=one.reason)
            for name, one in sorted(entry.suggested.items())
        ),
        note=entry.note,
    )


# --- writing ---------------------------------------------------------------------------------


class _Dumper(yaml.SafeDumper):
    """Writes no anchors, a missing rating as nothing, and what does not print as an escape."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # PyYAML folds line separators such as U+0085 into blanks unless it must escape them
    style = None if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(
    type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "")
)


def matrix_text(matrix: Matrix) -> str:
    """Return a matrix as the text of its file; read back, it is equal."""
    pair = matrix.dyad
    record: dict[str, Any] = {"question": matrix.question}
    if pair:
        record["between"] = [pair.actor, pair.recipient]
    record |= _given(since=matrix.since, until=matrix.until, run=matrix.run_id)
    record["hypotheses"] = [
        {"id": one.id, "text": one.text}
        | _given(template=one.template, indicators=list(one.indicators))
        for one in matrix.hypotheses
    ]
    record["rows"] = [_row_record(row, matrix) for row in matrix.rows]
    return _HEAD + _dumped(record)


def with_rows(raw: bytes, rows: Sequence[MatrixRow], where: str) -> str:
    """Return the text of a matrix file with rows added behind its own; all else stays as it is.

    Comments, order and wording of the user are kept: the text is added to, not written anew.

    Args:
        raw: the file.
        rows: what to add.
        where: its name, for errors.

    Raises:
        InputError: when the file cannot be used, or its rows do not stand one on a line each.
    """
    before = parse_matrix(raw, where)
    text = raw.decode("utf-8-sig")
    after = replace(before, rows=(*before.rows, *rows))
    place = _end_of_rows(text)
    if place is not None:
        at, column = place
        added = textwrap.indent(_dumped([_row_record(row, before) for row in rows]), " " * column)
        head, tail = text[:at], text[at:]
        found = f"{head}{chr(10) * (not head.endswith(chr(10)))}{added}{tail}"
        if parse_matrix(found.encode("utf-8"), where) == after:
            return found
    told = "rows cannot be added to a text that is written like this"
    raise InputError(f"{where}: {told}; begin each row of its own on a line with a dash")


def _end_of_rows(text: str) -> tuple[int, int] | None:
    """Return where the rows end in the text of a file, and in which column each begins."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "rows" and isinstance(value, yaml.SequenceNode) and value.value:
                last = value.value[-1]
                if not value.flow_style and not last.flow_style:
                    return last.end_mark.index, value.start_mark.column
    return None


def _dumped(record: Any) -> str:
    stream = io.StringIO()
    yaml.dump(
        record, stream, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return stream.getvalue()


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _row_record(row: MatrixRow, matrix: Matrix) -> dict[str, Any]:
    ratings = {one.id: row.rating(one.id) for one in matrix.hypotheses}
    return {
        "id": row.id,
        "what": row.what,
        "ratings": {name: rating.value if rating else None for name, rating in ratings.items()},
        "credibility": row.credibility.value,
        "relevance": row.relevance.value,
    } | _given(
        note=row.note,
        suggested={
            one.hypothesis: {"rating": one.rating.value, "reason": one.reason}
            for one in row.suggestions
        }
        or None,
        event=row.event_id,
        rated=row.code,
        origins=[{"id": one.id} | _given(name=one.name) for one in row.origins],
        evidence=[
            {
                "document": one.document_id,
                "key": one.document_key,
                "start": one.start,
                "end": one.end,
                "quote": one.quote,
            }
            | _given(
                claim=one.claim_id,
                outlets=list(one.outlets),
                published=one.published,
                url=one.url,
            )
            for one in row.evidence
        ],
    )
