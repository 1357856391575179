"""Every rendering: complete, valid, and deaf to what a document's text would have it do."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from briefs import WORSENING, brief_of, told
from detente.briefing.records import json_text
from detente.briefing.render import FORMATS, render
from detente.model import Excluded

DAY = date(2015, 11, 24)
HOSTILE = (
    "Turkey attacked Russia <script>alert(1)</script> <img src=x onerror=alert(2)> "
    "[x](javascript:alert(3)) ![y](http://evil.example/y.png) <http://evil.example/> "
    "\x1b[31mred\x1b]0;title\x07 \x9b2J \u202egnol\u202c \u2028## heading **bold** `code` "
    "| cell | \\ &lt;b&gt; </td></blockquote> {{ brief.run_id }} {% raw %} "
    "\ud7ff end."
)
CONTROLS = "\x1b\x07\x9b\u202e\u202c\u2028"


@pytest.fixture(scope="module")
def brief():
    return brief_of(*WORSENING)


@pytest.fixture(scope="module")
def hostile():
    pair = told(HOSTILE, "ASSAULT", "attacked", DAY, outlets=(HOSTILE,), key=HOSTILE)
    made = brief_of(pair)
    corpus = replace(
        made.corpus, excluded=(Excluded(what="input", count=1, reason=f"bad {HOSTILE}"),)
    )
    return replace(made, corpus=corpus)


def page(brief):
    return html.fromstring(render(brief, "html"))


# --- what every format has ---------------------------------------------------------------------


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_tells_every_event_and_judgement(brief, form):
    text = " ".join(render(brief, form).split())
    if form == "markdown":
        text = re.sub(r"\\(.)", r"\1", text)
    if form == "html":
        text = " ".join(page(brief).text_content().split())
    for entry in brief.events:
        assert entry.statement.text in text
        assert entry.rating.code in text
    for judgement in brief.judgements:
        assert judgement.confidence in text
        assert judgement.likelihood in text
    for source in brief.sources:
        assert source.outlet in text
    assert brief.tool[0] in text


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_is_the_same_each_time_and_ends_its_last_line(brief, form):
    assert render(brief, form) == render(brief, form)
    assert render(brief, form).endswith("\n")


@pytest.mark.parametrize("form", list(FORMATS))
def test_an_empty_brief_says_so(form):
    text = render(brief_of(), form)
    assert "not enough evidence" in text


def test_another_format_is_refused(brief):
    with pytest.raises(KeyError):
        render(brief, "docx")


# --- hostile text ------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(FORMATS))
def test_nothing_that_acts_on_a_terminal_or_turns_the_line_gets_through(hostile, form):
    text = render(hostile, form)
    assert "alert(1)" in text  # the words themselves are shown
    for char in CONTROLS:
        assert char not in text


def test_terminal_colours_are_ours_alone(hostile):
    text = render(hostile, "text", colour=True)
    assert "\x1b[" in text
    assert set(re.findall(r"\x1b\[([0-9;]*)([A-Za-z])", text)) <= {
        ("1", "m"),
        ("2", "m"),
        ("0", "m"),
    }
    bare = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()]
    assert bare == render(hostile, "text", colour=False).splitlines()


def test_html_shows_markup_as_text(hostile):
    tree = page(hostile)
    assert tree.xpath("//script | //img | //iframe | //object | //b | //form") == []
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
    assert "<script>alert(1)</script>" in tree.text_content()
    assert "{{ brief.run_id }}" in tree.text_content()


def test_markdown_holds_no_link_markup_or_html_of_the_document(hostile):
    text = render(hostile, "markdown")
    bare = re.sub(r"\\[\\`*_{}\[\]<>#|~]", "", text)
    assert not re.search(r"\]\s*\(", bare)
    assert "<" not in bare
    body = [line for line in bare.splitlines() if "attacked" in line]
    assert body
    for line in body:
        assert not set("`*_[]<>#|~") & set(line.replace("**24 November 2015**", ""))
        assert "&lt;" not in line  # an entity of the document stays its letters


def test_json_gives_back_the_very_words(hostile):
    found = json.loads(render(hostile, "json"))
    assert found["events"][0]["evidence"][0]["quote"] == HOSTILE
    assert found["events"][0]["evidence"][0]["document_key"] == HOSTILE


@pytest.mark.parametrize("text", ["\u202e", "\x7f", "\x9b", "\u2028", "\ufeff", "\\u202e", '"\n'])
def test_escaping_what_is_unseen_changes_no_value(text):
    written = json_text({"a": text})
    assert json.loads(written) == {"a": text}
    assert written.isprintable()


# --- HTML --------------------------------------------------------------------------------------


def test_the_page_needs_nothing_from_elsewhere(brief):
    tree = page(brief)
    for attribute in ("src", "href", "action", "data", "poster", "srcset", "background"):
        for value in tree.xpath(f"//@{attribute}"):
            assert value.startswith("#")
    assert tree.xpath("//script | //link | //base | //meta[@http-equiv='refresh']") == []
    style = " ".join(tree.xpath("//style/text()"))
    assert "url(" not in style and "@import" not in style
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy and "default-src 'none'" in policy[0]


def test_links_within_the_page_lead_somewhere(brief):
    tree = page(brief)
    targets = tree.xpath("//a/@href")
    assert targets
    assert {target.removeprefix("#") for target in targets} <= set(tree.xpath("//@id"))
    identifiers = tree.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_the_chart_stands_above_its_table(brief):
    tree = page(brief)
    (chart,) = tree.xpath("//svg")
    (table,) = tree.xpath("//figure/following::table")
    rows = [[cell.text_content() for cell in row] for row in table.xpath("./tbody/tr")]
    assert rows == [
        [f"{p.first:%Y-%m}", *(str(count) for count in p.counts), str(p.documents)]
        for p in brief.series.periods
    ]
    drawn = [
        (int(bar.get("class")[-1]), bar.xpath("./title")[0].text)
        for bar in chart.xpath("./rect[starts-with(@class, 'bar')]")
    ]
    wanted = [
        (quad, count, f"{p.first:%B %Y}")
        for p in brief.series.periods
        for quad, count in enumerate(p.counts, 1)
        if count
    ]
    assert [(quad, title.split(":")[0]) for quad, title in drawn] == [
        (quad, month) for quad, _, month in wanted
    ]
    for bar in chart.xpath("./rect"):
        top, height = float(bar.get("y")), float(bar.get("height"))
        assert top >= 0 and top + height <= float(chart.get("height"))


def test_the_page_has_a_language_a_title_and_one_main_heading(brief):
    tree = page(brief)
    assert tree.get("lang") == "en"
    assert "Turkey and Russia" in tree.findtext(".//title")
    assert len(tree.xpath("//h1")) == 1


# --- JSON --------------------------------------------------------------------------------------

CONTRACT = {
    "dyad",
    "period",
    "corpus",
    "judgements",
    "shifts",
    "events",
    "disputed",
    "planned",
    "gaps",
    "sources",
}


def test_json_has_the_keys_of_the_contract(brief):
    found = json.loads(render(brief, "json"))
    assert set(found) >= CONTRACT
    assert {"actor", "recipient"} <= set(found["dyad"])
    assert found["period"] == {"first": "2015-01-03", "last": "2015-12-05"}
    assert {"documents", "outlets", "origins", "excluded"} <= set(found["corpus"])
    for shift in found["shifts"]:
        assert {"first", "last", "direction", "kind", "probability", "drivers"} <= set(shift)
        assert shift["kind"] in ("relation", "attention")
    for judgement in found["judgements"]:
        assert {"likelihood", "confidence", "text", "evidence"} <= set(judgement)
    for event in found["events"]:
        assert isinstance(event["reports"], int)
        assert {"min", "max"} <= set(event["origins"])
        assert re.fullmatch("[A-F][1-6]", event["rating"])
        assert len(event["rating_reasons"]) == 2
    events = {event["event_id"] for event in found["events"]}
    assert {driver for shift in found["shifts"] for driver in shift["drivers"]} <= events


def test_every_evidence_of_the_json_quotes_its_document(brief):
    texts = {doc.id: doc.text for doc, _ in WORSENING}
    seen = []

    def walk(value):
        if isinstance(value, dict):
            for one in value.get("evidence", ()):
                seen.append(one)
                assert texts[one["document_id"]][one["start"] : one["end"]] == one["quote"]
            value = list(value.values())
        if isinstance(value, list):
            for one in value:
                walk(one)

    walk(json.loads(render(brief, "json")))
    assert len(seen) >= 36
