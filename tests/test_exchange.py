"""Event data in and out: import, the relation of a dataset, export, and back again."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from detente import workflow
from detente.errors import InputError
from detente.model import Dyad
from detente.storage.catalog import Store
from detente.storage.coded import coded_ids, pair_days, pair_months, pair_rows

EXAMPLE = Path(__file__).parents[1] / "examples" / "turkey-russia"
PAIR = Dyad("THA", "KHM")


def rows(folder, name="events.csv"):
    """Two years of a pair in the six columns: talks, then fights, and some of another pair."""
    lines = ["date,source,event_text,target,cameo,goldstein"]
    for week in range(104):
        day = date(2010, 1, 4) + timedelta(days=7 * week)
        for number in range(3):
            at = day + timedelta(days=number)
            code = "190" if week >= 60 else "040"
            lines.append(f"{at},Military (Thailand),said,Cambodia,{code},0")
        lines.append(f"{day},France,Consult,Germany,040,1")
        lines.append(f"{day},Cambodia,Make statement,Thailand,010,0")
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def coded(tmp_path):
    store = Store(tmp_path / "coded")
    done = workflow.import_events("icews", [rows(tmp_path)], store)
    return store, done


def test_an_import_tells_what_it_did(coded):
    _, done = coded
    assert (done.new, done.known, done.untyped, done.duplicates) == (520, 0, 104, 0)
    assert (done.first, done.last) == (date(2010, 1, 4), date(2011, 12, 28))
    assert not done.notices and done.terms


def test_an_import_that_is_repeated_adds_nothing(coded, tmp_path):
    store, _ = coded
    before = coded_ids(store, "icews")
    again = workflow.import_events("icews", [tmp_path / "events.csv"], store)
    assert (again.new, again.known) == (0, 520)
    assert coded_ids(store, "icews") == before


def test_rows_of_a_pair_are_counted_without_statements(coded):
    store, _ = coded
    listed = pair_rows(store, "icews", PAIR)
    assert len(listed) == 312 and all(one.forward for one in listed)
    days = pair_days(store, "icews", PAIR).to_pylist()
    assert sum(day["events"] for day in days) == 312
    months = pair_months(store, "icews").to_pylist()
    assert {(one["actor"], one["recipient"]) for one in months} == {("THA", "KHM"), ("FRA", "DEU")}
    assert sum(one["material_conflict"] for one in months) == 44 * 3


def test_the_relation_of_a_dataset_has_its_shift_its_drivers_and_its_regimes(coded):
    store, _ = coded
    findings = workflow.relation(store, PAIR)
    assert findings.dataset == "icews"
    (shift,) = [one for one in findings.shifts if one.likely]
    turned = date(2010, 1, 4) + timedelta(days=7 * 60)
    assert shift.first <= turned <= shift.last + timedelta(days=6)
    assert (shift.kind, shift.direction) == ("relation", "worse")
    drivers = workflow.drivers_of(store, findings)
    assert set(shift.drivers) <= set(drivers)
    assert all("ASSAULT" in words for _, words in drivers.values())
    before, after = findings.regimes
    assert before.conflict == 0 and after.conflict > 0.9 * after.total
    assert {one.way for one in findings.measures} == {"both", "forward", "backward"}


def test_a_dataset_that_is_not_there_is_told_with_those_that_are(coded, tmp_path):
    store, _ = coded
    with pytest.raises(InputError, match="it has icews"):
        workflow.relation(store, PAIR, dataset="gdelt")
    with pytest.raises(InputError, match="import"):
        workflow.relation(Store(tmp_path / "empty"), PAIR, dataset="gdelt")


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("example") / "store")
    workflow.read([EXAMPLE], store)
    workflow.resolve(store)
    return store


def test_plover_records_go_out_and_come_in_as_the_same(example, tmp_path):
    told = workflow.told_events(example)
    path = tmp_path / "events.jsonl"
    workflow.export_events("plover", told, path)
    other = Store(tmp_path / "other")
    done = workflow.import_events("plover", [path], other)
    assert not done.notices and done.untyped == 0
    sent = {
        (one.event.first, dyad, one.event.event_type)
        for one in told
        for dyad in one.event.dyads()
        if one.event.first and one.event.claim_ids
    }
    came = {
        (row.day, Dyad("TUR", "RUS") if row.forward else Dyad("RUS", "TUR"), row.event_type)
        for row in pair_rows(other, "plover", Dyad("TUR", "RUS"))
    }
    assert came == {one for one in sent if {one[1].actor, one[1].recipient} == {"TUR", "RUS"}}


def test_a_record_says_who_tells_it_and_in_which_words(example):
    told = workflow.told_events(example)
    records = [json.loads(line) for line in workflow.export_events("plover", told).splitlines()]
    assert len(records) == workflow.exportable("plover", told) < len(told)
    assert workflow.exportable("csv", told) == len(told)
    for record in records:
        assert record["event_text"] and record["cite_info"]["publication"]
        assert record["coder"] == "detente"
        assert 1 <= record["quad_code"] <= 4


def test_tables_have_a_row_for_each_pair(example, tmp_path):
    told = workflow.told_events(example)
    flat = workflow.exported(told)
    read = list(csv.DictReader(io.StringIO(workflow.export_events("csv", told))))
    assert [one["event_id"] for one in read] == [one["event_id"] for one in flat]
    path = tmp_path / "events.parquet"
    workflow.export_events("parquet", told, path)
    assert pq.read_table(path).num_rows == len(flat)
    lines = workflow.export_events("polecat", told).splitlines()
    assert {line.count("\t") for line in lines} == {13}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum(a1)"])
def test_no_cell_of_a_table_is_a_formula(example, text):
    told = [replace(one, text=text) for one in workflow.told_events(example)[:1]]
    (row, *_) = csv.DictReader(io.StringIO(workflow.export_events("csv", told)))
    assert row["text"] == f"'{text}"


def test_wrong_words_on_the_command_line_get_one_line(detente, tmp_path):
    events = rows(tmp_path)
    for words, said in (
        (("import", "foo", events, "--store", tmp_path / "s"), "use one of gdelt"),
        (("import", "gdelt", tmp_path / "none", "--store", tmp_path / "s"), "no such file"),
        (("export", "csv", "--store", tmp_path / "none"), "no documents"),
    ):
        ended = detente(*words)
        assert ended.code in (1, 2)
        (line,) = ended.err.splitlines()
        assert said in line
    ended = detente("import", "gdelt", events, "--store", tmp_path / "s")
    assert ended.code == 1 and "skipped" in ended.err
    ended = detente("import", "icews", events, "--store", tmp_path / "s")
    assert ended.code == 0 and "520 new rows" in ended.out
    ended = detente("relation", "Thailand", "Cambodia", "--store", tmp_path / "s")
    assert ended.code == 0 and "relation worse" in ended.out
    ended = detente(
        "relation", "Thailand", "Cambodia", "--store", tmp_path / "s", "--format", "json"
    )
    record = json.loads(ended.out)
    assert record["formulas"] and record["measures"] and record["regimes"]
    assert record["dataset"] == "icews"


def test_formats_of_export_are_checked_before_anything_is_done(detente, example):
    ended = detente("export", "xml", "--store", example.folder)
    assert ended.code != 0 and "use one of plover" in ended.err
    ended = detente("export", "parquet", "--store", example.folder)
    assert ended.code != 0 and "--output" in ended.err
