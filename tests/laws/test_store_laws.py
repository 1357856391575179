"""Laws of a store made from the example: spans quote, ids are stable, a rerun changes nothing."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from detente import workflow
from detente.briefing.render import render
from detente.model import Dyad
from detente.settings import Settings
from detente.storage.catalog import Store

EXAMPLE = Path(__file__).parents[2] / "examples" / "turkey-russia"
PATHS = sorted(path for path in EXAMPLE.iterdir() if path.name != "README.md")
SETTINGS = Settings(processes=1, shard_size=16)
PAIR = Dyad("TUR", "RUS")


def made(folder, paths):
    store = Store(folder)
    workflow.read(paths, store, settings=SETTINGS)
    return store, workflow.brief(store, PAIR, settings=SETTINGS)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    return made(tmp_path_factory.mktemp("laws") / "store", PATHS)


@pytest.fixture(scope="module")
def extractions(example):
    store, brief = example
    return list(store.extractions(brief.run_id))


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- spans -------------------------------------------------------------------------------------


def test_every_span_of_every_record_quotes_its_document(example, extractions):
    store, _ = example
    documents = {one.id: one for one in store.documents()}
    assert len(extractions) == len(documents) > 50
    spans = 0
    for extraction in extractions:
        document = documents[extraction.document_id]
        assert extraction.problem is None
        for claim in extraction.claims:
            assert (claim.document_id, claim.document_key) == (document.id, document.key)
            for span in claim.spans:
                assert document.span(span.start, span.end) == span
                spans += 1
        for abstention in extraction.abstentions:
            span = abstention.span
            assert document.span(span.start, span.end) == span
            assert abstention.reason
    assert spans > 900  # the helper leaves out some claims of the example


def test_the_parts_of_a_claim_lie_where_they_should(extractions):
    for extraction in extractions:
        for claim in extraction.claims:
            sentence = claim.sentence
            for span in (claim.span, claim.anchor):
                assert sentence.start <= span.start and span.end <= sentence.end
            for mention in (*claim.actors, *claim.recipients):
                if mention.antecedent:
                    assert mention.antecedent.start < mention.span.start


def test_the_segments_are_the_whole_text(example, extractions):
    documents = {one.id: one for one in example[0].documents()}
    for extraction in extractions:
        text = documents[extraction.document_id].text
        ends = [0, *(part.end for part in extraction.segments)]
        assert [part.start for part in extraction.segments] == ends[:-1]
        assert ends[-1] == len(text)


def test_every_claim_stands_in_the_segment_that_it_names(extractions):
    for extraction in extractions:
        for claim in extraction.claims:
            kinds = {
                part.kind
                for part in extraction.segments
                if part.start <= claim.anchor.start and claim.anchor.end <= part.end
            }
            assert kinds == {claim.segment}


def test_the_evidence_of_the_brief_quotes_its_documents(example):
    store, brief = example
    documents = {one.id: one for one in store.documents()}
    statements = [
        *(judgement.statement for judgement in brief.judgements),
        *(note.statement for note in brief.shifts),
        *(entry.statement for entry in (*brief.events, *brief.planned)),
        *brief.disputed,
        *brief.gaps,
    ]
    assert len(statements) > 40
    for statement in statements:
        for evidence in statement.evidence:
            document = documents[evidence.document_id]
            assert document.text[evidence.start : evidence.end] == evidence.quote


# --- ids and references ------------------------------------------------------------------------


def test_ids_are_unique_and_references_lead_somewhere(example, extractions):
    store, brief = example
    claims = [claim.id for extraction in extractions for claim in extraction.claims]
    assert len(claims) == len(set(claims))
    events, reports = store.events(), store.reports()
    assert len({event.id for event in events}) == len(events)
    assert len({report.id for report in reports}) == len(reports)
    used = [i for event in events for i in (*event.claim_ids, *event.denial_ids)]
    assert len(used) == len(set(used)) and set(used) <= set(claims)
    assert {report.event_id for report in reports} == {event.id for event in events}
    told = {(event.id, i) for event in events for i in (*event.claim_ids, *event.denial_ids)}
    assert {(report.event_id, i) for report in reports for i in report.claim_ids} == told
    for event in events:
        assert 1 <= event.origins.min <= event.origins.max
    assert {entry.event_id for entry in brief.events} <= {event.id for event in events}


def test_the_order_of_the_input_changes_nothing(example, extractions, tmp_path):
    paths = PATHS.copy()
    random.shuffle(paths)
    store, brief = made(tmp_path / "store", paths)
    again = list(store.extractions(brief.run_id))
    assert {claim.id for one in again for claim in one.claims} == {
        claim.id for one in extractions for claim in one.claims
    }
    assert store.events() == example[0].events()
    assert store.reports() == example[0].reports()
    assert render(brief, "json") == render(example[1], "json")


def test_a_rerun_writes_nothing_and_gives_the_same_bytes(example):
    store, brief = example
    before = contents(store.folder)
    again = Store(store.folder)
    reading = workflow.read(PATHS, again, settings=SETTINGS)
    assert reading.new == 0 and reading.known > 50
    repeated = workflow.brief(again, PAIR, settings=SETTINGS)
    assert contents(store.folder) == before
    for form in ("text", "markdown", "html", "json"):
        assert render(repeated, form) == render(brief, form)


def test_a_pair_is_told_alike_in_both_orders(example):
    store, brief = example
    turned = workflow.brief(store, PAIR.reversed(), settings=SETTINGS)
    assert turned.events == brief.events
    assert turned.series.periods == brief.series.periods
    assert turned.names == brief.names[::-1]


def test_a_period_shows_what_lies_in_it(example):
    store, brief = example
    since, until = date(2015, 11, 1), date(2015, 12, 31)
    part = workflow.brief(store, PAIR, since=since, until=until, settings=SETTINGS)
    dated = {e.event_id for e in brief.events if e.first and e.last}
    inside = {
        e.event_id
        for e in brief.events
        if e.first and e.last and e.last >= since and e.first <= until
    }
    assert inside and {e.event_id for e in part.events} & dated == inside
    assert (part.first, part.last) == (since, until)
