"""What hostile documents hold is shown as text, whatever it pretends to be."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest

from detente import workflow
from detente.model import web_address
from detente.storage.catalog import Store
from pages import served

SCRIPT = "<script>alert(1)</script>"
BREAKOUT = "\"><img src=x onerror=alert(1)>'</title></textarea>"
DIRECTION = "abc\u202egnp.exe\u202c \u2066x\u2069 \u200bzero\u200f"
ENTITIES = "&lt;b&gt; &#60;script&#62; &amp;amp; &nbsp;"
SENTENCE = "Turkey attacked Russia on 3 May 2016."
RECORDS = [
    {"id": SCRIPT, "title": SCRIPT, "text": f"{SENTENCE} {SCRIPT}", "outlet": SCRIPT},
    {"id": BREAKOUT, "title": BREAKOUT, "text": f"{SENTENCE} {BREAKOUT}", "author": BREAKOUT},
    {"id": DIRECTION, "title": DIRECTION, "text": f"{SENTENCE} {DIRECTION}", "outlet": DIRECTION},
    {"id": ENTITIES, "title": ENTITIES, "text": f"{SENTENCE} {ENTITIES}", "outlet": ENTITIES},
    {"id": "js", "url": "javascript:alert(1)", "text": f"{SENTENCE} One."},
    {"id": "data", "url": "data:text/html,<script>alert(1)</script>", "text": f"{SENTENCE} Two."},
    {"id": "vb", "url": " JaVaScRiPt:alert(1)", "text": f"{SENTENCE} Three."},
    {"id": "web", "url": "https://news.example/a?b=c&d=e", "text": f"{SENTENCE} Four."},
    {
        "id": "markup in the words of a claim",
        "text": 'Turkey attacked the Russian "<b onmouseover=alert(1)>Bogus</b>" on 4 May 2016.',
        "outlet": "{{ 7 * 19131 }}{% for x in y %}",
    },
]


class Elements(HTMLParser):
    """Collects what a browser would take for markup."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.shown = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attributes]

    def handle_data(self, data):
        self.shown.append(data)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    root = tmp_path_factory.mktemp("hostile")
    lines = [json.dumps({"published": "2016-05-05", "outlet": "Post", **one}) for one in RECORDS]
    (root / "reports.jsonl").write_text("\n".join(lines), "utf-8")
    rows = "".join(f"<tr><td>cell {i}</td><td>{'x' * 50}</td></tr>" for i in range(2_500))
    (root / "table.html").write_text(
        f"<html><head><title>Table</title></head><body><article><p>{SENTENCE} It was reported by "
        f"all papers of the country on that day.</p><table>{rows}</table></article></body></html>",
        "utf-8",
    )
    store = Store(root / "store")
    workflow.read([root / "reports.jsonl", root / "table.html"], store)
    workflow.resolve(store)
    with served(store.folder) as found:
        yield found, store


@pytest.fixture(scope="module")
def every_page(hostile):
    pages, store = hostile
    paths = ["/", "/sources", "/relations/TUR/RUS", "/briefs/TUR/RUS"]
    paths += [f"/documents/{document.id}" for document in store.documents()]
    paths += [f"/documents/{document.id}?char=0,30" for document in store.documents()]
    paths += [f"/events/{event.id}" for event in store.events()]
    paths += [
        f"/relations/{SCRIPT.replace('/', '%2F').replace('<', '%3C').replace('>', '%3E')}/RUS",
        "/relations/TUR/RUS?outlet=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/relations/TUR/RUS?type=%3Cscript%3Ealert(1)%3C/script%3E",
        "/events/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    ]
    return {path: pages.get(path) for path in paths}


def test_the_pages_were_made_of_the_hostile_documents(hostile, every_page):
    _, store = hostile
    assert store.document_counts()[0] == len(RECORDS) + 1
    text = every_page["/relations/TUR/RUS"].text
    assert "Turkey attacked Russia" in text
    assert sum(answer.status == 200 for answer in every_page.values()) >= 2 * len(RECORDS)


def test_no_page_has_an_element_or_an_attribute_that_we_did_not_write(every_page):
    for path, answer in every_page.items():
        found = Elements(answer.text)
        assert not {"img", "textarea", "iframe", "object", "embed", "b"} & set(found.tags), path
        assert found.tags.count("script") <= 1, path
        assert all(not name.startswith("on") for name, _ in found.attributes), path
        assert ("src", "/static/passage.js") in found.attributes or "script" not in found.tags


def test_scripts_markup_and_entities_are_shown_as_they_are_written(hostile, every_page):
    _, store = hostile
    for document in store.documents():
        if document.key in (SCRIPT, BREAKOUT, ENTITIES):
            shown = "".join(Elements(every_page[f"/documents/{document.id}"].text).shown)
            assert shown.count(document.key) >= 3  # the title, the key, and the text


def test_templates_in_documents_are_not_run(every_page):
    assert "{{ 7 * 19131 }}" in unescape(every_page["/sources"].text)
    assert not any("133917" in "".join(Elements(a.text).shown) for a in every_page.values())


def test_marks_of_direction_are_blanks_and_the_page_says_so(hostile, every_page):
    for path, answer in every_page.items():
        assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", answer.text), path
    _, store = hostile
    (document,) = [one for one in store.documents() if one.key == DIRECTION]
    answer = every_page[f"/documents/{document.id}"]
    assert "abc gnp.exe" in answer.text
    assert "6 characters that do not print" in answer.text


def test_json_writes_marks_of_direction_as_escapes(hostile):
    pages, store = hostile
    (document,) = [one for one in store.documents() if one.key == DIRECTION]
    answer = pages.get(f"/documents/{document.id}.json")
    assert "\u202e" not in answer.text and "\\u202e" in answer.text
    assert answer.json["text"] == document.text


def test_only_addresses_of_the_web_become_links(hostile, every_page):
    schemes = set()
    for answer in every_page.values():
        for name, value in Elements(answer.text).attributes:
            if name in ("href", "src", "action", "formaction"):
                scheme = re.match(r"\s*([a-z]+):", value, re.IGNORECASE)
                schemes.add(scheme[1].lower() if scheme else "")
    assert schemes == {"", "https"}
    _, store = hostile
    (document,) = [one for one in store.documents() if one.key == "js"]
    assert "javascript:alert(1)" in every_page[f"/documents/{document.id}"].text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "file:///a",
        "//evil.example", "https:", "http://", "https://a b", "https://a\nb", "ht\ttps://a",
        "http://[", "", None, "\x01javascript:alert(1)",
    ],
)  # fmt: skip
def test_other_addresses_do_not(url):
    assert web_address(url) is None


def test_a_huge_table_is_text_and_comes_in_parts(hostile):
    pages, store = hostile
    (document,) = [one for one in store.documents() if one.key.endswith("table.html")]
    assert len(document.text) > 150_000
    first = pages.get(f"/documents/{document.id}")
    assert first.status == 200 and len(first.text) < 300_000
    seen, path = "", f"/documents/{document.id}"
    while path:
        text = pages.get(path).text
        parts = re.findall(r'<div class="text" dir="auto">(.*?)</div>', text, re.DOTALL)
        seen += unescape(re.sub(r"<[^>]*>", "", "".join(parts)))
        more = re.search(r'href="(\?start=\d+)">More text', text)
        path = f"/documents/{document.id}{more[1]}" if more else None
    assert seen == document.text
    end = len(document.text)
    last = pages.get(f"/documents/{document.id}?char={end - 20},{end - 10}")
    assert f'id="char={end - 20},{end - 10}"' in last.text
