import re
import time
from datetime import date

import pytest

from detente.extraction.segment import segment
from detente.model import Document
from detente.reading import Problem, read

TODAY = date(2026, 1, 2)

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>What do the neighbours want? | Harbour Gazette</title>
<meta property="og:site_name" content="Harbour Gazette">
<meta property="article:published_time" content="2016-07-25T22:10:00+03:00">
<link rel="canonical" href="https://gazette.example/what">
<script>var x = "<p>Arnland invaded Borduria.</p>";</script></head>
<body class="single comments-open">
<header><a href="/">Harbour Gazette</a>
<nav><ul><li><a href="/a">World</a></li><li><a href="/b">Sport</a></li></ul></nav></header>
<div id="content" class="post"><h1 class="entry-title">What do the neighbours want?</h1>
<p class="byline">By Jane Doe, 25 July 2016 | <a href="#c">3 comments</a></p>
<div class="entry">
<p>Nobody in the capital can say what Arnland and Borduria want from each other, and we asked many
people about it   last&nbsp;week.</p>
<p>In November Arnland shot down a Bordurian jet near the border, and the two countries seemed
close to war for several weeks.</p>
<p>Now all of that is gone. Why? We simply do not know what the two presidents agreed.</p>
<blockquote><p>“We have nothing to hide from our friends,” the minister told us.</p></blockquote>
{reprint}
<p class="small">The views expressed in this article are those of the author alone.</p>
<p>Copyright 2016 Harbour Gazette. All rights reserved.</p>
{within}</div>
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Twitter</a></li></ul></div>
<div class="related"><h3>Related</h3><ul><li><a href="/x">Arnland opens a port</a></li></ul></div>
{comments}</div>
<footer><p>About us | Contact | Privacy policy</p><p>© 2016 Harbour Gazette</p></footer>
</body></html>
"""

SECOND_HEADLINE = """<h2>Arnland Thanks Borduria for Support During Failed Revolt</h2>
<p>The foreign minister of Arnland thanked Borduria on Monday for its support, it was said.</p>
<p>A meeting of the presidents may be held in August, the minister said on television.</p>
"""
STATED = """<p>The following was published by the Northern Agency on 21 July 2016:</p>
<blockquote><p>The foreign minister of Arnland thanked Borduria on Monday for its support.</p>
<p>A meeting of the presidents may be held in August, he said.</p></blockquote>
<p>We will see whether they meet, and what they will say to each other after so long a time.</p>
"""
MARKED = """<section class="republished"><h3>Arnland thanks Borduria</h3>
<p>The foreign minister of Arnland thanked Borduria on Monday.</p>
<p>Source: Northern Agency</p></section>"""

COMMENTS = {
    "wordpress": """<div id="comments" class="comments-area">
<h3 class="comments-title">3 Responses to “What do the neighbours want?”</h3>
<ol class="commentlist"><li class="comment even" id="comment-1"><div class="comment-body">
<div class="comment-author vcard"><cite class="fn">Bob</cite> <span class="says">says:</span></div>
<div class="comment-meta"><a href="#">July 25, 2016 at 3:14 pm</a></div>
<p>Borduria attacked us all last year.</p><div class="reply"><a href="#">Reply</a></div></div>
<ul class="children"><li class="comment odd" id="comment-2"><div class="comment-body">
<cite class="fn">Ann</cite><p>No, Arnland bombed them first.</p></div></li></ul></li></ol>
<p class="nocomments">Comments are closed.</p></div>""",
    "disqus": """<div id="disqus_thread"><ul id="post-list" class="post-list">
<li class="post"><div class="post-content"><header><span class="author">Bob</span></header>
<div class="post-message"><p>Borduria attacked us all last year.</p></div></div></li>
<li class="post"><div><span class="author">Ann</span><p>No, Arnland bombed them first.</p></div>
</li></ul></div>""",
    "heading and list": """<h3>Comments</h3><ol><li>Bob says:<br><br>Borduria attacked us all last
year.</li><li><p>Ann says:</p><p>No, Arnland bombed them first.</p></li></ol>""",
    "table": """<h4>2 Comments</h4><table class="comments"><tr><td class="user">Bob</td>
<td>Borduria attacked us all last year.</td></tr><tr><td class="user">Ann</td>
<td>No, Arnland bombed them first.</td></tr></table>""",
    "talkback": """<div class="talkbacks"><div class="talkback"><span class="name">Bob</span>
<div class="text">Borduria attacked us all last year.</div></div><div class="talkback">
<span class="name">Ann</span><div class="text">No, Arnland bombed them first.</div></div></div>""",
    "paragraphs": """<p>1. Bob says Borduria attacked us all last year.</p>
<p>2. Ann says No, Arnland bombed them first.</p>""",
}


def page(tmp_path, content):
    path = tmp_path / "a.html"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = [x for x in read([path], today=TODAY) if isinstance(x, Document)]
    assert len(found) == 1
    return found[0]


def filled(*, reprint="", within="", comments=""):
    return PAGE.format(reprint=reprint, within=within, comments=comments)


def parts(document):
    return [(s.kind.value, document.text[s.start : s.end].strip(), s) for s in segment(document)]


def words_of(document, kind):
    return " ".join(text for found, text, _ in parts(document) if found == kind)


def without_names(content):
    return re.sub(r' (?:class|id)="[^"]*"', "", content)


def test_metadata(tmp_path):
    document = page(tmp_path, filled())
    assert document.title.startswith("What do the neighbours want?")
    assert document.outlets == ("Harbour Gazette",)
    assert document.published == date(2016, 7, 25)
    assert document.url == "https://gazette.example/what"


@pytest.mark.parametrize("change", [str, without_names])
def test_the_parts_of_a_page(tmp_path, change):
    document = page(tmp_path, change(filled(reprint=SECOND_HEADLINE)))
    kinds = [kind for kind, _, _ in parts(document)]
    assert kinds == [
        "boilerplate",
        "headline",
        "byline",
        "body",
        "quotation",
        "reprint",
        "boilerplate",
    ]
    assert "invaded" not in document.text
    assert "about it last week." in words_of(document, "body")
    assert words_of(document, "reprint").startswith("Arnland Thanks Borduria")
    assert "Arnland opens a port" in words_of(document, "boilerplate")
    assert "".join(document.text[s.start : s.end] for s in document.segments) == document.text


@pytest.mark.parametrize("layout", [name for name in COMMENTS if name != "paragraphs"])
@pytest.mark.parametrize("reprint", ["", SECOND_HEADLINE])
def test_comment_layouts(tmp_path, layout, reprint):
    document = page(tmp_path, filled(reprint=reprint, comments=COMMENTS[layout]))
    comments = [(text, s.author) for kind, text, s in parts(document) if kind == "comment"]
    words = [text for text, _ in comments]
    bob = next(i for i, text in enumerate(words) if "Borduria attacked us" in text)
    ann = next(i for i, text in enumerate(words) if "bombed them first" in text)
    assert bob != ann
    assert (comments[bob][1], comments[ann][1]) == ("Bob", "Ann")
    assert "close to war" in words_of(document, "body")
    for kind in ("body", "reprint", "quotation", "headline"):
        assert "attacked us" not in words_of(document, kind)


@pytest.mark.parametrize("change", [str, without_names])
@pytest.mark.parametrize("place", ["within", "comments"])
def test_comments_as_numbered_paragraphs(tmp_path, change, place):
    document = page(tmp_path, change(filled(**{place: COMMENTS["paragraphs"]})))
    comments = [s.author for kind, _, s in parts(document) if kind == "comment"]
    assert comments == ["Bob", "Ann"]


@pytest.mark.parametrize("layout", COMMENTS)
def test_comments_without_names_never_become_text(tmp_path, layout):
    document = page(tmp_path, without_names(filled(comments=COMMENTS[layout])))
    for text in ("attacked us", "bombed them first"):
        assert text in document.text
        for kind in ("body", "reprint", "quotation", "headline"):
            assert text not in words_of(document, kind)


def test_a_comment_has_its_day(tmp_path):
    document = page(tmp_path, filled(comments=COMMENTS["wordpress"]))
    bob = next(s for kind, text, s in parts(document) if "attacked us" in text)
    assert bob.published == date(2016, 7, 25)


def test_a_stated_reprint(tmp_path):
    document = page(tmp_path, filled(reprint=STATED))
    (reprint,) = [s for kind, _, s in parts(document) if kind == "reprint"]
    assert (reprint.outlet, reprint.published) == ("Northern Agency", date(2016, 7, 21))
    assert "We will see" in words_of(document, "body")
    assert "minister told us" in words_of(document, "quotation")


def test_a_reprint_that_the_markup_names(tmp_path):
    document = page(tmp_path, filled(reprint=MARKED))
    (reprint,) = [s for kind, text, s in parts(document) if "thanked Borduria" in text]
    assert (reprint.kind.value, reprint.outlet) == ("reprint", "Northern Agency")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta name="pubdate" content="24 November 2015">', date(2015, 11, 24)),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",'
            ' "datePublished": "2015-11-24T01:00:00Z"}]}</script>',
            date(2015, 11, 24),
        ),
        ('<meta name="date" content="soon">', None),
        ('<script type="application/ld+json">{broken</script>', None),
    ],
)
def test_dates(tmp_path, head, day):
    body = (
        "<h1>Arnland opens the port</h1><p>The port of Szohod was opened for all ships today.</p>"
    )
    document = page(tmp_path, f"<html><head>{head}</head><body>{body}</body></html>")
    assert document.published == day
    assert day or document.published_reason


def test_declared_encoding(tmp_path):
    body = "<h1>Szohod</h1><p>The minister of Łódź said that the port was open for the ships.</p>"
    content = f'<html><head><meta charset="iso-8859-2"></head><body>{body}</body></html>'
    assert "Łódź" in page(tmp_path, content.encode("iso-8859-2")).text


def test_hidden_text_is_not_read(tmp_path):
    body = "<p>The port of Szohod was opened for all ships.</p><p hidden>Secret one.</p>"
    more = '<p style="display: none">Secret two.</p><template><p>Secret three.</p></template>'
    assert "Secret" not in page(tmp_path, f"<body>{body}{more}</body>").text


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 50_000 + SECOND_HEADLINE,
        "<p>The port was open.</p>" * 10_000,
        "<blockquote>" * 5_000 + "The port was open for the ships of the two countries.",
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><p>&b; port is open</p>',
        '<ol class="comments">' + "<li><ul>" * 2_000 + "Open.",
    ],
    ids=["deep", "long", "quotes", "entities", "nested comments"],
)
def test_hostile_pages_end_soon(tmp_path, content):
    path = tmp_path / "a.html"
    path.write_text(content)
    start = time.perf_counter()
    found = list(read([path], today=TODAY))
    assert time.perf_counter() - start < 20
    assert found
    for x in found:
        assert isinstance(x, Problem) or segment(x)[-1].end == len(x.text)
