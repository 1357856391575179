"""What two states dealt with, from reports to the words of relation, brief and pages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from detente import workflow
from detente.beside import acts_beside
from detente.briefing.relation import relation_record, relation_words
from detente.model import Doing, Dyad
from detente.settings import Settings
from detente.storage.catalog import Store

EXAMPLE = Path(__file__).parents[1] / "examples" / "turkey-russia"
PAIR = Dyad("TUR", "RUS")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = Store(tmp_path_factory.mktemp("dealings") / "store")
    workflow.read([EXAMPLE], made)
    workflow.resolve(made)
    return made


@pytest.fixture(scope="module")
def findings(store):
    return workflow.relation(store, PAIR)


def test_each_theme_quotes_the_documents_for_each_of_its_events(store, findings):
    themes = [theme for regime in findings.regimes for theme in regime.themes]
    assert {"energy", "Syria", "aviation and transport"} <= {theme.name for theme in themes}
    cited = {one.document_id for theme in themes for one in theme.evidence}
    texts = {key: one.text for key, one in store.find_documents(cited).items()}
    for theme in themes:
        assert len(theme.event_ids) == len(theme.evidence) > 0
        for one in theme.evidence:
            assert texts[one.document_id][one.start : one.end] == one.quote


def test_no_theme_is_of_the_pair_or_of_a_place_where_two_met(findings):
    names = {theme.name for regime in findings.regimes for theme in regime.themes}
    assert not names & {"Russia", "Turkey", "Austria"}


def test_the_first_conflict_of_a_regime_lies_in_it_and_is_told(findings):
    opened = [one for one in findings.regimes if one.opening]
    assert opened
    for regime in opened:
        assert regime.first <= regime.opening.day <= regime.last
        assert regime.opening.event_ids and regime.opening.evidence


def test_what_is_said_to_answer_another_act_is_told(findings):
    answers = [act for regime in findings.regimes for act in regime.answers]
    assert "in answer to the loss of a bomber" in {act.evidence[1].quote for act in answers}


def test_what_was_stopped_and_what_came_of_it(findings):
    found = {one.thing: one for one in findings.interruptions}
    talks = found["talks, Turkish Stream gas pipeline"]
    assert (talks.stops[0].day.isoformat(), talks.resumed) == ("2015-12-03", None)
    contacts = next(one for thing, one in found.items() if thing.startswith("military contacts"))
    assert [act.doing for act in contacts.resumptions] == [Doing.AGREED]
    sanctions = found["economic sanctions"]
    assert sanctions.barrier and sanctions.resumed is None
    assert [act.doing for act in sanctions.resumptions] == [Doing.ANNOUNCED]
    assert found["package tours"].resumed.day.isoformat() == "2016-06-30"


def test_text_and_json_tell_the_same(findings):
    record = json.loads(json.dumps(relation_record(findings)))
    lines = "\n".join(relation_words(findings, {}))
    for regime in record["regimes"]:
        for theme in regime["themes"][:5]:
            assert f"{theme['name']} {len(theme['events'])}" in lines
    for one in record["interruptions"]:
        assert one["stops"] or one["resumptions"]
        for act in (*one["stops"], *one["resumptions"]):
            assert act["evidence"][0]["text"] in lines


def test_a_period_cuts_interruptions_too(store):
    found = workflow.relation(store, PAIR, since=workflow.relation(store, PAIR).regimes[-1].first)
    assert all(
        any(act.day and act.day.year == 2016 for act in (*one.stops, *one.resumptions))
        for one in found.interruptions
    )


def test_the_brief_tells_before_and_after_and_what_was_stopped(store):
    brief = workflow.brief(store, PAIR)
    assert any("What it was about, where that is told" in n.statement.text for n in brief.shifts)
    text = next(one.text for one in brief.interruptions if "Turkish Stream" in one.text)
    assert text.startswith("Stopped 3 December 2015: “Russia suspended talks with Turkey")
    assert text.endswith("no report here says that it was taken up again.")


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("Albania tested a missile on Monday, while Greece looked on.", True),
        ("Greece said on Monday that Albania tested a missile.", False),
        ("Albania tested a missile on Monday, while Greece and Italy looked on.", False),
    ],
)
def test_an_act_that_the_other_side_only_tells_of_is_not_between_the_two(text, between, tmp_path):
    (tmp_path / "report.txt").write_text(text)
    made = Store(tmp_path / "store")
    workflow.read([tmp_path / "report.txt"], made, published=date(2016, 5, 2))
    workflow.resolve(made, settings=Settings(plausibility=False))
    assert len(made.events()) == 1
    assert bool(acts_beside(made, Dyad("ALB", "GRC"))) is between
