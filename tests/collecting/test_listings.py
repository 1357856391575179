"""What an address lists: feeds, lists of feeds, sitemaps; hostile and broken ones."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from detente.collecting.fetching import Fetched
from detente.collecting.listings import listing_of
from detente.errors import UnreachableError
from feed_server import item, rss

URL = "http://news.example/feed"
TODAY = date(2015, 11, 26)


def listing(content, *, name="", media="text/xml", charset=None, url=URL):
    data = content.encode() if isinstance(content, str) else content
    return listing_of(Fetched(url=url, content=data, media=media, charset=charset), name, TODAY)


# --- feeds -------------------------------------------------------------------------------------


def test_an_rss_feed_gives_its_entries_in_order():
    found = listing(
        rss(
            item("http://news.example/a?x=1&y=2", "One & two", text="<p>Words.</p>"),
            item("/b", "Three"),
            item("http://news.example/a?x=1&y=2", "One again"),
        )
    )
    first, second = found.entries
    assert (first.link, first.title) == ("http://news.example/a?x=1&y=2", "One & two")
    assert (first.outlet, first.text) == ("Courier", "<p>Words.</p>")
    assert first.published.startswith("Tue, 24 Nov 2015")
    assert first.stamp == ""
    assert second.link == "http://news.example/b"


def test_an_atom_feed_states_changes_and_its_content():
    found = listing(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title>'
        '<entry><title>A</title><id>urn:1</id><link href="http://news.example/a"/>'
        "<published>2015-11-24T23:30:00-05:00</published><updated>2015-11-25T10:00:00Z</updated>"
        '<summary>Short.</summary><content type="html">&lt;p&gt;The whole.&lt;/p&gt;</content>'
        "<source><title>Herald</title></source></entry></feed>"
    )
    (entry,) = found.entries
    assert (entry.published, entry.stamp) == ("2015-11-24T23:30:00-05:00", "2015-11-25T10:00:00Z")
    assert (entry.text, entry.outlet) == ("<p>The whole.</p>", "Herald")


def test_scripts_in_a_feed_do_not_stay():
    (entry,) = listing(rss(item("/a", "A", text="<p>x</p><script>alert(1)</script>"))).entries
    assert "script" not in entry.text


def test_an_entry_without_an_address_has_its_text_and_one_without_any_is_none():
    found = listing(rss(item("", "A", text="Words."), item("", "B"), item("", "")))
    first, second = found.entries
    assert (first.link, first.text) == ("", "Words.")
    assert (second.link, second.title) == ("", "B")
    assert first.key != second.key


def test_the_name_that_the_user_gives_stands_in_for_a_missing_title():
    (entry,) = listing(rss(item("/a", "A"), title=""), name="My list").entries
    assert entry.outlet == "My list"


def test_a_feed_that_is_broken_off_is_read_as_far_as_it_goes_and_that_is_told():
    whole = rss(item("/a", "A"), item("/b", "B"))
    found = listing(whole[: whole.index("<title>B")])
    assert found.entries[0].title == "A"
    (remark,) = found.remarks
    assert "not well-formed" in remark and "\n" not in remark


@pytest.mark.parametrize(
    ("charset", "declared"), [("windows-1254", "utf-8"), (None, "windows-1254")]
)
def test_the_encoding_is_that_of_the_host_else_of_the_feed(charset, declared):
    text = rss(item("/a", "Erdoğan")).replace("UTF-8", declared)
    (entry,) = listing(text.encode("windows-1254"), charset=charset).entries
    assert entry.title == "Erdoğan"


def test_an_encoding_that_is_stated_wrongly_harms_one_feed_alone():
    found = listing(rss(item("/a", "Erdoğan")).encode(), charset="klingon-8")
    assert len(found.entries) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp037"])
def test_entities_are_not_expanded_and_no_file_is_read(tmp_path, encoding):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    ten = "&ten;" * 10
    head = (
        f'<!DOCTYPE rss [<!ENTITY out SYSTEM "file://{secret}"><!ENTITY ten "{"ten " * 10}">'
        f'<!ENTITY more "{ten}">]>'
    )
    text = rss("<item><link>http://n.example/a</link><title>A &out; &more;</title></item>")
    content = text.replace("UTF-8", encoding).replace("?>", f"?>{head}", 1).encode(encoding)
    found = listing(content, charset=encoding)
    titles = " ".join(entry.title for entry in found.entries)
    assert "secret" not in titles and "ten" not in titles.replace("&ten;", "")


@pytest.mark.parametrize(
    "content", [b"", b"plain words", b'{"items": []}', b"<rss", b"\0\1\2\3" * 50, b"<html></html>"]
)
def test_what_is_no_feed_is_told_in_one_line(content):
    with pytest.raises(UnreachableError) as error:
        listing(content)
    assert URL in str(error.value) and "\n" not in str(error.value)


def test_a_feed_with_a_mark_or_in_wide_characters_is_read():
    text = rss(item("/a", "Erdoğan"))
    for encoding in ("utf-8-sig", "utf-16", "utf-16-be"):
        (entry,) = listing(text.replace("UTF-8", encoding).encode(encoding)).entries
        assert entry.title == "Erdoğan"


def test_a_path_as_content_opens_no_file(tmp_path):
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(item("/a", "A")), encoding="utf-8")
    with pytest.raises(UnreachableError, match="no feed"):
        listing(str(feed))


def test_a_page_tells_which_feeds_it_names():
    page = (
        "<!doctype html><html><head>"
        '<link rel="alternate" type="application/rss+xml" href="/world.rss"></head></html>'
    )
    with pytest.raises(UnreachableError, match=r"a page.*http://news\.example/world\.rss"):
        listing(page)


@pytest.mark.parametrize("link", ["http://[", "//[x/", "javascript:x", "http://a b/"])
def test_a_link_that_is_none_harms_no_other(link):
    found = listing(rss(item(link, "A"), item("/b", "B")))
    assert [entry.title for entry in found.entries] == ["A", "B"]
    page = '<html><link rel="alternate" type="application/rss+xml" href="{}"></html>'
    with pytest.raises(UnreachableError, match="a page"):
        listing(page.format(link))


# --- lists of feeds ----------------------------------------------------------------------------


def test_a_list_names_feeds_at_any_depth_each_once():
    found = listing(
        '<?xml version="1.0"?><!-- <rss> --><opml version="2.0"><head/><body>'
        '<outline text="World"><outline text="Courier" xmlUrl="http://c.example/f"/></outline>'
        '<outline title="Gazette" text="G" xmlURL=" http://g.example/f "/>'
        '<outline text="again" xmlUrl="http://c.example/f"/><outline text="no feed"/>'
        "</body></opml>"
    )
    assert found.sources == (("http://c.example/f", "Courier"), ("http://g.example/f", "Gazette"))
    assert found.entries == ()


def test_entities_of_a_list_are_not_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    content = (
        f'<!DOCTYPE opml [<!ENTITY out SYSTEM "file://{secret}">]><opml><body>'
        '<outline text="a" xmlUrl="http://c.example/f"/>&out;</body></opml>'
    )
    assert listing(content).sources == (("http://c.example/f", "a"),)


def test_a_broken_list_is_no_list():
    with pytest.raises(UnreachableError, match="no XML"):
        listing('<opml><body><outline xmlUrl="http://c.example/f">')


# --- sitemaps ----------------------------------------------------------------------------------

NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    "<url><loc>http://news.example/a</loc><news:news><news:publication><news:name>Courier"
    "</news:name></news:publication><news:publication_date>2015-11-26T08:00:00Z"
    "</news:publication_date><news:title>Turkey and Russia</news:title></news:news></url>"
    "<url><loc>http://news.example/old</loc><lastmod>2015-10-01</lastmod></url>"
    "<url><loc>http://news.example/new</loc><lastmod>2015-11-25</lastmod></url>"
    "<url><loc>http://news.example/about</loc></url></urlset>"
)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_recent_pages_of_a_sitemap_are_news(pack):
    found = listing(pack(NEWS.encode()), name="My list")
    first, second = found.entries
    assert (first.link, first.title, first.outlet) == (
        "http://news.example/a",
        "Turkey and Russia",
        "Courier",
    )
    assert first.published == "2015-11-26T08:00:00Z"
    assert (second.link, second.outlet, second.stamp) == (
        "http://news.example/new",
        "My list",
        "2015-11-25",
    )
    assert found.remarks == ("1 of its pages state no day, and are not fetched",)


def test_an_index_names_its_recent_sitemaps():
    found = listing(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>http://news.example/1.xml</loc><lastmod>2015-11-26</lastmod></sitemap>"
        "<sitemap><loc>http://news.example/2.xml</loc><lastmod>2009-01-01</lastmod></sitemap>"
        "<sitemap><loc>/3.xml</loc></sitemap></sitemapindex>"
    )
    assert [url for url, _ in found.sources] == [
        "http://news.example/1.xml",
        "http://news.example/3.xml",
    ]


def test_what_unpacks_beyond_measure_is_left():
    with pytest.raises(UnreachableError, match="unpacks to more"):
        listing(gzip.compress(b"\0" * 70_000_000))


def test_a_damaged_package_is_told():
    with pytest.raises(UnreachableError, match="damaged"):
        listing(gzip.compress(NEWS.encode())[:20] + b"x" * 50)
