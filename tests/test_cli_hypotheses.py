"""`detente hypotheses`: from a store to a file, from the file to what follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente import workflow
from detente.storage.catalog import Store

EXAMPLE = Path(__file__).parents[1] / "examples" / "turkey-russia"
PAIR = ("Turkey", "Russia")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    workflow.read([EXAMPLE], Store(folder))
    return folder


@pytest.fixture
def file(detente, store, tmp_path):
    path = tmp_path / "why.yaml"
    made = detente(
        "hypotheses", "new", *PAIR, "--store", store, "--output", path,
        "--since", "2016-06-01", "--until", "2016-07-31", "--question", "Why did they make up?",
    )  # fmt: skip
    assert made.code == 0
    assert made.out.startswith(f"{path}: 4 hypotheses, ")
    return path


def test_new_show_export(detente, file, store, tmp_path):
    shown = detente("hypotheses", "show", file, "--store", store)
    assert shown.code == 0
    assert shown.out.startswith("Why did they make up?\n")
    assert "rows are not rated for H1, H2, H3, H4" in shown.out

    text = file.read_text()
    one, rest = text.split("27 June 2016, CONSULT phone", 1)
    file.write_text(one + "27 June 2016, CONSULT phone" + rest.replace("H4:\n", "H4: II\n", 1))
    rated = detente("hypotheses", "show", file, "--format", "json")
    scores = {s["id"]: s["score"] for s in json.loads(rated.out)["assessment"]["scores"]}
    assert scores == {"H1": 0, "H2": 0, "H3": 0, "H4": -2}

    page = tmp_path / "why.html"
    assert detente("hypotheses", "export", file, "--output", page).code == 0
    assert "Why did they make up?" in page.read_text()
    table = detente("hypotheses", "export", file, "--format", "csv")
    assert table.out.splitlines()[-1].endswith(",0,0,0,-2")


def test_a_file_that_is_there_is_kept(detente, file, store):
    before = file.read_text()
    again = detente("hypotheses", "new", *PAIR, "--store", store, "--output", file)
    assert again.code == 2
    assert "is there already" in again.err
    assert file.read_text() == before


def test_what_the_store_does_not_have_is_refused(detente, file, store):
    text = file.read_text()
    event = text.split("event: ")[1].split()[0]
    file.write_text(text.replace(event, "a" * 32))
    found = detente("hypotheses", "show", file, "--store", store)
    assert found.code == 2
    assert f"no event '{'a' * 32}' in {store}; `detente events` lists them" in found.err

    quote = text.split("    quote: ")[1].split("\n")[0]
    file.write_text(text.replace(f"    quote: {quote}", "    quote: Nobody said so."))
    found = detente("hypotheses", "show", file, "--store", store)
    assert found.code == 2
    assert "does not read as quoted; make the row anew" in found.err


def test_events_that_came_in_are_added_and_what_the_user_wrote_stays(detente, tmp_path):
    store, file = tmp_path / "store", tmp_path / "why.yaml"
    texts = {
        "a.txt": "Turkey apologised to Russia on 27 June 2016.",
        "b.txt": "Russia lifted its sanctions against Turkey on 1 July 2016.",
        "c.txt": "Turkey invited Russian inspectors to Ankara on 3 July 2016.\n\n"
        "Turkey apologised to Russia on 27 June 2016.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)

    def read(name):
        detente("read", tmp_path / name, "--store", store, "--published", "2016-07-05")

    read("a.txt")
    detente("hypotheses", "new", *PAIR, "--store", store, "--output", file)
    own = "# seen by K.\n- id: A1   # mine\n  what: Both need trade.\n"
    written = file.read_text().replace("    H1:\n", "    H1: C   # surely\n", 1)
    written = written.replace("rows:\n", f"rows:\n{own}", 1)
    file.write_text(written)
    same = detente("hypotheses", "add", file, "--store", store)
    assert same.code == 0 and "no new event" in same.out and file.read_text() == written

    read("b.txt")
    read("c.txt")
    added = detente("hypotheses", "add", file, "--store", store)
    assert added.code == 0, added.err
    assert file.read_text().startswith(written)
    rows = json.loads(detente("hypotheses", "show", file, "--format", "json").out)["rows"]
    names = [row["id"] for row in rows]
    assert names[:2] == ["A1", "E1"] and len(names) == len(set(names)) > 2
    assert rows[1]["ratings"] == {"H1": "C"}
    quotes = [one["quote"] for row in rows for one in row["evidence"]]
    assert len([one for one in quotes if "apologised" in one]) == 1
    assert any("lifted" in one for one in quotes)
    assert detente("hypotheses", "show", file, "--store", store).code == 0
    assert "no new event" in detente("hypotheses", "add", file, "--store", store).out


def test_a_file_without_a_pair_gets_no_events(detente, file, store):
    text = file.read_text()
    start = text.index("between:")
    file.write_text(text[:start] + text[text.index("since:") :])
    found = detente("hypotheses", "add", file, "--store", store)
    assert found.code == 2 and "names no pair" in found.err


def test_no_event_is_told(detente, store, tmp_path):
    found = detente(
        "hypotheses", "new", "Fiji", "Chad", "--store", store, "--output", tmp_path / "none.yaml"
    )
    assert found.code == 2
    assert "no event between FJI and TCD in this period" in found.err
    assert not (tmp_path / "none.yaml").exists()
