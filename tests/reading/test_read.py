import gzip
import json
import os
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.model import Document
from detente.reading import READERS, Problem, Severity, read
from detente.reading.limits import LARGEST_DOCUMENT

TODAY = date(2026, 1, 2)
SENTENCE = "The two ministers met in the port on Monday and agreed to open the bridge."


def run(*paths, **options):
    return list(read(paths, today=TODAY, **options))


def one(*paths, **options):
    (document,) = run(*paths, **options)
    assert isinstance(document, Document)
    return document


def problem(*paths, **options):
    (found,) = run(*paths, **options)
    assert isinstance(found, Problem)
    return found


def write(path: Path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def record(**fields):
    return json.dumps({"text": SENTENCE, **fields}) + "\n"


# ---- plain text


def test_text_is_kept_but_for_line_ends(tmp_path):
    raw = "\ufeff  A line.\r\n\r\nTwo  spaces,\ta tab and\u00a0more.\rEnd. \n"
    document = one(write(tmp_path / "a.txt", raw))
    assert document.text == "  A line.\n\nTwo  spaces,\ta tab and\u00a0more.\nEnd. \n"


def test_key_is_the_path_as_given(tmp_path, monkeypatch):
    write(tmp_path / "news" / "a.txt", SENTENCE)
    monkeypatch.chdir(tmp_path)
    assert one("news/a.txt").key == "news/a.txt"
    assert one("news").key == "news/a.txt"


@pytest.mark.parametrize(
    "data",
    [
        "Erdoğan spoke to the café owners of the town.".encode(),
        "Erdoğan spoke to the café owners of the town.".encode("utf-16"),
    ],
)
def test_unicode_encodings(tmp_path, data):
    assert one(write(tmp_path / "a.txt", data)).text.startswith("Erdoğan spoke to the café")


def test_windows_1252_is_the_fallback(tmp_path):
    data = "The minister’s café was “closed” for the day.".encode("cp1252")
    assert one(write(tmp_path / "a.txt", data)).text.startswith("The minister’s café was “closed”")


def test_mojibake_is_repaired_and_good_text_is_not_touched(tmp_path):
    text = "President Erdoğan said that it isn´t over for the people of Muğla."
    broken = text.encode().decode("cp1252", "replace")
    assert one(write(tmp_path / "good.txt", text)).text == text
    assert "Erdoğan" in one(write(tmp_path / "bad.txt", broken)).text


def test_header_lines_fill_the_fields_and_stay_in_the_text(tmp_path):
    text = (
        "Outlet: The Example Post\nPublished: 24 November 2015\nTitle: A bridge\n"
        f"Author: Jane Doe\nURL: https://post.example/1\n\n{SENTENCE}\n"
    )
    document = one(write(tmp_path / "a.txt", text), published=date(2000, 1, 1), outlet="Other")
    assert document.text == text
    assert document.outlets == ("The Example Post",)
    assert document.published == date(2015, 11, 24)
    assert (document.title, document.author) == ("A bridge", "Jane Doe")
    assert document.url == "https://post.example/1"


def test_without_a_date_none_is_made_up(tmp_path):
    path = write(tmp_path / "2015-11-24.txt", SENTENCE)
    os.utime(path, (0, 0))
    document = one(path)
    assert document.published is None
    assert document.published_reason


def test_options_are_defaults(tmp_path):
    document = one(write(tmp_path / "a.txt", SENTENCE), published=date(2016, 7, 26), outlet="Post")
    assert (document.published, document.outlets) == (date(2016, 7, 26), ("Post",))


# ---- bad input is a problem, and reading goes on


def test_missing_path_and_empty_folder(tmp_path):
    assert problem(tmp_path / "none.txt").reason == "no such file or folder"
    assert problem(tmp_path / "none").reason == "no such file or folder"
    (tmp_path / "empty").mkdir()
    assert "no file" in problem(tmp_path / "empty").reason


def test_unreadable_file(tmp_path):
    path = tmp_path / "a.txt"
    path.symlink_to(tmp_path / "gone")
    assert problem(tmp_path).severity is Severity.SKIPPED
    os.mkfifo(tmp_path / "b.txt")
    assert problem(tmp_path / "b.txt").reason == "not a regular file"


def test_binary_under_a_text_name(tmp_path):
    assert "binary" in problem(write(tmp_path / "a.txt", bytes(range(256)) * 20)).reason
    assert "binary" in problem(write(tmp_path / "b.txt", b"%PDF-1.4\nplain words")).reason


def test_a_stray_nul_is_replaced(tmp_path):
    assert one(write(tmp_path / "a.txt", SENTENCE + "\0")).text == SENTENCE + "\ufffd"
    assert one(write(tmp_path / "a.jsonl", record(text=SENTENCE + "\0\ud800"))).text == (
        SENTENCE + "\ufffd\ufffd"
    )


@pytest.mark.parametrize("content", ["", " \n\n\t", "\ufeff"])
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_empty_document(tmp_path, name, content):
    found = problem(write(tmp_path / name, content))
    assert found.severity is Severity.SKIPPED
    assert found.reason


def test_bad_lines_are_named_and_the_others_read(tmp_path):
    lines = record(id="1") + "{broken\n\n" + "[1]\n" + '{"id": 3}\n' + record(id=4) + '"x"\n'
    found = run(write(tmp_path / "a.jsonl", lines))
    assert [x.key for x in found if isinstance(x, Document)] == ["1", "4"]
    where = [x.where.rpartition(":")[2] for x in found if isinstance(x, Problem)]
    assert where == ["2", "4", "5", "7"]


def test_hostile_json(tmp_path):
    lines = "[" * 200_000 + "\n" + '{"text": ' + "9" * 10_000 + "}\n" + record(id="ok")
    found = run(write(tmp_path / "a.jsonl", lines))
    assert [type(x) for x in found] == [Problem, Problem, Document]


def test_a_line_without_end_costs_no_memory(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(record(id="first").encode())
        for _ in range(50):
            stream.write(b"x" * 1024**2)
        stream.write(b"\n" + record(id="last").encode())
    tracemalloc.start()
    found = run(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(x) for x in found] == [Document, Problem, Document]
    assert found[1].where.endswith(":2")
    assert peak < 3 * LARGEST_DOCUMENT


def test_a_file_too_large_for_a_document(tmp_path):
    assert "larger" in problem(write(tmp_path / "a.txt", b"x" * (LARGEST_DOCUMENT + 1))).reason


def test_a_date_in_the_future_is_noted_and_dropped(tmp_path):
    note, document = run(write(tmp_path / "a.jsonl", record(published="2031-05-01")))
    assert note.severity is Severity.NOTED
    assert document.published is None
    assert "future" in document.published_reason


def test_a_date_that_cannot_be_read_is_noted(tmp_path):
    note, document = run(
        write(tmp_path / "a.jsonl", record(published="11/12/2015")), published=date(2000, 1, 1)
    )
    assert note.severity is Severity.NOTED
    assert document.published is None
    assert "11/12/2015" in document.published_reason


def test_other_languages_are_skipped(tmp_path):
    for number, text in enumerate(
        (
            "Der türkische Präsident traf am Montag in Ankara den russischen Außenminister.",
            "El presidente ruso se reunió con su homólogo turco a fin de hablar de la guerra.",
            "Турция сбила российский самолет у границы с Сирией.",
            "土耳其击落俄罗斯战机，两国关系紧张。",
        )
    ):
        found = problem(write(tmp_path / f"{number}.txt", text))
        assert "not English" in found.reason
        assert found.severity is Severity.SKIPPED


@pytest.mark.parametrize(
    "text",
    ["Typhoon Nida", "PKK rebellion", "Erdoğan met Macron.", "Qatar, Iran sign deal", "2016 Open"],
)
def test_short_texts_are_not_taken_for_foreign(tmp_path, text):
    assert one(write(tmp_path / "a.txt", text)).text == text


def test_folder_reading(tmp_path):
    for name in ("b.txt", "a.txt", "sub/c.jsonl", ".hidden.txt", ".git/x.txt", "x.pdf", "y.pdf"):
        write(tmp_path / name, record() if name.endswith("jsonl") else SENTENCE)
    for name in ("README.md", "LICENSE", "sub/README.txt"):
        write(tmp_path / name, "Not reporting.")
    found = run(tmp_path)
    names = [Path(x.key).name for x in found if isinstance(x, Document)]
    assert names == ["a.txt", "b.txt", "c.jsonl:1"]
    severities = [x.severity for x in found if isinstance(x, Problem)]
    assert severities.count(Severity.IGNORED) == 3
    (unknown,) = [x for x in found if isinstance(x, Problem) and x.severity is Severity.SKIPPED]
    assert "2 files" in unknown.reason
    assert ".pdf 2" in unknown.reason


def test_a_folder_that_cannot_be_listed(tmp_path, monkeypatch):
    write(tmp_path / "a.txt", SENTENCE)
    (tmp_path / "closed").mkdir()
    real = os.scandir

    def scandir(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = run(tmp_path)
    assert "Permission denied" in found[0].reason
    assert isinstance(found[1], Document)


def test_a_readme_named_on_purpose_is_read(tmp_path):
    assert one(write(tmp_path / "README.md", SENTENCE)).text == SENTENCE


def test_unknown_format_lists_the_known(tmp_path):
    assert ".jsonl" in problem(write(tmp_path / "a.docx", SENTENCE)).reason


# ---- compression


def test_gzip(tmp_path):
    packed = gzip.compress(record(id="1").encode())
    assert one(write(tmp_path / "a.jsonl.gz", packed)).key == "1"
    assert one(write(tmp_path / "a.txt.gz", gzip.compress(SENTENCE.encode()))).text == SENTENCE


def test_broken_gzip(tmp_path):
    packed = gzip.compress(record(id="1").encode() * 1000)
    assert "gzip" in problem(write(tmp_path / "a.jsonl.gz", b"plain text")).reason
    assert isinstance(run(write(tmp_path / "b.jsonl.gz", packed[:-9]))[-1], Problem)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.txt.gz", "a.csv.gz", "a.json.gz"])
def test_decompression_bomb(tmp_path, name):
    path = tmp_path / name
    with gzip.open(path, "wb") as stream:
        stream.write(b"text\n" if ".csv" in name else b"")
        for _ in range(24):
            stream.write(b"\n" * 1024**2)
    assert "times its size" in problem(path).reason or "larger than" in problem(path).reason


# ---- records


def test_record_fields(tmp_path):
    document = one(
        write(
            tmp_path / "a.jsonl",
            record(
                id="r1",
                url="https://x.example/1",
                outlets=["Post", "Gazette"],
                title="A bridge",
                author="Jane Doe",
                published="2015-11-24T23:59:00+03:00",
                topic="Bridges",
                since_topic=None,
            ),
        )
    )
    assert document.key == "r1"
    assert document.outlets == ("Post", "Gazette")
    assert document.published == date(2015, 11, 24)
    assert document.text == SENTENCE
    assert json.loads(document.extra) == {"topic": "Bridges", "since_topic": None}


def test_json_object_list_and_lines(tmp_path):
    rows = [json.loads(record(id=number)) for number in (1, 2)]
    assert one(write(tmp_path / "a.json", json.dumps(rows[0], indent=1))).key == "1"
    assert [x.key for x in run(write(tmp_path / "b.json", json.dumps(rows)))] == ["1", "2"]
    lines = "\n".join(json.dumps(row) for row in rows) + "\n"
    assert [x.key for x in run(write(tmp_path / "c.json", lines))] == ["1", "2"]
    assert "not JSON" in problem(write(tmp_path / "d.json", "nonsense")).reason


def test_csv(tmp_path):
    rows = f'id,outlets,published,text,desk\n1,Post; Gazette,2015-11-24,"{SENTENCE}\n\nMore.",x\n'
    document = one(write(tmp_path / "a.csv", rows))
    assert document.outlets == ("Post", "Gazette")
    assert document.text == SENTENCE + "\n\nMore."
    assert json.loads(document.extra) == {"desk": "x"}
    assert "column" in problem(write(tmp_path / "b.csv", "a,b\n1,2\n")).reason
    assert one(write(tmp_path / "c.csv", f"id;text\n7;{SENTENCE}\n")).key == "7"


def test_csv_rows_without_id_are_named_by_line(tmp_path):
    found = run(write(tmp_path / "a.csv", f'text\n"{SENTENCE}\nMore."\n\n{SENTENCE}\n'))
    assert [x.key.rpartition(":")[2] for x in found] == ["2", "5"]


# ---- laws


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    suffix=st.sampled_from([s + z for r in READERS for s in r.suffixes for z in ("", ".gz")]),
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")),
        st.text(alphabet='<>/="div h1p{}[]:,;text\n"&#x0', max_size=200).map(str.encode),
    ),
    packed=st.booleans(),
)
def test_reading_never_raises(tmp_path, suffix, data, packed):
    content = gzip.compress(data) if packed and suffix.endswith(".gz") else data
    for found in run(write(tmp_path / f"a{suffix}", content)):
        if isinstance(found, Document):
            found.text.encode()
            assert found.segments == () or found.segments[-1].end == len(found.text)
        else:
            str(found).encode()


def test_same_input_same_documents_in_any_order(tmp_path):
    paths = [write(tmp_path / f"{n}.txt", f"{SENTENCE} It was number {n}.") for n in range(5)]
    assert run(*paths) == run(*paths)
    ids = {x.key: x.id for x in run(*paths)}
    assert ids == {x.key: x.id for x in run(*reversed(paths))}
    assert len(set(ids.values())) == 5


SHARED = Path(__file__).parents[2] / ".." / "shared" / "data" / "current-events"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data are not here")
def test_no_report_of_the_development_data_is_lost():
    path = SHARED / "2002.jsonl.gz"
    with gzip.open(path) as stream:
        expected = [json.loads(line)["text"] for line in stream]
    assert [x.text for x in run(path)] == expected
