"""What the pages show, and what they say where they cannot."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from html import unescape
from urllib.parse import quote, unquote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import workflow
from detente.briefing.records import event_record, source_record
from detente.briefing.relation import relation_record
from detente.briefing.render import as_json
from detente.model import Dyad
from detente.storage.catalog import Store
from pages import served

PAIR = Dyad("TUR", "RUS")


def links(text, pattern):
    return list(dict.fromkeys(unescape(one) for one in re.findall(f'href="({pattern})"', text)))


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_home_page_leads_to_the_pairs_and_tells_the_corpus(pages, example):
    home = pages.get("/")
    assert home.status == 200
    assert links(home.text, '/relations/[^"]+')[0] == "/relations/RUS/TUR"
    assert f"<dd>{example.document_counts()[0]}, 1 of them without a known day" in home.text
    record = pages.get("/index.json").json
    assert record["documents"] == example.document_counts()[0]
    assert record["pairs"][0]["actor"] == "RUS"
    assert record["runs"][0]["id"] in home.text
    assert "intergovernmental" not in home.text


def test_the_form_of_the_home_page_leads_to_a_pair(pages):
    there = pages.get("/relations?a=Turkish&b=Moscow&since=2015-11-01&until=")
    assert there.status == 307
    assert there.headers["location"] == "/relations/TUR/RUS?since=2015-11-01"
    there = pages.get("/briefs?a=Ankara&b=rus")
    assert there.headers["location"] == "/briefs/TUR/RUS"


def test_names_in_an_address_lead_to_the_codes(pages):
    answer = pages.get("/relations/Turkey/the%20Kremlin?label=reported")
    assert (answer.status, answer.headers["location"]) == (307, "/relations/TUR/RUS?label=reported")
    answer = pages.get("/relations/Turkey/RUS.json")
    assert answer.headers["location"] == "/relations/TUR/RUS.json"


@pytest.mark.parametrize("path", ["/relations/Korea/Russia", "/relations?a=Korea&b=Russia"])
def test_an_ambiguous_actor_is_not_found_and_the_candidates_are_links(pages, path):
    answer = pages.get(path)
    assert answer.status == 404
    assert links(answer.text, '/relations/[^"]+') == [
        "/relations/KOR/Russia",
        "/relations/PRK/Russia",
    ]


def test_an_unknown_actor_is_not_found(pages):
    answer = pages.get("/briefs/Turkey/Atlantis")
    assert answer.status == 404 and "Atlantis" in answer.text
    answer = pages.get("/briefs/Turkey/Atlantis.json")
    assert answer.status == 404 and "Atlantis" in answer.json["error"]


def test_the_relation_is_that_of_the_workflow(pages, example):
    record = pages.get("/relations/TUR/RUS.json?since=2015-11-01&until=2016-06-30").json
    found = workflow.relation(
        example,
        PAIR,
        since=date.fromisoformat("2015-11-01"),
        until=date.fromisoformat("2016-06-30"),
    )
    assert {key: record[key] for key in relation_record(found)} == relation_record(found)
    text = pages.get("/relations/TUR/RUS?since=2015-11-01&until=2016-06-30").text
    rows = re.findall(r'<tr><th scope="row">(\d{4}-\d\d)</th>((?:<td>\d+</td>)+)</tr>', text)
    assert [(month, [int(n) for n in re.findall(r"\d+", cells)]) for month, cells in rows] == [
        (f"{p.first:%Y-%m}", [*p.counts, p.documents]) for p in found.series.periods
    ]


def listed(pages, query=""):
    """Return all events that a choice lists, over all parts of the list."""
    found, start = [], 0
    while True:
        record = pages.get(f"/relations/TUR/RUS.json?start={start}{query}").json
        found += record["events"]
        start += 50
        if start >= record["total"]:
            assert len(found) == record["total"]
            return found


def test_the_list_has_every_event_of_the_pair_once(pages, example):
    wanted = [event for event, _ in workflow.events(example, between=PAIR)]
    assert [one["id"] for one in listed(pages)] == [event.id for event in wanted]


def test_each_choice_keeps_what_it_names_and_nothing_else(pages, example):
    everything = listed(pages)
    reports = {event.id: found for event, found in workflow.events(example, between=PAIR)}
    events = {event.id: event for event, _ in workflow.events(example, between=PAIR)}

    def chosen(query, keep):
        wanted = [one["id"] for one in everything if keep(one)]
        assert 0 < len(wanted) < len(everything)
        assert [one["id"] for one in listed(pages, f"&{query}")] == wanted

    chosen("type=ASSAULT", lambda one: one["event_type"] == "ASSAULT")
    chosen("label=alleged", lambda one: one["label"] == "alleged")
    chosen("label=denied", lambda one: one["denials"] or one["label"] == "denied")
    chosen("direction=there", lambda one: PAIR in events[one["id"]].dyads())
    chosen("direction=back", lambda one: PAIR.reversed() in events[one["id"]].dyads())
    chosen(
        f"outlet={quote('Volga Observer')}",
        lambda one: any("Volga Observer" in r.outlets for r in reports[one["id"]]),
    )
    chosen("origins=2", lambda one: one["origins"]["min"] >= 2)
    first, last = date(2016, 6, 1), date(2016, 6, 30)

    def in_june(one):
        if one["first"]:
            return one["last"] >= first.isoformat() and one["first"] <= last.isoformat()
        days = [report.published for report in reports[one["id"]] if report.published]
        return not days or any(first <= day <= last for day in days)

    chosen(f"since={first}&until={last}", in_june)


def test_a_label_on_the_list_is_that_of_the_brief(pages, example):
    answer = workflow.brief(example, PAIR)
    labels = {entry.event_id: entry.label for entry in (*answer.events, *answer.planned)}
    assert labels == {one["id"]: one["label"] for one in listed(pages) if one["claims"]}


def test_every_quotation_on_the_list_is_in_its_document(pages, example):
    documents = {document.id: document for document in example.documents()}
    for one in listed(pages):
        told = one["told"]
        text = documents[told["document_id"]].text
        assert text[told["start"] : told["end"]] == told["text"]


def test_every_event_has_its_page_with_all_its_reports(pages, example):
    for event, reports in workflow.events(example):
        record = pages.get(f"/events/{event.id}.json").json
        assert record["reports"] == event_record(event, reports)["reports"]
        claims = {claim["id"] for claim in record["claims"]}
        assert claims == {*event.claim_ids, *event.denial_ids}
        text = pages.get(f"/events/{event.id}").text
        for report in reports:
            assert f"/documents/{report.document_id}" in text
        for claim in record["claims"]:
            sentence = claim["sentence"]
            words = f"char={sentence['start']},{sentence['end']}"
            assert f"/documents/{claim['document_id']}?{words}#{words}" in unescape(text)


def test_copies_are_folded_beneath_what_they_repeat(pages, example):
    event, reports = max(
        workflow.events(example), key=lambda pair: sum(r.copy_of is not None for r in pair[1])
    )
    copies = [report for report in reports if report.copy_of]
    assert copies
    text = pages.get(f"/events/{event.id}").text
    folded = "".join(re.findall(r"<details>.*?</details>", text, re.DOTALL))
    for report in copies:
        assert report.document_id in folded
        assert report.evidence[0].kind in folded


def test_what_speaks_against_an_event_is_on_its_page(pages, example):
    answer = workflow.brief(example, PAIR)
    assert answer.disputed
    everything = "".join(
        str(pages.get(f"/events/{one['id']}.json").json["disputed"]) for one in listed(pages)
    )
    for item in answer.disputed:
        for evidence in item.evidence:
            assert evidence.claim_id in everything


def test_the_words_asked_for_are_marked_and_nothing_else(pages, example):
    for document in list(example.documents())[::7]:
        start, end = 10, min(60, len(document.text))
        text = pages.get(f"/documents/{document.id}?char={start},{end}").text
        marked = re.findall(r'<mark class="asked"[^>]*>(.*?)</mark>', text, re.DOTALL)
        assert unescape("".join(marked)) == document.text[start:end]
        assert text.count(f'id="char={start},{end}"') == 1


def test_a_document_page_has_its_whole_text_its_claims_and_their_events(pages, example):
    run = workflow.resolve(example)
    drawn = {one.document_id: one for one in example.extractions(run.id)}
    for document in example.documents():
        text = pages.get(f"/documents/{document.id}").text
        parts = re.findall(r'<div class="text" dir="auto">(.*?)</div>', text, re.DOTALL)
        plain = unescape(re.sub(r"<[^>]*>", "", "".join(parts)))
        assert plain == document.text
        for claim in drawn[document.id].claims:
            assert f'id="claim-{claim.id}"' in text
            assert f"?char={claim.span.start},{claim.span.end}#" in text
        assert len(links(text, '/events/[^"]+')) == len(
            {e.id for e, rs in workflow.events(example) for r in rs if r.document_id == document.id}
        )


def test_comments_and_boilerplate_are_folded(pages, example):
    (page,) = [one for one in example.documents() if one.key.endswith(".html")]
    text = pages.get(f"/documents/{page.id}").text
    folded = re.findall(r'<details class="folded">.*?</details>', text, re.DOTALL)
    assert any("comments, not read as reporting" in one for one in folded)
    start = page.text.index(
        unescape(re.findall(r'comment" .*?dir="auto">([^<]{20})', text, re.DOTALL)[0])
    )
    opened = pages.get(f"/documents/{page.id}?char={start},{start + 5}").text
    again = re.findall(r'<details class="folded">.*?</details>', opened, re.DOTALL)
    assert len(again) == len(folded) - 1


@pytest.mark.parametrize("written", ["5", "a,b", "9,9", "9,3", "0,99999999", "-1,4", "1,2,3"])
def test_characters_that_are_not_there_are_refused(pages, example, written):
    document = next(example.documents())
    answer = pages.get(f"/documents/{document.id}?char={written}")
    assert answer.status == 400 and "char=" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "type=FOO",
        "label=true",
        "direction=up",
        "since=soon",
        "until=2015-13-01",
        "start=x",
        "since=2016-01-01&until=2015-01-01",
    ],
)
def test_a_choice_that_cannot_be_is_refused_in_one_line(pages, query):
    answer = pages.get(f"/relations/TUR/RUS?{query}")
    assert answer.status == 400
    assert pages.get(f"/relations/TUR/RUS.json?{query}").json["error"].count("\n") == 0


def test_one_country_is_no_pair(pages):
    assert pages.get("/relations/TUR/Ankara").status == 400
    assert pages.get("/relations?a=&b=").status == 400


@pytest.mark.parametrize("path", ["/events/none", "/documents/none", "/nowhere", "/events/a%00b"])
def test_what_is_not_there_is_not_found(pages, path):
    assert pages.get(path).status == 404


def test_sources_and_brief_are_those_of_the_workflow(pages, example):
    assert pages.get("/sources.json").json == [source_record(s) for s in workflow.sources(example)]
    answer = workflow.brief(example, PAIR, since=date(2016, 1, 1))
    assert pages.get("/briefs/TUR/RUS.json?since=2016-01-01").text == as_json(answer)
    text = pages.get("/briefs/TUR/RUS?since=2016-01-01").text
    for entry in answer.events:
        assert f'href="/events/{entry.event_id}"' in text
        for one in entry.statement.evidence:
            assert f"/documents/{one.document_id}?char={one.start},{one.end}#" in text


def test_no_page_has_a_script_or_a_style_of_its_own(pages):
    for path in ("/", "/relations/TUR/RUS", "/briefs/TUR/RUS", "/sources", "/events/none"):
        text = pages.get(path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=\"/static/)", text)


def test_every_link_of_the_pages_leads_somewhere(pages):
    seen, left = set(), ["/", "/briefs/TUR/RUS"]
    while left and len(seen) < 120:
        path = left.pop()
        seen.add(path)
        answer = pages.get(path)
        assert answer.status == 200, path
        for link in (
            links(answer.text, '[^"#]+') if "text/html" in answer.headers["content-type"] else ()
        ):
            link = link.partition("#")[0]
            if link.startswith("/") and link not in seen and "char=" not in link:
                left.append(link)
    assert len(seen) == 120


def test_the_pages_write_nothing(pages):
    before = contents(pages.folder)
    for path in ("/", "/relations/TUR/RUS", "/briefs/TUR/RUS", "/sources"):
        pages.get(path)
    assert contents(pages.folder) == before


def test_a_store_without_events_tells_the_command_that_makes_them(tmp_path):
    (tmp_path / "a.txt").write_text("Turkey attacked Russia on 3 May 2016.", "utf-8")
    store = Store(tmp_path / "store")
    workflow.read([tmp_path / "a.txt"], store)
    before = contents(store.folder)
    with served(store.folder) as pages:
        for path in ("/", "/relations/TUR/RUS", "/events/x", "/sources"):
            answer = pages.get(path)
            assert answer.status == 503
            assert f"detente events --store {store.folder}" in answer.text
        assert contents(store.folder) == before
        workflow.resolve(store)
        home = pages.get("/")
        assert home.status == 200 and "Not up to date" not in home.text
        (tmp_path / "b.txt").write_text("Russia attacked Turkey on 4 May 2016.", "utf-8")
        workflow.read([tmp_path / "b.txt"], store)
        workflow.extract(store)
        assert "documents came in since the events were made" in pages.get("/").text
        assert pages.get("/relations/TUR/RUS.json").json["total"] == 1
        workflow.resolve(store)
        assert "Not up to date" not in pages.get("/").text
        assert pages.get("/relations/TUR/RUS.json").json["total"] == 2


def test_a_rating_shows_without_a_restart(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Outlet: The Invented Post\nPublished: 2016-05-03\n\nTurkey attacked Russia on 3 May 2016.",
        "utf-8",
    )
    store = Store(tmp_path / "store")
    workflow.read([tmp_path / "a.txt"], store)
    workflow.resolve(store)
    with served(store.folder) as pages:
        (event,) = pages.get("/relations/TUR/RUS.json").json["events"]
        assert pages.get(f"/events/{event['id']}.json").json["rating"].startswith("F")
        workflow.rate_source(store, "The Invented Post", "D", reason="wrong twice", by="me")
        assert pages.get(f"/events/{event['id']}.json").json["rating"].startswith("D")
        assert "wrong twice" in pages.get("/sources").text


def test_a_name_with_a_slash_or_percent_is_only_text(pages):
    answer = pages.get("/relations/Turk%2Fey/Russia")
    assert answer.status == 404
    assert pages.get("/relations/%25/Russia").status == 404
    assert "%" in unquote(pages.get("/relations/%25/Russia").text)


def test_the_address_of_an_event_leads_to_what_it_became(tmp_path):
    def report(name, published):
        text = f"Published: {published}\n\nTurkey attacked Russia on 3 May 2016 near {name}."
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        workflow.read([tmp_path / f"{name}.txt"], store)
        workflow.resolve(store)

    store = Store(tmp_path / "store")
    report("Sochi", "2016-05-09")
    (before,) = store.events()
    report("Sochi today", "2016-05-04")
    (after,) = store.events()
    assert after.id != before.id
    with served(store.folder) as pages:
        for end in ("", ".json"):
            answer = pages.get(f"/events/{before.id}{end}")
            assert answer.status == 307
            assert answer.headers["location"] == f"/events/{after.id}{end}"


ODD = st.text(max_size=20) | st.sampled_from(["0", "-1", "9" * 30, "٣", "\x00", "%", "../", "TUR"])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(
        "/relations/TUR/RUS /briefs/TUR/RUS /relations /briefs /events/{} /sources "
        "/documents/{} /relations/{}/RUS /briefs/TUR/{} /{} /static/{}".split()
    ),
    end=st.sampled_from(["", ".json"]),
    part=ODD,
    query=st.dictionaries(
        st.sampled_from("since until type label outlet origins direction start char a b".split()),
        ODD,
        max_size=4,
    ),
)
def test_no_address_makes_the_pages_fail(pages, path, end, part, query):
    address = path.format(quote(part, safe="")) + end
    assert pages.get(f"{address}?{urlencode(query)}").status < 500
