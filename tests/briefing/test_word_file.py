"""A brief as a Word document."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import docx
import pytest

from briefs import material, told
from detente.briefing import word_file
from detente.briefing.compose import compose
from detente.briefing.word_file import as_docx
from detente.errors import InputError

DAY = date(2015, 11, 24)


def brief(*texts):
    pairs = [
        told(text, "ASSAULT", "attacked", DAY, outlets=(f"Outlet {n}",), key=f"k{n}")
        for n, text in enumerate(texts)
    ]
    return compose(material(*pairs))


def opened(data):
    return docx.Document(io.BytesIO(data))


def test_each_sentence_leads_by_its_number_to_the_words_that_carry_it():
    made = brief("Turkey attacked Russia at dawn.", "Turkey attacked Russia near the sea.")
    found = opened(as_docx(made))
    (table,) = found.tables
    listed = {row.cells[0].text: row.cells[2].text for row in table.rows[1:]}
    cited = {
        quote: number
        for paragraph in found.paragraphs
        for quote, number in re.findall(r"^(“[^”]*”) \[(\d+)", paragraph.text)
    }
    assert len(cited) == len(made.events) and cited
    assert all(listed[number] == quote for quote, number in cited.items())


def test_the_sections_are_those_of_the_brief_in_its_order():
    found = opened(as_docx(brief("Turkey attacked Russia at dawn.")))
    titles = [one.text for one in found.paragraphs if one.style.name.startswith("Heading")]
    assert titles == [
        "Bottom line", "Other readings", "Timeline", "Shifts", "Disputed",
        "Planned, threatened or conditional", "What to watch", "Gaps", "Sources", "References",
        "What was left out, and what made this",
    ]  # fmt: skip


def test_the_same_brief_gives_the_same_bytes_and_no_day_of_a_clock():
    made = brief("Turkey attacked Russia at dawn.")
    data = as_docx(made)
    assert data == as_docx(made)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
    assert opened(data).core_properties.created.year == 1980


def test_what_a_document_holds_is_text():
    hostile = "Turkey attacked Russia <w:p/> \x07\u202e&amp; ]]> {{ end }}."
    data = as_docx(brief(hostile))
    text = "\n".join(one.text for one in opened(data).paragraphs)
    assert "Turkey attacked Russia <w:p/>   &amp; ]]> {{ end }}." in text


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(word_file, "find_spec", lambda _name: None)
    with pytest.raises(InputError, match=r"detente\[docx\]"):
        as_docx(brief("Turkey attacked Russia at dawn."))


def test_the_command_writes_a_file_and_never_to_the_terminal(detente, tmp_path):
    report = tmp_path / "a.txt"
    report.write_text("Turkey attacked Russia on 24 November 2015.")
    output = tmp_path / "brief.docx"
    found = detente("brief", "Turkey", "Russia", report, "--format", "docx", "--output", output)
    assert found.code == 0, found.err
    assert "Turkey attacked Russia" in "".join(
        one.text for one in opened(output.read_bytes()).paragraphs
    )
    found = detente("brief", "Turkey", "Russia", report, "--format", "docx")
    assert found.code == 2 and "--output" in found.err
