"""The brief: nothing without evidence, nothing certain, nothing mixed up."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from briefs import WORSENING, brief_of, material, told
from detente.briefing.compose import compose
from detente.model import DateBasis, DateRange, Evidence, Label, Polarity, SourceKind, Statement
from making import attribution, stated

DAY = date(2015, 11, 24)
TERMS = (
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
)
OTHER_ROW = (
    "remote",
    "highly improbable",
    "improbable",
    "roughly even odds",
    "probable",
    "highly probable",
    "nearly certain",
)


def every(kind, value):
    """All records of a kind within a record."""
    if isinstance(value, kind):
        yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from every(kind, getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from every(kind, one)


@pytest.fixture(scope="module")
def worsening():
    return brief_of(*WORSENING)


def test_a_statement_without_evidence_cannot_be_made():
    with pytest.raises(ValueError, match="no evidence"):
        Statement(text="Turkey attacked Russia.", evidence=())


def test_every_statement_quotes_its_documents(worsening):
    documents = {doc.id: doc for doc, _ in WORSENING}
    claims = {made.id: made for _, made in WORSENING}
    statements = list(every(Statement, worsening))
    assert len(statements) > 36
    for statement in statements:
        assert statement.evidence
    for evidence in every(Evidence, worsening):
        document = documents[evidence.document_id]
        assert document.text[evidence.start : evidence.end] == evidence.quote != ""
        assert claims[evidence.claim_id].document_id == document.id
        assert (evidence.outlets, evidence.published) == (document.outlets, document.published)


def test_a_change_is_judged_with_its_drivers(worsening):
    (note,) = worsening.shifts
    assert note.shift.direction == "worse"
    judgement = worsening.judgements[0]
    assert "worsened" in judgement.statement.text
    assert date(2015, 6, 16) <= note.shift.first <= note.shift.last <= date(2015, 7, 31)
    assert note.shift.last >= date(2015, 7, 1)
    quotes = {evidence.quote for evidence in judgement.statement.evidence}
    shown = {entry.event_id: entry for entry in worsening.events}
    for driver in note.shift.drivers:
        assert shown[driver].statement.evidence[0].quote in quotes


def test_likelihood_and_confidence_stand_apart_and_in_one_row(worsening):
    assert worsening.judgements
    for judgement in worsening.judgements:
        text, confidence = judgement.statement.text, judgement.confidence
        lead = text.split("“")[0]
        assert judgement.likelihood in TERMS
        assert judgement.likelihood in lead
        assert "onfidence" not in lead
        assert re.fullmatch(r"Confidence is (high|moderate|low): [^.]+\.", confidence)
        assert not any(re.search(rf"\b{term}\b", confidence) for term in TERMS)
        assert not any(re.search(rf"\b{term}\b", lead + confidence) for term in OTHER_ROW)
        assert judgement.rule


def test_nothing_is_sure(worsening):
    for statement in every(Statement, worsening):
        for share in re.findall(r"(\d+) %", statement.text):
            assert 0 < int(share) < 100


def test_the_timeline_is_in_order_and_whole(worsening):
    days = [entry.first for entry in worsening.events]
    assert days == sorted(days)
    assert len(worsening.events) == 36
    assert (worsening.first, worsening.last) == (days[0], days[-1])


def test_the_order_of_the_material_does_not_matter(worsening):
    again = material(*reversed(WORSENING))
    assert compose(replace(again, events=list(reversed(again.events)))) == worsening


def test_little_evidence_makes_no_judgement():
    brief = brief_of(told("Turkey attacked Russia.", "ASSAULT", "attacked", DAY))
    assert brief.judgements == () and brief.shifts == ()
    assert "not enough evidence" in brief.shift_reason
    assert len(brief.events) == 1


def test_nothing_at_all_is_a_brief_too():
    brief = brief_of()
    assert brief.events == brief.judgements == brief.gaps == ()
    assert (brief.first, brief.last) == (None, None)


def test_plans_are_no_events():
    brief = brief_of(
        told("Turkey will attack Russia.", "ASSAULT", "attack", DAY, label=Label.PLANNED)
    )
    assert brief.events == ()
    (plan,) = brief.planned
    assert plan.label == "planned"
    assert not any(period.total for period in brief.series.periods)


def test_a_denial_stands_beside_what_it_denies():
    text = "Turkey attacked Russia near the border, officials said."
    denial_text = "Ankara denied that Turkey attacked Russia near the border."
    affirmed = told(text, "ASSAULT", "attacked", DAY, key="a")
    doc, _ = told(denial_text, "ASSAULT", "attacked", DAY, outlets=("Gazette",), key="b")
    denied = told(
        denial_text,
        "ASSAULT",
        "attacked",
        DAY,
        outlets=("Gazette",),
        key="b",
        label=Label.DENIED,
        polarity=Polarity.NEGATIVE,
        chain=(replace(attribution(doc, "Ankara", "denied"), lemma="deny"),),
    )
    brief = brief_of(affirmed, denied)
    (statement,) = brief.disputed
    assert {evidence.quote for evidence in statement.evidence} == {text, denial_text}
    assert "Against it: Gazette: Ankara (official)" in statement.text
    (entry,) = brief.events
    assert entry.rating.credibility == 4
    assert entry.reports == 1  # who denies an event does not report it
    alone = brief_of(denied)
    assert alone.events == ()
    assert "no report here that affirms it" in alone.disputed[0].text


def test_an_unknown_date_is_a_gap_and_stays_unknown():
    unknown = DateRange(basis=DateBasis.UNKNOWN, reason="background, not dated")
    brief = brief_of(told("Turkey attacked Russia.", "ASSAULT", "attacked", DAY, when=unknown))
    (entry,) = brief.events
    assert (entry.first, entry.last, entry.date_text) == (None, None, "date unknown")
    assert entry.date_basis == "unknown"
    assert "background, not dated" in brief.gaps[0].text
    assert not any(period.total for period in brief.series.periods)


def test_unnamed_sources_are_a_gap():
    doc, _ = told("Officials said Turkey attacked Russia.", "ASSAULT", "attacked", DAY)
    chain = (attribution(doc, "Officials", "said", named=False, kind=SourceKind.UNNAMED),)
    brief = brief_of(told(doc.text, "ASSAULT", "attacked", DAY, chain=chain))
    assert any("unnamed sources" in gap.text for gap in brief.gaps)
    assert brief.events[0].says == ("Courier: Officials (unnamed)",)


def test_a_silence_is_a_gap_with_both_its_ends():
    brief = brief_of(
        told("Turkey attacked Russia at dawn.", "ASSAULT", "attacked", date(2015, 1, 5)),
        told("Turkey thanked Russia for help.", "SUPPORT", "thanked", date(2015, 6, 5)),
    )
    (gap,) = brief.gaps
    assert "5 January 2015 and 5 June 2015" in gap.text
    assert len(gap.evidence) == 2


def test_wide_ranges_keep_their_basis():
    brief = brief_of(
        told(
            "Turkey attacked Russia in November.",
            "ASSAULT",
            "attacked",
            date(2015, 12, 24),
            when=stated("2015-11-01", "2015-11-30"),
        )
    )
    assert (brief.events[0].date_text, brief.events[0].date_basis) == ("November 2015", "stated")


def test_a_long_word_is_cut_like_any_other():
    text = f"Turkey attacked Russia with {'x' * 500}."
    later = told("Turkey thanked Russia for help.", "SUPPORT", "thanked", date(2016, 6, 5))
    unknown = DateRange(basis=DateBasis.UNKNOWN)
    gaps = brief_of(told(text, "ASSAULT", "attacked", DAY, when=unknown), later).gaps
    assert all(len(gap.text) < 300 for gap in gaps)
    joined = told("Turkey" + "-" * 400 + "Russia", "ASSAULT", "---", DAY, when=unknown)
    assert all(len(gap.text) < 300 for gap in brief_of(joined).gaps)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_break_nothing(day):
    acts = (("attacked", "ASSAULT"), ("thanked", "SUPPORT"), ("accused", "ACCUSE"))
    pairs = [
        told(f"Turkey {verb} Russia.", event_type, verb, day, when=stated(day.isoformat()))
        for verb, event_type in acts
    ]
    brief = brief_of(*pairs, told("Turkey aided Russia.", "AID", "aided", day))
    assert {entry.first for entry in brief.events} == {day}
    assert len(brief.judgements) == 1
