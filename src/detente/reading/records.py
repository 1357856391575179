"""JSON, JSON lines and CSV: one record, one document."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from detente.errors import UnreadableError
from detente.model import Document
from detente.reading.drafts import Defaults, Draft, Problem, Severity, clean, finish
from detente.reading.files import LARGEST_DOCUMENT, Source, lines, whole
from detente.reading.text import decode

__all__ = ["read_csv", "read_json", "read_json_lines"]

_FIELDS = ("id", "url", "outlet", "outlets", "title", "author", "published", "date", "text")
_TOO_LONG = f"longer than {LARGEST_DOCUMENT // 1024**2} MB, too long for a record"


def read_json_lines(source: Source, defaults: Defaults) -> Iterator[Document | Problem]:
    """Read a file of one JSON object a line; a line that is none is a problem, and only that."""
    for number, line in lines(source):
        where = f"{source.where}:{number}"
        if line is None:
            yield Problem(where, _TOO_LONG)
        elif line.strip():
            try:
                record = _json(decode(line, where), where)
                yield from _record(record, where, line, defaults)
            except UnreadableError as error:
                yield Problem(error.where, error.reason)


def read_json(source: Source, defaults: Defaults) -> Iterator[Document | Problem]:
    """Read a JSON file: one object, a list of objects, or objects on lines of their own."""
    data = whole(source)
    text = decode(data, source.where)
    try:
        content = _json(text, source.where)
    except UnreadableError:
        if "}\n" not in text.rstrip():
            raise
        yield from read_json_lines(Source(source.where, io.BytesIO(text.encode())), defaults)
        return
    if not isinstance(content, list):
        yield from _record(content, source.where, data, defaults)
        return
    for number, record in enumerate(content, 1):
        raw = json.dumps(record, sort_keys=True).encode()
        yield from _record(record, f"{source.where}:{number}", raw, defaults)


def read_csv(source: Source, defaults: Defaults) -> Iterator[Document | Problem]:
    """Read a CSV file whose first row names the columns; ``;`` separates several outlets."""
    # The limit of the csv module is global and made for cells, not for articles.
    csv.field_size_limit(LARGEST_DOCUMENT)
    problems: list[Problem] = []
    decoded = _decoded_lines(source, problems)
    first = next(decoded, "")
    delimiter = max(",;\t", key=first.count)
    names = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
    if "text" not in names:
        yield Problem(
            source.where, f"no column named 'text' in its first line ({first.strip()[:60]!r})"
        )
        return
    rows = csv.reader(decoded, delimiter=delimiter)
    start = 2
    while True:
        where = f"{source.where}:{start}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            row = []
            problems.append(Problem(where, f"not CSV: {error}"))
        yield from problems
        problems.clear()
        if row is None:
            return
        start = rows.line_num + 2
        if row:
            record = {name: value for name, value in zip(names, row, strict=False) if value.strip()}
            raw = json.dumps(row).encode()
            yield from _record(record, where, raw, defaults)


def _decoded_lines(source: Source, problems: list[Problem]) -> Iterator[str]:
    for number, line in lines(source):
        where = f"{source.where}:{number}"
        if line == b"\n":
            yield "\n"
            continue
        if line is None:
            problems.append(Problem(where, _TOO_LONG))
            continue
        try:
            yield decode(line, where)
        except UnreadableError as error:
            problems.append(Problem(error.where, error.reason))


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise UnreadableError(where, "not JSON: nested too deep") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(where, f"not JSON: {error.msg} at character {error.pos}") from error
    except ValueError as error:
        raise UnreadableError(where, "not JSON: a number is too long") from error


def _record(
    record: object, where: str, raw: bytes, defaults: Defaults
) -> Iterator[Document | Problem]:
    """Yield the document of one record, or the reason why there is none."""
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
    draft = Draft(
        where=where,
        text=clean(text),
        digest=hashlib.sha256(raw).hexdigest(),
        id=_identifier(record.get("id")),
        outlets=tuple(_outlets(record)),
        url=_string(record.get("url")),
        title=_string(record.get("title")),
        author=_string(record.get("author")),
        published=clean(str(published)).strip() if published else None,
        extra=json.dumps(extra, sort_keys=True) if extra else None,
    )
    yield from finish(draft, defaults)


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
