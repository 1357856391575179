"""News as lines and as JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from detente.briefing.news import news_lines, news_record
from detente.briefing.records import json_text
from detente.model import Dyad, Evidence, News, NewsKind, Origins, Statement

TOLD = datetime(2015, 11, 26, 12, tzinfo=UTC)


def evidence(number=1, quote="Turkey attacked\nRussia."):
    return Evidence(
        document_id=f"d{number}",
        document_key=f"http://news.example/{number}",
        start=4,
        end=4 + len(quote),
        quote=quote,
        claim_id="c",
        outlets=("Courier",),
        published=date(2015, 11, 24),
        url=f"http://news.example/{number}",
    )


def news(*cited, text="Turkey attacked Russia"):
    return News(
        kind=NewsKind.ORIGINS,
        dyad=Dyad("TUR", "RUS"),
        statement=Statement(text=text, evidence=cited or (evidence(),)),
        titles=(("d1", "The attack"),),
        event_ids=("e",),
        event_type="ASSAULT",
        first=date(2015, 11, 24),
        last=date(2015, 11, 24),
        origins=Origins(min=1, max=2, reasons=("why",)),
        origins_before=Origins(min=1, max=1),
    )


def test_the_lines_tell_the_news_and_who_carries_it():
    assert list(news_lines(news())) == [
        "TUR RUS  more origins: Turkey attacked Russia",
        "    Courier, 24 November 2015, “The attack”: “Turkey attacked Russia.” [document d1]",
    ]


def test_of_many_passages_a_few_are_listed_and_the_rest_is_counted():
    *_, last = news_lines(news(*(evidence(number) for number in range(5))))
    assert last == "    and 2 more passages"


def test_what_acts_on_a_terminal_is_not_printed():
    lines = "".join(news_lines(news(evidence(quote="a\x1b[31m\u202eb"), text="x\x1b]0;y\x07")))
    assert lines.isprintable()


def test_the_record_has_all_that_the_page_tells():
    record = json.loads(json_text(news_record(news(), TOLD)))
    assert record["kind"] == "origins" and record["told"] == "2015-11-26T12:00:00+00:00"
    assert record["pair"] == {"actor": "TUR", "recipient": "RUS"}
    assert (record["origins"], record["origins_before"]) == (
        {"min": 1, "max": 2},
        {"min": 1, "max": 1},
    )
    (one,) = record["evidence"]
    assert one["title"] == "The attack" and one["quote"] == "Turkey attacked\nRussia."
    assert one["end"] - one["start"] == len(one["quote"])


def test_the_same_news_has_the_same_id_whenever_it_is_told():
    assert news_record(news(), TOLD)["id"] == news_record(news(), datetime.now(UTC))["id"]
    assert news().id != news(text="other").id
