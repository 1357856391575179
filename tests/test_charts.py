"""Charts from the command line: a file beside the answer, and plain characters in it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from lxml import etree

from detente import workflow
from detente.briefing import drawing
from detente.cli import PIPED
from detente.storage.catalog import Store


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """A store with two years of a pair: talks, then fights."""
    folder = tmp_path_factory.mktemp("coded")
    lines = ["date,source,event_text,target,cameo,goldstein"]
    for week in range(104):
        code = "190" if week >= 60 else "040"
        for number in range(3):
            day = date(2010, 1, 4) + timedelta(days=7 * week + number)
            lines.append(f"{day},Military (Thailand),said,Cambodia,{code},0")
    (folder / "events.csv").write_text("\n".join(lines) + "\n")
    workflow.import_events("icews", [folder / "events.csv"], Store(folder / "store"))
    return folder / "store"


def relation(detente, store, *words, pair=("Thailand", "Cambodia")):
    return detente("relation", *pair, "--store", store, *words)


def test_a_chart_is_written_beside_the_answer(detente, coded, tmp_path):
    plain = relation(detente, coded)
    for name in ("chart.svg", "chart.png"):
        ended = relation(detente, coded, "--chart", tmp_path / name)
        assert (ended.code, ended.out) == (0, plain.out)
    svg = etree.parse(tmp_path / "chart.svg").getroot()
    assert svg.get("aria-label").startswith("Thailand and Cambodia, January 2010 to December 2011")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    ended = relation(detente, coded, "--format", "json", "--chart", tmp_path / "other.svg")
    assert json.loads(ended.out)["dataset"] == "icews"
    assert (tmp_path / "other.svg").read_bytes() == (tmp_path / "chart.svg").read_bytes()


def test_a_chart_that_cannot_be_made_is_told_before_the_work(detente, coded, tmp_path, monkeypatch):
    ended = relation(detente, coded, "--chart", tmp_path / "chart.gif")
    assert (ended.code, ended.out) == (2, "")
    assert "chart.gif: a chart is written as .svg or .png" in ended.err
    monkeypatch.setattr(drawing, "find_spec", lambda _name: None)
    ended = relation(detente, coded, "--chart", tmp_path / "chart.svg")
    assert (ended.code, ended.out) == (2, "")
    (line,) = ended.err.splitlines()
    assert "detente[charts]" in line
    assert relation(detente, coded).code == 0  # without a chart nothing needs the extra


def test_where_nothing_happened_the_answer_stays_and_the_chart_is_skipped(detente, coded, tmp_path):
    ended = relation(detente, coded, "--chart", tmp_path / "no.svg", pair=("France", "Cambodia"))
    assert ended.code == 1
    assert "not enough evidence" in ended.out
    assert "no.svg: no dated event to draw" in ended.err
    assert not (tmp_path / "no.svg").exists()


def test_a_folder_that_is_not_there_is_told(detente, coded, tmp_path):
    ended = relation(detente, coded, "--chart", tmp_path / "none" / "chart.svg")
    assert ended.code == 1
    (line,) = ended.err.splitlines()
    assert "cannot be written" in line


def test_the_text_has_a_chart_with_the_numbers_of_the_shifts(detente, coded):
    lines = relation(detente, coded).out.splitlines()
    (numbered,) = [line for line in lines if line.startswith("  shifts |")]
    assert numbered.split("|")[1].strip(" =") == "1"
    assert [line for line in lines if line.startswith("1  2011-0")]
    assert max(len(line) for line in lines if "|" in line) <= PIPED
