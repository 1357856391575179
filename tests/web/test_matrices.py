"""The pages of competing hypotheses."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from detente import workflow
from detente.briefing.matrix_file import matrix_text, parse_matrix, read_matrix
from detente.errors import InputError
from detente.model import Dyad
from detente.settings import Settings
from detente.web import Reader
from pages import served

PAIR = Dyad("TUR", "RUS")


def row_of(page, name):
    """Return the table row of a matrix that has this id."""
    (found,) = re.findall(rf'<tr id="row-{name}">.*?</tr>', page.text, re.DOTALL)
    return found


def test_the_list_tells_how_far_each_file_is(pages, matrix_file):
    rows = len(read_matrix(matrix_file).rows)
    page = pages.get("/hypotheses")
    assert 'href="/hypotheses/why%20now"' in page.text
    assert f"<td>1 of {rows}</td>" in page.text
    (line,) = pages.get("/hypotheses.json").json
    assert (line["name"], line["rated"], line["rows"]) == ("why now", 1, rows)
    assert line["ranking"].endswith("H1") and line["problem"] == ""


def test_a_file_is_shown_with_its_scores_and_each_row_leads_to_its_words(pages, matrix_file):
    page = pages.get("/hypotheses/why%20now")
    assert page.status == 200 and "<strong>H1</strong>, score -1:" in page.text
    assert 'Against it: <a href="#row-E1">E1</a>' in page.text
    row = row_of(page, "E1")
    assert '<td class="rating I">I</td>' in row and '<td class="rating -">-</td>' in row
    (event,) = re.findall('href="(/events/[^"]+)"', row)
    assert pages.get(event).status == 200
    words = [unescape(one) for one in re.findall('href="(/documents/[^"]+)"', row)]
    assert pages.get(words[0].partition("#")[0]).status == 200
    own = row_of(page, "A1")
    assert "Both need &lt;trade&gt;" in own and "my note" in own and "href" not in own
    assert 'href="/relations/TUR/RUS"' in page.text


def test_the_json_of_a_file_is_that_of_the_command(pages, matrix_file, example):
    record = pages.get("/hypotheses/why%20now.json").json
    assert record["astray"] == {}
    assert record["rows"][0]["ratings"] == {"H1": "I", "H2": "N"}
    assert record["assessment"]["scores"][0]["score"] == -1


def test_a_file_is_read_anew_for_each_page(pages, matrix_file):
    before = matrix_file.read_bytes()
    try:
        matrix_file.write_bytes(before.replace(b"my note", b"my other note"))
        assert "my other note" in pages.get("/hypotheses/why%20now").text
        matrix_file.write_bytes(b"rows: 3\n")
        page = pages.get("/hypotheses/why%20now")
        assert page.status == 400 and "why now.yaml" in page.text
        (line,) = pages.get("/hypotheses.json").json
        assert "why now.yaml" in line["problem"]
        assert line["problem"] in unescape(pages.get("/hypotheses").text)
    finally:
        matrix_file.write_bytes(before)


def test_rows_that_are_not_in_the_store_say_so_and_lead_nowhere(example, matrix_file, tmp_path):
    made = read_matrix(matrix_file)
    first, second, *rest = made.rows
    quoted = replace(second.evidence[0], quote="Nobody said this.")
    rows = (
        replace(first, event_id="a" * 32),
        replace(second, evidence=(quoted, *second.evidence[1:])),
        *rest,
    )
    path = tmp_path / "astray.yaml"
    path.write_text(matrix_text(replace(made, rows=rows)), encoding="utf-8")
    with served(example.folder, matrices=[path]) as found:
        page = found.get("/hypotheses/astray")
        astray = found.get("/hypotheses/astray.json").json["astray"]
    assert set(astray) == {"E1", "E2"}
    assert "no event" in row_of(page, "E1") and "href" not in row_of(page, "E1")
    assert "does not read as quoted" in row_of(page, "E2") and "href" not in row_of(page, "E2")
    assert "/events/" in row_of(page, "E3")
    with pytest.raises(InputError, match="row 'E1': no event"):
        workflow.show_hypotheses(path, example)


def test_a_pair_has_hypotheses_to_begin_with_that_can_be_saved(pages, example):
    page = pages.get("/hypotheses/TUR/RUS?since=2015-11-01")
    assert page.status == 200 and "rated by nobody" not in page.text
    (address,) = re.findall('href="([^"]+)" download', page.text)
    assert address == "/hypotheses/TUR/RUS.yaml?since=2015-11-01"
    saved = pages.get(address)
    assert saved.headers["content-disposition"] == 'attachment; filename="TUR-RUS.yaml"'
    given = parse_matrix(saved.text.encode(), "saved")
    made = workflow.new_hypotheses(example, PAIR, since=given.since)
    assert [row.event_id for row in given.rows] == [row.event_id for row in made.rows]
    record = pages.get("/hypotheses/TUR/RUS.json?since=2015-11-01").json
    assert [row["id"] for row in record["rows"]] == [row.id for row in made.rows]


def test_the_form_and_names_lead_to_the_codes(pages):
    there = pages.get("/hypotheses?a=Turkish&b=Moscow&since=2015-11-01&until=")
    assert there.headers["location"] == "/hypotheses/TUR/RUS?since=2015-11-01"
    there = pages.get("/hypotheses/Turkey/RUS.yaml")
    assert there.headers["location"] == "/hypotheses/TUR/RUS.yaml"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/hypotheses/nothing", 404, "no file of hypotheses"),
        ("/hypotheses/nothing.json", 404, "no file of hypotheses"),
        ("/hypotheses/FJI/TCD", 400, "no event between FJI and TCD"),
        ("/hypotheses/FJI/TCD.yaml", 400, "no event between FJI and TCD"),
        ("/hypotheses/Turkey/Atlantis", 404, "Atlantis"),
        ("/hypotheses?a=&b=", 400, "name two countries"),
    ],
)
def test_what_is_not_there_is_said(pages, path, status, words):
    found = pages.get(path)
    assert found.status == status and words.casefold() in unescape(found.text).casefold()


def test_two_files_of_one_name_are_refused(tmp_path):
    with pytest.raises(InputError, match="has the same name"):
        Reader(tmp_path, Settings(), [tmp_path / "why.yaml", tmp_path / "other" / "why.yaml"])
