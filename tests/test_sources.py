"""Outlets of a store and their ratings, from the command line to the brief."""

from __future__ import annotations

import json
from datetime import date

import pytest

from detente import workflow
from detente.errors import InputError
from detente.model import Dyad
from detente.settings import Settings
from detente.storage.catalog import Store

REPORTS = [
    ("1", "Turkey shot down a Russian jet on 24 November 2015.", "AFP via TASS"),
    ("2", "Turkish forces shelled a Russian base on 2 December 2015.", "Harbour Gazette"),
]


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "reports.jsonl"
    rows = [
        {"id": key, "text": text, "outlet": outlet, "published": "2015-12-03"}
        for key, text, outlet in REPORTS
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    opened = Store(tmp_path / "store")
    workflow.read([path], opened)
    return opened


def letters(store, settings=None):
    answer = workflow.brief(store, Dyad("TUR", "RUS"), settings=settings or Settings(processes=1))
    return {entry.outlets[0]: entry.rating for entry in answer.events}


def test_both_links_of_a_credit_are_listed_with_what_is_known(store):
    found = {one.outlet: one for one in workflow.sources(store)}
    assert set(found) == {"Agence France-Presse", "TASS", "Harbour Gazette"}
    assert found["TASS"].control == "state"
    assert found["TASS"].documents == 1
    assert found["Harbour Gazette"].country is None
    assert {one.reliability for one in found.values()} == {"F"}


def test_a_rating_reaches_the_brief_by_the_weakest_link(store):
    before = letters(store)
    assert {rating.reliability for rating in before.values()} == {"F"}
    workflow.rate_source(store, "TASS", "d", reason="state agency", rated=date(2026, 1, 2))
    workflow.rate_source(store, "harbour gazette", "E", reason="another paper of a like name")
    workflow.rate_source(store, "Harbour Gazette", "B", reason="own correspondents", by="A. Reader")
    rated = letters(store)
    assert rated["AFP via TASS"].reliability == "F"
    assert rated["Harbour Gazette"].code == "B6"
    assert "A. Reader: own correspondents" in rated["Harbour Gazette"].reliability_reason
    workflow.rate_source(store, "AFP", "A", reason="tried for years")
    weakest = letters(store)["AFP via TASS"]
    assert weakest.reliability == "D"
    assert "TASS is rated not usually reliable (2026-01-02: state agency)" in (
        weakest.reliability_reason
    )
    assert {r.credibility for r in letters(store).values()} == {
        r.credibility for r in before.values()
    }


def test_another_register_can_be_named(store, tmp_path):
    other = tmp_path / "theirs.yaml"
    other.write_text(
        "ratings:\n- {outlet: Harbour Gazette, reliability: C, rated: 2026-01-02, reason: r}\n",
        encoding="utf-8",
    )
    found = letters(store, Settings(processes=1, sources=other))
    assert found["Harbour Gazette"].reliability == "C"
    assert letters(store)["Harbour Gazette"].reliability == "F"
    with pytest.raises(InputError, match="no such file"):
        letters(store, Settings(sources=tmp_path / "none.yaml"))


def test_ratings_are_imported_once_and_bad_rows_are_told(store, tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text(
        "outlet,reliability,rated,reason,by\nTASS,D,2026-01-02,state agency,me\n"
        "TASS,Z,2026-01-02,r,\n",
        encoding="utf-8",
    )
    added, notices = workflow.import_ratings(store, path)
    assert [one.outlet for one in added] == ["TASS"]
    assert [(one.where, one.skipped) for one in notices] == [(f"{path}:3", True)]
    assert workflow.import_ratings(store, path)[0] == ()
    assert workflow.import_ratings(store, store.register_path)[0] == ()
    assert len(store.register_path.read_text("utf-8").splitlines()) == 4


def test_a_rating_needs_a_letter_and_a_reason(store):
    with pytest.raises(InputError, match="reliability: unknown value 'X'"):
        workflow.rate_source(store, "TASS", "X", reason="r")
    with pytest.raises(InputError, match="reason: "):
        workflow.rate_source(store, "TASS", "A", reason=" ")
    assert not store.register_path.exists()
