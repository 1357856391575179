"""Pages and the texts of feeds as documents."""

from __future__ import annotations

from datetime import date

import pytest

from detente.collecting import Entry, Fetched, FoundFile, Page, Trouble
from detente.intake import documents_in
from detente.model import Document, document_id
from detente.reading import Problem
from feed_server import article

TODAY = date(2015, 11, 26)
WORDS = "Turkey shot down a Russian warplane near the Syrian border on Tuesday, officials said."
LONG = f"{WORDS} Russia summoned the ambassador of Turkey in Moscow the next day."


def entry(**more):
    given = {
        "link": "http://news.example/a",
        "title": "Warplane shot down",
        "published": "Tue, 24 Nov 2015 23:30:00 -0500",
        "outlet": "Courier feed",
    }
    return Entry(**given | more)


def page(content, *, url="http://news.example/a", media="text/html", charset=None, **more):
    data = content.encode() if isinstance(content, str) else content
    return Page(entry(**more), Fetched(url=url, content=data, media=media, charset=charset))


def only_document(*arrivals):
    (found,) = documents_in(arrivals, today=TODAY)
    assert isinstance(found, Document)
    expected = document_id(
        found.text, url=found.url, outlets=found.outlets, published=found.published
    )
    assert found.id == expected
    return found


def test_a_page_is_read_and_states_its_own_outlet_and_day():
    found = only_document(page(article("Warplane", WORDS, day="2015-11-25", site="Gazette")))
    assert WORDS in found.text and found.outlets == ("Gazette",)
    assert (found.published, found.published_reason) == (date(2015, 11, 25), None)
    assert found.key == found.url == "http://news.example/a"


def test_what_a_page_does_not_state_the_feed_does():
    found = only_document(page(f"<html><body><article><p>{WORDS}</p></article></body></html>"))
    assert found.outlets == ("Courier feed",)
    assert found.published == date(2015, 11, 24)  # the day as it is stated, whatever the zone
    assert found.published_reason == "not stated in the text; taken from the feed"
    assert found.title == "Warplane shot down"


def test_a_day_to_come_is_no_day_of_publication():
    bare = f"<html><body><article><p>{WORDS}</p></article></body></html>"
    found = only_document(page(bare, published="Tue, 24 Nov 2019 23:30:00 GMT"))
    assert found.published is None


def test_the_encoding_that_the_host_states_is_used():
    text = article("Warplane", f"{WORDS} Erdoğan spoke.").encode("iso-8859-9")
    assert "Erdoğan" in only_document(page(text, charset="iso-8859-9")).text
    assert "Erdo" in only_document(page(text, charset="klingon-8")).text


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("http://news.example/canonical", "http://news.example/canonical"),
        ("http://other.example/a", "http://news.example/a"),
        ("http://[", "http://news.example/a"),
    ],
)
def test_a_page_says_where_it_stands_on_its_own_host_alone(stated, kept):
    text = article("Warplane", WORDS).replace(
        "</head>", f'<link rel="canonical" href="{stated}"></head>'
    )
    assert only_document(page(text)).url == kept


def test_a_page_in_plain_text_is_read():
    assert WORDS in only_document(page(f"Warplane\n\n{WORDS}\n", media="text/plain")).text


def test_a_page_that_could_not_be_had_is_replaced_by_the_text_of_the_feed_and_that_is_told():
    told, found = documents_in(
        [Page(entry(text=f"<p>{WORDS}</p>"), None, "answers 404 Not Found")], today=TODAY
    )
    assert isinstance(told, Trouble) and isinstance(found, Document)
    assert told.reason == "answers 404 Not Found; the text in the feed was taken"
    assert not told.skipped
    assert WORDS in found.text and "Warplane shot down" in found.text
    assert found.url == "http://news.example/a" and found.outlets == ("Courier feed",)


def test_a_page_without_the_text_that_the_feed_has_is_replaced_by_it():
    wall = "<html><body><p>Please accept our cookies.</p></body></html>"
    told, found = documents_in([page(wall, text=f"<p>{LONG}</p>")], today=TODAY)
    assert "less text than the feed" in told.reason
    assert LONG in found.text and "cookies" not in found.text


def test_an_entry_without_a_page_is_its_own_text():
    found = only_document(Page(entry(link="", name="urn:1", text=WORDS), None))
    assert found.url is None and found.key == "urn:1"


def test_a_title_is_text_and_never_markup():
    found = only_document(
        Page(entry(link="", name="urn:1", title="A <script>x</script> & b", text=WORDS), None)
    )
    assert "A <script>x</script> & b" in found.text


def test_an_entry_with_neither_page_nor_text_is_told():
    (told,) = documents_in([Page(entry(title=""), None, "answers 410 Gone")], today=TODAY)
    assert told == Trouble("http://news.example/a", "answers 410 Gone")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 words", b"\0" * 500])
def test_a_page_that_cannot_be_read_is_told_and_the_rest_goes_on(content):
    arrivals = [page(content, title=""), page(article("Warplane", WORDS))]
    problem, document = documents_in(arrivals, today=TODAY)
    assert isinstance(problem, Problem) and "\n" not in problem.reason
    assert isinstance(document, Document)


def test_another_language_is_left_out_with_its_reason():
    german = "Die Türkei hat am Dienstag ein russisches Kampfflugzeug an der Grenze abgeschossen. "
    (problem,) = documents_in([page(article("Flugzeug", german * 3), title="")], today=TODAY)
    assert isinstance(problem, Problem) and "not English" in problem.reason


def test_files_are_read_and_troubles_handed_on(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"Outlet: Courier\n\n{WORDS}\n", encoding="utf-8")
    about = tmp_path / "README.md"
    about.write_text(WORDS, encoding="utf-8")
    trouble = Trouble("http://news.example/feed", "answers 500")
    arrivals = [FoundFile(path, "1-2"), FoundFile(about, "1-2"), trouble]
    found = list(documents_in(arrivals, today=TODAY))
    assert [one.outlets for one in found if isinstance(one, Document)] == [("Courier",)]
    assert found[-1] is trouble
