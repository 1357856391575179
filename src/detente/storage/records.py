"""Dataclasses to Arrow and back, derived from the type hints.

Strings, integers, floats, booleans, dates, string enums, ``X | None``, ``tuple[X, ...]`` and frozen
dataclasses of these become columns, lists and structs; a table read back gives equal records.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["from_table", "rows_table", "schema_of", "to_table"]

R = TypeVar("R")

_SCALARS: dict[type, pa.DataType] = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    date: pa.date32(),
}


@cache
def schema_of(record: Any) -> pa.Schema:
    """Return the Arrow schema of a record class.

    Raises:
        TypeError: when a field's type has no column type.
    """
    return pa.schema(list(_arrow_type(record)))  # a struct type iterates over its fields


def to_table(records: Iterable[Any], record: Any) -> pa.Table:
    """Return the records as one Arrow table with the class's schema."""
    write = _writer(record)
    return pa.Table.from_pylist([write(one) for one in records], schema=schema_of(record))


def from_table(table: pa.Table | pa.RecordBatch, record: type[R]) -> list[R]:
    """Return the rows of a table as records of the class."""
    read = _reader(record)  # type: ignore[arg-type]  # a class is hashable
    return [read(row) for row in table.to_pylist()]


def rows_table(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> bytes:
    """Return rows as the content of a Parquet file, with these columns in this order."""
    table = pa.table({name: [row[name] for row in rows] for name in columns})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def _hints(record: type) -> Sequence[tuple[str, Any]]:
    hints = get_type_hints(record)
    return [(field.name, hints[field.name]) for field in fields(record) if field.init]


def _optional(hint: Any) -> tuple[Any, bool]:
    """Return the type without None, and whether None was in it."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [part for part in get_args(hint) if part is not type(None)]
        if len(inner) == 1:
            return inner[0], True
    return hint, False


@cache
def _arrow_type(hint: Any) -> pa.DataType:
    hint, _ = _optional(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return pa.string()
    if get_origin(hint) is tuple:
        return pa.list_(_arrow_type(get_args(hint)[0]))
    if is_dataclass(hint) and isinstance(hint, type):
        return pa.struct([pa.field(name, _arrow_type(inner)) for name, inner in _hints(hint)])
    raise TypeError(f"no column type for {hint!r}; use a scalar, an enum, a tuple or a dataclass")


@cache
def _writer(hint: Any) -> Callable[[Any], Any]:
    hint, optional = _optional(hint)
    if get_origin(hint) is tuple:
        write = _writer(get_args(hint)[0])
        plain: Callable[[Any], Any] = lambda value: [write(inner) for inner in value]  # noqa: E731
    elif is_dataclass(hint) and isinstance(hint, type):
        columns = [(name, _writer(inner)) for name, inner in _hints(hint)]
        plain = lambda value: {name: put(getattr(value, name)) for name, put in columns}  # noqa: E731
    elif isinstance(hint, type) and issubclass(hint, StrEnum):
        plain = str
    else:
        return _same
    return (lambda value: None if value is None else plain(value)) if optional else plain


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    hint, optional = _optional(hint)
    if get_origin(hint) is tuple:
        read = _reader(get_args(hint)[0])
        plain: Callable[[Any], Any] = lambda value: tuple(read(inner) for inner in value)  # noqa: E731
    elif is_dataclass(hint) and isinstance(hint, type):
        columns = [(name, _reader(inner)) for name, inner in _hints(hint)]
        made: Any = hint
        plain = lambda row: made(**{name: get(row[name]) for name, get in columns})  # noqa: E731
    elif isinstance(hint, type) and issubclass(hint, StrEnum):
        plain = hint
    else:
        return _same
    return (lambda value: None if value is None else plain(value)) if optional else plain


def _same(value: Any) -> Any:
    return value
