"""Gaps are few and folded; plans say what came of them; quotes end where a clause ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from briefs import brief_of, told
from detente.briefing.render import render
from detente.briefing.words import clause, interval_words, with_article
from detente.model import DateRange, Label, Time

DAY = date(2015, 11, 24)


def plan(text: str, anchor: str, day: date, **more):
    kind = {"label": Label.PLANNED, "time": Time.FUTURE, "when": DateRange()} | more
    return told(text, "CONSULT", anchor, day, key="plan", **kind)


def test_a_plan_that_was_kept_points_to_the_event():
    brief = brief_of(
        plan("Turkey will meet Russia soon.", "meet", DAY),
        told("Turkey met Russia in Sochi.", "CONSULT", "met", DAY + timedelta(days=20)),
    )
    (entry,) = brief.planned
    (event,) = brief.events
    assert entry.followed_by == event.event_id
    assert "see 14 December 2015" in entry.outcome
    assert "see 14 December 2015" in render(brief, "text")


@pytest.mark.parametrize(
    ("event_type", "days"),
    [
        pytest.param("CONSULT", 90, id="too late"),
        pytest.param("CONSULT", -5, id="before the plan"),
        pytest.param("ACCUSE", 20, id="another act"),
    ],
)
def test_a_plan_is_not_kept_by_what_is_something_else(event_type, days):
    brief = brief_of(
        plan("Turkey will meet Russia soon.", "meet", DAY),
        told("Turkey faced Russia in Sochi.", event_type, "faced", DAY + timedelta(days=days)),
    )
    (entry,) = brief.planned
    assert entry.followed_by is None
    assert entry.outcome == "no report here says that it took place"


def test_many_gaps_of_one_kind_are_folded_and_keep_their_evidence():
    acts = "attacked shelled raided stormed besieged burned mined looted razed".split()
    pairs = [
        told(f"Turkey {act} Russia at post {n}00{n}.", "ASSAULT", act, DAY, when=DateRange())
        for n, act in enumerate(acts)
    ]
    brief = brief_of(*pairs)
    unknown = [gap for gap in brief.gaps if gap.text.startswith("When")]
    assert len(unknown) == 5
    assert "5 further events" in unknown[-1].text
    assert len({one.quote for gap in unknown for one in gap.evidence}) == len(acts)


def test_events_without_a_date_stand_under_their_own_heading():
    brief = brief_of(
        told("Turkey thanked Russia for help.", "SUPPORT", "thanked", DAY),
        told("Turkey attacked Russia.", "ASSAULT", "attacked", DAY, when=DateRange(), key="u"),
    )
    for form, heading in (("text", "DATE UNKNOWN"), ("markdown", "### Date unknown")):
        text = render(brief, form)
        assert text.index("thanked") < text.index(heading) < text.index("reported 24 November")
    assert "<h3>Date unknown</h3>" in render(brief, "html")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("United States", "the United States"),
        ("Netherlands", "the Netherlands"),
        ("Democratic Republic of the Congo", "the Democratic Republic of the Congo"),
        ("Solomon Islands", "the Solomon Islands"),
        ("Turkey", "Turkey"),
        ("South Korea", "South Korea"),
        ("Republican Guard", "Republican Guard"),
    ],
)
def test_some_names_take_the_article(name, words):
    assert with_article(name) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Turkey thanked Russia.", "Turkey thanked Russia"),
        (
            "Turkey thanked Russia for its help, while the mission in Sochi went on.",
            "Turkey thanked Russia for its help …",
        ),
        (
            "Turkey thanked the government of Russia and the people of the whole of the land.",
            "Turkey thanked the government of Russia and the people …",
        ),
        ('Turkey told Russia to stop the "wild and endless bombing" of villages that are far away.',
         'Turkey told Russia to stop the "wild and endless bombing" …'),
        ('Turkey told Russia to stop the "wild and endless bombing of villages".',
         'Turkey told Russia to stop the "wild and endless bombing of villages"'),
    ],
)  # fmt: skip
def test_a_long_quote_ends_where_a_clause_ends(text, words):
    assert clause(text, 60) == words


def test_a_cut_quote_shows_the_words_of_the_event():
    text = (
        "Relations between the two neighbours have been poor in every way, as all can see, after "
        "Turkey attacked Russia near the border, which had been quiet."
    )
    start = text.index("attacked")
    cut = clause(text, 60, around=(start, start + 8))
    assert cut == "… after Turkey attacked Russia near the border …"
    assert "attacked" not in clause(text, 60)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2016, 5, 1), date(2016, 5, 31), "in May 2016"),
        (date(2016, 5, 1), date(2016, 7, 31), "between May and July 2016"),
        (date(2015, 11, 1), date(2016, 2, 29), "between November 2015 and February 2016"),
    ],
)
def test_intervals_are_told_by_month(first, last, words):
    assert interval_words(first, last) == words
