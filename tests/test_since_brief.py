"""What changed since an earlier brief, on the shipped example read in two parts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from detente import workflow
from detente.briefing.render import render
from detente.errors import InputError
from detente.model import Dyad
from detente.storage.catalog import Store

EXAMPLE = Path(__file__).parents[1] / "examples" / "turkey-russia"
PAIR = Dyad("TUR", "RUS")


@pytest.fixture(scope="module")
def halves(tmp_path_factory):
    """A store with the reports of both years, and the brief that was made of the first."""
    folder = tmp_path_factory.mktemp("since")
    store = Store(folder / "store")
    workflow.read(sorted(EXAMPLE.glob("2015*.txt")), store)
    first = folder / "first.json"
    first.write_text(render(workflow.brief(store, PAIR), "json", width=100, colour=False))
    unchanged = workflow.brief(store, PAIR, earlier=first)
    workflow.read(sorted(EXAMPLE.glob("2016*.txt")), store)
    return store, first, unchanged


def test_nothing_changed_where_nothing_came(halves):
    _, _, unchanged = halves
    assert unchanged.changes == ()
    assert "Nothing changed." in render(unchanged, "text", width=100, colour=False)


def test_what_came_is_told_with_its_evidence_and_what_was_known_is_not(halves):
    store, first, _ = halves
    now = workflow.brief(store, PAIR, earlier=first)
    assert now.changes
    known = {entry["event_id"] for entry in json.loads(first.read_text())["events"]}
    texts = [one.text for one in now.changes]
    assert any("Russia lifted its ban on charter flights" in text for text in texts)
    new = [text for text in texts if text.startswith("new event: ")]
    assert len(new) <= sum(entry.event_id not in known for entry in (*now.events, *now.planned))
    assert not any(text.startswith("new event: 24 November 2015") for text in texts)
    documents = store.find_documents({e.document_id for c in now.changes for e in c.evidence})
    for change in now.changes:
        for one in change.evidence:
            assert documents[one.document_id].text[one.start : one.end] == one.quote
    for form in ("text", "markdown", "html"):
        assert "earlier brief" in render(now, form, width=100, colour=False).lower()
    about_changes = [
        r for r in workflow.check_brief(store, now) if "change" in str(r).split(":")[1]
    ]
    assert about_changes == []


def test_without_an_earlier_brief_nothing_is_said_of_change(halves):
    store, _, _ = halves
    now = workflow.brief(store, PAIR)
    assert now.changes is None
    assert "earlier brief" not in render(now, "html", width=100, colour=False).lower()


def test_the_pair_may_be_named_the_other_way_round(halves):
    store, first, _ = halves
    other = workflow.brief(store, Dyad("RUS", "TUR"), earlier=first)
    assert other.changes


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda r: r | {"dyad": {"actor": "IND", "recipient": "PAK"}}, "a brief of IND and PAK"),
        (lambda r: r | {"run_id": "0" * 32}, "another version, model or lexicon"),
        (lambda r: [r], "no brief in JSON"),
        (lambda r: {k: v for k, v in r.items() if k != "shifts"}, "no brief in JSON"),
        (lambda r: r | {"events": [{"event_id": "e", "evidence": 3}]}, "no brief in JSON"),
    ],
)
def test_what_is_no_earlier_brief_of_the_pair_is_refused(halves, tmp_path, damage, words):
    store, first, _ = halves
    path = tmp_path / "other.json"
    path.write_text(json.dumps(damage(json.loads(first.read_text()))))
    with pytest.raises(InputError, match=words) as refused:
        workflow.brief(store, PAIR, until=date(2016, 12, 31), earlier=path)
    assert str(path) in str(refused.value)


def test_a_file_that_is_not_there_is_told(halves, tmp_path):
    store, _, _ = halves
    with pytest.raises(InputError, match="cannot be read"):
        workflow.brief(store, PAIR, earlier=tmp_path / "none.json")
