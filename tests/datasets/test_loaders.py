"""Event data of others: every column read, every bad line told, nothing lost, nothing doubled."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from detente.datasets import FORMATS, Countries, read_events, terms_of
from detente.datasets.gdelt import _NEW, _OLD
from detente.datasets.rows import LONGEST_LINE
from detente.lexicon.actors import load_actors
from detente.model import CodedEvent, EventType, Notice

SHARED = Path(__file__).parents[3] / "shared" / "data"
ACTORS = load_actors()
COUNTRIES = Countries(lambda name: ACTORS.resolve(name).code, ACTORS.codes)


def read(form, path):
    found = list(read_events(form, [path], COUNTRIES))
    return [one for one in found if isinstance(one, CodedEvent)], [
        one for one in found if isinstance(one, Notice)
    ]


def written(folder, text, name="events.tab"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def gdelt_row(columns=_NEW, **cells):
    row = dict.fromkeys(columns, "") | {
        "GLOBALEVENTID": "7",
        "SQLDATE": "20150102",
        "Actor1Code": "TURGOV",
        "Actor1Name": "ANKARA",
        "Actor1CountryCode": "TUR",
        "Actor1Type1Code": "GOV",
        "Actor2Name": "RUSSIA",
        "Actor2CountryCode": "RUS",
        "EventCode": "1711",
        "GoldsteinScale": "-9.2",
        "NumArticles": "4",
        "ActionGeo_FullName": "Ankara, Turkey",
        "ActionGeo_CountryCode": "TU",
        "ActionGeo_Lat": "39.9",
        "ActionGeo_Long": "32.8",
    }
    if "SOURCEURL" in columns:
        row["SOURCEURL"] = "https://courier.example/1"
    return "\t".join((row | cells)[name] for name in columns)


@pytest.mark.parametrize("columns", [_OLD, [*_OLD, "SOURCEURL"], _NEW], ids=["57", "58", "61"])
def test_a_row_of_gdelt_is_read_in_all_its_forms(tmp_path, columns):
    (event,), notices = read("gdelt", written(tmp_path, gdelt_row(columns) + "\n"))
    assert not notices
    assert (event.actor, event.actor_sector, event.recipient) == ("TUR", "GOV", "RUS")
    assert (event.day, event.event_type, event.mode) == (date(2015, 1, 2), "COERCE", "seize")
    assert (event.quad, event.score, event.goldstein) == (4, -7.0, -9.2)
    assert (event.latitude, event.longitude, event.mentions) == (39.9, 32.8, 4)
    assert set(json.loads(event.columns)) == set(columns)


def test_the_columns_of_gdelt_are_as_many_as_its_codebooks_say():
    assert (len(_OLD), len(_NEW)) == (57, 61) and len(set(_NEW)) == 61


def test_known_groups_roles_and_regions_of_gdelt(tmp_path):
    text = "\n".join(
        [
            gdelt_row(Actor1CountryCode="", Actor1KnownGroupCode="UNO"),
            gdelt_row(Actor1CountryCode="EUR", Actor1KnownGroupCode="EEC", Actor1Type1Code="IGO"),
            gdelt_row(Actor1CountryCode="EUR"),
            gdelt_row(Actor1CountryCode="ROM"),
            gdelt_row(Actor1CountryCode="", Actor1Type1Code="MED"),
            gdelt_row(EventCode="010"),
        ]
    )
    events, _ = read("gdelt", written(tmp_path, text))
    assert [one.actor for one in events] == ["UNO", "EUR", "", "ROU", "", "TUR"]
    assert events[4].actor_sector == "JRN"
    assert (events[5].event_type, events[5].quad, events[5].score) == (None, 0, None)


def test_what_is_wrong_in_a_line_is_told_and_the_rest_is_read(tmp_path):
    text = b"\n".join(
        [
            gdelt_row().encode(),
            gdelt_row(SQLDATE="20151399").encode(),
            gdelt_row(EventCode="99").encode(),
            b"too\tfew",
            b"\0" * 40,
            b"x" * (LONGEST_LINE + 5),
            gdelt_row(GLOBALEVENTID="8").encode(),
        ]
    )
    events, notices = read("gdelt", written(tmp_path, text))
    assert [one.native_id for one in events] == ["7", "8"]
    assert [one.where.rpartition(":")[2] for one in notices] == ["2", "3", "4", "5", "6"]
    reasons = " ".join(one.reason for one in notices)
    for word in ("calendar", "CAMEO", "61", "NUL", "bytes"):
        assert word in reasons


def test_rows_that_repeat_a_report_are_marked_once(tmp_path):
    text = "\n".join(gdelt_row(GLOBALEVENTID=str(n)) for n in range(3)) + "\n"
    events, _ = read("gdelt", written(tmp_path, text))
    assert [one.duplicate_of for one in events] == [None, events[0].id, events[0].id]
    other = gdelt_row(GLOBALEVENTID="9", SOURCEURL="https://herald.example/2")
    events, _ = read("gdelt", written(tmp_path, text + other))
    assert events[-1].duplicate_of is None


@pytest.mark.parametrize("packed", ["gz", "zip"])
def test_packed_files_are_read(tmp_path, packed):
    content = gdelt_row().encode() + b"\n"
    path = tmp_path / f"events.{packed}"
    if packed == "gz":
        path.write_bytes(gzip.compress(content))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("events.csv", content)
    events, notices = read("gdelt", path)
    assert len(events) == 1 and not notices


def test_a_broken_archive_keeps_what_came_before_and_says_so(tmp_path):
    rows = "\n".join(gdelt_row(GLOBALEVENTID=str(n)) for n in range(4000)).encode()
    packed = gzip.compress(rows)
    events, notices = read("gdelt", written(tmp_path, packed[: len(packed) // 2], "a.gz"))
    assert 0 < len(events) < 4000
    assert "cannot be read" in notices[-1].reason
    several = tmp_path / "two.zip"
    with zipfile.ZipFile(several, "w") as archive:
        archive.writestr("a", "x")
        archive.writestr("b", "y")
    events, notices = read("gdelt", several)
    assert not events and "unpack it" in notices[0].reason


ICEWS = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,"
    "Target Name,Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,"
    "Province,Country,Latitude,Longitude"
).split(",")


def icews(delimiter, **cells):
    row = dict.fromkeys(ICEWS, "NA") | {
        "Event ID": "1",
        "Event Date": "2013-05-06",
        "Source Name": "Police (Thailand)",
        "Source Sectors": "Police,Government",
        "Source Country": "Thailand",
        "Event Text": "Arrest, detain, or charge with legal action",
        "CAMEO Code": "173",
        "Intensity": "-5",
        "Target Name": "Citizen (Cambodia)",
        "Target Sectors": "General Population / Civilian / Social",
        "Target Country": "Cambodia",
        "Story ID": "77",
    }
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(ICEWS)
    writer.writerow((row | cells).values())
    return out.getvalue()


@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_a_row_of_icews_is_read_with_names_and_sectors_resolved(tmp_path, delimiter):
    (event,), notices = read("icews", written(tmp_path, icews(delimiter)))
    assert not notices
    assert (event.actor, event.actor_sector) == ("THA", "COP")
    assert (event.recipient, event.recipient_sector) == ("KHM", "CVL")
    assert (event.event_type, event.mode, event.story) == ("COERCE", "arrest", "77")
    assert set(json.loads(event.columns)) == set(ICEWS)


def test_the_six_columns_of_icews_take_the_country_from_the_bracket(tmp_path):
    text = (
        "date,source,event_text,target,cameo,goldstein\n"
        '2011-02-04,"Military (Thailand)",fight,Cambodia,190,-10\n'
        '2011-02-05,"Armed Gang (Palestinian Territory, Occupied)",x,Nobody Known,051,3.4\n'
    )
    events, _ = read("icews", written(tmp_path, text, "events.csv"))
    assert [(one.actor, one.actor_sector, one.recipient) for one in events] == [
        ("THA", "MIL", "KHM"),
        ("PSE", "UAF", ""),
    ]


@pytest.mark.parametrize("form", ["icews", "polecat"])
def test_a_file_of_something_else_is_refused_in_one_line(tmp_path, form):
    events, (notice,) = read(form, written(tmp_path, "# A readme\n\nText.\n"))
    assert not events and "has no column" in notice.reason


POLECAT = "\t".join(
    [
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tActor Name",
        "Actor Country\tPrimary Actor Sector\tRecipient Name\tRecipient Country",
        "Primary Recipient Sector\tSource",
    ]
)


def test_rows_of_polecat_are_read(tmp_path):
    text = (
        f"{POLECAT}\n"
        "P1\t2022-03-01\tASSAULT\taerial\t-9.5\t4\tAir Force\tRUS\tMIL\tKyiv\tUKR\tNone\tCourier\n"
        "P2\t2022-03-02\tWAR\t\t0\t4\tA\tRUS\tMIL\tB\tUKR\tNone\tCourier\n"
    )
    (event,), (notice,) = read("polecat", written(tmp_path, text))
    assert (event.actor, event.actor_sector, event.recipient) == ("RUS", "MIL", "UKR")
    assert (event.event_type, event.mode, event.score) == ("ASSAULT", "aerial", -9.5)
    assert "use one of" in notice.reason


def test_plover_records_become_one_event_for_each_pair(tmp_path):
    records = [
        {
            "id": "a",
            "date": "2016-06-27",
            "event": "CONSULT",
            "mode": "phone",
            "actor": [{"code": "TUR", "sector": "GOV", "entity_text": "A"}, {"code": "RUS"}],
        },
        {"id": "b", "date": "2016-06-28", "event": "aid", "actor": "TUR", "recipient": ["SYR"]},
        {"id": "c", "event": "AID", "actor": ["TUR"]},
        ["no record"],
    ]
    text = "\n".join(json.dumps(one) for one in records) + '\n{"broken": \n'
    events, notices = read("plover", written(tmp_path, text))
    assert [(one.native_id, one.actor, one.recipient) for one in events] == [
        ("a", "TUR", "RUS"),
        ("a", "RUS", "TUR"),
        ("b", "TUR", "SYR"),
    ]
    assert events[2].event_type is EventType.AID
    assert len(notices) == 3


@pytest.mark.parametrize("form", list(FORMATS))
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01", b"[" * 100_000, b"PK\x03\x04junk"])
def test_nothing_makes_a_loader_fail(tmp_path, form, content):
    events, _ = read(form, written(tmp_path, content))
    assert events == []
    assert terms_of(form)


# --- real files --------------------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_a_real_file_of_gdelt_is_read_to_the_last_column():
    events, notices = read("gdelt", SHARED / "formats" / "gdelt2_20191024143000.export.CSV")
    assert len(events) == 2111 and not notices
    assert all(len(json.loads(one.columns)) == 61 for one in events)
    assert 0.15 < sum(one.duplicate_of is not None for one in events) / len(events) < 0.25


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_a_real_file_of_icews_is_read_to_the_last_column():
    events, notices = read("icews", SHARED / "formats" / "icews_events.2018.sample.tab")
    assert not notices
    assert all(len(json.loads(one.columns)) == 20 for one in events)
    placed = sum(bool(one.actor and one.recipient) for one in events)
    assert placed / len(events) > 0.9
    assert Counter(one.dataset for one in events) == {"icews": len(events)}
