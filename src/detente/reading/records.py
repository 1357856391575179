"""JSON, JSON lines and CSV: one record, one document."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from detente.errors import UnreadableError
from detente.model import Collected
from detente.reading.drafts import Draft, Problem, Severity, clean
from detente.reading.files import Source, lines, whole
from detente.reading.limits import LARGEST_DOCUMENT, LARGEST_IN_WORDS
from detente.reading.pieces import Piece
from detente.reading.text import decode

__all__ = ["read_csv", "read_json", "read_json_lines"]

_FIELDS = ("id", "url", "outlet", "outlets", "title", "author", "published", "date", "text")
_TOO_LONG = f"longer than {LARGEST_IN_WORDS}, too long for a record"


def read_json_lines(source: Source) -> Iterator[Piece | Problem]:
    """Read a file of one JSON object a line; a line that is none is a problem, and only that."""
    for number, offset, line in lines(source):
        where = f"{source.where}:{number}"
        if line is None:
            yield Problem(where, _TOO_LONG)
        elif line.strip():
            collected = Collected(file=source.where, offset=offset)
            yield Piece(where=where, data=line, collected=collected, make=_of_line)


def _of_line(piece: Piece) -> Iterator[Draft | Problem]:
    yield from _record(_json(decode(piece.data, piece.where), piece.where), piece.where)


def read_json(source: Source) -> Iterator[Piece]:
    """Read a JSON file: one object, a list of objects, or objects on lines of their own.

    The raw bytes of each document are the whole file.
    """
    return whole(source, _of_file)


def _of_file(piece: Piece) -> Iterator[Draft | Problem]:
    text = decode(piece.data, piece.where)
    try:
        content = _json(text, piece.where)
    except UnreadableError:
        if "}\n" not in text.rstrip():
            raise
        yield from _of_lines(text, piece.where)
        return
    if not isinstance(content, list):
        yield from _record(content, piece.where)
        return
    for number, record in enumerate(content, 1):
        yield from _record(record, f"{piece.where}:{number}")


def _of_lines(text: str, file: str) -> Iterator[Draft | Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{file}:{number}"
        if line.strip():
            try:
                yield from _record(_json(line, where), where)
            except UnreadableError as error:
                yield Problem(error.where, error.reason)


class _Rows:
    """The lines of a CSV file for the csv module, with the raw bytes of the row that it reads.

    An iterator and no generator, because it goes on after the error that ends a row.

    Attributes:
        raw: the lines of the current row.
        problems: about lines that are left out.
    """

    def __init__(self, source: Source) -> None:
        self._lines = lines(source)
        self._where = source.where
        self.problems: list[Problem] = []
        self.begin()

    def begin(self) -> None:
        """Begin a row."""
        self.raw = bytearray()
        self.offset: int | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for number, offset, line in self._lines:
            where = f"{self._where}:{number}"
            if line is None:
                self.problems.append(Problem(where, _TOO_LONG))
                continue
            if self.offset is None:
                self.offset = offset
            self.raw += line
            if len(self.raw) > LARGEST_DOCUMENT:
                raise csv.Error(f"a row longer than {LARGEST_IN_WORDS}")
            if line == b"\n":
                return "\n"
            try:
                return decode(line, where)
            except UnreadableError as error:
                self.problems.append(Problem(error.where, error.reason))
        raise StopIteration


def read_csv(source: Source) -> Iterator[Piece | Problem]:
    """Read a CSV file whose first row names the columns; ``;`` separates several outlets."""
    # The limit of the csv module is global and made for cells, not for articles.
    csv.field_size_limit(LARGEST_DOCUMENT)
    read = _Rows(source)
    first = next(read, "")
    delimiter = max(",;\t", key=first.count)
    names = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
    if "text" not in names:
        yield Problem(
            source.where, f"no column named 'text' in its first line ({first.strip()[:60]!r})"
        )
        return
    rows = csv.reader(read, delimiter=delimiter)
    start = 2
    while True:
        where = f"{source.where}:{start}"
        read.begin()
        try:
            row = next(rows, None)
        except csv.Error as error:
            row = []
            read.problems.append(Problem(where, f"not CSV: {error}"))
        yield from read.problems
        read.problems.clear()
        if row is None:
            return
        start = rows.line_num + 2
        if row:
            collected = Collected(file=source.where, offset=read.offset)
            yield Piece(
                where=where,
                data=bytes(read.raw),
                collected=collected,
                make=partial(_of_row, names=names, row=row),
            )


def _of_row(piece: Piece, *, names: list[str], row: list[str]) -> Iterator[Draft | Problem]:
    record = {name: value for name, value in zip(names, row, strict=False) if value.strip()}
    yield from _record(record, piece.where)


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise UnreadableError(where, "not JSON: nested too deep") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(where, f"not JSON: {error.msg} at character {error.pos}") from error
    except ValueError as error:
        raise UnreadableError(where, "not JSON: a number is too long") from error


def _record(record: object, where: str) -> Iterator[Draft | Problem]:
    """Yield the draft of one record after the notes about it, or the reason why there is none."""
    if not isinstance(record, dict):
        yield Problem(where, "not a record: expected an object with a field 'text'")
        return
    text = record.get("text")
    if not isinstance(text, str):
        yield Problem(where, "the record has no field 'text'")
        return
    extra = {name: value for name, value in record.items() if name not in _FIELDS}
    for name in ("url", "title", "author"):
        if not isinstance(record.get(name), str | None):
            yield Problem(where, f"the field {name!r} is not a string", Severity.NOTED)
    published = record.get("published") or record.get("date")
    yield Draft(
        where=where,
        text=clean(text),
        id=_identifier(record.get("id")),
        outlets=tuple(_outlets(record)),
        url=_string(record.get("url")),
        title=_string(record.get("title")),
        author=_string(record.get("author")),
        published=clean(str(published)).strip() if published else None,
        extra=json.dumps(extra, sort_keys=True) if extra else None,
    )


def _identifier(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(value)


def _string(value: object) -> str | None:
    return (clean(value).strip() or None) if isinstance(value, str) else None


def _outlets(record: dict[str, Any]) -> Iterable[str]:
    """Yield the outlets of a record, in the order that it gives them, each once."""
    seen = set()
    for value in (record.get("outlets"), record.get("outlet")):
        for entry in value if isinstance(value, list) else [value]:
            for name in entry.split(";") if isinstance(entry, str) else ():
                name = clean(name).strip()
                if name and name not in seen:
                    seen.add(name)
                    yield name
