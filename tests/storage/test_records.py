"""Records survive the way through Arrow and Parquet."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.model import Claim, Document, Event, Extraction, Notice, Report, Run
from detente.storage.catalog import read_records, write_records
from detente.storage.records import from_table, schema_of, to_table

RECORDS = (Claim, Document, Event, Extraction, Notice, Report, Run)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@cache
def strategy(hint: Any) -> st.SearchStrategy[Any]:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return st.one_of(*(strategy(part) for part in get_args(hint)))
    if origin is tuple:
        return st.lists(strategy(get_args(hint)[0]), max_size=2).map(tuple)
    simple = {
        str: TEXT,
        bool: st.booleans(),
        int: st.integers(-(2**62), 2**62),
        float: st.floats(allow_nan=False),
        date: st.dates(),
        type(None): st.none(),
    }
    if hint in simple:
        return simple[hint]
    if issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    hints = get_type_hints(hint)
    return st.builds(hint, **{name: strategy(inner) for name, inner in hints.items()})


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_records_survive_the_round_trip_through_parquet(record, data, tmp_path):
    listed = data.draw(st.lists(strategy(record), max_size=3))
    path = tmp_path / "records.parquet"
    write_records(path, listed, record)
    assert read_records(path, record) == listed


def test_a_type_without_a_column_type_is_refused():
    with pytest.raises(TypeError, match="no column type"):
        schema_of(dict[str, int])


def test_no_records_keep_their_columns():
    table = to_table([], Claim)
    assert table.num_rows == 0
    assert "certainty" in table.column_names
    assert from_table(table, Claim) == []
